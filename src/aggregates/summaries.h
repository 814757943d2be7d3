/*
 * The state of the unweighted aggregates.
 */
#ifndef NPS_SUMMARIES_H
#define NPS_SUMMARIES_H

#include "types/summary.h"

/*
 * The first argument, to be changed: an aggregate's own state itself, and a
 * copy of any other value, which may be stored.
 */
static inline NpsSummary *
nps_writable_summary(FunctionCallInfo fcinfo)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);

	return likely(AggCheckCallContext(fcinfo, NULL)) ? summary : nps_copy_summary(summary);
}

#endif
