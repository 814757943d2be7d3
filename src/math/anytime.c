/*
 * Intervals and tests that hold at every look: the probability that the true
 * score is ever left out, at any number of responses and however it is decided
 * when to stop, is at most 1 - confidence.
 *
 * Whoever bets on each response, before it comes, that the true score is
 * another than delta, cannot expect to win where it is delta, and becomes 1/a
 * times as rich with a probability of at most a, ever. The likelihood ratio is
 * what the best constant bet, known in hindsight, would have won. A mixture of
 * all constant bets, by the arcsine law, wins that but for the regret, whatever
 * the responses. Cover, T. M. and Ordentlich, E. (1996), IEEE Transactions on
 * Information Theory 42, 348-363; Waudby-Smith, I. and Ramdas, A. (2024), Journal
 * of the Royal Statistical Society B 86, 1-27; Orabona, F. and Jun, K.-S. (2024),
 * IEEE Transactions on Information Theory 70, 436-455.
 */
#include "anytime.h"

#include <math.h>

#include "gamma_ratio.h"
#include "hypothesis.h"
#include "likelihood.h"
#include "root.h"
#include "score_difference.h"

#define SQRT_PI 1.7724538509055160273

/* The logarithm of what the mixture may fall behind the best constant bet: sqrt(pi) Gamma(n + 1) / Gamma(n + 1/2). */
double
nps_log_regret(double n)
{
	return log(SQRT_PI * nps_gamma_ratio(n + 0.5));
}

/* What the logarithm of the likelihood ratio must pass, beside the regret; z tells the confidence. */
static double
log_odds_against(double z)
{
	return -log(nps_two_sided_p(z));
}

/* The p-value at every look: how much has been won, the other way up. */
static double
p_value(double log_regret, double log_likelihood_ratio)
{
	return fmin(1, exp(log_regret - log_likelihood_ratio));
}

/* The same of the hypothesis that the true score is theta + distance. */
double
nps_anytime_p(const NpsSample *sample, double distance)
{
	return p_value(nps_log_regret(sample->n), nps_log_likelihood_ratio(sample, distance));
}

/* The equation of an upper limit, in its distance from theta. */
typedef struct LimitEquation
{
	const NpsSample *sample;
	double		bound;
} LimitEquation;

static double
limit_equation(double distance, const void *context)
{
	const LimitEquation *equation = context;

	return nps_log_likelihood_ratio(equation->sample, distance) - equation->bound;
}

/* How far the upper limit lies above theta; for pure samples the ratio is a power of one share. */
static double
distance_above(const NpsSample *sample, double bound)
{
	LimitEquation equation = {sample, bound};

	if (sample->passives == 0 && sample->detractors == 0)
		return 0;
	if (sample->promoters == 0 && sample->detractors == 0)
		return -expm1(-bound / sample->n);
	if (sample->promoters == 0 && sample->passives == 0)
		return -2 * expm1(-bound / sample->n);
	return nps_bracketed_root(limit_equation, &equation, 0, -1, 1 - sample->theta, 1);
}

/* All scores that have not lost their likelihood; the lower limit is the upper one in a mirror. */
NpsInterval
nps_anytime_interval(const NpsSample *sample, double z)
{
	NpsSample	mirror = nps_sample_mirror(sample);
	double		bound = log_odds_against(z) + nps_log_regret(sample->n);
	NpsInterval interval;

	interval.lower = fmax(-1, sample->theta - distance_above(&mirror, bound));
	interval.upper = fmin(1, sample->theta + distance_above(sample, bound));
	return interval;
}

/* The bets on two surveys multiply: their logarithms, and what they may fall behind, add. */
static double
pair_log_likelihood_ratio(const NpsPair *pair, double delta)
{
	NpsHypothesis hypothesis = {pair, delta};
	double		theta_b = nps_constrained_theta(&hypothesis);

	return nps_log_likelihood_ratio(&pair->a, theta_b + delta - pair->a.theta) +
		nps_log_likelihood_ratio(&pair->b, theta_b - pair->b.theta);
}

typedef struct PairLimitEquation
{
	const NpsPair *pair;
	double		bound;
} PairLimitEquation;

static double
pair_limit_equation(double delta, const void *context)
{
	const PairLimitEquation *equation = context;

	return pair_log_likelihood_ratio(equation->pair, delta) - equation->bound;
}

static double
pair_limit(const NpsPair *pair, double bound, double end)
{
	PairLimitEquation equation = {pair, bound};

	if (pair->difference == end)
		return end;
	return nps_bracketed_root(pair_limit_equation, &equation, pair->difference, -1, end, 1);
}

/*
 * Two surveys, looked at while either grows. There is no z; the standard error
 * is that of the score test.
 */
NpsDifference
nps_anytime_difference(const NpsPair *pair, double z)
{
	double		log_regret = nps_log_regret(pair->a.n) + nps_log_regret(pair->b.n);
	double		bound = log_odds_against(z) + log_regret;
	NpsDifference result = nps_score_test(pair);

	result.lower = pair_limit(pair, bound, -2);
	result.upper = pair_limit(pair, bound, 2);
	result.z = NAN;
	result.p_value = p_value(log_regret, pair_log_likelihood_ratio(pair, 0));
	return result;
}
