/*
 * nps_result and nps_test_result: counts to statistics to one report row.
 */
#include "nps.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/typcache.h"

#include "math/difference.h"
#include "math/estimate.h"

/* The columns of nps_result, in order. */
enum
{
	RESULT_NPS,
	RESULT_CI_LOWER,
	RESULT_CI_UPPER,
	RESULT_RESPONSES,
	RESULT_PROMOTERS,
	RESULT_PASSIVES,
	RESULT_DETRACTORS,
	RESULT_PROMOTER_PCT,
	RESULT_PASSIVE_PCT,
	RESULT_DETRACTOR_PCT,
	RESULT_STANDARD_ERROR,
	RESULT_EFFECTIVE_RESPONSES,
	RESULT_COLUMNS
};

/* The columns of nps_test_result, in order. */
enum
{
	TEST_DIFFERENCE,
	TEST_CI_LOWER,
	TEST_CI_UPPER,
	TEST_STANDARD_ERROR,
	TEST_Z,
	TEST_P_VALUE,
	TEST_SIGNIFICANT,
	TEST_COLUMNS
};

/* A composite type as the install script makes it. */
typedef struct RowType
{
	const char *name;
	int			columns;
	Oid			types[RESULT_COLUMNS];
} RowType;

static const RowType result_type = {
	"nps_result", RESULT_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, INT8OID, INT8OID, INT8OID, INT8OID,
	FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID}
};

static const RowType test_type = {
	"nps_test_result", TEST_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, BOOLOID}
};

/* --- making a row -------------------------------------------------------- */

/* Raises unless rows still are what this library makes: a superuser may have altered the type. */
static void
check_descriptor(TupleDesc descriptor, const RowType *type)
{
	bool		same = descriptor->natts == type->columns;
	int			i;

	for (i = 0; same && i < type->columns; i++)
		same = TupleDescAttr(descriptor, i)->atttypid == type->types[i];
	if (!same)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s is not as the extension made it", type->name)));
}

/* The row type of the function that is running, kept by the call site. */
static TupleDesc
returned_descriptor(FunctionCallInfo fcinfo, const RowType *type)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	MemoryContext old;
	TupleDesc	descriptor;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;

	old = MemoryContextSwitchTo(flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function %u does not return a row", flinfo->fn_oid);
	check_descriptor(descriptor, type);
	MemoryContextSwitchTo(old);
	flinfo->fn_extra = descriptor;
	return descriptor;
}

static Datum
make_row(FunctionCallInfo fcinfo, const RowType *type, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(returned_descriptor(fcinfo, type), values, nulls));
}

/*
 * A row of nps_result: the counts, and the figures that they give. Without
 * responses, where there is no estimate, every figure is NULL.
 */
static Datum
result_row(FunctionCallInfo fcinfo, const NpsGroups *groups, const NpsEstimate *estimate)
{
	Datum		values[RESULT_COLUMNS] = {0};
	bool		nulls[RESULT_COLUMNS] = {false};
	int			i;

	values[RESULT_RESPONSES] = Int64GetDatum(nps_groups_total(groups));
	values[RESULT_PROMOTERS] = Int64GetDatum(groups->promoters);
	values[RESULT_PASSIVES] = Int64GetDatum(groups->passives);
	values[RESULT_DETRACTORS] = Int64GetDatum(groups->detractors);
	if (estimate != NULL)
	{
		values[RESULT_NPS] = Float8GetDatum(estimate->nps);
		values[RESULT_CI_LOWER] = Float8GetDatum(estimate->ci_lower);
		values[RESULT_CI_UPPER] = Float8GetDatum(estimate->ci_upper);
		values[RESULT_PROMOTER_PCT] = Float8GetDatum(estimate->promoter_pct);
		values[RESULT_PASSIVE_PCT] = Float8GetDatum(estimate->passive_pct);
		values[RESULT_DETRACTOR_PCT] = Float8GetDatum(estimate->detractor_pct);
		values[RESULT_STANDARD_ERROR] = Float8GetDatum(estimate->standard_error);
		values[RESULT_EFFECTIVE_RESPONSES] = Float8GetDatum(estimate->effective_responses);
	}
	else
	{
		for (i = 0; i < RESULT_COLUMNS; i++)
			nulls[i] = result_type.types[i] == FLOAT8OID;
	}
	return make_row(fcinfo, &result_type, values, nulls);
}

/* The row of unweighted counts. */
static Datum
groups_row(FunctionCallInfo fcinfo, const NpsGroups *groups, double confidence,
		   const NpsIntervalMethod *method)
{
	NpsEstimate estimate;

	if (nps_groups_total(groups) == 0)
		return result_row(fcinfo, groups, NULL);
	estimate = nps_estimate_groups(groups, confidence, method);
	return result_row(fcinfo, groups, &estimate);
}

