/*
 * One root inside a bracket.
 *
 * Chandrupatla, T. R. (1997), A new hybrid quadratic/bisection algorithm for
 * finding the zero of a nonlinear function without using derivatives, Advances
 * in Engineering Software 28, 145-149.
 */
#include "root.h"

#include <float.h>
#include <math.h>

/* Far more than interpolation or bisection to SMALLEST_STEP can need. */
#define MAX_STEPS 200

/* A root at 0 is found to this, which is nothing on the scale of theta. */
#define SMALLEST_STEP 1e-18

/*
 * The next point to try, as a fraction of the way from a to b: inverse
 * quadratic interpolation through a, b and the point c left behind, where
 * Chandrupatla's criterion says that it is safe, or else the middle.
 */
static double
next_fraction(double a, double fa, double b, double fb, double c, double fc)
{
	double		xi = (a - b) / (c - b);
	double		phi = (fa - fb) / (fc - fb);

	if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)
		return fa / (fb - fa) * fc / (fb - fc) +
			(c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
	return 0.5;
}

/*
 * The root of f between a and b to the last few bits. fa and fb are the values
 * at the ends, or any values of the signs that they must have where f itself is
 * noise there; the signs must differ.
 */
double
nps_bracketed_root(NpsRootFunction f, const void *context,
				   double a, double fa, double b, double fb)
{
	double		fraction = 0.5;
	double		best = a;
	int			step;

	for (step = 0; step < MAX_STEPS; step++)
	{
		double		x = a + fraction * (b - a);
		double		fx = f(x, context);
		double		c,
					fc,
					smallest;

		if ((fx < 0) == (fa < 0))
		{
			c = a;
			fc = fa;
		}
		else
		{
			c = b;
			fc = fb;
			b = a;
			fb = fa;
		}
		a = x;
		fa = fx;

		best = fabs(fa) < fabs(fb) ? a : b;
		if (fa == 0)
			return a;
		smallest = (2 * DBL_EPSILON * fabs(best) + SMALLEST_STEP) / fabs(b - a);
		if (smallest > 0.5)
			return best;

		fraction = next_fraction(a, fa, b, fb, c, fc);
		if (fraction < smallest)
			fraction = smallest;
		else if (fraction > 1 - smallest)
			fraction = 1 - smallest;
	}
	return best;
}
