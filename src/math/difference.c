/*
 * Pairs of surveys, the methods by name, and their results in points.
 */
#include "difference.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "exact/int128.h"

#include "anytime.h"
#include "quantile.h"
#include "score_difference.h"
#include "wald_difference.h"

const NpsDifferenceMethod nps_difference_methods[] = {
	{"score", nps_score_difference, true},
	{"mover", nps_mover_difference, true},
	{"wald", nps_wald_difference, true},
	{"anytime", nps_anytime_difference, false},
	{NULL, NULL, false}
};

/* The method of that name, or NULL. */
const NpsDifferenceMethod *
nps_difference_method(const char *name)
{
	const NpsDifferenceMethod *method;

	for (method = nps_difference_methods; method->name != NULL; method++)
	{
		if (strcmp(method->name, name) == 0)
			return method;
	}
	return NULL;
}

/*
 * Two surveys by their whole counts. The difference of the scores is one
 * division of exact products: -1 point must not become -1.0000000000000009.
 */
NpsPair
nps_pair_from_groups(const NpsGroups *a, const NpsGroups *b)
{
	int64_t		n_a = nps_groups_total(a);
	int64_t		n_b = nps_groups_total(b);
	int64_t		net_a = a->promoters - a->detractors;
	int64_t		net_b = b->promoters - b->detractors;
	NpsInt128	net = nps_int128_minus(nps_int128_product(net_a, n_b), nps_int128_product(net_b, n_a));
	double		numerator = nps_int128_to_double(net);
	double		denominator = nps_int128_to_double(nps_int128_product(n_a, n_b));
	NpsPair		pair;

	pair.a = nps_sample_from_groups(a);
	pair.b = nps_sample_from_groups(b);
	pair.difference = numerator / denominator;
	/* 100 times the numerator is rounded, where it is large. */
	pair.points = fmax(-200, fmin(200, 100 * numerator / denominator));
	return pair;
}

/* Two surveys by their shares, where there are no whole counts. */
NpsPair
nps_pair_from_samples(const NpsSample *a, const NpsSample *b)
{
	NpsPair		pair = {*a, *b, a->theta - b->theta, a->nps - b->nps};

	return pair;
}

/* The probability of a standard normal beyond z on either side. */
double
nps_two_sided_p(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

/*
 * On the scale of theta to points. The limits are measured from the difference,
 * so that rounding cannot carry them across it.
 */
NpsTest
nps_test_in_points(const NpsDifference *result, double difference, double points, double confidence)
{
	NpsTest		test;

	test.difference = points;
	test.ci_lower = fmax(-200, points + 100 * fmin(0, result->lower - difference));
	test.ci_upper = fmin(200, points + 100 * fmax(0, result->upper - difference));
	test.standard_error = 100 * result->standard_error;
	test.z = result->z;
	test.p_value = result->p_value;
	test.significant = test.p_value < 1 - confidence;
	return test;
}

/* Is the score of a another than that of b? */
NpsTest
nps_test_pair(const NpsPair *pair, double confidence, const NpsDifferenceMethod *method)
{
	NpsDifference result = method->compare(pair, nps_confidence_z(confidence));

	return nps_test_in_points(&result, pair->difference, pair->points, confidence);
}
