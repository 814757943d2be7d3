/*
 * The score that the others are seen against: a target, or that of all together.
 */
#ifndef NPS_REFERENCE_H
#define NPS_REFERENCE_H

#include "chart/legend.h"
#include "chart/rows.h"

typedef struct NpsReference
{
	const char *name;
	double		points;			/* NaN where there is none */
} NpsReference;

extern NpsReference nps_target(const NpsChart *chart);
extern NpsReference nps_target_or_total(const NpsChart *chart);
extern void nps_draw_reference(StringInfo svg, const NpsReference *reference, double x1, double y1, double x2, double y2);
extern void nps_explain_reference(NpsLegend *legend, const NpsReference *reference);

#endif
