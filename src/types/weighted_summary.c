/*
 * nps_weighted_summary: what a set of weighted responses amounts to. Stored and
 * merged like nps_summary, and the state of the weighted aggregates; nothing is
 * ever taken out of it, since sums of floats do not come back exactly.
 */
#include "types/weighted_summary.h"

#include <math.h>

#include "common/hashfn.h"
#include "common/int.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "types/compare.h"
#include "types/scan.h"

/* The first byte of the wire form. */
#define WIRE_VERSION 1
#define WIRE_LENGTH (1 + (int) sizeof(NpsWeightedSummary))

/*
 * How far rounding, over any number of responses, may carry the sums from what
 * exact ones would satisfy.
 */
#define ROUNDING 1e-6

/* --- what is a weighted summary ------------------------------------------ */

/*
 * Are these the sums of as many positive weights and of their squares? The sum
 * of the squares lies between sum^2/count and sum^2.
 */
static bool
are_sums_of(int64 count, double weights, double squares)
{
	double		typical_weight;

	if (count == 0)
		return weights == 0 && squares == 0;
	if (!(weights > 0 && squares > 0 && isfinite(weights) && isfinite(squares)))
		return false;
	typical_weight = squares / weights;
	return typical_weight <= weights * (1 + ROUNDING) && typical_weight >= weights / count * (1 - ROUNDING);
}

/* What is wrong with a summary, or NULL. Sums whose squares are finite are far from too large for a total. */
static const char *
defect_of(const NpsWeightedSummary *summary)
{
	int64		total = 0;
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		if (summary->counts[i] < 0)
			return gettext_noop("A count of responses cannot be negative.");
		if (pg_add_s64_overflow(total, summary->counts[i], &total))
			return gettext_noop("The total of the counts does not fit type bigint.");
		if (!are_sums_of(summary->counts[i], summary->weights[i], summary->squares[i]))
			return gettext_noop("The sums are not those of as many positive weights and of their squares.");
	}
	return NULL;
}

/* Are these figures that a weighted summary can have? */
bool
nps_weighted_summary_is_valid(const NpsWeightedSummary *summary)
{
	return defect_of(summary) == NULL;
}

/* Raises 22003 unless the figures are those of some weights. */
void
nps_check_weighted_summary(const NpsWeightedSummary *summary)
{
	const char *defect = defect_of(summary);

	if (unlikely(defect != NULL))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is out of range for type %s", "nps_weighted_summary"),
				 errdetail("%s", _(defect))));
}

/* --- input and output ---------------------------------------------------- */

/* A negative zero is equal to the usual one but hashes by other bits. */
static void
drop_negative_zeros(NpsWeightedSummary *summary)
{
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		summary->weights[i] += 0.0;
		summary->squares[i] += 0.0;
	}
}

/* A float in decimal digits; NULL where there is none, *overflow set where it does not fit. */
static const char *
scan_float8(const char *s, double *value, bool *overflow)
{
	const char *digits = skip_blanks(s);
	char	   *end;

	*value = strtod(digits, &end);
	*overflow |= isinf(*value);
	/* strtod would also take words (nan, infinity) and hexadecimal. */
	return end == digits + strspn(digits, "+-.0123456789eE") && end != digits ? end : NULL;
}

/*
 * Reads "{c,c,c,w,w,w,s,s,s}": of detractors, passives and promoters the
 * counts, the sums of weights and of squared weights. Returns false on any other
 * form.
 */
static bool
figures_from_text(const char *s, NpsWeightedSummary *summary, bool *overflow)
{
	int			i;

	for (i = 0; s != NULL && i < NPS_CATEGORIES; i++)
	{
		s = skip_character(s, i == 0 ? '{' : ',');
		if (s != NULL)
			s = scan_int64(s, &summary->counts[i], overflow);
	}
	for (i = 0; s != NULL && i < 2 * NPS_CATEGORIES; i++)
	{
		double	   *sum = i < NPS_CATEGORIES ? &summary->weights[i] : &summary->squares[i - NPS_CATEGORIES];

		s = skip_character(s, ',');
		if (s != NULL)
			s = scan_float8(s, sum, overflow);
	}
	if (s != NULL)
		s = skip_character(s, '}');
	return s != NULL && *skip_blanks(s) == '\0';
}

