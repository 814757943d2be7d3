/*
 * The same customers asked twice: two waves to a row.
 */
#include "results/arguments.h"
#include "results/groups.h"
#include "results/test_result.h"

/* The final function of nps_paired_test(): wave a minus wave b, at 95 %. */
PG_FUNCTION_INFO_V1(nps_paired_final);
Datum
nps_paired_final(PG_FUNCTION_ARGS)
{
	NpsPanel	panel = nps_paired_state_panel(PG_GETARG_NPS_PAIRED_STATE(0));
	NpsTest		test;

	if (nps_groups_total(&panel.a) == 0 || nps_groups_total(&panel.b) == 0)
		return nps_test_row(fcinfo, NULL);
	test = nps_test_panel(&panel, NPS_DEFAULT_CONFIDENCE);
	return nps_test_row(fcinfo, &test);
}
