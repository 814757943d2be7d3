/*
 * The probability that a true score lies above a target, or above another score.
 */
#include "nps.h"

#include <math.h>

#include "results/groups.h"

#include "math/posterior_difference.h"

/* A target in points; 22023 outside -100..100. */
static double
target_argument(double target)
{
	if (!(target >= -100 && target <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("target must lie between -100 and 100, not %g", target),
				 errhint("Give the target in points, as nps() does.")));
	return target;
}

/* A margin in points; 22023 for a negative or an infinite one. */
static double
margin_argument(double margin)
{
	if (!(margin >= 0 && isfinite(margin)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("margin must be 0 or more points, not %g", margin),
				 errhint("The probability that a is at most m points below b is 1 - nps_probability(b, a, m).")));
	return margin;
}

/* Above a target in points; NULL without responses: a prior alone is no answer. */
PG_FUNCTION_INFO_V1(nps_probability_target);
Datum
nps_probability_target(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	double		target = target_argument(PG_GETARG_FLOAT8(1));
	NpsPosterior posterior;

	if (nps_groups_total(&groups) == 0)
		PG_RETURN_NULL();
	posterior = nps_posterior_from_groups(&groups);
	PG_RETURN_FLOAT8(nps_probability_above(&posterior, target));
}

/* The first above the second by more than a margin in points; NULL where either has no responses. */
PG_FUNCTION_INFO_V1(nps_probability);
Datum
nps_probability(PG_FUNCTION_ARGS)
{
	NpsGroups	a = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	NpsGroups	b = nps_usual_groups(PG_GETARG_NPS_SUMMARY(1));
	double		margin = margin_argument(PG_GETARG_FLOAT8(2));
	NpsPosterior posterior_a;
	NpsPosterior posterior_b;

	if (nps_groups_total(&a) == 0 || nps_groups_total(&b) == 0)
		PG_RETURN_NULL();
	posterior_a = nps_posterior_from_groups(&a);
	posterior_b = nps_posterior_from_groups(&b);
	PG_RETURN_FLOAT8(nps_probability_exceeds(&posterior_a, &posterior_b, margin));
}
