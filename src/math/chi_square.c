/*
 * The upper tail of the chi-square distribution. For whole degrees of freedom it
 * is a finite sum, here of terms h^a e^-h / Gamma(a + 1) with h = chi_square / 2.
 *
 * Abramowitz, M. and Stegun, I. A. (1964), Handbook of Mathematical Functions,
 * 26.4.4 and 26.4.5.
 */
#include "chi_square.h"

#include <float.h>
#include <math.h>

#define LOG_SQRT_2_PI 0.91893853320467274178

/* log Gamma(a + 1) less Stirling's a log a - a + log sqrt(2 pi a), for a > 0. */
static double
stirling_remainder(double a)
{
	double		square = a * a;

	if (a < 10)
		return lgamma(a + 1) - (a * log(a) - a + LOG_SQRT_2_PI + 0.5 * log(a));
	return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / a;
}

/* h^a e^-h / Gamma(a + 1), without the cancellation that large a and h would bring. */
static double
term(double a, double h)
{
	double		ratio = h / a;

	if (a == 0)
		return exp(-h);
	return exp(-a * (ratio - 1 - log(ratio)) - LOG_SQRT_2_PI - 0.5 * log(a) - stirling_remainder(a));
}

/*
 * The probability of a value above chi_square where df, a whole number from 1
 * upwards, are its degrees of freedom. Summed from the largest term to either side.
 */
double
nps_chi_square_p(double chi_square, double df)
{
	double		h = chi_square / 2;
	double		first = fmod(df, 2) / 2;
	double		last = df / 2 - 1;
	double		sum = first > 0 ? erfc(sqrt(h)) : 0;
	double		largest,
				a,
				t;

	if (!(chi_square > 0))
		return 1;
	if (last < first)
		return fmin(1, sum);
	largest = fmax(first, fmin(last, first + floor(h)));
	for (a = largest, t = term(a, h); a >= first && t > DBL_EPSILON / 16 * sum; a--)
	{
		sum += t;
		t *= a / h;
	}
	for (a = largest + 1, t = term(largest, h) * h / a; a <= last && t > DBL_EPSILON / 16 * sum; a++)
	{
		sum += t;
		t *= h / (a + 1);
	}
	return fmin(1, sum);
}
