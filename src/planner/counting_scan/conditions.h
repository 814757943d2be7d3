/*
 * Conditions of the simplest form, a column compared with a constant by a built-in
 * function, checked for all rows of a page at once.
 */
#ifndef NPS_COUNTING_SCAN_CONDITIONS_H
#define NPS_COUNTING_SCAN_CONDITIONS_H

#include "nps.h"

#include "nodes/pg_list.h"

#include "planner/counting_scan/columns.h"

typedef struct NpsCondition
{
	NpsColumn  *column;
	int			argument;		/* which of the function's two it is */
	FmgrInfo	function;
	FunctionCallInfo call;		/* the constant is in it */
} NpsCondition;

typedef struct NpsConditions
{
	int			length;
	NpsCondition *conditions;
} NpsConditions;

extern NpsConditions *nps_make_conditions(List *clauses, NpsColumns *columns, List **others);
extern void nps_check_conditions(NpsConditions *conditions, bool *passes, int from, int to);

#endif
