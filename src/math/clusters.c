/*
 * The score of clusters of answers: the score method with as many answers as
 * those of the clusters are worth, and Student's t with as many degrees of
 * freedom as there are effective clusters, less one.
 *
 * The standard error is that of a ratio of two sums over clusters, Kish, L.
 * (1965), Survey Sampling, as R's survey::svyratio has it; from it follows what
 * the answers are worth, as in Korn, E. L. and Graubard, B. I. (1998), Survey
 * Methodology 24, 193-201. Effective clusters: Kott, P. S. and Liu, Y. K.
 * (2009), International Statistical Review 77, 48-65; Carter, A. V., Schnepel,
 * K. T. and Steigerwald, D. G. (2017), The Review of Economics and Statistics
 * 99, 698-709.
 */
#include "clusters.h"

#include <math.h>

#include "benchmark.h"
#include "score_difference.h"
#include "student.h"

/*
 * The sum over the clusters of (N_a z_a - S_a n_a)(N_b z_b - S_b n_b), N being
 * all answers of a survey and S its net: of N times the deviations of clusters
 * from the survey's score. Exact, where floats would cancel; within 2^256 of 0.
 */
NpsWide
nps_deviation_products(const NpsGroups *a, const NpsGroups *b, const NpsProducts *products)
{
	NpsWide		n_a = nps_wide(nps_groups_total(a));
	NpsWide		n_b = nps_wide(nps_groups_total(b));
	NpsWide		s_a = nps_wide(a->promoters - a->detractors);
	NpsWide		s_b = nps_wide(b->promoters - b->detractors);
	NpsWide		of_net = nps_wide_minus(nps_wide_times(n_b, nps_wide_from_int128(products->net_net)),
										nps_wide_times(s_b, nps_wide_from_int128(products->net_size)));
	NpsWide		of_size = nps_wide_minus(nps_wide_times(n_b, nps_wide_from_int128(products->size_net)),
										 nps_wide_times(s_b, nps_wide_from_int128(products->size_size)));

	return nps_wide_minus(nps_wide_times(n_a, of_net), nps_wide_times(s_a, of_size));
}

/* The standard error of theta; NaN where there is one cluster, which does not tell how clusters differ. */
static double
standard_error(const NpsClusters *clusters)
{
	NpsProducts products = {
		clusters->net_squares, clusters->net_sizes, clusters->net_sizes, clusters->size_squares
	};
	NpsWide		squares = nps_deviation_products(&clusters->groups, &clusters->groups, &products);
	double		m = (double) clusters->clusters;
	double		n = (double) nps_groups_total(&clusters->groups);

	if (clusters->clusters == 1)
		return NAN;
	return sqrt(m / (m - 1) * nps_wide_to_double(squares)) / n / n;
}

/* Clusters as a survey of independent answers. */
typedef struct Equivalent
{
	NpsSample	sample;			/* n: what the answers are worth */
	double		standard_error;
	double		df;				/* effective clusters less one; below 1 nothing can be told */
} Equivalent;

/* What the answers of so many effective clusters are worth; never less than one. */
static double
worth(const NpsSample *sample, double standard_error, double effective_clusters)
{
	double		variance = nps_sample_variance(sample);

	if (variance == 0)
		return effective_clusters;
	if (standard_error == 0)
		return sample->n;
	return fmax(1, fmin(sample->n, variance / (standard_error * standard_error)));
}

/* With fewer than two effective clusters they are all that the answers are known to be worth. */
static Equivalent
equivalent_of(const NpsClusters *clusters)
{
	NpsWide		n = nps_wide(nps_groups_total(&clusters->groups));
	NpsWide		size_squares = nps_wide_from_int128(clusters->size_squares);
	NpsWide		beyond_one = nps_wide_minus(nps_wide_times(n, n), size_squares);
	Equivalent	equivalent;

	equivalent.sample = nps_sample_from_groups(&clusters->groups);
	equivalent.standard_error = standard_error(clusters);
	equivalent.df = nps_wide_to_double(beyond_one) / nps_wide_to_double(size_squares);
	equivalent.sample.n = equivalent.df < 1 ? equivalent.df + 1 :
		worth(&equivalent.sample, equivalent.standard_error, equivalent.df + 1);
	return equivalent;
}