/* The row of weighted counts. */
static Datum
weights_row(FunctionCallInfo fcinfo, const NpsWeightedSummary *summary, double confidence)
{
	NpsWeightedGroups weights;
	NpsGroups	groups = nps_weighted_summary_groups(summary, &weights);
	NpsEstimate estimate;

	if (nps_groups_total(&groups) == 0)
		return result_row(fcinfo, &groups, NULL);
	estimate = nps_estimate_weights(&weights, confidence);
	return result_row(fcinfo, &groups, &estimate);
}

/*
 * A row of nps_test_result; without a test, where a survey has no responses,
 * every column is NULL. An infinite statistic is NULL.
 */
static Datum
test_row(FunctionCallInfo fcinfo, const NpsTest *test)
{
	Datum		values[TEST_COLUMNS] = {0};
	bool		nulls[TEST_COLUMNS] = {false};

	if (test == NULL)
		memset(nulls, true, sizeof(nulls));
	else
	{
		values[TEST_DIFFERENCE] = Float8GetDatum(test->difference);
		values[TEST_CI_LOWER] = Float8GetDatum(test->ci_lower);
		values[TEST_CI_UPPER] = Float8GetDatum(test->ci_upper);
		values[TEST_STANDARD_ERROR] = Float8GetDatum(test->standard_error);
		values[TEST_Z] = Float8GetDatum(test->z);
		nulls[TEST_Z] = isinf(test->z);
		values[TEST_P_VALUE] = Float8GetDatum(test->p_value);
		values[TEST_SIGNIFICANT] = BoolGetDatum(test->significant);
	}
	return make_row(fcinfo, &test_type, values, nulls);
}

/* --- arguments ----------------------------------------------------------- */

/* Raises 22023 unless the confidence lies between 0 and 1. */
double
nps_confidence_argument(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must lie between 0 and 1, not %g", confidence),
				 errhint("Give 0.95 for 95 %%.")));
	return confidence;
}

/* Raises 22023 for a method of another name; the hint lists those that there are. */
static void
refuse_method(const char *name, const char *accepted)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown method \"%s\"", name),
			 errhint("Accepted methods: %s.", accepted)));
}

static void
append_name(StringInfo names, const char *name)
{
	appendStringInfo(names, "%s\"%s\"", names->len > 0 ? ", " : "", name);
}

static const NpsIntervalMethod *
interval_method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsIntervalMethod *method = nps_interval_method(name);
	StringInfoData names;

	if (method != NULL)
		return method;
	initStringInfo(&names);
	for (method = nps_interval_methods; method->name != NULL; method++)
		append_name(&names, method->name);
	refuse_method(name, names.data);
	return NULL;
}

static const NpsDifferenceMethod *
difference_method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsDifferenceMethod *method = nps_difference_method(name);
	StringInfoData names;

	if (method != NULL)
		return method;
	initStringInfo(&names);
	for (method = nps_difference_methods; method->name != NULL; method++)
		append_name(&names, method->name);
	refuse_method(name, names.data);
	return NULL;
}

static void
check_cut_offs(int32 detractor_max, int32 promoter_min)
{
	if (0 <= detractor_max && detractor_max < promoter_min && promoter_min <= NPS_SCORE_MAX)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cut-offs %d and %d are out of order", detractor_max, promoter_min),
			 errhint("0 <= detractor_max < promoter_min <= %d is accepted.", NPS_SCORE_MAX)));
}

/* A benchmark in points; 22023 outside -100..100. */
static double
benchmark_argument(double benchmark)
{
	if (!(benchmark >= -100 && benchmark <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("benchmark must lie between -100 and 100, not %g", benchmark),
				 errhint("Give the benchmark in points, as nps() does.")));
	return benchmark;
}

/* --- summaries and counts to rows ---------------------------------------- */

/* A summary at the usual cut-offs. */
static NpsGroups
groups_argument(FunctionCallInfo fcinfo, int argument)
{
	return nps_summary_groups(PG_GETARG_NPS_SUMMARY(argument), NPS_DETRACTOR_MAX, NPS_PROMOTER_MIN);
}

/* The final function of every unweighted nps(): a 95 % score interval. */
PG_FUNCTION_INFO_V1(nps_final);
Datum
nps_final(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = groups_argument(fcinfo, 0);

	return groups_row(fcinfo, &groups, NPS_DEFAULT_CONFIDENCE, &nps_interval_methods[0]);
}

/* The same at any confidence, method and cut-offs. */
PG_FUNCTION_INFO_V1(nps_estimate);
Datum
nps_estimate(PG_FUNCTION_ARGS)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(1));
	const NpsIntervalMethod *method = interval_method_argument(PG_GETARG_TEXT_PP(2));
	int32		detractor_max = PG_GETARG_INT32(3);
	int32		promoter_min = PG_GETARG_INT32(4);
	NpsGroups	groups;

	check_cut_offs(detractor_max, promoter_min);
	groups = nps_summary_groups(summary, detractor_max, promoter_min);
	return groups_row(fcinfo, &groups, confidence, method);
}

