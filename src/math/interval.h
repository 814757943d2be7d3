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

/*
 * An interval by its formula, after adding responses that nobody gave. z is the
 * normal quantile of the confidence, as nps_confidence_z gives it.
 */
typedef struct NpsIntervalMethod
{
	const char *name;
	NpsInterval (*interval) (const NpsSample *sample, double z);
	double		promoters;		/* that are added */
	double		passives;
	double		detractors;
} NpsIntervalMethod;

/* Every method, the default first; the list ends with a NULL name. */
extern const NpsIntervalMethod nps_interval_methods[];

const NpsIntervalMethod *nps_interval_method(const char *name);
NpsInterval nps_interval_by(const NpsIntervalMethod *method, const NpsSample *sample, double z);

#endif
