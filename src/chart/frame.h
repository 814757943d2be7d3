/*
 * What every chart has around it: the SVG, its title, its description.
 */
#ifndef NPS_FRAME_H
#define NPS_FRAME_H

#include "chart/rows.h"

#include "lib/stringinfo.h"

/* In px. The usual size is that of a slide, 16:9; text has half its size on a telephone. */
#define NPS_CHART_WIDTH 640
#define NPS_SLIDE_HEIGHT 360
#define NPS_CHART_MARGIN 18

extern double nps_draw_title(StringInfo body, const NpsChart *chart, double width);
extern text *nps_framed(const NpsChart *chart, const StringInfoData *description, const StringInfoData *body, double width, double height);

#endif
