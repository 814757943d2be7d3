/*
 * nps_contribution and nps_mix_test: did the score change, or the mix?
 */
#include "results/row.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/int.h"
#include "miscadmin.h"

#include "aggregates/pairs.h"
#include "math/mix.h"
#include "results/arguments.h"
#include "results/groups.h"
#include "results/rounding.h"

/* The columns of nps_contribution_result, in order. */
enum
{
	CONTRIBUTION_SHARE_A,
	CONTRIBUTION_SHARE_B,
	CONTRIBUTION_RATE,
	CONTRIBUTION_MIX,
	CONTRIBUTION_CONTRIBUTION,
	CONTRIBUTION_COLUMNS
};

/* The columns of nps_mix_result, in order. */
enum
{
	MIX_DIFFERENCE,
	MIX_RATE,
	MIX_MIX,
	MIX_CI_LOWER,
	MIX_CI_UPPER,
	MIX_STANDARD_ERROR,
	MIX_Z,
	MIX_P_VALUE,
	MIX_SIGNIFICANT,
	MIX_COLUMNS
};

static const NpsRowType contribution_type = {
	"nps_contribution_result", CONTRIBUTION_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID},
	0
};

static const NpsRowType mix_type = {
	"nps_mix_result", MIX_COLUMNS,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, BOOLOID},
	MIX_P_VALUE
};

/* A row of nps_contribution_result; NULLs where a whole survey has no responses. */
static Datum
contribution_row(FunctionCallInfo fcinfo, const NpsContribution *contribution)
{
	Datum		values[CONTRIBUTION_COLUMNS] = {0};
	bool		nulls[CONTRIBUTION_COLUMNS] = {false};

	if (contribution == NULL)
		memset(nulls, true, sizeof(nulls));
	else
	{
		values[CONTRIBUTION_SHARE_A] = Float8GetDatum(contribution->share_a);
		values[CONTRIBUTION_SHARE_B] = Float8GetDatum(contribution->share_b);
		values[CONTRIBUTION_RATE] = Float8GetDatum(contribution->rate);
		values[CONTRIBUTION_MIX] = Float8GetDatum(contribution->mix);
		values[CONTRIBUTION_CONTRIBUTION] = Float8GetDatum(contribution->contribution);
	}
	return nps_make_row(fcinfo, &contribution_type, values, nulls);
}

/* A row of nps_mix_result; NULLs where a whole survey has no responses, and for the test of a rate that there is not. */
static Datum
mix_row(FunctionCallInfo fcinfo, const NpsMixTest *test)
{
	Datum		values[MIX_COLUMNS] = {0};
	bool		nulls[MIX_COLUMNS] = {false};

	if (test == NULL)
		memset(nulls, true, sizeof(nulls));
	else
	{
		values[MIX_DIFFERENCE] = Float8GetDatum(test->difference);
		values[MIX_RATE] = Float8GetDatum(test->rate);
		values[MIX_MIX] = Float8GetDatum(test->mix);
		nps_set_figure(&values[MIX_CI_LOWER], &nulls[MIX_CI_LOWER], test->ci_lower);
		nps_set_figure(&values[MIX_CI_UPPER], &nulls[MIX_CI_UPPER], test->ci_upper);
		nps_set_figure(&values[MIX_STANDARD_ERROR], &nulls[MIX_STANDARD_ERROR], test->standard_error);
		nps_set_figure(&values[MIX_Z], &nulls[MIX_Z], test->z);
		nps_set_figure(&values[MIX_P_VALUE], &nulls[MIX_P_VALUE], test->p_value);
		values[MIX_SIGNIFICANT] = BoolGetDatum(test->significant);
		nulls[MIX_SIGNIFICANT] = isnan(test->p_value);
	}
	return nps_make_row(fcinfo, &mix_type, values, nulls);
}

