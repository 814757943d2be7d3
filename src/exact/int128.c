/*
 * Integers of 128 bits as decimal digits.
 */
#include "int128.h"

#include <stddef.h>

/* Divides a value of 128 bits by ten in place; the remainder. */
static unsigned
divide_by_ten(uint64_t *high, uint64_t *low)
{
	uint64_t	parts[4] = {*high >> 32, *high & UINT32_MAX, *low >> 32, *low & UINT32_MAX};
	uint64_t	remainder = 0;
	int			i;

	for (i = 0; i < 4; i++)
	{
		uint64_t	dividend = (remainder << 32) | parts[i];

		parts[i] = dividend / 10;
		remainder = dividend % 10;
	}
	*high = (parts[0] << 32) | parts[1];
	*low = (parts[2] << 32) | parts[3];
	return (unsigned) remainder;
}

/* The digits, at the end of a buffer of NPS_INT128_TEXT_LENGTH; where they begin. */
char *
nps_int128_to_text(NpsInt128 value, char *buffer)
{
	bool		negative = value.high < 0;
	NpsInt128	magnitude = negative ? nps_int128_minus(nps_int128(0), value) : value;
	uint64_t	high = (uint64_t) magnitude.high;
	uint64_t	low = magnitude.low;
	char	   *text = buffer + NPS_INT128_TEXT_LENGTH - 1;

	*text = '\0';
	do
		*--text = (char) ('0' + divide_by_ten(&high, &low));
	while (high != 0 || low != 0);
	if (negative)
		*--text = '-';
	return text;
}

/* Ten times the value plus a digit; false where that is beyond 2^127 - 1. */
static bool
append_digit(NpsInt128 *value, unsigned digit)
{
	NpsInt128	product;
	uint64_t	carry;

	if (value->high > INT64_MAX / 10)
		return false;
	product.low = nps_multiply(value->low, 10, &carry);
	product.high = (int64_t) ((uint64_t) value->high * 10 + carry);
	*value = nps_int128_plus(product, nps_int128(digit));
	return value->high >= 0;
}

/*
 * Reads a whole number, which may have a sign; one past it, or NULL where there
 * is none. *overflow is set where it is too large.
 */
const char *
nps_int128_from_text(const char *text, NpsInt128 *value, bool *overflow)
{
	const char *digits = text + (*text == '-' || *text == '+');
	const char *s;

	*value = nps_int128(0);
	for (s = digits; *s >= '0' && *s <= '9'; s++)
	{
		if (!append_digit(value, (unsigned) (*s - '0')))
		{
			*value = nps_int128(0);
			*overflow = true;
		}
	}
	if (*text == '-')
		*value = nps_int128_minus(nps_int128(0), *value);
	return s == digits ? NULL : s;
}
