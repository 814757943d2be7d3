/*
 * nps_test_result: its row.
 */
#include "results/test_result.h"

#include <math.h>

#include "catalog/pg_type.h"

const NpsRowType nps_test_type = {
	"nps_test_result", NPS_TEST_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, BOOLOID},
	NPS_TEST_P_VALUE
};

/*
 * A row of nps_test_result; without a test, where a survey has no responses,
 * every column is NULL. An infinite statistic is NULL.
 */
Datum
nps_test_row(FunctionCallInfo fcinfo, const NpsTest *test)
{
	Datum		values[NPS_TEST_COLUMNS] = {0};
	bool		nulls[NPS_TEST_COLUMNS] = {false};

	if (test == NULL)
		memset(nulls, true, sizeof(nulls));
	else
	{
		values[NPS_TEST_DIFFERENCE] = Float8GetDatum(test->difference);
		values[NPS_TEST_CI_LOWER] = Float8GetDatum(test->ci_lower);
		values[NPS_TEST_CI_UPPER] = Float8GetDatum(test->ci_upper);
		values[NPS_TEST_STANDARD_ERROR] = Float8GetDatum(test->standard_error);
		values[NPS_TEST_Z] = Float8GetDatum(test->z);
		nulls[NPS_TEST_Z] = isinf(test->z);
		values[NPS_TEST_P_VALUE] = Float8GetDatum(test->p_value);
		values[NPS_TEST_SIGNIFICANT] = BoolGetDatum(test->significant);
	}
	return nps_make_row(fcinfo, &nps_test_type, values, nulls);
}
