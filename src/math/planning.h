#ifndef NPS_MATH_PLANNING_H
#define NPS_MATH_PLANNING_H

double		nps_expected_variance(double promoter_pct, double detractor_pct);
double		nps_responses_for_margin(double margin, double confidence, double variance);
double		nps_finite_population(double responses, double population);
double		nps_smallest_difference(double responses_a, double responses_b, double confidence,
									double power, double variance);

#endif
