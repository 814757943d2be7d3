/*
 * A chart: the rows that SQL gives, the columns that they make.
 */
#ifndef NPS_CHART_H
#define NPS_CHART_H

#include "nps.h"

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

#endif
