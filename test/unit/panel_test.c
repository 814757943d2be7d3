/*
 * The same customers asked twice: reference values of 34-digit arithmetic, and
 * what must hold of every panel.
 */
#include "unit.h"
#include "accounts.h"
#include "random.h"

/* The panel of that name, of rows name,cluster,before_pmd,after_pmd. */
static NpsPanel
named_panel(const char *name)
{
	Reference	reference = open_reference("cluster_paired_tests.csv");
	NpsPanel	panel = {0};

	while (next_row(&reference))
	{
		NpsGroups	before = groups_of(reference.fields[2]);
		NpsGroups	after = groups_of(reference.fields[3]);

		if (strcmp(reference.fields[0], name) == 0)
			add_to_panel(&panel, &before, &after);
	}
	assert_int_equal(reference.rows, 563);
	fclose(reference.file);
	assert_true(panel.accounts > 0);
	return panel;
}

/* name,difference,standard_error,t,df,p_value,ci_lower,ci_upper. */
static void
reference_panels(void **state)
{
	Reference	reference = open_reference("cluster_paired_results.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsPanel	panel = named_panel(reference.fields[0]);
		NpsTest		test = nps_test_panel(&panel, 0.95);

		check_figure(&reference, test.difference, number(&reference, 1), 1e-9);
		check_figure(&reference, test.standard_error, number(&reference, 2), 1e-9);
		check_figure(&reference, test.z, number(&reference, 3), 1e-9);
		check_figure(&reference, test.p_value, number(&reference, 5), 1e-9);
		check_figure(&reference, test.ci_lower, number(&reference, 6), 1e-8);
		check_figure(&reference, test.ci_upper, number(&reference, 7), 1e-8);
	}
	close_reference(&reference, 34);
}

static NpsGroups
one_answer(Answer answer)
{
	NpsGroups	groups = {0, 0, 0};

	count_answer(&groups, answer);
	return groups;
}

static double
width(const NpsTest *test)
{
	return test->ci_upper - test->ci_lower;
}

/* The same answers as if nobody had been asked twice. */
static NpsTest
independent_test(const NpsPanel *panel)
{
	NpsPair		pair = nps_pair_from_groups(&panel->a, &panel->b);

	return nps_test_pair(&pair, 0.95, &nps_difference_methods[0]);
}

/* How a customer answers the second time. */
typedef enum Habit
{
	AGREES,						/* as the first time, but for one in five */
	OPPOSES,					/* the opposite of it, but for one in five */
	FORGETS						/* anything */
} Habit;

static Answer
second_answer(Answer first, Habit habit)
{
	if (habit == FORGETS || random_share() < 0.2)
		return random_answer();
	return habit == AGREES ? first : (Answer) (DETRACTOR - first);
}

static NpsPanel
random_panel(int customers, Habit habit)
{
	NpsPanel	panel = {0};
	int			i;

	for (i = 0; i < customers; i++)
	{
		Answer		first = random_answer();
		NpsGroups	a = one_answer(first);
		NpsGroups	b = one_answer(second_answer(first, habit));

		add_to_panel(&panel, &a, &b);
	}
	return panel;
}

/* What is known of the customers counts: answers that agree tell more than those of strangers, ones that oppose less. */
static void
against_independent_surveys(void **state)
{
	NpsPanel	panel;
	NpsTest		paired;
	NpsTest		independent;

	(void) state;
	random_state = 20260304;
	panel = random_panel(50, AGREES);
	paired = nps_test_panel(&panel, 0.95);
	independent = independent_test(&panel);
	assert_true(width(&paired) < 0.8 * width(&independent));

	panel = random_panel(50, OPPOSES);
	paired = nps_test_panel(&panel, 0.95);
	independent = independent_test(&panel);
	assert_true(width(&paired) > 1.2 * width(&independent));

	panel = random_panel(20000, FORGETS);
	paired = nps_test_panel(&panel, 0.95);
	independent = independent_test(&panel);
	assert_close(width(&paired) / width(&independent), 1, 0.02);
	assert_close(paired.z / independent.z, 1, 0.02);
}

/* Of 4,000 panels without a change, some customers missing in either wave, about one in twenty seems to have one, as doc/statistics.md says. */
static void
false_alarms(void **state)
{
	const int	panels = 4000;
	int			alarms = 0;
	int			i,
				j;

	(void) state;
	random_state = 20260305;
	for (i = 0; i < panels; i++)
	{
		NpsPanel	panel = {0};
		NpsTest		test;

		for (j = 0; j < 50; j++)
		{
			Answer		first = random_answer();
			NpsGroups	none = {0, 0, 0};
			NpsGroups	a = random_share() < 0.2 ? none : one_answer(first);
			NpsGroups	b = random_share() < 0.2 ? none : one_answer(random_share() < 0.5 ? first : random_answer());

			add_to_panel(&panel, &a, &b);
		}
		test = nps_test_panel(&panel, 0.95);
		alarms += test.significant;
	}
	printf("# %d of %d panels without a change seem to have one\n", alarms, panels);
	assert_close(alarms / (double) panels, 0.052, 0.001);
}