/* The same from ready-made counts; a negative one, or a total beyond int8, is 22003. */
PG_FUNCTION_INFO_V1(nps_from_counts);
Datum
nps_from_counts(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = {PG_GETARG_INT64(0), PG_GETARG_INT64(1), PG_GETARG_INT64(2)};
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(3));
	const NpsIntervalMethod *method = interval_method_argument(PG_GETARG_TEXT_PP(4));
	int64		total;

	if (groups.promoters < 0 || groups.passives < 0 || groups.detractors < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a count of responses cannot be negative")));
	if (pg_add_s64_overflow(groups.promoters, groups.passives, &total) ||
		pg_add_s64_overflow(total, groups.detractors, &total))
		nps_refuse_overflow();
	return groups_row(fcinfo, &groups, confidence, method);
}

/* The final function of every weighted nps(). */
PG_FUNCTION_INFO_V1(nps_weighted_final);
Datum
nps_weighted_final(PG_FUNCTION_ARGS)
{
	return weights_row(fcinfo, PG_GETARG_NPS_WEIGHTED_SUMMARY(0), NPS_DEFAULT_CONFIDENCE);
}

/* The same at any confidence. */
PG_FUNCTION_INFO_V1(nps_estimate_weighted);
Datum
nps_estimate_weighted(PG_FUNCTION_ARGS)
{
	return weights_row(fcinfo, PG_GETARG_NPS_WEIGHTED_SUMMARY(0),
					   nps_confidence_argument(PG_GETARG_FLOAT8(1)));
}

/* --- tests --------------------------------------------------------------- */

/* Is the score of one survey another than that of the other? */
PG_FUNCTION_INFO_V1(nps_test);
Datum
nps_test(PG_FUNCTION_ARGS)
{
	NpsGroups	a = groups_argument(fcinfo, 0);
	NpsGroups	b = groups_argument(fcinfo, 1);
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	const NpsDifferenceMethod *method = difference_method_argument(PG_GETARG_TEXT_PP(3));
	NpsPair		pair;
	NpsTest		test;

	if (nps_groups_total(&a) == 0 || nps_groups_total(&b) == 0)
		return test_row(fcinfo, NULL);
	pair = nps_pair_from_groups(&a, &b);
	test = nps_test_pair(&pair, confidence, method);
	return test_row(fcinfo, &test);
}

/* Is it another than a benchmark? */
PG_FUNCTION_INFO_V1(nps_test_against);
Datum
nps_test_against(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = groups_argument(fcinfo, 0);
	double		benchmark = benchmark_argument(PG_GETARG_FLOAT8(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	NpsSample	sample;
	NpsTest		test;

	if (nps_groups_total(&groups) == 0)
		return test_row(fcinfo, NULL);
	sample = nps_sample_from_groups(&groups);
	test = nps_test_benchmark(&sample, benchmark, confidence);
	return test_row(fcinfo, &test);
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
	const NpsDifferenceMethod *method = difference_method_argument(PG_GETARG_TEXT_PP(3));
	NpsSample	a;
	NpsSample	b;
	NpsPair		pair;
	NpsTest		test;
	double		standard_error;

	if (!weighted_sample(PG_GETARG_NPS_WEIGHTED_SUMMARY(0), &a, &standard_error) ||
		!weighted_sample(PG_GETARG_NPS_WEIGHTED_SUMMARY(1), &b, &standard_error))
		return test_row(fcinfo, NULL);
	pair = nps_pair_from_samples(&a, &b);
	test = nps_test_pair(&pair, confidence, method);
	return test_row(fcinfo, &test);
}

/* A weighted survey against a benchmark. */
PG_FUNCTION_INFO_V1(nps_test_weighted_against);
Datum
nps_test_weighted_against(PG_FUNCTION_ARGS)
{
	double		benchmark = benchmark_argument(PG_GETARG_FLOAT8(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	NpsSample	sample;
	NpsTest		test;
	double		standard_error;

	if (!weighted_sample(PG_GETARG_NPS_WEIGHTED_SUMMARY(0), &sample, &standard_error))
		return test_row(fcinfo, NULL);
	test = nps_test_benchmark(&sample, benchmark, confidence);
	test.standard_error = 100 * standard_error;
	return test_row(fcinfo, &test);
}

/* --- reading a row ------------------------------------------------------- */

/* Raises unless a figure is a number: rows made by hand may hold anything. */
static double
finite_figure(Datum figure)
{
	double		value = DatumGetFloat8(figure);

	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a figure of type %s cannot be %s", "nps_result", float8out_internal(value))));
	return value;
}

/* A figure rounded to digits after the point, half away from zero, as round() does. */
static Datum
rounded_numeric(Datum figure, int32 digits)
{
	Datum		value = Float8GetDatum(finite_figure(figure));

	return DirectFunctionCall2(numeric_round, DirectFunctionCall1(float8_numeric, value), Int32GetDatum(digits));
}

/* The same as a float; one that has no more digits than that stays as it is. */
static Datum
rounded_float8(Datum figure, int32 digits)
{
	double		value = finite_figure(figure);

	if (fabs(value) * pow(10, digits) >= 1e15)
		return figure;
	return DirectFunctionCall1(numeric_float8, rounded_numeric(figure, digits));
}

/* Takes a row apart; values and nulls have room for RESULT_COLUMNS. */
static void
read_row(HeapTupleHeader row, Datum *values, bool *nulls)
{
	TupleDesc	descriptor = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row),
													HeapTupleHeaderGetTypMod(row));
	HeapTupleData tuple;

	check_descriptor(descriptor, &result_type);
	tuple.t_len = HeapTupleHeaderGetDatumLength(row);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = row;
	heap_deform_tuple(&tuple, descriptor, values, nulls);
	ReleaseTupleDesc(descriptor);
}

/* The row with every float rounded, for reports. */
PG_FUNCTION_INFO_V1(nps_round);
Datum
nps_round(PG_FUNCTION_ARGS)
{
	int32		digits = PG_GETARG_INT32(1);
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS];
	int			i;

	read_row(PG_GETARG_HEAPTUPLEHEADER(0), values, nulls);
	for (i = 0; i < RESULT_COLUMNS; i++)
	{
		if (result_type.types[i] == FLOAT8OID && !nulls[i])
			values[i] = rounded_float8(values[i], digits);
	}
	return make_row(fcinfo, &result_type, values, nulls);
}

/* A figure as text, rounded. */
char *
nps_figure_text(double figure, int32 digits)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, rounded_numeric(Float8GetDatum(figure), digits)));
}

