/*
 * A change taken apart into rate and mix: reference values of 34-digit
 * arithmetic, a case by hand, and what must hold of every change.
 */
#include "unit.h"
#include "difference.h"
#include "mix.h"
#include "random.h"

static NpsGroups
sum_of(const NpsGroups *groups, int count)
{
	NpsGroups	sum = {0, 0, 0};
	int			i;

	for (i = 0; i < count; i++)
	{
		sum.promoters += groups[i].promoters;
		sum.passives += groups[i].passives;
		sum.detractors += groups[i].detractors;
	}
	return sum;
}

static NpsMixTest
mix_test_of(const NpsGroups *a, const NpsGroups *b, int segments)
{
	NpsMixTotals totals = {sum_of(a, segments), sum_of(b, segments)};
	NpsMix		mix = nps_mix_of(&totals, 0.95);
	int			i;

	for (i = 0; i < segments; i++)
		nps_mix_add(&mix, &a[i], &b[i]);
	return nps_mix_test_of(&mix);
}

#define MAX_SEGMENTS 20

/*
 * name,segment,before,after,share_before,share_after,rate,mix,contribution of every segment, in sets;
 * name,nps_before,nps_after,change,rate,mix,rate_standard_error,z,p_value,rate_ci_lower,rate_ci_upper of every set.
 */
static void
reference_sets(void **state)
{
	Reference	segments = open_reference("mix_rate.csv");
	Reference	sets = open_reference("mix_rate_totals.csv");
	int			more = next_row(&segments);

	(void) state;
	while (next_row(&sets))
	{
		NpsGroups	before[MAX_SEGMENTS];
		NpsGroups	after[MAX_SEGMENTS];
		double		expected[MAX_SEGMENTS][5];
		int			count = 0;
		NpsMixTotals totals;
		NpsMixTest	test;
		int			i;

		for (; more && strcmp(segments.fields[0], sets.fields[0]) == 0; more = next_row(&segments))
		{
			before[count] = groups_from_text(segments.fields[2]);
			after[count] = groups_from_text(segments.fields[3]);
			for (i = 0; i < 5; i++)
				expected[count][i] = number(&segments, 4 + i);
			assert_true(++count < MAX_SEGMENTS);
		}
		totals.a = sum_of(after, count);
		totals.b = sum_of(before, count);
		for (i = 0; i < count; i++)
		{
			NpsContribution contribution = nps_contribution_of(&totals, &after[i], &before[i]);

			check_figure(&segments, contribution.share_b, expected[i][0], 1e-9);
			check_figure(&segments, contribution.share_a, expected[i][1], 1e-9);
			check_figure(&segments, contribution.rate, expected[i][2], 1e-9);
			check_figure(&segments, contribution.mix, expected[i][3], 1e-9);
			check_figure(&segments, contribution.contribution, expected[i][4], 1e-9);
		}

		test = mix_test_of(after, before, count);
		check_figure(&sets, test.difference, number(&sets, 3), 1e-9);
		check_figure(&sets, test.rate, number(&sets, 4), 1e-9);
		check_figure(&sets, test.mix, number(&sets, 5), 1e-9);
		check_figure(&sets, test.standard_error, number(&sets, 6), 1e-9);
		check_figure(&sets, test.z, number(&sets, 7), 1e-9);
		check_figure(&sets, test.p_value, number(&sets, 8), 1e-9);
		check_figure(&sets, test.ci_lower, fmax(-200, number(&sets, 9)), 1e-8);
		check_figure(&sets, test.ci_upper, fmin(200, number(&sets, 10)), 1e-8);
	}
	assert_false(more);
	close_reference(&segments, 175);
	close_reference(&sets, 33);
}

/* Segment 1 goes from 50 to 68.75 points and from half of the answers to all; segment 2, at 10, vanishes. */
static void
by_hand(void **state)
{
	NpsGroups	before[] = {{60, 30, 10}, {20, 70, 10}};
	NpsGroups	after[] = {{11, 5, 0}, {0, 0, 0}};
	NpsMixTest	test;

	(void) state;
	test = mix_test_of(after, before, 2);
	assert_close(test.difference, 68.75 - 30, 1e-12);
	assert_close(test.rate, 0.75 * 18.75, 1e-12);
	assert_close(test.mix, 38.75 - 0.75 * 18.75, 1e-12);
}

static NpsGroups
random_groups(void)
{
	int64_t		size = INT64_C(1) << random_below(31);
	NpsGroups	groups;

	groups.promoters = random_below(size) * (random_below(4) > 0);
	groups.passives = random_below(size) * (random_below(4) > 0);
	groups.detractors = random_below(size) * (random_below(4) > 0);
	return groups;
}

