/*
 * Counts to figures: the score, its interval and the shares of one survey.
 */
#include "estimate.h"

#include <math.h>

#include "population.h"
#include "quantile.h"

/*
 * A limit in points. Measured from the score, so that rounding cannot carry it
 * across the score.
 */
static double
limit_points(double limit, const NpsSample *sample)
{
	double		points = sample->nps + 100 * (limit - sample->theta);

	return fmax(-100, fmin(100, points));
}

/* The score and its interval; shares and standard error are the caller's. */
static NpsEstimate
estimate_between(const NpsSample *sample, const NpsInterval *interval)
{
	NpsEstimate estimate = {0};

	estimate.nps = sample->nps;
	estimate.ci_lower = limit_points(interval->lower, sample);
	estimate.ci_upper = limit_points(interval->upper, sample);
	estimate.effective_responses = sample->n;
	return estimate;
}

/* The same with the interval of a method at the quantile z. */
NpsEstimate
nps_estimate_sample(const NpsSample *sample, double z, const NpsIntervalMethod *method)
{
	NpsInterval interval = nps_interval_by(method, sample, z);

	return estimate_between(sample, &interval);
}

/* The score and its interval with the shares of whole counts, whose standard error is the sample's. */
static NpsEstimate
estimate_counts(const NpsGroups *groups, const NpsSample *sample, const NpsInterval *interval)
{
	NpsEstimate estimate = estimate_between(sample, interval);
	double		total = (double) nps_groups_total(groups);

	estimate.promoter_pct = nps_percentage(groups->promoters, total);
	estimate.passive_pct = nps_percentage(groups->passives, total);
	estimate.detractor_pct = nps_percentage(groups->detractors, total);
	estimate.standard_error = 100 * nps_sample_standard_error(sample);
	return estimate;
}

/* The figures of a survey with at least one response. */
NpsEstimate
nps_estimate_groups(const NpsGroups *groups, double confidence,
					const NpsIntervalMethod *method)
{
	NpsSample	sample = nps_sample_from_groups(groups);
	NpsInterval interval = nps_interval_by(method, &sample, nps_confidence_z(confidence));

	return estimate_counts(groups, &sample, &interval);
}

/*
 * Those of a survey of a population that is at least as large. The effective
 * number is infinite where everybody answered.
 */
NpsEstimate
nps_estimate_population(const NpsGroups *groups, int64_t population, double confidence)
{
	NpsSample	sample = nps_population_sample(groups, population);
	NpsInterval interval = nps_population_interval(groups, population, nps_confidence_z(confidence));

	return estimate_counts(groups, &sample, &interval);
}

/*
 * The figures of a weighted survey with at least one response; the interval is
 * the score interval of as many unweighted responses as the weighted are worth.
 */
NpsEstimate
nps_estimate_weights(const NpsWeightedGroups *groups, double confidence)
{
	double		standard_error;
	NpsSample	sample = nps_sample_from_weights(groups, &standard_error);
	NpsEstimate estimate = nps_estimate_sample(&sample, nps_confidence_z(confidence), &nps_interval_methods[0]);

	estimate.promoter_pct = 100 * sample.promoters;
	estimate.passive_pct = 100 * sample.passives;
	estimate.detractor_pct = 100 * sample.detractors;
	estimate.standard_error = 100 * standard_error;
	return estimate;
}
