/*
 * Confidence intervals for theta of one survey, by method.
 */
#ifndef NPS_MATH_INTERVAL_H
#define NPS_MATH_INTERVAL_H

#include "sample.h"

typedef struct NpsInterval
{
	double		lower;			/* on [-1, 1] */
	double		upper;
} NpsInterval;

/* z is the normal quantile of the confidence, as nps_confidence_z gives it. */
typedef NpsInterval (*NpsIntervalFunction) (const NpsSample *sample, double z);

typedef struct NpsIntervalMethod
{
	const char *name;
	NpsIntervalFunction interval;
} NpsIntervalMethod;

/* Every method, the default first; the list ends with a NULL name. */
extern const NpsIntervalMethod nps_interval_methods[];

const NpsIntervalMethod *nps_interval_method(const char *name);

NpsInterval nps_score_interval(const NpsSample *sample, double z);
NpsInterval nps_adjusted_wald_interval(const NpsSample *sample, double z);
NpsInterval nps_bonett_price_interval(const NpsSample *sample, double z);
NpsInterval nps_agresti_min_interval(const NpsSample *sample, double z);
NpsInterval nps_newcombe_interval(const NpsSample *sample, double z);
NpsInterval nps_wald_interval(const NpsSample *sample, double z);

#endif
