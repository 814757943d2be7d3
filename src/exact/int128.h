/*
 * Sums of products of counts: exact integers of 128 bits, which wrap around
 * where a sum does not fit. Of any compiler, and without the alignment to 16
 * bytes that its own type might ask for and stored values do not have.
 */
#ifndef NPS_EXACT_INT128_H
#define NPS_EXACT_INT128_H

#include <stdbool.h>
#include <stdint.h>

typedef struct NpsInt128
{
	int64_t		high;
	uint64_t	low;
} NpsInt128;

/* The product of two unsigned numbers by halves, for compilers that have no wider type. */
static inline uint64_t
nps_multiply_halves(uint64_t a, uint64_t b, uint64_t *high)
{
	uint64_t	a_low = (uint32_t) a;
	uint64_t	a_high = a >> 32;
	uint64_t	b_low = (uint32_t) b;
	uint64_t	b_high = b >> 32;
	uint64_t	middle = a_high * b_low + (a_low * b_low >> 32);
	uint64_t	other = a_low * b_high + (uint32_t) middle;

	*high = a_high * b_high + (middle >> 32) + (other >> 32);
	return a * b;
}

/* The product of two unsigned numbers: its lower half, and its upper in *high. */
static inline uint64_t
nps_multiply(uint64_t a, uint64_t b, uint64_t *high)
{
#ifdef __SIZEOF_INT128__
	unsigned __int128 product = (unsigned __int128) a * b;

	*high = (uint64_t) (product >> 64);
	return (uint64_t) product;
#else
	return nps_multiply_halves(a, b, high);
#endif
}

static inline NpsInt128
nps_int128(int64_t value)
{
	NpsInt128	same = {value < 0 ? -1 : 0, (uint64_t) value};

	return same;
}

static inline NpsInt128
nps_int128_plus(NpsInt128 a, NpsInt128 b)
{
	NpsInt128	sum;

	sum.low = a.low + b.low;
	sum.high = (int64_t) ((uint64_t) a.high + (uint64_t) b.high + (sum.low < a.low));
	return sum;
}

static inline NpsInt128
nps_int128_minus(NpsInt128 a, NpsInt128 b)
{
	NpsInt128	difference;

	difference.low = a.low - b.low;
	difference.high = (int64_t) ((uint64_t) a.high - (uint64_t) b.high - (a.low < b.low));
	return difference;
}

/* The product of two signed numbers: that of their bits, less what the sign bits should not have counted. */
static inline NpsInt128
nps_int128_product(int64_t a, int64_t b)
{
	NpsInt128	product;
	uint64_t	high;

	product.low = nps_multiply((uint64_t) a, (uint64_t) b, &high);
	high -= (a < 0 ? (uint64_t) b : 0) + (b < 0 ? (uint64_t) a : 0);
	product.high = (int64_t) high;
	return product;
}

/* Below, at or above 0 as a is below, at or above b. */
static inline int
nps_int128_compare(NpsInt128 a, NpsInt128 b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return a.low == b.low ? 0 : a.low < b.low ? -1 : 1;
}

/* The nearest double, or one next to it. */
static inline double
nps_int128_to_double(NpsInt128 value)
{
	NpsInt128	magnitude = value.high < 0 ? nps_int128_minus(nps_int128(0), value) : value;
	double		rounded = (double) magnitude.high * 18446744073709551616.0 + (double) magnitude.low;

	return value.high < 0 ? -rounded : rounded;
}

/* Room for any value in decimal digits, with its sign and a final zero byte. */
#define NPS_INT128_TEXT_LENGTH 41

char	   *nps_int128_to_text(NpsInt128 value, char *buffer);
const char *nps_int128_from_text(const char *text, NpsInt128 *value, bool *overflow);

#endif
