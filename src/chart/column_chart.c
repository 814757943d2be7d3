/*
 * Columns: above the scores with their intervals, below the shares, then the
 * numbers of responses and the labels. The chart is as wide as any other and its
 * columns share that; figures that have no room are left out.
 */
#include "chart/column_chart.h"

#include <math.h>

#include "miscadmin.h"

#include "chart/axis.h"
#include "chart/frame.h"
#include "chart/grid.h"
#include "chart/legend.h"
#include "chart/marks.h"
#include "chart/reference.h"
#include "chart/svg.h"
#include "chart/words.h"
#include "results/figure.h"

/* From above: the legend, the scores, another legend, the shares. */
#define LEGEND_BELOW_TITLE 32
#define PANEL_BELOW_LEGEND 24
#define SCORES_HEIGHT 210
#define LEGEND_BELOW_SCORES 44
#define SHARES_BELOW_LEGEND 18
#define SHARES_HEIGHT 120
#define BELOW_SHARES 10
#define LINE_HEIGHT 24
#define TEXT_SIZE 18

/* Across: a chart of more columns than have room is wider than others. */
#define NARROWEST_PITCH 4
#define WIDEST_BAR 72
#define BAR_OF_PITCH 0.7
#define RADIUS_OF_PITCH 0.3
#define WIDEST_RADIUS 5.5
#define WHISKER_WIDTH 2
#define BESIDE_POINT 5			/* from a point to its figure */
#define BESIDE_FIGURE 5			/* and from that to the next column */
#define BESIDE_PANEL 8
#define BETWEEN_LABELS 6
#define WIDEST_TURNED_LABEL 160
#define SWATCH 14

#define TURNED_LINE_HEIGHT 21.5

#define COS_45 0.70710678

static const SvgFont score_font = {"nps-score", TEXT_SIZE, true, SVG_START, NPS_INK};
static const SvgFont count_font = {"nps-count", TEXT_SIZE, false, SVG_MIDDLE, NPS_QUIET_INK};
static const SvgFont turned_count_font = {"nps-count", TEXT_SIZE, false, SVG_END, NPS_QUIET_INK};
static const SvgFont label_font = {"nps-label", TEXT_SIZE, false, SVG_MIDDLE, NPS_INK};
static const SvgFont turned_label_font = {"nps-label", TEXT_SIZE, false, SVG_END, NPS_INK};
static const SvgFont axis_font = {"nps-tick", TEXT_SIZE, false, SVG_END, NPS_QUIET_INK};

/* By category; how figures are set on the bars, too. */
static const char *const names[NPS_CATEGORIES] = {"detractors", "passives", "promoters"};
static const NpsColour colours[NPS_CATEGORIES] = {NPS_ORANGE, NPS_GREY, NPS_BLUE};
static const SvgFont share_fonts[NPS_CATEGORIES] = {
	{"nps-share-figure", TEXT_SIZE, false, SVG_MIDDLE, NPS_INK_ON_ORANGE},
	{"nps-share-figure", TEXT_SIZE, false, SVG_MIDDLE, NPS_INK},
	{"nps-share-figure", TEXT_SIZE, false, SVG_MIDDLE, NPS_PAPER},
};

/* How a line of texts below the columns is written. */
typedef enum Writing
{
	LEVEL,
	TURNED,
	OMITTED
} Writing;

/* Where things are, in px from the upper left corner, and what has room. */
typedef struct Layout
{
	NpsAxis		axis;
	double		width;
	double		height;
	double		left;			/* of the panels */
	double		right;
	double		pitch;			/* from column to column */
	double		bar_width;
	double		radius;			/* of a point */
	int			score_digits;	/* negative: no figures */
	Writing		counts;
	Writing		labels;
	int			label_every;	/* so many columns one is labelled, the last one among them */
	double		legend_baseline;
	double		scores_top;
	double		shares_top;
	double		counts_top;
	double		labels_top;
} Layout;

/* --- what there is to place ---------------------------------------------- */

static double
widest_score(const NpsChart *chart, int digits)
{
	double		widest = 0;
	int			i;

	for (i = 0; i < chart->length; i++)
	{
		if (chart->rows[i].has_score)
			widest = fmax(widest, svg_text_width(&score_font, nps_figure_text(chart->rows[i].nps, digits)));
	}
	return widest;
}

