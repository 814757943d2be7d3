#ifndef NPS_MATH_CONSTRAINED_H
#define NPS_MATH_CONSTRAINED_H

#include "sample.h"

double		nps_constrained_variance(const NpsSample *sample, double delta, double *slope);

#endif
