/*
 * The axis of scores, drawn: gridlines with their figures, the line of 0, and a
 * break where the axis has one.
 */
#include "chart/grid.h"

#include <math.h>

#include "chart/svg.h"
#include "results/figure.h"

#define GRIDLINE_WIDTH 1
#define ZERO_LINE_WIDTH 1.5
#define BESIDE 8				/* from a gridline to its figure */
#define BETWEEN_FIGURES 6
#define TOOTH 8					/* of the zigzag that a break is */

static const SvgFont beside_font = {"nps-tick", 18, false, SVG_END, NPS_QUIET_INK};
static const SvgFont above_font = {"nps-tick", 18, false, SVG_MIDDLE, NPS_QUIET_INK};

/* --- ticks --------------------------------------------------------------- */

static double
widest_figure(const NpsAxis *axis, const SvgFont *font)
{
	return fmax(svg_text_width(font, nps_figure_text(axis->low, 0)), svg_text_width(font, nps_figure_text(axis->high, 0)));
}

static const char *
class_of(int points)
{
	return points == 0 ? "nps-zero" : "nps-grid";
}

static NpsColour
colour_of(int points)
{
	return points == 0 ? NPS_ZERO_LINE : NPS_GRID;
}

static double
width_of(int points)
{
	return points == 0 ? ZERO_LINE_WIDTH : GRIDLINE_WIDTH;
}

static void
draw_level_tick(StringInfo svg, const NpsAxis *axis, int points, double left, double right)
{
	double		y = nps_axis_at(axis, points);

	svg_line(svg, class_of(points), left, y, right, y, colour_of(points), width_of(points));
	svg_text(svg, &beside_font, left - BESIDE, y + SVG_MIDDLE_TO_BASELINE * beside_font.size, svg_figure(points, 0));
}

/* So many steps one has a figure, beginning where the axis is nearest to 0; so far they have to be apart. */
static bool
has_figure_above(const NpsAxis *axis, int points)
{
	int			nearest = Max(axis->low, Min(axis->high, 0));
	double		pitch = fabs(nps_axis_at(axis, axis->low + axis->step) - nps_axis_at(axis, axis->low));
	int			every = (int) ceil((widest_figure(axis, &above_font) + BETWEEN_FIGURES) / pitch);

	return points == 0 || (points - nearest) / axis->step % every == 0;
}

static void
draw_upright_tick(StringInfo svg, const NpsAxis *axis, int points, double top, double bottom)
{
	double		x = nps_axis_at(axis, points);

	svg_line(svg, class_of(points), x, top, x, bottom, colour_of(points), width_of(points));
	if (has_figure_above(axis, points))
		svg_text(svg, &above_font, x, top - BESIDE, svg_figure(points, 0));
}

/* Gridlines are the multiples of the step, and always 0. */
static void
draw_ticks(StringInfo svg, const NpsAxis *axis, void (*draw) (StringInfo, const NpsAxis *, int, double, double), double begin, double end)
{
	int			points;

	for (points = axis->low; points <= axis->high; points += axis->step)
		draw(svg, axis, points, begin, end);
	if (nps_axis_is_broken(axis))
		draw(svg, axis, 0, begin, end);
}

/* --- the break ----------------------------------------------------------- */

/* Where a break is: in the middle between 0 and the next that the axis shows. */
static double
middle_of_break(const NpsAxis *axis)
{
	return (nps_axis_at(axis, 0) + nps_axis_at(axis, axis->low > 0 ? axis->low : axis->high)) / 2;
}

/* A zigzag along one line, of whole teeth. */
static void
draw_zigzag(StringInfo svg, double x, double y, double length, const char *there, const char *back)
{
	int			teeth = (int) (length / (2 * TOOTH));
	int			i;

	appendStringInfo(svg, "<path class=\"nps-break\" d=\"M%s %s", svg_px(x), svg_px(y));
	for (i = 0; i < teeth; i++)
		appendStringInfo(svg, "%s%s", there, back);
	appendStringInfo(svg, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>\n", nps_colour(NPS_ZERO_LINE), GRIDLINE_WIDTH);
}

/* --- both directions ------------------------------------------------------ */

/* How wide the figures beside a level axis are, with the room between. */
double
nps_axis_figures_width(const NpsAxis *axis)
{
	return BESIDE + widest_figure(axis, &beside_font);
}

/* Gridlines across, figures left of them. */
void
nps_draw_level_grid(StringInfo svg, const NpsAxis *axis, double left, double right)
{
	draw_ticks(svg, axis, draw_level_tick, left, right);
	if (nps_axis_is_broken(axis))
		draw_zigzag(svg, left, middle_of_break(axis), right - left, "l8 -5", "l8 5");
}

/* Gridlines from above to below, figures above them. */
void
nps_draw_upright_grid(StringInfo svg, const NpsAxis *axis, double top, double bottom)
{
	draw_ticks(svg, axis, draw_upright_tick, top, bottom);
	if (nps_axis_is_broken(axis))
		draw_zigzag(svg, middle_of_break(axis), top, bottom - top, "l-5 8", "l5 8");
}