/* The figures of clusters, at least one; with fewer than two effective ones every score is possible. */
NpsEstimate
nps_estimate_clusters(const NpsClusters *clusters, double confidence)
{
	Equivalent	equivalent = equivalent_of(clusters);
	double		n = (double) nps_groups_total(&clusters->groups);
	NpsEstimate estimate = {0};

	if (equivalent.df >= 1)
		estimate = nps_estimate_sample(&equivalent.sample, nps_confidence_t(confidence, equivalent.df),
									   &nps_interval_methods[0]);
	else
	{
		estimate.nps = equivalent.sample.nps;
		estimate.ci_lower = -100;
		estimate.ci_upper = 100;
		estimate.effective_responses = equivalent.sample.n;
	}
	estimate.promoter_pct = nps_percentage(clusters->groups.promoters, n);
	estimate.passive_pct = nps_percentage(clusters->groups.passives, n);
	estimate.detractor_pct = nps_percentage(clusters->groups.detractors, n);
	estimate.standard_error = 100 * equivalent.standard_error;
	return estimate;
}

/* A test of which no more is known than the difference and its standard error. */
static NpsTest
unknown_test(double points, double standard_error)
{
	NpsTest		test = {points, NAN, NAN, 100 * standard_error, NAN, NAN, false};

	return test;
}

/* The variance of the score of a survey of independent answers, for its share of the degrees of freedom. */
static double
score_variance(const NpsSample *sample)
{
	double		variance = nps_sample_variance(sample);

	return variance == 0 ? 1 / (sample->n * sample->n) : variance / sample->n;
}

/*
 * The degrees of freedom of a difference. Satterthwaite, F. E. (1946), An
 * approximate distribution of estimates of variance components, Biometrics
 * Bulletin 2, 110-114.
 */
static double
difference_df(const Equivalent *a, const Equivalent *b)
{
	double		variance_a = score_variance(&a->sample);
	double		variance_b = score_variance(&b->sample);
	double		variance = variance_a + variance_b;

	return variance * variance / (variance_a * variance_a / a->df + variance_b * variance_b / b->df);
}

/*
 * Is the score of the clusters of a another than that of those of b, no cluster
 * being in both? The score test of as many answers as both are worth, its
 * statistic held against Student's t.
 */
NpsTest
nps_test_clusters(const NpsClusters *a, const NpsClusters *b, double confidence)
{
	Equivalent	equivalent_a = equivalent_of(a);
	Equivalent	equivalent_b = equivalent_of(b);
	NpsPair		pair = nps_pair_from_groups(&a->groups, &b->groups);
	double		standard_error = hypot(equivalent_a.standard_error, equivalent_b.standard_error);
	double		df;
	NpsDifference result;

	if (equivalent_a.df < 1 || equivalent_b.df < 1)
		return unknown_test(pair.points, standard_error);
	pair.a.n = equivalent_a.sample.n;
	pair.b.n = equivalent_b.sample.n;
	df = difference_df(&equivalent_a, &equivalent_b);
	result = nps_score_difference(&pair, nps_confidence_t(confidence, df));
	result.standard_error = standard_error;
	result.p_value = nps_t_two_sided_p(result.z, df);
	return nps_test_in_points(&result, pair.difference, pair.points, confidence);
}

/* Is it another than a fixed one, given in points? */
NpsTest
nps_test_clusters_benchmark(const NpsClusters *clusters, double benchmark, double confidence)
{
	Equivalent	equivalent = equivalent_of(clusters);
	double		points = equivalent.sample.nps - benchmark;
	NpsDifference result;

	if (equivalent.df < 1)
		return unknown_test(points, equivalent.standard_error);
	result = nps_benchmark_difference(&equivalent.sample, benchmark, nps_confidence_t(confidence, equivalent.df));
	result.standard_error = equivalent.standard_error;
	result.p_value = nps_t_two_sided_p(result.z, equivalent.df);
	return nps_test_in_points(&result, points / 100, points, confidence);
}
