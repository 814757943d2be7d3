/*
 * nps_result: counts to statistics to one report row.
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

#include "math/estimate.h"

#define DEFAULT_CONFIDENCE 0.95

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

/* The counts are int8, all else float8. */
static bool
is_count_column(int column)
{
	return column >= RESULT_RESPONSES && column <= RESULT_DETRACTORS;
}

/* --- making a row -------------------------------------------------------- */

/* Raises unless rows of the type still are what this library makes. */
static void
check_descriptor(TupleDesc descriptor)
{
	bool		same = descriptor->natts == RESULT_COLUMNS;
	int			i;

	for (i = 0; same && i < RESULT_COLUMNS; i++)
		same = TupleDescAttr(descriptor, i)->atttypid == (is_count_column(i) ? INT8OID : FLOAT8OID);
	if (!same)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s is not as the extension made it", "nps_result")));
}

/* The row type of a function that returns nps_result, kept by the call site. */
static TupleDesc
result_descriptor(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	MemoryContext old;
	TupleDesc	descriptor;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;

	old = MemoryContextSwitchTo(flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function %u does not return a row", flinfo->fn_oid);
	check_descriptor(descriptor);
	MemoryContextSwitchTo(old);
	flinfo->fn_extra = descriptor;
	return descriptor;
}

/*
 * One row: the counts, and the figures that they give. Without responses the
 * counts are 0 and every figure is NULL.
 */
static Datum
result_row(FunctionCallInfo fcinfo, const NpsGroups *groups, double confidence,
		   const NpsIntervalMethod *method)
{
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};
	int64		responses = nps_groups_total(groups);

	values[RESULT_RESPONSES] = Int64GetDatum(responses);
	values[RESULT_PROMOTERS] = Int64GetDatum(groups->promoters);
	values[RESULT_PASSIVES] = Int64GetDatum(groups->passives);
	values[RESULT_DETRACTORS] = Int64GetDatum(groups->detractors);

	if (responses > 0)
	{
		NpsEstimate estimate = nps_estimate_groups(groups, confidence, method);

		values[RESULT_NPS] = Float8GetDatum(estimate.nps);
		values[RESULT_CI_LOWER] = Float8GetDatum(estimate.ci_lower);
		values[RESULT_CI_UPPER] = Float8GetDatum(estimate.ci_upper);
		values[RESULT_PROMOTER_PCT] = Float8GetDatum(estimate.promoter_pct);
		values[RESULT_PASSIVE_PCT] = Float8GetDatum(estimate.passive_pct);
		values[RESULT_DETRACTOR_PCT] = Float8GetDatum(estimate.detractor_pct);
		values[RESULT_STANDARD_ERROR] = Float8GetDatum(estimate.standard_error);
		values[RESULT_EFFECTIVE_RESPONSES] = Float8GetDatum(estimate.effective_responses);
	}
	else
	{
		int			i;

		for (i = 0; i < RESULT_COLUMNS; i++)
			nulls[i] = !is_count_column(i);
	}
	return HeapTupleGetDatum(heap_form_tuple(result_descriptor(fcinfo), values, nulls));
}

/* --- arguments ----------------------------------------------------------- */

static double
confidence_argument(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must lie between 0 and 1, not %g", confidence),
				 errhint("Give 0.95 for 95 %%.")));
	return confidence;
}

/* The names of all methods, for a hint. */
static char *
method_names(void)
{
	const NpsIntervalMethod *method;
	StringInfoData names;

	initStringInfo(&names);
	for (method = nps_interval_methods; method->name != NULL; method++)
		appendStringInfo(&names, "%s\"%s\"", names.len > 0 ? ", " : "", method->name);
	return names.data;
}

static const NpsIntervalMethod *
method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsIntervalMethod *method = nps_interval_method(name);

	if (method == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown method \"%s\"", name),
				 errhint("Accepted methods: %s.", method_names())));
	return method;
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

/* --- summaries and counts to rows ---------------------------------------- */

/* The final function of every unweighted nps(): a 95 % score interval. */
PG_FUNCTION_INFO_V1(nps_final);
Datum
nps_final(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = nps_summary_groups(PG_GETARG_NPS_SUMMARY(0),
											NPS_DETRACTOR_MAX, NPS_PROMOTER_MIN);

	return result_row(fcinfo, &groups, DEFAULT_CONFIDENCE, &nps_interval_methods[0]);
}

/* The same at any confidence, method and cut-offs. */
PG_FUNCTION_INFO_V1(nps_estimate);
Datum
nps_estimate(PG_FUNCTION_ARGS)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);
	double		confidence = confidence_argument(PG_GETARG_FLOAT8(1));
	const NpsIntervalMethod *method = method_argument(PG_GETARG_TEXT_PP(2));
	int32		detractor_max = PG_GETARG_INT32(3);
	int32		promoter_min = PG_GETARG_INT32(4);
	NpsGroups	groups;

	check_cut_offs(detractor_max, promoter_min);
	groups = nps_summary_groups(summary, detractor_max, promoter_min);
	return result_row(fcinfo, &groups, confidence, method);
}

/* The same from ready-made counts; a negative one, or a total beyond int8, is 22003. */
PG_FUNCTION_INFO_V1(nps_from_counts);
Datum
nps_from_counts(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = {PG_GETARG_INT64(0), PG_GETARG_INT64(1), PG_GETARG_INT64(2)};
	double		confidence = confidence_argument(PG_GETARG_FLOAT8(3));
	const NpsIntervalMethod *method = method_argument(PG_GETARG_TEXT_PP(4));
	int64		total;

	if (groups.promoters < 0 || groups.passives < 0 || groups.detractors < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a count of responses cannot be negative")));
	if (pg_add_s64_overflow(groups.promoters, groups.passives, &total) ||
		pg_add_s64_overflow(total, groups.detractors, &total))
		nps_refuse_overflow();
	return result_row(fcinfo, &groups, confidence, method);
}

/* --- reading a row ------------------------------------------------------- */

/* A figure rounded to digits after the point, half away from zero, as round() does. */
static Datum
rounded(double figure, int32 digits)
{
	if (!isfinite(figure))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a figure of an %s cannot be %s", "nps_result", float8out_internal(figure))));
	return DirectFunctionCall2(numeric_round,
							   DirectFunctionCall1(float8_numeric, Float8GetDatum(figure)),
							   Int32GetDatum(digits));
}

/* Takes a row apart; values and nulls have room for RESULT_COLUMNS. */
static void
read_row(HeapTupleHeader row, Datum *values, bool *nulls)
{
	TupleDesc	descriptor = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row),
													HeapTupleHeaderGetTypMod(row));
	HeapTupleData tuple;

	check_descriptor(descriptor);
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
		if (!is_count_column(i) && !nulls[i])
			values[i] = DirectFunctionCall1(numeric_float8,
											rounded(DatumGetFloat8(values[i]), digits));
	}
	return HeapTupleGetDatum(heap_form_tuple(result_descriptor(fcinfo), values, nulls));
}

/* A figure as text, rounded. */
static char *
figure_text(Datum figure, int32 digits)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, rounded(DatumGetFloat8(figure), digits)));
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
		appendStringInfo(&cell, "%s ", figure_text(values[RESULT_NPS], digits));
	if (!nulls[RESULT_CI_LOWER] && !nulls[RESULT_CI_UPPER])
		appendStringInfo(&cell, "[%s, %s] ",
						 figure_text(values[RESULT_CI_LOWER], digits),
						 figure_text(values[RESULT_CI_UPPER], digits));
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
	return values[RESULT_NPS];
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
