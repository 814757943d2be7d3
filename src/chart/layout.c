/*
 * Where the parts of a chart are placed, so that whatever is shown is readable:
 * from a few columns on the chart grows, labels are turned, and figures that
 * have no room are left out.
 */
#include "chart/layout.h"

#include <math.h>

#include "chart/svg.h"

#define MARGIN 16

/* The panels: room for the axis beside them, and how wide they want to be. */
#define AXIS_WIDTH 56
#define NARROWEST_PANEL 480
#define USUAL_PANEL 760
#define WIDEST_PANEL_OF_LEVEL_LABELS 960

/* From column to column: turned labels need the least. */
#define WIDEST_PITCH 110
#define NARROWEST_PITCH 22

#define GAP 10
#define FIGURE_GAP 4
#define WIDEST_LABEL 180
#define WIDEST_BAR 56
#define BAR_OF_PITCH 0.62

/* From above: title and legend, the scores, a legend, the shares. */
#define SCORE_TOP 92
#define SCORE_HEIGHT 240
#define BETWEEN_PANELS 62
#define SHARES_HEIGHT 120
#define BELOW_PANEL 8
#define LINE_HEIGHT 18

#define COS_45 0.70710678

/* --- what there is to place ---------------------------------------------- */

static double
label_width(const NpsChartColumn *column)
{
	return Min(svg_text_width(column->label, CHART_LABEL_SIZE), WIDEST_LABEL);
}

static double
score_width(const NpsChartColumn *column)
{
	return column->has_score ? SVG_BOLD * svg_text_width(column->score, CHART_FIGURE_SIZE) : 0;
}

static double
count_width(const NpsChartColumn *column)
{
	return svg_text_width(column->count, CHART_FIGURE_SIZE);
}

static double
widest(const NpsChart *chart, double (*width) (const NpsChartColumn *))
{
	double		most = 0;
	int			i;

	for (i = 0; i < chart->length; i++)
		most = fmax(most, width(&chart->columns[i]));
	return most;
}

/* --- across -------------------------------------------------------------- */

/* Sets the pitch, and turns the labels where they would make the chart too wide. */
static void
place_columns(NpsChartLayout *layout, const NpsChart *chart)
{
	double		level_pitch = widest(chart, label_width) + GAP;

	layout->pitch = fmax(NARROWEST_PITCH, fmin(WIDEST_PITCH, (double) USUAL_PANEL / chart->length));
	layout->turned_labels = level_pitch > layout->pitch &&
		level_pitch * chart->length > WIDEST_PANEL_OF_LEVEL_LABELS;
	if (!layout->turned_labels)
		layout->pitch = fmax(layout->pitch, level_pitch);
	layout->pitch = fmax(layout->pitch, (double) NARROWEST_PANEL / chart->length);
	layout->label_room = layout->turned_labels ? WIDEST_LABEL : layout->pitch - GAP;
}

/* Turned labels end under their columns: the first ones may begin left of the axis. */
static double
overhang(const NpsChartLayout *layout, const NpsChart *chart)
{
	double		most = 0;
	int			i;

	if (!layout->turned_labels)
		return 0;
	for (i = 0; i < chart->length; i++)
		most = fmax(most, label_width(&chart->columns[i]) * COS_45 + GAP - (i + 0.5) * layout->pitch);
	return most;
}

static void
place_panels(NpsChartLayout *layout, const NpsChart *chart)
{
	layout->left = MARGIN + fmax(AXIS_WIDTH - MARGIN, overhang(layout, chart));
	layout->right = layout->left + layout->pitch * chart->length;
	layout->width = ceil(layout->right + MARGIN);
}

/* --- down ---------------------------------------------------------------- */

/* The height of the line of labels, with its margin. */
static double
labels_height(const NpsChartLayout *layout, const NpsChart *chart)
{
	if (!layout->turned_labels)
		return LINE_HEIGHT + MARGIN;
	return (widest(chart, label_width) + CHART_LABEL_SIZE) * COS_45 + MARGIN;
}

static void
place_lines(NpsChartLayout *layout, const NpsChart *chart)
{
	layout->score_top = SCORE_TOP;
	layout->score_bottom = layout->score_top + SCORE_HEIGHT;
	layout->shares_top = layout->score_bottom + BETWEEN_PANELS;
	layout->shares_bottom = layout->shares_top + SHARES_HEIGHT;
	layout->counts_top = layout->shares_bottom + BELOW_PANEL;
	layout->labels_top = layout->counts_top + (layout->turned_counts ? widest(chart, count_width) + BELOW_PANEL : LINE_HEIGHT);
	layout->height = ceil(layout->labels_top + labels_height(layout, chart));
}

/* --- the whole ----------------------------------------------------------- */

NpsChartLayout
nps_chart_layout(const NpsChart *chart)
{
	NpsChartLayout layout = {0};

	place_columns(&layout, chart);
	layout.turned_counts = widest(chart, count_width) + FIGURE_GAP > layout.pitch;
	layout.shows_scores = widest(chart, score_width) + FIGURE_GAP <= layout.pitch;
	layout.shows_shares = svg_text_width("100", CHART_FIGURE_SIZE) + FIGURE_GAP <= nps_chart_bar_width(&layout);
	place_panels(&layout, chart);
	place_lines(&layout, chart);
	return layout;
}

/* The middle of a column. */
double
nps_chart_x(const NpsChartLayout *layout, int column)
{
	return layout->left + (column + 0.5) * layout->pitch;
}

double
nps_chart_bar_width(const NpsChartLayout *layout)
{
	return fmin(WIDEST_BAR, BAR_OF_PITCH * layout->pitch);
}
