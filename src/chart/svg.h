#ifndef NPS_SVG_H
#define NPS_SVG_H

#include "nps.h"

/* Bold letters are wider than plain ones by up to this. */
#define SVG_BOLD 1.15

extern char *svg_legible(const char *text);
extern double svg_text_width(const char *legible, double size);
extern char *svg_shortened(const char *legible, double size, double width);
extern char *svg_figure(double value, int digits);
extern char *svg_px(double value);

#endif
