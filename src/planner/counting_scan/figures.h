/*
 * What a counting scan did, for EXPLAIN ANALYZE: of all its runs and, in the
 * leader, of its workers too.
 */
#ifndef NPS_COUNTING_SCAN_FIGURES_H
#define NPS_COUNTING_SCAN_FIGURES_H

#include "nps.h"

struct ExplainState;

typedef struct NpsFigures
{
	int64		pages;			/* that had visible rows */
	int64		rows;			/* that passed the filter */
	int64		groups;			/* handed over */
	int64		times_full;		/* was the memory for groups */
	int64		memory;			/* for groups, at most, in bytes; of one process */
	int64		computed;		/* key expressions */
} NpsFigures;

extern void nps_add_figures(NpsFigures *sum, const NpsFigures *figures);
extern void nps_explain_figures(const NpsFigures *figures, struct ExplainState *es);

#endif
