/*
 * How many groups a query is expected to make.
 */
#ifndef NPS_COUNTING_SCAN_ESTIMATE_H
#define NPS_COUNTING_SCAN_ESTIMATE_H

#include "nps.h"

#include "nodes/pathnodes.h"

extern double nps_estimated_groups(PlannerInfo *root, List *keys, double rows);

#endif
