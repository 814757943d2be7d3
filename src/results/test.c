/*
 * Two surveys, or a survey and a benchmark: is the score another?
 */
#include "results/test_result.h"

#include "results/arguments.h"
#include "results/groups.h"

/* Is the score of one survey another than that of the other? */
PG_FUNCTION_INFO_V1(nps_test);
Datum
nps_test(PG_FUNCTION_ARGS)
{
	NpsGroups	a = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	NpsGroups	b = nps_usual_groups(PG_GETARG_NPS_SUMMARY(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	const NpsDifferenceMethod *method = nps_difference_method_argument(PG_GETARG_TEXT_PP(3));
	NpsPair		pair;
	NpsTest		test;

	if (nps_groups_total(&a) == 0 || nps_groups_total(&b) == 0)
		return nps_test_row(fcinfo, NULL);
	pair = nps_pair_from_groups(&a, &b);
	test = nps_test_pair(&pair, confidence, method);
	return nps_test_row(fcinfo, &test);
}

/* A survey against a benchmark. */
static Datum
benchmark_row(FunctionCallInfo fcinfo, const NpsGroups *groups, double benchmark, double confidence,
			  const NpsBenchmarkMethod *method)
{
	NpsSample	sample;
	NpsTest		test;

	if (nps_groups_total(groups) == 0)
		return nps_test_row(fcinfo, NULL);
	sample = nps_sample_from_groups(groups);
	test = nps_test_benchmark(&sample, benchmark, confidence, method);
	return nps_test_row(fcinfo, &test);
}

/* The score of a population of that size against a benchmark, by the one method that it takes. */
static Datum
population_row(FunctionCallInfo fcinfo, const NpsGroups *groups, double benchmark, double confidence,
			   text *method, int64 population)
{
	NpsTest		test;

	nps_check_score_method(method, "a small population");
	nps_check_population(population, groups);
	if (nps_groups_total(groups) == 0)
		return nps_test_row(fcinfo, NULL);
	test = nps_test_population(groups, population, benchmark, confidence);
	return nps_test_row(fcinfo, &test);
}

/* Is it another than a benchmark? */
PG_FUNCTION_INFO_V1(nps_test_against);
Datum
nps_test_against(PG_FUNCTION_ARGS)
{
	NpsGroups	groups;
	double		benchmark,
				confidence;
	const NpsBenchmarkMethod *method;

	if (nps_any_null(fcinfo, 4))
		PG_RETURN_NULL();
	groups = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	benchmark = nps_benchmark_argument(PG_GETARG_FLOAT8(1));
	confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	method = nps_benchmark_method_argument(PG_GETARG_TEXT_PP(3));
	if (PG_ARGISNULL(4))
		return benchmark_row(fcinfo, &groups, benchmark, confidence, method);
	return population_row(fcinfo, &groups, benchmark, confidence, PG_GETARG_TEXT_PP(3), PG_GETARG_INT64(4));
}

/* A weighted survey, with its standard error; false where it has no responses. */
static bool
weighted_sample(const NpsWeightedSummary *summary, NpsSample *sample, double *standard_error)
{
	NpsWeightedGroups weights;
	NpsGroups	groups = nps_weighted_summary_groups(summary, &weights);

	if (nps_groups_total(&groups) == 0)
		return false;
	*sample = nps_sample_from_weights(&weights, standard_error);
	return true;
}

/* Two weighted surveys: as if each had its effective number of unweighted responses. */
PG_FUNCTION_INFO_V1(nps_test_weighted);
Datum
nps_test_weighted(PG_FUNCTION_ARGS)
{
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	const NpsDifferenceMethod *method = nps_weighted_difference_method_argument(PG_GETARG_TEXT_PP(3));
	NpsSample	a;
	NpsSample	b;
	NpsPair		pair;
	NpsTest		test;
	double		standard_error;

	if (!weighted_sample(PG_GETARG_NPS_WEIGHTED_SUMMARY(0), &a, &standard_error) ||
		!weighted_sample(PG_GETARG_NPS_WEIGHTED_SUMMARY(1), &b, &standard_error))
		return nps_test_row(fcinfo, NULL);
	pair = nps_pair_from_samples(&a, &b);
	test = nps_test_pair(&pair, confidence, method);
	return nps_test_row(fcinfo, &test);
}

/* A weighted survey against a benchmark. */
PG_FUNCTION_INFO_V1(nps_test_weighted_against);
Datum
nps_test_weighted_against(PG_FUNCTION_ARGS)
{
	double		benchmark = nps_benchmark_argument(PG_GETARG_FLOAT8(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	NpsSample	sample;
	NpsTest		test;
	double		standard_error;

	nps_check_score_method(PG_GETARG_TEXT_PP(3), "weighted responses");
	if (!weighted_sample(PG_GETARG_NPS_WEIGHTED_SUMMARY(0), &sample, &standard_error))
		return nps_test_row(fcinfo, NULL);
	test = nps_test_benchmark(&sample, benchmark, confidence, &nps_benchmark_methods[0]);
	test.standard_error = 100 * standard_error;
	return nps_test_row(fcinfo, &test);
}
