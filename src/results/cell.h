/*
 * A result as one readable cell.
 */
#ifndef NPS_CELL_H
#define NPS_CELL_H

#include "results/result.h"

extern text *nps_estimate_cell(const NpsGroups *groups, const NpsEstimate *estimate, int32 digits);

#endif
