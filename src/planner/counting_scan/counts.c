#include "planner/counting_scan/counts.h"

#include "catalog/objectaccess.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "nodes/makefuncs.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "planner/counting_scan/compat.h"

#include "types/score.h"
#include "types/summary.h"

/* The state of min and max. */
typedef struct Extreme
{
	Datum		value;
	bool		found;
} Extreme;

static size_t
state_size(NpsCountKind kind)
{
	if (nps_counts_scores(kind))
		return MAXALIGN(sizeof(NpsSummary));
	return MAXALIGN(kind == NPS_COUNT_EXTREME ? sizeof(Extreme) : sizeof(int64));
}

/* Sets where the argument comes from. */
static void
set_argument(NpsCount *count, Expr *argument, NpsColumns *columns, SeqScanState *scan)
{
	Expr	   *inner = argument;

	while (IsA(inner, RelabelType))
		inner = ((RelabelType *) inner)->arg;
	if (IsA(inner, Var))
		count->column = nps_add_column(columns, ((Var *) inner)->varattno);
	else
		count->argument = ExecInitExpr(argument, &scan->ss.ps);
}

/*
 * PostgreSQL's node above checks that the user may execute the aggregate. That its
 * owner may execute the transition is checked here, since there it is not used.
 */
static void
check_rights(const Aggref *aggregate, Oid transition)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(aggregate->aggfnoid));
	Oid			owner;
	AclResult	result;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for function %u", aggregate->aggfnoid);
	owner = ((Form_pg_proc) GETSTRUCT(tuple))->proowner;
	ReleaseSysCache(tuple);
	result = may_execute(transition, owner);
	if (result != ACLCHECK_OK)
		aclcheck_error(result, OBJECT_FUNCTION, get_func_name(transition));
	InvokeFunctionExecuteHook(transition);
}

/* Sets which rows count. */
static void
set_filter(NpsCount *count, Expr *filter, NpsColumns *columns, SeqScanState *scan)
{
	List	   *others;

	count->conditions = nps_make_conditions(make_ands_implicit(filter), columns, &others);
	count->filter = ExecInitQual(others, &scan->ss.ps);
}

/* The aggregates of a scan. Their columns are added to those that are read. */
NpsCounts *
nps_make_counts(List *aggregates, NpsColumns *columns, SeqScanState *scan)
{
	NpsCounts  *counts = palloc0(sizeof(NpsCounts));
	ListCell   *cell;

	counts->counts = palloc0(sizeof(NpsCount) * Max(list_length(aggregates), 1));
	counts->by_columns = true;
	foreach(cell, aggregates)
	{
		Aggref	   *aggregate = lfirst_node(Aggref, cell);
		NpsCount   *count = &counts->counts[counts->length++];
		Oid			transition = InvalidOid;

		count->kind = nps_count_kind(aggregate, &transition);
		if (count->kind == NPS_COUNT_UNKNOWN)
			elog(ERROR, "the counting scan does not know aggregate %u", aggregate->aggfnoid);
		check_rights(aggregate, transition);
		count->offset = counts->state_size;
		counts->state_size += state_size(count->kind);
		count->collation = aggregate->inputcollid;
		fmgr_info(transition, &count->transition);
		if (aggregate->args != NIL)
			set_argument(count, linitial_node(TargetEntry, aggregate->args)->expr, columns, scan);
		set_filter(count, aggregate->aggfilter, columns, scan);
		counts->by_columns = counts->by_columns && count->argument == NULL && count->filter == NULL;
	}
	return counts;
}

/* The lower or the higher of what is there and a value. */
static void
count_extreme(NpsCount *count, Extreme *extreme, Datum value)
{
	if (extreme->found)
		extreme->value = FunctionCall2Coll(&count->transition, count->collation, extreme->value, value);
	else
		*extreme = (Extreme) {value, true};
}

/* A value of that kind as a score; an error where it is none. */
#define SCORE(type, value) \
	((type) == NPS_COUNT_SCORES ? nps_score_from_int64(DatumGetNpsScore(value)) : \
	 (type) == NPS_COUNT_INT2 ? nps_score_from_int64(DatumGetInt16(value)) : \
	 (type) == NPS_COUNT_INT4 ? nps_score_from_int64(DatumGetInt32(value)) : \
	 (type) == NPS_COUNT_INT8 ? nps_score_from_int64(DatumGetInt64(value)) : \
	 (type) == NPS_COUNT_NUMERIC ? nps_score_from_numeric(DatumGetNumeric(value)) : \
	 nps_score_from_float8(DatumGetFloat8(value)))

