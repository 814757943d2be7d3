/*
 * nps_summary: the eleven counts of a set of responses.
 */
#ifndef NPS_SUMMARY_H
#define NPS_SUMMARY_H

#include "nps.h"

/*
 * The counts by score, on disk as in memory. None is negative, and their total
 * fits int64.
 */
typedef struct NpsSummary
{
	int64		counts[NPS_SCORES];
} NpsSummary;

#define PG_GETARG_NPS_SUMMARY(n) nps_checked_summary(DatumGetPointer(PG_GETARG_DATUM(n)))
#define PG_RETURN_NPS_SUMMARY(x) PG_RETURN_POINTER(nps_checked_summary(x))

extern bool nps_summary_is_valid(const NpsSummary *summary);
extern void nps_check_summary(const NpsSummary *summary);
extern NpsSummary *nps_copy_summary(const NpsSummary *summary);
extern void nps_refuse_overflow(void);
extern int64 nps_summary_total(const NpsSummary *summary);

/*
 * A summary where it enters or leaves a function: in a build with assertions its
 * counts are checked, each time. Otherwise the input functions and the casts,
 * which let nothing else in, are trusted.
 */
static inline NpsSummary *
nps_checked_summary(void *pointer)
{
	NpsSummary *summary = pointer;

	Assert(nps_summary_is_valid(summary));
	return summary;
}

#endif
