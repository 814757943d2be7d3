/*
 * Reads the rows of its child, a sequential scan, a page at a time, and counts them
 * into groups. When the pages are read, or memory is full, it hands over a row a
 * group: the keys, and the states of the aggregates. PostgreSQL merges them above.
 */
#include "planner/counting_scan/execution.h"

#include "access/heapam.h"
#include "access/parallel.h"
#include "access/tableam.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

#include "planner/counting_scan/bytes.h"
#include "planner/counting_scan/compat.h"
#include "planner/counting_scan/counts.h"
#include "planner/counting_scan/figures.h"
#include "planner/counting_scan/groups.h"
#include "planner/counting_scan/keys.h"
#include "planner/counting_scan/rows.h"

typedef struct CountingScan
{
	CustomScanState custom;
	NpsRows		rows;
	NpsColumns *columns;
	NpsKeys    *keys;
	NpsCounts  *counts;
	int		   *sources;		/* of each column handed over: a key, or -1 - an aggregate */
	NpsGroupTable *groups;
	NpsGroup   *group_of_row[MaxHeapTuplesPerPage];
	int			next_row;		/* of the page, that is not counted yet */
	bool		finished;		/* are the pages all read? */
	NpsGroupPlace place;		/* of the next group to be handed over */
	bool		handing_over;
	NpsFigures	figures;
	NpsFigures	collected;		/* from workers that have ended */
	NpsFigures *of_workers;		/* in shared memory, for each; or NULL */
	int			workers;
} CountingScan;

/* The memory that hash tables may take, in bytes. */
static size_t
memory_limit(void)
{
	return get_hash_memory_limit();
}

/* Divides what the scan hands over into keys and aggregates. */
static void
make_parts(CountingScan *node, SeqScanState *scan)
{
	List	   *target = ((CustomScan *) node->custom.ss.ps.plan)->custom_scan_tlist;
	List	   *keys = NIL;
	List	   *aggregates = NIL;
	ListCell   *cell;
	int			column = 0;

	node->sources = palloc(sizeof(int) * Max(list_length(target), 1));
	foreach(cell, target)
	{
		Expr	   *expression = lfirst_node(TargetEntry, cell)->expr;

		if (IsA(expression, Aggref))
		{
			node->sources[column++] = -1 - list_length(aggregates);
			aggregates = lappend(aggregates, expression);
		}
		else
		{
			node->sources[column++] = list_length(keys);
			keys = lappend(keys, expression);
		}
	}
	node->columns = nps_make_columns(RelationGetDescr(scan->ss.ss_currentRelation));
	node->keys = nps_make_keys(keys, node->columns, scan, memory_limit() / 4);
	node->counts = nps_make_counts(aggregates, node->columns, scan);
}

static void
begin(CustomScanState *custom, EState *estate, int eflags)
{
	CountingScan *node = (CountingScan *) custom;
	Plan	   *plan = linitial(((CustomScan *) custom->ss.ps.plan)->custom_plans);
	SeqScanState *scan = castNode(SeqScanState, ExecInitNode(plan, estate, eflags));

	custom->custom_ps = list_make1(scan);
	if (scan->ss.ss_currentRelation->rd_tableam != GetHeapamTableAmRoutine())
		elog(ERROR, "the counting scan reads heap tables alone");
	nps_make_rows(&node->rows, scan);
	make_parts(node, scan);
	if (!(eflags & EXEC_FLAG_EXPLAIN_ONLY))
		node->groups = nps_make_group_table(CurrentMemoryContext, node->keys->length, node->keys->types,
											node->counts->state_size, memory_limit());
}

/* The group of a row by its keys, which is remembered. */
static NpsGroup *
group_by_keys(CountingScan *node, int row)
{
	NpsKeys    *keys = node->keys;
	NpsGroup   *group;

	ResetExprContext(node->rows.context);
	nps_read_keys(keys, &node->rows, row);
	group = nps_find_group(node->groups, keys->values, keys->nulls);
	if (keys->groups != NULL)
		nps_remember(keys->groups, PointerGetDatum(group), false);
	return group;
}

static inline NpsGroup *
remembered_group(NpsMemory *memory, const NpsRemembered *entry)
{
	return (NpsGroup *) DatumGetPointer(nps_remembered_result(memory, entry));
}

