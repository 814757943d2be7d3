/*
 * nps_result: one report row.
 */
#ifndef NPS_RESULT_H
#define NPS_RESULT_H

#include "results/row.h"

#include "math/estimate.h"

/* The columns of nps_result, in order. */
enum
{
	NPS_RESULT_NPS,
	NPS_RESULT_CI_LOWER,
	NPS_RESULT_CI_UPPER,
	NPS_RESULT_RESPONSES,
	NPS_RESULT_PROMOTERS,
	NPS_RESULT_PASSIVES,
	NPS_RESULT_DETRACTORS,
	NPS_RESULT_PROMOTER_PCT,
	NPS_RESULT_PASSIVE_PCT,
	NPS_RESULT_DETRACTOR_PCT,
	NPS_RESULT_STANDARD_ERROR,
	NPS_RESULT_EFFECTIVE_RESPONSES,
	NPS_RESULT_COLUMNS
};

extern const NpsRowType nps_result_type;

extern void nps_result_values(const NpsGroups *groups, const NpsEstimate *estimate, Datum *values, bool *nulls);
extern Datum nps_result_row(FunctionCallInfo fcinfo, const NpsGroups *groups, const NpsEstimate *estimate);

#endif
