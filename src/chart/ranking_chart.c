/*
 * Segments: a row each, with the score as a point and its interval as a whisker,
 * after Cleveland's dot plots; score and number of responses at the right. A few
 * rows share a slide, more make the chart longer.
 */
#include "chart/ranking_chart.h"

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

#define TEXT_SIZE 18
#define LEGEND_BELOW_TITLE 32
#define PANEL_BELOW_LEGEND 40
#define NARROWEST_ROW 28

#define WIDEST_LABEL 220
#define BESIDE_PANEL 22
#define BETWEEN_FIGURES 18
#define NARROWEST_PANEL 200
#define RADIUS 5.5
#define WHISKER_WIDTH 2.5

static const SvgFont label_font = {"nps-label", TEXT_SIZE, false, SVG_START, NPS_INK};
static const SvgFont score_font = {"nps-score", TEXT_SIZE, true, SVG_END, NPS_INK};
static const SvgFont count_font = {"nps-count", TEXT_SIZE, false, SVG_END, NPS_QUIET_INK};
static const SvgFont head_font = {"nps-head", TEXT_SIZE, false, SVG_END, NPS_QUIET_INK};

/* Where things are, in px from the upper left corner. */
typedef struct Layout
{
	NpsAxis		axis;
	double		width;
	double		height;
	double		labels_room;
	double		scores_end;
	double		counts_end;
	double		top;			/* of the panel */
	double		bottom;
	double		pitch;			/* from row to row */
} Layout;

/* --- across -------------------------------------------------------------- */

static double
widest_label(const NpsChart *chart)
{
	double		widest = 0;
	int			i;

	for (i = 0; i < chart->length; i++)
		widest = fmax(widest, svg_text_width(&label_font, chart->rows[i].label));
	return fmin(widest, WIDEST_LABEL);
}

static double
widest_score(const NpsChart *chart)
{
	double		widest = svg_text_width(&head_font, "NPS");
	int			i;

	for (i = 0; i < chart->length; i++)
	{
		if (chart->rows[i].has_score)
			widest = fmax(widest, svg_text_width(&score_font, nps_figure_text(chart->rows[i].nps, 1)));
	}
	return widest;
}

static double
widest_count(const NpsChart *chart)
{
	double		widest = svg_text_width(&head_font, "n");
	int			i;

	for (i = 0; i < chart->length; i++)
		widest = fmax(widest, svg_text_width(&count_font, nps_count_words(&chart->rows[i])));
	return widest;
}

/* Labels, panel, scores, counts; the panel has what the others leave, and the chart is wider where that is too little. */
static void
place_across(Layout *layout, const NpsChart *chart)
{
	double		scores_width = widest_score(chart);
	double		counts_width = widest_count(chart);
	double		others;

	layout->labels_room = widest_label(chart);
	others = 2 * NPS_CHART_MARGIN + layout->labels_room + 2 * BESIDE_PANEL + scores_width + BETWEEN_FIGURES + counts_width;
	layout->width = fmax(NPS_CHART_WIDTH, ceil(others + NARROWEST_PANEL));
	layout->axis.from = NPS_CHART_MARGIN + layout->labels_room + BESIDE_PANEL;
	layout->axis.to = layout->axis.from + layout->width - others;
	layout->scores_end = layout->axis.to + BESIDE_PANEL + scores_width;
	layout->counts_end = layout->width - NPS_CHART_MARGIN;
}

/* --- down ---------------------------------------------------------------- */

static void
place_down(Layout *layout, const NpsChart *chart, double below_legend)
{
	layout->top = below_legend + PANEL_BELOW_LEGEND;
	layout->pitch = fmax(NARROWEST_ROW, (NPS_SLIDE_HEIGHT - NPS_CHART_MARGIN - layout->top) / chart->length);
	layout->bottom = layout->top + layout->pitch * chart->length;
	layout->height = ceil(layout->bottom + NPS_CHART_MARGIN);
}

