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
limit_points(double limit, const NpsSample *sample, double nps)
{
	double		points = nps + 100 * (limit - sample->theta);

	return fmax(-100, fmin(100, points));
}

/*
 * The figures of a survey with at least one response. Points and percentages
 * are one division each: 100 * (29 / 100.0) is 28.999999999999996.
 */
NpsEstimate
nps_estimate_groups(const NpsGroups *groups, double confidence,
					const NpsIntervalMethod *method)
{
	NpsSample	sample = nps_sample_from_groups(groups);
	NpsInterval interval = method->interval(&sample, nps_confidence_z(confidence));
	NpsEstimate estimate;

	estimate.nps = 100.0 * (groups->promoters - groups->detractors) / sample.n;
	estimate.ci_lower = limit_points(interval.lower, &sample, estimate.nps);
	estimate.ci_upper = limit_points(interval.upper, &sample, estimate.nps);
	estimate.promoter_pct = 100.0 * groups->promoters / sample.n;
	estimate.passive_pct = 100.0 * groups->passives / sample.n;
	estimate.detractor_pct = 100.0 * groups->detractors / sample.n;
	estimate.standard_error = 100 * sqrt(nps_sample_variance(&sample) / sample.n);
	estimate.effective_responses = sample.n;
	return estimate;
}
