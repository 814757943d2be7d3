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
#include "interval.h"
#include "root.h"

#include <math.h>

/* Newton's method takes about five steps; one that takes more is astray. */
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

/*
 * Newton's method from the limit that Wilson's formula would give if the
 * variance were that of the sample; negative where a step leaves (0, room).
 */
static double
newton_distance(const LimitEquation *equation, double z, double room)
{
	const NpsSample *sample = equation->sample;
	double		n = sample->n;
	double		z2 = equation->z2;
	double		u = (z * sqrt(n * nps_sample_variance(sample) + z2) - z2 * sample->theta) / (n + z2);
	int			i;

	for (i = 0; i < MAX_NEWTON_STEPS && u > 0 && u < room; i++)
	{
		double		slope;
		double		variance = nps_constrained_variance(sample, sample->theta + u, &slope);
		double		step = (n * u * u - z2 * variance) / (2 * n * u - z2 * slope);

		u -= step;
		if (fabs(step) <= NEWTON_PRECISION * u)
			return u < room ? u : -1;
	}
	return -1;
}

/* How far the upper limit lies above theta. */
static double
upper_distance(const NpsSample *sample, double z)
{
	LimitEquation equation = {sample, z * z};
	double		n_plus_z2 = sample->n + equation.z2;
	double		room = 1 - sample->theta;
	double		u;

	/* In pure samples the equation vanishes at theta: closed forms. */
	if (sample->detractors == 0 && sample->passives == 0)
		return 0;
	if (sample->promoters == 0 && sample->passives == 0)
		return 2 * equation.z2 / n_plus_z2;
	if (sample->promoters == 0 && sample->detractors == 0)
		return equation.z2 / n_plus_z2;

	u = newton_distance(&equation, z, room);
	if (u >= 0)
		return u;
	return nps_bracketed_root(limit_equation, &equation, 0, -1, room, 1);
}

/*
 * The score interval at z, always inside [-1, 1], around theta, and of positive
 * width as long as doubles can tell. The lower limit is the upper one of the survey in a mirror.
 */
NpsInterval
nps_score_interval(const NpsSample *sample, double z)
{
	NpsSample	mirror = nps_sample_mirror(sample);
	NpsInterval interval;

	interval.lower = fmax(-1, sample->theta - upper_distance(&mirror, z));
	interval.upper = fmin(1, sample->theta + upper_distance(sample, z));
	return interval;
}
