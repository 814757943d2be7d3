/*
 * The probability that the true score lies above a place on its scale, and the
 * density there.
 *
 * Shares that have a Dirichlet distribution are those of three gamma variates
 * G, so that theta > x exactly where
 *
 *   L = (1 - x) G_promoters - x G_passives - (1 + x) G_detractors
 *
 * is positive: Provost, S. B. and Cheong, Y.-H. (2000), On the distribution of
 * linear combinations of the components of a Dirichlet random vector, Canadian
 * Journal of Statistics 28, 417-425. With K the cumulant generating function of
 * L, P(L > 0) is the integral of exp(K(s))/s along a line to the right of 0,
 * over 2 pi i; along a line to the left of 0 it is -P(L < 0). The line is taken
 * through the saddle point and bent into a hyperbola, on which the trapezoidal
 * rule converges exponentially: Lugannani, R. and Rice, S. (1980), Advances in
 * Applied Probability 12, 475-490; Weideman, J. A. C. and Trefethen, L. N.
 * (2007), Mathematics of Computation 76, 1341-1356. It takes as many terms for a
 * billion responses as for a hundred. Nothing is random.
 */
#include "posterior.h"

#include <complex.h>
#include <math.h>

#define PI 3.14159265358979323846

/* The parts of L. */
#define PARTS 3

/* The responses in each group that count before anyone has answered: Jeffreys's prior. */
#define PRIOR_RESPONSES 0.5

/* Below this size a logarithm is a series, whose first term is kept apart; enough terms for it, and when to stop before. */
#define SERIES_RADIUS 0.1
#define SERIES_TERMS 17
#define SERIES_PRECISION 1e-17

/* exp() of less is 0. */
#define LOWEST_EXPONENT (-745.0)

/* The trapezoidal rule: how fine. */
typedef struct Rule
{
	double		step;
	double		step_of_few;	/* their integrand falls slowly, but is smoother */
	double		negligible;		/* a term this small, relative to the sum, is the last */
} Rule;

/* By the first, probabilities deviate by 1e-12 at most; by the second, for what is itself added up, by 1e-10. */
static const Rule fine = {0.15, 0.2, 1e-14};
static const Rule quick = {0.2, 0.27, 1e-12};

/* Below these, with those of the prior, it is the integrand of few. */
#define FEW_RESPONSES 50.0

/* A saddle point is within this part of the way to either end, or belongs to a tail of 0. */
#define NEARLY_ALL (1 - 1e-9)

/* Where the contour ends at the latest: the square of cosh of this is still a double. */
#define LARGEST_T 300.0

/* The angle by which the contour may lean at most, short of a right one. */
#define STEEPEST 1.3

/* What is known after a survey. */
NpsPosterior
nps_posterior_from_groups(const NpsGroups *groups)
{
	NpsPosterior posterior;

	posterior.promoters = groups->promoters + PRIOR_RESPONSES;
	posterior.passives = groups->passives + PRIOR_RESPONSES;
	posterior.detractors = groups->detractors + PRIOR_RESPONSES;
	return posterior;
}

/* A score in points. Its distances are taken before anything is rounded. */
NpsPlace
nps_place_of_points(double points)
{
	NpsPlace	place = {(points + 100) / 100, points / 100, (points - 100) / 100};

	return place;
}

/* --- the cumulant generating function ------------------------------------ */

/* K(s) = -sum of a log(1 - c s), seen from a point s0 of the real line. */
typedef struct Cumulants
{
	double		a[PARTS];		/* the means of the gamma variates */
	double		c[PARTS];		/* their coefficients in L */
	double		total;			/* the sum of a */
	double		lowest;			/* K is finite between these */
	double		highest;
	double		s0;
	double		factor[PARTS];	/* 1 - c s0 */
	double		exponent;		/* K(s0) */
	double		width;			/* of exp(-K) around s0: K''(s0) to the power of -1/2 */
} Cumulants;

/* Of a complex number, its size squared. */
static inline double
square_of(double complex z)
{
	return creal(z) * creal(z) + cimag(z) * cimag(z);
}

/* 1/z; the compiler's division guards against overflow, which takes longer than all the rest. */
static inline double complex
inverse_of(double complex z)
{
	return conj(z) / square_of(z);
}

/* -log(1 - w) - w for a small w: w^2/2 + w^3/3 + ... */
static double complex
log_excess(double complex w)
{
	double complex power = w * w;
	double complex sum = power / 2;
	double		least = SERIES_PRECISION * SERIES_PRECISION * square_of(power);
	int			n;

	for (n = 3; n <= SERIES_TERMS && square_of(power) > least; n++)
	{
		power *= w;
		sum += power / n;
	}
	return sum;
}

