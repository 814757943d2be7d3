#ifndef NPS_MATH_LIKELIHOOD_H
#define NPS_MATH_LIKELIHOOD_H

#include "sample.h"

double		nps_log_likelihood_ratio(const NpsSample *sample, double distance);

#endif
