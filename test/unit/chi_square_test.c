/*
 * The chi-square tail against reference values of 34-digit arithmetic and closed
 * forms.
 */
#include "unit.h"
#include "chi_square.h"

/* chi_square,df,p_value; some are below the smallest double. */
static void
reference_tails(void **state)
{
	Reference	reference = open_reference("chi_square_tails.csv");

	(void) state;
	while (next_row(&reference))
	{
		double		p = nps_chi_square_p(number(&reference, 0), number(&reference, 1));
		double		expected = number(&reference, 2);

		if (expected == 0)
			assert_true(p == 0);
		else
			check_figure(&reference, p / expected, 1, 1e-9);
	}
	close_reference(&reference, 120);
}

/* One degree of freedom is the normal's two tails, two an exponential; nothing is below 0. */
static void
closed_forms(void **state)
{
	double		x;

	(void) state;
	for (x = 1e-10; x < 1000; x *= 1.7)
	{
		assert_close(nps_chi_square_p(x, 1) / erfc(sqrt(x / 2)), 1, 1e-14);
		assert_close(nps_chi_square_p(x, 2) / exp(-x / 2), 1, 1e-14);
		assert_close(nps_chi_square_p(x, 4) / (exp(-x / 2) * (1 + x / 2)), 1, 1e-13);
	}
	assert_true(nps_chi_square_p(0, 1) == 1 && nps_chi_square_p(0, 7) == 1 && nps_chi_square_p(-1, 3) == 1);
	assert_true(nps_chi_square_p(INFINITY, 1) == 0 && nps_chi_square_p(1e300, 5) == 0);
}

/* It falls as the value grows, and grows with the degrees of freedom; half a million of them, too. */
static void
monotone(void **state)
{
	double		x,
				df;

	(void) state;
	for (df = 1; df < 1e6; df = floor(df * 1.9) + 1)
	{
		for (x = df / 2; x < 2 * df; x += df / 16)
		{
			assert_true(nps_chi_square_p(x * 1.01, df) <= nps_chi_square_p(x, df) * (1 + 1e-12));
			assert_true(nps_chi_square_p(x, df + 1) * (1 + 1e-12) >= nps_chi_square_p(x, df));
		}
	}
	/* A probability, also where sums are rounded up. */
	for (x = 1e-6; x < 7; x *= 1.01)
		assert_true(nps_chi_square_p(x, 7) <= 1);
	/* Wilson and Hilferty (1931): the median is near df (1 - 2 / (9 df))^3. */
	assert_close(nps_chi_square_p(500000 * pow(1 - 2 / 4.5e6, 3), 500000), 0.5, 1e-6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_tails),
		cmocka_unit_test(closed_forms),
		cmocka_unit_test(monotone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
