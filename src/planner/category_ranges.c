/*
 * Planner support: a predicate on the category of a score is a range of scores,
 * and is planned as one. So it uses an index on the score, prunes partitions,
 * matches partial indexes, and takes its row estimate from the statistics of
 * the score; under NOT as well, since the planner negates comparisons itself.
 *
 * The operators are found through the type's operator class, so that no name is
 * looked up and the extension may live in any schema. What is found otherwise
 * than the extension made it (a superuser can attach a support function to any
 * function, and drop an operator from its family) stays a call.
 */
#include "nps.h"

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"

#include "types/category.h"

/*
 * The scores of each category. The ranges are closed (<= 6, not < 7), since
 * that implies the conditions of partial indexes in either spelling.
 */
static const struct
{
	int			lowest;
	int			highest;
}			ranges[NPS_CATEGORIES] = {
	{0, NPS_DETRACTOR_MAX},
	{NPS_DETRACTOR_MAX + 1, NPS_PROMOTER_MIN - 1},
	{NPS_PROMOTER_MIN, NPS_SCORE_MAX}
};

/* Is the function a predicate of ours? Then sets its category. */
static bool
is_predicate(Oid function, NpsCategory *category)
{
	FmgrInfo	info;

	fmgr_info(function, &info);
	return nps_is_predicate(info.fn_addr, category);
}

/* The operator between a type and that of the limit, in the type's own operator class. */
static Oid
comparison_operator(Oid type, Oid limit_type, StrategyNumber strategy)
{
	Oid			operator_class = GetDefaultOpClass(type, BTREE_AM_OID);

	if (!OidIsValid(operator_class))
		return InvalidOid;
	return get_opfamily_member(get_opclass_family(operator_class), type, limit_type, (int16) strategy);
}

/* "score <operator> limit", the limit being of the score's own type or an int4; NULL where there is no such operator. */
static Expr *
comparison(Node *score, StrategyNumber strategy, int limit)
{
	Oid			type = exprType(score);
	bool		is_int2 = (type == INT2OID);
	Oid			limit_type = is_int2 ? INT2OID : INT4OID;
	Oid			operator = comparison_operator(type, limit_type, strategy);
	Const	   *constant;
	Expr	   *clause;

	if (!OidIsValid(operator))
		return NULL;
	constant = makeConst(limit_type, -1, InvalidOid, is_int2 ? sizeof(int16) : sizeof(int32),
						 is_int2 ? Int16GetDatum((int16) limit) : Int32GetDatum(limit), false, true);
	clause = make_opclause(operator, BOOLOID, false, (Expr *) score, (Expr *) constant,
						   InvalidOid, InvalidOid);
	set_opfuncid((OpExpr *) clause);
	return clause;
}

/*
 * May an expression be evaluated twice where it stood once? Not what is
 * volatile or a subquery, nor what costs more than the planner itself repeats
 * where it inlines a function.
 */
static bool
may_be_repeated(Node *expression)
{
	QualCost	cost;

	if (contain_volatile_functions(expression) || contain_subplans(expression))
		return false;
	cost_qual_eval(&cost, list_make1(expression), NULL);
	return cost.startup + cost.per_tuple <= 10 * cpu_operator_cost;
}

/*
 * A call of a predicate as comparisons of its argument; NULL where it has to
 * stay a call. An nps_score is from 0 to 10 anyway, so that one comparison does
 * for either end; an integer beyond is in no category.
 */
static Expr *
as_comparisons(const FuncExpr *call)
{
	NpsCategory category;
	Node	   *score;
	bool		is_integer;
	Expr	   *from;
	Expr	   *to;

	if (!is_predicate(call->funcid, &category) || list_length(call->args) != 1)
		return NULL;
	score = linitial(call->args);
	is_integer = (exprType(score) == INT2OID || exprType(score) == INT4OID);
	from = comparison(score, BTGreaterEqualStrategyNumber, ranges[category].lowest);
	to = comparison(copyObject(score), BTLessEqualStrategyNumber, ranges[category].highest);
	if (!is_integer && category == NPS_DETRACTOR)
		return to;
	if (!is_integer && category == NPS_PROMOTER)
		return from;
	if (from == NULL || to == NULL || !may_be_repeated(score))
		return NULL;
	return make_andclause(list_make2(from, to));
}

PG_FUNCTION_INFO_V1(nps_category_support);
Datum
nps_category_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(as_comparisons(((SupportRequestSimplify *) request)->fcall));
}
