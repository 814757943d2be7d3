/*
 * The offer to the planner.
 */
#ifndef NPS_COUNTING_SCAN_PATH_H
#define NPS_COUNTING_SCAN_PATH_H

#include "nps.h"

#include "nodes/pathnodes.h"

extern void nps_offer_counting_scan(PlannerInfo *root, RelOptInfo *input_rel, RelOptInfo *grouped_rel,
									GroupPathExtraData *extra);

#endif
