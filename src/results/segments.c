/*
 * Segments side by side: do they differ, and a fair league table of them.
 */
#include "results/result.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"

#include "math/heterogeneity.h"
#include "math/shrinkage.h"
#include "results/arguments.h"
#include "results/groups.h"
#include "results/rounding.h"

/* The columns of nps_heterogeneity_result, in order. */
enum
{
	HETEROGENEITY_SEGMENTS,
	HETEROGENEITY_CHI_SQUARE,
	HETEROGENEITY_DF,
	HETEROGENEITY_P_VALUE,
	HETEROGENEITY_I_SQUARED,
	HETEROGENEITY_SPREAD,
	HETEROGENEITY_PRIOR_RESPONSES,
	HETEROGENEITY_COLUMNS
};

static const NpsRowType heterogeneity_type = {
	"nps_heterogeneity_result", HETEROGENEITY_COLUMNS,
	{INT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID},
	HETEROGENEITY_P_VALUE
};

/* Lets a cancel through, also in long sums and sorts. */
static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* By their shares and size, so that the figures do not depend on the order in which segments came. */
static int
compare_samples(const void *a, const void *b)
{
	const NpsSample *x = a;
	const NpsSample *y = b;

	check_interrupts();
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	if (x->promoters != y->promoters)
		return x->promoters < y->promoters ? -1 : 1;
	if (x->detractors != y->detractors)
		return x->detractors < y->detractors ? -1 : 1;
	return 0;
}

/* The segments of an array that have responses; NULLs and empty ones are none. */
static NpsSample *
segments_of(ArrayType *array, int64 *length)
{
	Datum	   *summaries;
	bool	   *nulls;
	int			elements;
	NpsSample  *samples;
	int			i;

	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(NpsSummary), false, TYPALIGN_DOUBLE,
					  &summaries, &nulls, &elements);
	samples = palloc(Max(elements, 1) * sizeof(NpsSample));
	*length = 0;
	for (i = 0; i < elements; i++)
	{
		NpsGroups	groups;

		check_interrupts();
		if (nulls[i])
			continue;
		groups = nps_usual_groups(nps_checked_summary(DatumGetPointer(summaries[i])));
		if (nps_groups_total(&groups) > 0)
			samples[(*length)++] = nps_sample_from_groups(&groups);
	}
	qsort(samples, *length, sizeof(NpsSample), compare_samples);
	return samples;
}

static void
set_figure(Datum *values, bool *nulls, int column, double figure)
{
	values[column] = Float8GetDatum(figure);
	nulls[column] = isnan(figure);
}

/* The final function of nps_heterogeneity, of which the state is all summaries. */
PG_FUNCTION_INFO_V1(nps_heterogeneity_final);
Datum
nps_heterogeneity_final(PG_FUNCTION_ARGS)
{
	Datum		values[HETEROGENEITY_COLUMNS] = {0};
	bool		nulls[HETEROGENEITY_COLUMNS] = {false};
	int64		length;
	NpsSample  *samples = segments_of(PG_GETARG_ARRAYTYPE_P(0), &length);
	NpsHeterogeneity result = nps_heterogeneity_of(samples, length, check_interrupts);

	values[HETEROGENEITY_SEGMENTS] = Int64GetDatum(length);
	set_figure(values, nulls, HETEROGENEITY_CHI_SQUARE, result.chi_square);
	set_figure(values, nulls, HETEROGENEITY_DF, result.df);
	set_figure(values, nulls, HETEROGENEITY_P_VALUE, result.p_value);
	set_figure(values, nulls, HETEROGENEITY_I_SQUARED, result.i_squared);
	set_figure(values, nulls, HETEROGENEITY_SPREAD, result.spread);
	set_figure(values, nulls, HETEROGENEITY_PRIOR_RESPONSES, result.prior_responses);
	return nps_make_row(fcinfo, &heterogeneity_type, values, nulls);
}

PG_FUNCTION_INFO_V1(nps_round_heterogeneity);
Datum
nps_round_heterogeneity(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &heterogeneity_type);
}

/* Responses of the whole that each segment is given beside its own; 22023 unless a number from 0 on. */
static double
prior_argument(double prior_responses)
{
	if (!(prior_responses >= 0 && isfinite(prior_responses)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("prior_responses must be 0 or more, not %s", float8out_internal(prior_responses)),
				 errhint("Give the prior_responses of nps_heterogeneity over the segments.")));
	return prior_responses;
}

/*
 * A segment's row with its figures drawn towards the whole; the counts stay its
 * own. Where either has no responses there are no figures.
 */
PG_FUNCTION_INFO_V1(nps_shrink);
Datum
nps_shrink(PG_FUNCTION_ARGS)
{
	NpsGroups	segment = nps_usual_groups(PG_GETARG_NPS_SUMMARY(0));
	NpsGroups	total = nps_usual_groups(PG_GETARG_NPS_SUMMARY(1));
	double		prior_responses = prior_argument(PG_GETARG_FLOAT8(2));
	double		confidence = nps_confidence_argument(PG_GETARG_FLOAT8(3));
	NpsEstimate estimate;

	if (nps_groups_total(&segment) == 0 || nps_groups_total(&total) == 0)
		return nps_result_row(fcinfo, &segment, NULL);
	estimate = nps_estimate_shrunk(&segment, &total, prior_responses, confidence);
	return nps_result_row(fcinfo, &segment, &estimate);
}
