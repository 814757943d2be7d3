/*
 * nps_weighted_summary: what a set of weighted responses amounts to.
 */
#ifndef NPS_WEIGHTED_SUMMARY_H
#define NPS_WEIGHTED_SUMMARY_H

#include "nps.h"

/*
 * By category: counts, sums of the weights and of their squares. None is
 * negative, the sums are 0 exactly where the count is, and the totals fit their
 * types.
 */
typedef struct NpsWeightedSummary
{
	int64		counts[NPS_CATEGORIES];
	float8		weights[NPS_CATEGORIES];
	float8		squares[NPS_CATEGORIES];
} NpsWeightedSummary;

#define PG_GETARG_NPS_WEIGHTED_SUMMARY(n) nps_checked_weighted_summary(DatumGetPointer(PG_GETARG_DATUM(n)))
#define PG_RETURN_NPS_WEIGHTED_SUMMARY(x) PG_RETURN_POINTER(nps_checked_weighted_summary(x))

extern bool nps_weighted_summary_is_valid(const NpsWeightedSummary *summary);
extern void nps_check_weighted_summary(const NpsWeightedSummary *summary);

/* Where it enters or leaves a function: as nps_checked_summary. */
static inline NpsWeightedSummary *
nps_checked_weighted_summary(void *pointer)
{
	NpsWeightedSummary *summary = pointer;

	Assert(nps_weighted_summary_is_valid(summary));
	return summary;
}

#endif
