/*
 * Summaries as src/math reads them.
 */
#ifndef NPS_GROUPS_H
#define NPS_GROUPS_H

#include "types/summary.h"
#include "types/weighted_summary.h"

#include "math/sample.h"

extern NpsGroups nps_summary_groups(const NpsSummary *summary, int detractor_max, int promoter_min);
extern NpsGroups nps_usual_groups(const NpsSummary *summary);
extern NpsGroups nps_weighted_summary_groups(const NpsWeightedSummary *summary, NpsWeightedGroups *weights);

#endif