/* A summary that may be NULL, which counts as an empty one. */
static NpsGroups
groups_or_none(FunctionCallInfo fcinfo, int argument)
{
	NpsGroups	none = {0, 0, 0};

	return PG_ARGISNULL(argument) ? none : nps_usual_groups(PG_GETARG_NPS_SUMMARY(argument));
}

/* Raises 22023 unless a segment is part of its total. */
static void
check_part(const NpsGroups *segment, const NpsGroups *total)
{
	if (segment->promoters > total->promoters || segment->passives > total->passives ||
		segment->detractors > total->detractors)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a segment cannot have more responses than the total"),
				 errhint("Give the totals of all segments: nps_agg(a) OVER (), nps_agg(b) OVER ().")));
}

/* What one segment contributed to the change, given the totals of all. */
PG_FUNCTION_INFO_V1(nps_contribution);
Datum
nps_contribution(PG_FUNCTION_ARGS)
{
	NpsGroups	a = groups_or_none(fcinfo, 0);
	NpsGroups	b = groups_or_none(fcinfo, 1);
	NpsMixTotals totals = {groups_or_none(fcinfo, 2), groups_or_none(fcinfo, 3)};
	NpsContribution contribution;

	check_part(&a, &totals.a);
	check_part(&b, &totals.b);
	if (nps_groups_total(&totals.a) == 0 || nps_groups_total(&totals.b) == 0)
		return contribution_row(fcinfo, NULL);
	contribution = nps_contribution_of(&totals, &a, &b);
	return contribution_row(fcinfo, &contribution);
}

/* Adds a segment to a total; 22003 where that outgrows int8. */
static void
add_groups(NpsGroups *total, const NpsGroups *segment)
{
	int64		responses;

	if (pg_add_s64_overflow(nps_groups_total(total), nps_groups_total(segment), &responses))
		nps_refuse_overflow();
	total->promoters += segment->promoters;
	total->passives += segment->passives;
	total->detractors += segment->detractors;
}

/* The totals of the segments, which are pairs of summaries. */
static NpsMixTotals
totals_of(const NpsSummary *summaries, int segments)
{
	NpsMixTotals totals = {{0, 0, 0}, {0, 0, 0}};
	int			i;

	for (i = 0; i < segments; i++)
	{
		NpsGroups	a = nps_usual_groups(&summaries[2 * (Size) i]);
		NpsGroups	b = nps_usual_groups(&summaries[2 * (Size) i + 1]);

		add_groups(&totals.a, &a);
		add_groups(&totals.b, &b);
	}
	return totals;
}

/* The final function of nps_mix_test(). */
PG_FUNCTION_INFO_V1(nps_mix_final);
Datum
nps_mix_final(PG_FUNCTION_ARGS)
{
	const NpsSummary *summaries;
	int			segments = nps_read_pairs(PG_GETARG_ARRAYTYPE_P(0), &summaries);
	NpsMixTotals totals = totals_of(summaries, segments);
	NpsMix		mix;
	NpsMixTest	test;
	int			i;

	if (nps_groups_total(&totals.a) == 0 || nps_groups_total(&totals.b) == 0)
		return mix_row(fcinfo, NULL);
	mix = nps_mix_of(&totals, NPS_DEFAULT_CONFIDENCE);
	for (i = 0; i < segments; i++)
	{
		NpsGroups	a = nps_usual_groups(&summaries[2 * (Size) i]);
		NpsGroups	b = nps_usual_groups(&summaries[2 * (Size) i + 1]);

		CHECK_FOR_INTERRUPTS();
		nps_mix_add(&mix, &a, &b);
	}
	test = nps_mix_test_of(&mix);
	return mix_row(fcinfo, &test);
}

PG_FUNCTION_INFO_V1(nps_round_contribution);
Datum
nps_round_contribution(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &contribution_type);
}

PG_FUNCTION_INFO_V1(nps_round_mix);
Datum
nps_round_mix(PG_FUNCTION_ARGS)
{
	return nps_rounded_row(fcinfo, &mix_type);
}
