/*
 * Rows for reports: rounded, or as one cell.
 */
#include "results/result.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "results/figure.h"

/* The row with every float rounded, for reports. */
PG_FUNCTION_INFO_V1(nps_round);
Datum
nps_round(PG_FUNCTION_ARGS)
{
	int32		digits = PG_GETARG_INT32(1);
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];
	int			i;

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_result_type, values, nulls);
	for (i = 0; i < NPS_RESULT_COLUMNS; i++)
	{
		if (nps_result_type.types[i] == FLOAT8OID && !nulls[i])
			values[i] = nps_rounded_figure(values[i], digits);
	}
	return nps_make_row(fcinfo, &nps_result_type, values, nulls);
}

/* One readable cell: "48.4 [44.0, 52.5] n=889"; "n=0" where there is nothing. */
PG_FUNCTION_INFO_V1(nps_format);
Datum
nps_format(PG_FUNCTION_ARGS)
{
	int32		digits = PG_GETARG_INT32(1);
	Datum		values[NPS_RESULT_COLUMNS];
	bool		nulls[NPS_RESULT_COLUMNS];
	StringInfoData cell;

	nps_read_row(PG_GETARG_HEAPTUPLEHEADER(0), &nps_result_type, values, nulls);
	initStringInfo(&cell);
	if (!nulls[NPS_RESULT_NPS])
		appendStringInfo(&cell, "%s ", nps_figure_text(DatumGetFloat8(values[NPS_RESULT_NPS]), digits));
	if (!nulls[NPS_RESULT_CI_LOWER] && !nulls[NPS_RESULT_CI_UPPER])
		appendStringInfo(&cell, "[%s, %s] ",
						 nps_figure_text(DatumGetFloat8(values[NPS_RESULT_CI_LOWER]), digits),
						 nps_figure_text(DatumGetFloat8(values[NPS_RESULT_CI_UPPER]), digits));
	appendStringInfo(&cell, "n=" INT64_FORMAT,
					 nulls[NPS_RESULT_RESPONSES] ? 0 : DatumGetInt64(values[NPS_RESULT_RESPONSES]));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(cell.data, cell.len));
}
