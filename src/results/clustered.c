/*
 * Accounts with several responses: clustered summaries to rows.
 */
#include "results/arguments.h"
#include "results/cell.h"
#include "results/groups.h"
#include "results/result.h"
#include "results/test_result.h"

/* What methods are refused for. */
#define KIND "accounts with several responses"

/* The row of clusters. */
static Datum
clusters_row(FunctionCallInfo fcinfo, const NpsClusteredSummary *summary, double confidence)
{
	NpsClusters clusters = nps_clustered_summary_clusters(summary);
	NpsEstimate estimate;

	if (clusters.clusters == 0)
		return nps_result_row(fcinfo, &clusters.groups, NULL);
	estimate = nps_estimate_clusters(&clusters, confidence);
	return nps_result_row(fcinfo, &clusters.groups, &estimate);
}

/* The final function of nps_clustered(), and of nps() of clustered summaries. */
PG_FUNCTION_INFO_V1(nps_clustered_final);
Datum
nps_clustered_final(PG_FUNCTION_ARGS)
{
	return clusters_row(fcinfo, PG_GETARG_NPS_CLUSTERED_SUMMARY(0), NPS_DEFAULT_CONFIDENCE);
}

/* The same at any confidence. */
PG_FUNCTION_INFO_V1(nps_estimate_clustered);
Datum
nps_estimate_clustered(PG_FUNCTION_ARGS)
{
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(1));

	nps_check_score_method(PG_GETARG_TEXT_PP(2), KIND);
	return clusters_row(fcinfo, PG_GETARG_NPS_CLUSTERED_SUMMARY(0), confidence);
}

/* The cell of nps(clustered summary), at 95 %. */
PG_FUNCTION_INFO_V1(nps_format_clustered_summary);
Datum
nps_format_clustered_summary(PG_FUNCTION_ARGS)
{
	NpsClusters clusters = nps_clustered_summary_clusters(PG_GETARG_NPS_CLUSTERED_SUMMARY(0));
	int32		digits = PG_GETARG_INT32(1);
	NpsEstimate estimate;

	if (clusters.clusters == 0)
		PG_RETURN_TEXT_P(nps_estimate_cell(&clusters.groups, NULL, digits));
	estimate = nps_estimate_clusters(&clusters, NPS_DEFAULT_CONFIDENCE);
	PG_RETURN_TEXT_P(nps_estimate_cell(&clusters.groups, &estimate, digits));
}

/* Is the score of one set of clusters another than that of another? */
PG_FUNCTION_INFO_V1(nps_test_clustered);
Datum
nps_test_clustered(PG_FUNCTION_ARGS)
{
	NpsClusters a = nps_clustered_summary_clusters(PG_GETARG_NPS_CLUSTERED_SUMMARY(0));
	NpsClusters b = nps_clustered_summary_clusters(PG_GETARG_NPS_CLUSTERED_SUMMARY(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	NpsTest		test;

	nps_check_score_method(PG_GETARG_TEXT_PP(3), KIND);
	if (a.clusters == 0 || b.clusters == 0)
		return nps_test_row(fcinfo, NULL);
	test = nps_test_clusters(&a, &b, confidence);
	return nps_test_row(fcinfo, &test);
}

/* Is it another than a benchmark? */
PG_FUNCTION_INFO_V1(nps_test_clustered_against);
Datum
nps_test_clustered_against(PG_FUNCTION_ARGS)
{
	NpsClusters clusters = nps_clustered_summary_clusters(PG_GETARG_NPS_CLUSTERED_SUMMARY(0));
	double		benchmark = nps_benchmark_argument(PG_GETARG_FLOAT8(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	NpsTest		test;

	nps_check_score_method(PG_GETARG_TEXT_PP(3), KIND);
	if (clusters.clusters == 0)
		return nps_test_row(fcinfo, NULL);
	test = nps_test_clusters_benchmark(&clusters, benchmark, confidence);
	return nps_test_row(fcinfo, &test);
}
