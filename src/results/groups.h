/*
 * Summaries as src/math reads them.
 */
#ifndef NPS_GROUPS_H
#define NPS_GROUPS_H

#include "types/clustered_summary.h"
#include "types/paired_state.h"
#include "types/summary.h"
#include "types/weighted_summary.h"

#include "math/clusters.h"
#include "math/panel.h"

extern NpsGroups nps_summary_groups(const NpsSummary *summary, int detractor_max, int promoter_min);
extern NpsGroups nps_usual_groups(const NpsSummary *summary);
extern NpsGroups nps_weighted_summary_groups(const NpsWeightedSummary *summary, NpsWeightedGroups *weights);
extern NpsClusters nps_clustered_summary_clusters(const NpsClusteredSummary *summary);
extern NpsPanel nps_paired_state_panel(const NpsPairedState *state);

#endif
