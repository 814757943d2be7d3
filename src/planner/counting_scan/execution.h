/*
 * The plan node while it runs.
 */
#ifndef NPS_COUNTING_SCAN_EXECUTION_H
#define NPS_COUNTING_SCAN_EXECUTION_H

#include "nps.h"

#include "nodes/extensible.h"

#define NPS_COUNTING_SCAN_NAME "NpsCountingScan"

extern const CustomScanMethods nps_counting_scan_methods;

#endif
