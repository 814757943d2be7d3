/*
 * Figures for people: rounded, as text.
 */
#ifndef NPS_FIGURE_H
#define NPS_FIGURE_H

#include "nps.h"

extern double nps_finite_figure(Datum figure, const char *type);
extern Datum nps_rounded_figure(Datum figure, int32 digits, const char *type);
extern char *nps_figure_text(double figure, int32 digits);

#endif
