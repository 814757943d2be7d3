/*
 * A score in words.
 */
#include "nps.h"

#include "utils/builtins.h"
#include "utils/float.h"

/* In words; a score outside -100..100, or NaN, is 22003. */
PG_FUNCTION_INFO_V1(nps_rating);
Datum
nps_rating(PG_FUNCTION_ARGS)
{
	double		nps = PG_GETARG_FLOAT8(0);
	const char *rating;

	if (!(nps >= -100 && nps <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a Net Promoter Score lies between -100 and 100, not at %s",
						float8out_internal(nps))));
	if (nps < 0)
		rating = "negative";
	else if (nps < 30)
		rating = "low";
	else if (nps < 50)
		rating = "satisfactory";
	else
		rating = "excellent";
	PG_RETURN_TEXT_P(cstring_to_text(rating));
}
