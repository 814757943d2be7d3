/*
 * What the marks of a chart mean.
 */
#ifndef NPS_LEGEND_H
#define NPS_LEGEND_H

#include "nps.h"

#include "lib/stringinfo.h"

/* Where the next item begins; one that has no room begins the next line. */
typedef struct NpsLegend
{
	StringInfo	svg;
	double		left;
	double		right;
	double		x;
	double		baseline;
} NpsLegend;

/* Draws a mark into the room for one, from x on, around the height y. */
typedef void (*NpsLegendMark) (StringInfo svg, double x, double y);

#define NPS_LEGEND_MARK 28
#define NPS_LEGEND_LINE 26

extern NpsLegend nps_legend(StringInfo svg, double left, double right, double baseline);
extern void nps_add_to_legend(NpsLegend *legend, NpsLegendMark mark, const char *words);
extern void nps_explain_few_responses(NpsLegend *legend);

#endif
