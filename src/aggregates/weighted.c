/*
 * The weighted aggregates: transition for each type of score, and merging. The
 * state is an nps_weighted_summary; nothing is ever taken out of it, since sums
 * of floats do not come back exactly.
 */
#include "types/weighted_summary.h"

#include <float.h>
#include <math.h>

#include "common/int.h"
#include "utils/float.h"

#include "types/category.h"
#include "types/score.h"
#include "types/summary.h"

/* The first argument, to be changed: an aggregate's own state, or a copy of any other value. */
static inline NpsWeightedSummary *
writable_summary(FunctionCallInfo fcinfo)
{
	NpsWeightedSummary *summary = PG_GETARG_NPS_WEIGHTED_SUMMARY(0);
	NpsWeightedSummary *copy;

	if (likely(AggCheckCallContext(fcinfo, NULL)))
		return summary;
	copy = palloc(sizeof(NpsWeightedSummary));
	*copy = *summary;
	return copy;
}

/* Raises 22023 unless the weight can be used: its square has to be a normal float. */
static void
check_weight(double weight)
{
	if (likely(weight >= 1e-153 && weight <= 1e153))
		return;
	if (weight > 0 && isfinite(weight * weight) && weight * weight >= DBL_MIN)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weight %s cannot be used", float8out_internal(weight)),
			 errhint("A weight is a positive number whose square is within the range of double precision; 0 and NULL leave the response out.")));
}

/* Raises that the sums do not fit a float: 22003. */
static void
refuse_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("the sum of the squared weights does not fit type double precision")));
}

/* Counts one more response of that weight; a weight of 0 leaves it out. */
static inline Datum
accumulate(FunctionCallInfo fcinfo, NpsScore score, double weight)
{
	NpsWeightedSummary *state = writable_summary(fcinfo);
	NpsCategory category = nps_category_of(score);

	if (weight == 0)
		PG_RETURN_NPS_WEIGHTED_SUMMARY(state);
	check_weight(weight);
	if (unlikely(pg_add_s64_overflow(state->counts[category], 1, &state->counts[category])))
		nps_refuse_overflow();
	state->weights[category] += weight;
	state->squares[category] += weight * weight;
	if (unlikely(isinf(state->squares[category])))
		refuse_overflow();
	if (unlikely(state != PG_GETARG_NPS_WEIGHTED_SUMMARY(0)))
		nps_check_weighted_summary(state);
	PG_RETURN_NPS_WEIGHTED_SUMMARY(state);
}

/* A strict transition for one type of score. */
#define TRANSITION(type, score) \
PG_FUNCTION_INFO_V1(nps_accum_weighted_##type); \
Datum \
nps_accum_weighted_##type(PG_FUNCTION_ARGS) \
{ \
	return accumulate(fcinfo, score, PG_GETARG_FLOAT8(2)); \
}

TRANSITION(score, nps_score_from_int64(PG_GETARG_NPS_SCORE(1)))
TRANSITION(int4, nps_score_from_int64(PG_GETARG_INT32(1)))
TRANSITION(numeric, nps_score_from_numeric(PG_GETARG_NUMERIC(1)))
TRANSITION(float8, nps_score_from_float8(PG_GETARG_FLOAT8(1)))

/*
 * Merges two weighted sets of responses: operator +, the transition of the
 * aggregates over weighted summaries, and the combine function of all.
 */
PG_FUNCTION_INFO_V1(nps_weighted_summary_add);
Datum
nps_weighted_summary_add(PG_FUNCTION_ARGS)
{
	NpsWeightedSummary *sum = writable_summary(fcinfo);
	const NpsWeightedSummary *other = PG_GETARG_NPS_WEIGHTED_SUMMARY(1);
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		if (unlikely(pg_add_s64_overflow(sum->counts[i], other->counts[i], &sum->counts[i])))
			nps_refuse_overflow();
		sum->weights[i] += other->weights[i];
		sum->squares[i] += other->squares[i];
		if (unlikely(isinf(sum->squares[i])))
			refuse_overflow();
	}
	nps_check_weighted_summary(sum);
	PG_RETURN_NPS_WEIGHTED_SUMMARY(sum);
}
