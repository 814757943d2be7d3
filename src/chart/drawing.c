/*
 * Draws a chart as one SVG that needs nothing else: no style sheet, script or
 * font. Attributes hold numbers and our own words only; what users wrote stands
 * in the content of elements, escaped.
 */
#include "chart/drawing.h"

#include <math.h>

#include "utils/xml.h"

#include "chart/layout.h"
#include "chart/svg.h"

#define FONTS "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

/*
 * Of the palette of Okabe and Ito, which colour-blind people can tell apart,
 * three that differ in lightness, too; their outline stands out from white.
 */
static const char *const colours[NPS_CATEGORIES] = {"#d55e00", "#f0e442", "#56b4e9"};
static const char *const names[NPS_CATEGORIES] = {"Detractors", "Passives", "Promoters"};

#define INK "#222"
#define QUIET_INK "#555"
#define OUTLINE "#444"
#define GRID "#ddd"
#define ZERO_LINE "#666"

#define TITLE_BASELINE 34
#define LEGEND_BASELINE 62
#define LEGEND_ABOVE_SHARES 18
#define LEGEND_GAP 16
#define SWATCH 11
#define POINT_RADIUS 4

/* From the middle of a line of text to its baseline, by its size. */
#define MIDDLE_TO_BASELINE 0.35

/* --- places -------------------------------------------------------------- */

/* The height of a score, between -100 and 100. */
static double
score_y(const NpsChartLayout *layout, double points)
{
	return layout->score_bottom - (points + 100) / 200 * (layout->score_bottom - layout->score_top);
}

/* The height of a share, between 0 and 100 %. */
static double
share_y(const NpsChartLayout *layout, double percent)
{
	return layout->shares_bottom - percent / 100 * (layout->shares_bottom - layout->shares_top);
}

/* --- words --------------------------------------------------------------- */

/* A column in words. */
static void
append_words(StringInfo words, const NpsChartColumn *column)
{
	const NpsEstimate *estimate = &column->estimate;

	appendStringInfo(words, "%s: ", escape_xml(column->label));
	if (!column->has_score)
	{
		appendStringInfoString(words, "no responses");
		return;
	}
	appendStringInfo(words, "%s [%s, %s], n = %s; detractors %s %%, passives %s %%, promoters %s %%",
					 svg_figure(estimate->nps, 1), svg_figure(estimate->ci_lower, 1),
					 svg_figure(estimate->ci_upper, 1), column->count,
					 svg_figure(estimate->detractor_pct, 1), svg_figure(estimate->passive_pct, 1),
					 svg_figure(estimate->promoter_pct, 1));
}

/* The chart in words: what a screen reader reads instead of it. */
static char *
description(const NpsChart *chart)
{
	StringInfoData words;
	int			i;

	initStringInfo(&words);
	appendStringInfoString(&words, "Net Promoter Score from &#8722;100 to 100 with its 95 % interval, "
						   "number of responses n, and shares of detractors, passives and promoters. ");
	for (i = 0; i < chart->length; i++)
	{
		append_words(&words, &chart->columns[i]);
		appendStringInfoString(&words, i + 1 < chart->length ? ". " : ".");
	}
	return words.data;
}

/* Tells the charts of one page apart: the FNV-1a hash of their words, the same on every platform. */
static uint32
hash_of(const char *words)
{
	uint32		hash = 2166136261U;

	for (; *words != '\0'; words++)
		hash = (hash ^ (unsigned char) *words) * 16777619U;
	return hash;
}

/* --- the frame ----------------------------------------------------------- */

static void
open_svg(StringInfo svg, const NpsChart *chart, const NpsChartLayout *layout)
{
	const char *title = escape_xml(chart->title);
	const char *words = description(chart);
	uint32		id = hash_of(title) ^ hash_of(words);
	const char *width = svg_px(layout->width);
	const char *height = svg_px(layout->height);

	appendStringInfo(svg,
					 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" "
					 "aria-labelledby=\"nps-%08x-title nps-%08x-desc\" font-family=\"" FONTS "\" fill=\"" INK "\">\n"
					 "<title id=\"nps-%08x-title\">%s</title>\n<desc id=\"nps-%08x-desc\">%s</desc>\n"
					 "<rect width=\"%s\" height=\"%s\" fill=\"#fff\"/>\n",
					 width, height, width, height, id, id, id, title, id, words, width, height);
}

/* The title, as much of it as is not wider than the panels. */
static void
draw_title(StringInfo svg, const NpsChart *chart, const NpsChartLayout *layout)
{
	double		room = (layout->right - layout->left) / SVG_BOLD;

	appendStringInfo(svg, "<text class=\"nps-title\" x=\"%s\" y=\"%d\" font-size=\"%d\" font-weight=\"700\">%s</text>\n",
					 svg_px(layout->left), TITLE_BASELINE, CHART_TITLE_SIZE,
					 svg_shortened(chart->title, CHART_TITLE_SIZE, room));
}

