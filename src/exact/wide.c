/*
 * Exact integers of 512 bits, by limbs of 64.
 */
#include "wide.h"

#include <stdbool.h>

NpsWide
nps_wide(int64_t value)
{
	return nps_wide_from_int128(nps_int128(value));
}

NpsWide
nps_wide_from_int128(NpsInt128 value)
{
	NpsWide		wide = {{value.low, (uint64_t) value.high}};
	int			i;

	for (i = 2; value.high < 0 && i < NPS_WIDE_LIMBS; i++)
		wide.limbs[i] = UINT64_MAX;
	return wide;
}

NpsWide
nps_wide_plus(NpsWide a, NpsWide b)
{
	NpsWide		sum;
	uint64_t	carry = 0;
	int			i;

	for (i = 0; i < NPS_WIDE_LIMBS; i++)
	{
		uint64_t	with_carry = a.limbs[i] + carry;

		sum.limbs[i] = with_carry + b.limbs[i];
		carry = (with_carry < carry) + (sum.limbs[i] < with_carry);
	}
	return sum;
}

NpsWide
nps_wide_minus(NpsWide a, NpsWide b)
{
	NpsWide		difference;
	uint64_t	borrow = 0;
	int			i;

	for (i = 0; i < NPS_WIDE_LIMBS; i++)
	{
		uint64_t	with_borrow = a.limbs[i] - borrow;

		difference.limbs[i] = with_borrow - b.limbs[i];
		borrow = (a.limbs[i] < borrow) + (with_borrow < b.limbs[i]);
	}
	return difference;
}

/* By limbs, as on paper; what would lie above the highest is the same for either sign. */
NpsWide
nps_wide_times(NpsWide a, NpsWide b)
{
	NpsWide		product = {{0}};
	int			i,
				j;

	for (i = 0; i < NPS_WIDE_LIMBS; i++)
	{
		uint64_t	carry = 0;

		if (a.limbs[i] == 0)
			continue;
		for (j = 0; i + j < NPS_WIDE_LIMBS; j++)
		{
			uint64_t	high;
			uint64_t	low = nps_multiply(a.limbs[i], b.limbs[j], &high);

			low += carry;
			high += low < carry;
			product.limbs[i + j] += low;
			carry = high + (product.limbs[i + j] < low);
		}
	}
	return product;
}

/* -1, 0 or 1. */
int
nps_wide_sign(NpsWide a)
{
	int			i;

	if (a.limbs[NPS_WIDE_LIMBS - 1] >> 63)
		return -1;
	for (i = 0; i < NPS_WIDE_LIMBS; i++)
	{
		if (a.limbs[i] != 0)
			return 1;
	}
	return 0;
}

/* The nearest double, or one next to it. */
double
nps_wide_to_double(NpsWide a)
{
	bool		negative = nps_wide_sign(a) < 0;
	double		value = 0;
	int			i;

	if (negative)
		a = nps_wide_minus(nps_wide(0), a);
	for (i = NPS_WIDE_LIMBS - 1; i >= 0; i--)
		value = value * 18446744073709551616.0 + (double) a.limbs[i];
	return negative ? -value : value;
}
