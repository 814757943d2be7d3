/*
 * A score in words.
 */
#include "results/result.h"

#include "utils/builtins.h"
#include "utils/float.h"

/* In words; a score outside -100..100, or NaN, is 22003. */
static text *
rating_of(double nps)
{
	if (!(nps >= -100 && nps <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a Net Promoter Score lies between -100 and 100, not at %s",
						float8out_internal(nps))));
	if (nps < 0)
		return cstring_to_text("negative");
	if (nps < 30)
		return cstring_to_text("low");
	if (nps < 50)
		return cstring_to_text("satisfactory");
	return cstring_to_text("excellent");
}

PG_FUNCTION_INFO_V1(nps_rating);
Datum
nps_rating(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(rating_of(PG_GETARG_FLOAT8(0)));
}

/* Of a result; NULL where it has no score. */
PG_FUNCTION_INFO_V1(nps_rating_result);
Datum
nps_rating_result(PG_FUNCTION_ARGS)
{
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_result_type, values, nulls);
	if (nulls[NPS_RESULT_NPS])
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(rating_of(DatumGetFloat8(values[NPS_RESULT_NPS])));
}
