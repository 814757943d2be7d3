/*
 * nps_clustered_summary: what the responses of a set of clusters amount to. A
 * cluster is whatever has several of them: an account, a store, a household.
 */
#ifndef NPS_CLUSTERED_SUMMARY_H
#define NPS_CLUSTERED_SUMMARY_H

#include "nps.h"

#include "lib/stringinfo.h"

#include "exact/int128.h"

/* Sums over the clusters, of each its size n, the number of its responses, and its net z, its promoters less its detractors. */
enum
{
	NPS_NET_SQUARES,			/* of z^2 */
	NPS_NET_SIZES,				/* of n z */
	NPS_SIZE_SQUARES,			/* of n^2 */
	NPS_CLUSTER_SUMS
};

/*
 * On disk as in memory: the clusters that have responses, the responses by
 * category, and the sums. The total of the responses fits int64, so that every
 * sum is below 2^126.
 */
typedef struct NpsClusteredSummary
{
	int64		clusters;
	int64		counts[NPS_CATEGORIES];
	NpsInt128	sums[NPS_CLUSTER_SUMS];
} NpsClusteredSummary;

#define PG_GETARG_NPS_CLUSTERED_SUMMARY(n) nps_checked_clustered_summary(DatumGetPointer(PG_GETARG_DATUM(n)))
#define PG_RETURN_NPS_CLUSTERED_SUMMARY(x) PG_RETURN_POINTER(nps_checked_clustered_summary(x))

extern const char *nps_clustered_summary_defect(const NpsClusteredSummary *summary);
extern const char *nps_scan_clustered_summary(const char *s, NpsClusteredSummary *summary, bool *overflow);
extern void nps_append_clustered_summary(StringInfo text, const NpsClusteredSummary *summary, char open, char close);
extern void nps_receive_clusters(StringInfo message, NpsClusteredSummary *summary);
extern void nps_send_clusters(StringInfo message, const NpsClusteredSummary *summary);

/* Where it enters or leaves a function: as nps_checked_summary. */
static inline NpsClusteredSummary *
nps_checked_clustered_summary(void *pointer)
{
	NpsClusteredSummary *summary = pointer;

	Assert(nps_clustered_summary_defect(summary) == NULL);
	return summary;
}

#endif
