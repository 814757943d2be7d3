/*
 * Is the score rising? A straight line through the scores of periods.
 */
#ifndef NPS_MATH_TREND_H
#define NPS_MATH_TREND_H

#include <stdbool.h>

#include "sample.h"

/*
 * What is kept of any number of periods; all 0 of none. Each response counts
 * once: means and sums are weighted by the periods' responses, and the sums are
 * of squares and products about the means.
 */
typedef struct NpsTrend
{
	double		periods;		/* with responses */
	double		promoters;
	double		passives;
	double		detractors;
	double		mean_x;
	double		mean_theta;
	double		xx;
	double		x_theta;
	double		theta_theta;
} NpsTrend;

/* What a row of nps_trend_result says: points a unit of x; NaN where there is no such figure. */
typedef struct NpsTrendTest
{
	double		slope;			/* none unless x varies */
	double		ci_lower;		/* none below 3 periods, or where answers do not vary */
	double		ci_upper;
	double		standard_error; /* none below 3 periods */
	double		p_value;
	bool		significant;
	int64_t		periods;
} NpsTrendTest;

NpsTrend	nps_trend_of(double x, const NpsGroups *period);
void		nps_trend_add(NpsTrend *trend, const NpsTrend *more);
NpsTrendTest nps_trend_test(const NpsTrend *trend, double confidence);

#endif
