/*
 * Periods: connected scores in the band of their intervals, on a slide. A period
 * without a score is a gap. A change against the period before that is
 * significant has a stronger line and, below, its points; the last score is
 * written large at the end of the line.
 */
#include "chart/line_chart.h"

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
#include "math/difference.h"
#include "results/arguments.h"
#include "results/figure.h"

#define TEXT_SIZE 18
#define LAST_SIZE 34
#define LINE_HEIGHT 24
#define LAST_LINE_HEIGHT 27
#define TEXT_BELOW_PANEL 28
#define LEGEND_BELOW_TITLE 32
#define PANEL_BELOW_LEGEND 32

#define BEFORE_FIRST 16			/* from the axis to the first point, or to its figure's middle */
#define BESIDE_POINT 5			/* from a point to its figure */
#define AFTER_LAST 14			/* from the last point to its figure */
#define BETWEEN_LABELS 14
#define WIDEST_LABEL 150
#define WIDEST_RADIUS 5
#define NARROWEST_RADIUS 2.5	/* smaller points are not drawn */
#define RADIUS_OF_PITCH 0.35
#define LINE_WIDTH 2.5
#define LINE_WIDTH_OF_PITCH 0.6
#define CHANGED_LINE 1.8		/* so much wider is the line of a change */
#define WHISKER_WIDTH 2
#define TRIANGLE 16				/* with the room to its figure */
#define BETWEEN_CHANGES 3

static const SvgFont score_font = {"nps-score", TEXT_SIZE, false, SVG_MIDDLE, NPS_INK};
static const SvgFont last_font = {"nps-last", LAST_SIZE, true, SVG_START, NPS_BLUE};
static const SvgFont last_count_font = {"nps-count", TEXT_SIZE, false, SVG_START, NPS_QUIET_INK};
static const SvgFont label_font = {"nps-label", TEXT_SIZE, false, SVG_MIDDLE, NPS_INK};
static const SvgFont rise_font = {"nps-change-figure", TEXT_SIZE, true, SVG_START, NPS_BLUE};
static const SvgFont fall_font = {"nps-change-figure", TEXT_SIZE, true, SVG_START, NPS_FALL};

/* How changes are written below the panel: alike, as much as has room for all. */
typedef enum ChangeMarks
{
	FIGURES,
	TRIANGLES,
	NOTHING
} ChangeMarks;

/* What is drawn, and where; in px from the upper left corner. */
typedef struct Layout
{
	const NpsChart *chart;
	double	   *changes;		/* by period, in points; NaN where it is not significant */
	bool		has_changes;
	int			last;			/* the last period with a score; negative: none */
	NpsAxis		axis;
	double		target;			/* in points; NaN: none */
	double		left;			/* of the panel */
	double		right;
	double		first_x;
	double		pitch;			/* from period to period */
	double		radius;
	double		line_width;
	int			score_digits;	/* negative: no figures */
	ChangeMarks change_marks;
	int			label_every;	/* so many periods one is labelled, the last one among them */
	double		changes_baseline;
	double		labels_baseline;
} Layout;

/* --- changes ------------------------------------------------------------- */

/* The change of a period against the one before, NaN unless significant. */
static double
change_of(const NpsChartRow *before, const NpsChartRow *row)
{
	NpsPair		pair;
	NpsTest		test;

	if (!before->has_score || !row->has_score)
		return NAN;
	pair = nps_pair_from_groups(&row->groups, &before->groups);
	test = nps_test_pair(&pair, NPS_DEFAULT_CONFIDENCE, &nps_difference_methods[0]);
	return test.significant ? test.difference : NAN;
}

/* Of summaries; results do not say how they are to be compared. */
static void
find_changes(Layout *layout)
{
	const NpsChart *chart = layout->chart;
	int			i;

	layout->changes = palloc(chart->length * sizeof(double));
	layout->changes[0] = NAN;
	for (i = 1; i < chart->length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		layout->changes[i] = chart->of_summaries ? change_of(&chart->rows[i - 1], &chart->rows[i]) : NAN;
		layout->has_changes |= !isnan(layout->changes[i]);
	}
}

