/*
 * Student's t distribution against reference values of 34-digit arithmetic,
 * closed forms, and itself.
 */
#include "unit.h"
#include "gamma_ratio.h"
#include "quantile.h"
#include "student.h"

/* t,df,two_sided_p; one is 1.5e-1502, which is 0 in a double. */
static void
reference_tails(void **state)
{
	Reference	reference = open_reference("t_tails.csv");

	(void) state;
	while (next_row(&reference))
	{
		double		p = nps_t_two_sided_p(number(&reference, 0), number(&reference, 1));
		double		expected = number(&reference, 2);

		if (expected == 0)
			assert_true(p == 0);
		else
			check_figure(&reference, p / expected, 1, 1e-12);
	}
	close_reference(&reference, 69);
}

/* df,confidence,t_quantile. */
static void
reference_quantiles(void **state)
{
	Reference	reference = open_reference("t_quantiles.csv");

	(void) state;
	while (next_row(&reference))
	{
		double		t = nps_confidence_t(number(&reference, 1), number(&reference, 0));

		check_figure(&reference, t / number(&reference, 2), 1, 1e-10);
	}
	close_reference(&reference, 115);
}

/* df 1 and 2 have closed forms: far beyond any table, and next to 0. */
static void
closed_forms(void **state)
{
	const double pi = acos(-1);
	double		t;

	(void) state;
	for (t = 1e-12; t < 1e150; t *= 3.7)
	{
		assert_close(nps_t_two_sided_p(t, 1) / (t < 1 ? 1 - 2 / pi * atan(t) : 2 / pi * atan(1 / t)), 1, 1e-13);
		assert_close(nps_t_two_sided_p(t, 2) /
					 (t < 1 ? 1 - t / sqrt(2 + t * t) : 2 / (sqrt(2 + t * t) * (sqrt(2 + t * t) + t))), 1, 1e-13);
	}
	assert_true(nps_t_two_sided_p(0, 3) == 1 && nps_t_two_sided_p(-INFINITY, 3) == 0);
	assert_true(nps_t_two_sided_p(-2, 3) == nps_t_two_sided_p(2, 3));
	assert_close(nps_confidence_t(1 - 1e-12, 1) / tan(pi / 2 * (1 - 1e-12)), 1, 1e-3);
	assert_close(nps_confidence_t(1e-10, 1), tan(pi / 2 * 1e-10), 1e-15);
}

/* The tail beyond the quantile is what the confidence leaves, for every df. */
static void
quantile_and_tail_agree(void **state)
{
	double		df;
	double		tail;

	(void) state;
	for (df = 1; df < 1e19; df *= 1.37)
		for (tail = 0.999; tail > 1e-15; tail *= 0.41)
		{
			/* What a double keeps of the confidence. */
			double		kept = 1 - (1 - tail);

			assert_close(nps_t_two_sided_p(nps_confidence_t(1 - tail, df), df) / kept, 1, 1e-8);
		}
}

/* Two ways for one tail: no step where they meet, as far as doubles reach. */
static void
ways_meet(void **state)
{
	double		t;

	(void) state;
	for (t = 0.01; t < 40; t += 0.37)
	{
		double		below = nps_t_two_sided_p(t, 2000 * (1 - 1e-13));

		if (below > 1e-300)
			assert_close(nps_t_two_sided_p(t, 2000) / below, 1, 1e-10);
	}
	for (t = 0.001; t < 1; t += 0.01)
		assert_close(nps_confidence_t(t, 2000) / nps_confidence_t(t, 2000 * (1 - 1e-13)), 1, 1e-10);
}

/* With ever more df it is the normal distribution. */
static void
normal_limit(void **state)
{
	double		t;

	(void) state;
	for (t = 0.1; t < 38; t += 0.1)
		assert_close(nps_t_two_sided_p(t, 9.2e18) / erfc(t / sqrt(2)), 1, 1e-12);
	assert_true(nps_t_two_sided_p(41, 9.2e18) == 0 && nps_t_two_sided_p(1e200, 1e6) == 0);
	assert_close(nps_confidence_t(0.95, 9.2e18), nps_confidence_z(0.95), 1e-15);
}

/* Gamma(a + 1/2)/Gamma(a) of whole and half numbers by products; of large ones nearly the root of a - 1/4. */
static void
gamma_ratios(void **state)
{
	double		whole = sqrt(acos(-1)) / 2;	/* at a = 1 */
	double		half = 1 / sqrt(acos(-1));	/* at a = 1/2 */
	int			a;

	(void) state;
	for (a = 1; a < 2000; a++)
	{
		assert_close(nps_gamma_ratio(a) / whole, 1, 1e-12);
		assert_close(nps_gamma_ratio(a - 0.5) / half, 1, 1e-12);
		whole *= (a + 0.5) / a;
		half *= a / (a - 0.5);
	}
	assert_close(nps_gamma_ratio(1e18) / 1e9, 1, 1e-15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_tails),
		cmocka_unit_test(reference_quantiles),
		cmocka_unit_test(closed_forms),
		cmocka_unit_test(quantile_and_tail_agree),
		cmocka_unit_test(ways_meet),
		cmocka_unit_test(normal_limit),
		cmocka_unit_test(gamma_ratios),
	};

	return cmocka_run_group_tests_name("student", tests, NULL, NULL);
}
