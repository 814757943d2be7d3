/*
 * Student's t distribution: its two-sided tail, and the t of a confidence.
 *
 * The tail is an incomplete beta function by its continued fraction, NIST
 * Digital Library of Mathematical Functions, 8.17.22, evaluated as in Lentz,
 * W. J. (1976), Applied Optics 15, 668-671. For large df, where the fraction
 * takes ever more steps, it is a normal tail in the variable of Wallace, D. L.
 * (1959), Annals of Mathematical Statistics 30, 1121-1130.
 */
#include "student.h"

#include <float.h>
#include <math.h>

#include "gamma_ratio.h"
#include "quantile.h"

/* From here on the tail and the quantile are corrections of the normal ones. */
#define LARGE_DF 2000.0

/* Many times what the fraction takes below LARGE_DF. */
#define MAX_FRACTION_STEPS 10000

/* Many times what Newton's method takes. */
#define MAX_NEWTON_STEPS 100

/* A step this small leaves an error of about its square. */
#define NEWTON_PRECISION 1e-8

/* Beyond this many standard deviations a normal tail is 0 in a double. */
#define NORMAL_REACH 40.0

#define SQRT_PI 1.7724538509055160273
#define SQRT_2_PI 2.5066282746310005024

/* I_x(a, b) divided by x^a (1 - x)^b / (a B(a, b)); best for x < (a + 1)/(a + b + 2). */
static double
beta_fraction(double a, double b, double x)
{
	double		c = 1;
	double		d = 1 / (1 - (a + b) * x / (a + 1));
	double		value = d;
	int			m;

	for (m = 1; m < MAX_FRACTION_STEPS; m++)
	{
		double		even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double		odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

		d = 1 / (1 + even * d);
		c = 1 + even / c;
		value *= c * d;
		d = 1 / (1 + odd * d);
		c = 1 + odd / c;
		value *= c * d;
		if (fabs(c * d - 1) <= DBL_EPSILON)
			break;
	}
	return value;
}

/* The tail, and its slope in the logarithm of t, which is minus 2 t times the density. */
typedef struct Tail
{
	double		p;
	double		slope;
} Tail;

/* The tail beyond t > 0 on both sides, by the continued fraction. */
static Tail
fraction_tail(double t, double df)
{
	double		a = df / 2;
	double		s = t / sqrt(df);
	double		reach = hypot(1, s);
	double		x = 1 / (1 + s * s);
	double		density = 2 * s / reach * pow(reach, -df) * nps_gamma_ratio(a) / SQRT_PI;
	Tail		tail;

	if (x < (a + 1) / (a + 2.5))
		tail.p = density / df * beta_fraction(a, 0.5, x);
	else
		tail.p = 1 - density * beta_fraction(0.5, a, s * s * x);
	tail.slope = -density;
	return tail;
}

/*
 * The integral from v upwards, twice, of the normal density times
 * sqrt(y / sinh y), y = s^2 / 2b at s, by the series of that root.
 */
static double
corrected_normal_tail(double v, double b)
{
	static const double series[] = {
		1, -1.0 / 12, 1.0 / 160, -61.0 / 120960, 1261.0 / 29030400, -79.0 / 20275200
	};
	double		moment = erfc(v / sqrt(2));		/* of s^power */
	double		edge = 2 * exp(-v * v / 2) / SQRT_2_PI * v;	/* v^(power + 1) times twice the density at v */
	double		scale = 1;
	double		sum = moment;
	int			power = 0;
	int			k;

	for (k = 1; k < 6; k++)
	{
		/* By parts, twice: the moment of s^(power + 2) is edge + (power + 1) times that of s^power. */
		for (; power < 4 * k; power += 2)
		{
			moment = edge + (power + 1) * moment;
			edge *= v * v;
		}
		scale /= 4 * b * b;
		sum += series[k] * scale * moment;
	}
	return sum;
}

/* The tail for large df: normal in v but for a correction that makes the whole 1. */
static double
large_df_tail(double t, double df)
{
	double		b = df - 0.5;
	double		s = t / sqrt(df);
	double		v = sqrt(b * log1p(s * s));

	if (v > NORMAL_REACH)
		return 0;
	return corrected_normal_tail(v, b) / corrected_normal_tail(0, b);
}

/* The probability beyond t on both sides: P(|T| >= |t|). t may be infinite. */
double
nps_t_two_sided_p(double t, double df)
{
	if (t == 0)
		return 1;
	if (isinf(t))
		return 0;
	if (df < LARGE_DF)
		return fraction_tail(fabs(t), df).p;
	return large_df_tail(fabs(t), df);
}

/*
 * The t of the same tail as z, by its expansion in 1/df; good to 3e-11 of it
 * from LARGE_DF upwards. Cornish and Fisher; Abramowitz, M. and Stegun, I. A.
 * (1964), Handbook of Mathematical Functions, 26.7.5.
 */
static double
expanded_quantile(double z, double df)
{
	double		z2 = z * z;
	double		g1 = (z2 + 1) / 4;
	double		g2 = ((5 * z2 + 16) * z2 + 3) / 96;
	double		g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
	double		g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;

	return z * (1 + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df);
}

/*
 * The t of a two-sided confidence strictly between 0 and 1: of |T|, the share
 * confidence lies below it. By Newton's method for the logarithm of the tail in
 * the logarithm of t, which is concave, so that no start strays.
 */
double
nps_confidence_t(double confidence, double df)
{
	double		t = expanded_quantile(nps_confidence_z(confidence), df);
	double		target = log1p(-confidence);
	int			i;

	if (df >= LARGE_DF)
		return t;
	for (i = 0; i < MAX_NEWTON_STEPS; i++)
	{
		Tail		tail = fraction_tail(t, df);
		double		step = (target - log(tail.p)) * tail.p / tail.slope;

		t *= exp(step);
		if (fabs(step) <= NEWTON_PRECISION)
			break;
	}
	return t;
}
