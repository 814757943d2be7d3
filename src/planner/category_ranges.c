/*
 * Planner support: a predicate on the category of a score is a range of scores,
 * and is planned as one. So it uses an index on the score, prunes partitions,
 * matches partial indexes, and takes its row estimate from the statistics of
 * the score; under NOT as well, since the planner negates comparisons itself.
 *
 * Each predicate on nps_score has a support function of its own, and the
 * operators are found through the type's operator class, so that no name is
 * looked up and the extension may live in any schema. The predicates on int4
 * have none: they raise an error outside 0..10, which a comparison would not.
 *
 * The ranges are closed (<= 6, not < 7), since that implies the conditions of
 * partial indexes in either spelling.
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
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"

/* "score <operator> limit", by the operator of that strategy in the score's own operator class. */
static Expr *
comparison(Node *score, StrategyNumber strategy, int32 limit)
{
	Oid			type = exprType(score);
	Oid			family = get_opclass_family(GetDefaultOpClass(type, BTREE_AM_OID));
	Oid			operator = get_opfamily_member(family, type, INT4OID, strategy);
	Const	   *constant = makeConst(INT4OID, -1, InvalidOid, sizeof(int32), Int32GetDatum(limit), false, true);
	Expr	   *clause = make_opclause(operator, BOOLOID, false, (Expr *) score, (Expr *) constant,
									   InvalidOid, InvalidOid);

	set_opfuncid((OpExpr *) clause);
	return clause;
}

/* The one argument of the call that is to be simplified, or NULL for another request. */
static Node *
argument_to_simplify(FunctionCallInfo fcinfo)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSimplify))
		return NULL;
	return linitial(((SupportRequestSimplify *) request)->fcall->args);
}

PG_FUNCTION_INFO_V1(nps_is_detractor_support);
Datum
nps_is_detractor_support(PG_FUNCTION_ARGS)
{
	Node	   *score = argument_to_simplify(fcinfo);

	if (score == NULL)
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(comparison(score, BTLessEqualStrategyNumber, NPS_DETRACTOR_MAX));
}

PG_FUNCTION_INFO_V1(nps_is_promoter_support);
Datum
nps_is_promoter_support(PG_FUNCTION_ARGS)
{
	Node	   *score = argument_to_simplify(fcinfo);

	if (score == NULL)
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(comparison(score, BTGreaterEqualStrategyNumber, NPS_PROMOTER_MIN));
}

/* Two comparisons evaluate the argument twice: what is volatile, or a subquery, keeps its call. */
PG_FUNCTION_INFO_V1(nps_is_passive_support);
Datum
nps_is_passive_support(PG_FUNCTION_ARGS)
{
	Node	   *score = argument_to_simplify(fcinfo);

	if (score == NULL || contain_volatile_functions(score) || contain_subplans(score))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(make_andclause(list_make2(
		comparison(score, BTGreaterEqualStrategyNumber, NPS_DETRACTOR_MAX + 1),
		comparison(copyObject(score), BTLessEqualStrategyNumber, NPS_PROMOTER_MIN - 1))));
}
