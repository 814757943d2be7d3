#ifndef NPS_MATH_POSTERIOR_DIFFERENCE_H
#define NPS_MATH_POSTERIOR_DIFFERENCE_H

#include "posterior.h"

double		nps_probability_exceeds(const NpsPosterior *a, const NpsPosterior *b, double margin);

#endif
