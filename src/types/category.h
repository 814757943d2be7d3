/*
 * nps_category: what a single response is.
 */
#ifndef NPS_CATEGORY_H
#define NPS_CATEGORY_H

#include "nps.h"

static inline NpsCategory
nps_category_of(NpsScore score)
{
	if (score <= NPS_DETRACTOR_MAX)
		return NPS_DETRACTOR;
	return score < NPS_PROMOTER_MIN ? NPS_PASSIVE : NPS_PROMOTER;
}

extern bool nps_is_predicate(PGFunction function, NpsCategory *category);

#endif
