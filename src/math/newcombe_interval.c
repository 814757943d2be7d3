/*
 * Newcombe's interval: Wilson's limits for the shares of promoters and of
 * detractors, put together with their correlation.
 *
 * Newcombe, R. G. (1998), Improved confidence intervals for the difference
 * between binomial proportions based on paired data, Statistics in Medicine 17,
 * 2635-2650, method 10; Wilson, E. B. (1927), Journal of the American
 * Statistical Association 22, 209-212.
 */
#include "newcombe_interval.h"

#include <math.h>

/* Wilson's limits of a share of n responses. */
static NpsInterval
wilson_limits(double share, double n, double z)
{
	double		z2 = z * z;
	double		centre = (2 * n * share + z2) / (2 * (n + z2));
	double		margin = z * sqrt(z2 + 4 * n * share * (1 - share)) / (2 * (n + z2));
	NpsInterval limits = {centre - margin, centre + margin};

	return limits;
}

/* The correlation of the two shares; 0 where one of them cannot vary. */
static double
correlation(const NpsSample *sample)
{
	double		p = sample->promoters;
	double		d = sample->detractors;
	double		scale = sqrt(p * (1 - p) * d * (1 - d));

	return scale > 0 ? -p * d / scale : 0;
}

/* The distance of a limit from theta, given those of the two shares. */
static double
joint_distance(double a, double b, double phi)
{
	return sqrt(fmax(0, a * a - 2 * phi * a * b + b * b));
}

NpsInterval
nps_newcombe_interval(const NpsSample *sample, double z)
{
	double		p = sample->promoters;
	double		d = sample->detractors;
	NpsInterval promoters = wilson_limits(p, sample->n, z);
	NpsInterval detractors = wilson_limits(d, sample->n, z);
	double		phi = correlation(sample);
	NpsInterval interval;

	interval.lower = fmax(-1, sample->theta - joint_distance(p - promoters.lower, detractors.upper - d, phi));
	interval.upper = fmin(1, sample->theta + joint_distance(d - detractors.lower, promoters.upper - p, phi));
	return interval;
}
