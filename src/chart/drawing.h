/*
 * A chart as SVG.
 */
#ifndef NPS_DRAWING_H
#define NPS_DRAWING_H

#include "chart/chart.h"

#include "lib/stringinfo.h"

extern void nps_draw_chart(StringInfo svg, const NpsChart *chart);

#endif
