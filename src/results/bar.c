/*
 * Summaries and results as text bars, for reports in a terminal or a table cell.
 */
#include "results/groups.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "types/category.h"
#include "types/score.h"

#include "results/result.h"

#define MAX_BAR_WIDTH 1000
#define HISTOGRAM_WIDTH 20

/*
 * The three shades: block elements of Unicode, or plain characters in a
 * database of another encoding.
 */
static const char *const unicode_shades[NPS_CATEGORIES] = {"\xE2\x96\x91", "\xE2\x96\x92", "\xE2\x96\x88"};
static const char *const plain_shades[NPS_CATEGORIES] = {".", "+", "#"};

static void
append_shade(StringInfo bar, NpsCategory category, int width)
{
	const char *const *shades = GetDatabaseEncoding() == PG_UTF8 ? unicode_shades : plain_shades;

	while (width-- > 0)
		appendStringInfoString(bar, shades[category]);
}

/* Raises 22023 for a width that no bar has. */
static int32
width_argument(int32 width)
{
	if (width < 1 || width > MAX_BAR_WIDTH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("width %d is not between 1 and %d", width, MAX_BAR_WIDTH),
				 errhint("Give the number of characters of the bar.")));
	return width;
}

/* Where there are no responses. */
static text *
empty_bar(int32 width)
{
	StringInfoData bar;

	initStringInfo(&bar);
	appendStringInfoSpaces(&bar, width);
	return cstring_to_text_with_len(bar.data, bar.len);
}

/*
 * Detractors, passives and promoters by their percentages of exactly width
 * characters. The ends of the parts are rounded, not their lengths, so that they
 * fill the width.
 */
static text *
bar_of(double detractor_pct, double promoter_pct, int32 width)
{
	int			detractors_end = (int) rint(detractor_pct / 100 * width);
	int			passives_end = (int) rint((100 - promoter_pct) / 100 * width);
	StringInfoData bar;

	initStringInfo(&bar);
	append_shade(&bar, NPS_DETRACTOR, detractors_end);
	append_shade(&bar, NPS_PASSIVE, passives_end - detractors_end);
	append_shade(&bar, NPS_PROMOTER, width - passives_end);
	return cstring_to_text_with_len(bar.data, bar.len);
}

PG_FUNCTION_INFO_V1(nps_bar);
Datum
nps_bar(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	int32		width = width_argument(PG_GETARG_INT32(1));
	double		total = nps_groups_total(&groups);

	if (total == 0)
		PG_RETURN_TEXT_P(empty_bar(width));
	PG_RETURN_TEXT_P(bar_of(nps_percentage(groups.detractors, total), nps_percentage(groups.promoters, total), width));
}

/* Raises 22003 unless these are percentages of one survey: a row made by hand may hold any. */
static void
check_percentages(double detractor_pct, double promoter_pct)
{
	/* A sum of two rounded quotients may be above 100 by their last digits. */
	if (detractor_pct >= 0 && promoter_pct >= 0 && detractor_pct + promoter_pct <= 100 * (1 + 1e-9))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%g %% promoters and %g %% detractors are not shares of one survey", promoter_pct, detractor_pct)));
}

/* The bar of a result by its percentages, which are weighted where it is. */
PG_FUNCTION_INFO_V1(nps_bar_result);
Datum
nps_bar_result(PG_FUNCTION_ARGS)
{
	int32		width = width_argument(PG_GETARG_INT32(1));
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];
	double		detractor_pct,
				promoter_pct;

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_result_type, values, nulls);
	if (nulls[NPS_RESULT_DETRACTOR_PCT] || nulls[NPS_RESULT_PROMOTER_PCT])
		PG_RETURN_TEXT_P(empty_bar(width));
	detractor_pct = DatumGetFloat8(values[NPS_RESULT_DETRACTOR_PCT]);
	promoter_pct = DatumGetFloat8(values[NPS_RESULT_PROMOTER_PCT]);
	check_percentages(detractor_pct, promoter_pct);
	PG_RETURN_TEXT_P(bar_of(detractor_pct, promoter_pct, width));
}

/* A bar in proportion to the most frequent score; no response has none, any other at least one character. */
static text *
histogram_bar(const NpsSummary *summary, NpsScore score)
{
	int64		count = summary->counts[score];
	int64		most = 0;
	StringInfoData bar;
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
		most = Max(most, summary->counts[i]);
	initStringInfo(&bar);
	if (count > 0)
		append_shade(&bar, nps_category_of(score),
					 Max(1, (int) rint((double) count / most * HISTOGRAM_WIDTH)));
	return cstring_to_text_with_len(bar.data, bar.len);
}

/*
 * Eleven rows, a score each: its count, its percentage (NULL where there are no
 * responses at all) and its bar.
 */
PG_FUNCTION_INFO_V1(nps_histogram);
Datum
nps_histogram(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	NpsSummary *summary;
	NpsScore	score;
	int64		total;
	Datum		values[4];
	bool		nulls[4] = {false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		context = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &context->tuple_desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "function %u does not return a row", fcinfo->flinfo->fn_oid);
		context->tuple_desc = BlessTupleDesc(context->tuple_desc);
		context->user_fctx = nps_copy_summary(PG_GETARG_NPS_SUMMARY(0));
		MemoryContextSwitchTo(old);
	}

	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= NPS_SCORES)
		SRF_RETURN_DONE(context);

	summary = context->user_fctx;
	score = (NpsScore) context->call_cntr;
	total = nps_summary_total(summary);
	values[0] = NpsScoreGetDatum(score);
	values[1] = Int64GetDatum(summary->counts[score]);
	values[2] = Float8GetDatum(total > 0 ? nps_percentage(summary->counts[score], total) : 0);
	nulls[2] = (total == 0);
	values[3] = PointerGetDatum(histogram_bar(summary, score));
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}