static void
draw_gridline(StringInfo svg, const NpsChartLayout *layout, double y, bool is_zero, const char *figure)
{
	appendStringInfo(svg, "<path class=\"nps-grid\" d=\"M%s %sH%s\" stroke=\"%s\"%s shape-rendering=\"crispEdges\"/>"
					 "<text x=\"%s\" y=\"%s\">%s</text>\n",
					 svg_px(layout->left), svg_px(y), svg_px(layout->right),
					 is_zero ? ZERO_LINE : GRID, is_zero ? " stroke-width=\"1.5\"" : "",
					 svg_px(layout->left - 8), svg_px(y + MIDDLE_TO_BASELINE * CHART_FIGURE_SIZE), figure);
}

/* Both axes, with their gridlines behind everything else. */
static void
draw_axes(StringInfo svg, const NpsChartLayout *layout)
{
	int			i;

	appendStringInfo(svg, "<g text-anchor=\"end\" font-size=\"%d\" fill=\"" QUIET_INK "\">\n", CHART_FIGURE_SIZE);
	for (i = -100; i <= 100; i += 50)
		draw_gridline(svg, layout, score_y(layout, i), i == 0, svg_figure(i, 0));
	for (i = 0; i <= 100; i += 50)
		draw_gridline(svg, layout, share_y(layout, i), false, psprintf("%d %%", i));
	appendStringInfo(svg, "<text x=\"%s\" y=\"%s\">n</text>\n</g>\n", svg_px(layout->left - 8),
					 svg_px(layout->counts_top + CHART_FIGURE_SIZE));
}

/* --- legends ------------------------------------------------------------- */

/* What the points and whiskers are. */
static void
draw_score_legend(StringInfo svg, const NpsChartLayout *layout)
{
	double		x = layout->left + 5;
	double		y = LEGEND_BASELINE - MIDDLE_TO_BASELINE * CHART_LABEL_SIZE;

	appendStringInfo(svg, "<path d=\"M%s %sv14m-5 0h10m-10 -14h10\" fill=\"none\" stroke=\"" INK "\" stroke-width=\"1.5\"/>"
					 "<circle cx=\"%s\" cy=\"%s\" r=\"%d\"/>"
					 "<text x=\"%s\" y=\"%d\" font-size=\"%d\">Net Promoter Score, with its 95 %% interval</text>\n",
					 svg_px(x), svg_px(y - 7), svg_px(x), svg_px(y), POINT_RADIUS,
					 svg_px(x + 13), LEGEND_BASELINE, CHART_LABEL_SIZE);
}

/* What the parts of the bars are, from below. */
static void
draw_share_legend(StringInfo svg, const NpsChartLayout *layout)
{
	double		baseline = layout->shares_top - LEGEND_ABOVE_SHARES;
	double		x = layout->left;
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		appendStringInfo(svg, "<rect x=\"%s\" y=\"%s\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"" OUTLINE "\" stroke-width=\"0.7\"/>"
						 "<text x=\"%s\" y=\"%s\" font-size=\"%d\">%s</text>\n",
						 svg_px(x), svg_px(baseline - SWATCH + 1), SWATCH, SWATCH, colours[i],
						 svg_px(x + SWATCH + 6), svg_px(baseline), CHART_LABEL_SIZE, names[i]);
		x += SWATCH + 6 + svg_text_width(names[i], CHART_LABEL_SIZE) + LEGEND_GAP;
	}
	appendStringInfo(svg, "<text x=\"%s\" y=\"%s\" font-size=\"%d\" fill=\"" QUIET_INK "\">in %% of responses</text>\n",
					 svg_px(x), svg_px(baseline), CHART_LABEL_SIZE);
}

/* --- columns ------------------------------------------------------------- */

/* The score as a point, its interval as a whisker, and above that the figure. */
static void
draw_score(StringInfo svg, const NpsChartLayout *layout, const NpsChartColumn *column, double x)
{
	double		upper = score_y(layout, column->estimate.ci_upper);
	double		lower = score_y(layout, column->estimate.ci_lower);
	double		point = score_y(layout, column->estimate.nps);
	double		cap = fmin(5, layout->pitch / 5);

	appendStringInfo(svg, "<path class=\"nps-whisker\" d=\"M%s %sH%sM%s %sV%sM%s %sH%s\" fill=\"none\" stroke=\"" INK "\" stroke-width=\"1.5\"/>"
					 "<circle class=\"nps-point\" cx=\"%s\" cy=\"%s\" r=\"%d\"/>\n",
					 svg_px(x - cap), svg_px(upper), svg_px(x + cap), svg_px(x), svg_px(upper), svg_px(lower),
					 svg_px(x - cap), svg_px(lower), svg_px(x + cap),
					 svg_px(x), svg_px(point), POINT_RADIUS);
	if (layout->shows_scores)
		appendStringInfo(svg, "<text class=\"nps-score\" x=\"%s\" y=\"%s\" font-weight=\"600\" stroke=\"#fff\" stroke-width=\"3\" "
						 "stroke-linejoin=\"round\" paint-order=\"stroke\">%s</text>\n",
						 svg_px(x), svg_px(fmin(upper, point - POINT_RADIUS) - 5), svg_figure(column->estimate.nps, 1));
}

