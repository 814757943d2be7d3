/*
 * What the marks of a chart mean: items on one or more lines.
 */
#include "chart/legend.h"

#include "chart/marks.h"
#include "chart/rows.h"
#include "chart/svg.h"

#define BETWEEN_ITEMS 18
#define POINT_RADIUS 5

static const SvgFont font = {"nps-legend", 18, false, SVG_START, NPS_QUIET_INK};

/* An empty one, of which nothing is right of that. */
NpsLegend
nps_legend(StringInfo svg, double left, double right, double baseline)
{
	NpsLegend	legend = {svg, left, right, left, baseline};

	return legend;
}

/* Words are ASCII and escaped; references of characters are measured as if they were spelled out. */
void
nps_add_to_legend(NpsLegend *legend, NpsLegendMark mark, const char *words)
{
	double		width = NPS_LEGEND_MARK + svg_text_width(&font, words);

	if (legend->x > legend->left && legend->x + width > legend->right)
	{
		legend->x = legend->left;
		legend->baseline += NPS_LEGEND_LINE;
	}
	mark(legend->svg, legend->x, legend->baseline - SVG_MIDDLE_TO_BASELINE * font.size);
	svg_text(legend->svg, &font, legend->x + NPS_LEGEND_MARK, legend->baseline, words);
	legend->x += width + BETWEEN_ITEMS;
}

static void
draw_hollow_point(StringInfo svg, double x, double y)
{
	nps_draw_point(svg, x + NPS_LEGEND_MARK / 2.0 - 2, y, POINT_RADIUS, true);
}

/* What a hollow point says. */
void
nps_explain_few_responses(NpsLegend *legend)
{
	nps_add_to_legend(legend, draw_hollow_point, psprintf("below %d responses", NPS_FEW_RESPONSES));
}