static double
widest_count(const NpsChart *chart)
{
	double		widest = 0;
	int			i;

	for (i = 0; i < chart->length; i++)
		widest = fmax(widest, svg_text_width(&count_font, nps_count_words(&chart->rows[i])));
	return widest;
}

static double
widest_label(const NpsChart *chart)
{
	double		widest = 0;
	int			i;

	for (i = 0; i < chart->length; i++)
		widest = fmax(widest, svg_text_width(&label_font, chart->rows[i].label));
	return widest;
}

/* --- across -------------------------------------------------------------- */

/* The middle of a column. */
static double
column_x(const Layout *layout, int column)
{
	return layout->left + (column + 0.5) * layout->pitch;
}

/* From a point's middle to the end of its figure. */
static double
figure_reach(double radius, double width)
{
	return radius + BESIDE_POINT + width;
}

/* Places the columns, with room for the figure of the last one; false where a figure would reach the next column. */
static bool
place_columns(Layout *layout, const NpsChart *chart, double figure_width)
{
	double		room = layout->width - layout->left;
	double		reach = figure_reach(WIDEST_RADIUS, figure_width);

	layout->pitch = fmin((room - NPS_CHART_MARGIN) / chart->length, (room - reach - 2) / (chart->length - 0.5));
	layout->radius = fmin(WIDEST_RADIUS, RADIUS_OF_PITCH * layout->pitch);
	layout->bar_width = fmin(WIDEST_BAR, BAR_OF_PITCH * layout->pitch);
	layout->right = layout->left + layout->pitch * chart->length;
	return reach + BESIDE_FIGURE + WIDEST_RADIUS <= layout->pitch;
}

/* The figures of the scores have a digit after the point, or none, or are left out. */
static void
place_across(Layout *layout, const NpsChart *chart)
{
	layout->left = NPS_CHART_MARGIN + fmax(nps_axis_figures_width(&layout->axis), BESIDE_PANEL + svg_text_width(&axis_font, "100"));
	layout->width = fmax(NPS_CHART_WIDTH, ceil(layout->left + NARROWEST_PITCH * chart->length + NPS_CHART_MARGIN));
	for (layout->score_digits = 1; layout->score_digits >= 0; layout->score_digits--)
	{
		if (place_columns(layout, chart, widest_score(chart, layout->score_digits)))
			return;
	}
	place_columns(layout, chart, 0);
}

/* A turned line of text needs its height. */
static Writing
writing_of(const Layout *layout, double widest)
{
	if (widest + BETWEEN_LABELS <= layout->pitch)
		return LEVEL;
	return TEXT_SIZE + 2 <= layout->pitch ? TURNED : OMITTED;
}

static void
place_texts(Layout *layout, const NpsChart *chart)
{
	layout->counts = writing_of(layout, widest_count(chart));
	layout->labels = widest_label(chart) + BETWEEN_LABELS <= layout->pitch ? LEVEL : TURNED;
	layout->label_every = layout->labels == LEVEL ? 1 : (int) ceil(TURNED_LINE_HEIGHT / COS_45 / layout->pitch);
}

/* --- down ---------------------------------------------------------------- */

static double
counts_height(const Layout *layout, const NpsChart *chart)
{
	if (layout->counts == OMITTED)
		return 0;
	return layout->counts == LEVEL ? LINE_HEIGHT : widest_count(chart) + BELOW_SHARES;
}

static double
labels_height(const Layout *layout, const NpsChart *chart)
{
	if (layout->labels == LEVEL)
		return LINE_HEIGHT;
	return (fmin(widest_label(chart), WIDEST_TURNED_LABEL) + TEXT_SIZE) * COS_45 + 4;
}

static void
place_down(Layout *layout, const NpsChart *chart, double below_legend)
{
	layout->scores_top = below_legend + PANEL_BELOW_LEGEND;
	layout->axis.to = layout->scores_top;
	layout->axis.from = layout->scores_top + SCORES_HEIGHT;
	layout->shares_top = layout->axis.from + LEGEND_BELOW_SCORES + SHARES_BELOW_LEGEND;
	layout->counts_top = layout->shares_top + SHARES_HEIGHT + BELOW_SHARES;
	layout->labels_top = layout->counts_top + counts_height(layout, chart);
	layout->height = ceil(layout->labels_top + labels_height(layout, chart) + NPS_CHART_MARGIN / 2.0);
}

