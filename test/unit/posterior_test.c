/*
 * Probabilities of the true score: reference values of 34-digit arithmetic,
 * closed forms, and what must hold of every survey and every pair.
 */
#include "unit.h"
#include "posterior_difference.h"
#include "random.h"

/* The probability that the contract's prior gives. */
static double
above(int64_t promoters, int64_t passives, int64_t detractors, double target)
{
	NpsGroups	groups = {promoters, passives, detractors};
	NpsPosterior posterior = nps_posterior_from_groups(&groups);

	return nps_probability_above(&posterior, target);
}

static double
exceeds(NpsGroups a, NpsGroups b, double margin)
{
	NpsPosterior posterior_a = nps_posterior_from_groups(&a);
	NpsPosterior posterior_b = nps_posterior_from_groups(&b);

	return nps_probability_exceeds(&posterior_a, &posterior_b, margin);
}

/* The posterior of a row under the prior that it names: the files have a uniform one, too. */
static NpsPosterior
row_posterior(const Reference *reference, int field, const char *prior)
{
	double		more = strcmp(prior, "uniform") == 0 ? 1 : 0.5;
	NpsPosterior posterior;

	posterior.promoters = number(reference, field) + more;
	posterior.passives = number(reference, field + 1) + more;
	posterior.detractors = number(reference, field + 2) + more;
	return posterior;
}

/*
 * promoters,passives,detractors,prior,target,post_mean,post_sd,prob_greater. A
 * target next to 100 is rounded in the file by as much as 1e-7 of its distance.
 */
static void
check_targets(const char *name, int rows)
{
	Reference	reference = open_reference(name);

	while (next_row(&reference))
	{
		NpsPosterior posterior = row_posterior(&reference, 0, reference.fields[3]);
		double		target = number(&reference, 4);

		check_figure(&reference, nps_probability_above(&posterior, target), number(&reference, 7),
					 100 - fabs(target) < 1e-5 ? 1e-7 : 1e-10);
	}
	close_reference(&reference, rows);
}

static void
reference_targets(void **state)
{
	(void) state;
	check_targets("posterior_exceeds.csv", 176);
	check_targets("posterior.csv", 84);
}

/* promoters_a,passives_a,detractors_a,promoters_b,passives_b,detractors_b,prior,margin,prob_a_exceeds_b */
static void
reference_pairs(void **state)
{
	Reference	reference = open_reference("posterior_pairs.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsPosterior a = row_posterior(&reference, 0, reference.fields[6]);
		NpsPosterior b = row_posterior(&reference, 3, reference.fields[6]);

		check_figure(&reference, nps_probability_exceeds(&a, &b, number(&reference, 7)), number(&reference, 8), 1e-9);
	}
	close_reference(&reference, 24);
}

/*
 * More promoters than detractors: the passives do not matter, and the share of
 * promoters among the two has a beta distribution. That of (3/2, 1/2) above 1/2
 * is 1/2 + 1/pi; that of (5/2, 1/2) is 1/2 + 4/(3 pi).
 */
static void
closed_forms(void **state)
{
	const double pi = acos(-1);
	const int64_t passives[] = {0, 1, 19, 1000, 1000000, INT64_C(4000000000), INT64_C(1000000000000000000)};
	unsigned	i;

	(void) state;
	for (i = 0; i < sizeof(passives) / sizeof(passives[0]); i++)
	{
		assert_close(above(1, passives[i], 0, 0), 0.5 + 1 / pi, 1e-11);
		assert_close(above(2, passives[i], 0, 0), 0.5 + 4 / (3 * pi), 1e-11);
		assert_close(above(0, passives[i], 2, 0), 0.5 - 4 / (3 * pi), 1e-11);
		assert_close(above(7, passives[i], 7, 0), 0.5, 1e-11);
	}

	/*
	 * Promoters alone, and many: (1 - theta) n is a gamma variate of 1/2 and
	 * twice another, whose sum has the density exp(-3x/4) I0(x/4) / sqrt 2; the
	 * Bessel function is 1 for a small x.
	 */
	for (i = 5; i < 19; i++)
	{
		double		n = pow(10, i);
		double		x = 0.01;
		double		near = (1 - exp(-0.75 * x)) / 0.75 / sqrt(2);

		assert_close(above((int64_t) n, 0, 0, 100 - 100 * x / n), near, 1e-6 + 1e-3 / n + n * 1e-16 / x * near);
	}
}

