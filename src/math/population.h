/*
 * A survey of a population that is not much larger: what is not known is only
 * what the others would answer.
 */
#ifndef NPS_MATH_POPULATION_H
#define NPS_MATH_POPULATION_H

#include "interval.h"

NpsSample	nps_population_sample(const NpsGroups *groups, int64_t population);
NpsInterval nps_population_interval(const NpsGroups *groups, int64_t population, double z);

#endif