/* --- legends and axes ----------------------------------------------------- */

static void
draw_score_mark(StringInfo svg, double x, double y)
{
	double		middle = x + NPS_LEGEND_MARK / 2.0 - 2;

	svg_line(svg, "nps-mark", middle, y - 9, middle, y + 9, NPS_BLUE, WHISKER_WIDTH);
	nps_draw_point(svg, middle, y, 5, false);
}

/* What points and whiskers are; the baseline of its last line. */
static double
draw_score_legend(StringInfo svg, const NpsChart *chart, double width, double baseline)
{
	NpsLegend	legend = nps_legend(svg, NPS_CHART_MARGIN, width - NPS_CHART_MARGIN, baseline);

	nps_add_to_legend(&legend, draw_score_mark, nps_interval_words(chart));
	if (nps_has_hollow_points(chart))
		nps_explain_few_responses(&legend);
	return legend.baseline;
}

static void
draw_swatch(StringInfo svg, double x, double y, NpsColour colour)
{
	svg_rect(svg, "nps-mark", x + 4, y - SWATCH / 2.0, SWATCH, SWATCH, colour);
}

static void
draw_detractors_mark(StringInfo svg, double x, double y)
{
	draw_swatch(svg, x, y, colours[NPS_DETRACTOR]);
}

static void
draw_passives_mark(StringInfo svg, double x, double y)
{
	draw_swatch(svg, x, y, colours[NPS_PASSIVE]);
}

static void
draw_promoters_mark(StringInfo svg, double x, double y)
{
	draw_swatch(svg, x, y, colours[NPS_PROMOTER]);
}

/* What the parts of the bars are, from below. */
static void
draw_share_legend(StringInfo svg, const Layout *layout)
{
	static const NpsLegendMark marks[NPS_CATEGORIES] = {draw_detractors_mark, draw_passives_mark, draw_promoters_mark};
	NpsLegend	legend = nps_legend(svg, NPS_CHART_MARGIN, layout->width, layout->shares_top - SHARES_BELOW_LEGEND);
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
		nps_add_to_legend(&legend, marks[i], i + 1 < NPS_CATEGORIES ? names[i] : psprintf("%s, in %%", names[i]));
}

/* The height of a share, between 0 and 100 %. */
static double
share_y(const Layout *layout, double percent)
{
	return layout->shares_top + (1 - percent / 100) * SHARES_HEIGHT;
}

static void
draw_share_axis(StringInfo svg, const Layout *layout)
{
	int			percent;

	for (percent = 0; percent <= 100; percent += 50)
	{
		svg_line(svg, "nps-share-grid", layout->left, share_y(layout, percent), layout->right, share_y(layout, percent), NPS_GRID, 1);
		svg_text(svg, &axis_font, layout->left - BESIDE_PANEL,
				 share_y(layout, percent) + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE, psprintf("%d", percent));
	}
	if (layout->counts != OMITTED)
		svg_text(svg, &axis_font, layout->left - BESIDE_PANEL, layout->counts_top + TEXT_SIZE, "n");
}

/* --- columns ------------------------------------------------------------- */

/* The score as a point with its figure, its interval as a whisker. */
static void
draw_score(StringInfo svg, const Layout *layout, const NpsChartRow *row, double x)
{
	double		y = nps_axis_at(&layout->axis, row->nps);

	if (row->has_interval)
		svg_line(svg, "nps-whisker", x, nps_axis_at(&layout->axis, row->ci_upper), x,
				 nps_axis_at(&layout->axis, row->ci_lower), NPS_BLUE, WHISKER_WIDTH);
	nps_draw_point(svg, x, y, layout->radius, nps_has_few_responses(row));
	if (layout->score_digits >= 0)
		svg_text(svg, &score_font, x + figure_reach(layout->radius, 0), y + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE,
				 svg_figure(row->nps, layout->score_digits));
}

