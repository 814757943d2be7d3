/*
 * Sample sizes and detectable differences against tabulated figures.
 */
#include "unit.h"
#include "planning.h"

static void
tabulated_sample_sizes(void **state)
{
	double		worst_case = nps_expected_variance(50, 50);
	double		usual = nps_expected_variance(50, 20);

	(void) state;
	assert_close(worst_case, 1, 0);
	assert_close(usual, 0.61, 1e-15);
	assert_close(ceil(nps_responses_for_margin(5, 0.95, worst_case)), 1537, 0);
	assert_close(ceil(nps_responses_for_margin(10, 0.95, worst_case)), 385, 0);
	assert_close(ceil(nps_responses_for_margin(3, 0.95, worst_case)), 4269, 0);
	assert_close(ceil(nps_responses_for_margin(5, 0.95, usual)), 938, 0);
	assert_close(ceil(nps_finite_population(nps_responses_for_margin(5, 0.95, usual), 1000)), 485, 0);
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
	double		variance = nps_expected_variance(50, 20);
	double		found = nps_smallest_difference(200, 200, 0.95, 0.8, variance);

	(void) state;
	assert_close(found, 21.9, 0.05);
	/* From first principles: 1.96 and 0.84 standard deviations of the difference. */
	assert_close(found, 100 * (1.959963984540054 + 0.8416212335729143) * sqrt(2 * 0.61 / 200), 1e-12);
	assert_close(nps_smallest_difference(200, 200, 0.5, 0.001, variance), 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tabulated_sample_sizes),
		cmocka_unit_test(finite_population),
		cmocka_unit_test(detectable_difference),
	};

	return cmocka_run_group_tests_name("planning", tests, NULL, NULL);
}
