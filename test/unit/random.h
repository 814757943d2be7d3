/*
 * Numbers that repeat: SplitMix64, from a seed that each test gives.
 */
#ifndef NPS_TEST_RANDOM_H
#define NPS_TEST_RANDOM_H

#include <math.h>
#include <stdint.h>

#include "sample.h"

static uint64_t random_state;

static inline uint64_t
next_random(void)
{
	uint64_t	x = random_state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* From 0 up to, not including, 1. */
static inline double
random_share(void)
{
	return (double) (next_random() >> 11) / 9007199254740992.0;
}

static inline int64_t
random_below(int64_t limit)
{
	return (int64_t) (next_random() % (uint64_t) limit);
}

typedef enum Answer
{
	PROMOTER,
	PASSIVE,
	DETRACTOR
} Answer;

/* An answer of a population with these shares of promoters and passives. */
static inline Answer
random_answer_of(double promoters, double passives)
{
	double		share = random_share();

	return share < promoters ? PROMOTER : share < promoters + passives ? PASSIVE : DETRACTOR;
}

/* An answer of a population of half promoters, three tenths passives, two tenths detractors: a score of 30. */
static inline Answer
random_answer(void)
{
	return random_answer_of(0.5, 0.3);
}

/* From a standard normal distribution, by the method of Box and Muller. */
static inline double
random_normal(void)
{
	return sqrt(-2 * log(1 - random_share())) * cos(6.283185307179586 * random_share());
}

static inline void
count_answer(NpsGroups *groups, Answer answer)
{
	groups->promoters += answer == PROMOTER;
	groups->passives += answer == PASSIVE;
	groups->detractors += answer == DETRACTOR;
}

#endif
