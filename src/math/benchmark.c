/*
 * Is the true score another than a fixed one? The methods by name.
 */
#include "benchmark.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "anytime.h"
#include "constrained.h"
#include "population.h"
#include "quantile.h"
#include "score_interval.h"

/* The score test, whose statistic is that of the score interval. */
static void
score_test(const NpsSample *sample, const NpsBenchmark *benchmark, NpsDifference *result)
{
	double		slope;

	result->z = 0;
	/* Below the normal floats the quotient would be 0 / 0, or overflow. */
	if (fabs(benchmark->difference) >= DBL_MIN)
		result->z = benchmark->difference *
			(sqrt(sample->n) / sqrt(nps_constrained_variance(sample, benchmark->theta, &slope)));
	result->p_value = nps_two_sided_p(result->z);
}

/* The test that holds at every look; it has no z. */
static void
anytime_test(const NpsSample *sample, const NpsBenchmark *benchmark, NpsDifference *result)
{
	result->z = NAN;
	result->p_value = nps_anytime_p(sample, -benchmark->difference);
}

const NpsBenchmarkMethod nps_benchmark_methods[] = {
	{"score", nps_score_interval, score_test},
	{"anytime", nps_anytime_interval, anytime_test},
	{NULL, NULL, NULL}
};

/* The method of that name, or NULL. */
const NpsBenchmarkMethod *
nps_benchmark_method(const char *name)
{
	const NpsBenchmarkMethod *method;

	for (method = nps_benchmark_methods; method->name != NULL; method++)
	{
		if (strcmp(method->name, name) == 0)
			return method;
	}
	return NULL;
}

/* The survey's own interval, less a score given in points, and the test. */
static NpsDifference
difference_from(const NpsSample *sample, const NpsInterval *interval, double points, NpsBenchmarkFunction test)
{
	NpsBenchmark benchmark = {points / 100, (sample->nps - points) / 100};
	NpsDifference result;

	result.lower = benchmark.difference + (interval->lower - sample->theta);
	result.upper = benchmark.difference + (interval->upper - sample->theta);
	result.standard_error = nps_sample_standard_error(sample);
	test(sample, &benchmark, &result);
	return result;
}

/* The score test against a score given in points, at the quantile z. */
NpsDifference
nps_benchmark_difference(const NpsSample *sample, double benchmark, double z)
{
	NpsInterval interval = nps_score_interval(sample, z);

	return difference_from(sample, &interval, benchmark, score_test);
}

/* A result in points. */
static NpsTest
test_from(const NpsSample *sample, const NpsDifference *result, double benchmark, double confidence)
{
	double		points = sample->nps - benchmark;

	return nps_test_in_points(result, points / 100, points, confidence);
}

/* A survey with at least one response against a score given in points. */
NpsTest
nps_test_benchmark(const NpsSample *sample, double benchmark, double confidence,
				   const NpsBenchmarkMethod *method)
{
	NpsInterval interval = method->interval(sample, nps_confidence_z(confidence));
	NpsDifference result = difference_from(sample, &interval, benchmark, method->test);

	return test_from(sample, &result, benchmark, confidence);
}

/* The score test of the score of a population, of which these are the answers that came. */
NpsTest
nps_test_population(const NpsGroups *groups, int64_t population, double benchmark, double confidence)
{
	NpsSample	sample = nps_population_sample(groups, population);
	NpsInterval interval = nps_population_interval(groups, population, nps_confidence_z(confidence));
	NpsDifference result = difference_from(&sample, &interval, benchmark, score_test);

	return test_from(&sample, &result, benchmark, confidence);
}