/* The words of the rows say it, too. */
static void
describe_changes(const Layout *layout, char **words)
{
	int			i;

	for (i = 0; i < layout->chart->length; i++)
	{
		if (!isnan(layout->changes[i]))
			words[i] = psprintf("%s; significant change by %s", words[i], svg_figure(layout->changes[i], 1));
	}
}

/* --- layout -------------------------------------------------------------- */

static int
last_with_score(const NpsChart *chart)
{
	int			last = chart->length - 1;

	while (last >= 0 && !chart->rows[last].has_score)
		last--;
	return last;
}

static char *
last_count(const NpsChartRow *row)
{
	return psprintf("n = %s", nps_count_words(row));
}

/* What the last score takes at the right. */
static double
last_width(const Layout *layout)
{
	const NpsChartRow *row = &layout->chart->rows[layout->last];

	if (layout->last < 0)
		return 0;
	return AFTER_LAST + fmax(svg_text_width(&last_font, nps_figure_text(row->nps, 1)),
							 svg_text_width(&last_count_font, last_count(row)));
}

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
widest_label(const NpsChart *chart)
{
	double		widest = 0;
	int			i;

	for (i = 0; i < chart->length; i++)
		widest = fmax(widest, svg_text_width(&label_font, chart->rows[i].label));
	return fmin(widest, WIDEST_LABEL);
}

/* Places the periods, the first figure right of the axis; false where figures of that width have no room. */
static bool
place_periods(Layout *layout, double figure_width)
{
	double		before = fmax(BEFORE_FIRST, figure_width / 2 + 4);
	int			length = layout->chart->length;

	layout->first_x = length == 1 ? (layout->left + layout->right) / 2 : layout->left + before;
	layout->pitch = (layout->right - layout->left - before) / Max(length - 1, 1);
	return figure_width + BETWEEN_LABELS / 2.0 <= layout->pitch;
}

/* The figures of the scores have a digit after the point, or none, or are left out. */
static void
place_across(Layout *layout)
{
	const NpsChart *chart = layout->chart;

	layout->left = NPS_CHART_MARGIN + nps_axis_figures_width(&layout->axis);
	layout->right = NPS_CHART_WIDTH - NPS_CHART_MARGIN - (chart->length == 1 ? 0 : last_width(layout));
	for (layout->score_digits = 1; layout->score_digits >= 0; layout->score_digits--)
	{
		if (place_periods(layout, widest_score(chart, layout->score_digits)))
			break;
	}
	if (layout->score_digits < 0)
		place_periods(layout, 0);
	layout->radius = fmin(WIDEST_RADIUS, RADIUS_OF_PITCH * layout->pitch);
	layout->line_width = fmin(LINE_WIDTH, fmax(1, LINE_WIDTH_OF_PITCH * layout->pitch));
	layout->label_every = (int) ceil((widest_label(chart) + BETWEEN_LABELS) / layout->pitch);
}

static void
place_down(Layout *layout, double below_legend)
{
	layout->labels_baseline = NPS_SLIDE_HEIGHT - NPS_CHART_MARGIN;
	layout->changes_baseline = layout->labels_baseline - LINE_HEIGHT;
	layout->axis.to = below_legend + PANEL_BELOW_LEGEND;
	layout->axis.from = (layout->change_marks == NOTHING ? layout->labels_baseline : layout->changes_baseline) - TEXT_BELOW_PANEL;
}

static double
period_x(const Layout *layout, int period)
{
	return layout->first_x + period * layout->pitch;
}

static double
score_y(const Layout *layout, int period)
{
	return nps_axis_at(&layout->axis, layout->chart->rows[period].nps);
}

static bool
has_score(const Layout *layout, int period)
{
	return period >= 0 && period < layout->chart->length && layout->chart->rows[period].has_score;
}

static bool
has_interval(const Layout *layout, int period)
{
	return period >= 0 && period < layout->chart->length && layout->chart->rows[period].has_interval;
}

/* Is the period one that no line leads to or from? */
static bool
is_alone(const Layout *layout, int period)
{
	return !has_score(layout, period - 1) && !has_score(layout, period + 1);
}

/* Points too small to see are left out, but for the last one and those that have no line. */
static bool
has_point(const Layout *layout, int period)
{
	return layout->radius >= NARROWEST_RADIUS || period == layout->last || is_alone(layout, period);
}

