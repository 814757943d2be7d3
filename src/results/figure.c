/*
 * Figures for people.
 */
#include "results/figure.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/float.h"

/* Raises unless a figure is a number: rows made by hand may hold anything. */
double
nps_finite_figure(Datum figure)
{
	double		value = DatumGetFloat8(figure);

	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a figure of type %s cannot be %s", "nps_result", float8out_internal(value))));
	return value;
}

/* A figure rounded to digits after the point, half away from zero, as round() does. */
static Datum
rounded_numeric(Datum figure, int32 digits)
{
	Datum		value = Float8GetDatum(nps_finite_figure(figure));

	return DirectFunctionCall2(numeric_round, DirectFunctionCall1(float8_numeric, value), Int32GetDatum(digits));
}

/* The same as a float; one that has no more digits than that stays as it is. */
Datum
nps_rounded_figure(Datum figure, int32 digits)
{
	double		value = nps_finite_figure(figure);

	if (fabs(value) * pow(10, digits) >= 1e15)
		return figure;
	return DirectFunctionCall1(numeric_float8, rounded_numeric(figure, digits));
}

/* A figure as text, rounded. */
char *
nps_figure_text(double figure, int32 digits)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, rounded_numeric(Float8GetDatum(figure), digits)));
}
