/*
 * Fair league tables: as if each segment had, beside its own responses, some more
 * with the shares of the whole. A small segment is mostly those, a large one
 * mostly its own.
 *
 * Kleinman, J. C. (1973), JASA 68, 46-54; Morris, C. N. (1983), JASA 78, 47-55.
 */
#include "shrinkage.h"

#include "quantile.h"

/* The figures of a segment and a whole with responses; prior_responses, from 0 on, need not be whole. */
NpsEstimate
nps_estimate_shrunk(const NpsGroups *segment, const NpsGroups *total, double prior_responses, double confidence)
{
	NpsSample	own = nps_sample_from_groups(segment);
	NpsSample	whole = nps_sample_from_groups(total);
	NpsSample	shrunk = nps_sample_plus(&own, prior_responses * whole.promoters, prior_responses * whole.passives,
										 prior_responses * whole.detractors);
	NpsEstimate estimate;

	if (prior_responses == 0)
		return nps_estimate_groups(segment, confidence, &nps_interval_methods[0]);
	estimate = nps_estimate_sample(&shrunk, nps_confidence_z(confidence), &nps_interval_methods[0]);
	estimate.promoter_pct = 100 * shrunk.promoters;
	estimate.passive_pct = 100 * shrunk.passives;
	estimate.detractor_pct = 100 * shrunk.detractors;
	estimate.standard_error = 100 * nps_sample_standard_error(&shrunk);
	return estimate;
}
