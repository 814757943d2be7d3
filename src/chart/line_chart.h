#ifndef NPS_LINE_CHART_H
#define NPS_LINE_CHART_H

#include "chart/rows.h"

extern text *nps_draw_line_chart(const NpsChart *chart);

#endif
