/*
 * Beside the plans that PostgreSQL has found for a grouping, the counting scan is
 * offered: it reads a heap table, or each partition of a table, for the half of the
 * aggregation that is done before merging, and PostgreSQL's own node does the other
 * half. The cheaper is taken. In any doubt it is not offered.
 */
#include "planner/counting_scan/path.h"

#include "access/heapam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "nodes/extensible.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/planmain.h"
#include "optimizer/tlist.h"
#include "parser/parsetree.h"
#include "utils/rel.h"

#include "planner/counting_scan/compat.h"
#include "planner/counting_scan/estimate.h"
#include "planner/counting_scan/execution.h"
#include "planner/counting_scan/target.h"

/* What it takes to make the paths for one grouping. */
typedef struct Offer
{
	PlannerInfo *root;
	RelOptInfo *grouped_rel;
	PathTarget *target;			/* of the scan */
	List	   *having;
	List	   *clause;			/* of the keys */
	bool		can_hash;
	bool		can_sort;
	AggClauseCosts final_costs;
	double		groups;
} Offer;

/* --- which tables -------------------------------------------------------- */

/* Does the heap keep the relation's rows? The planner holds a lock on it. */
static bool
is_heap(Oid relation_id)
{
	Relation	relation = table_open(relation_id, NoLock);
	bool		heap = (relation->rd_rel->relkind == RELKIND_RELATION || relation->rd_rel->relkind == RELKIND_MATVIEW) &&
		relation->rd_tableam == GetHeapamTableAmRoutine();

	table_close(relation, NoLock);
	return heap;
}

/* Can the filter be evaluated more often, or earlier, than PostgreSQL would? */
static bool
has_plain_filter(RelOptInfo *rel)
{
	ListCell   *cell;

	foreach(cell, rel->baserestrictinfo)
	{
		RestrictInfo *condition = lfirst_node(RestrictInfo, cell);

		if (condition->pseudoconstant || contain_subplans((Node *) condition->clause) ||
			contain_volatile_functions((Node *) condition->clause))
			return false;
	}
	return true;
}

/* One table, read as a whole, without its children. */
static bool
is_countable(PlannerInfo *root, RelOptInfo *rel)
{
	RangeTblEntry *entry;

	if (!IS_SIMPLE_REL(rel) || rel->rtekind != RTE_RELATION)
		return false;
	entry = planner_rt_fetch(rel->relid, root);
	return entry->rtekind == RTE_RELATION && !entry->inh && entry->tablesample == NULL &&
		(entry->relkind == RELKIND_RELATION || entry->relkind == RELKIND_MATVIEW) &&
		is_heap(entry->relid) && has_plain_filter(rel);
}

/* --- the scan's own path ------------------------------------------------- */

static Plan *
plan_scan(PlannerInfo *root, RelOptInfo *rel, CustomPath *path, List *target, List *clauses, List *plans)
{
	CustomScan *scan = makeNode(CustomScan);

	(void) root;
	(void) rel;
	(void) clauses;				/* the sequential scan has them */
	scan->scan.plan.targetlist = target;
	scan->custom_scan_tlist = copyObject(target);
	scan->custom_plans = plans;
	scan->flags = path->flags;
	scan->methods = &nps_counting_scan_methods;
	return &scan->scan.plan;
}

static const CustomPathMethods path_methods = {
	.CustomName = NPS_COUNTING_SCAN_NAME,
	.PlanCustomPath = plan_scan,
};

/*
 * What the scan hands over: a row a group, or, where memory cannot hold the groups,
 * as many as it reads.
 */
static double
rows_handed_over(const Offer *offer, const Path *child)
{
	double		group_size = 64 + offer->target->width;	/* with what the table adds, about */

	if (offer->groups * group_size > get_hash_memory_limit())
		return child->rows;
	return clamp_row_est(Min(offer->groups, child->rows));
}

/*
 * The scan over its child. What it saves of the child's price is most of making a
 * row of the table into one of the executor; what it adds is little a row and
 * column, and as much as a row costs elsewhere for each group.
 */
static Path *
counting_path(const Offer *offer, Path *child, PathTarget *target)
{
	CustomPath *custom = makeNode(CustomPath);
	Path	   *path = &custom->path;
	RelOptInfo *rel = child->parent;
	double		rows_read = rel->tuples * Min(child->rows / Max(rel->rows, 1), 1);

	path->pathtype = T_CustomScan;
	path->parent = rel;
	path->pathtarget = target;
	path->parallel_aware = child->parallel_aware;
	path->parallel_safe = child->parallel_safe;
	path->parallel_workers = child->parallel_workers;
	path->rows = rows_handed_over(offer, child);
	path->startup_cost = child->total_cost - 0.75 * cpu_tuple_cost * rows_read +
		0.25 * cpu_operator_cost * child->rows * list_length(target->exprs);
	path->total_cost = path->startup_cost + cpu_tuple_cost * path->rows;
	COPY_DISABLED_NODES(path, child);
	custom->flags = CUSTOMPATH_SUPPORT_PROJECTION;
	custom->custom_paths = list_make1(child);
	custom->methods = &path_methods;
	return path;
}

static Path *
without_projection(Path *path)
{
	while (IsA(path, ProjectionPath))
		path = ((ProjectionPath *) path)->subpath;
	return path;
}

