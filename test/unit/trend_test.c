/*
 * A line through periods: reference values of 34-digit arithmetic, and what
 * must hold however the periods come together.
 */
#include "unit.h"
#include "difference.h"
#include "random.h"
#include "trend.h"

static NpsTrend
trend_with(NpsTrend trend, double x, NpsGroups period)
{
	NpsTrend	more = nps_trend_of(x, &period);

	nps_trend_add(&trend, &more);
	return trend;
}

/* "x:promoters/passives/detractors;..." */
static NpsTrend
trend_from_text(char *text)
{
	NpsTrend	trend = {0};
	char	   *period;

	for (period = strtok(text, ";"); period != NULL; period = strtok(NULL, ";"))
	{
		char	   *counts;
		double		x = strtod(period, &counts);

		trend = trend_with(trend, x, groups_from_text(counts + 1));
	}
	return trend;
}

/* name,periods_x_pmd,periods,slope,z,t,df,p_value,ci_lower,ci_upper,se_sampling,se_residual,dispersion */
static void
reference_rows(void **state)
{
	Reference	reference = open_reference("trend.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsTrend	trend = trend_from_text(reference.fields[1]);
		NpsTrendTest test = nps_trend_test(&trend, 0.95);

		assert_int_equal(test.periods, count(&reference, 2));
		assert_true(isnan(test.slope) == isnan(number(&reference, 3)));
		assert_true(isnan(test.ci_lower) == isnan(number(&reference, 8)));
		check_figure(&reference, test.slope, number(&reference, 3), 1e-9);
		check_figure(&reference, test.p_value, number(&reference, 7), 1e-9);
		check_figure(&reference, test.ci_lower, number(&reference, 8), 1e-9);
		check_figure(&reference, test.ci_upper, number(&reference, 9), 1e-9);
		check_figure(&reference, test.standard_error, fmax(number(&reference, 10), number(&reference, 11)), 1e-9);
	}
	close_reference(&reference, 23);
}

/* Two periods have a line through both, and nothing to judge it by. */
static void
two_periods_and_none(void **state)
{
	NpsTrend	trend = {0};
	NpsTrendTest test = nps_trend_test(&trend, 0.95);

	(void) state;
	assert_true(test.periods == 0 && isnan(test.slope) && isnan(test.p_value));
	trend = trend_with(trend, 2016, (NpsGroups) {3, 0, 1});
	trend = trend_with(trend, 2017, (NpsGroups) {0, 0, 0});	/* a period without responses is none */
	trend = trend_with(trend, 2018, (NpsGroups) {1, 2, 1});
	test = nps_trend_test(&trend, 0.95);
	assert_true(test.periods == 2 && isnan(test.standard_error) && isnan(test.p_value));
	assert_close(test.slope, -25, 1e-12);
}

/*
 * Of 2,000 random series: in parts, as one; with x moved and stretched, the
 * slope shrinks and the p-value stays; with promoters and detractors exchanged,
 * the mirror.
 */
static void
parts_and_scales(void **state)
{
	int			i,
				j;

	(void) state;
	random_state = 20260403;
	for (i = 0; i < 2000; i++)
	{
		NpsTrend	whole = {0};
		NpsTrend	parts[3] = {{0}};
		NpsTrend	stretched = {0};
		NpsTrend	mirror = {0};
		int			periods = 3 + (int) random_below(12);
		NpsTrendTest test,
					in_parts,
					in_days,
					mirrored;

		for (j = 0; j < periods; j++)
		{
			double		x = (double) random_below(20);
			NpsGroups	period = {random_below(200), random_below(100), random_below(150)};
			NpsGroups	exchanged = {period.detractors, period.passives, period.promoters};
			int			part = (int) random_below(3);

			whole = trend_with(whole, x, period);
			parts[part] = trend_with(parts[part], x, period);
			stretched = trend_with(stretched, 20000 + 90 * x, period);
			mirror = trend_with(mirror, x, exchanged);
		}
		nps_trend_add(&parts[2], &parts[0]);
		nps_trend_add(&parts[2], &parts[1]);

		test = nps_trend_test(&whole, 0.95);
		in_parts = nps_trend_test(&parts[2], 0.95);
		in_days = nps_trend_test(&stretched, 0.95);
		mirrored = nps_trend_test(&mirror, 0.95);
		assert_int_equal(test.periods, in_parts.periods);
		if (isnan(test.ci_lower))
			continue;
		assert_close(in_parts.slope, test.slope, 1e-10);
		assert_close(in_parts.p_value, test.p_value, 1e-10);
		assert_close(in_parts.ci_upper, test.ci_upper, 1e-9);
		assert_close(90 * in_days.slope, test.slope, 1e-9);
		assert_close(in_days.p_value, test.p_value, 1e-9);
		assert_close(90 * in_days.ci_lower, test.ci_lower, 1e-8);
		assert_close(mirrored.slope, -test.slope, 1e-10);
		assert_close(mirrored.ci_lower, -test.ci_upper, 1e-9);
		assert_true(test.significant == (test.ci_lower > 0 || test.ci_upper < 0));
	}
}

