/*
 * Two independent surveys: the difference of their scores, its interval, and a
 * test of no difference.
 */
#ifndef NPS_MATH_DIFFERENCE_H
#define NPS_MATH_DIFFERENCE_H

#include <stdbool.h>

#include "sample.h"

/* Two surveys with at least one response each. */
typedef struct NpsPair
{
	NpsSample	a;
	NpsSample	b;
	double		difference;		/* theta of a minus theta of b */
	double		points;			/* the same in points, rounded once */
} NpsPair;

/* What a method says of a pair, on the scale of theta. */
typedef struct NpsDifference
{
	double		lower;
	double		upper;
	double		standard_error;
	double		z;				/* may be infinite; NaN where the method has none */
	double		p_value;
} NpsDifference;

/* z is the normal quantile of the confidence. */
typedef NpsDifference (*NpsDifferenceFunction) (const NpsPair *pair, double z);

typedef struct NpsDifferenceMethod
{
	const char *name;
	NpsDifferenceFunction compare;
	bool		weighted;		/* also for weighted responses? */
} NpsDifferenceMethod;

/* Every method, the default first; the list ends with a NULL name. */
extern const NpsDifferenceMethod nps_difference_methods[];

const NpsDifferenceMethod *nps_difference_method(const char *name);

NpsPair		nps_pair_from_groups(const NpsGroups *a, const NpsGroups *b);
NpsPair		nps_pair_from_samples(const NpsSample *a, const NpsSample *b);

double		nps_two_sided_p(double z);

/* What a row of nps_test_result says, in points; NaN where there is no such figure. */
typedef struct NpsTest
{
	double		difference;
	double		ci_lower;
	double		ci_upper;
	double		standard_error;
	double		z;				/* infinite where the statistic is, NaN where there is none */
	double		p_value;
	bool		significant;
} NpsTest;

NpsTest		nps_test_in_points(const NpsDifference *result, double difference, double points, double confidence);
NpsTest		nps_test_pair(const NpsPair *pair, double confidence, const NpsDifferenceMethod *method);

#endif
