#include "planner/counting_scan/conditions.h"

#include "access/transam.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"

#include "planner/counting_scan/compat.h"

/* The column's Var, where the expression is one. */
static const Var *
column_of(const Node *expression)
{
	while (IsA(expression, RelabelType))
		expression = (Node *) ((RelabelType *) expression)->arg;
	if (!IsA(expression, Var) || ((Var *) expression)->varattno <= 0)
		return NULL;
	return (Var *) expression;
}

static const Const *
constant_of(const Node *expression)
{
	if (!IsA(expression, Const) || ((Const *) expression)->constisnull)
		return NULL;
	return (Const *) expression;
}

/*
 * A condition of the clause; false where it is not of the simple form, or where the
 * user may not execute its function, which PostgreSQL then says.
 */
static bool
make_condition(NpsCondition *condition, Node *clause, NpsColumns *columns)
{
	OpExpr	   *comparison = (OpExpr *) clause;
	const Var  *column;
	const Const *constant;

	if (!IsA(clause, OpExpr) || list_length(comparison->args) != 2 || comparison->opresulttype != BOOLOID ||
		comparison->opfuncid >= FirstNormalObjectId || !func_strict(comparison->opfuncid) ||
		may_execute(comparison->opfuncid, GetUserId()) != ACLCHECK_OK)
		return false;
	condition->argument = column_of(linitial(comparison->args)) != NULL ? 0 : 1;
	column = column_of(list_nth(comparison->args, condition->argument));
	constant = constant_of(list_nth(comparison->args, 1 - condition->argument));
	if (column == NULL || constant == NULL)
		return false;

	condition->column = nps_add_column(columns, column->varattno);
	InvokeFunctionExecuteHook(comparison->opfuncid);
	fmgr_info(comparison->opfuncid, &condition->function);
	fmgr_info_set_expr(clause, &condition->function);
	condition->call = palloc0(SizeForFunctionCallInfo(2));
	InitFunctionCallInfoData(*condition->call, &condition->function, 2, comparison->inputcollid, NULL, NULL);
	condition->call->args[1 - condition->argument].value = constant->constvalue;
	return true;
}

/*
 * Conditions of the first of the clauses, up to one of another form: it and what
 * follows it are the others, so that all stay in their order.
 */
NpsConditions *
nps_make_conditions(List *clauses, NpsColumns *columns, List **others)
{
	NpsConditions *conditions = palloc0(sizeof(NpsConditions));
	ListCell   *cell;

	*others = NIL;
	conditions->conditions = palloc0(sizeof(NpsCondition) * Max(list_length(clauses), 1));
	foreach(cell, clauses)
	{
		if (*others == NIL && make_condition(&conditions->conditions[conditions->length], lfirst(cell), columns))
			conditions->length++;
		else
			*others = lappend(*others, lfirst(cell));
	}
	return conditions;
}

static void
check_condition(NpsCondition *condition, bool *passes, int from, int to)
{
	FunctionCallInfo call = condition->call;
	NullableDatum *argument = &call->args[condition->argument];
	const NpsColumn *column = condition->column;
	PGFunction	function = condition->function.fn_addr;

	for (int row = from; row < to; row++)
	{
		if (!passes[row])
			continue;
		if (column->nulls[row])
		{
			passes[row] = false;
			continue;
		}
		argument->value = column->values[row];
		call->isnull = false;
		passes[row] = DatumGetBool(function(call)) && !call->isnull;
	}
}

/*
 * Leaves true of the rows those that pass. A row that does not pass one condition
 * is not shown to the next. Memory may be allocated, that of a row.
 */
void
nps_check_conditions(NpsConditions *conditions, bool *passes, int from, int to)
{
	for (int i = 0; i < conditions->length; i++)
		check_condition(&conditions->conditions[i], passes, from, to);
}