/* --- changes in figures ---------------------------------------------------- */

/* The points of a change, without the sign, which the triangle has. */
static char *
change_figure(double change)
{
	return nps_figure_text(fabs(change), fabs(change) < 10 ? 1 : 0);
}

static const SvgFont *
change_font(double change)
{
	return change > 0 ? &rise_font : &fall_font;
}

/* How wide a change is when it is written so. */
static double
change_width(double change, ChangeMarks marks)
{
	return TRIANGLE + (marks == FIGURES ? svg_text_width(change_font(change), change_figure(change)) : 0);
}

/* Do changes that are written so leave each other room? */
static bool
changes_have_room(const Layout *layout, ChangeMarks marks)
{
	double		free_from = 0;
	int			i;

	for (i = 0; i < layout->chart->length; i++)
	{
		double		half;

		if (isnan(layout->changes[i]))
			continue;
		half = change_width(layout->changes[i], marks) / 2;
		if (period_x(layout, i) - half < free_from)
			return false;
		free_from = period_x(layout, i) + half + BETWEEN_CHANGES;
	}
	return true;
}

static void
choose_change_marks(Layout *layout)
{
	layout->change_marks = layout->has_changes ? FIGURES : NOTHING;
	while (layout->change_marks != NOTHING && !changes_have_room(layout, layout->change_marks))
		layout->change_marks++;
}

/* A change below its period. */
static void
draw_change(StringInfo svg, const Layout *layout, int period)
{
	double		change = layout->changes[period];
	double		begin = period_x(layout, period) - change_width(change, layout->change_marks) / 2;

	nps_draw_triangle(svg, begin + TRIANGLE / 2.0 - 2, layout->changes_baseline - SVG_MIDDLE_TO_BASELINE * TEXT_SIZE, change > 0);
	if (layout->change_marks == FIGURES)
		svg_text(svg, change_font(change), begin + TRIANGLE, layout->changes_baseline, change_figure(change));
}

/* --- the legend ----------------------------------------------------------- */

static void
draw_line_mark(StringInfo svg, double x, double y)
{
	svg_rect(svg, "nps-mark", x, y - 8, NPS_LEGEND_MARK - 6, 16, NPS_INTERVAL);
	svg_line(svg, "nps-mark", x, y, x + NPS_LEGEND_MARK - 6, y, NPS_BLUE, LINE_WIDTH);
}

static void
draw_change_mark(StringInfo svg, double x, double y)
{
	svg_line(svg, "nps-mark", x, y + 7, x + 11, y - 7, NPS_BLUE, CHANGED_LINE * LINE_WIDTH);
	svg_line(svg, "nps-mark", x + 11, y - 7, x + 22, y + 7, NPS_FALL, CHANGED_LINE * LINE_WIDTH);
}

/* The baseline of its last line. */
static double
draw_legend(StringInfo svg, const Layout *layout, const NpsReference *reference, double baseline)
{
	NpsLegend	legend = nps_legend(svg, NPS_CHART_MARGIN, NPS_CHART_WIDTH - NPS_CHART_MARGIN, baseline);

	nps_add_to_legend(&legend, draw_line_mark, nps_interval_words(layout->chart));
	nps_explain_reference(&legend, reference);
	if (layout->radius >= NARROWEST_RADIUS && nps_has_hollow_points(layout->chart))
		nps_explain_few_responses(&legend);
	if (layout->has_changes)
		nps_add_to_legend(&legend, draw_change_mark, "significant change");
	return legend.baseline;
}

/* --- the band and the line ------------------------------------------------ */

/* The end of the run that begins with a period: the first that is not part of it. */
static int
end_of_run(const Layout *layout, int period, bool (*belongs) (const Layout *, int))
{
	while (belongs(layout, period))
		period++;
	return period;
}

static void
append_place(StringInfo svg, const char *command, double x, double y)
{
	appendStringInfo(svg, "%s%s %s", command, svg_px(x), svg_px(y));
}