/* log(1 - w) for w off the reals from 1 upwards. */
static double complex
log_rest(double complex w)
{
	double		x = 1 - creal(w);
	double		y = -cimag(w);

	return 0.5 * log(x * x + y * y) + I * atan2(y, x);
}

/*
 * K(s0 + step) - K(s0). The first terms of the series nearly cancel each other;
 * they are added up before they are multiplied with the step.
 */
static double complex
increase(const Cumulants *k, double complex step)
{
	double complex sum = 0;
	double		slope = 0;
	int			i;

	for (i = 0; i < PARTS; i++)
	{
		double		reach = k->c[i] / k->factor[i];
		double complex w = reach * step;

		if (square_of(w) < SERIES_RADIUS * SERIES_RADIUS)
		{
			sum += k->a[i] * log_excess(w);
			slope += k->a[i] * reach;
		}
		else
			sum -= k->a[i] * log_rest(w);
	}
	return sum + slope * step;
}

/* Looks at K from s0. */
static void
move_to(Cumulants *k, double s0)
{
	double		curvature = 0;
	int			i;

	k->s0 = 0;
	for (i = 0; i < PARTS; i++)
		k->factor[i] = 1;
	k->exponent = creal(increase(k, s0));

	k->s0 = s0;
	for (i = 0; i < PARTS; i++)
	{
		double		reach;

		k->factor[i] = 1 - k->c[i] * s0;
		reach = k->c[i] / k->factor[i];
		curvature += k->a[i] * reach * reach;
	}
	k->width = 1 / sqrt(curvature);
}

/*
 * Where K' is 0: of the two roots of a quadratic the one between the ends, in
 * the form that does not cancel.
 */
static double
saddle_point(const Cumulants *k)
{
	double		mean = fma(k->a[0], k->c[0], fma(k->a[1], k->c[1], k->a[2] * k->c[2]));
	double		linear = -(k->c[0] + k->c[1] + k->c[2]) * mean;
	double		square = k->total * k->c[0] * k->c[1] * k->c[2];
	double		root;
	double		saddle;
	int			i;

	for (i = 0; i < PARTS; i++)
		linear += k->a[i] * k->c[i] * k->c[i];
	root = sqrt(fmax(0, linear * linear - 4 * square * mean));
	saddle = linear > 0 ? -2 * mean / (linear + root) : (root - linear) / (2 * square);
	return fmax(k->lowest * NEARLY_ALL, fmin(k->highest * NEARLY_ALL, saddle));
}

/* K at a place within the scale, from its saddle point. */
static Cumulants
cumulants_at(const NpsPosterior *posterior, NpsPlace place)
{
	Cumulants	k = {0};

	k.a[0] = posterior->promoters;
	k.a[1] = posterior->passives;
	k.a[2] = posterior->detractors;
	k.c[0] = -place.from_highest;
	k.c[1] = -place.from_zero;
	k.c[2] = -place.from_lowest;
	k.total = k.a[0] + k.a[1] + k.a[2];
	k.lowest = -1 / place.from_lowest;
	k.highest = -1 / place.from_highest;
	move_to(&k, saddle_point(&k));
	return k;
}

/* --- the contour --------------------------------------------------------- */

/* s = s0 + radius (lean (cosh t - 1) + i upright sinh t) */
typedef struct Contour
{
	const Cumulants *k;
	double		radius;
	double		lean;			/* sine and cosine of an angle */
	double		upright;
} Contour;

/* What is integrated beside exp(K). */
typedef double complex (*Weight) (const Cumulants *k, double complex step);

/* Of a tail: 1/s. */
static double complex
tail_weight(const Cumulants *k, double complex step)
{
	return inverse_of(k->s0 + step);
}

/* Of the density: the sum of a/(1 - c s). */
static double complex
density_weight(const Cumulants *k, double complex step)
{
	double complex sum = 0;
	int			i;

	for (i = 0; i < PARTS; i++)
		sum += k->a[i] * inverse_of(k->factor[i] - k->c[i] * step);
	return sum;
}

/*
 * The angle between upright and the steepest useful lean to the right, or to
 * the left where side is -1. The logarithm of a part that reaches to that side
 * grows by a/2 times the square of the angle before it falls; that is kept to 3.
 */