/* Nothing exceeds the ends of the scale; everything does. */
static void
ends_of_the_scale(void **state)
{
	NpsGroups	high = {10, 0, 0};
	NpsGroups	low = {0, 0, 10};

	(void) state;
	assert_true(above(10, 0, 0, 100) == 0 && above(0, 0, 10, -100) == 1);
	assert_true(exceeds(high, low, 200) == 0 && exceeds(high, low, 1e300) == 0);
	assert_true(exceeds(high, low, 199.999) > 0 && exceeds(high, low, 199.999) < 1e-6);
	assert_close(above(10, 0, 0, nextafter(100, 0)), 0, 1e-12);
	assert_close(above(0, 0, 10, nextafter(-100, 0)), 1, 1e-12);
	assert_close(above(0, 1, 0, 5e-324), 0.5, 1e-12);
}

/* Counts of any size, many of them alike or 0. */
static NpsGroups
random_groups(void)
{
	NpsGroups	groups = {0, 0, 0};

	while (nps_groups_total(&groups) == 0)
	{
		double		digits = 18 * random_share();

		groups.promoters = (int64_t) pow(10, digits * random_share()) * (random_below(4) > 0);
		groups.passives = (int64_t) pow(10, digits * random_share()) * (random_below(4) > 0);
		groups.detractors = (int64_t) pow(10, digits * random_share()) * (random_below(4) > 0);
	}
	return groups;
}

/* A target near the score, or anywhere. */
static double
random_target(const NpsGroups *groups)
{
	NpsSample	sample = nps_sample_from_groups(groups);
	double		error = fmax(nps_sample_standard_error(&sample), 1 / sample.n);
	double		target = sample.nps + 1000 * error * (random_share() - 0.5);

	return fabs(target) < 100 && random_below(3) > 0 ? target : 200 * random_share() - 100;
}

/* Of 20,000 random surveys: a probability, which falls as the target rises, and that of the mirror is the rest. */
static void
every_survey(void **state)
{
	int			i;

	(void) state;
	random_state = 11;
	for (i = 0; i < 20000; i++)
	{
		NpsGroups	groups = random_groups();
		double		target = random_target(&groups);
		double		p = above(groups.promoters, groups.passives, groups.detractors, target);
		double		higher = above(groups.promoters, groups.passives, groups.detractors,
								   target + (100 - target) * random_share());
		double		mirror = above(groups.detractors, groups.passives, groups.promoters, -target);

		assert_true(p >= 0 && p <= 1);
		assert_true(higher <= p + 1e-11);
		/* Beyond 10^12 responses the targets' last digits are seen. */
		assert_close(p + mirror, 1, nps_groups_total(&groups) < 1000000000000 ? 1e-11 : 1e-7);
	}
}

/*
 * Of 2,000 random pairs: a probability, which falls as the margin rises, that of
 * the mirror, and 1 with that of the reverse.
 */
static void
every_pair(void **state)
{
	int			i;

	(void) state;
	random_state = 12;
	for (i = 0; i < 2000; i++)
	{
		NpsGroups	a = random_groups();
		NpsGroups	b = random_groups();
		NpsGroups	mirror_a = {a.detractors, a.passives, a.promoters};
		NpsGroups	mirror_b = {b.detractors, b.passives, b.promoters};
		double		margin = random_below(2) * 200 * random_share();
		double		p = exceeds(a, b, margin);

		assert_true(p >= 0 && p <= 1);
		assert_true(exceeds(a, b, margin + (200 - margin) * random_share()) <= p + 1e-8);
		assert_close(exceeds(mirror_b, mirror_a, margin), p, 1e-8);
		assert_close(exceeds(b, a, -margin) + p, 1, 1e-8);
	}
}

