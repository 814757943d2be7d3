/*
 * The score interval of one survey.
 */
#ifndef NPS_MATH_SCORE_INTERVAL_H
#define NPS_MATH_SCORE_INTERVAL_H

#include "interval.h"

NpsInterval nps_score_interval(const NpsSample *sample, double z);

#endif
