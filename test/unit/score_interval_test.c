/*
 * The score interval against published cases and closed forms, and against what
 * must hold of it everywhere. The reference values are in intervals_test.c.
 */
#include "unit.h"
#include "estimate.h"
#include "quantile.h"

static NpsInterval
interval_of(int64_t promoters, int64_t passives, int64_t detractors, double confidence)
{
	NpsGroups	groups = {promoters, passives, detractors};
	NpsEstimate estimate = nps_estimate_groups(&groups, confidence, nps_interval_method("score"));
	NpsInterval points = {estimate.ci_lower, estimate.ci_upper};

	return points;
}

/* The Carpentries' instructor training report; pure samples of ten, whose limits are closed forms. */
static void
published_cases(void **state)
{
	NpsInterval carpentries = interval_of(314, 179, 35, 0.95);
	NpsInterval promoters = interval_of(10, 0, 0, 0.95);
	NpsInterval passives = interval_of(0, 10, 0, 0.95);

	(void) state;
	assert_close(carpentries.lower, 47.3523, 5e-5);
	assert_close(carpentries.upper, 57.9001, 5e-5);
	assert_close(promoters.lower, 44.4934, 5e-5);
	assert_close(promoters.upper, 100, 0);
	assert_close(passives.lower, -27.7533, 5e-5);
	assert_close(passives.upper, 27.7533, 5e-5);
}

/* As many promoters as detractors: +-z sqrt(P + D + z^2) / (n + z^2). */
static void
balanced_closed_form(void **state)
{
	double		z = nps_confidence_z(0.95);
	int			k,
				m;

	(void) state;
	for (k = 1; k < 1000000; k = k * 3 + 1)
		for (m = 0; m < 1000000; m = m * 3 + 1)
		{
			double		limit = 100 * z * sqrt(2.0 * k + z * z) / (2.0 * k + m + z * z);
			NpsInterval interval = interval_of(k, m, k, 0.95);

			assert_close(interval.upper, limit, 1e-10);
			assert_close(interval.lower, -limit, 1e-10);
		}
}

/* Without detractors the upper limit is Wilson's for the share of promoters. */
static void
no_detractors_is_wilson(void **state)
{
	double		z = nps_confidence_z(0.9);
	int			p,
				m;

	(void) state;
	for (p = 1; p < 100000; p = p * 2 + 1)
		for (m = 1; m < 100000; m = m * 2 + 1)
		{
			double		n = p + m;
			double		wilson = 100 * (p + z * z / 2 + z * sqrt((double) p * m / n + z * z / 4)) / (n + z * z);

			assert_close(interval_of(p, m, 0, 0.9).upper, wilson, 1e-10);
			assert_close(interval_of(0, m, p, 0.9).lower, -wilson, 1e-10);
		}
}

/*
 * For every mix of up to 25 responses: inside +-100, around the score, of
 * positive width, wider at a higher confidence, the mirror image for the
 * mirrored survey.
 */
static void
holds_everywhere(void **state)
{
	int			n,
				p,
				d;

	(void) state;
	for (n = 1; n <= 25; n++)
		for (p = 0; p <= n; p++)
			for (d = 0; d <= n - p; d++)
			{
				int			m = n - p - d;
				double		nps = 100.0 * (p - d) / n;
				NpsInterval narrow = interval_of(p, m, d, 0.5);
				NpsInterval wide = interval_of(p, m, d, 0.999);
				NpsInterval mirror = interval_of(d, m, p, 0.5);

				assert_true(-100 <= wide.lower && wide.upper <= 100);
				assert_true(narrow.lower <= nps && nps <= narrow.upper);
				assert_true(narrow.upper - narrow.lower > 0);
				assert_true(wide.lower <= narrow.lower && narrow.upper <= wide.upper);
				assert_true(mirror.lower == -narrow.upper && mirror.upper == -narrow.lower);
			}
}

/* Counts and confidences at the edge of their types give numbers, in order. */
static void
extreme_arguments(void **state)
{
	/* 100 times the fifth is no double, nor near enough to one. */
	const int64_t counts[] = {0, 1, 4000000000, INT64_MAX / 3, 360287970189643};
	const double confidences[] = {1e-300, 1e-9, 0.5, 1 - 1e-16};
	int			i;

	(void) state;
	for (i = 0; i < 5 * 5 * 5 * 4; i++)
	{
		int64_t		p = counts[i % 5];
		int64_t		m = counts[i / 5 % 5];
		int64_t		d = counts[i / 25 % 5];
		double		nps;
		NpsInterval interval;

		if (p + m + d == 0)
			continue;
		nps = fmax(-100, fmin(100, 100.0 * (p - d) / (double) (p + m + d)));
		interval = interval_of(p, m, d, confidences[i / 125]);
		assert_true(-100 <= interval.lower && interval.lower <= nps);
		assert_true(nps <= interval.upper && interval.upper <= 100);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_cases),
		cmocka_unit_test(balanced_closed_form),
		cmocka_unit_test(no_detractors_is_wilson),
		cmocka_unit_test(holds_everywhere),
		cmocka_unit_test(extreme_arguments),
	};

	return cmocka_run_group_tests_name("score interval", tests, NULL, NULL);
}