/* Of two surveys alike neither is better; against one of billions it is as against a target. */
static void
limits_of_pairs(void **state)
{
	NpsGroups	mixes[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 7}, {3, 0, 3}, {0, 400, 0}, {50, 30, 20}, {4000000000, 3, 0}};
	NpsGroups	known = {2000000000, 1500000000, 500000000};	/* 37.5 */
	unsigned	i;

	(void) state;
	for (i = 0; i < sizeof(mixes) / sizeof(mixes[0]); i++)
	{
		assert_close(exceeds(mixes[i], mixes[i], 0), 0.5, 1e-8);
		if (nps_groups_total(&mixes[i]) < 1000)
			assert_close(exceeds(mixes[i], known, 10),
						 above(mixes[i].promoters, mixes[i].passives, mixes[i].detractors, 47.5), 1e-6);
	}
}

/*
 * Where one density is a peak with long tails, and only these reach the other:
 * by beta functions, added up over 4,000 pieces and extrapolated.
 */
static void
long_tails(void **state)
{
	NpsGroups	peaked = {0, 40, 0};
	NpsGroups	far_off = {0, 31, 169};

	(void) state;
	assert_close(exceeds(peaked, far_off, 95), 0.00285205677594, 1e-9);
}

/* Of very many passives the number does not matter: scores are so near 0 that any other measure would lose them. */
static void
passives_in_any_number(void **state)
{
	double		expected = exceeds((NpsGroups) {8, 1000000000, 133}, (NpsGroups) {7, 1000000000, 135}, 0);
	int64_t		passives;

	(void) state;
	for (passives = 10000000000; passives < 100000000000000000; passives *= 100)
		assert_close(exceeds((NpsGroups) {8, passives, 133}, (NpsGroups) {7, passives, 135}, 0), expected, 1e-8);
}

#define RESPONSES 20

/* Is a true score among the middle 95 % of what a survey of 20 responses leaves possible? */
static int
is_thought_possible(int promoters, int detractors, double points)
{
	double		p = above(promoters, RESPONSES - promoters - detractors, detractors, points);

	return p >= 0.025 && p <= 0.975;
}

/* The logarithm of the probability of a survey's counts where the shares are these. */
static double
log_probability(int promoters, int detractors, double p, double d)
{
	int			passives = RESPONSES - promoters - detractors;

	return lgamma(RESPONSES + 1) - lgamma(promoters + 1) - lgamma(passives + 1) - lgamma(detractors + 1) +
		promoters * log(p) + passives * log(1 - p - d) + detractors * log(d);
}

/*
 * What doc/statistics.md says of 20 responses: over the mixes of its table of
 * coverage the middle 95 % hold the true score in at least 93.7 % of surveys.
 */
static void
coverage(void **state)
{
	static int	possible[RESPONSES + 1][RESPONSES + 1][251];	/* by promoters, detractors, and the score in steps of 2 from -50 */
	double		minimum = 1;
	int			p,
				d,
				i,
				j;

	(void) state;
	for (p = 0; p <= RESPONSES; p++)
		for (d = 0; d <= RESPONSES - p; d++)
			for (i = -50; i <= 80; i += 2)
				possible[p][d][i + 50] = is_thought_possible(p, d, i);
	for (i = 20; i <= 80; i += 2)
		for (j = 2; j <= 50 && i + j <= 95; j += 2)
		{
			double		covered = 0;

			for (p = 0; p <= RESPONSES; p++)
				for (d = 0; d <= RESPONSES - p; d++)
					if (possible[p][d][i - j + 50])
						covered += exp(log_probability(p, d, i / 100.0, j / 100.0));
			minimum = fmin(minimum, covered);
		}
	assert_close(minimum, 0.937, 0.0005);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_targets),
		cmocka_unit_test(reference_pairs),
		cmocka_unit_test(closed_forms),
		cmocka_unit_test(ends_of_the_scale),
		cmocka_unit_test(every_survey),
		cmocka_unit_test(every_pair),
		cmocka_unit_test(limits_of_pairs),
		cmocka_unit_test(long_tails),
		cmocka_unit_test(passives_in_any_number),
		cmocka_unit_test(coverage),
	};

	return cmocka_run_group_tests_name("probabilities of the true score", tests, NULL, NULL);
}
