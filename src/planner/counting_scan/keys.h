/*
 * The values of a query's keys, by the shortest way for each: a column as it is
 * read, a step of a time, what is remembered of an expression, its computation.
 */
#ifndef NPS_COUNTING_SCAN_KEYS_H
#define NPS_COUNTING_SCAN_KEYS_H

#include "nps.h"

#include "planner/counting_scan/columns.h"
#include "planner/counting_scan/groups.h"
#include "planner/counting_scan/memory.h"
#include "planner/counting_scan/rows.h"
#include "planner/counting_scan/steps.h"

typedef struct NpsKey
{
	NpsColumn  *column;			/* that it is, or whose steps it is */
	ExprState  *expression;		/* NULL where it is a column */
	NpsSteps   *steps;			/* or NULL */
	NpsColumn  *stepped;		/* what they give for each row of the page */
	NpsMemory  *memory;			/* of an expression's results, or NULL */
} NpsKey;

typedef struct NpsKeys
{
	int			length;
	NpsKey	   *keys;
	NpsKeyType *types;
	Datum	   *values;			/* of one row */
	bool	   *nulls;
	NpsMemory  *groups;			/* by the columns that all keys are made of, or NULL */
	int64		computed;		/* expressions, so far */
} NpsKeys;

extern NpsKeys *nps_make_keys(List *expressions, NpsColumns *columns, SeqScanState *scan, size_t memory_limit);
extern void nps_forget_keys(NpsKeys *keys);
extern void nps_take_steps(NpsKeys *keys, NpsRows *rows);
extern void nps_read_keys(NpsKeys *keys, NpsRows *rows, int row);

#endif
