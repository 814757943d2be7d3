/*
 * Exact integers against those of Python, and the two ways to multiply against
 * each other.
 */
#include "unit.h"
#include "exact/wide.h"

/* Reads 128 hexadecimal digits, two's complement. */
static NpsWide
wide_of(const char *digits)
{
	NpsWide		wide;
	int			i;

	for (i = NPS_WIDE_LIMBS - 1; i >= 0; i--, digits += 16)
	{
		char		limb[17] = "";

		memcpy(limb, digits, 16);
		wide.limbs[i] = strtoull(limb, NULL, 16);
	}
	return wide;
}

static void
assert_wide(NpsWide actual, NpsWide expected)
{
	assert_memory_equal(actual.limbs, expected.limbs, sizeof(actual.limbs));
}

/* a,b,sum,difference,product,product_double: between 62 and 512 bits, of either sign. */
static void
as_in_python(void **state)
{
	Reference	reference = open_reference("wide.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsWide		a = wide_of(reference.fields[0]);
		NpsWide		b = wide_of(reference.fields[1]);
		NpsWide		product = nps_wide_times(a, b);
		double		expected = number(&reference, 5);

		assert_wide(nps_wide_plus(a, b), wide_of(reference.fields[2]));
		assert_wide(nps_wide_minus(a, b), wide_of(reference.fields[3]));
		assert_wide(product, wide_of(reference.fields[4]));
		assert_wide(nps_wide_times(b, a), product);
		assert_int_equal(nps_wide_sign(product), (expected > 0) - (expected < 0));
		if (expected != 0)
			check_figure(&reference, nps_wide_to_double(product) / expected, 1, 3e-16);
	}
	close_reference(&reference, 18);
}

/* Values at the ends of each half of a limb. */
static const int64_t values[] = {
	0, 1, -1, 2, -3, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_C(1) << 32, -(INT64_C(1) << 33) - 5,
	INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_C(1234567890123456789)
};

#define VALUES ((int) (sizeof(values) / sizeof(values[0])))

/* By halves as by the compiler's own type; sums of 128 bits as those of 512. */
static void
products_of_int64(void **state)
{
	int			i,
				j;

	(void) state;
	for (i = 0; i < VALUES; i++)
		for (j = 0; j < VALUES; j++)
		{
			NpsInt128	product = nps_int128_product(values[i], values[j]);
			uint64_t	high;
			uint64_t	high_by_halves;

			assert_true(nps_multiply((uint64_t) values[i], (uint64_t) values[j], &high) ==
						nps_multiply_halves((uint64_t) values[i], (uint64_t) values[j], &high_by_halves));
			assert_true(high == high_by_halves);
			assert_wide(nps_wide_from_int128(product), nps_wide_times(nps_wide(values[i]), nps_wide(values[j])));
		}
}

static void
sums_of_products(void **state)
{
	int			i,
				j;

	(void) state;
	for (i = 0; i < VALUES; i++)
		for (j = 0; j < VALUES; j++)
		{
			NpsInt128	a = nps_int128_product(values[i], INT64_C(1) << 61);
			NpsInt128	b = nps_int128_product(values[j], INT64_C(987654321987654321));
			NpsWide		difference = nps_wide_minus(nps_wide_from_int128(a), nps_wide_from_int128(b));

			assert_wide(nps_wide_from_int128(nps_int128_plus(a, b)),
						nps_wide_plus(nps_wide_from_int128(a), nps_wide_from_int128(b)));
			assert_wide(nps_wide_from_int128(nps_int128_minus(a, b)), difference);
			assert_int_equal(nps_int128_compare(a, b), nps_wide_sign(difference));
		}
}

/* Powers of 2^62 have one limb that is not 0. */
static void
powers(void **state)
{
	NpsWide		factor = nps_wide(INT64_C(1) << 62);
	NpsWide		power = nps_wide(1);
	int			i;

	(void) state;
	for (i = 1; i <= 8; i++)
	{
		power = nps_wide_times(power, factor);
		assert_int_equal(nps_wide_sign(power), 1);
		assert_int_equal(nps_wide_sign(nps_wide_minus(nps_wide(0), power)), -1);
		assert_true(nps_wide_to_double(power) == ldexp(1, 62 * i));
	}
	assert_int_equal(nps_wide_sign(nps_wide(0)), 0);
}

/* In decimal digits and back, up to the last value of 127 bits; beyond, and of other forms, never. */
static void
decimal_digits(void **state)
{
	static const char *const texts[] = {
		"0", "7", "-1", "10", "-9223372036854775808", "18446744073709551615", "18446744073709551616",
		"-18446744073709551617", "184467440737095516160", "100000000000000000000000000000000000000",
		"170141183460469231731687303715884105727", "-170141183460469231731687303715884105727"
	};
	static const char *const too_large[] = {
		"170141183460469231731687303715884105728", "340282366920938463463374607431768211461",
		"-200000000000000000000000000000000000000", "99999999999999999999999999999999999999999999999999"
	};
	char		buffer[NPS_INT128_TEXT_LENGTH];
	NpsInt128	value;
	bool		overflow = false;
	size_t		i;

	(void) state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		assert_ptr_equal(nps_int128_from_text(texts[i], &value, &overflow), texts[i] + strlen(texts[i]));
		assert_string_equal(nps_int128_to_text(value, buffer), texts[i]);
	}
	assert_false(overflow);
	assert_int_equal(nps_int128_compare(value, nps_int128_minus(nps_int128(0), (NpsInt128) {INT64_MAX, UINT64_MAX})), 0);
	for (i = 0; i < sizeof(too_large) / sizeof(too_large[0]); i++)
	{
		overflow = false;
		assert_non_null(nps_int128_from_text(too_large[i], &value, &overflow));
		assert_true(overflow);
	}
	overflow = false;
	assert_string_equal(nps_int128_from_text("+0012,", &value, &overflow), ",");
	assert_int_equal(nps_int128_compare(value, nps_int128(12)), 0);
	assert_string_equal(nps_int128_from_text("-0}", &value, &overflow), "}");
	assert_int_equal(nps_int128_compare(value, nps_int128(0)), 0);
	assert_null(nps_int128_from_text("", &value, &overflow));
	assert_null(nps_int128_from_text("-", &value, &overflow));
	assert_null(nps_int128_from_text("x1", &value, &overflow));
	assert_null(nps_int128_from_text("--1", &value, &overflow));
	assert_false(overflow);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_in_python),
		cmocka_unit_test(products_of_int64),
		cmocka_unit_test(sums_of_products),
		cmocka_unit_test(powers),
		cmocka_unit_test(decimal_digits),
	};

	return cmocka_run_group_tests_name("wide", tests, NULL, NULL);
}
