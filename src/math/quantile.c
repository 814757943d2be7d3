/*
 * The quantile of the standard normal distribution.
 *
 * Wichura, M. J. (1988), Algorithm AS 241: The Percentage Points of the Normal
 * Distribution, Applied Statistics 37, 477-484; routine PPND16, good to about
 * one part in 10^16.
 */
#include "quantile.h"

#include <math.h>

/* Value of the polynomial c[0] + c[1] x + ... + c[7] x^7. */
static double
polynomial(const double c[8], double x)
{
	return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0];
}

/* Quantile of a probability 0.5 + q for |q| <= 0.425. */
static double
central_quantile(double q)
{
	static const double numerator[8] = {
		3.3871328727963666080e0, 1.3314166789178437745e2,
		1.9715909503065514427e3, 1.3731693765509461125e4,
		4.5921953931549871457e4, 6.7265770927008700853e4,
		3.3430575583588128105e4, 2.5090809287301226727e3
	};
	static const double denominator[8] = {
		1.0, 4.2313330701600911252e1,
		6.8718700749205790830e2, 5.3941960214247511077e3,
		2.1213794301586595867e4, 3.9307895800092710610e4,
		2.8729085735721942674e4, 5.2264952788528545610e3
	};
	double		r = 0.180625 - q * q;

	return q * polynomial(numerator, r) / polynomial(denominator, r);
}

/* Upper quantile of a tail probability below 0.075: positive. */
static double
tail_quantile(double tail)
{
	static const double near_numerator[8] = {
		1.42343711074968357734e0, 4.63033784615654529590e0,
		5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1,
		2.27238449892691845833e-2, 7.74545014278341407640e-4
	};
	static const double near_denominator[8] = {
		1.0, 2.05319162663775882187e0,
		1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2,
		5.47593808499534494600e-4, 1.05075007164441684324e-9
	};
	static const double far_numerator[8] = {
		6.65790464350110377720e0, 5.46378491116411436990e0,
		1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3,
		2.71155556874348757815e-5, 2.01033439929228813265e-7
	};
	static const double far_denominator[8] = {
		1.0, 5.99832206555887937690e-1,
		1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5,
		1.42151175831644588870e-7, 2.04426310338993978564e-15
	};
	double		r = sqrt(-log(tail));

	if (r <= 5.0)
		return polynomial(near_numerator, r - 1.6) / polynomial(near_denominator, r - 1.6);
	return polynomial(far_numerator, r - 5.0) / polynomial(far_denominator, r - 5.0);
}

/* The standard normal quantile of a probability strictly between 0 and 1. */
double
nps_normal_quantile(double probability)
{
	double		q = probability - 0.5;

	if (fabs(q) <= 0.425)
		return central_quantile(q);
	return q < 0 ? -tail_quantile(probability) : tail_quantile(1.0 - probability);
}

/*
 * The z of a two-sided confidence strictly between 0 and 1: the quantile at
 * 1 - (1 - confidence)/2, taken without forming that sum, which would lose a
 * small confidence altogether.
 */
double
nps_confidence_z(double confidence)
{
	/* The default: a logarithm and a root less for every group of every query. */
	if (confidence == 0.95)
		return 1.9599639845400545;
	if (confidence <= 0.85)
		return central_quantile(confidence / 2);
	return tail_quantile((1.0 - confidence) / 2);
}