/* One part of the bar, from some percentage on, with its own where that has room. */
static void
draw_share(StringInfo svg, const NpsChartLayout *layout, NpsCategory category, double x, double from, double share)
{
	double		width = nps_chart_bar_width(layout);
	double		bottom = share_y(layout, from);
	double		top = share_y(layout, from + share);

	appendStringInfo(svg, "<rect class=\"nps-share\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" stroke=\"" OUTLINE "\" stroke-width=\"0.7\"/>",
					 svg_px(x - width / 2), svg_px(top), svg_px(width), svg_px(bottom - top), colours[category]);
	if (layout->shows_shares && bottom - top > CHART_FIGURE_SIZE + 4)
		appendStringInfo(svg, "<text x=\"%s\" y=\"%s\">%s</text>", svg_px(x),
						 svg_px((top + bottom) / 2 + MIDDLE_TO_BASELINE * CHART_FIGURE_SIZE), svg_figure(share, 0));
	appendStringInfoChar(svg, '\n');
}

/* The bar from below: detractors, passives, promoters; an empty part is not drawn. */
static void
draw_shares(StringInfo svg, const NpsChartLayout *layout, const NpsChartColumn *column, double x)
{
	const double shares[NPS_CATEGORIES] = {column->estimate.detractor_pct, column->estimate.passive_pct, column->estimate.promoter_pct};
	double		end = 0;
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		if (shares[i] > 0)
			draw_share(svg, layout, i, x, end, shares[i]);
		end += shares[i];
	}
}

static void
draw_count(StringInfo svg, const NpsChartLayout *layout, const NpsChartColumn *column, double x)
{
	const char *at_x = svg_px(layout->turned_counts ? x + MIDDLE_TO_BASELINE * CHART_FIGURE_SIZE : x);
	const char *at_y = svg_px(layout->turned_counts ? layout->counts_top : layout->counts_top + CHART_FIGURE_SIZE);

	appendStringInfo(svg, "<text class=\"nps-count\" x=\"%s\" y=\"%s\" fill=\"" QUIET_INK "\"", at_x, at_y);
	if (layout->turned_counts)
		appendStringInfo(svg, " text-anchor=\"end\" transform=\"rotate(-90 %s %s)\"", at_x, at_y);
	appendStringInfo(svg, ">%s</text>\n", column->count);
}

static void
draw_label(StringInfo svg, const NpsChartLayout *layout, const NpsChartColumn *column, double x)
{
	const char *at_x = svg_px(layout->turned_labels ? x + CHART_LABEL_SIZE / 2.0 : x);
	const char *at_y = svg_px(layout->labels_top + CHART_LABEL_SIZE);

	appendStringInfo(svg, "<text class=\"nps-label\" x=\"%s\" y=\"%s\" font-size=\"%d\"", at_x, at_y, CHART_LABEL_SIZE);
	if (layout->turned_labels)
		appendStringInfo(svg, " text-anchor=\"end\" transform=\"rotate(-45 %s %s)\"", at_x, at_y);
	appendStringInfo(svg, ">%s</text>\n", svg_shortened(column->label, CHART_LABEL_SIZE, layout->label_room));
}

/* A column with its words, which browsers show where a pointer rests on any part of it. */
static void
draw_column(StringInfo svg, const NpsChartLayout *layout, const NpsChartColumn *column, double x)
{
	appendStringInfoString(svg, "<g class=\"nps-column\"><title>");
	append_words(svg, column);
	appendStringInfo(svg, "</title>\n<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" pointer-events=\"all\"/>\n",
					 svg_px(x - layout->pitch / 2), svg_px(layout->score_top), svg_px(layout->pitch),
					 svg_px(layout->labels_top - layout->score_top));
	if (column->has_score)
	{
		draw_score(svg, layout, column, x);
		draw_shares(svg, layout, column, x);
	}
	draw_count(svg, layout, column, x);
	draw_label(svg, layout, column, x);
	appendStringInfoString(svg, "</g>\n");
}

/* --- the whole ----------------------------------------------------------- */

void
nps_draw_chart(StringInfo svg, const NpsChart *chart)
{
	NpsChartLayout layout = nps_chart_layout(chart);
	int			i;

	open_svg(svg, chart, &layout);
	draw_title(svg, chart, &layout);
	draw_score_legend(svg, &layout);
	draw_share_legend(svg, &layout);
	draw_axes(svg, &layout);
	appendStringInfo(svg, "<g text-anchor=\"middle\" font-size=\"%d\">\n", CHART_FIGURE_SIZE);
	for (i = 0; i < chart->length; i++)
		draw_column(svg, &layout, &chart->columns[i], nps_chart_x(&layout, i));
	appendStringInfoString(svg, "</g>\n</svg>");
}
