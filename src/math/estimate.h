#ifndef NPS_MATH_ESTIMATE_H
#define NPS_MATH_ESTIMATE_H

#include "interval.h"

/* What a result row says of a survey beside its counts: points and percent; NaN where there is no such figure. */
typedef struct NpsEstimate
{
	double		nps;
	double		ci_lower;
	double		ci_upper;
	double		promoter_pct;
	double		passive_pct;
	double		detractor_pct;
	double		standard_error;
	double		effective_responses;	/* may be infinite */
} NpsEstimate;

NpsEstimate nps_estimate_sample(const NpsSample *sample, double z, const NpsIntervalMethod *method);
NpsEstimate nps_estimate_groups(const NpsGroups *groups, double confidence,
								const NpsIntervalMethod *method);
NpsEstimate nps_estimate_population(const NpsGroups *groups, int64_t population, double confidence);
NpsEstimate nps_estimate_weights(const NpsWeightedGroups *groups, double confidence);

#endif
