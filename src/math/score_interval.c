/*
 * The score interval: all scores that a score test would not reject.
 *
 * Tango, T. (1998), Equivalence test and confidence interval for the difference
 * in proportions for the paired-sample design, Statistics in Medicine 17,
 * 891-908; for the Net Promoter Score, where it is called the iterative score
 * method, Rocks, B. (2016), Interval Estimation for the "Net Promoter Score",
 * The American Statistician 70, 365-372.
 *
 * The limits solve |delta - theta| sqrt(n) = z sqrt(V(delta)), V(delta) being
 * the variance of a response under the hypothesis that the true score is delta,
 * at the shares most likely under it.
 */
#include "constrained.h"
#include "score_interval.h"
#include "root.h"

#include <math.h>
#include <stdbool.h>

/* Newton's method takes three or four steps; one that takes many more is astray. */
#define MAX_NEWTON_STEPS 20

/*
 * A step this small against the distance leaves an error of its square, since
 * Newton's method doubles the correct digits.
 */
#define NEWTON_PRECISION 1e-7

/* The equation of an upper limit, in the limit's distance from theta. */
typedef struct LimitEquation
{
	const NpsSample *sample;
	double		z2;				/* z squared */
} LimitEquation;

/* n u^2 - z^2 V(theta + u): negative inside the interval, 0 at its limit. */
static double
limit_equation(double u, const void *context)
{
	const LimitEquation *equation = context;
	double		slope;

	return equation->sample->n * u * u -
		equation->z2 * nps_constrained_variance(equation->sample, equation->sample->theta + u, &slope);
}

/* One step of Newton's method for the equation above. */
static inline double
newton_step(const NpsSample *sample, double z2, double u)
{
	double		slope;
	double		variance = nps_constrained_variance(sample, sample->theta + u, &slope);

	return (sample->n * u * u - z2 * variance) / (2 * sample->n * u - z2 * slope);
}

/*
 * The distances of both limits from theta by Newton's method, from where
 * Wilson's formula would have them if the variance were that of the sample;
 * false where a step leaves what is possible. The two are solved side by side,
 * the lower in the mirror: a processor works on both at once, which makes it
 * half as fast again as one after the other.
 */
static bool
newton_distances(const NpsSample *sample, const NpsSample *mirror, double z,
				 double *below, double *above)
{
	double		n = sample->n;
	double		z2 = z * z;
	double		spread = z * sqrt(n * nps_sample_variance(sample) + z2);
	double		up = (spread - z2 * sample->theta) / (n + z2);
	double		down = (spread + z2 * sample->theta) / (n + z2);
	int			i;

	for (i = 0; i < MAX_NEWTON_STEPS; i++)
	{
		double		up_step,
					down_step;

		if (!(up > 0 && up < 1 - sample->theta && down > 0 && down < 1 + sample->theta))
			return false;
		up_step = newton_step(sample, z2, up);
		down_step = newton_step(mirror, z2, down);
		up -= up_step;
		down -= down_step;
		if (fabs(up_step) <= NEWTON_PRECISION * up && fabs(down_step) <= NEWTON_PRECISION * down)
		{
			*above = up;
			*below = down;
			return true;
		}
	}
	return false;
}

/* How far the upper limit lies above theta, by a search that cannot stray. */
static double
bracketed_distance(const NpsSample *sample, double z)
{
	LimitEquation equation = {sample, z * z};
	double		n_plus_z2 = sample->n + equation.z2;

	/* In pure samples the equation vanishes at theta: closed forms. */
	if (sample->detractors == 0 && sample->passives == 0)
		return 0;
	if (sample->promoters == 0 && sample->passives == 0)
		return 2 * equation.z2 / n_plus_z2;
	if (sample->promoters == 0 && sample->detractors == 0)
		return equation.z2 / n_plus_z2;

	return nps_bracketed_root(limit_equation, &equation, 0, -1, 1 - sample->theta, 1);
}

/*
 * The score interval at z, always inside [-1, 1], around theta, and of positive
 * width as long as doubles can tell. The lower limit is the upper one of the
 * survey in a mirror.
 */
NpsInterval
nps_score_interval(const NpsSample *sample, double z)
{
	NpsSample	mirror = nps_sample_mirror(sample);
	double		below;
	double		above;
	NpsInterval interval;

	if (!newton_distances(sample, &mirror, z, &below, &above))
	{
		below = bracketed_distance(&mirror, z);
		above = bracketed_distance(sample, z);
	}
	interval.lower = fmax(-1, sample->theta - below);
	interval.upper = fmin(1, sample->theta + above);
	return interval;
}
