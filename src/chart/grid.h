/*
 * The axis of scores, drawn.
 */
#ifndef NPS_GRID_H
#define NPS_GRID_H

#include "chart/axis.h"

#include "lib/stringinfo.h"

/* Gridlines run from one side of the panel to the other. */
extern double nps_axis_figures_width(const NpsAxis *axis);
extern void nps_draw_level_grid(StringInfo svg, const NpsAxis *axis, double left, double right);
extern void nps_draw_upright_grid(StringInfo svg, const NpsAxis *axis, double top, double bottom);

#endif
