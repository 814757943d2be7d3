/*
 * Rows of any of our composite types, rounded.
 */
#ifndef NPS_ROUNDING_H
#define NPS_ROUNDING_H

#include "results/row.h"

extern Datum nps_rounded_row(FunctionCallInfo fcinfo, const NpsRowType *type);

#endif
