/*
 * A survey's shares and the variance of one response in it.
 */
#include "sample.h"

#include <math.h>

/* Responses in all groups. */
int64_t
nps_groups_total(const NpsGroups *groups)
{
	return groups->promoters + groups->passives + groups->detractors;
}

/*
 * A count, or a difference of two, in percent of a total. One division: 100 *
 * (29 / 100.0) is 28.999999999999996. Kept within 100 where 100 times the count
 * is rounded, beyond 10^14.
 */
double
nps_percentage(int64_t count, double total)
{
	return fmax(-100, fmin(100, 100.0 * count / total));
}

/*
 * The shares of whole counts, at least one of which is positive. The difference
 * is taken while it is exact.
 */
NpsSample
nps_sample_from_groups(const NpsGroups *groups)
{
	int64_t		net = groups->promoters - groups->detractors;
	NpsSample	sample;

	sample.n = (double) nps_groups_total(groups);
	sample.promoters = groups->promoters / sample.n;
	sample.passives = groups->passives / sample.n;
	sample.detractors = groups->detractors / sample.n;
	sample.theta = net / sample.n;
	sample.nps = nps_percentage(net, sample.n);
	return sample;
}

/*
 * The shares of weighted counts, at least one of which is positive, with the
 * effective number of responses as n, and the standard error of theta.
 *
 * The variance is the linearised one of a ratio; the effective number is the
 * smaller of Kish's (Kish, L. (1965), Survey Sampling) and of that with which
 * an unweighted survey of the same shares has the same variance. Equal weights
 * give the number of responses twice. Weights are taken relative to their total
 * before they are squared, which the total's square might not survive.
 */
NpsSample
nps_sample_from_weights(const NpsWeightedGroups *groups, double *standard_error)
{
	double		total = groups->promoters.sum + groups->passives.sum + groups->detractors.sum;
	double		promoter_squares = groups->promoters.squares / total / total;
	double		passive_squares = groups->passives.squares / total / total;
	double		detractor_squares = groups->detractors.squares / total / total;
	NpsSample	sample;
	double		theta;
	double		variance;

	sample.promoters = groups->promoters.sum / total;
	sample.passives = groups->passives.sum / total;
	sample.detractors = groups->detractors.sum / total;
	sample.theta = theta = (groups->promoters.sum - groups->detractors.sum) / total;
	sample.nps = 100 * ((groups->promoters.sum - groups->detractors.sum) / total);

	variance = promoter_squares * (1 - theta) * (1 - theta) + passive_squares * theta * theta +
		detractor_squares * (1 + theta) * (1 + theta);
	*standard_error = sqrt(variance);

	sample.n = 1 / (promoter_squares + passive_squares + detractor_squares);
	if (variance > 0)
		sample.n = fmin(sample.n, nps_sample_variance(&sample) / variance);
	return sample;
}

/* The survey with more responses in each group, not necessarily whole ones. */
NpsSample
nps_sample_plus(const NpsSample *sample, double promoters, double passives, double detractors)
{
	NpsSample	more;

	more.n = sample->n + promoters + passives + detractors;
	more.promoters = (sample->promoters * sample->n + promoters) / more.n;
	more.passives = (sample->passives * sample->n + passives) / more.n;
	more.detractors = (sample->detractors * sample->n + detractors) / more.n;
	more.theta = (sample->theta * sample->n + promoters - detractors) / more.n;
	more.nps = 100 * more.theta;
	return more;
}

/* The survey with promoters and detractors exchanged. */
NpsSample
nps_sample_mirror(const NpsSample *sample)
{
	NpsSample	mirror = *sample;

	mirror.promoters = sample->detractors;
	mirror.detractors = sample->promoters;
	mirror.theta = -sample->theta;
	mirror.nps = -sample->nps;
	return mirror;
}

/*
 * The variance of one response scored -1, 0 or 1: m(p + d) + 4pd. The usual
 * p + d - (p - d)^2 is equal on paper and cancels near the corners.
 */
double
nps_sample_variance(const NpsSample *sample)
{
	double		p = sample->promoters;
	double		m = sample->passives;
	double		d = sample->detractors;

	return m * (p + d) + 4 * p * d;
}

/* The standard error of theta. */
double
nps_sample_standard_error(const NpsSample *sample)
{
	return sqrt(nps_sample_variance(sample) / sample->n);
}