/*
 * The scan that counts what the path reads. NULL where it is no sequential scan, or
 * one that cannot be counted. Its target is that of the parent relation, in terms of
 * its own.
 */
static Path *
counted_scan(const Offer *offer, Path *path, RelOptInfo *parent)
{
	PathTarget *target = offer->target;

	path = without_projection(path);
	if (path->pathtype != T_SeqScan || path->param_info != NULL || !is_countable(offer->root, path->parent))
		return NULL;
	if (path->parent != parent)
	{
		target = copy_pathtarget(target);
		target->exprs = (List *) translated_to_child(offer->root, (Node *) target->exprs, path->parent, parent);
	}
	return counting_path(offer, path, target);
}

/*
 * The scans of a table's partitions, each counted, in the target of the whole. The
 * append's own relation stays, since partitions are pruned by its conditions while it
 * runs.
 */
static Path *
counted_append(const Offer *offer, AppendPath *append)
{
	List	   *paths = NIL;
	List	   *partial_paths = NIL;
	Path	   *path;
	ListCell   *cell;
	int			i = 0;

	if (append->path.parent->rtekind != RTE_RELATION || append->path.param_info != NULL || append->subpaths == NIL)
		return NULL;
	foreach(cell, append->subpaths)
	{
		path = counted_scan(offer, lfirst(cell), append->path.parent);
		if (path == NULL)
			return NULL;
		if (i++ < append->first_partial_path)
			paths = lappend(paths, path);
		else
			partial_paths = lappend(partial_paths, path);
	}
	path = append_path_like(offer->root, append, paths, partial_paths);
	path->pathtarget = offer->target;
	return path;
}

/*
 * The counted form of the first path that has one. Where no path is a sequential
 * scan, an index is better, or somebody does not want it.
 */
static Path *
first_counted(const Offer *offer, RelOptInfo *rel, List *paths)
{
	ListCell   *cell;

	foreach(cell, paths)
	{
		Path	   *path = without_projection(lfirst(cell));

		path = IsA(path, AppendPath) ? counted_append(offer, (AppendPath *) path) : counted_scan(offer, path, rel);
		if (path != NULL)
			return path;
	}
	return NULL;
}

/* --- the other half ------------------------------------------------------ */

static void
add_final_path(const Offer *offer, Path *path, AggStrategy strategy)
{
	add_path(offer->grouped_rel, (Path *)
			 create_agg_path(offer->root, offer->grouped_rel, path, offer->grouped_rel->reltarget, strategy,
							 AGGSPLIT_FINAL_DESERIAL, offer->clause, offer->having, &offer->final_costs,
							 offer->groups));
}

/* Merging and finishing, by what PostgreSQL can do with the keys. */
static void
add_final_paths(const Offer *offer, Path *path)
{
	if (offer->root->parse->groupClause == NIL)
	{
		add_final_path(offer, path, AGG_PLAIN);
		return;
	}
	if (offer->can_hash)
		add_final_path(offer, path, AGG_HASHED);
	if (!offer->can_sort)
		return;
	/* Keys that are all constant are in order as they come. */
	if (offer->root->group_pathkeys != NIL)
		path = (Path *) create_sort_path(offer->root, offer->grouped_rel, path, offer->root->group_pathkeys, -1);
	add_final_path(offer, path, AGG_SORTED);
}

/* The rows of several workers together. */
static Path *
gathered(const Offer *offer, Path *partial)
{
	double		rows = partial->rows * partial->parallel_workers;

	return (Path *) create_gather_path(offer->root, partial->parent, partial, offer->target, NULL, &rows);
}

/* Can it be a query for the counting scan, as far as is quickly seen? */
static bool
may_be_counted(PlannerInfo *root, RelOptInfo *rel, GroupPathExtraData *extra)
{
	return (extra->flags & GROUPING_CAN_PARTIAL_AGG) != 0 && root->parse->groupingSets == NIL &&
		!root->parse->hasTargetSRFs && IS_SIMPLE_REL(rel) && rel->rtekind == RTE_RELATION;
}

/* Offers the counting scan for a grouping of one table, serial and parallel. */
void
nps_offer_counting_scan(PlannerInfo *root, RelOptInfo *input_rel, RelOptInfo *grouped_rel, GroupPathExtraData *extra)
{
	Offer		offer = {.root = root, .grouped_rel = grouped_rel};
	Path	   *path;

	if (!may_be_counted(root, input_rel, extra))
		return;
	offer.target = nps_counting_target(root, grouped_rel->reltarget, extra->havingQual);
	if (offer.target == NULL)
		return;
	offer.having = (List *) extra->havingQual;
	offer.clause = PROCESSED_GROUP_CLAUSE(root);
	offer.can_hash = (extra->flags & GROUPING_CAN_USE_HASH) != 0;
	offer.can_sort = (extra->flags & GROUPING_CAN_USE_SORT) != 0;
	offer.groups = nps_estimated_groups(root, get_sortgrouplist_exprs(offer.clause, extra->targetList), input_rel->rows);
	final_aggregate_costs(root, grouped_rel->reltarget, extra->havingQual, &offer.final_costs);

	path = first_counted(&offer, input_rel, input_rel->pathlist);
	if (path != NULL)
		add_final_paths(&offer, path);
	path = grouped_rel->consider_parallel ? first_counted(&offer, input_rel, input_rel->partial_pathlist) : NULL;
	if (path != NULL)
		add_final_paths(&offer, gathered(&offer, path));
}
