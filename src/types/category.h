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

/* The predicates on the category, which the planner knows as ranges. */
extern Datum nps_is_detractor(PG_FUNCTION_ARGS);
extern Datum nps_is_detractor_int2(PG_FUNCTION_ARGS);
extern Datum nps_is_detractor_int4(PG_FUNCTION_ARGS);
extern Datum nps_is_passive(PG_FUNCTION_ARGS);
extern Datum nps_is_passive_int2(PG_FUNCTION_ARGS);
extern Datum nps_is_passive_int4(PG_FUNCTION_ARGS);
extern Datum nps_is_promoter(PG_FUNCTION_ARGS);
extern Datum nps_is_promoter_int2(PG_FUNCTION_ARGS);
extern Datum nps_is_promoter_int4(PG_FUNCTION_ARGS);

#endif
