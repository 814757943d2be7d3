/*
 * The state of the aggregates over two summaries a row: all of them, in pairs.
 */
#ifndef NPS_PAIRS_H
#define NPS_PAIRS_H

#include "types/summary.h"

#include "utils/array.h"

extern int	nps_read_pairs(ArrayType *state, const NpsSummary **summaries);

#endif