/* As nps_summary_in: 22P02 for another form, 22003 for figures that no weights have. */
PG_FUNCTION_INFO_V1(nps_weighted_summary_in);
Datum
nps_weighted_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NpsWeightedSummary *summary = palloc(sizeof(NpsWeightedSummary));
	bool		overflow = false;
	const char *defect;

	if (!figures_from_text(text, summary, &overflow))
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "nps_weighted_summary", text),
				 errdetail("Of detractors, passives and promoters the counts, the sums of weights and the sums of squared weights are expected, as in \"%s\".",
						   "{0,1,2,0,1,3.5,0,1,6.25}")));

	drop_negative_zeros(summary);
	defect = overflow ? gettext_noop("A figure is too large.") : defect_of(summary);
	if (defect != NULL)
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s\" is out of range for type %s", text, "nps_weighted_summary"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_WEIGHTED_SUMMARY(summary);
}

/* The shortest digits that come back bit for bit, whatever the settings. */
static void
append_float8(StringInfo text, double value)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(value, digits);
	appendStringInfo(text, ",%s", digits);
}

PG_FUNCTION_INFO_V1(nps_weighted_summary_out);
Datum
nps_weighted_summary_out(PG_FUNCTION_ARGS)
{
	NpsWeightedSummary *summary = PG_GETARG_NPS_WEIGHTED_SUMMARY(0);
	StringInfoData text;
	int			i;

	initStringInfo(&text);
	for (i = 0; i < NPS_CATEGORIES; i++)
		appendStringInfo(&text, "%c" INT64_FORMAT, i == 0 ? '{' : ',', summary->counts[i]);
	for (i = 0; i < NPS_CATEGORIES; i++)
		append_float8(&text, summary->weights[i]);
	for (i = 0; i < NPS_CATEGORIES; i++)
		append_float8(&text, summary->squares[i]);
	appendStringInfoChar(&text, '}');
	PG_RETURN_CSTRING(text.data);
}

/* The wire form is a version byte, three counts and six sums; all else is 22P03. */
PG_FUNCTION_INFO_V1(nps_weighted_summary_recv);
Datum
nps_weighted_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	NpsWeightedSummary *summary = palloc(sizeof(NpsWeightedSummary));
	const char *defect;

	if (message->len - message->cursor != WIRE_LENGTH || pq_getmsgbyte(message) != WIRE_VERSION)
		defect = gettext_noop("A version byte 1, three counts and six sums are expected.");
	else
	{
		int			i;

		for (i = 0; i < NPS_CATEGORIES; i++)
			summary->counts[i] = pq_getmsgint64(message);
		for (i = 0; i < NPS_CATEGORIES; i++)
			summary->weights[i] = pq_getmsgfloat8(message);
		for (i = 0; i < NPS_CATEGORIES; i++)
			summary->squares[i] = pq_getmsgfloat8(message);
		drop_negative_zeros(summary);
		defect = defect_of(summary);
	}
	if (defect != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "nps_weighted_summary"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_WEIGHTED_SUMMARY(summary);
}

PG_FUNCTION_INFO_V1(nps_weighted_summary_send);
Datum
nps_weighted_summary_send(PG_FUNCTION_ARGS)
{
	NpsWeightedSummary *summary = PG_GETARG_NPS_WEIGHTED_SUMMARY(0);
	StringInfoData message;
	int			i;

	pq_begintypsend(&message);
	pq_sendbyte(&message, WIRE_VERSION);
	for (i = 0; i < NPS_CATEGORIES; i++)
		pq_sendint64(&message, summary->counts[i]);
	for (i = 0; i < NPS_CATEGORIES; i++)
		pq_sendfloat8(&message, summary->weights[i]);
	for (i = 0; i < NPS_CATEGORIES; i++)
		pq_sendfloat8(&message, summary->squares[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* --- comparison: by the figures, so that DISTINCT and GROUP BY work ------- */

static int32
compare_summaries(FunctionCallInfo fcinfo)
{
	const NpsWeightedSummary *a = PG_GETARG_NPS_WEIGHTED_SUMMARY(0);
	const NpsWeightedSummary *b = PG_GETARG_NPS_WEIGHTED_SUMMARY(1);
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		if (a->counts[i] != b->counts[i])
			return NPS_THREE_WAY(a->counts[i], b->counts[i]);
		if (a->weights[i] != b->weights[i])
			return NPS_THREE_WAY(a->weights[i], b->weights[i]);
		if (a->squares[i] != b->squares[i])
			return NPS_THREE_WAY(a->squares[i], b->squares[i]);
	}
	return 0;
}

NPS_COMPARISONS(nps_weighted_summary, compare_summaries)

PG_FUNCTION_INFO_V1(nps_weighted_summary_hash);
Datum
nps_weighted_summary_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_NPS_WEIGHTED_SUMMARY(0), sizeof(NpsWeightedSummary));
}

PG_FUNCTION_INFO_V1(nps_weighted_summary_hash_extended);
Datum
nps_weighted_summary_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_NPS_WEIGHTED_SUMMARY(0), sizeof(NpsWeightedSummary),
							 PG_GETARG_INT64(1));
}
