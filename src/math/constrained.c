/*
 * The variance of a response where the true score is taken as given: what all
 * score tests and score intervals stand on.
 *
 * Tango, T. (1998), Statistics in Medicine 17, 891-908.
 */
#include "constrained.h"

#include <math.h>

/*
 * The variance of a response under the hypothesis that the true score is delta,
 * and its slope in delta.
 *
 * The share of detractors (of promoters where delta < 0) that is most likely
 * under the hypothesis is the larger root x of 2x^2 + Bx + C; of its two forms
 * each sign of B takes the one that does not cancel.
 */
double
nps_constrained_variance(const NpsSample *sample, double delta, double *slope)
{
	double		t = fabs(delta);
	double		p = delta < 0 ? sample->detractors : sample->promoters;
	double		d = delta < 0 ? sample->promoters : sample->detractors;
	double		b = (2 - p + d) * t - (p + d);
	double		c = -d * t * (1 - t);
	double		s = sqrt(b * b - 8 * c);
	double		x;
	double		x_slope;

	if (b <= 0)
		x = (s - b) / 4;
	else
		x = -2 * c / (b + s);

	/* From the derivative of the quadratic; s is 4x + B. */
	x_slope = s > 0 ? (d * (1 - 2 * t) - (2 - p + d) * x) / s : 0;
	*slope = 2 * x_slope + 1 - 2 * t;
	if (delta < 0)
		*slope = -*slope;
	return 2 * x + t * (1 - t);
}
