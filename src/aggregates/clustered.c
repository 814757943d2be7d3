/*
 * The clustered aggregates: each response set that comes in is a cluster, an
 * account or a store, and adds its counts, and the squares and products of its
 * size and its net, to the state, an nps_clustered_summary. All are exact, so
 * that they merge in any order and can be taken out again.
 */
#include "aggregates/clustered.h"

#include "common/int.h"

#include "types/category.h"

/* The responses of one account as a clustered summary; without any, an empty one. */
NpsClusteredSummary
nps_one_cluster(const NpsSummary *summary)
{
	NpsClusteredSummary cluster = {0};
	int64		size = nps_summary_total(summary);
	int64		net;
	int			score;

	for (score = 0; score < NPS_SCORES; score++)
		cluster.counts[nps_category_of(score)] += summary->counts[score];
	net = cluster.counts[NPS_PROMOTER] - cluster.counts[NPS_DETRACTOR];
	cluster.clusters = size > 0;
	cluster.sums[NPS_NET_SQUARES] = nps_int128_product(net, net);
	cluster.sums[NPS_NET_SIZES] = nps_int128_product(size, net);
	cluster.sums[NPS_SIZE_SQUARES] = nps_int128_product(size, size);
	return cluster;
}

/* Adds other clusters to the sum; 22003 where the responses are too many. */
void
nps_add_clusters(NpsClusteredSummary *sum, const NpsClusteredSummary *other)
{
	int64		total = 0;
	bool		overflow = false;
	int			i;

	/* There are no more clusters than responses. */
	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		overflow |= pg_add_s64_overflow(sum->counts[i], other->counts[i], &sum->counts[i]);
		overflow |= pg_add_s64_overflow(total, sum->counts[i], &total);
	}
	if (unlikely(overflow))
		nps_refuse_overflow();
	sum->clusters += other->clusters;
	for (i = 0; i < NPS_CLUSTER_SUMS; i++)
		sum->sums[i] = nps_int128_plus(sum->sums[i], other->sums[i]);
}

/* Takes clusters out of those that hold them; 22003 where what is left is none. */
static void
take_out_clusters(NpsClusteredSummary *rest, const NpsClusteredSummary *other)
{
	int			i;

	rest->clusters -= other->clusters;
	for (i = 0; i < NPS_CATEGORIES; i++)
		rest->counts[i] -= other->counts[i];
	for (i = 0; i < NPS_CLUSTER_SUMS; i++)
		rest->sums[i] = nps_int128_minus(rest->sums[i], other->sums[i]);
	if (unlikely(nps_clustered_summary_defect(rest) != NULL))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot take out clusters that the summary does not hold")));
}

/* The first argument, to be changed: an aggregate's own state, or a copy of any other value. */
static inline NpsClusteredSummary *
writable_summary(FunctionCallInfo fcinfo)
{
	NpsClusteredSummary *summary = PG_GETARG_NPS_CLUSTERED_SUMMARY(0);
	NpsClusteredSummary *copy;

	if (likely(AggCheckCallContext(fcinfo, NULL)))
		return summary;
	copy = palloc(sizeof(NpsClusteredSummary));
	*copy = *summary;
	return copy;
}

/* Counts one more cluster; one without responses is none. */
PG_FUNCTION_INFO_V1(nps_accum_cluster);
Datum
nps_accum_cluster(PG_FUNCTION_ARGS)
{
	NpsClusteredSummary *state = writable_summary(fcinfo);
	NpsClusteredSummary cluster = nps_one_cluster(PG_GETARG_NPS_SUMMARY(1));

	nps_add_clusters(state, &cluster);
	PG_RETURN_NPS_CLUSTERED_SUMMARY(state);
}

/* Takes one cluster out again, as a moving window does. */
PG_FUNCTION_INFO_V1(nps_accum_inv_cluster);
Datum
nps_accum_inv_cluster(PG_FUNCTION_ARGS)
{
	NpsClusteredSummary *state = writable_summary(fcinfo);
	NpsClusteredSummary cluster = nps_one_cluster(PG_GETARG_NPS_SUMMARY(1));

	take_out_clusters(state, &cluster);
	PG_RETURN_NPS_CLUSTERED_SUMMARY(state);
}

/*
 * Merges two sets of clusters, none of which is in both: operator +, the
 * transition of the aggregates over clustered summaries, and the combine
 * function of all.
 */
PG_FUNCTION_INFO_V1(nps_clustered_summary_add);
Datum
nps_clustered_summary_add(PG_FUNCTION_ARGS)
{
	NpsClusteredSummary *sum = writable_summary(fcinfo);

	nps_add_clusters(sum, PG_GETARG_NPS_CLUSTERED_SUMMARY(1));
	PG_RETURN_NPS_CLUSTERED_SUMMARY(sum);
}

/* Takes a set of clusters out of one that holds it: operator -, and the inverse of the above in moving windows. */
PG_FUNCTION_INFO_V1(nps_clustered_summary_subtract);
Datum
nps_clustered_summary_subtract(PG_FUNCTION_ARGS)
{
	NpsClusteredSummary *rest = writable_summary(fcinfo);

	take_out_clusters(rest, PG_GETARG_NPS_CLUSTERED_SUMMARY(1));
	PG_RETURN_NPS_CLUSTERED_SUMMARY(rest);
}
