/*
 * A change of the score taken apart by segments: what the segments' own scores
 * changed (rate), and what a changed mix of segments did (mix).
 */
#ifndef NPS_MATH_MIX_H
#define NPS_MATH_MIX_H

#include <stdbool.h>

#include "sample.h"

/* Both surveys as wholes; each has at least one response. */
typedef struct NpsMixTotals
{
	NpsGroups	a;
	NpsGroups	b;
} NpsMixTotals;

/* What one segment contributed to score of a - score of b: points, shares in percent. */
typedef struct NpsContribution
{
	double		share_a;
	double		share_b;
	double		rate;
	double		mix;
	double		contribution;	/* their sum */
} NpsContribution;

/* All segments together: the sums of rate and mix in points, and on the scale of theta what the test needs. */
typedef struct NpsMix
{
	NpsMixTotals totals;
	double		confidence;
	double		rate;
	double		mix;
	double		variance;		/* of the rate where no segment's score changed */
	double		below;			/* squared distances of the limits of the rate from it */
	double		above;
	int64_t		segments;		/* with responses in both surveys */
} NpsMix;

/* What a row of nps_mix_result says, in points; without a segment in both surveys the test is NaN. */
typedef struct NpsMixTest
{
	double		difference;
	double		rate;
	double		mix;
	double		ci_lower;
	double		ci_upper;
	double		standard_error;
	double		z;
	double		p_value;
	bool		significant;
} NpsMixTest;

NpsContribution nps_contribution_of(const NpsMixTotals *totals, const NpsGroups *a, const NpsGroups *b);
NpsMix		nps_mix_of(const NpsMixTotals *totals, double confidence);
void		nps_mix_add(NpsMix *mix, const NpsGroups *a, const NpsGroups *b);
NpsMixTest	nps_mix_test_of(const NpsMix *mix);

#endif
