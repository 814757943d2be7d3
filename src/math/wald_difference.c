/*
 * Differences without a search: Wald's, and the interval that is put together
 * from the intervals of the two surveys.
 */
#include "wald_difference.h"
#include "score_difference.h"
#include "score_interval.h"

#include <math.h>

/* Difference over standard error; equal scores are no evidence, whatever the error. */
static double
standardised(double difference, double standard_error)
{
	return difference == 0 ? 0 : difference / standard_error;
}

/* difference +- z standard errors: for checking only, it rejects too often. */
NpsDifference
nps_wald_difference(const NpsPair *pair, double z)
{
	NpsDifference result;

	result.standard_error = hypot(nps_sample_standard_error(&pair->a), nps_sample_standard_error(&pair->b));
	result.lower = pair->difference - z * result.standard_error;
	result.upper = pair->difference + z * result.standard_error;
	result.z = standardised(pair->difference, result.standard_error);
	result.p_value = nps_two_sided_p(result.z);
	return result;
}

/*
 * The interval from the limits of the two score intervals; Zou, G. Y. and
 * Donner, A. (2008), Construction of confidence limits about effect measures,
 * Statistics in Medicine 27, 1693-1702. The test is the score test.
 */
NpsDifference
nps_mover_difference(const NpsPair *pair, double z)
{
	NpsInterval a = nps_score_interval(&pair->a, z);
	NpsInterval b = nps_score_interval(&pair->b, z);
	NpsDifference result = nps_score_test(pair);

	result.lower = pair->difference - hypot(pair->a.theta - a.lower, b.upper - pair->b.theta);
	result.upper = pair->difference + hypot(a.upper - pair->a.theta, pair->b.theta - b.lower);
	return result;
}
