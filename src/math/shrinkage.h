/*
 * A segment's score drawn towards that of the whole.
 */
#ifndef NPS_MATH_SHRINKAGE_H
#define NPS_MATH_SHRINKAGE_H

#include "estimate.h"

NpsEstimate nps_estimate_shrunk(const NpsGroups *segment, const NpsGroups *total, double prior_responses, double confidence);

#endif
