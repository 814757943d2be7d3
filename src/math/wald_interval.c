/*
 * Intervals of the form estimate +- z standard errors, after adding a few
 * responses that nobody gave. Without them (Wald's) the interval is too narrow
 * for small surveys and has no width for pure ones.
 */
#include "interval.h"

#include <math.h>

/* theta +- z standard errors of theta, clamped to [-1, 1]. */
NpsInterval
nps_wald_interval(const NpsSample *sample, double z)
{
	double		margin = z * nps_sample_standard_error(sample);
	NpsInterval interval;

	interval.lower = fmax(-1, sample->theta - margin);
	interval.upper = fmin(1, sample->theta + margin);
	return interval;
}

static NpsInterval
wald_interval_with(const NpsSample *sample, double z, double promoters, double passives, double detractors)
{
	NpsSample	more = nps_sample_plus(sample, promoters, passives, detractors);

	return nps_wald_interval(&more, z);
}

/* Rocks, B. (2016), The American Statistician 70, 365-372. */
NpsInterval
nps_adjusted_wald_interval(const NpsSample *sample, double z)
{
	return wald_interval_with(sample, z, 0.75, 1.5, 0.75);
}

/* Bonett, D. G. and Price, R. M. (2012), Journal of Educational and Behavioral Statistics 37, 479-488. */
NpsInterval
nps_bonett_price_interval(const NpsSample *sample, double z)
{
	return wald_interval_with(sample, z, 1, 0, 1);
}

/* Agresti, A. and Min, Y. (2005), Statistics in Medicine 24, 729-740. */
NpsInterval
nps_agresti_min_interval(const NpsSample *sample, double z)
{
	return wald_interval_with(sample, z, 0.5, 1, 0.5);
}
