/*
 * Two surveys whose scores a hypothesis ties together: theta of b is where the
 * slopes of their likelihoods balance.
 */
#include "hypothesis.h"

#include <math.h>

#include "constrained.h"
#include "root.h"

NpsBalance
nps_balance_at(const NpsHypothesis *hypothesis, double theta_b)
{
	const NpsSample *a = &hypothesis->pair->a;
	const NpsSample *b = &hypothesis->pair->b;
	double		pull_a = a->n * (a->theta - theta_b - hypothesis->delta);
	double		pull_b = b->n * (b->theta - theta_b);
	NpsBalance	at;

	at.variance_a = nps_constrained_variance(a, theta_b + hypothesis->delta, &at.slope_a);
	at.variance_b = nps_constrained_variance(b, theta_b, &at.slope_b);
	at.imbalance = pull_a * at.variance_b + pull_b * at.variance_a;
	at.imbalance_slope = pull_a * at.slope_b - a->n * at.variance_b +
		pull_b * at.slope_a - b->n * at.variance_a;
	return at;
}

static double
imbalance(double theta_b, const void *hypothesis)
{
	return nps_balance_at(hypothesis, theta_b).imbalance;
}

/*
 * Where theta of b is looked for: between its own and that of a less delta, as
 * far as both scores stay within [-1, 1].
 */
double
nps_lowest_theta(const NpsHypothesis *hypothesis)
{
	double		other = hypothesis->pair->a.theta - hypothesis->delta;

	return fmax(fmin(hypothesis->pair->b.theta, other), fmax(-1, -1 - hypothesis->delta));
}

double
nps_highest_theta(const NpsHypothesis *hypothesis)
{
	double		other = hypothesis->pair->a.theta - hypothesis->delta;

	return fmin(fmax(hypothesis->pair->b.theta, other), fmin(1, 1 - hypothesis->delta));
}

/*
 * Theta of b under the hypothesis. At an end the imbalance may vanish with a
 * variance, which is no root, so the ends are given their signs; where it keeps
 * one sign in between, the search runs to the end that is the answer.
 */
double
nps_constrained_theta(const NpsHypothesis *hypothesis)
{
	double		low = nps_lowest_theta(hypothesis);
	double		high = nps_highest_theta(hypothesis);

	if (low >= high)
		return low;
	return nps_bracketed_root(imbalance, hypothesis, low, 1, high, -1);
}