/* The group of a row, by the columns that its keys are made of or by the keys. */
static NpsGroup *
group_of(CountingScan *node, int row)
{
	NpsMemory  *memory = node->keys->groups;
	const NpsRemembered *entry = memory == NULL ? NULL : nps_recall(memory, row);

	return entry != NULL ? remembered_group(memory, entry) : group_by_keys(node, row);
}

/*
 * The same where the groups hang on one column by value, the most frequent case: the
 * search is part of the loop.
 */
static int
find_groups_by_column(CountingScan *node, int row)
{
	NpsMemory  *memory = node->keys->groups;
	const NpsColumn *column = memory->inputs[0];

	for (; row < node->rows.length && !node->groups->full; row++)
	{
		uint64		input[2] = {2, column->values[row]};
		const NpsRemembered *entry = NULL;

		if (!column->nulls[row] && memory->entries != NULL)
			entry = nps_search_memory(memory, input, 2, nps_hash_words(input, 2));
		if (entry == NULL)
			node->group_of_row[row] = group_of(node, row);
		else
		{
			node->group_of_row[row] = remembered_group(memory, entry);
			memory->answers++;
			memory->lookups++;
		}
	}
	return row;
}

/* The group of each row from next_row on, until the table is full. Returns the first row without. */
static int
find_groups(CountingScan *node)
{
	NpsKeys    *keys = node->keys;
	int			row = node->next_row;

	if (keys->length == 0)
	{
		NpsGroup   *all = nps_find_group(node->groups, NULL, NULL);

		while (row < node->rows.length)
			node->group_of_row[row++] = all;
		return row;
	}
	if (keys->groups != NULL && keys->groups->worth_it && keys->groups->number_of_inputs == 1 &&
		keys->groups->inputs[0]->by_value)
		return find_groups_by_column(node, row);
	while (row < node->rows.length && !node->groups->full)
	{
		node->group_of_row[row] = group_of(node, row);
		row++;
	}
	return row;
}

/* What was handed over is forgotten, and what points to it. */
static void
empty_groups(CountingScan *node)
{
	nps_forget_groups(node->groups);
	if (node->keys->groups != NULL)
		nps_forget_memory(node->keys->groups);
}

/* Counts rows until the table is full or the pages are read. */
static void
fill(CountingScan *node)
{
	while (!node->groups->full)
	{
		int			end;

		if (node->next_row >= node->rows.length)
		{
			node->next_row = 0;
			if (!nps_next_page(&node->rows))
			{
				node->finished = true;
				return;
			}
			nps_read_columns(node->columns, node->rows.headers, node->rows.length);
			nps_take_steps(node->keys, &node->rows);
		}
		end = find_groups(node);
		nps_count_rows(node->counts, &node->rows, node->group_of_row, node->next_row, end);
		node->next_row = end;
	}
}

/* Notes what the table has come to, for EXPLAIN ANALYZE. */
static void
note_fill(CountingScan *node)
{
	node->figures.groups += node->groups->length;
	node->figures.times_full += node->groups->full;
	node->figures.memory = Max(node->figures.memory, (int64) node->groups->allocated);
}

/* A group as the row that is handed over. */
static TupleTableSlot *
row_of(CountingScan *node, NpsGroup *group)
{
	TupleTableSlot *slot = node->custom.ss.ss_ScanTupleSlot;
	ExprContext *context = node->custom.ss.ps.ps_ExprContext;

	ExecClearTuple(slot);
	nps_group_keys(node->groups, group, node->keys->values, node->keys->nulls);
	for (int column = 0; column < slot->tts_tupleDescriptor->natts; column++)
	{
		int			source = node->sources[column];

		if (source >= 0)
		{
			slot->tts_values[column] = node->keys->values[source];
			slot->tts_isnull[column] = node->keys->nulls[source];
		}
		else
			slot->tts_values[column] = nps_count_state(&node->counts->counts[-1 - source], group,
													   &slot->tts_isnull[column]);
	}
	ExecStoreVirtualTuple(slot);
	if (node->custom.ss.ps.ps_ProjInfo == NULL)
		return slot;
	ResetExprContext(context);
	context->ecxt_scantuple = slot;
	return ExecProject(node->custom.ss.ps.ps_ProjInfo);
}

