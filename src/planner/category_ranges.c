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

#define NO_LIMIT (-1)

/* The scores of which a predicate is true, and the type of the constants that they are compared with. */
typedef struct CategoryRange
{
	PGFunction	predicate;
	Oid			limit_type;
	int			lowest;
	int			highest;
} CategoryRange;

/*
 * The ranges are closed (<= 6, not < 7), since that implies the conditions of
 * partial indexes in either spelling. An nps_score is from 0 to 10 anyway; what
 * an integer is beyond is in no category.
 */
static const CategoryRange ranges[] = {
	{nps_is_detractor, INT4OID, NO_LIMIT, NPS_DETRACTOR_MAX},
	{nps_is_passive, INT4OID, NPS_DETRACTOR_MAX + 1, NPS_PROMOTER_MIN - 1},
	{nps_is_promoter, INT4OID, NPS_PROMOTER_MIN, NO_LIMIT},
	{nps_is_detractor_int2, INT2OID, 0, NPS_DETRACTOR_MAX},
	{nps_is_passive_int2, INT2OID, NPS_DETRACTOR_MAX + 1, NPS_PROMOTER_MIN - 1},
	{nps_is_promoter_int2, INT2OID, NPS_PROMOTER_MIN, NPS_SCORE_MAX},
	{nps_is_detractor_int4, INT4OID, 0, NPS_DETRACTOR_MAX},
	{nps_is_passive_int4, INT4OID, NPS_DETRACTOR_MAX + 1, NPS_PROMOTER_MIN - 1},
	{nps_is_promoter_int4, INT4OID, NPS_PROMOTER_MIN, NPS_SCORE_MAX}
};

/* The range of a predicate of ours, whatever its name; NULL for any other function. */
static const CategoryRange *
range_of(Oid function)
{
	FmgrInfo	info;
	size_t		i;

	fmgr_info(function, &info);
	for (i = 0; i < lengthof(ranges); i++)
	{
		if (info.fn_addr == ranges[i].predicate)
			return &ranges[i];
	}
	return NULL;
}

/* The operator between a type and that of the limit, in the type's own operator class. */
static Oid
comparison_operator(Oid type, Oid limit_type, StrategyNumber strategy)
{
	Oid			operator_class = GetDefaultOpClass(type, BTREE_AM_OID);

	if (!OidIsValid(operator_class))
		return InvalidOid;
	return get_opfamily_member(get_opclass_family(operator_class), type, limit_type, strategy);
}

/* "score <operator> limit" added to the clauses, and none for no limit; false where there is no such operator. */
static bool
add_comparison(List **clauses, Node *score, StrategyNumber strategy, Oid limit_type, int limit)
{
	Oid			operator;
	Const	   *constant;
	Expr	   *clause;

	if (limit == NO_LIMIT)
		return true;
	operator = comparison_operator(exprType(score), limit_type, strategy);
	if (!OidIsValid(operator))
		return false;
	if (limit_type == INT2OID)
		constant = makeConst(INT2OID, -1, InvalidOid, sizeof(int16), Int16GetDatum(limit), false, true);
	else
		constant = makeConst(INT4OID, -1, InvalidOid, sizeof(int32), Int32GetDatum(limit), false, true);
	clause = make_opclause(operator, BOOLOID, false, (Expr *) copyObject(score), (Expr *) constant,
						   InvalidOid, InvalidOid);
	set_opfuncid((OpExpr *) clause);
	*clauses = lappend(*clauses, clause);
	return true;
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

/* A call of a predicate as comparisons of its argument; NULL where it has to stay a call. */
static Node *
as_comparisons(const FuncExpr *call)
{
	const CategoryRange *range = range_of(call->funcid);
	List	   *clauses = NIL;
	Node	   *score;

	if (range == NULL || list_length(call->args) != 1)
		return NULL;
	score = linitial(call->args);
	if (!add_comparison(&clauses, score, BTGreaterEqualStrategyNumber, range->limit_type, range->lowest) ||
		!add_comparison(&clauses, score, BTLessEqualStrategyNumber, range->limit_type, range->highest))
		return NULL;
	if (list_length(clauses) == 1)
		return linitial(clauses);
	return may_be_repeated(score) ? (Node *) make_andclause(clauses) : NULL;
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