/* One part of the bar, with its figure where that has room; both ends in percent. */
static void
draw_share(StringInfo svg, const Layout *layout, NpsCategory category, double x, double from, double to, double percent)
{
	const SvgFont *font = &share_fonts[category];
	double		bottom = share_y(layout, from);
	double		top = share_y(layout, to);

	svg_rect(svg, "nps-share", x - layout->bar_width / 2, top, layout->bar_width, bottom - top, colours[category]);
	if (bottom - top >= TEXT_SIZE + 2 && svg_text_width(font, nps_figure_text(percent, 0)) <= layout->bar_width - 2)
		svg_text(svg, font, x, (top + bottom) / 2 + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE, svg_figure(percent, 0));
}

/* The bar from below: detractors, passives, promoters. Shares that somebody has rounded up share its height. */
static void
draw_shares(StringInfo svg, const Layout *layout, const NpsChartRow *row, double x)
{
	double		whole = fmax(100, row->shares[NPS_DETRACTOR] + row->shares[NPS_PASSIVE] + row->shares[NPS_PROMOTER]);
	double		from = 0;
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		double		to = from + 100 * row->shares[i] / whole;

		if (to > from)
			draw_share(svg, layout, i, x, from, to, row->shares[i]);
		from = to;
	}
}

static void
draw_count(StringInfo svg, const Layout *layout, const NpsChartRow *row, double x)
{
	const char *count = nps_count_words(row);

	if (layout->counts == LEVEL)
		svg_text(svg, &count_font, x, layout->counts_top + TEXT_SIZE, count);
	else if (layout->counts == TURNED)
		svg_turned_text(svg, &turned_count_font, x + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE, layout->counts_top, -90, count);
}

/* A turned one ends below its column, and begins not left of the picture. */
static void
draw_label(StringInfo svg, const Layout *layout, const NpsChartRow *row, double x)
{
	double		end = x + TEXT_SIZE / 2.0;
	double		y = layout->labels_top + TEXT_SIZE;

	if (layout->labels == LEVEL)
		svg_text(svg, &label_font, x, y, svg_shortened(&label_font, row->label, layout->pitch - BETWEEN_LABELS));
	else
		svg_turned_text(svg, &turned_label_font, end, y, -45,
						svg_shortened(&turned_label_font, row->label, fmin(WIDEST_TURNED_LABEL, end / COS_45 - TEXT_SIZE)));
}

/* A column with its words, which browsers show where the pointer rests on any part of it. */
static void
draw_column(StringInfo svg, const Layout *layout, const NpsChart *chart, int column, const char *words)
{
	const NpsChartRow *row = &chart->rows[column];
	double		x = column_x(layout, column);

	CHECK_FOR_INTERRUPTS();
	appendStringInfo(svg, "<g class=\"nps-column\"><title>%s</title>\n", words);
	svg_sensitive_rect(svg, x - layout->pitch / 2, layout->scores_top, layout->pitch, layout->labels_top - layout->scores_top);
	if (row->has_score)
		draw_score(svg, layout, row, x);
	if (row->has_shares)
		draw_shares(svg, layout, row, x);
	draw_count(svg, layout, row, x);
	if ((chart->length - 1 - column) % layout->label_every == 0)
		draw_label(svg, layout, row, x);
	appendStringInfoString(svg, "</g>\n");
}

/* --- the whole ----------------------------------------------------------- */

text *
nps_draw_column_chart(const NpsChart *chart)
{
	NpsReference none = nps_target(chart);
	Layout		layout = {.axis = nps_axis(chart, none.points)};
	char	  **words = nps_words_of_rows(chart);
	StringInfoData body;
	double		baseline;
	int			i;

	initStringInfo(&body);
	place_across(&layout, chart);
	place_texts(&layout, chart);
	baseline = nps_draw_title(&body, chart, layout.width) + LEGEND_BELOW_TITLE;
	place_down(&layout, chart, draw_score_legend(&body, chart, layout.width, baseline));
	draw_share_legend(&body, &layout);
	nps_draw_level_grid(&body, &layout.axis, layout.left, layout.right);
	draw_share_axis(&body, &layout);
	for (i = 0; i < chart->length; i++)
		draw_column(&body, &layout, chart, i, words[i]);
	return nps_framed(chart, nps_description(chart, &none, words), &body, layout.width, layout.height);
}
