/*
 * Wald's test of two surveys, and the interval made of the two surveys' own.
 */
#ifndef NPS_MATH_WALD_DIFFERENCE_H
#define NPS_MATH_WALD_DIFFERENCE_H

#include "difference.h"

NpsDifference nps_wald_difference(const NpsPair *pair, double z);
NpsDifference nps_mover_difference(const NpsPair *pair, double z);

#endif
