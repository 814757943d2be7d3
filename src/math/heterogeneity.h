/*
 * Several segments: do their scores differ at all, and by how much?
 */
#ifndef NPS_MATH_HETEROGENEITY_H
#define NPS_MATH_HETEROGENEITY_H

#include "sample.h"

/* Figures that do not exist are NaN. */
typedef struct NpsHeterogeneity
{
	double		chi_square;
	double		df;
	double		p_value;
	double		i_squared;		/* share of chi_square beyond chance, 0 to 1 */
	double		spread;			/* standard deviation of the true scores, in points */
	double		prior_responses;	/* what to shrink by */
} NpsHeterogeneity;

/* What is called now and then in a long computation; it need not return. */
typedef void (*NpsPause) (void);

NpsHeterogeneity nps_heterogeneity_of(const NpsSample *segments, int64_t length, NpsPause pause);

#endif