/* --- the legend ----------------------------------------------------------- */

static void
draw_score_mark(StringInfo svg, double x, double y)
{
	svg_line(svg, "nps-mark", x, y, x + NPS_LEGEND_MARK - 6, y, NPS_BLUE, WHISKER_WIDTH);
	nps_draw_point(svg, x + NPS_LEGEND_MARK / 2.0 - 3, y, 5, false);
}

/* The baseline of its last line. */
static double
draw_legend(StringInfo svg, const NpsChart *chart, const NpsReference *reference, double width, double baseline)
{
	NpsLegend	legend = nps_legend(svg, NPS_CHART_MARGIN, width - NPS_CHART_MARGIN, baseline);

	nps_add_to_legend(&legend, draw_score_mark, nps_interval_words(chart));
	nps_explain_reference(&legend, reference);
	if (nps_has_hollow_points(chart))
		nps_explain_few_responses(&legend);
	return legend.baseline;
}

/* --- rows ------------------------------------------------------------------ */

/* What the figures at the right are, on a line with those of the axis. */
static void
draw_heads(StringInfo svg, const Layout *layout)
{
	svg_text(svg, &head_font, layout->scores_end, layout->top - 8, "NPS");
	svg_text(svg, &head_font, layout->counts_end, layout->top - 8, "n");
}

static void
draw_score(StringInfo svg, const Layout *layout, const NpsChartRow *row, double y)
{
	if (row->has_interval)
		svg_line(svg, "nps-whisker", nps_axis_at(&layout->axis, row->ci_lower), y,
				 nps_axis_at(&layout->axis, row->ci_upper), y, NPS_BLUE, WHISKER_WIDTH);
	nps_draw_point(svg, nps_axis_at(&layout->axis, row->nps), y, RADIUS, nps_has_few_responses(row));
	svg_text(svg, &score_font, layout->scores_end, y + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE, svg_figure(row->nps, 1));
}

/* A segment with its words, which browsers show where the pointer rests on it. */
static void
draw_segment(StringInfo svg, const Layout *layout, const NpsChartRow *row, double y, const char *words)
{
	CHECK_FOR_INTERRUPTS();
	appendStringInfo(svg, "<g class=\"nps-segment\"><title>%s</title>\n", words);
	svg_sensitive_rect(svg, 0, y - layout->pitch / 2, layout->width, layout->pitch);
	svg_text(svg, &label_font, NPS_CHART_MARGIN, y + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE,
			 svg_shortened(&label_font, row->label, layout->labels_room));
	if (row->has_score)
		draw_score(svg, layout, row, y);
	svg_text(svg, &count_font, layout->counts_end, y + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE, nps_count_words(row));
	appendStringInfoString(svg, "</g>\n");
}

/* --- the whole ------------------------------------------------------------- */

text *
nps_draw_ranking_chart(const NpsChart *chart)
{
	NpsReference reference = nps_target_or_total(chart);
	Layout		layout = {.axis = nps_axis(chart, reference.points)};
	char	  **words = nps_words_of_rows(chart);
	StringInfoData body;
	double		baseline;
	double		x;
	int			i;

	place_across(&layout, chart);
	initStringInfo(&body);
	baseline = nps_draw_title(&body, chart, layout.width) + LEGEND_BELOW_TITLE;
	place_down(&layout, chart, draw_legend(&body, chart, &reference, layout.width, baseline));
	draw_heads(&body, &layout);
	nps_draw_upright_grid(&body, &layout.axis, layout.top, layout.bottom);
	x = nps_axis_at(&layout.axis, reference.points);
	nps_draw_reference(&body, &reference, x, layout.top, x, layout.bottom);
	for (i = 0; i < chart->length; i++)
		draw_segment(&body, &layout, &chart->rows[i], layout.top + (i + 0.5) * layout.pitch, words[i]);
	return nps_framed(chart, nps_description(chart, &reference, words), &body, layout.width, layout.height);
}
