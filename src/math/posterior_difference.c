/*
 * The probability that one true score exceeds another by more than a margin:
 * the density of the one times a tail of the other, integrated over the scale.
 *
 * The trapezoidal rule is applied after a change of variable by which the
 * integrand falls double exponentially to either side: Takahasi, H. and Mori,
 * M. (1974), Publications of the Research Institute for Mathematical Sciences 9,
 * 721-741. The change is fitted to where the density is.
 */
#include "posterior_difference.h"

#include <math.h>
#include <stdbool.h>

#define HALF_PI 1.57079632679489661923

/* The first step of the rule, and the least. */
#define FIRST_STEP 0.25
#define LEAST_STEP 0.01

/* A change this small, as the step is halved, leaves an error of about its square. */
#define PRECISION 1e-7

/* Two nodes in turn with no more mass than this are the last. */
#define NEGLIGIBLE 1e-11

/* Nodes end here at the latest: exp(pi sinh t) is a double. */
#define LARGEST_T 5.0

/* With fewer promoters and detractors than these, or this part of all, the density at 0 is peaked. */
#define FEW_RESPONSES 40.0
#define FEW_IN_TOTAL 1e-3

/* The scale, cut at the zeros of both surveys. */
#define MAX_ENDS 4

/* Two posteriors, of which the outer one's density is integrated: that with the smaller deviation. */
typedef struct Comparison
{
	const NpsPosterior *outer;
	const NpsPosterior *inner;
	bool		outer_exceeds;	/* is outer the one that is to exceed? */
	double		shift;			/* in points, from the place of outer to that of inner which it just exceeds */
	NpsPlace	mean;			/* of outer */
	double		deviation;
} Comparison;

/* Where a piece of the scale ends, for both. */
typedef struct End
{
	double		points;			/* of outer */
	NpsPlace	outer;
	NpsPlace	inner;
} End;

/* A piece, and its change of variable: half the log odds of a place within it are centre + scale sinh t. */
typedef struct Piece
{
	const Comparison *comparison;
	const End  *start;
	const End  *end;
	double		width;
	double		centre;
	double		scale;
} Piece;

/* What the density comes to where the one exceeds, and elsewhere. */
typedef struct Masses
{
	double		exceeding;
	double		rest;
} Masses;

static double
total_of(const NpsPosterior *posterior)
{
	return posterior->promoters + posterior->passives + posterior->detractors;
}

/* The mean of theta. */
static NpsPlace
mean_of(const NpsPosterior *posterior)
{
	double		total = total_of(posterior);
	NpsPlace	mean;

	mean.from_lowest = (2 * posterior->promoters + posterior->passives) / total;
	mean.from_zero = (posterior->promoters - posterior->detractors) / total;
	mean.from_highest = -(2 * posterior->detractors + posterior->passives) / total;
	return mean;
}

/* The standard deviation of theta. */
static double
deviation_of(const NpsPosterior *posterior)
{
	double		total = total_of(posterior);
	NpsSample	sample = {0};

	sample.n = total + 1;
	sample.promoters = posterior->promoters / total;
	sample.passives = posterior->passives / total;
	sample.detractors = posterior->detractors / total;
	return nps_sample_standard_error(&sample);
}

static Comparison
comparison_of(const NpsPosterior *a, const NpsPosterior *b, double margin)
{
	Comparison	comparison;

	comparison.outer_exceeds = deviation_of(a) < deviation_of(b);
	comparison.outer = comparison.outer_exceeds ? a : b;
	comparison.inner = comparison.outer_exceeds ? b : a;
	comparison.shift = comparison.outer_exceeds ? -margin : margin;
	comparison.mean = mean_of(comparison.outer);
	comparison.deviation = deviation_of(comparison.outer);
	return comparison;
}

/* --- a piece ------------------------------------------------------------- */

/* How far a place lies above an end, by the measure in which the end is exact. */
static double
distance(NpsPlace end, NpsPlace place)
{
	if (end.from_lowest < 0.5)
		return place.from_lowest - end.from_lowest;
	if (end.from_highest > -0.5)
		return place.from_highest - end.from_highest;
	return place.from_zero - end.from_zero;
}

static NpsPlace
moved(NpsPlace place, double distance)
{
	place.from_lowest += distance;
	place.from_zero += distance;
	place.from_highest += distance;
	return place;
}

static double
within(double least, double value, double most)
{
	return fmax(least, fmin(most, value));
}

/* The piece between two ends: centred at the mean, or near the end beyond which that lies; a unit of t is a deviation. */
static Piece
piece_of(const Comparison *comparison, const End *start, const End *end)
{
	double		width = (end->points - start->points) / 100;
	double		least = fmin(comparison->deviation, width) / 2;
	double		before = within(least, distance(start->outer, comparison->mean), width - least);
	double		after = within(least, -distance(end->outer, comparison->mean), width - least);
	Piece		piece = {comparison, start, end, width, 0, 0};

	piece.centre = log(before / after) / 2;
	piece.scale = fmin(HALF_PI, comparison->deviation * width / (2 * before * after));
	return piece;
}

