/*
 * Wald's interval of one survey.
 */
#ifndef NPS_MATH_WALD_INTERVAL_H
#define NPS_MATH_WALD_INTERVAL_H

#include "interval.h"

NpsInterval nps_wald_interval(const NpsSample *sample, double z);

#endif
