/*
 * What a counting scan hands over for a query: its keys, and its aggregates in
 * their partial form.
 */
#ifndef NPS_COUNTING_SCAN_TARGET_H
#define NPS_COUNTING_SCAN_TARGET_H

#include "nps.h"

#include "nodes/pathnodes.h"

extern PathTarget *nps_counting_target(PlannerInfo *root, PathTarget *grouped_target, Node *having);

#endif
