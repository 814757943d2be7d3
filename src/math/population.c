/*
 * The finite population correction: Cochran, W. G. (1977), Sampling Techniques,
 * chapter 2.
 */
#include "population.h"

#include <math.h>

#include "score_interval.h"

/*
 * The survey as if drawn from an endless population, with as many responses as
 * give the same variance: n (N - 1)/(N - n), infinite where everybody answered.
 * The population is at least as large as the survey.
 */
NpsSample
nps_population_sample(const NpsGroups *groups, int64_t population)
{
	NpsSample	sample = nps_sample_from_groups(groups);
	int64_t		silent = population - nps_groups_total(groups);

	if (silent == 0)
		sample.n = INFINITY;
	else
		sample.n *= (double) (population - 1) / (double) silent;
	return sample;
}

/*
 * The score interval of the population's score, no wider than from all others
 * being detractors to all others being promoters.
 */
NpsInterval
nps_population_interval(const NpsGroups *groups, int64_t population, double z)
{
	NpsSample	sample = nps_population_sample(groups, population);
	int64_t		net = groups->promoters - groups->detractors;
	int64_t		silent = population - nps_groups_total(groups);
	NpsInterval interval = {sample.theta, sample.theta};

	if (silent == 0)
		return interval;
	interval = nps_score_interval(&sample, z);
	interval.lower = fmax(interval.lower, (double) (net - silent) / (double) population);
	interval.upper = fmin(interval.upper, (double) (net + silent) / (double) population);
	/* Of large counts the quotients are rounded, and may have crossed the score. */
	interval.lower = fmin(interval.lower, sample.theta);
	interval.upper = fmax(interval.upper, sample.theta);
	return interval;
}
