/*
 * The aggregate nps_chart(label, summary, title): collects the rows in their
 * order, and at the end has them drawn.
 */
#include "chart/chart.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "chart/drawing.h"
#include "chart/svg.h"
#include "results/arguments.h"
#include "results/figure.h"
#include "results/groups.h"

/* Far beyond what anybody reads; it bounds the memory. */
#define MAX_COLUMNS 500

#define DEFAULT_TITLE "Net Promoter Score"
#define NO_LABEL "(none)"

/* The chart so far, an empty one before the first row. */
static NpsChart *
chart_argument(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		return palloc0(sizeof(NpsChart));
	return (NpsChart *) PG_GETARG_POINTER(0);
}

/* Room for one column more. */
static NpsChartColumn *
next_column(NpsChart *chart)
{
	if (chart->length >= MAX_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a chart cannot have more than %d columns", MAX_COLUMNS),
				 errhint("Group by longer periods, or select the groups with the most responses.")));
	if (chart->columns == NULL)
	{
		chart->capacity = 16;
		chart->columns = palloc(chart->capacity * sizeof(NpsChartColumn));
	}
	else if (chart->length == chart->capacity)
	{
		chart->capacity *= 2;
		chart->columns = repalloc(chart->columns, chart->capacity * sizeof(NpsChartColumn));
	}
	return memset(&chart->columns[chart->length++], 0, sizeof(NpsChartColumn));
}

/* The figures of a column, and as text those that are measured before they are written. */
static void
set_figures(NpsChartColumn *column)
{
	column->count = psprintf(INT64_FORMAT, nps_groups_total(&column->groups));
	column->has_score = nps_groups_total(&column->groups) > 0;
	if (!column->has_score)
		return;
	column->estimate = nps_estimate_groups(&column->groups, NPS_DEFAULT_CONFIDENCE, &nps_interval_methods[0]);
	column->score = nps_figure_text(column->estimate.nps, 1);
}

/* Adds a column. The first title that is not NULL is the chart's. */
PG_FUNCTION_INFO_V1(nps_chart_transition);
Datum
nps_chart_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	MemoryContext old;
	NpsChart   *chart;
	NpsChartColumn *column;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "nps_chart_transition called in non-aggregate context");

	old = MemoryContextSwitchTo(context);
	chart = chart_argument(fcinfo);
	column = next_column(chart);
	column->label = PG_ARGISNULL(1) ? NO_LABEL : svg_legible(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	if (!PG_ARGISNULL(2))
		column->groups = nps_usual_groups(PG_GETARG_NPS_SUMMARY(2));
	set_figures(column);
	if (chart->title == NULL && !PG_ARGISNULL(3))
		chart->title = svg_legible(text_to_cstring(PG_GETARG_TEXT_PP(3)));
	MemoryContextSwitchTo(old);
	PG_RETURN_POINTER(chart);
}

/* The chart as it is now; in a window more columns may follow. */
PG_FUNCTION_INFO_V1(nps_chart_final);
Datum
nps_chart_final(PG_FUNCTION_ARGS)
{
	NpsChart	chart = *(NpsChart *) PG_GETARG_POINTER(0);
	StringInfoData svg;

	if (chart.title == NULL)
		chart.title = DEFAULT_TITLE;
	initStringInfo(&svg);
	nps_draw_chart(&svg, &chart);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(svg.data, svg.len));
}