/* Of random changes the contributions sum to the change; the other way round everything is a mirror. */
static void
sums_and_mirrors(void **state)
{
	int			i,
				j;

	(void) state;
	random_state = 20260401;
	for (i = 0; i < 5000; i++)
	{
		NpsGroups	a[8];
		NpsGroups	b[8];
		int			segments = 1 + (int) random_below(8);
		double		rate = 0;
		double		mix = 0;
		NpsMixTotals totals;
		NpsMixTest	test;
		NpsMixTest	mirror;

		for (j = 0; j < segments; j++)
		{
			a[j] = random_groups();
			b[j] = random_groups();
		}
		totals.a = sum_of(a, segments);
		totals.b = sum_of(b, segments);
		if (nps_groups_total(&totals.a) == 0 || nps_groups_total(&totals.b) == 0)
			continue;
		for (j = 0; j < segments; j++)
		{
			NpsContribution contribution = nps_contribution_of(&totals, &a[j], &b[j]);

			rate += contribution.rate;
			mix += contribution.mix;
		}
		test = mix_test_of(a, b, segments);
		mirror = mix_test_of(b, a, segments);
		assert_close(test.rate, rate, 1e-11);
		assert_close(test.mix, mix, 1e-11);
		assert_close(test.rate + test.mix, test.difference, 1e-12);
		assert_close(mirror.rate, -test.rate, 1e-11);
		assert_true(mirror.significant == test.significant);
		if (isnan(test.z))
			continue;
		assert_close(mirror.ci_lower, -test.ci_upper, 1e-9);
		assert_close(mirror.z, -test.z, 1e-9);
		assert_true(-200 <= test.ci_lower && test.ci_lower <= test.rate);
		assert_true(test.rate <= test.ci_upper && test.ci_upper <= 200);
		assert_true(test.p_value >= 0 && test.p_value <= 1);
		/* One segment is all: no mix. */
		if (segments == 1)
			assert_close(test.mix, 0, 1e-12);
	}
}

/* Segments that are in one survey each: there is no rate to test. */
static void
nothing_in_common(void **state)
{
	NpsGroups	a[] = {{5, 3, 2}, {0, 0, 0}};
	NpsGroups	b[] = {{0, 0, 0}, {2, 3, 5}};
	NpsMixTest	test = mix_test_of(a, b, 2);

	(void) state;
	assert_true(isnan(test.ci_lower) && isnan(test.ci_upper) && isnan(test.z) && isnan(test.p_value));
	assert_true(test.rate == 0 && test.mix == test.difference);
	assert_close(test.difference, 60, 1e-12);
}

/* Everybody of one mind in both surveys: nothing has changed, as far as one can tell. */
static void
pure_segments(void **state)
{
	NpsGroups	a[] = {{INT64_MAX / 2, 0, 0}, {0, 0, INT64_MAX / 2}};
	NpsGroups	b[] = {{3, 0, 0}, {0, 0, 5}};
	NpsMixTest	test = mix_test_of(a, b, 2);

	(void) state;
	assert_true(test.rate == 0 && test.z == 0 && test.p_value == 1 && !test.significant);
	assert_true(test.standard_error == 0 && test.ci_lower < 0 && test.ci_upper > 0);
}

/* All of one mind before, all of the other after, in segments of any shares: a change of 200 points, and no more. */
static void
from_end_to_end(void **state)
{
	int			i,
				j;

	(void) state;
	random_state = 20260406;
	for (i = 0; i < 2000; i++)
	{
		NpsGroups	a[8];
		NpsGroups	b[8];
		NpsMixTest	test;

		for (j = 0; j < 8; j++)
		{
			a[j] = (NpsGroups) {0, 0, 1 + random_below(INT64_C(1) << random_below(60))};
			b[j] = (NpsGroups) {1 + random_below(1000), 0, 0};
		}
		test = mix_test_of(a, b, 8);
		assert_close(test.rate, -200, 1e-12);
		assert_true(test.rate >= -200 && test.ci_lower >= -200 && test.ci_lower <= test.rate);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_sets),
		cmocka_unit_test(by_hand),
		cmocka_unit_test(sums_and_mirrors),
		cmocka_unit_test(nothing_in_common),
		cmocka_unit_test(pure_segments),
		cmocka_unit_test(from_end_to_end),
	};

	return cmocka_run_group_tests_name("rate and mix", tests, NULL, NULL);
}
