#include "planner/counting_scan/estimate.h"

#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "planner/counting_scan/compat.h"

/* Where nothing is known of a column of times: three years. */
#define DEFAULT_DAYS 1000

/* The days between the first and the last time that the column's statistics know of. */
static double
days_of(PlannerInfo *root, Var *times)
{
	VariableStatData column;
	AttStatsSlot histogram;
	double		days = DEFAULT_DAYS;

	examine_variable(root, (Node *) times, 0, &column);
	if (HeapTupleIsValid(column.statsTuple) &&
		get_attstatsslot(&histogram, column.statsTuple, STATISTIC_KIND_HISTOGRAM, InvalidOid, ATTSTATSSLOT_VALUES))
	{
		Timestamp	first = DatumGetTimestamp(histogram.values[0]);
		Timestamp	last = DatumGetTimestamp(histogram.values[histogram.nvalues - 1]);

		if (!TIMESTAMP_NOT_FINITE(first) && !TIMESTAMP_NOT_FINITE(last))
			days = 1 + ((double) last - (double) first) / USECS_PER_DAY;
		free_attstatsslot(&histogram);
	}
	ReleaseVariableStats(column);
	return days;
}

/* The one column of times that the key is computed from, or NULL. */
static Var *
times_of(Node *key)
{
	List	   *vars = IsA(key, Var) ? NIL : pull_var_clause(key, 0);
	Oid			type;

	if (list_length(vars) != 1)
		return NULL;
	type = exprType(linitial(vars));
	return type == TIMESTAMPOID || type == TIMESTAMPTZOID ? linitial(vars) : NULL;
}

/* How many days the key puts together: those of date_trunc's unit, where it is one of several days. */
static double
days_a_group(const Node *key)
{
	static const struct
	{
		const char *unit;
		double		days;
	}			units[] = {{"week", 7}, {"month", 30}, {"quarter", 91}, {"year", 365}};
	const FuncExpr *call = (const FuncExpr *) key;
	const Const *unit;

	if (!IsA(key, FuncExpr) || list_length(call->args) < 2)
		return 1;
	unit = linitial(call->args);
	if (!IsA(unit, Const) || unit->consttype != TEXTOID || unit->constisnull)
		return 1;
	for (int i = 0; i < (int) lengthof(units); i++)
	{
		if (pg_strcasecmp(TextDatumGetCString(unit->constvalue), units[i].unit) == 0)
			return units[i].days;
	}
	return 1;
}

/*
 * How many groups the keys make of so many rows. Of an expression PostgreSQL knows no
 * more than how many values its column has: date_trunc of a time would make a group
 * of each row. Who groups by a function of a time groups by days or by less.
 */
double
nps_estimated_groups(PlannerInfo *root, List *keys, double rows)
{
	List	   *others = NIL;
	double		groups = 1;
	ListCell   *cell;

	foreach(cell, keys)
	{
		Var		   *times = times_of(lfirst(cell));

		if (times == NULL)
			others = lappend(others, lfirst(cell));
		else
			groups *= Min(1 + days_of(root, times) / days_a_group(lfirst(cell)),
						  estimated_groups(root, list_make1(lfirst(cell)), rows));
	}
	if (others != NIL)
		groups *= estimated_groups(root, others, rows);
	return clamp_row_est(Min(groups, rows));
}
