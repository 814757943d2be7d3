/*
 * What is known of the true score after a survey, as probabilities.
 */
#ifndef NPS_MATH_POSTERIOR_H
#define NPS_MATH_POSTERIOR_H

#include "sample.h"

/*
 * A Dirichlet distribution of the true shares: responses counted, and those
 * that the prior adds. None is 0.
 */
typedef struct NpsPosterior
{
	double		promoters;
	double		passives;
	double		detractors;
} NpsPosterior;

/*
 * A place on the scale of theta by its distances from -1, 0 and 1, each to full
 * precision: where a billion responses agree, 1 - theta is a billionth.
 */
typedef struct NpsPlace
{
	double		from_lowest;	/* theta + 1 */
	double		from_zero;		/* theta */
	double		from_highest;	/* theta - 1 */
} NpsPlace;

/* The probabilities of a true score above a place and of one below, which sum to 1. */
typedef struct NpsTails
{
	double		above;
	double		below;
} NpsTails;

NpsPosterior nps_posterior_from_groups(const NpsGroups *groups);
NpsPlace	nps_place_of_points(double points);

NpsTails	nps_posterior_tails(const NpsPosterior *posterior, NpsPlace place);
double		nps_posterior_density(const NpsPosterior *posterior, NpsPlace place);

double		nps_probability_above(const NpsPosterior *posterior, double target);

#endif