/* Adds a step's mass at t; false where there is none to speak of. Places are measured from the nearer end. */
static bool
add_node(const Piece *piece, double t, double step, Masses *masses)
{
	const Comparison *comparison = piece->comparison;
	double		v = piece->centre + piece->scale * sinh(t);
	double		odds = exp(-2 * fabs(v));
	double		way = piece->width * odds / (1 + odds);
	double		slope = 2 * way / (1 + odds) * piece->scale * cosh(t);
	const End  *end = v < 0 ? piece->start : piece->end;
	NpsTails	tails;
	double		mass;

	if (v >= 0)
		way = -way;
	mass = step * slope * nps_posterior_density(comparison->outer, moved(end->outer, way));
	if (!(mass > NEGLIGIBLE))
		return false;
	tails = nps_posterior_tails(comparison->inner, moved(end->inner, way));
	masses->exceeding += mass * (comparison->outer_exceeds ? tails.below : tails.above);
	masses->rest += mass * (comparison->outer_exceeds ? tails.above : tails.below);
	return true;
}

/* Adds the nodes from one outwards. */
static void
add_nodes(const Piece *piece, double first, double stride, double step, Masses *masses)
{
	double		t;
	int			negligible = 0;

	for (t = first; negligible < 2 && fabs(t) <= LARGEST_T; t += stride)
		negligible = add_node(piece, t, step, masses) ? 0 : negligible + 1;
}

/* The masses in a piece: the step is halved until that changes nothing. */
static Masses
masses_in(const Piece *piece)
{
	Masses		masses = {0, 0};
	double		step = FIRST_STEP;
	double		change;

	add_nodes(piece, 0, step, step, &masses);
	add_nodes(piece, -step, -step, step, &masses);
	do
	{
		Masses		before = masses;

		step /= 2;
		masses.exceeding /= 2;
		masses.rest /= 2;
		add_nodes(piece, step, 2 * step, step, &masses);
		add_nodes(piece, -step, -2 * step, step, &masses);
		change = fabs(masses.exceeding - before.exceeding) + fabs(masses.rest - before.rest);
	} while (change > PRECISION && step > LEAST_STEP);
	return masses;
}

/* --- the scale ----------------------------------------------------------- */

/* Does the density have a peak, or a bend, at a score of 0 that the rule would not see? */
static bool
is_peaked(const NpsPosterior *posterior)
{
	return posterior->promoters + posterior->detractors < fmax(FEW_RESPONSES, FEW_IN_TOTAL * total_of(posterior));
}

/* Adds an end unless it does not lie above the last. */
static int
add_end(const Comparison *comparison, double points, End *ends, int count)
{
	if (count > 0 && !(points > ends[count - 1].points))
		return count;
	ends[count].points = points;
	ends[count].outer = nps_place_of_points(points);
	ends[count].inner = nps_place_of_points(points + comparison->shift);
	return count + 1;
}

/* Cuts what both scales have in common into pieces; the number of their ends. */
static int
cut_scale(const Comparison *comparison, End *ends)
{
	double		lowest = fmax(-100, -100 - comparison->shift);
	double		highest = fmin(100, 100 - comparison->shift);
	int			count = add_end(comparison, lowest, ends, 0);

	if (is_peaked(comparison->outer) || is_peaked(comparison->inner))
	{
		count = add_end(comparison, fmin(highest, fmin(0, -comparison->shift)), ends, count);
		count = add_end(comparison, fmin(highest, fmax(0, -comparison->shift)), ends, count);
	}
	return add_end(comparison, highest, ends, count);
}

/*
 * The probability that the true score of a exceeds that of b by more than a
 * margin from 0 to 200 points. Where outer lies beyond the scale of inner,
 * it is out of the question.
 */
static double
exceeds_by(const NpsPosterior *a, const NpsPosterior *b, double margin)
{
	Comparison	comparison = comparison_of(a, b, margin);
	Masses		masses = {0, 0};
	End			ends[MAX_ENDS];
	int			count;
	int			i;

	count = cut_scale(&comparison, ends);
	for (i = 1; i < count; i++)
	{
		Piece		piece = piece_of(&comparison, &ends[i - 1], &ends[i]);
		Masses		in_piece = masses_in(&piece);

		masses.exceeding += in_piece.exceeding;
		masses.rest += in_piece.rest;
	}
	if (comparison.outer_exceeds)
		masses.rest += nps_posterior_tails(comparison.outer, ends[0].outer).below;
	else
		masses.rest += nps_posterior_tails(comparison.outer, ends[count - 1].outer).above;
	return masses.exceeding / (masses.exceeding + masses.rest);
}

/*
 * The probability that the true score of a exceeds that of b by more than a
 * margin in points.
 */
double
nps_probability_exceeds(const NpsPosterior *a, const NpsPosterior *b, double margin)
{
	if (margin >= 200)
		return 0;
	if (margin <= -200)
		return 1;
	return margin < 0 ? 1 - exceeds_by(b, a, -margin) : exceeds_by(a, b, margin);
}
