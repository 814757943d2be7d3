#ifndef NPS_MATH_GAMMA_RATIO_H
#define NPS_MATH_GAMMA_RATIO_H

double		nps_gamma_ratio(double a);

#endif
