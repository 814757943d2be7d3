/*
 * Rate and mix: Kitagawa, E. M. (1955), Components of a difference between two
 * rates, Journal of the American Statistical Association 50, 1168-1194.
 *
 * A segment's rate is the change of its score at the mean of its two shares;
 * its mix is the change of its share, times how far the mean of its two scores
 * lies from the mean of the two total scores. The sums over all segments are the
 * change of the total score. A segment that only one survey has cannot have
 * changed its score: what it brings is mix.
 */
#include "mix.h"

#include <math.h>

#include "difference.h"
#include "hypothesis.h"
#include "quantile.h"
#include "score_interval.h"

/* A segment in one survey. */
typedef struct Part
{
	double		share;			/* of the survey's responses */
	double		theta;			/* 0 without responses */
	bool		empty;
} Part;

static Part
part_of(const NpsGroups *segment, const NpsGroups *total)
{
	double		n = (double) nps_groups_total(segment);
	Part		part = {n / (double) nps_groups_total(total), 0, n == 0};

	if (!part.empty)
		part.theta = (segment->promoters - segment->detractors) / n;
	return part;
}

/* The score of a whole survey. */
static double
total_theta(const NpsGroups *total)
{
	return (total->promoters - total->detractors) / (double) nps_groups_total(total);
}

NpsContribution
nps_contribution_of(const NpsMixTotals *totals, const NpsGroups *a, const NpsGroups *b)
{
	Part		in_a = part_of(a, &totals->a);
	Part		in_b = part_of(b, &totals->b);
	double		middle = (total_theta(&totals->a) + total_theta(&totals->b)) / 2;
	double		theta = (in_a.theta + in_b.theta) / 2;
	NpsContribution contribution = {100 * in_a.share, 100 * in_b.share, 0, 0, 0};

	if (in_a.empty || in_b.empty)
		theta = in_a.theta + in_b.theta;	/* the one that there is */
	else
		contribution.rate = 100 * (in_a.share + in_b.share) / 2 * (in_a.theta - in_b.theta);
	contribution.mix = 100 * (in_a.share - in_b.share) * (theta - middle);
	contribution.contribution = contribution.rate + contribution.mix;
	return contribution;
}

/* Before any segment. */
NpsMix
nps_mix_of(const NpsMixTotals *totals, double confidence)
{
	NpsMix		mix = {*totals, confidence, 0, 0, 0, 0, 0, 0};

	return mix;
}

/*
 * One more segment. The test takes it that no segment's score has changed, with
 * the variances of the score test; the interval joins the score intervals of the
 * segments (Zou, G. Y., Huang, W. and Zhang, X. (2009), Computational Statistics
 * and Data Analysis 53, 1080-1085). The mix is taken as it is.
 */
void
nps_mix_add(NpsMix *mix, const NpsGroups *a, const NpsGroups *b)
{
	NpsContribution contribution = nps_contribution_of(&mix->totals, a, b);
	double		weight = (contribution.share_a + contribution.share_b) / 200;
	double		z = nps_confidence_z(mix->confidence);
	NpsPair		pair;
	NpsHypothesis unchanged = {&pair, 0};
	NpsBalance	at;
	NpsInterval interval_a,
				interval_b;

	mix->rate += contribution.rate;
	mix->mix += contribution.mix;
	if (nps_groups_total(a) == 0 || nps_groups_total(b) == 0)
		return;

	pair = nps_pair_from_groups(a, b);
	at = nps_balance_at(&unchanged, nps_constrained_theta(&unchanged));
	interval_a = nps_score_interval(&pair.a, z);
	interval_b = nps_score_interval(&pair.b, z);

	mix->segments++;
	mix->variance += weight * weight * (at.variance_a / pair.a.n + at.variance_b / pair.b.n);
	mix->below += pow(weight * hypot(pair.a.theta - interval_a.lower, interval_b.upper - pair.b.theta), 2);
	mix->above += pow(weight * hypot(interval_a.upper - pair.a.theta, pair.b.theta - interval_b.lower), 2);
}

/* Did the scores of the segments change, taken together? */
NpsMixTest
nps_mix_test_of(const NpsMix *mix)
{
	NpsPair		pair = nps_pair_from_groups(&mix->totals.a, &mix->totals.b);
	double		rate = fmax(-200, fmin(200, mix->rate));
	NpsMixTest	test = {pair.points, rate, mix->mix, NAN, NAN, NAN, NAN, NAN, false};

	if (mix->segments == 0)
		return test;
	test.ci_lower = fmax(-200, rate - 100 * sqrt(mix->below));
	test.ci_upper = fmin(200, rate + 100 * sqrt(mix->above));
	test.standard_error = 100 * sqrt(mix->variance);
	/* Where no segment's answers vary, no score has changed but by rounding. */
	test.z = mix->variance == 0 ? 0 : rate / test.standard_error;
	test.p_value = nps_two_sided_p(test.z);
	test.significant = test.p_value < 1 - mix->confidence;
	return test;
}
