/*
 * The composite types that functions return: making a row, taking one apart.
 */
#ifndef NPS_ROW_H
#define NPS_ROW_H

#include "nps.h"

#include <math.h>

#include "access/htup.h"

#define NPS_MAX_COLUMNS 12

/* A composite type as the install script makes it. */
typedef struct NpsRowType
{
	const char *name;
	int			columns;
	Oid			types[NPS_MAX_COLUMNS];
	int			p_value;		/* the column that is a probability, never the first; 0 for none */
} NpsRowType;

/* A column from a figure of src/math, NULL where that is NaN, as there is no such figure, or infinite. */
static inline void
nps_set_figure(Datum *value, bool *null, double figure)
{
	*value = Float8GetDatum(figure);
	*null = !isfinite(figure);
}

extern Datum nps_make_row(FunctionCallInfo fcinfo, const NpsRowType *type, Datum *values, bool *nulls);
extern void nps_read_row(HeapTupleHeader row, const NpsRowType *type, Datum *values, bool *nulls);

#endif
