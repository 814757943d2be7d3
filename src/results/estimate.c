/*
 * Summaries and counts to report rows.
 */
#include "results/result.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "results/arguments.h"
#include "results/groups.h"

/* The row of unweighted counts. */
static Datum
groups_row(FunctionCallInfo fcinfo, const NpsGroups *groups, double confidence,
		   const NpsIntervalMethod *method)
{
	NpsEstimate estimate;

	if (nps_groups_total(groups) == 0)
		return nps_result_row(fcinfo, groups, NULL);
	estimate = nps_estimate_groups(groups, confidence, method);
	return nps_result_row(fcinfo, groups, &estimate);
}

/* The row of counts from a population of that size, by the one method that it takes. */
static Datum
population_row(FunctionCallInfo fcinfo, const NpsGroups *groups, double confidence, text *method, int64 population)
{
	NpsEstimate estimate;

	nps_check_score_method(method, "a small population");
	nps_check_population(population, groups);
	if (nps_groups_total(groups) == 0)
		return nps_result_row(fcinfo, groups, NULL);
	estimate = nps_estimate_population(groups, population, confidence);
	return nps_result_row(fcinfo, groups, &estimate);
}

/* The row of weighted counts. */
static Datum
weights_row(FunctionCallInfo fcinfo, const NpsWeightedSummary *summary, double confidence)
{
	NpsWeightedGroups weights;
	NpsGroups	groups = nps_weighted_summary_groups(summary, &weights);
	NpsEstimate estimate;

	if (nps_groups_total(&groups) == 0)
		return nps_result_row(fcinfo, &groups, NULL);
	estimate = nps_estimate_weights(&weights, confidence);
	return nps_result_row(fcinfo, &groups, &estimate);
}

/* The final function of every unweighted nps(): a 95 % score interval. */
PG_FUNCTION_INFO_V1(nps_final);
Datum
nps_final(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));

	return groups_row(fcinfo, &groups, NPS_DEFAULT_CONFIDENCE, &nps_interval_methods[0]);
}

/* The same at any confidence, method and cut-offs, of a population of any size. */
PG_FUNCTION_INFO_V1(nps_estimate);
Datum
nps_estimate(PG_FUNCTION_ARGS)
{
	double		confidence;
	const NpsIntervalMethod *method;
	int32		detractor_max,
				promoter_min;
	NpsGroups	groups;

	if (nps_any_null(fcinfo, 5))
		PG_RETURN_NULL();
	confidence = nps_confidence_argument(PG_GETARG_FLOAT8(1));
	method = nps_interval_method_argument(PG_GETARG_TEXT_PP(2));
	detractor_max = PG_GETARG_INT32(3);
	promoter_min = PG_GETARG_INT32(4);
	nps_check_cut_offs(detractor_max, promoter_min);
	groups = nps_summary_groups(PG_GETARG_NPS_SUMMARY(0), detractor_max, promoter_min);
	if (PG_ARGISNULL(5))
		return groups_row(fcinfo, &groups, confidence, method);
	return population_row(fcinfo, &groups, confidence, PG_GETARG_TEXT_PP(2), PG_GETARG_INT64(5));
}

/*
 * A ready-made count: a numeric, which is what sum() gives and any integer turns
 * into. 22003 for a fraction, a negative or a value beyond int8.
 */
static int64
count_argument(Numeric count)
{
	Datum		value = NumericGetDatum(count);
	Datum		whole = DirectFunctionCall2(numeric_trunc, value, Int32GetDatum(0));
	Datum		largest = DirectFunctionCall1(int8_numeric, Int64GetDatum(PG_INT64_MAX));

	if (numeric_is_nan(count) || !DatumGetBool(DirectFunctionCall2(numeric_eq, value, whole)) ||
		DatumGetBool(DirectFunctionCall2(numeric_gt, value, largest)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is not a count of responses", DatumGetCString(DirectFunctionCall1(numeric_out, value))),
				 errdetail("A count is a whole number that fits type bigint.")));
	if (DatumGetBool(DirectFunctionCall2(numeric_lt, value, DirectFunctionCall1(int4_numeric, Int32GetDatum(0)))))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a count of responses cannot be negative")));
	return DatumGetInt64(DirectFunctionCall1(numeric_int8, value));
}

/* The same from ready-made counts; a total beyond int8 is 22003. */
PG_FUNCTION_INFO_V1(nps_from_counts);
Datum
nps_from_counts(PG_FUNCTION_ARGS)
{
	NpsGroups	groups;
	double		confidence;
	const NpsIntervalMethod *method;
	int64		total;

	if (nps_any_null(fcinfo, 5))
		PG_RETURN_NULL();
	groups.promoters = count_argument(PG_GETARG_NUMERIC(0));
	groups.passives = count_argument(PG_GETARG_NUMERIC(1));
	groups.detractors = count_argument(PG_GETARG_NUMERIC(2));
	confidence = nps_confidence_argument(PG_GETARG_FLOAT8(3));
	method = nps_interval_method_argument(PG_GETARG_TEXT_PP(4));
	if (pg_add_s64_overflow(groups.promoters, groups.passives, &total) ||
		pg_add_s64_overflow(total, groups.detractors, &total))
		nps_refuse_overflow();
	if (PG_ARGISNULL(5))
		return groups_row(fcinfo, &groups, confidence, method);
	return population_row(fcinfo, &groups, confidence, PG_GETARG_TEXT_PP(4), PG_GETARG_INT64(5));
}

/* The final function of every weighted nps(). */
PG_FUNCTION_INFO_V1(nps_weighted_final);
Datum
nps_weighted_final(PG_FUNCTION_ARGS)
{
	return weights_row(fcinfo, PG_GETARG_NPS_WEIGHTED_SUMMARY(0), NPS_DEFAULT_CONFIDENCE);
}

/* The same at any confidence, by the one method that weighted responses have. */
PG_FUNCTION_INFO_V1(nps_estimate_weighted);
Datum
nps_estimate_weighted(PG_FUNCTION_ARGS)
{
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(1));

	nps_check_score_method(PG_GETARG_TEXT_PP(2), "weighted responses");
	return weights_row(fcinfo, PG_GETARG_NPS_WEIGHTED_SUMMARY(0), confidence);
}
