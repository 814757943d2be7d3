/*
 * Student's t distribution for df, which need not be whole, from 1 upwards.
 */
#ifndef NPS_MATH_STUDENT_H
#define NPS_MATH_STUDENT_H

double		nps_t_two_sided_p(double t, double df);
double		nps_confidence_t(double confidence, double df);

#endif
