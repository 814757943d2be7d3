/*
 * Two surveys under the hypothesis of a given difference of their true scores.
 */
#ifndef NPS_MATH_HYPOTHESIS_H
#define NPS_MATH_HYPOTHESIS_H

#include "difference.h"

/* That theta of a is theta of b plus delta. */
typedef struct NpsHypothesis
{
	const NpsPair *pair;
	double		delta;
} NpsHypothesis;

/*
 * The hypothesis at one value of theta of b: the variances of a response of
 * either survey and their slopes, how far the likelihoods are out of balance
 * (which falls through 0 as theta of b grows), and the slope of that.
 */
typedef struct NpsBalance
{
	double		variance_a;
	double		variance_b;
	double		slope_a;
	double		slope_b;
	double		imbalance;
	double		imbalance_slope;
} NpsBalance;

NpsBalance	nps_balance_at(const NpsHypothesis *hypothesis, double theta_b);
double		nps_lowest_theta(const NpsHypothesis *hypothesis);
double		nps_highest_theta(const NpsHypothesis *hypothesis);
double		nps_constrained_theta(const NpsHypothesis *hypothesis);

#endif
