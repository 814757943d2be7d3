/*
 * The aggregates nps_chart, nps_line_chart and nps_ranking_chart: each collects its
 * rows in their order, and at the end has them drawn.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "chart/column_chart.h"
#include "chart/line_chart.h"
#include "chart/ranking_chart.h"
#include "chart/rows.h"
#include "results/arguments.h"

#define DEFAULT_TITLE "Net Promoter Score"

/* --- rows ---------------------------------------------------------------- */

/* The chart so far, an empty one before the first row. */
static NpsChart *
chart_argument(FunctionCallInfo fcinfo, MemoryContext context)
{
	if (PG_ARGISNULL(0))
		return MemoryContextAllocZero(context, sizeof(NpsChart));
	return (NpsChart *) PG_GETARG_POINTER(0);
}

/* The first target that is not NULL stays; every one has to be a score. */
static void
set_target(NpsChart *chart, FunctionCallInfo fcinfo)
{
	double		target;

	if (PG_NARGS() <= 4 || PG_ARGISNULL(4))
		return;
	target = nps_target_argument(PG_GETARG_FLOAT8(4));
	if (!chart->has_target)
		chart->target = target;
	chart->has_target = true;
}

/* Adds a row, whose figures the caller has set: (state, label, x, title) and, but for columns, target. */
static Datum
add_row(FunctionCallInfo fcinfo, NpsChartRow *row, bool is_summary)
{
	MemoryContext context;
	NpsChart   *chart;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "a chart's transition function called in non-aggregate context");

	chart = chart_argument(fcinfo, context);
	chart->of_summaries = is_summary;
	nps_set_title(chart, fcinfo->args[3], context);
	set_target(chart, fcinfo);
	nps_set_label(row, fcinfo->args[1], context);
	nps_add_chart_row(chart, row, context);
	PG_RETURN_POINTER(chart);
}

PG_FUNCTION_INFO_V1(nps_chart_add_summary);
Datum
nps_chart_add_summary(PG_FUNCTION_ARGS)
{
	NpsChartRow row = {0};

	nps_set_summary(&row, PG_ARGISNULL(2) ? NULL : PG_GETARG_NPS_SUMMARY(2));
	return add_row(fcinfo, &row, true);
}

PG_FUNCTION_INFO_V1(nps_chart_add_result);
Datum
nps_chart_add_result(PG_FUNCTION_ARGS)
{
	NpsChartRow row = {0};

	nps_set_result(&row, PG_ARGISNULL(2) ? NULL : PG_GETARG_HEAPTUPLEHEADER(2));
	return add_row(fcinfo, &row, false);
}

/* --- pictures ------------------------------------------------------------ */

/* The chart as it is now; in a window more rows may follow, so that its rows stay as they are. */
static Datum
drawn(FunctionCallInfo fcinfo, text *(*draw) (const NpsChart *))
{
	NpsChart	chart = *(NpsChart *) PG_GETARG_POINTER(0);

	if (chart.title == NULL)
		chart.title = DEFAULT_TITLE;
	PG_RETURN_TEXT_P(draw(&chart));
}

PG_FUNCTION_INFO_V1(nps_chart_final);
Datum
nps_chart_final(PG_FUNCTION_ARGS)
{
	return drawn(fcinfo, nps_draw_column_chart);
}

PG_FUNCTION_INFO_V1(nps_line_chart_final);
Datum
nps_line_chart_final(PG_FUNCTION_ARGS)
{
	return drawn(fcinfo, nps_draw_line_chart);
}

PG_FUNCTION_INFO_V1(nps_ranking_chart_final);
Datum
nps_ranking_chart_final(PG_FUNCTION_ARGS)
{
	return drawn(fcinfo, nps_draw_ranking_chart);
}
