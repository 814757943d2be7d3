#ifndef NPS_MATH_PLANNING_H
#define NPS_MATH_PLANNING_H

#include "sample.h"

NpsSample	nps_expected_sample(double promoter_pct, double detractor_pct);
double		nps_responses_for_margin(double margin, double confidence, const NpsSample *expected);
double		nps_finite_population(double responses, double population);
double		nps_smallest_difference(double responses_a, double responses_b, double confidence,
									double power, const NpsSample *expected);

#endif
