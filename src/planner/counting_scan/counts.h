/*
 * The aggregates: their states in a group, and how rows are counted into them.
 */
#ifndef NPS_COUNTING_SCAN_COUNTS_H
#define NPS_COUNTING_SCAN_COUNTS_H

#include "nps.h"

#include "planner/counting_scan/columns.h"
#include "planner/counting_scan/conditions.h"
#include "planner/counting_scan/groups.h"
#include "planner/counting_scan/kind.h"
#include "planner/counting_scan/rows.h"

typedef struct NpsCount
{
	NpsCountKind kind;
	size_t		offset;			/* of its state among those of the group */
	NpsColumn  *column;			/* its argument, or */
	ExprState  *argument;		/* an expression; neither: all rows */
	NpsConditions *conditions;	/* of its FILTER */
	ExprState  *filter;			/* what they leave of it, or NULL */
	FmgrInfo	transition;		/* of min and max */
	Oid			collation;
} NpsCount;

typedef struct NpsCounts
{
	int			length;
	NpsCount   *counts;
	size_t		state_size;		/* of all of them */
	bool		by_columns;		/* does each go without a slot? */
} NpsCounts;

extern NpsCounts *nps_make_counts(List *aggregates, NpsColumns *columns, SeqScanState *scan);
extern void nps_count_rows(NpsCounts *counts, NpsRows *rows, NpsGroup **groups, int from, int to);
extern Datum nps_count_state(const NpsCount *count, NpsGroup *group, bool *is_null);

#endif
