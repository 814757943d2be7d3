/*
 * The chi-square distribution, for whole degrees of freedom.
 */
#ifndef NPS_MATH_CHI_SQUARE_H
#define NPS_MATH_CHI_SQUARE_H

double		nps_chi_square_p(double chi_square, double df);

#endif
