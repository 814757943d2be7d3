/*
 * A survey's shares and the variance of one response in it.
 */
#include "sample.h"

/* Responses in all groups. */
int64_t
nps_groups_total(const NpsGroups *groups)
{
	return groups->promoters + groups->passives + groups->detractors;
}

/*
 * The shares of whole counts, at least one of which is positive. The difference
 * is taken while it is exact: subtracting shares would round twice.
 */
NpsSample
nps_sample_from_groups(const NpsGroups *groups)
{
	NpsSample	sample;

	sample.n = (double) nps_groups_total(groups);
	sample.promoters = groups->promoters / sample.n;
	sample.passives = groups->passives / sample.n;
	sample.detractors = groups->detractors / sample.n;
	sample.theta = (groups->promoters - groups->detractors) / sample.n;
	return sample;
}

/*
 * The variance of one response scored -1, 0 or 1: m(p + d) + 4pd. The usual
 * p + d - (p - d)^2 is equal on paper and cancels near the corners.
 */
double
nps_sample_variance(const NpsSample *sample)
{
	double		p = sample->promoters;
	double		m = sample->passives;
	double		d = sample->detractors;

	return m * (p + d) + 4 * p * d;
}
