/*
 * How much more likely a survey's answers are at their own shares than at any
 * shares that have a given score.
 */
#include "likelihood.h"

#include <math.h>

#include "constrained.h"

/* log(1 + u) - u, whose two terms cancel for a small u. */
static double
log1p_minus(double u)
{
	double		power = -u * u;
	double		sum = 0;
	double		term;
	int			k;

	if (fabs(u) >= 0.1)
		return log1p(u) - u;
	for (k = 2; k < 20; k++)
	{
		term = power / k;
		sum += term;
		power *= -u;
	}
	return sum;
}

/* A group's part; an empty one has none, whatever the hypothesis puts there. */
static double
group_part(double share, double u)
{
	return share > 0 ? share * log1p_minus(u) : 0;
}

/*
 * The logarithm of that ratio where the score is theta + distance; 0 at theta
 * itself, infinite where it cannot be.
 *
 * The most likely shares that have that score divide each group's by 1 + u, u
 * being proportional to what a response of the group is above it (Owen, A. B.
 * (1988), Biometrika 75, 237-249). The sum of the u is known, and taken out of
 * the logarithms, which are nearly that.
 */
double
nps_log_likelihood_ratio(const NpsSample *sample, double distance)
{
	double		delta = sample->theta + distance;
	double		slope;
	double		variance = nps_constrained_variance(sample, delta, &slope);
	double		lambda = -distance / variance;

	if (distance == 0)
		return 0;
	if (variance <= 0)
		return INFINITY;
	return sample->n * (group_part(sample->promoters, lambda * (1 - delta)) +
						group_part(sample->passives, -lambda * delta) +
						group_part(sample->detractors, -lambda * (1 + delta)) -
						lambda * distance);
}
