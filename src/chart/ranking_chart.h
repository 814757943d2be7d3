#ifndef NPS_RANKING_CHART_H
#define NPS_RANKING_CHART_H

#include "chart/rows.h"

extern text *nps_draw_ranking_chart(const NpsChart *chart);

#endif
