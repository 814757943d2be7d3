/*
 * Marks of scores and changes.
 */
#ifndef NPS_MARKS_H
#define NPS_MARKS_H

#include "nps.h"

#include "lib/stringinfo.h"

extern void nps_draw_point(StringInfo svg, double x, double y, double radius, bool hollow);
extern void nps_draw_triangle(StringInfo svg, double x, double y, bool rise);

#endif
