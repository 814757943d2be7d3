/*
 * What the counting scan finds different between the PostgreSQL majors.
 */
#ifndef NPS_COUNTING_SCAN_COMPAT_H
#define NPS_COUNTING_SCAN_COMPAT_H

#include "nps.h"

#include "access/tableam.h"
#include "nodes/pathnodes.h"
#include "optimizer/appendinfo.h"
#include "optimizer/clauses.h"
#include "optimizer/pathnode.h"
#include "optimizer/prep.h"
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
