/*
 * nps_test_result: one test of a difference.
 */
#ifndef NPS_TEST_RESULT_H
#define NPS_TEST_RESULT_H

#include "results/row.h"

#include "math/difference.h"

/* The columns of nps_test_result, in order. */
enum
{
	NPS_TEST_DIFFERENCE,
	NPS_TEST_CI_LOWER,
	NPS_TEST_CI_UPPER,
	NPS_TEST_STANDARD_ERROR,
	NPS_TEST_Z,
	NPS_TEST_P_VALUE,
	NPS_TEST_SIGNIFICANT,
	NPS_TEST_COLUMNS
};

extern const NpsRowType nps_test_type;

extern Datum nps_test_row(FunctionCallInfo fcinfo, const NpsTest *test);

#endif
