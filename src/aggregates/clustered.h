/*
 * The state of the clustered aggregates, and one cluster as such a state.
 */
#ifndef NPS_CLUSTERED_H
#define NPS_CLUSTERED_H

#include "types/clustered_summary.h"
#include "types/summary.h"

extern NpsClusteredSummary nps_one_cluster(const NpsSummary *summary);
extern void nps_add_clusters(NpsClusteredSummary *sum, const NpsClusteredSummary *other);

#endif
