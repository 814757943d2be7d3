/*
 * Newcombe's interval of one survey.
 */
#ifndef NPS_MATH_NEWCOMBE_INTERVAL_H
#define NPS_MATH_NEWCOMBE_INTERVAL_H

#include "interval.h"

NpsInterval nps_newcombe_interval(const NpsSample *sample, double z);

#endif
