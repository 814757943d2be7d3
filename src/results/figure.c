/*
 * Figures for people.
 */
#include "results/figure.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/float.h"

/* Raises unless a figure is a number: rows of that type, made by hand, may hold anything. */
double
nps_finite_figure(Datum figure, const char *type)
{
	double		value = DatumGetFloat8(figure);

	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a figure of type %s cannot be %s", type, float8out_internal(value))));
	return value;
}

/* Rounded to digits after the point, half away from zero, as round() does. */
static Datum
rounded_numeric(double value, int32 digits)
{
	return DirectFunctionCall2(numeric_round, DirectFunctionCall1(float8_numeric, Float8GetDatum(value)),
							   Int32GetDatum(digits));
}

/* A figure of a row of that type, rounded; one that has no more digits than that stays as it is. */
Datum
nps_rounded_figure(Datum figure, int32 digits, const char *type)
{
	double		value = nps_finite_figure(figure, type);

	if (fabs(value) * pow(10, digits) >= 1e15)
		return figure;
	return DirectFunctionCall1(numeric_float8, rounded_numeric(value, digits));
}

/* A finite figure as text, rounded. */
char *
nps_figure_text(double figure, int32 digits)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, rounded_numeric(figure, digits)));
}
