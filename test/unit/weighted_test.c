/*
 * Weighted surveys against reference values of 40-digit arithmetic, and against
 * the unweighted figures where all weights are equal.
 */
#include "unit.h"
#include "estimate.h"

/* Adds one response of that weight. */
static void
add_response(NpsWeightedGroups *groups, int score, double weight)
{
	NpsWeights *group = score >= 9 ? &groups->promoters : (score >= 7 ? &groups->passives : &groups->detractors);

	group->sum += weight;
	group->squares += weight * weight;
}

/* "answer:weight;answer:weight;..." */
static NpsWeightedGroups
groups_of(const char *data)
{
	NpsWeightedGroups groups = {{0, 0}, {0, 0}, {0, 0}};

	while (data != NULL && *data != '\0')
	{
		int			score;
		double		weight;

		assert_int_equal(2, sscanf(data, "%d:%lf", &score, &weight));
		add_response(&groups, score, weight);
		data = strchr(data, ';');
		if (data != NULL)
			data++;
	}
	return groups;
}

/* id,data,n,sum_w,w_promoters,w_passives,w_detractors,nps,se_lin,...,n_eff_min,score95_min_lower,score95_min_upper */
static void
reference_rows(void **state)
{
	Reference	reference = open_reference("weighted.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsWeightedGroups groups = groups_of(reference.fields[1]);
		NpsEstimate estimate = nps_estimate_weights(&groups, 0.95);

		check_figure(&reference, estimate.nps, number(&reference, 7), 1e-9);
		check_figure(&reference, estimate.standard_error, number(&reference, 8), 1e-9);
		check_figure(&reference, estimate.effective_responses, number(&reference, 19), 1e-9);
		check_figure(&reference, estimate.ci_lower, number(&reference, 20), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 21), 1e-9);
		check_figure(&reference, estimate.promoter_pct * number(&reference, 3), 100 * number(&reference, 4), 1e-9 * number(&reference, 3));
	}
	close_reference(&reference, 7);
}

/* Equal weights of any size, including those whose total's square leaves a double. */
static void
equal_weights(void **state)
{
	const double weights[] = {1, 0.1, 3.7, 1e-150, 1e153};
	int			i,
				p,
				m,
				d;

	(void) state;
	for (i = 0; i < 5; i++)
		for (p = 0; p < 7; p++)
			for (m = 0; m < 7; m++)
				for (d = 0; d < 7; d++)
				{
					double		w = weights[i];
					NpsGroups	counts = {p, m, d};
					NpsWeightedGroups groups = {{p * w, p * w * w}, {m * w, m * w * w}, {d * w, d * w * w}};
					NpsEstimate plain,
								weighted;

					if (p + m + d == 0)
						continue;
					plain = nps_estimate_groups(&counts, 0.95, nps_interval_method("score"));
					weighted = nps_estimate_weights(&groups, 0.95);
					assert_close(weighted.nps, plain.nps, 1e-9);
					assert_close(weighted.ci_lower, plain.ci_lower, 1e-9);
					assert_close(weighted.ci_upper, plain.ci_upper, 1e-9);
					assert_close(weighted.standard_error, plain.standard_error, 1e-9);
					assert_close(weighted.effective_responses, plain.effective_responses, 1e-9);
					assert_close(weighted.passive_pct, plain.passive_pct, 1e-9);
				}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_rows),
		cmocka_unit_test(equal_weights),
	};

	return cmocka_run_group_tests_name("weighted", tests, NULL, NULL);
}
