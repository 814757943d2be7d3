/*
 * Planning a survey: how many responses it needs, what it will tell apart.
 */
#include "results/arguments.h"

#include <math.h>

#include "math/planning.h"

/* The shares expected, in percent; 22023 where they are none. */
static NpsSample
expected_argument(double promoter_pct, double detractor_pct)
{
	if (!(promoter_pct >= 0 && detractor_pct >= 0 && promoter_pct + detractor_pct <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%g %% promoters and %g %% detractors are not shares of one survey", promoter_pct, detractor_pct),
				 errhint("Give percentages from 0 to 100 that add up to no more than 100.")));
	return nps_expected_sample(promoter_pct, detractor_pct);
}

/*
 * The responses needed for an interval of +- margin points, of a population of
 * that size where it is given; at least 1. A number beyond int8 is 22003.
 */
PG_FUNCTION_INFO_V1(nps_sample_size);
Datum
nps_sample_size(PG_FUNCTION_ARGS)
{
	double		margin,
				confidence,
				responses;
	NpsSample	expected;

	if (nps_any_null(fcinfo, 4))
		PG_RETURN_NULL();
	margin = PG_GETARG_FLOAT8(0);
	if (!(margin > 0) || isinf(margin))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("margin must be above 0, not %g", margin),
				 errhint("Give the points by which the score may be off, such as 5.")));
	confidence = nps_confidence_argument(PG_GETARG_FLOAT8(1));
	expected = expected_argument(PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3));
	responses = nps_responses_for_margin(margin, confidence, &expected);

	if (!PG_ARGISNULL(4))
	{
		int64		population = PG_GETARG_INT64(4);

		if (population < 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("population must be at least 1, not " INT64_FORMAT, population),
					 errhint("Leave it out, or NULL, where it is large or not known.")));
		responses = fmin(nps_finite_population(responses, population), population);
	}

	responses = fmax(1, ceil(responses));
	if (responses >= (double) PG_INT64_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of responses does not fit type bigint")));
	PG_RETURN_INT64((int64) responses);
}

/* Raises 22003 unless a survey has responses. */
static double
responses_argument(int64 responses)
{
	if (responses < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a survey needs at least one response, not " INT64_FORMAT, responses)));
	return (double) responses;
}

/* The smallest true difference in points that two surveys of these sizes find with that power. */
PG_FUNCTION_INFO_V1(nps_detectable_difference);
Datum
nps_detectable_difference(PG_FUNCTION_ARGS)
{
	double		responses_a = responses_argument(PG_GETARG_INT64(0));
	double		responses_b = responses_argument(PG_GETARG_INT64(1));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(2));
	double		power = PG_GETARG_FLOAT8(3);
	NpsSample	expected = expected_argument(PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5));

	if (!(power > 0 && power < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("power must lie between 0 and 1, not %g", power),
				 errhint("Give 0.8 to find a difference in 80 of 100 surveys.")));
	PG_RETURN_FLOAT8(nps_smallest_difference(responses_a, responses_b, confidence, power, &expected));
}
