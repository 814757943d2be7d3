/*
 * The figures beside the interval against published surveys.
 */
#include "unit.h"
#include "estimate.h"

static NpsEstimate
estimate_of(int64_t promoters, int64_t passives, int64_t detractors)
{
	NpsGroups	groups = {promoters, passives, detractors};

	return nps_estimate_groups(&groups, 0.95, nps_interval_method("score"));
}

static void
published_scores(void **state)
{
	(void) state;
	assert_close(estimate_of(30, 65, 5).nps, 25, 0);
	assert_close(estimate_of(55, 30, 15).nps, 40, 0);
	assert_close(estimate_of(250, 130, 120).nps, 26, 0);
	assert_close(estimate_of(2080, 159, 42).nps, 89.3468, 5e-5);
	assert_close(estimate_of(314, 179, 35).nps, 52.8409, 5e-5);
	assert_close(estimate_of(93, 32, 9).nps, 62.6866, 5e-5);
	assert_close(estimate_of(49, 30, 8).nps, 47.1264, 5e-5);
}

/* Every whole percentage of a hundred comes out whole, without a trailing ...96. */
static void
whole_percentages_are_exact(void **state)
{
	int			p;

	(void) state;
	for (p = 0; p <= 100; p++)
	{
		NpsEstimate estimate = estimate_of(p, 0, 100 - p);

		assert_true(estimate.nps == p - (100 - p));
		assert_true(estimate.promoter_pct == p);
		assert_true(estimate.detractor_pct == 100 - p);
		assert_true(estimate.passive_pct == 0);
	}
}

/* 0, 7, 7, 9, 9, 9: the variance of one response is 5/9. */
static void
standard_error(void **state)
{
	NpsEstimate estimate = estimate_of(3, 2, 1);

	(void) state;
	assert_close(estimate.nps, 100.0 / 3, 1e-13);
	assert_close(estimate.standard_error, 100 * sqrt(5.0 / 9 / 6), 1e-13);
	assert_close(estimate.effective_responses, 6, 0);
	assert_close(estimate_of(10, 0, 0).standard_error, 0, 0);
}

/* Beyond 2^53 the next count is no double: one promoter more than detractors is still more. */
static void
large_counts(void **state)
{
	(void) state;
	assert_close(estimate_of(9007199254740993, 0, 9007199254740992).nps / (100 / 18014398509481985.0), 1, 1e-15);
}

/* Next to a pure survey nothing cancels: of 10^15 responses one detractor, 200 sqrt(p d / n). */
static void
standard_error_near_a_corner(void **state)
{
	(void) state;
	assert_close(estimate_of(999999999999999, 0, 1).standard_error / (200 * sqrt(999999999999999.0 / 1e15) / 1e15), 1, 1e-14);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_scores),
		cmocka_unit_test(whole_percentages_are_exact),
		cmocka_unit_test(standard_error),
		cmocka_unit_test(large_counts),
		cmocka_unit_test(standard_error_near_a_corner),
	};

	return cmocka_run_group_tests_name("estimate", tests, NULL, NULL);
}
