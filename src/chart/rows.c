/*
 * The rows of a chart, as an aggregate keeps them: labels shortened, figures
 * computed and checked. A row has a known size, and there are not more than 500.
 */
#include "chart/rows.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "chart/svg.h"
#include "results/arguments.h"
#include "results/figure.h"
#include "results/groups.h"
#include "results/result.h"

/* Far beyond what anybody reads; it bounds the memory, as does how long texts may be. */
#define MAX_ROWS 500
#define MAX_LABEL_CHARACTERS 100
#define MAX_TITLE_CHARACTERS 300

#define NO_LABEL "(none)"

/* --- texts --------------------------------------------------------------- */

/* NULL is a label, too. */
void
nps_set_label(NpsChartRow *row, NullableDatum label, MemoryContext context)
{
	row->label = label.isnull ? NO_LABEL :
		MemoryContextStrdup(context, svg_legible(label.value, MAX_LABEL_CHARACTERS));
}

/* The first title that is not NULL stays. */
void
nps_set_title(NpsChart *chart, NullableDatum title, MemoryContext context)
{
	if (chart->title == NULL && !title.isnull)
		chart->title = MemoryContextStrdup(context, svg_legible(title.value, MAX_TITLE_CHARACTERS));
}

/* --- figures ------------------------------------------------------------- */

/* The figures of a summary, as nps() gives them; none where that is NULL or empty. */
void
nps_set_summary(NpsChartRow *row, const NpsSummary *summary)
{
	NpsEstimate estimate;

	row->has_responses = true;
	if (summary == NULL)
		return;
	row->groups = nps_usual_groups(summary);
	row->responses = nps_groups_total(&row->groups);
	if (row->responses == 0)
		return;
	estimate = nps_estimate_groups(&row->groups, NPS_DEFAULT_CONFIDENCE, &nps_interval_methods[0]);
	row->has_score = row->has_interval = row->has_shares = true;
	row->nps = estimate.nps;
	row->ci_lower = estimate.ci_lower;
	row->ci_upper = estimate.ci_upper;
	row->shares[NPS_DETRACTOR] = estimate.detractor_pct;
	row->shares[NPS_PASSIVE] = estimate.passive_pct;
	row->shares[NPS_PROMOTER] = estimate.promoter_pct;
}

/* A figure of a result, which somebody may have made by hand; 22003 where it is none, or not between its limits. */
static double
figure_between(Datum figure, double least, double most)
{
	double		value = nps_finite_figure(figure, nps_result_type.name);

	if (value < least || value > most)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a figure of type %s lies between %g and %g, not at %g", nps_result_type.name, least, most, value)));
	return value;
}

/* Both limits, where there are. */
static void
set_interval(NpsChartRow *row, const Datum *values, const bool *nulls)
{
	row->has_interval = row->has_score && !nulls[NPS_RESULT_CI_LOWER] && !nulls[NPS_RESULT_CI_UPPER];
	if (!row->has_interval)
		return;
	row->ci_lower = figure_between(values[NPS_RESULT_CI_LOWER], -100, 100);
	row->ci_upper = figure_between(values[NPS_RESULT_CI_UPPER], -100, 100);
	if (row->ci_lower > row->ci_upper)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("an interval cannot begin at %g and end at %g", row->ci_lower, row->ci_upper)));
}

/* All three shares, where there are. */
static void
set_shares(NpsChartRow *row, const Datum *values, const bool *nulls)
{
	static const int columns[NPS_CATEGORIES] = {
		[NPS_DETRACTOR] = NPS_RESULT_DETRACTOR_PCT,
		[NPS_PASSIVE] = NPS_RESULT_PASSIVE_PCT,
		[NPS_PROMOTER] = NPS_RESULT_PROMOTER_PCT,
	};
	int			i;

	row->has_shares = row->has_score;
	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		if (nulls[columns[i]])
			row->has_shares = false;
		else
			row->shares[i] = figure_between(values[columns[i]], 0, 100);
	}
}

/* The figures of a result, as many as it has; none where that is NULL. */
void
nps_set_result(NpsChartRow *row, HeapTupleHeader result)
{
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];

	row->has_responses = true;
	if (result == NULL)
		return;
	nps_read_row(result, &nps_result_type, values, nulls);
	row->has_score = !nulls[NPS_RESULT_NPS];
	if (row->has_score)
		row->nps = figure_between(values[NPS_RESULT_NPS], -100, 100);
	set_interval(row, values, nulls);
	set_shares(row, values, nulls);
	row->has_responses = !nulls[NPS_RESULT_RESPONSES];
	if (!row->has_responses)
		return;
	row->responses = DatumGetInt64(values[NPS_RESULT_RESPONSES]);
	if (row->responses < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("there cannot be " INT64_FORMAT " responses", row->responses)));
}

/* --- the chart ----------------------------------------------------------- */

void
nps_add_chart_row(NpsChart *chart, const NpsChartRow *row, MemoryContext context)
{
	if (chart->length >= MAX_ROWS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a chart cannot have more than %d rows", MAX_ROWS),
				 errhint("Group by longer periods, or select the groups with the most responses.")));
	if (chart->rows == NULL)
	{
		chart->capacity = 16;
		chart->rows = MemoryContextAlloc(context, chart->capacity * sizeof(NpsChartRow));
	}
	else if (chart->length == chart->capacity)
	{
		chart->capacity *= 2;
		chart->rows = repalloc(chart->rows, chart->capacity * sizeof(NpsChartRow));
	}
	chart->rows[chart->length++] = *row;
}

/* Is the score to be taken with care? Where the number is not known nothing is said. */
bool
nps_has_few_responses(const NpsChartRow *row)
{
	return row->has_responses && row->responses < NPS_FEW_RESPONSES;
}

/* Is there such a score on the chart? */
bool
nps_has_hollow_points(const NpsChart *chart)
{
	int			i;

	for (i = 0; i < chart->length; i++)
	{
		if (chart->rows[i].has_score && nps_has_few_responses(&chart->rows[i]))
			return true;
	}
	return false;
}
