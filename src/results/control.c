/*
 * nps_control: is this period out of the ordinary?
 */
#include "results/row.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "math/control.h"
#include "results/groups.h"
#include "results/rounding.h"

/* The columns of nps_control_result, in order. */
enum
{
	CONTROL_NPS,
	CONTROL_Z,
	CONTROL_LOWER,
	CONTROL_UPPER,
	CONTROL_OUTSIDE,
	CONTROL_COLUMNS
};

static const NpsRowType control_type = {
	"nps_control_result", CONTROL_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, BOOLOID},
	0
};

/* A row of nps_control_result; NULLs where the period or the centre has no responses. An infinite z is NULL. */
static Datum
control_row(FunctionCallInfo fcinfo, const NpsControl *control)
{
	Datum		values[CONTROL_COLUMNS] = {0};
	bool		nulls[CONTROL_COLUMNS] = {false};

	if (control == NULL)
		memset(nulls, true, sizeof(nulls));
	else
	{
		values[CONTROL_NPS] = Float8GetDatum(control->nps);
		nps_set_figure(&values[CONTROL_Z], &nulls[CONTROL_Z], control->z);
		values[CONTROL_LOWER] = Float8GetDatum(control->lower);
		values[CONTROL_UPPER] = Float8GetDatum(control->upper);
		values[CONTROL_OUTSIDE] = BoolGetDatum(control->outside);
	}
	return nps_make_row(fcinfo, &control_type, values, nulls);
}

/* How many times as wide as chance the limits are; 22023 below 1. */
static double
dispersion_argument(double dispersion)
{
	if (!(dispersion >= 1) || isinf(dispersion))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("dispersion must be at least 1 and finite, not %g", dispersion),
				 errhint("Give 1, or how much more than by chance the periods wander.")));
	return dispersion;
}

/* One period against the centre, the summary of all of them or of a time that was in order. */
PG_FUNCTION_INFO_V1(nps_control);
Datum
nps_control(PG_FUNCTION_ARGS)
{
	NpsGroups	period = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	NpsGroups	centre = nps_usual_groups(PG_GETARG_NPS_SUMMARY(1));
	double		dispersion = dispersion_argument(PG_GETARG_FLOAT8(2));
	NpsSample	period_sample,
				centre_sample;
	NpsControl	control;

	if (nps_groups_total(&period) == 0 || nps_groups_total(&centre) == 0)
		return control_row(fcinfo, NULL);
	period_sample = nps_sample_from_groups(&period);
	centre_sample = nps_sample_from_groups(&centre);
	control = nps_control_of(&period_sample, &centre_sample, dispersion);
	return control_row(fcinfo, &control);
}

PG_FUNCTION_INFO_V1(nps_round_control);
Datum
nps_round_control(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &control_type);
}
