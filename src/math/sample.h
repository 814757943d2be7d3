/*
 * What every method works on: one survey as shares of its groups.
 *
 * The scale in src/math is theta = promoter share - detractor share, on
 * [-1, 1]; points, theta times 100, belong to the estimate alone.
 */
#ifndef NPS_MATH_SAMPLE_H
#define NPS_MATH_SAMPLE_H

#include <stdint.h>

/* Whole counts of a survey; none negative, their total within int64. */
typedef struct NpsGroups
{
	int64_t		promoters;
	int64_t		passives;
	int64_t		detractors;
} NpsGroups;

/*
 * A survey with at least one response. A share is exactly 0 where its group is
 * empty, so that pure samples are recognised without a tolerance.
 */
typedef struct NpsSample
{
	double		promoters;		/* shares, which sum to 1 */
	double		passives;
	double		detractors;
	double		theta;
	double		nps;			/* theta in points, rounded once */
	double		n;				/* responses, not necessarily whole */
} NpsSample;

/* Sums of the weights of a group's responses, and of their squares. */
typedef struct NpsWeights
{
	double		sum;
	double		squares;
} NpsWeights;

typedef struct NpsWeightedGroups
{
	NpsWeights	promoters;
	NpsWeights	passives;
	NpsWeights	detractors;
} NpsWeightedGroups;

int64_t		nps_groups_total(const NpsGroups *groups);
double		nps_percentage(int64_t count, double total);
NpsSample	nps_sample_from_groups(const NpsGroups *groups);
NpsSample	nps_sample_from_weights(const NpsWeightedGroups *groups, double *standard_error);
NpsSample	nps_sample_plus(const NpsSample *sample, double promoters, double passives, double detractors);
NpsSample	nps_sample_mirror(const NpsSample *sample);
double		nps_sample_variance(const NpsSample *sample);
double		nps_sample_standard_error(const NpsSample *sample);

#endif
