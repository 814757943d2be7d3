/*
 * One survey against a fixed score.
 */
#ifndef NPS_MATH_BENCHMARK_H
#define NPS_MATH_BENCHMARK_H

#include "difference.h"
#include "interval.h"

/* A hypothesis of the true score, on the scale of theta, and how far the survey lies above it. */
typedef struct NpsBenchmark
{
	double		theta;
	double		difference;
} NpsBenchmark;

/* Fills in the statistic and the p-value. */
typedef void (*NpsBenchmarkFunction) (const NpsSample *sample, const NpsBenchmark *benchmark, NpsDifference *result);

typedef struct NpsBenchmarkMethod
{
	const char *name;
	NpsInterval (*interval) (const NpsSample *sample, double z);
	NpsBenchmarkFunction test;
} NpsBenchmarkMethod;

/* Every method, the default first; the list ends with a NULL name. */
extern const NpsBenchmarkMethod nps_benchmark_methods[];

const NpsBenchmarkMethod *nps_benchmark_method(const char *name);

NpsDifference nps_benchmark_difference(const NpsSample *sample, double benchmark, double z);
NpsTest		nps_test_benchmark(const NpsSample *sample, double benchmark, double confidence,
							   const NpsBenchmarkMethod *method);
NpsTest		nps_test_population(const NpsGroups *groups, int64_t population, double benchmark, double confidence);

#endif
