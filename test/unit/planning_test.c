/*
 * Sample sizes and detectable differences against tabulated figures.
 */
#include "unit.h"
#include "estimate.h"
#include "planning.h"

static void
tabulated_sample_sizes(void **state)
{
	NpsSample	worst_case = nps_expected_sample(50, 50);
	NpsSample	usual = nps_expected_sample(50, 20);

	(void) state;
	assert_close(nps_sample_variance(&worst_case), 1, 0);
	assert_close(nps_sample_variance(&usual), 0.61, 1e-15);
	assert_close(ceil(nps_responses_for_margin(5, 0.95, &worst_case)), 1537, 0);
	assert_close(ceil(nps_responses_for_margin(10, 0.95, &worst_case)), 385, 0);
	assert_close(ceil(nps_responses_for_margin(3, 0.95, &worst_case)), 4269, 0);
	assert_close(ceil(nps_responses_for_margin(5, 0.95, &usual)), 938, 0);
	assert_close(ceil(nps_finite_population(nps_responses_for_margin(5, 0.95, &usual), 1000)), 485, 0);
}

/* Where all are expected to answer alike: so many that the score interval of a survey in which they do is that narrow. */
static void
unanimous_surveys(void **state)
{
	NpsGroups	mixes[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
	double		margins[] = {0.5, 5, 20};
	int			i,
				j;

	(void) state;
	for (i = 0; i < 3; i++)
		for (j = 0; j < 3; j++)
		{
			NpsSample	expected = nps_expected_sample(100 * mixes[i].promoters, 100 * mixes[i].detractors);
			int64_t		n = (int64_t) ceil(nps_responses_for_margin(margins[j], 0.95, &expected));
			NpsGroups	enough = {n * mixes[i].promoters, n * mixes[i].passives, n * mixes[i].detractors};
			NpsGroups	less = {(n - 1) * mixes[i].promoters, (n - 1) * mixes[i].passives, (n - 1) * mixes[i].detractors};
			NpsEstimate narrow = nps_estimate_groups(&enough, 0.95, nps_interval_method("score"));
			NpsEstimate wide = nps_estimate_groups(&less, 0.95, nps_interval_method("score"));

			assert_true(n > 1);
			assert_true(fmax(narrow.nps - narrow.ci_lower, narrow.ci_upper - narrow.nps) <= margins[j]);
			assert_true(fmax(wide.nps - wide.ci_lower, wide.ci_upper - wide.nps) > margins[j]);
		}
}

/* A margin of more than the scale takes no answer. */
static void
boundless_margin(void **state)
{
	NpsSample	promoters = nps_expected_sample(100, 0);
	NpsSample	passives = nps_expected_sample(0, 0);

	(void) state;
	assert_true(nps_responses_for_margin(500, 0.95, &promoters) == 0);
	assert_true(nps_responses_for_margin(150, 0.95, &passives) == 0);
}

/* No survey needs more than everybody. */
static void
finite_population(void **state)
{
	double		population;

	(void) state;
	for (population = 1; population < 1e15; population *= 3)
	{
		assert_true(nps_finite_population(1e30, population) <= population * (1 + 1e-12));
		assert_close(nps_finite_population(1, population), 1, 0);
	}
}

static void
detectable_difference(void **state)
{
	NpsSample	expected = nps_expected_sample(50, 20);
	double		found = nps_smallest_difference(200, 200, 0.95, 0.8, &expected);

	(void) state;
	assert_close(found, 21.9, 0.05);
	/* From first principles: 1.96 and 0.84 standard deviations of the difference. */
	assert_close(found, 100 * (1.959963984540054 + 0.8416212335729143) * sqrt(2 * 0.61 / 200), 1e-12);
	assert_close(nps_smallest_difference(200, 200, 0.5, 0.001, &expected), 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tabulated_sample_sizes),
		cmocka_unit_test(unanimous_surveys),
		cmocka_unit_test(boundless_margin),
		cmocka_unit_test(finite_population),
		cmocka_unit_test(detectable_difference),
	};

	return cmocka_run_group_tests_name("planning", tests, NULL, NULL);
}
