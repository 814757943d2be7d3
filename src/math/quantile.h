#ifndef NPS_MATH_QUANTILE_H
#define NPS_MATH_QUANTILE_H

double		nps_normal_quantile(double probability);
double		nps_confidence_z(double confidence);

#endif
