/*
 * Which aggregates the counting scan counts by itself, and as what. Their states
 * are merged and finished by PostgreSQL.
 */
#ifndef NPS_COUNTING_SCAN_KIND_H
#define NPS_COUNTING_SCAN_KIND_H

#include "nps.h"

#include "nodes/primnodes.h"

typedef enum NpsCountKind
{
	NPS_COUNT_UNKNOWN,			/* PostgreSQL's own plan is needed */
	NPS_COUNT_SCORES,			/* nps and nps_agg, by the type of score */
	NPS_COUNT_INT2,
	NPS_COUNT_INT4,
	NPS_COUNT_INT8,
	NPS_COUNT_NUMERIC,
	NPS_COUNT_FLOAT8,
	NPS_COUNT_ROWS,				/* count(*) */
	NPS_COUNT_VALUES,			/* count(x) */
	NPS_COUNT_EXTREME			/* min and max */
} NpsCountKind;

extern NpsCountKind nps_count_kind(const Aggref *aggregate, Oid *transition);

static inline bool
nps_counts_scores(NpsCountKind kind)
{
	return kind >= NPS_COUNT_SCORES && kind <= NPS_COUNT_FLOAT8;
}

#endif
