/*
 * What the counting scan finds different between the PostgreSQL majors.
 */
#ifndef NPS_COUNTING_SCAN_COMPAT_H
#define NPS_COUNTING_SCAN_COMPAT_H

#include "nps.h"

#include "access/tableam.h"
#include "catalog/pg_proc.h"
#include "commands/explain.h"
#if PG_VERSION_NUM >= 180000
#include "commands/explain_format.h"
#include "commands/explain_state.h"
#endif
#include "executor/instrument.h"
#include "nodes/pathnodes.h"
#include "optimizer/appendinfo.h"
#include "optimizer/clauses.h"
#include "optimizer/pathnode.h"
#include "optimizer/prep.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/selfuncs.h"

/* From 15 on a custom path says whether it can project; ours always can. */
#ifndef CUSTOMPATH_SUPPORT_PROJECTION
#define CUSTOMPATH_SUPPORT_PROJECTION 0
#endif

/* From 16 on keys that cannot differ are left out of the clause. */
#if PG_VERSION_NUM >= 160000
#define PROCESSED_GROUP_CLAUSE(root) ((root)->processed_groupClause)
#else
#define PROCESSED_GROUP_CLAUSE(root) ((root)->parse->groupClause)
#endif

/* From 18 on a path counts its disabled nodes; before, they are in its cost. */
#if PG_VERSION_NUM >= 180000
#define COPY_DISABLED_NODES(to, from) ((to)->disabled_nodes = (from)->disabled_nodes)
#else
#define COPY_DISABLED_NODES(to, from) ((void) 0)
#endif

#if PG_VERSION_NUM >= 150000
#define RESERVE_SETTING_PREFIX(prefix) MarkGUCPrefixReserved(prefix)
#else
#define RESERVE_SETTING_PREFIX(prefix) EmitWarningsOnPlaceholders(prefix)
#endif

/* What a processor fetches at once, in bytes. */
#define CACHE_LINE 64

/* Has the processor fetch what is read soon. Any address does: it changes nothing but the time. */
#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void) (address))
#endif

/* From 19 on a plan node's instrumentation is a type of its own. */
#if PG_VERSION_NUM < 190000
typedef Instrumentation NodeInstrumentation;
#endif

/* May that role execute the function? */
static inline AclResult
may_execute(Oid function, Oid role)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(ProcedureRelationId, function, role, ACL_EXECUTE);
#else
	return pg_proc_aclcheck(function, role, ACL_EXECUTE);
#endif
}

/* A scan of a whole table, as a sequential scan begins one. */
static inline TableScanDesc
begin_table_scan(Relation relation, Snapshot snapshot)
{
#if PG_VERSION_NUM >= 190000
	return table_beginscan(relation, snapshot, 0, NULL, 0);
#else
	return table_beginscan(relation, snapshot, 0, NULL);
#endif
}

/* What merging and finishing the aggregates of target and having costs. */
static inline void
final_aggregate_costs(PlannerInfo *root, PathTarget *target, Node *having, AggClauseCosts *costs)
{
	MemSet(costs, 0, sizeof(AggClauseCosts));
#if PG_VERSION_NUM >= 140000
	(void) target;
	(void) having;
	get_agg_clause_costs(root, AGGSPLIT_FINAL_DESERIAL, costs);
#else
	get_agg_clause_costs(root, (Node *) target->exprs, AGGSPLIT_FINAL_DESERIAL, costs);
	get_agg_clause_costs(root, having, AGGSPLIT_FINAL_DESERIAL, costs);
#endif
}

/* Expressions over a table as those over one of its children. */
static inline Node *
translated_to_child(PlannerInfo *root, Node *node, RelOptInfo *child, RelOptInfo *parent)
{
#if PG_VERSION_NUM >= 160000
	return adjust_appendrel_attrs_multilevel(root, node, child, parent);
#else
	return adjust_appendrel_attrs_multilevel(root, node, child->relids, parent->relids);
#endif
}

/* Paths for the children of a table, one after the other, as in the model. */
static inline Path *
append_path_like(PlannerInfo *root, AppendPath *model, List *paths, List *partial_paths)
{
#if PG_VERSION_NUM >= 190000
	AppendPathInput input = {.subpaths = paths, .partial_subpaths = partial_paths};

	return (Path *) create_append_path(root, model->path.parent, input, NIL, NULL,
									   model->path.parallel_workers, model->path.parallel_aware, -1);
#elif PG_VERSION_NUM >= 140000
	return (Path *) create_append_path(root, model->path.parent, paths, partial_paths, NIL, NULL,
									   model->path.parallel_workers, model->path.parallel_aware, -1);
#else
	return (Path *) create_append_path(root, model->path.parent, paths, partial_paths, NIL, NULL,
									   model->path.parallel_workers, model->path.parallel_aware,
									   model->partitioned_rels, -1);
#endif
}

static inline double
estimated_groups(PlannerInfo *root, List *keys, double rows)
{
#if PG_VERSION_NUM >= 140000
	return estimate_num_groups(root, keys, rows, NULL, NULL);
#else
	return estimate_num_groups(root, keys, rows, NULL);
#endif
}

#endif
