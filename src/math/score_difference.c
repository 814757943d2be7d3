/*
 * The score test of two independent surveys, and the interval of all
 * differences that it would not reject: Tango's statistic with the two scores
 * tied together by the hypothesis, on the N - 1 scale.
 *
 * A limit is a difference delta at which the statistic reaches z: two equations
 * in delta and in theta of b under the hypothesis of that difference.
 * Newton's method solves them together in a few steps; where it strays (next to
 * pure samples), one bracketed search inside another cannot.
 */
#include "score_difference.h"
#include "hypothesis.h"
#include "root.h"

#include <math.h>

/* Newton's method takes about five steps; one that takes more is astray. */
#define MAX_NEWTON_STEPS 20

/* A step this small leaves an error of its square. */
#define NEWTON_PRECISION 1e-7

/* The variance of the difference of the scores, with N/(N - 1). */
static double
difference_variance(const NpsPair *pair, double variance_a, double variance_b)
{
	double		total = pair->a.n + pair->b.n;

	return (variance_a / pair->a.n + variance_b / pair->b.n) * total / (total - 1);
}

/* The standard error of the difference under the hypothesis. */
static double
constrained_standard_error(const NpsHypothesis *hypothesis)
{
	NpsBalance	at = nps_balance_at(hypothesis, nps_constrained_theta(hypothesis));

	return sqrt(difference_variance(hypothesis->pair, at.variance_a, at.variance_b));
}

/* The test of no difference; no interval. */
NpsDifference
nps_score_test(const NpsPair *pair)
{
	NpsHypothesis equal = {pair, 0};
	NpsDifference result;

	result.lower = result.upper = pair->difference;
	result.standard_error = constrained_standard_error(&equal);
	result.z = pair->difference == 0 ? 0 : pair->difference / result.standard_error;
	result.p_value = nps_two_sided_p(result.z);
	return result;
}

/* The equation of a limit: the statistic is z in absolute value. */
typedef struct LimitEquation
{
	const NpsPair *pair;
	double		z;
} LimitEquation;

/* Negative for a difference that is not rejected. */
static double
limit_equation(double delta, const void *context)
{
	const LimitEquation *equation = context;
	NpsHypothesis hypothesis = {equation->pair, delta};

	return fabs(equation->pair->difference - delta) - equation->z * constrained_standard_error(&hypothesis);
}

/*
 * About how far a survey's own limit lies from its score, upwards where sign is
 * 1 and downwards where it is -1: Wilson's formula at the sample's variance.
 */
static double
approximate_distance(const NpsSample *sample, double z, double sign)
{
	double		z2 = z * z;

	return (z * sqrt(sample->n * nps_sample_variance(sample) + z2) - sign * z2 * sample->theta) /
		(sample->n + z2);
}

/*
 * The distance of a limit from the difference, upwards where sign is 1 and
 * downwards where it is -1, by Newton's method in delta and theta of b;
 * negative where a step leaves what is possible.
 *
 * The deviation from the difference is shared out between the surveys by their
 * variances, which is also where the search starts.
 */
static double
newton_distance(const NpsPair *pair, double z, double sign)
{
	double		scale_a = z * z * difference_variance(pair, 1, 0);
	double		scale_b = z * z * difference_variance(pair, 0, 1);
	double		distance_a = approximate_distance(&pair->a, z, sign);
	double		distance_b = approximate_distance(&pair->b, z, -sign);
	double		distance = hypot(distance_a, distance_b);
	double		theta_b = pair->b.theta - sign * distance_b * distance_b / distance;
	int			i;

	for (i = 0; i < MAX_NEWTON_STEPS; i++)
	{
		NpsHypothesis hypothesis = {pair, pair->difference + sign * distance};
		NpsBalance	at;
		double		excess,
					excess_by_delta,
					excess_by_theta,
					imbalance_by_delta,
					determinant,
					delta_step,
					theta_step;

		if (!(theta_b > nps_lowest_theta(&hypothesis) && theta_b < nps_highest_theta(&hypothesis)))
			return -1;
		at = nps_balance_at(&hypothesis, theta_b);

		excess = distance * distance - scale_a * at.variance_a - scale_b * at.variance_b;
		excess_by_delta = 2 * sign * distance - scale_a * at.slope_a;
		excess_by_theta = -scale_a * at.slope_a - scale_b * at.slope_b;
		imbalance_by_delta = pair->b.n * (pair->b.theta - theta_b) * at.slope_a - pair->a.n * at.variance_b;

		determinant = excess_by_delta * at.imbalance_slope - excess_by_theta * imbalance_by_delta;
		delta_step = (excess * at.imbalance_slope - at.imbalance * excess_by_theta) / determinant;
		theta_step = (at.imbalance * excess_by_delta - excess * imbalance_by_delta) / determinant;
		distance -= sign * delta_step;
		theta_b -= theta_step;
		if (fabs(delta_step) + fabs(theta_step) <= NEWTON_PRECISION * distance)
			return distance;
	}
	return -1;
}

/* The limit above the difference, or below it where sign is -1. */
static double
limit_of(const NpsPair *pair, double z, double sign)
{
	LimitEquation equation = {pair, z};
	double		end = 2 * sign;
	double		distance;

	if (pair->difference == end)
		return end;
	distance = newton_distance(pair, z, sign);
	if (distance >= 0)
		return pair->difference + sign * distance;
	return nps_bracketed_root(limit_equation, &equation, pair->difference, -1, end, 1);
}

/* The test, and the interval. */
NpsDifference
nps_score_difference(const NpsPair *pair, double z)
{
	NpsDifference result = nps_score_test(pair);

	result.lower = limit_of(pair, z, -1);
	result.upper = limit_of(pair, z, 1);
	return result;
}
