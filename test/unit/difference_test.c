/*
 * Two surveys, and one against a benchmark: reference values of 40-digit
 * arithmetic, a published case, and what must hold of every pair.
 */
#include "unit.h"
#include "benchmark.h"
#include "difference.h"
#include "quantile.h"

static NpsTest
test_of(NpsGroups a, NpsGroups b, double confidence, const char *method)
{
	NpsPair		pair = nps_pair_from_groups(&a, &b);

	return nps_test_pair(&pair, confidence, nps_difference_method(method));
}

/*
 * a_promoters,a_passives,a_detractors,b_...,conf,method,diff,se,z,p_value,lower,upper:
 * points, bounds not clamped.
 */
static void
reference_differences(void **state)
{
	Reference	reference = open_reference("differences.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	a = {count(&reference, 0), count(&reference, 1), count(&reference, 2)};
		NpsGroups	b = {count(&reference, 3), count(&reference, 4), count(&reference, 5)};
		NpsTest		test = test_of(a, b, number(&reference, 6), reference.fields[7]);
		int			large = nps_groups_total(&a) > 100000000;

		check_figure(&reference, test.difference, number(&reference, 8), 1e-9);
		check_figure(&reference, test.standard_error, number(&reference, 9), 1e-9);
		check_figure(&reference, test.z, number(&reference, 10), large ? 1e-6 : 1e-9);
		check_figure(&reference, test.p_value, number(&reference, 11), large ? 1e-7 : 1e-9);
		check_figure(&reference, test.ci_lower, fmax(-200, number(&reference, 12)), 1e-8);
		check_figure(&reference, test.ci_upper, fmin(200, number(&reference, 13)), 1e-8);
	}
	close_reference(&reference, 207);
}

/* promoters,passives,detractors,benchmark,nps,z_score,p_score,...; z grows with sqrt(n). */
static void
reference_benchmarks(void **state)
{
	Reference	reference = open_reference("benchmark_tests.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	groups = {count(&reference, 0), count(&reference, 1), count(&reference, 2)};
		NpsSample	sample = nps_sample_from_groups(&groups);
		double		benchmark = number(&reference, 3);
		NpsTest		test = nps_test_benchmark(&sample, benchmark, 0.95, nps_benchmark_method("score"));
		int			large = sample.n > 1e8;

		check_figure(&reference, test.difference, number(&reference, 4) - benchmark, 1e-9);
		check_figure(&reference, test.z, number(&reference, 5), large ? 1e-6 : 1e-9);
		check_figure(&reference, test.p_value, number(&reference, 6), large ? 1e-7 : 1e-9);
	}
	close_reference(&reference, 60);
}

/* A change of 15.6 points that is no news: 93/32/9 against 49/30/8. */
static void
published_change(void **state)
{
	NpsGroups	a = {93, 32, 9};
	NpsGroups	b = {49, 30, 8};
	NpsTest		score = test_of(a, b, 0.95, "score");
	NpsTest		wald = test_of(a, b, 0.95, "wald");

	(void) state;
	assert_close(score.difference, 15.5601, 5e-5);
	assert_close(wald.p_value, 0.0767, 5e-5);
	assert_true(score.p_value >= 0.05 && !score.significant && !wald.significant);
}

/* Numbers that repeat, from a fixed seed: a linear congruential generator. */
static uint64_t seed = 20260101;

static int64_t
random_below(int64_t limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t) ((seed >> 33) % (uint64_t) limit);
}

static NpsGroups
random_groups(void)
{
	NpsGroups	groups = {0, 0, 0};

	while (nps_groups_total(&groups) == 0)
	{
		int64_t		size = INT64_C(1) << random_below(14);

		groups.promoters = random_below(size + 1) * (random_below(8) > 0);
		groups.passives = random_below(size + 1) * (random_below(4) > 0);
		groups.detractors = random_below(size + 1) * (random_below(4) > 0);
	}
	return groups;
}

/*
 * Of 20,000 random pairs, at changing confidences: the interval holds the
 * difference; it excludes 0 exactly where the test is significant; exchanging
 * the surveys is a mirror.
 */
static void
interval_and_test_agree(void **state)
{
	int			i;

	(void) state;
	for (i = 0; i < 20000; i++)
	{
		NpsGroups	a = random_groups();
		NpsGroups	b = random_groups();
		double		confidence = 0.5 + 0.49 * (double) random_below(1000) / 1000;
		NpsTest		test = test_of(a, b, confidence, "score");
		NpsTest		mirror = test_of(b, a, confidence, "score");

		assert_true(test.ci_lower <= test.difference && test.difference <= test.ci_upper);
		assert_true(test.significant == (test.ci_lower > 0 || test.ci_upper < 0));
		assert_true(test.p_value >= 0 && test.p_value <= 1);
		assert_true(mirror.difference == -test.difference);
		assert_close(mirror.ci_lower, -test.ci_upper, 1e-9);
		assert_close(mirror.ci_upper, -test.ci_lower, 1e-9);
		assert_close(mirror.z, -test.z, 1e-9);
	}
}