/* One readable cell: "48.4 [44.0, 52.5] n=889"; "n=0" where there is nothing. */
PG_FUNCTION_INFO_V1(nps_format);
Datum
nps_format(PG_FUNCTION_ARGS)
{
	int32		digits = PG_GETARG_INT32(1);
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS];
	StringInfoData cell;

	read_row(PG_GETARG_HEAPTUPLEHEADER(0), values, nulls);
	initStringInfo(&cell);
	if (!nulls[RESULT_NPS])
		appendStringInfo(&cell, "%s ", nps_figure_text(DatumGetFloat8(values[RESULT_NPS]), digits));
	if (!nulls[RESULT_CI_LOWER] && !nulls[RESULT_CI_UPPER])
		appendStringInfo(&cell, "[%s, %s] ",
						 nps_figure_text(DatumGetFloat8(values[RESULT_CI_LOWER]), digits),
						 nps_figure_text(DatumGetFloat8(values[RESULT_CI_UPPER]), digits));
	appendStringInfo(&cell, "n=" INT64_FORMAT,
					 nulls[RESULT_RESPONSES] ? 0 : DatumGetInt64(values[RESULT_RESPONSES]));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(cell.data, cell.len));
}

/* The cast to float8: the score itself. */
PG_FUNCTION_INFO_V1(nps_result_to_float8);
Datum
nps_result_to_float8(PG_FUNCTION_ARGS)
{
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS];

	read_row(PG_GETARG_HEAPTUPLEHEADER(0), values, nulls);
	if (nulls[RESULT_NPS])
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(finite_figure(values[RESULT_NPS]));
}

/* The cast to numeric: the score itself. */
PG_FUNCTION_INFO_V1(nps_result_to_numeric);
Datum
nps_result_to_numeric(PG_FUNCTION_ARGS)
{
	Datum		nps = nps_result_to_float8(fcinfo);

	if (fcinfo->isnull)
		PG_RETURN_NULL();
	return DirectFunctionCall1(float8_numeric, nps);
}

/* In words; a score outside -100..100, or NaN, is 22003. */
PG_FUNCTION_INFO_V1(nps_rating);
Datum
nps_rating(PG_FUNCTION_ARGS)
{
	double		nps = PG_GETARG_FLOAT8(0);
	const char *rating;

	if (!(nps >= -100 && nps <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a Net Promoter Score lies between -100 and 100, not at %s",
						float8out_internal(nps))));
	if (nps < 0)
		rating = "negative";
	else if (nps < 30)
		rating = "low";
	else if (nps < 50)
		rating = "satisfactory";
	else
		rating = "excellent";
	PG_RETURN_TEXT_P(cstring_to_text(rating));
}
