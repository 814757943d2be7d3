/*
 * The interval estimate +- z standard errors (Wald). By itself it is too narrow
 * for small surveys and has no width for pure ones; with a few responses added
 * that nobody gave it is better.
 */
#include "wald_interval.h"

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
