/*
 * The unweighted aggregates over scores: transition and inverse for each type of
 * score. The state is an nps_summary.
 */
#include "aggregates/summaries.h"

#include "common/int.h"

#include "types/score.h"

/* Raises that a score to be taken out was never counted. */
static void
refuse_discount(NpsScore score)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("cannot take out a response that the summary does not hold"),
			 errdetail("It holds no response of score %d.", score)));
}

/*
 * Counts one more response. In an aggregate, which starts from nothing, the
 * total cannot overflow one by one; called by hand on any value it can.
 */
static inline Datum
accumulate(FunctionCallInfo fcinfo, NpsScore score)
{
	NpsSummary *state = nps_writable_summary(fcinfo);

	if (unlikely(pg_add_s64_overflow(state->counts[score], 1, &state->counts[score])))
		nps_refuse_overflow();
	if (unlikely(state != PG_GETARG_NPS_SUMMARY(0)))
		nps_check_summary(state);
	PG_RETURN_NPS_SUMMARY(state);
}

/* Takes one response out again, as a moving window does. */
static inline Datum
discount(FunctionCallInfo fcinfo, NpsScore score)
{
	NpsSummary *state = nps_writable_summary(fcinfo);

	if (unlikely(state->counts[score] <= 0))
		refuse_discount(score);
	state->counts[score]--;
	PG_RETURN_NPS_SUMMARY(state);
}

/*
 * A strict transition and its inverse for one type of score; a value that is no
 * score is an error that names it. An nps_score is checked like any integer: it
 * is an array index here.
 */
#define TRANSITIONS(type, score) \
PG_FUNCTION_INFO_V1(nps_accum_##type); \
Datum \
nps_accum_##type(PG_FUNCTION_ARGS) \
{ \
	return accumulate(fcinfo, score); \
} \
PG_FUNCTION_INFO_V1(nps_accum_inv_##type); \
Datum \
nps_accum_inv_##type(PG_FUNCTION_ARGS) \
{ \
	return discount(fcinfo, score); \
}

TRANSITIONS(score, nps_score_from_int64(PG_GETARG_NPS_SCORE(1)))
TRANSITIONS(int2, nps_score_from_int64(PG_GETARG_INT16(1)))
TRANSITIONS(int4, nps_score_from_int64(PG_GETARG_INT32(1)))
TRANSITIONS(int8, nps_score_from_int64(PG_GETARG_INT64(1)))
TRANSITIONS(numeric, nps_score_from_numeric(PG_GETARG_NUMERIC(1)))
TRANSITIONS(float8, nps_score_from_float8(PG_GETARG_FLOAT8(1)))
