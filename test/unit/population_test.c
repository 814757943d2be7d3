/*
 * A survey of a small population: reference values of 34-digit arithmetic, and
 * what must hold of every population.
 */
#include "unit.h"
#include "benchmark.h"
#include "estimate.h"

/* promoters,passives,detractors,population,confidence,effective_responses,standard_error,ci_lower,ci_upper,benchmark,z,p_value */
static void
reference_rows(void **state)
{
	Reference	reference = open_reference("finite_population.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	groups = {count(&reference, 0), count(&reference, 1), count(&reference, 2)};
		int64_t		population = count(&reference, 3);
		double		confidence = number(&reference, 4);
		double		benchmark = number(&reference, 9);
		NpsEstimate estimate = nps_estimate_population(&groups, population, confidence);
		NpsTest		test = nps_test_population(&groups, population, benchmark, confidence);
		double		scale = fmax(1, fabs(number(&reference, 10)));

		/* Large figures against themselves. */
		check_figure(&reference, estimate.effective_responses / number(&reference, 5), number(&reference, 5) / number(&reference, 5), 1e-12);
		assert_true(isinf(estimate.effective_responses) == (population == nps_groups_total(&groups)));
		check_figure(&reference, estimate.standard_error, number(&reference, 6), 1e-9);
		check_figure(&reference, estimate.ci_lower, number(&reference, 7), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 8), 1e-9);
		check_figure(&reference, test.standard_error, number(&reference, 6), 1e-9);
		check_figure(&reference, test.ci_lower, number(&reference, 7) - benchmark, 1e-9);
		check_figure(&reference, test.ci_upper, number(&reference, 8) - benchmark, 1e-9);
		check_figure(&reference, test.z / scale, number(&reference, 10) / scale, 1e-9);
		check_figure(&reference, test.p_value, number(&reference, 11), 1e-9);
		/* Where everybody answered, only another score is impossible, which has no finite z. */
		if (reference.fields[10][0] == '\0')
			assert_true(isinf(test.z) && test.p_value == 0 && test.significant);
	}
	close_reference(&reference, 145);
}

/*
 * A population that answered is known exactly, a larger one less well, none less
 * than what the others' answers can still make of it, and an endless one as if
 * nobody had said how large it is.
 */
static void
holds_everywhere(void **state)
{
	int			p,
				m,
				d;

	(void) state;
	for (p = 0; p <= 6; p++)
		for (m = 0; m <= 6; m++)
			for (d = p == 0 && m == 0; d <= 6; d++)
			{
				NpsGroups	groups = {p, m, d};
				int			n = p + m + d;
				NpsEstimate endless = nps_estimate_groups(&groups, 0.95, nps_interval_method("score"));
				NpsEstimate vast = nps_estimate_population(&groups, INT64_MAX, 0.95);
				NpsEstimate last = nps_estimate_population(&groups, n, 0.95);
				int			population;

				assert_true(last.ci_lower == last.nps && last.ci_upper == last.nps && last.standard_error == 0);
				for (population = n + 1; population < 3 * n; population++)
				{
					NpsEstimate estimate = nps_estimate_population(&groups, population, 0.95);

					assert_true(estimate.ci_lower <= estimate.nps && estimate.nps <= estimate.ci_upper);
					assert_true(estimate.ci_lower >= 100.0 * (p - d - (population - n)) / population - 1e-12);
					assert_true(estimate.ci_upper <= 100.0 * (p - d + (population - n)) / population + 1e-12);
					assert_true(estimate.ci_lower <= last.ci_lower + 1e-12 && last.ci_upper <= estimate.ci_upper + 1e-12);
					assert_true(estimate.standard_error >= last.standard_error);
					last = estimate;
				}
				assert_close(vast.ci_lower, endless.ci_lower, 1e-12);
				assert_close(vast.ci_upper, endless.ci_upper, 1e-12);
				assert_close(vast.standard_error, endless.standard_error, 1e-12);
			}
}

/* Counts at the edge of their type give numbers, in order. */
static void
extreme_counts(void **state)
{
	NpsGroups	groups = {INT64_MAX / 2, INT64_MAX / 4, INT64_MAX / 8};
	int64_t		total = nps_groups_total(&groups);
	int64_t		populations[] = {total, total + 1, INT64_MAX};
	int			i;

	(void) state;
	for (i = 0; i < 3; i++)
	{
		NpsEstimate estimate = nps_estimate_population(&groups, populations[i], 0.95);
		NpsTest		test = nps_test_population(&groups, populations[i], 0, 0.95);

		assert_true(estimate.ci_lower <= estimate.nps && estimate.nps <= estimate.ci_upper);
		assert_true(estimate.standard_error >= 0 && estimate.standard_error < 1e-6);
		assert_true(test.p_value == 0 && test.significant);
	}

	/* Once found: the quotients of these, rounded, lie on the wrong side of the score. */
	for (i = 0; i < 3; i++)
	{
		const NpsGroups nearly_pure[] = {{INT64_C(505534655049561648), 0, 558}, {299, 0, INT64_C(1361183033219324494)}, {INT64_C(2092789425003139700), 0, 210755335}};
		const int	silent[] = {2, 7, 13};
		int64_t		population = nps_groups_total(&nearly_pure[i]) + silent[i];
		NpsEstimate estimate = nps_estimate_population(&nearly_pure[i], population, 0.95);

		assert_true(estimate.ci_lower <= estimate.nps && estimate.nps <= estimate.ci_upper);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_rows),
		cmocka_unit_test(holds_everywhere),
		cmocka_unit_test(extreme_counts),
	};

	return cmocka_run_group_tests_name("populations", tests, NULL, NULL);
}
