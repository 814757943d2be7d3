/*
 * The shared vocabulary: a response, its category, the cut-offs.
 *
 * The way of a value: text -> types -> aggregates -> math -> results -> chart.
 * A folder includes only what stands before it; planner stands beside.
 */
#ifndef NPS_H
#define NPS_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

/* A response: a whole number from 0 to 10. */
typedef uint8 NpsScore;

#define NPS_SCORE_MAX 10
#define NPS_SCORES (NPS_SCORE_MAX + 1)

/* The cut-offs of the Net Promoter Score; nps_estimate can read others. */
#define NPS_DETRACTOR_MAX 6
#define NPS_PROMOTER_MIN 9

typedef enum NpsCategory
{
	NPS_DETRACTOR,
	NPS_PASSIVE,
	NPS_PROMOTER
} NpsCategory;

#define NPS_CATEGORIES 3

#endif
