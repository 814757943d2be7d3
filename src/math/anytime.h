/*
 * Intervals and tests that hold at every look at a survey that is growing.
 */
#ifndef NPS_MATH_ANYTIME_H
#define NPS_MATH_ANYTIME_H

#include "difference.h"
#include "interval.h"

double		nps_log_regret(double n);
NpsInterval nps_anytime_interval(const NpsSample *sample, double z);
double		nps_anytime_p(const NpsSample *sample, double distance);
NpsDifference nps_anytime_difference(const NpsPair *pair, double z);

#endif
