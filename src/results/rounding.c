/*
 * nps_round: rows of any of our composite types, rounded for reports.
 */
#include "results/rounding.h"

#include "catalog/pg_type.h"

#include "results/figure.h"
#include "results/result.h"
#include "results/test_result.h"

/* A probability is small where it matters: it keeps as many digits more. */
#define MORE_DIGITS 3

/* Far beyond what a float has, and far from where adding overflows. */
#define MOST_DIGITS 1000

/* Argument 0, a row of that type, with every float rounded to argument 1 digits. */
Datum
nps_rounded_row(FunctionCallInfo fcinfo, const NpsRowType *type)
{
	int32		digits = Min(PG_GETARG_INT32(1), MOST_DIGITS);
	Datum		values[NPS_MAX_COLUMNS];
	bool		nulls[NPS_MAX_COLUMNS];
	int			i;

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), type, values, nulls);
	for (i = 0; i < type->columns; i++)
	{
		bool		is_p_value = (i > 0 && i == type->p_value);

		if (type->types[i] == FLOAT8OID && !nulls[i])
			values[i] = nps_rounded_figure(values[i], is_p_value ? digits + MORE_DIGITS : digits, type->name);
	}
	return nps_make_row(fcinfo, type, values, nulls);
}

PG_FUNCTION_INFO_V1(nps_round);
Datum
nps_round(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &nps_result_type);
}

PG_FUNCTION_INFO_V1(nps_round_test);
Datum
nps_round_test(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &nps_test_type);
}