/* The t test of pairs, where each of 8 customers gives one answer a time: differences 1, 0, 0, 2, 1, -1, 0, 1. */
static void
textbook_pairs(void **state)
{
	static const Answer answers[8][2] = {
		{PROMOTER, PASSIVE}, {PROMOTER, PROMOTER}, {PASSIVE, PASSIVE}, {PROMOTER, DETRACTOR},
		{PASSIVE, DETRACTOR}, {PASSIVE, PROMOTER}, {DETRACTOR, DETRACTOR}, {PROMOTER, PASSIVE}
	};
	NpsPanel	panel = {0};
	NpsTest		test;
	double		standard_error = sqrt((8 - 4 * 4 / 8.0) / 7 / 8);
	int			i;

	(void) state;
	for (i = 0; i < 8; i++)
	{
		NpsGroups	a = one_answer(answers[i][0]);
		NpsGroups	b = one_answer(answers[i][1]);

		add_to_panel(&panel, &a, &b);
	}
	test = nps_test_panel(&panel, 0.95);
	assert_close(test.difference, 50, 0);
	assert_close(test.standard_error, 100 * standard_error, 1e-12);
	assert_close(test.z, 0.5 / standard_error, 1e-12);
	/* The t of 95 % and 7 degrees of freedom in any table. */
	assert_close(test.ci_upper, 50 + 100 * 2.364624 * standard_error, 1e-4);
}

/* Nothing but the difference where accounts do not differ, or one of them is almost all. */
static void
nothing_known(void **state)
{
	NpsGroups	many = {3000000000, 2000000000, 1000000000};
	NpsGroups	few = {1, 0, 2};
	NpsPanel	alike = {0};
	NpsPanel	one = {0};
	NpsPanel	giant = {0};
	NpsTest		test;
	int			i;

	(void) state;
	/* The second wave has three times the answers of the first, account by account. */
	for (i = 0; i < 5; i++)
	{
		NpsGroups	wave = {3 + i, 2 + i, 1};
		NpsGroups	larger = {9 + 3 * i, 6 + 3 * i, 3};

		add_to_panel(&alike, &wave, &larger);
	}
	test = nps_test_panel(&alike, 0.95);
	assert_true(test.difference == 0 && test.standard_error == 0 && isnan(test.p_value) && isnan(test.ci_lower));

	add_to_panel(&one, &few, &many);
	test = nps_test_panel(&one, 0.95);
	assert_close(test.difference, -100.0 / 3 - 100.0 / 3, 1e-12);
	assert_true(isnan(test.standard_error) && isnan(test.z) && !test.significant);

	add_to_panel(&giant, &many, &few);
	add_to_panel(&giant, &few, &few);
	add_to_panel(&giant, &few, &few);
	test = nps_test_panel(&giant, 0.95);
	assert_close(test.difference, 100.0 / 3 + 100.0 / 3, 1e-6);
	assert_true(!isnan(test.standard_error) && isnan(test.z) && isnan(test.p_value) && isnan(test.ci_upper));
}

/* Every answer that a bigint counts, in either wave, changed altogether. */
static void
largest_counts(void **state)
{
	NpsGroups	promoters = {INT64_MAX / 3, 0, 0};
	NpsGroups	detractors = {0, 0, INT64_MAX / 3};
	NpsGroups	both = {INT64_MAX / 6, 0, INT64_MAX / 6};
	NpsPanel	panel = {0};
	NpsTest		test;

	(void) state;
	add_to_panel(&panel, &promoters, &detractors);
	add_to_panel(&panel, &promoters, &detractors);
	add_to_panel(&panel, &promoters, &both);
	test = nps_test_panel(&panel, 0.95);
	assert_close(test.difference, 100 + 200.0 / 3, 1e-9);
	/* u is -1/9, -1/9 and 2/9. */
	assert_close(test.standard_error, 100 * sqrt(1.5 * 6.0 / 81), 1e-9);
	assert_true(test.ci_lower >= -200 && test.ci_upper == 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_panels),
		cmocka_unit_test(textbook_pairs),
		cmocka_unit_test(against_independent_surveys),
		cmocka_unit_test(false_alarms),
		cmocka_unit_test(nothing_known),
		cmocka_unit_test(largest_counts),
	};

	return cmocka_run_group_tests_name("panels", tests, NULL, NULL);
}
