/*
 * The counting scan comes with the library: the setting that switches it off, its
 * plan node's name, and the place in the planner where it is offered.
 */
#include "nps.h"

#include "nodes/extensible.h"
#include "optimizer/planner.h"
#include "utils/guc.h"

#include "planner/counting_scan/compat.h"
#include "planner/counting_scan/execution.h"
#include "planner/counting_scan/path.h"

void		_PG_init(void);		/* NOLINT(bugprone-reserved-identifier): the server's name for it */

static bool enabled = true;
static create_upper_paths_hook_type next_hook = NULL;

/* Others first: what they offer is there when ours is compared. */
static void
upper_paths(PlannerInfo *root, UpperRelationKind stage, RelOptInfo *input_rel, RelOptInfo *output_rel, void *extra)
{
	if (next_hook)
		next_hook(root, stage, input_rel, output_rel, extra);
	if (enabled && stage == UPPERREL_GROUP_AGG && extra != NULL && root->parse->hasAggs)
		nps_offer_counting_scan(root, input_rel, output_rel, extra);
}

void
_PG_init(void)				/* NOLINT(bugprone-reserved-identifier) */
{
	DefineCustomBoolVariable("nps.counting_scan",
							 "Lets the planner count the responses of a table page by page.",
							 "No result depends on it.",
							 &enabled, true, PGC_USERSET, GUC_EXPLAIN, NULL, NULL, NULL);
	RESERVE_SETTING_PREFIX("nps");
	RegisterCustomScanMethods(&nps_counting_scan_methods);
	next_hook = create_upper_paths_hook;
	create_upper_paths_hook = upper_paths;
}
