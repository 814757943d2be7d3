/*
 * The scan is PostgreSQL's own: it begins, takes its locks, chooses the pages,
 * reads ahead, judges what is visible, and counts for the statistics. Of each page
 * it gives its first row; the others are taken where it keeps them, and it is told
 * that it has given them all.
 */
#include "planner/counting_scan/rows.h"

#include "access/relscan.h"
#include "executor/executor.h"
#include "pgstat.h"
#include "storage/bufmgr.h"

#include "planner/counting_scan/compat.h"

/* The rows of that scan; its pages are taken from where it stands. */
void
nps_make_rows(NpsRows *rows, SeqScanState *scan)
{
	List	   *others;

	rows->scan = scan;
	rows->context = scan->ss.ps.ps_ExprContext;
	rows->slot = scan->ss.ss_ScanTupleSlot;
	rows->columns = nps_make_columns(RelationGetDescr(scan->ss.ss_currentRelation));
	rows->conditions = nps_make_conditions(scan->ss.ps.plan->qual, rows->columns, &others);
	rows->filter = ExecInitQual(others, &scan->ss.ps);
	nps_begin_rows(rows);
}

/* No page is there yet. */
void
nps_begin_rows(NpsRows *rows)
{
	rows->in_slot = -1;
	rows->length = 0;
	rows->buffer = InvalidBuffer;
}

/* The scan's own descriptor, begun where that has not been done for a parallel one. */
static HeapScanDesc
descriptor(SeqScanState *scan)
{
	if (scan->ss.ss_currentScanDesc == NULL)
		scan->ss.ss_currentScanDesc = begin_table_scan(scan->ss.ss_currentRelation, scan->ss.ps.state->es_snapshot);
	if (!(scan->ss.ss_currentScanDesc->rs_flags & SO_ALLOW_PAGEMODE))
		elog(ERROR, "the counting scan needs a snapshot for whole pages");
	return (HeapScanDesc) scan->ss.ss_currentScanDesc;
}

/* Puts a row of the page where expressions find it. */
void
nps_put_row_into_slot(NpsRows *rows, int row)
{
	HeapScanDesc scan = (HeapScanDesc) rows->scan->ss.ss_currentScanDesc;
	OffsetNumber offset = rows->offsets[row];

	if (rows->in_slot == row)
		return;
	rows->tuple.t_data = rows->headers[row];
	rows->tuple.t_len = ItemIdGetLength(PageGetItemId(BufferGetPage(scan->rs_cbuf), offset));
	rows->tuple.t_tableOid = RelationGetRelid(rows->scan->ss.ss_currentRelation);
	ItemPointerSet(&rows->tuple.t_self, scan->rs_cblock, offset);
	ExecStoreBufferHeapTuple(&rows->tuple, rows->slot, scan->rs_cbuf);
	rows->context->ecxt_scantuple = rows->slot;
	rows->in_slot = row;
}

/*
 * Takes over the rows that the scan keeps, of which it has just given the first. As long
 * as one page after the other was found in one buffer after the other, which is so where
 * the table was read into free ones, the processor begins to fetch the next page as well,
 * some of it with each row: a third of the time of the fastest queries was waiting for it.
 */
static void
take_rows(NpsRows *rows, HeapScanDesc scan)
{
	Page		page = BufferGetPage(scan->rs_cbuf);
	int			first = (int) scan->rs_cindex;
	int			length = (int) scan->rs_ntuples - first;
	int			lines = scan->rs_cbuf == rows->buffer + 1 ? BLCKSZ / CACHE_LINE : 0;
	int			line = 0;

	for (int row = 0; row < length; row++)
	{
		OffsetNumber offset = scan->rs_vistuples[first + row];

		rows->offsets[row] = offset;
		rows->headers[row] = (HeapTupleHeader) PageGetItem(page, PageGetItemId(page, offset));
		PREFETCH(rows->headers[row]);
		for (; line * length < lines * (row + 1); line++)
			PREFETCH((char *) page + BLCKSZ + (size_t) line * CACHE_LINE);
	}
	rows->buffer = scan->rs_cbuf;
	rows->length = length;
	rows->in_slot = -1;
	scan->rs_cindex = scan->rs_ntuples - 1;
	pgstat_count_index_tuples(scan->rs_base.rs_rd, length - 1);
}

/* By the conditions on columns. */
static void
check_columns(NpsRows *rows, bool *passes)
{
	MemoryContext caller = MemoryContextSwitchTo(rows->context->ecxt_per_tuple_memory);

	nps_read_columns(rows->columns, rows->headers, rows->length);
	nps_check_conditions(rows->conditions, passes, 0, rows->length);
	MemoryContextSwitchTo(caller);
	ResetExprContext(rows->context);
}

/* By an expression on the row. */
static bool
passes_filter(NpsRows *rows, int row)
{
	nps_put_row_into_slot(rows, row);
	ResetExprContext(rows->context);
	return ExecQual(rows->filter, rows->context);
}

/* Leaves out the rows that do not pass the scan's filter. */
static void
apply_filter(NpsRows *rows)
{
	bool		passes[MaxHeapTuplesPerPage];
	int			kept = 0;

	memset(passes, true, rows->length);
	if (rows->conditions->length > 0)
		check_columns(rows, passes);
	for (int row = 0; row < rows->length; row++)
	{
		if (!passes[row] || (rows->filter != NULL && !passes_filter(rows, row)))
			continue;
		rows->headers[kept] = rows->headers[row];
		rows->offsets[kept] = rows->offsets[row];
		kept++;
	}
	InstrCountFiltered1(rows->scan, rows->length - kept);
	rows->length = kept;
	rows->in_slot = -1;
}

/*
 * The next page that has rows. False: there is none. The rows stay where they are
 * until the next call. The scan's own instrumentation is kept, as if it gave them.
 */
bool
nps_next_page(NpsRows *rows)
{
	NodeInstrumentation *instrument = rows->scan->ss.ps.instrument;
	HeapScanDesc scan = descriptor(rows->scan);
	bool		found;

	if (instrument != NULL)
		InstrStartNode(instrument);
	rows->length = 0;
	rows->in_slot = -1;
	found = table_scan_getnextslot(&scan->rs_base, ForwardScanDirection, rows->slot);
	if (found)
	{
		take_rows(rows, scan);
		rows->pages++;
		if (rows->scan->ss.ps.qual != NULL)
			apply_filter(rows);
		rows->total += rows->length;
	}
	if (instrument != NULL)
		InstrStopNode(instrument, rows->length);
	return found;
}
