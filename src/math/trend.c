/*
 * The line of weighted least squares, and two tests of its slope, of which the
 * less certain counts: as if all answers were drawn from one population (Mantel,
 * N. (1963), Journal of the American Statistical Association 58, 690-700), and
 * by how far the periods lie from the line, which knows that scores wander for
 * other reasons than chance.
 */
#include "trend.h"

#include <float.h>
#include <math.h>

#include "difference.h"
#include "quantile.h"
#include "student.h"

static double
responses_of(const NpsTrend *trend)
{
	return trend->promoters + trend->passives + trend->detractors;
}

/* One period; without responses, none. */
NpsTrend
nps_trend_of(double x, const NpsGroups *period)
{
	NpsTrend	trend = {0};
	double		n = (double) nps_groups_total(period);

	if (n == 0)
		return trend;
	trend.periods = 1;
	trend.promoters = (double) period->promoters;
	trend.passives = (double) period->passives;
	trend.detractors = (double) period->detractors;
	trend.mean_x = x;
	trend.mean_theta = (period->promoters - period->detractors) / n;
	return trend;
}

/*
 * More periods. Sums about the means, which are never formed as differences of
 * sums of squares: Youngs, E. A. and Cramer, E. M. (1971), Technometrics 13,
 * 657-665; Chan, T. F., Golub, G. H. and LeVeque, R. J. (1983), The American
 * Statistician 37, 242-247.
 */
void
nps_trend_add(NpsTrend *trend, const NpsTrend *more)
{
	double		n = responses_of(trend);
	double		more_n = responses_of(more);
	double		x = more->mean_x - trend->mean_x;
	double		theta = more->mean_theta - trend->mean_theta;
	double		part;

	if (more_n == 0)
		return;
	part = more_n / (n + more_n);
	trend->periods += more->periods;
	trend->promoters += more->promoters;
	trend->passives += more->passives;
	trend->detractors += more->detractors;
	trend->mean_x += part * x;
	trend->mean_theta += part * theta;
	trend->xx += more->xx + n * part * x * x;
	trend->x_theta += more->x_theta + n * part * x * theta;
	trend->theta_theta += more->theta_theta + n * part * theta * theta;
}

/* The variance of one answer, all periods together. */
static double
pooled_variance(const NpsTrend *trend)
{
	double		n = responses_of(trend);
	NpsSample	pooled = {0};

	pooled.promoters = trend->promoters / n;
	pooled.passives = trend->passives / n;
	pooled.detractors = trend->detractors / n;
	return nps_sample_variance(&pooled);
}

/* The slope's standard error by the distances of the periods from the line. */
static double
residual_error(const NpsTrend *trend, double slope)
{
	double		residual = trend->theta_theta - slope * trend->x_theta;

	return sqrt(fmax(0, residual) / (trend->periods - 2) / trend->xx);
}

/* The slope, its test and its interval. */
NpsTrendTest
nps_trend_test(const NpsTrend *trend, double confidence)
{
	double		n = responses_of(trend);
	double		df = trend->periods - 2;
	NpsTrendTest test = {NAN, NAN, NAN, NAN, NAN, false, (int64_t) trend->periods};
	double		slope,
				variance,
				sampling,
				residual,
				margin;

	/* Below the normal floats it has no digits left. */
	if (trend->xx < DBL_MIN)
		return test;
	slope = trend->x_theta / trend->xx;
	test.slope = 100 * slope;
	if (df < 1)
		return test;

	variance = pooled_variance(trend);
	if (variance == 0)
	{
		test.standard_error = 0;
		test.p_value = 1;
		return test;
	}
	sampling = sqrt(variance / trend->xx * (n / (n - 1)));
	residual = residual_error(trend, slope);
	test.standard_error = 100 * fmax(sampling, residual);
	test.p_value = nps_two_sided_p(slope / sampling);
	margin = nps_confidence_z(confidence) * sampling;
	if (residual > 0)
	{
		test.p_value = fmax(test.p_value, nps_t_two_sided_p(slope / residual, df));
		margin = fmax(margin, nps_confidence_t(confidence, df) * residual);
	}
	test.ci_lower = 100 * (slope - margin);
	test.ci_upper = 100 * (slope + margin);
	test.significant = test.p_value < 1 - confidence;
	return test;
}
