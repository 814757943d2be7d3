/*
 * The score test of two surveys, and its interval.
 */
#ifndef NPS_MATH_SCORE_DIFFERENCE_H
#define NPS_MATH_SCORE_DIFFERENCE_H

#include "difference.h"

NpsDifference nps_score_test(const NpsPair *pair);
NpsDifference nps_score_difference(const NpsPair *pair, double z);

#endif
