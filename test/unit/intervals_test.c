/*
 * Every method of one survey against reference values of 40-digit arithmetic.
 */
#include "unit.h"
#include "estimate.h"

/* promoters,passives,detractors,conf,method,lower,upper: in points, clamped to +-100. */
static void
reference_rows(void **state)
{
	Reference	reference = open_reference("intervals.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	groups = {count(&reference, 0), count(&reference, 1), count(&reference, 2)};
		const NpsIntervalMethod *method = nps_interval_method(reference.fields[4]);
		NpsEstimate estimate;

		assert_non_null(method);
		estimate = nps_estimate_groups(&groups, number(&reference, 3), method);
		check_figure(&reference, estimate.ci_lower, number(&reference, 5), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 6), 1e-9);
	}
	close_reference(&reference, 1350);
}

/* R package NPS and the Carpentries' report: 314/179/35 by adjusted Wald. */
static void
published_adjusted_wald(void **state)
{
	NpsGroups	groups = {314, 179, 35};
	NpsEstimate estimate = nps_estimate_groups(&groups, 0.95, nps_interval_method("adjusted_wald"));

	(void) state;
	assert_close(estimate.ci_lower, 47.2717, 5e-5);
	assert_close(estimate.ci_upper, 57.8131, 5e-5);
}

/* Paired proportions: Tango (1998), table VII; Agresti and Min (2005). */
static void
published_paired_proportions(void **state)
{
	NpsGroups	tango = {9, 20, 3};
	NpsGroups	agresti_min = {16, 62, 8};
	NpsEstimate estimate;

	(void) state;
	estimate = nps_estimate_groups(&tango, 0.95, nps_interval_method("score"));
	assert_close(estimate.ci_lower, -2.7, 0.05);
	assert_close(estimate.ci_upper, 39.0, 0.05);
	estimate = nps_estimate_groups(&agresti_min, 0.95, nps_interval_method("score"));
	assert_close(estimate.ci_lower, -2.0, 0.05);
	assert_close(estimate.ci_upper, 20.7, 0.05);
}

static void
unknown_method(void **state)
{
	(void) state;
	assert_null(nps_interval_method("waldo"));
	assert_null(nps_interval_method(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_rows),
		cmocka_unit_test(published_adjusted_wald),
		cmocka_unit_test(published_paired_proportions),
		cmocka_unit_test(unknown_method),
	};

	return cmocka_run_group_tests_name("intervals", tests, NULL, NULL);
}
