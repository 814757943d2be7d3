/*
 * nps_score: one response. Whatever number it comes as, one that is no whole
 * number from 0 to 10 is an error of 22003 that names it, never rounded.
 */
#ifndef NPS_SCORE_H
#define NPS_SCORE_H

#include "nps.h"

#include "utils/numeric.h"

#define DatumGetNpsScore(X) DatumGetUInt8(X)
#define NpsScoreGetDatum(X) UInt8GetDatum(X)
#define PG_GETARG_NPS_SCORE(n) DatumGetNpsScore(PG_GETARG_DATUM(n))
#define PG_RETURN_NPS_SCORE(x) return NpsScoreGetDatum(x)

extern void nps_refuse_int64(int64 value);
extern NpsScore nps_score_from_float8(float8 value);
extern NpsScore nps_score_from_numeric(Numeric value);

/* A score from a column of any integer type. */
static inline NpsScore
nps_score_from_int64(int64 value)
{
	if (unlikely(value < 0 || value > NPS_SCORE_MAX))
		nps_refuse_int64(value);
	return (NpsScore) value;
}

#endif