/* The band of a run of periods; of one alone, a whisker. */
static void
draw_band(StringInfo svg, const Layout *layout, int first, int end)
{
	const NpsChartRow *rows = layout->chart->rows;
	int			i;

	if (end - first == 1)
	{
		svg_line(svg, "nps-whisker", period_x(layout, first), nps_axis_at(&layout->axis, rows[first].ci_upper),
				 period_x(layout, first), nps_axis_at(&layout->axis, rows[first].ci_lower), NPS_BLUE, WHISKER_WIDTH);
		return;
	}
	appendStringInfoString(svg, "<path class=\"nps-band\" d=\"");
	for (i = first; i < end; i++)
		append_place(svg, i == first ? "M" : "L", period_x(layout, i), nps_axis_at(&layout->axis, rows[i].ci_upper));
	for (i = end - 1; i >= first; i--)
		append_place(svg, "L", period_x(layout, i), nps_axis_at(&layout->axis, rows[i].ci_lower));
	appendStringInfo(svg, "z\" fill=\"%s\"/>\n", nps_colour(NPS_INTERVAL));
}

static void
draw_bands(StringInfo svg, const Layout *layout)
{
	int			end;
	int			i;

	for (i = 0; i < layout->chart->length; i = end + 1)
	{
		end = end_of_run(layout, i, has_interval);
		if (end > i)
			draw_band(svg, layout, i, end);
	}
}

/* All of its parts, if there are any. */
static void
draw_lines(StringInfo svg, const Layout *layout)
{
	StringInfoData places;
	int			i;

	initStringInfo(&places);
	for (i = 0; i < layout->chart->length; i++)
	{
		if (has_score(layout, i) && !is_alone(layout, i))
			append_place(&places, has_score(layout, i - 1) ? "L" : "M", period_x(layout, i), score_y(layout, i));
	}
	if (places.len > 0)
		appendStringInfo(svg, "<path class=\"nps-line\" d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"/>\n",
						 places.data, nps_colour(NPS_BLUE), svg_px(layout->line_width));
}

/* The parts of the line that are significant changes. */
static void
draw_changed_lines(StringInfo svg, const Layout *layout)
{
	int			i;

	for (i = 0; i < layout->chart->length; i++)
	{
		if (!isnan(layout->changes[i]))
			svg_line(svg, "nps-changed-line", period_x(layout, i - 1), score_y(layout, i - 1), period_x(layout, i), score_y(layout, i),
					 layout->changes[i] > 0 ? NPS_BLUE : NPS_FALL, CHANGED_LINE * layout->line_width);
	}
}

/* --- periods --------------------------------------------------------------- */

/* How far the line on both sides rises (or falls, where upwards is -1) beside a figure of that width. */
static double
line_beside(const Layout *layout, int period, double width, int upwards)
{
	double		rise = 0;
	int			side;

	for (side = -1; side <= 1; side += 2)
	{
		if (has_score(layout, period + side))
			rise = fmax(rise, upwards * (score_y(layout, period) - score_y(layout, period + side)) * width / 2 / layout->pitch);
	}
	return rise;
}

/* Does the line of the target go through a figure on that baseline? */
static bool
is_on_target(const Layout *layout, double baseline)
{
	double		y = nps_axis_at(&layout->axis, layout->target);

	return y > baseline - TEXT_SIZE && y < baseline + 2;
}

/*
 * The figure stands above or below the point, where the line is farther away and
 * the target's is not, and within the panel; beside one that has no line but a whisker.
 */
static void
draw_figure(StringInfo svg, const Layout *layout, int period)
{
	double		nps = layout->chart->rows[period].nps;
	double		width = svg_text_width(&score_font, nps_figure_text(nps, layout->score_digits));
	double		line_above = line_beside(layout, period, width, 1);
	double		line_below = line_beside(layout, period, width, -1);
	double		x = period_x(layout, period);
	double		y = score_y(layout, period);
	double		above = y - line_above - WIDEST_RADIUS - BESIDE_POINT;
	double		below = y + line_below + WIDEST_RADIUS + TEXT_SIZE;
	double		baseline;

	line_above += is_on_target(layout, above) ? TEXT_SIZE : 0;
	line_below += is_on_target(layout, below) ? TEXT_SIZE : 0;
	baseline = line_above <= line_below || below > layout->axis.from ? above : below;
	if (is_alone(layout, period))
	{
		x += WIDEST_RADIUS + BESIDE_POINT + width / 2;
		baseline = y + SVG_MIDDLE_TO_BASELINE * TEXT_SIZE;
	}
	svg_text(svg, &score_font, x, baseline, svg_figure(nps, layout->score_digits));
}

