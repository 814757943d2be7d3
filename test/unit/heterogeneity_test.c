/*
 * Segments against reference values of 34-digit arithmetic, the test of two
 * surveys, and corners; scores drawn towards the whole.
 */
#include "unit.h"
#include "difference.h"
#include "heterogeneity.h"
#include "shrinkage.h"

#define MOST_SEGMENTS 200

/* Reads "P/M/D;P/M/D;..."; returns how many. */
static int
read_segments(char *text, NpsGroups *groups, NpsSample *samples)
{
	int			length = 0;
	char	   *segment;

	for (segment = strtok(text, ";"); segment != NULL; segment = strtok(NULL, ";"))
	{
		long long	p,
					m,
					d;

		assert_int_equal(sscanf(segment, "%lld/%lld/%lld", &p, &m, &d), 3);
		assert_true(length < MOST_SEGMENTS);
		groups[length] = (NpsGroups) {p, m, d};
		samples[length] = nps_sample_from_groups(&groups[length]);
		length++;
	}
	return length;
}

/* name,segments_pmd,segments,responses,chi_square,df,p_value,common_nps,i_squared,within,between,between_used,prior */
static void
reference_segments(void **state)
{
	Reference	reference = open_reference("heterogeneity.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	groups[MOST_SEGMENTS];
		NpsSample	samples[MOST_SEGMENTS];
		int			length = read_segments(reference.fields[1], groups, samples);
		NpsHeterogeneity result = nps_heterogeneity_of(samples, length);

		assert_int_equal(length, count(&reference, 2));
		check_figure(&reference, result.chi_square, number(&reference, 4), 1e-9);
		check_figure(&reference, result.df, number(&reference, 5), 0);
		check_figure(&reference, result.p_value, number(&reference, 6), 1e-10);
		check_figure(&reference, result.i_squared, number(&reference, 8), 1e-11);
		if (!isnan(number(&reference, 10)))
			check_figure(&reference, result.spread, 100 * sqrt(number(&reference, 10)), 1e-9);
		check_figure(&reference, result.prior_responses, number(&reference, 12), 1e-9 * fmax(1, number(&reference, 12)));
		assert_int_equal(isnan(result.chi_square), isnan(number(&reference, 4)));
		assert_int_equal(isnan(result.prior_responses), isnan(number(&reference, 12)));
	}
	close_reference(&reference, 31);
}

/* The whole that the segments of that name make, as heterogeneity.csv lists them. */
static NpsGroups
whole_of(const char *name)
{
	Reference	reference = open_reference("heterogeneity.csv");
	NpsGroups	whole = {0, 0, 0};

	while (next_row(&reference))
	{
		NpsGroups	groups[MOST_SEGMENTS];
		NpsSample	samples[MOST_SEGMENTS];
		int			length,
					i;

		if (strcmp(reference.fields[0], name) != 0)
			continue;
		length = read_segments(reference.fields[1], groups, samples);
		for (i = 0; i < length; i++)
		{
			whole.promoters += groups[i].promoters;
			whole.passives += groups[i].passives;
			whole.detractors += groups[i].detractors;
		}
	}
	fclose(reference.file);
	assert_true(nps_groups_total(&whole) > 0);
	return whole;
}

/* name,row,promoters,passives,detractors,prior_responses,shrunk_nps,effective_responses,ci_lower,ci_upper */
static void
reference_shrunk(void **state)
{
	Reference	reference = open_reference("shrinkage.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	segment = {count(&reference, 2), count(&reference, 3), count(&reference, 4)};
		NpsGroups	whole = whole_of(reference.fields[0]);
		NpsEstimate estimate = nps_estimate_shrunk(&segment, &whole, number(&reference, 5), 0.95);

		check_figure(&reference, estimate.nps, number(&reference, 6), 1e-9);
		check_figure(&reference, estimate.effective_responses, number(&reference, 7), 1e-9 * number(&reference, 7));
		check_figure(&reference, estimate.ci_lower, number(&reference, 8), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 9), 1e-9);
		assert_close(estimate.promoter_pct - estimate.detractor_pct, estimate.nps, 1e-10);
		assert_close(estimate.promoter_pct + estimate.passive_pct + estimate.detractor_pct, 100, 1e-10);
	}
	close_reference(&reference, 133);
}

/* Of two segments the test is that of two surveys: chi-square is z squared. */
static void
two_are_a_pair(void **state)
{
	int			p,
				m,
				d;

	(void) state;
	for (p = 0; p < 5; p++)
		for (m = 0; m < 5; m++)
			for (d = 0; d < 5; d++)
			{
				NpsGroups	a = {p, m, d};
				NpsGroups	b = {3, 1, 2};
				NpsSample	samples[2];
				NpsPair		pair;
				NpsTest		test;
				NpsHeterogeneity result;

				if (p + m + d == 0)
					continue;
				samples[0] = nps_sample_from_groups(&a);
				samples[1] = nps_sample_from_groups(&b);
				pair = nps_pair_from_groups(&a, &b);
				test = nps_test_pair(&pair, 0.95, nps_difference_method("score"));
				result = nps_heterogeneity_of(samples, 2);
				assert_close(result.chi_square, test.z * test.z, 1e-10);
				assert_close(result.p_value, test.p_value, 1e-10);
			}
}

/* Nothing, one, equal scores of all kinds, one response each, and counts of quintillions: no NaN but where there is no figure. */
static void
corners(void **state)
{
	const NpsGroups singles[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
	const NpsGroups huge[] = {{3000000000000000000, 3000000000000000000, 3000000000000000000}, {5, 0, 4000000000}, {1, 0, 0}};
	NpsSample	samples[4];
	NpsHeterogeneity result;
	NpsEstimate raw,
				whole;
	int			i;

	(void) state;
	result = nps_heterogeneity_of(NULL, 0);
	assert_true(isnan(result.df) && isnan(result.chi_square));

	for (i = 0; i < 4; i++)
		samples[i] = nps_sample_from_groups(&singles[i]);
	result = nps_heterogeneity_of(samples, 4);
	assert_true(result.chi_square > 0 && result.p_value > 0 && result.p_value < 1);
	assert_true(isnan(result.spread) && isnan(result.prior_responses));

	for (i = 0; i < 3; i++)
		samples[i] = nps_sample_from_groups(&huge[i]);
	result = nps_heterogeneity_of(samples, 3);
	assert_true(result.chi_square > 1e9 && result.p_value == 0 && result.i_squared > 0.99);
	assert_true(result.spread > 0 && result.prior_responses >= 0);

	/* Without a prior the raw figures, with an endless one the whole's. */
	raw = nps_estimate_shrunk(&singles[0], &huge[0], 0, 0.95);
	assert_true(raw.nps == 100 && raw.effective_responses == 1);
	whole = nps_estimate_shrunk(&singles[0], &huge[0], 1e15, 0.95);
	assert_close(whole.nps, 0, 1e-9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_segments),
		cmocka_unit_test(reference_shrunk),
		cmocka_unit_test(two_are_a_pair),
		cmocka_unit_test(corners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
