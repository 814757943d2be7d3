/*
 * nps_result: its row, and the casts that take the score out of one.
 */
#include "results/result.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "results/figure.h"

const NpsRowType nps_result_type = {
	"nps_result", NPS_RESULT_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, INT8OID, INT8OID, INT8OID, INT8OID,
	FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID},
	0
};

/*
 * The columns of a row: the counts, and the figures that they give. Without
 * responses, where there is no estimate, every figure is NULL; an infinite
 * number of effective responses is NULL.
 */
void
nps_result_values(const NpsGroups *groups, const NpsEstimate *estimate, Datum *values, bool *nulls)
{
	int			i;

	memset(nulls, false, NPS_RESULT_COLUMNS * sizeof(bool));
	values[NPS_RESULT_RESPONSES] = Int64GetDatum(nps_groups_total(groups));
	values[NPS_RESULT_PROMOTERS] = Int64GetDatum(groups->promoters);
	values[NPS_RESULT_PASSIVES] = Int64GetDatum(groups->passives);
	values[NPS_RESULT_DETRACTORS] = Int64GetDatum(groups->detractors);
	if (estimate != NULL)
	{
		values[NPS_RESULT_NPS] = Float8GetDatum(estimate->nps);
		values[NPS_RESULT_CI_LOWER] = Float8GetDatum(estimate->ci_lower);
		values[NPS_RESULT_CI_UPPER] = Float8GetDatum(estimate->ci_upper);
		values[NPS_RESULT_PROMOTER_PCT] = Float8GetDatum(estimate->promoter_pct);
		values[NPS_RESULT_PASSIVE_PCT] = Float8GetDatum(estimate->passive_pct);
		values[NPS_RESULT_DETRACTOR_PCT] = Float8GetDatum(estimate->detractor_pct);
		nps_set_figure(&values[NPS_RESULT_STANDARD_ERROR], &nulls[NPS_RESULT_STANDARD_ERROR], estimate->standard_error);
		nps_set_figure(&values[NPS_RESULT_EFFECTIVE_RESPONSES], &nulls[NPS_RESULT_EFFECTIVE_RESPONSES],
					   estimate->effective_responses);
	}
	else
	{
		for (i = 0; i < NPS_RESULT_COLUMNS; i++)
			nulls[i] = nps_result_type.types[i] == FLOAT8OID;
	}
}

/* The same as a row. */
Datum
nps_result_row(FunctionCallInfo fcinfo, const NpsGroups *groups, const NpsEstimate *estimate)
{
	Datum		values[NPS_RESULT_COLUMNS] = {0};
	bool		nulls[NPS_RESULT_COLUMNS];

	nps_result_values(groups, estimate, values, nulls);
	return nps_make_row(fcinfo, &nps_result_type, values, nulls);
}

/* The cast to float8: the score itself. */
PG_FUNCTION_INFO_V1(nps_result_to_float8);
Datum
nps_result_to_float8(PG_FUNCTION_ARGS)
{
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_result_type, values, nulls);
	if (nulls[NPS_RESULT_NPS])
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(nps_finite_figure(values[NPS_RESULT_NPS], nps_result_type.name));
}

/* The cast to numeric: the score itself. */
PG_FUNCTION_INFO_V1(nps_result_to_numeric);
Datum
nps_result_to_numeric(PG_FUNCTION_ARGS)
{
	Datum		nps = nps_result_to_float8(fcinfo);

	if (fcinfo->isnull)
		PG_RETURN_NULL();
	return DirectFunctionCall1(float8_numeric, nps);
}
