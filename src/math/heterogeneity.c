/*
 * Segments side by side: a score test that all have one true score, and the
 * spread of the true scores that remains after chance.
 *
 * The test is the score test of two surveys for any number of them: each stands
 * by its constrained variance at the one score that all of them together are
 * most likely to have. The spread is that of the one-way analysis of variance.
 */
#include "heterogeneity.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "chi_square.h"
#include "constrained.h"
#include "root.h"

/* The score next to -1 or 1, where the pull of responses that are all alike would be infinite. */
#define NEARLY_ALL (1 - DBL_EPSILON / 2)

typedef struct Segments
{
	const NpsSample *samples;
	int64_t		length;
	NpsPause	pause;
} Segments;

static bool
all_promoters(const NpsSample *s)
{
	return s->passives == 0 && s->detractors == 0;
}

static bool
all_passives(const NpsSample *s)
{
	return s->promoters == 0 && s->detractors == 0;
}

static bool
all_detractors(const NpsSample *s)
{
	return s->promoters == 0 && s->passives == 0;
}

/*
 * How hard a segment pulls the common score m its way: n (theta - m) / V(m), in
 * closed form where both vanish.
 */
static double
pull(const NpsSample *s, double m)
{
	double		slope;

	if (all_promoters(s))
		return s->n / (1 + m);
	if (all_detractors(s))
		return -s->n / (1 - m);
	if (all_passives(s))
		return (m > 0 ? -1 : 1) * s->n / (1 - fabs(m));
	return s->n * (s->theta - m) / nps_constrained_variance(s, m, &slope);
}

/* The segment's part of chi-square: n (theta - m)^2 / V(m). */
static double
departure(const NpsSample *s, double m)
{
	double		slope;

	if (all_promoters(s))
		return s->n * (1 - m) / (1 + m);
	if (all_detractors(s))
		return s->n * (1 + m) / (1 - m);
	if (all_passives(s))
		return s->n * fabs(m) / (1 - fabs(m));
	return s->n * (s->theta - m) * (s->theta - m) / nps_constrained_variance(s, m, &slope);
}

static double
pull_of_all(double m, const void *context)
{
	const Segments *segments = context;
	double		sum = 0;
	int64_t		i;

	segments->pause();
	for (i = 0; i < segments->length; i++)
		sum += pull(&segments->samples[i], m);
	return sum;
}

/* What all-passive segments pull by at 0, where their pull jumps from this to its negative. */
static double
jump_at_zero(const Segments *segments)
{
	double		sum = 0;
	int64_t		i;

	for (i = 0; i < segments->length; i++)
	{
		if (all_passives(&segments->samples[i]))
			sum += segments->samples[i].n;
	}
	return sum;
}

/* The score between lowest and highest at which the pulls balance. */
static double
common_theta(const Segments *segments, double lowest, double highest)
{
	double		jump = jump_at_zero(segments);

	if (jump > 0 && lowest < 0 && highest > 0)
	{
		double		above = pull_of_all(0, segments) - 2 * jump;
		double		below = above + 2 * jump;

		if (above <= 0 && below >= 0)
			return 0;
		if (above > 0)
			lowest = 0;
		else
			highest = 0;
	}
	lowest = fmax(lowest, -NEARLY_ALL);
	highest = fmin(highest, NEARLY_ALL);
	return lowest < highest ? nps_bracketed_root(pull_of_all, segments, lowest, 1, highest, -1) : lowest;
}

/* The test: chi-square with one degree of freedom less than there are segments. */
static void
set_test(NpsHeterogeneity *result, const Segments *segments, double responses)
{
	double		lowest = 1;
	double		highest = -1;
	double		m;
	double		sum = 0;
	int64_t		i;

	for (i = 0; i < segments->length; i++)
	{
		lowest = fmin(lowest, segments->samples[i].theta);
		highest = fmax(highest, segments->samples[i].theta);
	}
	if (lowest < highest)
	{
		m = common_theta(segments, lowest, highest);
		for (i = 0; i < segments->length; i++)
			sum += departure(&segments->samples[i], m);
	}
	result->chi_square = (responses - 1) / responses * sum;
	result->p_value = nps_chi_square_p(result->chi_square, result->df);
	result->i_squared = result->chi_square > result->df ? (result->chi_square - result->df) / result->chi_square : 0;
}

/*
 * The spread of the true scores, and by how many responses of the whole a
 * segment is to be shrunk. The prior takes the variance between segments one
 * standard error larger than it seems, since too small a one shrinks what is
 * really different.
 *
 * Kleinman, J. C. (1973), JASA 68, 46-54; Morris, C. N. (1983), JASA 78, 47-55.
 */
static void
set_spread(NpsHeterogeneity *result, const Segments *segments, double responses, double theta)
{
	double		df = result->df;
	double		within = 0;
	double		between = 0;
	double		size = 0;
	double		variance,
				variance_used;
	int64_t		i;

	if (responses <= segments->length)
		return;
	for (i = 0; i < segments->length; i++)
	{
		const NpsSample *s = &segments->samples[i];

		within += s->n * nps_sample_variance(s);
		between += s->n * (s->theta - theta) * (s->theta - theta);
		size += s->n * ((responses - s->n) / responses);
	}
	within /= responses - segments->length;
	variance = fmax(0, (between - df * within) / size);
	variance_used = variance + within * sqrt(2 * df) / size;
	result->spread = 100 * sqrt(variance);
	if (variance_used > 0)
		result->prior_responses = within / variance_used;
}

/* Segments with at least one response each; fewer than two cannot differ. Of a million, pauses come several times a second. */
NpsHeterogeneity
nps_heterogeneity_of(const NpsSample *segments, int64_t length, NpsPause pause)
{
	NpsHeterogeneity result = {NAN, NAN, NAN, NAN, NAN, NAN};
	Segments	all = {segments, length, pause};
	double		responses = 0;
	double		net = 0;
	int64_t		i;

	if (length > 0)
		result.df = (double) (length - 1);
	if (length < 2)
		return result;
	for (i = 0; i < length; i++)
	{
		responses += segments[i].n;
		net += segments[i].n * segments[i].theta;
	}
	set_test(&result, &all, responses);
	set_spread(&result, &all, responses, net / responses);
	return result;
}