/* The last score, large, with the number of its responses. */
static void
draw_last(StringInfo svg, const Layout *layout)
{
	const NpsChartRow *row = &layout->chart->rows[layout->last];
	double		x = period_x(layout, layout->last) + AFTER_LAST;
	double		baseline = score_y(layout, layout->last) + SVG_MIDDLE_TO_BASELINE * LAST_SIZE;

	baseline = fmin(fmax(baseline, layout->axis.to + LAST_SIZE / 2.0), layout->axis.from - LAST_LINE_HEIGHT);
	svg_text(svg, &last_font, x, baseline, svg_figure(row->nps, 1));
	svg_text(svg, &last_count_font, x, baseline + LAST_LINE_HEIGHT, last_count(row));
}

/* The label, not left of the picture. */
static void
draw_label(StringInfo svg, const Layout *layout, int period)
{
	const char *label = layout->chart->rows[period].label;
	double		half = fmin(svg_text_width(&label_font, label), WIDEST_LABEL) / 2;

	svg_text(svg, &label_font, fmin(fmax(period_x(layout, period), half + 4), NPS_CHART_WIDTH - 4 - half), layout->labels_baseline,
			 svg_shortened(&label_font, label, WIDEST_LABEL));
}

/* A period with its words, which browsers show where the pointer rests above or below. */
static void
draw_period(StringInfo svg, const Layout *layout, int period, const char *words)
{
	const NpsChartRow *row = &layout->chart->rows[period];
	double		x = period_x(layout, period);
	double		begin = fmax(x - layout->pitch / 2, 0);

	CHECK_FOR_INTERRUPTS();
	appendStringInfo(svg, "<g class=\"nps-period\"><title>%s</title>\n", words);
	svg_sensitive_rect(svg, begin, layout->axis.to, fmin(x + layout->pitch / 2, NPS_CHART_WIDTH) - begin, layout->axis.from - layout->axis.to);
	if (row->has_score && has_point(layout, period))
		nps_draw_point(svg, x, score_y(layout, period), fmax(layout->radius, NARROWEST_RADIUS), nps_has_few_responses(row));
	if (!isnan(layout->changes[period]) && layout->change_marks != NOTHING)
		draw_change(svg, layout, period);
	if (row->has_score && layout->score_digits >= 0 && period != layout->last)
		draw_figure(svg, layout, period);
	if (period == layout->last)
		draw_last(svg, layout);
	if ((layout->chart->length - 1 - period) % layout->label_every == 0)
		draw_label(svg, layout, period);
	appendStringInfoString(svg, "</g>\n");
}

/* --- the whole ------------------------------------------------------------- */

text *
nps_draw_line_chart(const NpsChart *chart)
{
	NpsReference target = nps_target(chart);
	Layout		layout = {.chart = chart,
		.axis = nps_axis(chart, target.points), .target = target.points, .last = last_with_score(chart)};
	char	  **words = nps_words_of_rows(chart);
	StringInfoData body;
	double		y;
	int			i;

	find_changes(&layout);
	describe_changes(&layout, words);
	place_across(&layout);
	choose_change_marks(&layout);
	initStringInfo(&body);
	y = nps_draw_title(&body, chart, NPS_CHART_WIDTH) + LEGEND_BELOW_TITLE;
	place_down(&layout, draw_legend(&body, &layout, &target, y));
	nps_draw_level_grid(&body, &layout.axis, layout.left, layout.right);
	draw_bands(&body, &layout);
	y = nps_axis_at(&layout.axis, target.points);
	nps_draw_reference(&body, &target, layout.left, y, layout.right, y);
	draw_lines(&body, &layout);
	draw_changed_lines(&body, &layout);
	for (i = 0; i < chart->length; i++)
		draw_period(&body, &layout, i, words[i]);
	return nps_framed(chart, nps_description(chart, &target, words), &body, NPS_CHART_WIDTH, NPS_SLIDE_HEIGHT);
}
