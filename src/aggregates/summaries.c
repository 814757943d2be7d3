/*
 * Summaries put together and taken apart: the operators + and -, transition and
 * inverse of the aggregates over summaries, and the combine function of every
 * unweighted aggregate.
 */
#include "aggregates/summaries.h"

#include "common/int.h"

/*
 * Merges two sets of responses: operator +, the transition of the aggregates
 * over summaries, and the combine function of all. Overflow is 22003.
 */
PG_FUNCTION_INFO_V1(nps_summary_add);
Datum
nps_summary_add(PG_FUNCTION_ARGS)
{
	NpsSummary *sum = nps_writable_summary(fcinfo);
	const NpsSummary *other = PG_GETARG_NPS_SUMMARY(1);
	int64		total = 0;
	bool		overflow = false;
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
	{
		overflow |= pg_add_s64_overflow(sum->counts[i], other->counts[i], &sum->counts[i]);
		overflow |= pg_add_s64_overflow(total, sum->counts[i], &total);
	}
	if (unlikely(overflow))
		nps_refuse_overflow();
	PG_RETURN_NPS_SUMMARY(sum);
}

/*
 * Takes a set of responses out of one that holds it: operator -, and the
 * inverse of the above in moving windows. A count below zero is 22003.
 */
PG_FUNCTION_INFO_V1(nps_summary_subtract);
Datum
nps_summary_subtract(PG_FUNCTION_ARGS)
{
	NpsSummary *rest = nps_writable_summary(fcinfo);
	const NpsSummary *other = PG_GETARG_NPS_SUMMARY(1);
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
	{
		if (unlikely(rest->counts[i] < other->counts[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("cannot take out responses that the summary does not hold"),
					 errdetail("Of score %d it holds " INT64_FORMAT ", and " INT64_FORMAT " are to be taken out.",
							   i, rest->counts[i], other->counts[i])));
		rest->counts[i] -= other->counts[i];
	}
	PG_RETURN_NPS_SUMMARY(rest);
}
