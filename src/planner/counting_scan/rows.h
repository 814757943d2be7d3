/*
 * The rows of a sequential scan, a page at a time.
 */
#ifndef NPS_COUNTING_SCAN_ROWS_H
#define NPS_COUNTING_SCAN_ROWS_H

#include "nps.h"

#include "access/heapam.h"
#include "nodes/execnodes.h"

#include "planner/counting_scan/columns.h"
#include "planner/counting_scan/conditions.h"

typedef struct NpsRows
{
	SeqScanState *scan;			/* whose rows they are */
	ExprContext *context;		/* for its expressions; one row's memory */
	TupleTableSlot *slot;		/* holds one of them at a time */
	HeapTupleData tuple;		/* the one that the slot holds */
	int			in_slot;		/* which, or -1 */

	/* the scan's filter: what can be checked by columns, and the rest */
	NpsColumns *columns;
	NpsConditions *conditions;
	ExprState  *filter;

	Buffer		buffer;			/* of the page, or of the one before */

	/* the visible rows of the page that pass the filter */
	HeapTupleHeader headers[MaxHeapTuplesPerPage];
	OffsetNumber offsets[MaxHeapTuplesPerPage];
	int			length;

	/* so far, for EXPLAIN ANALYZE */
	int64		pages;
	int64		total;
} NpsRows;

extern void nps_make_rows(NpsRows *rows, SeqScanState *scan);
extern void nps_begin_rows(NpsRows *rows);
extern bool nps_next_page(NpsRows *rows);
extern void nps_put_row_into_slot(NpsRows *rows, int row);

#endif
