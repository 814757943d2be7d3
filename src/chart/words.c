/*
 * A chart in words: what a screen reader reads, and a browser shows where the
 * pointer rests.
 */
#include "chart/words.h"

#include <math.h>

#include "miscadmin.h"

#include "chart/svg.h"

/* The number of responses, which a row made by hand may not have. */
char *
nps_count_words(const NpsChartRow *row)
{
	return row->has_responses ? psprintf(INT64_FORMAT, row->responses) : "?";
}

/* Is there an interval on the chart? */
static bool
has_intervals(const NpsChart *chart)
{
	int			i;

	for (i = 0; i < chart->length; i++)
	{
		if (chart->rows[i].has_interval)
			return true;
	}
	return false;
}

/* What points and intervals are; the confidence of a result is not known. */
const char *
nps_interval_words(const NpsChart *chart)
{
	if (chart->of_summaries)
		return "NPS with 95 % interval";
	return has_intervals(chart) ? "NPS with interval" : "NPS";
}

/* "2018Q3: 26.5 [13.9, 38.4], n = 102; detractors 16.7 %, passives 40.2 %, promoters 43.1 %", of whatever there is. */
static char *
words_of(const NpsChartRow *row)
{
	StringInfoData words;

	initStringInfo(&words);
	appendStringInfo(&words, "%s: ", svg_words(row->label));
	if (!row->has_score && row->has_responses && row->responses == 0)
	{
		appendStringInfoString(&words, "no responses");
		return words.data;
	}
	appendStringInfoString(&words, row->has_score ? svg_figure(row->nps, 1) : "no score");
	if (row->has_interval)
		appendStringInfo(&words, " [%s, %s]", svg_figure(row->ci_lower, 1), svg_figure(row->ci_upper, 1));
	appendStringInfo(&words, ", n = %s", nps_count_words(row));
	if (row->has_shares)
		appendStringInfo(&words, "; detractors %s %%, passives %s %%, promoters %s %%",
						 svg_figure(row->shares[NPS_DETRACTOR], 1), svg_figure(row->shares[NPS_PASSIVE], 1),
						 svg_figure(row->shares[NPS_PROMOTER], 1));
	return words.data;
}

/* Each row in words; the caller may add some. */
char **
nps_words_of_rows(const NpsChart *chart)
{
	char	  **words = palloc(chart->length * sizeof(char *));
	int			i;

	for (i = 0; i < chart->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		words[i] = words_of(&chart->rows[i]);
	}
	return words;
}

/* The chart in words, of the words of its rows. */
StringInfo
nps_description(const NpsChart *chart, const NpsReference *reference, char **words)
{
	StringInfo	description = makeStringInfo();
	int			i;

	appendStringInfo(description, "Net Promoter Score from %s to %s with its %sinterval, number of responses n, "
					 "and shares of detractors, passives and promoters. ",
					 svg_figure(-100, 0), svg_figure(100, 0), chart->of_summaries ? "95 % " : "");
	if (!isnan(reference->points))
		appendStringInfo(description, "The %s is %s. ", reference->name, svg_figure(reference->points, 1));
	for (i = 0; i < chart->length; i++)
		appendStringInfo(description, "%s%s", words[i], i + 1 < chart->length ? ". " : ".");
	return description;
}
