/*
 * Two summaries a row, kept as they come: the aggregates that need the totals
 * before they can judge a row.
 */
#include "aggregates/pairs.h"

/* The type nps_summary, as the install script makes it. */
#define SUMMARY_ALIGNMENT 'd'

static void
refuse_state(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the array does not hold summaries in pairs"),
			 errhint("Call the aggregate itself; this function serves it.")));
}

/* Puts a summary behind the others. */
static void
append_summary(ExpandedArrayHeader *array, const NpsSummary *summary)
{
	int			position = array->ndims == 0 ? 1 : array->dims[0] + 1;

	array_set_element(EOHPGetRWDatum(&array->hdr), 1, &position, PointerGetDatum(summary), false,
					  -1, sizeof(NpsSummary), false, SUMMARY_ALIGNMENT);
}

/*
 * The transition. A NULL summary counts as an empty one: so come the segments
 * that one side of a FULL JOIN does not have. In an aggregate the array stays
 * apart in memory, so that it need not be copied for each row.
 */
PG_FUNCTION_INFO_V1(nps_pairs_accum);
Datum
nps_pairs_accum(PG_FUNCTION_ARGS)
{
	static const NpsSummary empty = {{0}};
	MemoryContext context;
	MemoryContext old;
	ExpandedArrayHeader *pairs;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (!AggCheckCallContext(fcinfo, &context))
		context = CurrentMemoryContext;
	old = MemoryContextSwitchTo(context);
	pairs = DatumGetExpandedArray(PG_GETARG_DATUM(0));
	MemoryContextSwitchTo(old);
	if (pairs->ndims > 1 || (pairs->ndims == 1 && pairs->lbound[0] != 1))
		refuse_state();

	append_summary(pairs, PG_ARGISNULL(1) ? &empty : PG_GETARG_NPS_SUMMARY(1));
	append_summary(pairs, PG_ARGISNULL(2) ? &empty : PG_GETARG_NPS_SUMMARY(2));
	PG_RETURN_DATUM(EOHPGetRWDatum(&pairs->hdr));
}

/* The summaries of a state, first and second of each row in turn, and how many rows there are. */
int
nps_read_pairs(ArrayType *state, const NpsSummary **summaries)
{
	int			count = ArrayGetNItems(ARR_NDIM(state), ARR_DIMS(state));

	if (ARR_NDIM(state) > 1 || count % 2 != 0 || array_contains_nulls(state))
		refuse_state();
	*summaries = (const NpsSummary *) ARR_DATA_PTR(state);
	return count / 2;
}
