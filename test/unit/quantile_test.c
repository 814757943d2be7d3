/*
 * The normal quantile against the tables and against erfc, its inverse.
 */
#include "unit.h"
#include "quantile.h"

/* The figures of AS 241 itself and of any table of the normal distribution. */
static void
published_values(void **state)
{
	(void) state;
	assert_close(nps_normal_quantile(0.25), -0.6744897501960817, 1e-15);
	assert_close(nps_normal_quantile(0.001), -3.090232306167814, 1e-14);
	assert_close(nps_normal_quantile(1e-20), -9.262340089798408, 1e-13);
	assert_close(nps_normal_quantile(0.5), 0, 0);
	assert_close(nps_confidence_z(0.80), 1.2815515655446004, 1e-14);
	assert_close(nps_confidence_z(0.90), 1.6448536269514722, 1e-14);
	assert_close(nps_confidence_z(0.95), 1.9599639845400545, 1e-14);
	assert_close(nps_confidence_z(0.99), 2.5758293035489004, 1e-14);
	assert_close(nps_confidence_z(0.999), 3.2905267314919255, 1e-13);
}

/*
 * The tail beyond the quantile is the probability asked for, in all three
 * branches. An error in z moves the logarithm of the tail z times as far.
 */
static void
inverse_of_erfc(void **state)
{
	double		tail;

	(void) state;
	for (tail = 0.4999; tail > 1e-300; tail *= 0.83)
	{
		double		z = -nps_normal_quantile(tail);

		assert_close(erfc(z / sqrt(2)) / 2 / tail, 1, 2e-15 * (1 + z * z));
		if (tail > 1e-3)
			assert_close(nps_normal_quantile(1 - tail), z, 1e-12);
	}
}

/* The default confidence is a case of its own: it fits between its neighbours. */
static void
default_confidence(void **state)
{
	double		below = nps_confidence_z(0.95 - 1e-9);
	double		above = nps_confidence_z(0.95 + 1e-9);

	(void) state;
	assert_close(nps_confidence_z(0.95), (below + above) / 2, 1e-14);
}

/* A confidence too small to survive 1 - (1 - confidence)/2 still has its z. */
static void
tiny_confidence(void **state)
{
	(void) state;
	assert_close(nps_confidence_z(1e-20) / 1e-20, sqrt(2 * acos(-1)) / 2, 1e-14);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_values),
		cmocka_unit_test(inverse_of_erfc),
		cmocka_unit_test(default_confidence),
		cmocka_unit_test(tiny_confidence),
	};

	return cmocka_run_group_tests_name("quantile", tests, NULL, NULL);
}
