/*
 * The bracketed root finder on functions whose roots are known.
 */
#include "unit.h"
#include "root.h"

static int	evaluations;

static double
cubic(double x, const void *context)
{
	evaluations++;
	return x * x * x - *(const double *) context;
}

/* As flat at its root as a function can be: interpolation is of no help. */
static double
step(double x, const void *context)
{
	evaluations++;
	return x < *(const double *) context ? -1 : 1;
}

static void
finds_the_root(void **state)
{
	double		target;

	(void) state;
	for (target = 1e-12; target < 1e12; target *= 7)
	{
		double		root;

		evaluations = 0;
		root = nps_bracketed_root(cubic, &target, 0, -target, 1e5, 1e15 - target);
		assert_close(root / cbrt(target), 1, 1e-15);
		assert_true(evaluations < 100);
	}
}

static void
either_direction(void **state)
{
	double		target = 2;

	(void) state;
	assert_close(nps_bracketed_root(cubic, &target, 5, 1, -5, -1), cbrt(2), 1e-15);
}

static void
ends_on_a_step(void **state)
{
	double		target = 1.0 / 3;

	(void) state;
	evaluations = 0;
	assert_close(nps_bracketed_root(step, &target, 0, -1, 1, 1), target, 1e-15);
	assert_true(evaluations < 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_root),
		cmocka_unit_test(either_direction),
		cmocka_unit_test(ends_on_a_step),
	};

	return cmocka_run_group_tests_name("root", tests, NULL, NULL);
}