/* The next group. While there are none it counts. */
static TupleTableSlot *
execute(CustomScanState *custom)
{
	CountingScan *node = (CountingScan *) custom;

	for (;;)
	{
		NpsGroup   *group = node->handing_over ? nps_next_group(node->groups, &node->place) : NULL;

		if (group != NULL)
			return row_of(node, group);
		if (node->finished)
			return NULL;
		if (node->handing_over)
			empty_groups(node);
		fill(node);
		note_fill(node);
		node->place = nps_first_group_place(node->groups);
		node->handing_over = true;
	}
}

static void
rescan(CustomScanState *custom)
{
	CountingScan *node = (CountingScan *) custom;
	PlanState  *scan = linitial(custom->custom_ps);

	if (custom->ss.ps.chgParam != NULL)
		UpdateChangedParamSet(scan, custom->ss.ps.chgParam);
	ExecReScan(scan);
	nps_begin_rows(&node->rows);
	nps_forget_keys(node->keys);
	nps_forget_groups(node->groups);
	node->next_row = 0;
	node->finished = false;
	node->handing_over = false;
}

static void
end(CustomScanState *custom)
{
	ExecEndNode(linitial(custom->custom_ps));
}

/* --- what was done, of all processes -------------------------------------- */

/* What this process has done up to now. */
static NpsFigures
own_figures(CountingScan *node)
{
	NpsFigures	figures = node->figures;

	figures.pages = node->rows.pages;
	figures.rows = node->rows.total;
	figures.computed = node->keys->computed;
	return figures;
}

/* In the leader: takes over what the workers have left, and clears it. */
static void
collect_workers(CountingScan *node)
{
	for (int worker = 0; worker < node->workers; worker++)
	{
		nps_add_figures(&node->collected, &node->of_workers[worker]);
		MemSet(&node->of_workers[worker], 0, sizeof(NpsFigures));
	}
}

static Size
estimate_shared(CustomScanState *custom, ParallelContext *parallel)
{
	(void) custom;
	return mul_size(sizeof(NpsFigures), parallel->nworkers);
}

static void
initialize_shared(CustomScanState *custom, ParallelContext *parallel, void *shared)
{
	CountingScan *node = (CountingScan *) custom;

	node->of_workers = shared;
	node->workers = parallel->nworkers;
	MemSet(shared, 0, sizeof(NpsFigures) * parallel->nworkers);
}

static void
reinitialize_shared(CustomScanState *custom, ParallelContext *parallel, void *shared)
{
	(void) parallel;
	(void) shared;
	collect_workers((CountingScan *) custom);
}

static void
initialize_worker(CustomScanState *custom, shm_toc *toc, void *shared)
{
	(void) toc;
	((CountingScan *) custom)->of_workers = shared;
}

/* The end of a run, while shared memory is still there. */
static void
shut_down(CustomScanState *custom)
{
	CountingScan *node = (CountingScan *) custom;

	if (node->of_workers == NULL)
		return;
	if (IsParallelWorker())
		node->of_workers[ParallelWorkerNumber] = own_figures(node);
	else
		collect_workers(node);
	node->of_workers = NULL;
	node->workers = 0;
}

static void
explain(CustomScanState *custom, List *ancestors, ExplainState *es)
{
	CountingScan *node = (CountingScan *) custom;
	NpsFigures	sum = node->collected;
	NpsFigures	own = own_figures(node);

	(void) ancestors;
	nps_add_figures(&sum, &own);
	/* Nothing is known of a scan that ran as a whole in one worker, and nothing to be said of one that never did. */
	if (es->analyze && sum.pages > 0)
		nps_explain_figures(&sum, es);
}

static const CustomExecMethods execution_methods = {
	.CustomName = NPS_COUNTING_SCAN_NAME,
	.BeginCustomScan = begin,
	.ExecCustomScan = execute,
	.EndCustomScan = end,
	.ReScanCustomScan = rescan,
	.EstimateDSMCustomScan = estimate_shared,
	.InitializeDSMCustomScan = initialize_shared,
	.ReInitializeDSMCustomScan = reinitialize_shared,
	.InitializeWorkerCustomScan = initialize_worker,
	.ShutdownCustomScan = shut_down,
	.ExplainCustomScan = explain,
};

static Node *
create_state(CustomScan *plan)
{
	CountingScan *node = palloc0(sizeof(CountingScan));

	(void) plan;
	NodeSetTag(node, T_CustomScanState);
	node->custom.methods = &execution_methods;
	return (Node *) node;
}

const CustomScanMethods nps_counting_scan_methods = {
	.CustomName = NPS_COUNTING_SCAN_NAME,
	.CreateCustomScanState = create_state,
};
