/*
 * nps_trend: is the score rising?
 */
#include "results/row.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "math/trend.h"
#include "results/arguments.h"
#include "results/groups.h"
#include "results/rounding.h"

/* The columns of nps_trend_result, in order. */
enum
{
	TREND_SLOPE,
	TREND_CI_LOWER,
	TREND_CI_UPPER,
	TREND_STANDARD_ERROR,
	TREND_P_VALUE,
	TREND_SIGNIFICANT,
	TREND_PERIODS,
	TREND_COLUMNS
};

static const NpsRowType trend_type = {
	"nps_trend_result", TREND_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, BOOLOID, INT8OID},
	TREND_P_VALUE
};

/* The state of the aggregate, a float8[]: the fields of an NpsTrend, all of which are doubles. */
#define STATE_FIGURES ((int) (sizeof(NpsTrend) / sizeof(float8)))

/* A float counts to here without a gap. */
#define MOST_PERIODS 9007199254740992.0

/* Is it a state that periods give? */
static bool
is_trend(const NpsTrend *trend)
{
	const double *figures = (const double *) trend;
	int			i;

	for (i = 0; i < STATE_FIGURES; i++)
	{
		if (!isfinite(figures[i]))
			return false;
	}
	return trend->periods >= 0 && trend->periods <= MOST_PERIODS &&
		trend->promoters >= 0 && trend->passives >= 0 && trend->detractors >= 0 &&
		trend->promoters + trend->passives + trend->detractors >= trend->periods &&
		trend->xx >= 0 && trend->theta_theta >= 0;
}

/* The figures of a state, where it enters: 22023 where an array is none. */
static NpsTrend
read_trend(ArrayType *state)
{
	NpsTrend	trend;

	if (ARR_NDIM(state) == 1 && ARR_DIMS(state)[0] == STATE_FIGURES && !ARR_HASNULL(state) &&
		ARR_ELEMTYPE(state) == FLOAT8OID)
	{
		memcpy(&trend, ARR_DATA_PTR(state), sizeof(NpsTrend));
		if (is_trend(&trend))
			return trend;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the array is no state of nps_trend"),
			 errhint("Call the aggregate itself; this function serves it.")));
	return trend;
}

/*
 * The state with these figures: in an aggregate the state itself, otherwise a
 * copy. 22003 where they have outgrown their type.
 */
static Datum
write_trend(FunctionCallInfo fcinfo, ArrayType *state, const NpsTrend *trend)
{
	if (!is_trend(trend))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the squares of x do not fit type double precision")));
	if (!AggCheckCallContext(fcinfo, NULL))
		state = (ArrayType *) memcpy(palloc(VARSIZE(state)), state, VARSIZE(state));
	memcpy(ARR_DATA_PTR(state), trend, sizeof(NpsTrend));
	PG_RETURN_ARRAYTYPE_P(state);
}

/* The place of a period; 22023 where it is none. */
static double
x_argument(double x)
{
	if (!isfinite(x))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("x must be a finite number, not %g", x),
				 errhint("Give the number of the period, or a time as a number of days or seconds.")));
	return x;
}

/* The transition: one more period. */
PG_FUNCTION_INFO_V1(nps_trend_accum);
Datum
nps_trend_accum(PG_FUNCTION_ARGS)
{
	ArrayType  *state = PG_GETARG_ARRAYTYPE_P(0);
	double		x = x_argument(PG_GETARG_FLOAT8(1));
	NpsGroups	period = nps_usual_groups(PG_GETARG_NPS_SUMMARY(2));
	NpsTrend	trend = read_trend(state);
	NpsTrend	more = nps_trend_of(x, &period);

	nps_trend_add(&trend, &more);
	return write_trend(fcinfo, state, &trend);
}

/* The combine function: the periods of two states. */
PG_FUNCTION_INFO_V1(nps_trend_combine);
Datum
nps_trend_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state = PG_GETARG_ARRAYTYPE_P(0);
	NpsTrend	trend = read_trend(state);
	NpsTrend	more = read_trend(PG_GETARG_ARRAYTYPE_P(1));

	nps_trend_add(&trend, &more);
	return write_trend(fcinfo, state, &trend);
}

/* The final function: a row of nps_trend_result. */
PG_FUNCTION_INFO_V1(nps_trend_final);
Datum
nps_trend_final(PG_FUNCTION_ARGS)
{
	NpsTrend	trend = read_trend(PG_GETARG_ARRAYTYPE_P(0));
	NpsTrendTest test = nps_trend_test(&trend, NPS_DEFAULT_CONFIDENCE);
	Datum		values[TREND_COLUMNS] = {0};
	bool		nulls[TREND_COLUMNS] = {false};

	if (isinf(test.slope) || isinf(test.ci_lower) || isinf(test.ci_upper) || isinf(test.standard_error))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the slope does not fit type double precision")));
	nps_set_figure(&values[TREND_SLOPE], &nulls[TREND_SLOPE], test.slope);
	nps_set_figure(&values[TREND_CI_LOWER], &nulls[TREND_CI_LOWER], test.ci_lower);
	nps_set_figure(&values[TREND_CI_UPPER], &nulls[TREND_CI_UPPER], test.ci_upper);
	nps_set_figure(&values[TREND_STANDARD_ERROR], &nulls[TREND_STANDARD_ERROR], test.standard_error);
	nps_set_figure(&values[TREND_P_VALUE], &nulls[TREND_P_VALUE], test.p_value);
	values[TREND_SIGNIFICANT] = BoolGetDatum(test.significant);
	nulls[TREND_SIGNIFICANT] = isnan(test.p_value);
	values[TREND_PERIODS] = Int64GetDatum(test.periods);
	return nps_make_row(fcinfo, &trend_type, values, nulls);
}

PG_FUNCTION_INFO_V1(nps_round_trend);
Datum
nps_round_trend(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &trend_type);
}
