#include "planner/counting_scan/target.h"

#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/planner.h"
#include "optimizer/tlist.h"

#include "planner/counting_scan/compat.h"
#include "planner/counting_scan/kind.h"

/*
 * Keys, Vars and Aggrefs that the grouped target and HAVING are made of, as
 * PostgreSQL has them between the two halves of an aggregation. A Var that is no
 * key, since it depends on one, is handed over like a key.
 */
static PathTarget *
parts_of(PlannerInfo *root, PathTarget *grouped_target, Node *having)
{
	List	   *clause = PROCESSED_GROUP_CLAUSE(root);
	PathTarget *target = create_empty_pathtarget();
	List	   *others = NIL;
	ListCell   *cell;
	int			i = 0;

	foreach(cell, grouped_target->exprs)
	{
		Index		reference = get_pathtarget_sortgroupref(grouped_target, i++);

		if (reference && clause && get_sortgroupref_clause_noerr(reference, clause) != NULL)
			add_column_to_pathtarget(target, lfirst(cell), reference);
		else
			others = lappend(others, lfirst(cell));
	}
	if (having)
		others = lappend(others, having);
	add_new_columns_to_pathtarget(target, pull_var_clause((Node *) others, PVC_INCLUDE_AGGREGATES |
														  PVC_RECURSE_WINDOWFUNCS | PVC_INCLUDE_PLACEHOLDERS));
	return target;
}

/* Is there what can only be known with the whole row or the plan around it? */
static bool
is_out_of_reach(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
		return ((Var *) node)->varattno <= 0 || ((Var *) node)->varlevelsup != 0;
	if (IsA(node, SubPlan) || IsA(node, AlternativeSubPlan) || IsA(node, PlaceHolderVar) ||
		IsA(node, GroupingFunc) || IsA(node, WindowFunc) || IsA(node, CurrentOfExpr))
		return true;
	return expression_tree_walker(node, is_out_of_reach, context);
}

static bool
can_be_computed(Node *node)
{
	return !is_out_of_reach(node, NULL) && !contain_volatile_functions(node) && !expression_returns_set(node);
}

/* Aggref nodes in their partial form; false where there is one that is not known, or none of scores. */
static bool
make_partial(PathTarget *target)
{
	bool		scores = false;
	ListCell   *cell;

	foreach(cell, target->exprs)
	{
		Aggref	   *aggregate = lfirst(cell);
		Oid			transition;
		NpsCountKind kind;

		if (!IsA(aggregate, Aggref))
			continue;
		kind = nps_count_kind(aggregate, &transition);
		if (kind == NPS_COUNT_UNKNOWN)
			return false;
		scores = scores || nps_counts_scores(kind);
		aggregate = makeNode(Aggref);
		memcpy(aggregate, lfirst(cell), sizeof(Aggref));
		mark_partial_aggref(aggregate, AGGSPLIT_INITIAL_SERIAL);
		lfirst(cell) = aggregate;
	}
	return scores;
}

/* The target of a counting scan for such a query; NULL where it cannot be one. */
PathTarget *
nps_counting_target(PlannerInfo *root, PathTarget *grouped_target, Node *having)
{
	PathTarget *target = parts_of(root, grouped_target, having);

	if (!make_partial(target) || !can_be_computed((Node *) target->exprs))
		return NULL;
	return set_pathtarget_cost_width(root, target);
}
