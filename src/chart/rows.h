/*
 * The rows of a chart, as an aggregate keeps them.
 */
#ifndef NPS_ROWS_H
#define NPS_ROWS_H

#include "nps.h"

#include "access/htup.h"

#include "math/sample.h"
#include "types/summary.h"

/* A score of fewer responses than this is drawn hollow. */
#define NPS_FEW_RESPONSES 30

/* What is known of one row. */
typedef struct NpsChartRow
{
	char	   *label;			/* what XML can hold, not yet escaped */
	bool		has_score;
	bool		has_interval;
	bool		has_shares;
	bool		has_responses;	/* is their number known? */
	double		nps;
	double		ci_lower;
	double		ci_upper;
	double		shares[NPS_CATEGORIES]; /* percent */
	int64		responses;
	NpsGroups	groups;			/* of a summary */
} NpsChartRow;

typedef struct NpsChart
{
	char	   *title;			/* NULL until a row gives one */
	bool		has_target;
	double		target;
	bool		of_summaries;	/* or of results? */
	NpsChartRow *rows;
	int			length;
	int			capacity;
} NpsChart;

extern void nps_set_label(NpsChartRow *row, NullableDatum label, MemoryContext context);
extern void nps_set_title(NpsChart *chart, NullableDatum title, MemoryContext context);
extern void nps_set_summary(NpsChartRow *row, const NpsSummary *summary);
extern void nps_set_result(NpsChartRow *row, HeapTupleHeader result);
extern void nps_add_chart_row(NpsChart *chart, const NpsChartRow *row, MemoryContext context);
extern bool nps_has_few_responses(const NpsChartRow *row);
extern bool nps_has_hollow_points(const NpsChart *chart);

#endif