/* Counts one value, which is not NULL, into the state. */
static inline void
count_value(NpsCount *count, NpsCountKind kind, void *state, Datum value)
{
	switch (kind)
	{
		case NPS_COUNT_ROWS:
		case NPS_COUNT_VALUES:
			(*(int64 *) state)++;
			break;
		case NPS_COUNT_EXTREME:
			count_extreme(count, state, value);
			break;
		default:
			((NpsSummary *) state)->counts[SCORE(kind, value)]++;
			break;
	}
}

/* Counts the values of a column; kind is a constant, so that the loop has no choice left. */
static pg_attribute_always_inline void
count_column_as(NpsCount *count, NpsCountKind kind, NpsGroup **groups, const bool *passes, int from, int to)
{
	const Datum *values = count->column->values;
	const bool *nulls = count->column->nulls;
	size_t		offset = count->offset;

	for (int row = from; row < to; row++)
	{
		if (!nulls[row] && (passes == NULL || passes[row]))
			count_value(count, kind, nps_group_state(groups[row], offset), values[row]);
	}
}

static void
count_column(NpsCount *count, NpsGroup **groups, const bool *passes, int from, int to)
{
	switch (count->kind)
	{
		case NPS_COUNT_SCORES:
			count_column_as(count, NPS_COUNT_SCORES, groups, passes, from, to);
			break;
		case NPS_COUNT_INT2:
			count_column_as(count, NPS_COUNT_INT2, groups, passes, from, to);
			break;
		case NPS_COUNT_INT4:
			count_column_as(count, NPS_COUNT_INT4, groups, passes, from, to);
			break;
		case NPS_COUNT_INT8:
			count_column_as(count, NPS_COUNT_INT8, groups, passes, from, to);
			break;
		default:
			count_column_as(count, count->kind, groups, passes, from, to);
			break;
	}
}

/* count(*) */
static void
count_all(NpsCount *count, NpsGroup **groups, const bool *passes, int from, int to)
{
	for (int row = from; row < to; row++)
	{
		if (passes == NULL || passes[row])
			(*(int64 *) nps_group_state(groups[row], count->offset))++;
	}
}

/* Counts all rows for one aggregate, which goes without a slot. */
static void
count_by_column(NpsCount *count, NpsGroup **groups, int from, int to)
{
	bool		passes[MaxHeapTuplesPerPage];
	bool	   *some = count->conditions->length > 0 ? passes : NULL;

	if (some != NULL)
	{
		memset(passes + from, true, to - from);
		nps_check_conditions(count->conditions, passes, from, to);
	}
	if (count->column != NULL)
		count_column(count, groups, some, from, to);
	else
		count_all(count, groups, some, from, to);
}

/* Counts one row, which is in the slot, by the aggregate's filter and argument. */
static void
count_row(NpsCount *count, NpsRows *rows, NpsGroup *group, int row)
{
	Datum		value = (Datum) 0;
	bool		is_null = false;
	bool		passes[MaxHeapTuplesPerPage];

	passes[row] = true;
	nps_check_conditions(count->conditions, passes, row, row + 1);
	if (!passes[row] || !ExecQual(count->filter, rows->context))
		return;
	if (count->column != NULL)
	{
		value = count->column->values[row];
		is_null = count->column->nulls[row];
	}
	else if (count->argument != NULL)
		value = ExecEvalExpr(count->argument, rows->context, &is_null);
	if (!is_null)
		count_value(count, count->kind, nps_group_state(group, count->offset), value);
}

/* Row by row, since there are expressions. */
static void
count_by_rows(NpsCounts *counts, NpsRows *rows, NpsGroup **groups, int from, int to)
{
	for (int row = from; row < to; row++)
	{
		ResetExprContext(rows->context);
		nps_put_row_into_slot(rows, row);
		for (int i = 0; i < counts->length; i++)
			count_row(&counts->counts[i], rows, groups[row], row);
	}
}

/* Counts the rows, each into its group; what that allocates is freed with the row's memory. */
void
nps_count_rows(NpsCounts *counts, NpsRows *rows, NpsGroup **groups, int from, int to)
{
	MemoryContext caller = MemoryContextSwitchTo(rows->context->ecxt_per_tuple_memory);

	if (!counts->by_columns)
		count_by_rows(counts, rows, groups, from, to);
	else
	{
		for (int i = 0; i < counts->length; i++)
			count_by_column(&counts->counts[i], groups, from, to);
	}
	MemoryContextSwitchTo(caller);
	ResetExprContext(rows->context);
}

/* The aggregate's state in the group, as its partial result. */
Datum
nps_count_state(const NpsCount *count, NpsGroup *group, bool *is_null)
{
	void	   *state = nps_group_state(group, count->offset);

	*is_null = false;
	if (nps_counts_scores(count->kind))
		return PointerGetDatum(state);
	if (count->kind != NPS_COUNT_EXTREME)
		return Int64GetDatum(*(int64 *) state);
	*is_null = !((Extreme *) state)->found;
	return ((Extreme *) state)->value;
}
