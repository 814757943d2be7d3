/*
 * Marks of scores and changes.
 */
#include "chart/marks.h"

#include "chart/svg.h"

/* A score; hollow where few responses made it. */
void
nps_draw_point(StringInfo svg, double x, double y, double radius, bool hollow)
{
	appendStringInfo(svg, "<circle class=\"nps-point\" cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>\n",
					 svg_px(x), svg_px(y), svg_px(radius), nps_colour(hollow ? NPS_PAPER : NPS_BLUE), nps_colour(NPS_BLUE));
}

/* A change, around the point: upwards or downwards. */
void
nps_draw_triangle(StringInfo svg, double x, double y, bool rise)
{
	appendStringInfo(svg, "<path class=\"nps-change\" d=\"M%s %sh12l-6 %sz\" fill=\"%s\"/>\n",
					 svg_px(x - 6), svg_px(rise ? y + 5 : y - 5), rise ? "-10" : "10", nps_colour(rise ? NPS_BLUE : NPS_FALL));
}
