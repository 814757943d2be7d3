/*
 * Where the parts of a chart are placed.
 */
#ifndef NPS_LAYOUT_H
#define NPS_LAYOUT_H

#include "chart/chart.h"

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

extern NpsChartLayout nps_chart_layout(const NpsChart *chart);
extern double nps_chart_x(const NpsChartLayout *layout, int column);
extern double nps_chart_bar_width(const NpsChartLayout *layout);

#endif
