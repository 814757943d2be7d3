/*
 * Counts to figures: the score, its interval and the shares of one survey.
 */
#include "estimate.h"
#include "quantile.h"

#include <math.h>

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

/* The score and its interval at the quantile z; shares and standard error are the caller's. */
NpsEstimate
nps_estimate_sample(const NpsSample *sample, double z, const NpsIntervalMethod *method)
{
	NpsInterval interval = nps_interval_by(method, sample, z);
	NpsEstimate estimate = {0};

	estimate.nps = sample->nps;
	estimate.ci_lower = limit_points(interval.lower, sample);
	estimate.ci_upper = limit_points(interval.upper, sample);
	estimate.effective_responses = sample->n;
	return estimate;
}

/* The figures of a survey with at least one response. */
NpsEstimate
nps_estimate_groups(const NpsGroups *groups, double confidence,
					const NpsIntervalMethod *method)
{
	NpsSample	sample = nps_sample_from_groups(groups);
	NpsEstimate estimate = nps_estimate_sample(&sample, nps_confidence_z(confidence), method);

	estimate.promoter_pct = nps_percentage(groups->promoters, sample.n);
	estimate.passive_pct = nps_percentage(groups->passives, sample.n);
	estimate.detractor_pct = nps_percentage(groups->detractors, sample.n);
	estimate.standard_error = 100 * nps_sample_standard_error(&sample);
	return estimate;
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
