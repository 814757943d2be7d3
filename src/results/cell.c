/*
 * nps_format: a result, a test or a summary as one readable cell.
 */
#include "results/cell.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "results/arguments.h"
#include "results/figure.h"
#include "results/groups.h"
#include "results/test_result.h"

/* As many digits as p-values are written with; one below is told apart from 0. */
#define P_VALUE_DIGITS 3
#define SMALLEST_P_VALUE 0.001

#define NOTHING "n=0"

/* Adds "48.4 [44.0, 52.5] ", of whatever is not NULL. */
static void
append_interval(StringInfo cell, const NpsRowType *type, const Datum *values, const bool *nulls, int32 digits)
{
	/* The first three columns of every type with an interval: the figure, its lower and its upper limit. */
	if (!nulls[0])
		appendStringInfo(cell, "%s ", nps_figure_text(nps_finite_figure(values[0], type->name), digits));
	if (!nulls[1] && !nulls[2])
		appendStringInfo(cell, "[%s, %s] ",
						 nps_figure_text(nps_finite_figure(values[1], type->name), digits),
						 nps_figure_text(nps_finite_figure(values[2], type->name), digits));
}

/* "48.4 [44.0, 52.5] n=889", of the columns of an nps_result; "n=0" where there is nothing. */
static text *
result_cell(const Datum *values, const bool *nulls, int32 digits)
{
	StringInfoData cell;

	initStringInfo(&cell);
	append_interval(&cell, &nps_result_type, values, nulls, digits);
	appendStringInfo(&cell, "n=" INT64_FORMAT,
					 nulls[NPS_RESULT_RESPONSES] ? 0 : DatumGetInt64(values[NPS_RESULT_RESPONSES]));
	return cstring_to_text_with_len(cell.data, cell.len);
}

/* The cell of groups and what is estimated of them, NULL without responses. */
text *
nps_estimate_cell(const NpsGroups *groups, const NpsEstimate *estimate, int32 digits)
{
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];

	nps_result_values(groups, estimate, values, nulls);
	return result_cell(values, nulls, digits);
}

PG_FUNCTION_INFO_V1(nps_format);
Datum
nps_format(PG_FUNCTION_ARGS)
{
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_result_type, values, nulls);
	PG_RETURN_TEXT_P(result_cell(values, nulls, PG_GETARG_INT32(1)));
}

/* "-21.1 [-37.5, -4.7] p=0.012", of a test; "n=0" where a survey was empty. */
PG_FUNCTION_INFO_V1(nps_format_test);
Datum
nps_format_test(PG_FUNCTION_ARGS)
{
	Datum		values[NPS_TEST_COLUMNS];
	bool		nulls[NPS_TEST_COLUMNS];
	StringInfoData cell;
	double		p_value;

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_test_type, values, nulls);
	if (nulls[NPS_TEST_DIFFERENCE])
		PG_RETURN_TEXT_P(cstring_to_text(NOTHING));
	initStringInfo(&cell);
	append_interval(&cell, &nps_test_type, values, nulls, PG_GETARG_INT32(1));
	if (nulls[NPS_TEST_P_VALUE])
		appendStringInfoString(&cell, "p unknown");
	else
	{
		p_value = nps_finite_figure(values[NPS_TEST_P_VALUE], nps_test_type.name);
		appendStringInfo(&cell, p_value < SMALLEST_P_VALUE ? "p<%s" : "p=%s",
						 nps_figure_text(fmax(p_value, SMALLEST_P_VALUE), P_VALUE_DIGITS));
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(cell.data, cell.len));
}

/* The cell of nps(summary), at 95 %. */
PG_FUNCTION_INFO_V1(nps_format_summary);
Datum
nps_format_summary(PG_FUNCTION_ARGS)
{
	NpsGroups	groups = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	int32		digits = PG_GETARG_INT32(1);
	NpsEstimate estimate;

	if (nps_groups_total(&groups) == 0)
		PG_RETURN_TEXT_P(nps_estimate_cell(&groups, NULL, digits));
	estimate = nps_estimate_groups(&groups, NPS_DEFAULT_CONFIDENCE, &nps_interval_methods[0]);
	PG_RETURN_TEXT_P(nps_estimate_cell(&groups, &estimate, digits));
}

PG_FUNCTION_INFO_V1(nps_format_weighted_summary);
Datum
nps_format_weighted_summary(PG_FUNCTION_ARGS)
{
	NpsWeightedGroups weights;
	NpsGroups	groups = nps_weighted_summary_groups(PG_GETARG_NPS_WEIGHTED_SUMMARY(0), &weights);
	int32		digits = PG_GETARG_INT32(1);
	NpsEstimate estimate;

	if (nps_groups_total(&groups) == 0)
		PG_RETURN_TEXT_P(nps_estimate_cell(&groups, NULL, digits));
	estimate = nps_estimate_weights(&weights, NPS_DEFAULT_CONFIDENCE);
	PG_RETURN_TEXT_P(nps_estimate_cell(&groups, &estimate, digits));
}
