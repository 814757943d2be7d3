/*
 * Is the score of a wave another than that of the other, where the accounts that
 * answered are the same, some of them, or none? An account's part in the
 * difference is u = (z_a - theta_a n_a) / N_a - (z_b - theta_b n_b) / N_b, with
 * its net z and its size n in each wave: the linearised difference of two
 * ratios, as R's survey package has it, held against Student's t with the
 * degrees of freedom of clusters of n_a + n_b answers (clusters.c).
 */
#include "panel.h"

#include <math.h>

#include "student.h"

static NpsWide
squared(NpsWide a)
{
	return nps_wide_times(a, a);
}

static NpsWide
twice(NpsWide a)
{
	return nps_wide_plus(a, a);
}

/*
 * The sum of u^2 over the accounts: N_b^4 (deviations in a)^2 + N_a^4
 * (deviations in b)^2 - 2 N_a^2 N_b^2 (their products), divided by N_a^4 N_b^4
 * at last. Exact before, and within 2^509 of 0: waves that agree in every
 * account leave nothing at all.
 */
static double
sum_of_squares(const NpsPanel *panel)
{
	NpsWide		n_a = nps_wide(nps_groups_total(&panel->a));
	NpsWide		n_b = nps_wide(nps_groups_total(&panel->b));
	NpsWide		a_squared = squared(n_a);
	NpsWide		b_squared = squared(n_b);
	NpsWide		of_a = nps_deviation_products(&panel->a, &panel->a, &panel->within_a);
	NpsWide		of_b = nps_deviation_products(&panel->b, &panel->b, &panel->within_b);
	NpsWide		between = nps_deviation_products(&panel->a, &panel->b, &panel->between);
	NpsWide		of_waves = nps_wide_plus(nps_wide_times(squared(b_squared), of_a),
										 nps_wide_times(squared(a_squared), of_b));
	NpsWide		shared = nps_wide_times(nps_wide_times(a_squared, b_squared), twice(between));
	double		scale = nps_wide_to_double(nps_wide_times(a_squared, b_squared));
	double		sum = nps_wide_to_double(nps_wide_minus(of_waves, shared));

	/* Negative where a caller's sums are those of no accounts. */
	return fmax(0, sum) / scale / scale;
}

/* Effective accounts less one. */
static double
degrees_of_freedom(const NpsPanel *panel)
{
	NpsWide		n = nps_wide_plus(nps_wide(nps_groups_total(&panel->a)), nps_wide(nps_groups_total(&panel->b)));
	NpsWide		size_squares = nps_wide_plus(nps_wide_plus(nps_wide_from_int128(panel->within_a.size_size),
														   nps_wide_from_int128(panel->within_b.size_size)),
											 twice(nps_wide_from_int128(panel->between.size_size)));

	return nps_wide_to_double(nps_wide_minus(squared(n), size_squares)) / nps_wide_to_double(size_squares);
}

/*
 * a minus b, both with answers. Without a spread between accounts, or with fewer
 * than two effective ones, no more is known than the difference.
 */
NpsTest
nps_test_panel(const NpsPanel *panel, double confidence)
{
	NpsPair		pair = nps_pair_from_groups(&panel->a, &panel->b);
	NpsTest		test = {pair.points, NAN, NAN, NAN, NAN, NAN, false};
	double		m = (double) panel->accounts;
	double		df;
	double		margin;

	if (panel->accounts == 1)
		return test;
	test.standard_error = 100 * sqrt(m / (m - 1) * sum_of_squares(panel));
	df = degrees_of_freedom(panel);
	if (test.standard_error == 0 || df < 1)
		return test;

	margin = nps_confidence_t(confidence, df) * test.standard_error;
	test.ci_lower = fmax(-200, test.difference - margin);
	test.ci_upper = fmin(200, test.difference + margin);
	test.z = test.difference / test.standard_error;
	test.p_value = nps_t_two_sided_p(test.z, df);
	test.significant = test.p_value < 1 - confidence;
	return test;
}
