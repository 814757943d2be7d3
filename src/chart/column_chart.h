#ifndef NPS_COLUMN_CHART_H
#define NPS_COLUMN_CHART_H

#include "chart/rows.h"

extern text *nps_draw_column_chart(const NpsChart *chart);

#endif