static double
steepest_angle(const Cumulants *k, double side)
{
	double		angle = STEEPEST;
	int			i;

	for (i = 0; i < PARTS; i++)
	{
		if (k->c[i] * side > 0)
			angle = fmin(angle, sqrt(6 / k->a[i]));
	}
	return angle;
}

/*
 * The contour through s0, of no larger a radius than that. The rule is as good
 * as there is room on both sides before the integrand grows: the middle is best.
 */
static Contour
contour_of(const Cumulants *k, double radius)
{
	double		angle = (steepest_angle(k, 1) - steepest_angle(k, -1)) / 2;
	Contour		contour;

	contour.k = k;
	contour.radius = fmin(radius, fmin(k->s0 - k->lowest, k->highest - k->s0));
	contour.lean = sin(angle);
	contour.upright = cos(angle);
	return contour;
}

/* What is integrated over t, without the factor exp(K(s0)). */
static double
integrand_at(const Contour *contour, Weight weight, double t)
{
	double		grown = exp(t);
	double		rise = (grown - 1 / grown) / 2;	/* sinh t */
	double		reach = (grown + 1 / grown) / 2;	/* cosh t */
	double complex step = contour->radius *
		(contour->lean * (grown - 1) * (1 - 1 / grown) / 2 + I * contour->upright * rise);
	double complex slope = contour->radius *
		(contour->upright * reach - I * contour->lean * rise);	/* ds / (i dt) */
	double complex exponent = increase(contour->k, step);

	if (!(creal(exponent) > LOWEST_EXPONENT))
		return 0;
	return creal(cexp(exponent) * weight(contour->k, step) * slope);
}

/* The integral along the contour over 2 pi i; its lower half is the mirror of the upper. */
static double
contour_integral(const Contour *contour, Weight weight, const Rule *rule)
{
	double		step = contour->k->total < FEW_RESPONSES ? rule->step_of_few : rule->step;
	double		sum;
	double		t;
	int			negligible = 0;

	if (!(contour->k->exponent > LOWEST_EXPONENT))
		return 0;
	sum = integrand_at(contour, weight, 0) / 2;
	for (t = step; negligible < 2 && t < LARGEST_T; t += step)
	{
		double		term = integrand_at(contour, weight, t);

		sum += term;
		negligible = fabs(term) <= rule->negligible * fabs(sum) ? negligible + 1 : 0;
	}
	return exp(contour->k->exponent) * step * sum / PI;
}

/* --- probabilities ------------------------------------------------------- */

/* Keeps away from 0, where the integrand of a tail has a pole. */
static void
leave_pole(Cumulants *k)
{
	double		end = k->s0 < 0 ? k->lowest : k->highest;

	if (fabs(k->s0) < k->width)
		move_to(k, copysign(fmin(k->width, fabs(end) / 2), end));
}

/*
 * The probabilities of a true score above a place and below it. The contour
 * gives the tail on whose side of 0 it runs; that is the smaller one, but for
 * places at the mean.
 */
static NpsTails
tails_by(const Rule *rule, const NpsPosterior *posterior, NpsPlace place)
{
	NpsTails	tails;
	Cumulants	k;
	Contour		contour;
	double		tail;

	if (place.from_highest >= 0)
		return (NpsTails) {0, 1};
	if (place.from_lowest <= 0)
		return (NpsTails) {1, 0};

	k = cumulants_at(posterior, place);
	leave_pole(&k);
	contour = contour_of(&k, fmin(k.width, fabs(k.s0)));
	tail = fmin(1, fabs(contour_integral(&contour, tail_weight, rule)));
	tails.above = k.s0 > 0 ? tail : 1 - tail;
	tails.below = k.s0 > 0 ? 1 - tail : tail;
	return tails;
}

/* The same, to 1e-10. */
NpsTails
nps_posterior_tails(const NpsPosterior *posterior, NpsPlace place)
{
	return tails_by(&quick, posterior, place);
}

/* The density of theta at a place, of as many digits. */
double
nps_posterior_density(const NpsPosterior *posterior, NpsPlace place)
{
	Cumulants	k;
	Contour		contour;

	if (place.from_lowest <= 0 || place.from_highest >= 0)
		return 0;
	k = cumulants_at(posterior, place);
	contour = contour_of(&k, k.width);
	return contour_integral(&contour, density_weight, &quick);
}

/* The probability of a true score above a target in points. */
double
nps_probability_above(const NpsPosterior *posterior, double target)
{
	return tails_by(&fine, posterior, nps_place_of_points(target)).above;
}
