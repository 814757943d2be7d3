/*
 * How many responses a survey needs, and what two surveys can tell apart: by
 * the normal approximation, from the variance that is expected of a response.
 * Cochran, W. G. (1977), Sampling Techniques, chapter 4.
 */
#include "planning.h"

#include <math.h>

#include "quantile.h"

/* The shares expected, given in percent. How many responses there will be is what is asked. */
NpsSample
nps_expected_sample(double promoter_pct, double detractor_pct)
{
	NpsSample	expected = {0};

	expected.promoters = promoter_pct / 100;
	expected.passives = fmax(0, (100 - promoter_pct - detractor_pct) / 100);
	expected.detractors = detractor_pct / 100;
	expected.theta = expected.promoters - expected.detractors;
	return expected;
}

/*
 * The responses, not rounded, that give an interval of +- margin points.
 *
 * Where all are expected to answer alike the approximation would have it that
 * any number does. There it is as many as bring the farther limit of the score
 * interval, z^2 (1 + |theta|)/(n + z^2) away, that near.
 */
double
nps_responses_for_margin(double margin, double confidence, const NpsSample *expected)
{
	double		z = nps_confidence_z(confidence);
	double		variance = nps_sample_variance(expected);
	double		deviations = 100 * z / margin;

	if (variance == 0)
		return z * z * fmax(0, 100 * (1 + fabs(expected->theta)) / margin - 1);
	return deviations * deviations * variance;
}

/* As many fewer as a population of that size allows: a response drawn is not drawn again. */
double
nps_finite_population(double responses, double population)
{
	return responses / (1 + (responses - 1) / population);
}

/*
 * The true difference in points that a two-sided test of two surveys finds with
 * the given probability, the power.
 */
double
nps_smallest_difference(double responses_a, double responses_b, double confidence,
						double power, const NpsSample *expected)
{
	double		variance = nps_sample_variance(expected);
	double		deviations = nps_confidence_z(confidence) + nps_normal_quantile(power);

	return fmax(0, 100 * deviations * sqrt(variance / responses_a + variance / responses_b));
}
