/*
 * The axis of scores: which part of it a chart shows.
 */
#ifndef NPS_AXIS_H
#define NPS_AXIS_H

#include "chart/rows.h"

typedef struct NpsAxis
{
	double		from;			/* px of its lower end */
	double		to;				/* and of its upper one */
	int			low;			/* points that it shows, multiples of the step; beside them always 0 */
	int			high;
	int			step;			/* from gridline to gridline */
} NpsAxis;

extern NpsAxis nps_axis(const NpsChart *chart, double reference);
extern bool nps_axis_is_broken(const NpsAxis *axis);
extern double nps_axis_at(const NpsAxis *axis, double points);

#endif
