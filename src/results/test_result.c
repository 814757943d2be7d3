/*
 * nps_test_result: its row.
 */
#include "results/test_result.h"

#include "catalog/pg_type.h"

const NpsRowType nps_test_type = {
	"nps_test_result", NPS_TEST_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, BOOLOID},
	NPS_TEST_P_VALUE
};

/*
 * A row of nps_test_result; without a test, where a survey has no responses,
 * every column is NULL. A statistic that is infinite, or that the method does
 * not have, is NULL, and so is the verdict where there is no p-value.
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
		nps_set_figure(&values[NPS_TEST_DIFFERENCE], &nulls[NPS_TEST_DIFFERENCE], test->difference);
		nps_set_figure(&values[NPS_TEST_CI_LOWER], &nulls[NPS_TEST_CI_LOWER], test->ci_lower);
		nps_set_figure(&values[NPS_TEST_CI_UPPER], &nulls[NPS_TEST_CI_UPPER], test->ci_upper);
		nps_set_figure(&values[NPS_TEST_STANDARD_ERROR], &nulls[NPS_TEST_STANDARD_ERROR], test->standard_error);
		nps_set_figure(&values[NPS_TEST_Z], &nulls[NPS_TEST_Z], test->z);
		nps_set_figure(&values[NPS_TEST_P_VALUE], &nulls[NPS_TEST_P_VALUE], test->p_value);
		values[NPS_TEST_SIGNIFICANT] = BoolGetDatum(test->significant);
		nulls[NPS_TEST_SIGNIFICANT] = isnan(test->p_value);
	}
	return nps_make_row(fcinfo, &nps_test_type, values, nulls);
}
