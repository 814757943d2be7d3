/*
 * A chart: the rows that SQL gives, the columns that they make, where all of it
 * is placed.
 */
#ifndef NPS_CHART_H
#define NPS_CHART_H

#include "nps.h"

#include "lib/stringinfo.h"

#include "math/estimate.h"

/* Font sizes in px: of the title, of labels and legends, and of figures. */
#define CHART_TITLE_SIZE 18
#define CHART_LABEL_SIZE 12
#define CHART_FIGURE_SIZE 11

/* One column: what is known of it, as text that XML can hold but not yet escaped. */
typedef struct NpsChartColumn
{
	char	   *label;
	NpsGroups	groups;
	bool		has_score;		/* any responses? If not, there is no estimate */
	NpsEstimate estimate;
	char	   *score;
	char	   *count;
} NpsChartColumn;

/* What the aggregate has collected. */
typedef struct NpsChart
{
	char	   *title;			/* NULL until a row gives one */
	NpsChartColumn *columns;
	int			length;
	int			capacity;
} NpsChart;

/* Where things are, in px from the upper left corner, and what has room. */
typedef struct NpsChartLayout
{
	double		width;
	double		height;
	double		left;			/* of the panels */
	double		right;
	double		pitch;			/* from column to column */
	double		score_top;		/* 100 */
	double		score_bottom;	/* -100 */
	double		shares_top;		/* 100 % */
	double		shares_bottom;	/* 0 % */
	double		counts_top;
	double		labels_top;
	double		label_room;
	bool		turned_labels;
	bool		turned_counts;
	bool		shows_scores;
	bool		shows_shares;
} NpsChartLayout;

/* chart_layout.c */
extern NpsChartLayout nps_chart_layout(const NpsChart *chart);
extern double nps_chart_x(const NpsChartLayout *layout, int column);
extern double nps_chart_bar_width(const NpsChartLayout *layout);

/* chart_drawing.c */
extern void nps_draw_chart(StringInfo svg, const NpsChart *chart);

#endif