/* The limits are where the test changes its mind: shift the hypothesis there by its own statistic. */
static void
equal_scores(void **state)
{
	const char *methods[] = {"score", "mover", "wald", "anytime"};
	NpsGroups	mixes[] = {{10, 0, 0}, {0, 10, 0}, {0, 0, 10}, {50, 30, 20}, {1, 1, 1}};
	int			i,
				j;

	(void) state;
	for (i = 0; i < 4; i++)
		for (j = 0; j < 5; j++)
		{
			NpsTest		test = test_of(mixes[j], mixes[j], 0.95, methods[i]);

			assert_true(test.difference == 0 && test.p_value == 1 && !test.significant);
			assert_true(test.z == 0 || isnan(test.z));
			assert_true(test.ci_lower <= 0 && test.ci_upper >= 0);
		}
}

/* A difference of one point is one point. */
static void
exact_differences(void **state)
{
	NpsGroups	a = {29, 71, 0};
	NpsGroups	b = {30, 70, 0};
	NpsGroups	huge_a = {INT64_MAX, 0, 0};
	NpsGroups	huge_b = {0, 0, INT64_MAX};
	NpsGroups	billions = {3500000001, 0, 500000000};
	NpsGroups	one_more = {3500000001, 0, 500000001};
	NpsGroups	opposite_a = {18914781, 0, 0};
	NpsGroups	opposite_b = {0, 0, 19048491};

	(void) state;
	assert_true(test_of(a, b, 0.95, "score").difference == -1);
	assert_true(test_of(huge_a, huge_b, 0.95, "score").difference == 200);
	/* 100 times the product of these counts is no double, nor below the nearest. */
	assert_true(test_of(opposite_a, opposite_b, 0.95, "score").difference == 200);
	assert_true(test_of(opposite_b, opposite_a, 0.95, "score").difference == -200);
	/* 100 * (3000000001/4000000001 - 3000000000/4000000002): of products beyond 2^63, to the last digit. */
	assert_close(test_of(billions, one_more, 0.95, "score").difference / (100 * (7000000002 / (4000000001.0 * 4000000002.0))), 1, 1e-15);
}

/* Ten standard errors: the normal distribution beyond 10 is 7.619853024160527e-24 on either side. */
static void
far_tails(void **state)
{
	(void) state;
	assert_close(nps_two_sided_p(10) / (2 * 7.619853024160527e-24), 1, 1e-14);
	assert_close(nps_two_sided_p(-10) / (2 * 7.619853024160527e-24), 1, 1e-14);
	assert_close(nps_two_sided_p(0), 1, 0);
}

/* A benchmark that is met is no difference; one at the edge that is not is infinitely far. */
static void
benchmarks_at_the_edge(void **state)
{
	NpsGroups	mixed = {55, 30, 15};
	NpsGroups	pure = {10, 0, 0};
	NpsSample	sample = nps_sample_from_groups(&mixed);
	NpsSample	pure_sample = nps_sample_from_groups(&pure);
	NpsTest		test = nps_test_benchmark(&sample, 40, 0.95, nps_benchmark_method("score"));

	(void) state;
	assert_true(test.difference == 0 && test.z == 0 && test.p_value == 1);
	test = nps_test_benchmark(&sample, 100, 0.95, nps_benchmark_method("score"));
	assert_true(isinf(test.z) && test.z < 0 && test.p_value == 0 && test.significant);
	test = nps_test_benchmark(&pure_sample, 100, 0.95, nps_benchmark_method("score"));
	assert_true(test.z == 0 && test.p_value == 1 && !test.significant);

	/* As near as a float can be to a score that is met. */
	pure = (NpsGroups) {0, 5, 0};
	pure_sample = nps_sample_from_groups(&pure);
	test = nps_test_benchmark(&pure_sample, 5e-324, 0.95, nps_benchmark_method("score"));
	assert_true(test.z == 0 && test.p_value == 1 && !test.significant);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_differences),
		cmocka_unit_test(reference_benchmarks),
		cmocka_unit_test(published_change),
		cmocka_unit_test(interval_and_test_agree),
		cmocka_unit_test(equal_scores),
		cmocka_unit_test(exact_differences),
		cmocka_unit_test(far_tails),
		cmocka_unit_test(benchmarks_at_the_edge),
	};

	return cmocka_run_group_tests_name("differences", tests, NULL, NULL);
}
