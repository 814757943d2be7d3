/*
 * Columns of the rows of a page, read without a slot.
 */
#ifndef NPS_COUNTING_SCAN_COLUMNS_H
#define NPS_COUNTING_SCAN_COLUMNS_H

#include "nps.h"

#include "access/htup_details.h"
#include "access/tupdesc.h"

typedef struct NpsColumn
{
	AttrNumber	number;
	bool		by_value;
	int16		length;
	int			offset;			/* in a row without NULLs; -1: depends on the row */
	Datum		values[MaxHeapTuplesPerPage];
	bool		nulls[MaxHeapTuplesPerPage];
} NpsColumn;

/* What it takes to step over an attribute. */
typedef struct NpsAttribute
{
	int16		length;
	uint8		alignment;		/* in bytes */
	NpsColumn  *column;			/* to be read, or NULL */
} NpsAttribute;

typedef struct NpsColumns
{
	TupleDesc	descriptor;
	NpsAttribute *attributes;	/* up to the last that is read */
	int			last;			/* its number */
	NpsColumn **columns;
	int			length;
	bool		all_fixed;		/* has each an offset that depends on no row? */
} NpsColumns;

extern NpsColumns *nps_make_columns(TupleDesc descriptor);
extern NpsColumn *nps_add_column(NpsColumns *columns, AttrNumber number);
extern void nps_read_columns(NpsColumns *columns, const HeapTupleHeader *rows, int length);

#endif
