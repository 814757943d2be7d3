/*
 * Exact integers of 512 bits: products of sums of products of counts. In two's
 * complement, wrapping around where a result does not fit; the callers' bounds
 * keep that from happening.
 */
#ifndef NPS_EXACT_WIDE_H
#define NPS_EXACT_WIDE_H

#include "int128.h"

#define NPS_WIDE_LIMBS 8

/* The lowest limb first. */
typedef struct NpsWide
{
	uint64_t	limbs[NPS_WIDE_LIMBS];
} NpsWide;

NpsWide		nps_wide(int64_t value);
NpsWide		nps_wide_from_int128(NpsInt128 value);
NpsWide		nps_wide_plus(NpsWide a, NpsWide b);
NpsWide		nps_wide_minus(NpsWide a, NpsWide b);
NpsWide		nps_wide_times(NpsWide a, NpsWide b);
int			nps_wide_sign(NpsWide a);
double		nps_wide_to_double(NpsWide a);

#endif
