/*
 * Gamma(a + 1/2) / Gamma(a), which a difference of two logarithms of the gamma
 * function would lose for large a.
 *
 * Stirling's series for the ratio in even powers of 1/(a - 1/4), NIST Digital
 * Library of Mathematical Functions, 5.11.14.
 */
#include "gamma_ratio.h"

#include <math.h>

/* From here on the series below is good to the last bits. */
#define ASYMPTOTIC_FROM 12.0

/* Gamma(a + 1/2) / Gamma(a) for a > 0. */
double
nps_gamma_ratio(double a)
{
	double		ratio = 1;
	double		w;
	double		u;

	/* The ratio at a from that at a + 1. */
	for (; a < ASYMPTOTIC_FROM; a += 1)
		ratio *= a / (a + 0.5);

	w = a - 0.25;
	u = 1 / (w * w);
	return ratio * sqrt(w) *
		(1 + u * (1.0 / 64 + u * (-19.0 / 8192 + u * (631.0 / 524288 +
													  u * (-174317.0 / 134217728 + u * (20491783.0 / 8589934592.0))))));
}
