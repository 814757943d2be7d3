/*
 * How many responses a survey needs, and what two surveys can tell apart: by
 * the normal approximation, from the variance that is expected of a response.
 * Cochran, W. G. (1977), Sampling Techniques, chapter 4.
 */
#include "planning.h"

#include <math.h>

#include "quantile.h"
#include "sample.h"

/* The variance of one response at the shares expected, in percent; at most 1, at 50 and 50. */
double
nps_expected_variance(double promoter_pct, double detractor_pct)
{
	NpsSample	expected = {0};

	expected.promoters = promoter_pct / 100;
	expected.passives = fmax(0, (100 - promoter_pct - detractor_pct) / 100);
	expected.detractors = detractor_pct / 100;
	return nps_sample_variance(&expected);
}

/* The responses, not rounded, that give an interval of +- margin points. */
double
nps_responses_for_margin(double margin, double confidence, double variance)
{
	double		deviations = 100 * nps_confidence_z(confidence) / margin;

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
						double power, double variance)
{
	double		deviations = nps_confidence_z(confidence) + nps_normal_quantile(power);

	return fmax(0, 100 * deviations * sqrt(variance / responses_a + variance / responses_b));
}