/* x so close together that their squares have no digits is x that does not vary. */
static void
extreme_x(void **state)
{
	NpsTrend	trend = {0};
	int			i;

	(void) state;
	for (i = 0; i < 4; i++)
		trend = trend_with(trend, i * 1e-162, (NpsGroups) {i, 1, 1});
	assert_true(isnan(nps_trend_test(&trend, 0.95).slope));

	trend = (NpsTrend) {0};
	for (i = 0; i < 4; i++)
		trend = trend_with(trend, i * 1e-150, (NpsGroups) {i, 1, 1});
	assert_true(isfinite(nps_trend_test(&trend, 0.95).slope));
	assert_true(isfinite(nps_trend_test(&trend, 0.95).ci_upper));

	/* The same x in many periods is one x, however it is rounded. */
	trend = (NpsTrend) {0};
	for (i = 0; i < 1000; i++)
		trend = trend_with(trend, 0.1, (NpsGroups) {i % 7, 3, i % 5});
	assert_true(isnan(nps_trend_test(&trend, 0.95).slope));
}

/* A period of 200 answers of half promoters and a fifth detractors, whose true score wanders by that many points. */
static NpsGroups
wandering_period(double points)
{
	double		shift = points / 200 * random_normal();
	NpsGroups	period = {0, 0, 0};
	int			i;

	for (i = 0; i < 200; i++)
		count_answer(&period, random_answer_of(0.5 + shift, 0.3));
	return period;
}

/* The test that knows sampling alone: significant at 95 %? */
static int
significant_by_sampling(const NpsTrend *trend)
{
	double		n = trend->promoters + trend->passives + trend->detractors;
	NpsSample	pooled = {trend->promoters / n, trend->passives / n, trend->detractors / n, 0, 0, n};
	double		slope = trend->x_theta / trend->xx;

	return nps_two_sided_p(slope / sqrt(nps_sample_variance(&pooled) / trend->xx * n / (n - 1))) < 0.05;
}

/* How often twelve periods without a trend seem to have one: as doc/statistics.md says. */
static void
check_false_alarms(double points, double by_sampling, double by_both)
{
	const int	series = 4000;
	int			sampling_alarms = 0;
	int			alarms = 0;
	int			i,
				j;

	for (i = 0; i < series; i++)
	{
		NpsTrend	trend = {0};

		for (j = 0; j < 12; j++)
			trend = trend_with(trend, j, wandering_period(points));
		sampling_alarms += significant_by_sampling(&trend);
		alarms += nps_trend_test(&trend, 0.95).significant;
	}
	printf("# a score that wanders by %.0f points: a trend by sampling alone in %.3f, by both in %.3f\n",
		   points, sampling_alarms / (double) series, alarms / (double) series);
	assert_close(sampling_alarms / (double) series, by_sampling, 0.002);
	assert_close(alarms / (double) series, by_both, 0.002);
}

static void
false_alarms(void **state)
{
	(void) state;
	random_state = 20260404;
	check_false_alarms(0, 0.047, 0.030);
	check_false_alarms(5, 0.148, 0.043);
	check_false_alarms(10, 0.341, 0.048);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_rows),
		cmocka_unit_test(two_periods_and_none),
		cmocka_unit_test(parts_and_scales),
		cmocka_unit_test(extreme_x),
		cmocka_unit_test(false_alarms),
	};

	return cmocka_run_group_tests_name("trends", tests, NULL, NULL);
}
