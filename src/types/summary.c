/*
 * nps_summary as a type: what is one, text and wire form, casts, accessors,
 * comparison. It is also the state of every unweighted aggregate.
 */
#include "types/summary.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "types/compare.h"
#include "types/scan.h"

/* The first byte of the wire form. */
#define WIRE_VERSION 1
#define WIRE_LENGTH (1 + NPS_SCORES * (int) sizeof(int64))

/* --- what is a summary --------------------------------------------------- */

/* Adds up the counts; false where the total does not fit. */
static bool
total_of(const NpsSummary *summary, int64 *total)
{
	int			i;

	*total = 0;
	for (i = 0; i < NPS_SCORES; i++)
	{
		if (pg_add_s64_overflow(*total, summary->counts[i], total))
			return false;
	}
	return true;
}

static bool
has_negative_count(const NpsSummary *summary)
{
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
	{
		if (summary->counts[i] < 0)
			return true;
	}
	return false;
}

/* What is wrong with the counts, or NULL. */
static const char *
defect_of(const NpsSummary *summary)
{
	int64		total;

	if (has_negative_count(summary))
		return gettext_noop("A count of responses cannot be negative.");
	if (!total_of(summary, &total))
		return gettext_noop("The total of the counts does not fit type bigint.");
	return NULL;
}

/* Are these counts that a summary can have? */
bool
nps_summary_is_valid(const NpsSummary *summary)
{
	return defect_of(summary) == NULL;
}

/* Raises 22003 unless the counts make a summary. */
void
nps_check_summary(const NpsSummary *summary)
{
	const char *defect = defect_of(summary);

	if (defect != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is out of range for type %s", "nps_summary"),
				 errdetail("%s", _(defect))));
}

/* Raises that a sum of counts does not fit: 22003. */
void
nps_refuse_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("too many responses"),
			 errdetail("Their number does not fit type bigint.")));
}

/* A copy in the current memory context, to be changed. */
NpsSummary *
nps_copy_summary(const NpsSummary *summary)
{
	NpsSummary *copy = palloc(sizeof(NpsSummary));

	*copy = *summary;
	return copy;
}

/* All responses of a summary; an error where a state's total has overflowed. */
int64
nps_summary_total(const NpsSummary *summary)
{
	int64		total;

	if (unlikely(!total_of(summary, &total)))
		nps_refuse_overflow();
	return total;
}

/* --- input and output ---------------------------------------------------- */

/*
 * Reads "{n0,n1,...,n10}". Returns false on any other form; a count outside
 * int8 is noted in *overflow and read as the nearest.
 */
static bool
counts_from_text(const char *s, NpsSummary *summary, bool *overflow)
{
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
	{
		s = skip_character(s, i == 0 ? '{' : ',');
		if (s == NULL)
			return false;
		s = scan_int64(s, &summary->counts[i], overflow);
		if (s == NULL)
			return false;
	}
	s = skip_character(s, '}');
	return s != NULL && *skip_blanks(s) == '\0';
}

/* Eleven counts as an array literal; anything else is 22P02 or 22003. */
PG_FUNCTION_INFO_V1(nps_summary_in);
Datum
nps_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NpsSummary *summary = palloc(sizeof(NpsSummary));
	bool		overflow = false;
	const char *defect;

	if (!counts_from_text(text, summary, &overflow))
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "nps_summary", text),
				 errdetail("The counts of the scores 0 to 10 are expected, as in \"%s\".",
						   "{0,0,0,0,0,0,0,0,0,0,0}")));

	defect = overflow ? gettext_noop("A count does not fit type bigint.") : defect_of(summary);
	if (defect != NULL)
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s\" is out of range for type %s", text, "nps_summary"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_SUMMARY(summary);
}

/* The counts between an opening and a closing character, comma-separated. */
static char *
counts_to_text(const NpsSummary *summary, char open, char close)
{
	StringInfoData text;
	int			i;

	initStringInfo(&text);
	appendStringInfoChar(&text, open);
	for (i = 0; i < NPS_SCORES; i++)
	{
		if (i > 0)
			appendStringInfoChar(&text, ',');
		appendStringInfo(&text, INT64_FORMAT, summary->counts[i]);
	}
	appendStringInfoChar(&text, close);
	return text.data;
}

PG_FUNCTION_INFO_V1(nps_summary_out);
Datum
nps_summary_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(counts_to_text(PG_GETARG_NPS_SUMMARY(0), '{', '}'));
}

/* The wire form is a version byte and eleven counts; all else is 22P03. */
PG_FUNCTION_INFO_V1(nps_summary_recv);
Datum
nps_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	NpsSummary *summary = palloc(sizeof(NpsSummary));
	const char *defect;

	if (message->len - message->cursor != WIRE_LENGTH || pq_getmsgbyte(message) != WIRE_VERSION)
		defect = gettext_noop("A version byte 1 and eleven counts are expected.");
	else
	{
		int			i;

		for (i = 0; i < NPS_SCORES; i++)
			summary->counts[i] = pq_getmsgint64(message);
		defect = defect_of(summary);
	}
	if (defect != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "nps_summary"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_SUMMARY(summary);
}

PG_FUNCTION_INFO_V1(nps_summary_send);
Datum
nps_summary_send(PG_FUNCTION_ARGS)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);
	StringInfoData message;
	int			i;

	pq_begintypsend(&message);
	pq_sendbyte(&message, WIRE_VERSION);
	for (i = 0; i < NPS_SCORES; i++)
		pq_sendint64(&message, summary->counts[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* --- casts and accessors ------------------------------------------------- */

/* Eleven counts without NULLs, by any subscripts: 22P02 otherwise, or 22003. */
PG_FUNCTION_INFO_V1(nps_summary_from_array);
Datum
nps_summary_from_array(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	NpsSummary *summary;

	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != NPS_SCORES || array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("malformed array for type %s", "nps_summary"),
				 errdetail("The counts of the scores 0 to 10 are expected: eleven, none of them NULL.")));

	summary = palloc(sizeof(NpsSummary));
	memcpy(summary->counts, ARR_DATA_PTR(array), sizeof(summary->counts));
	nps_check_summary(summary);
	PG_RETURN_NPS_SUMMARY(summary);
}

/* The counts of the scores 0 to 10 as bigint[]. */
PG_FUNCTION_INFO_V1(nps_counts);
Datum
nps_counts(PG_FUNCTION_ARGS)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);
	Datum		counts[NPS_SCORES];
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
		counts[i] = Int64GetDatum(summary->counts[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(counts, NPS_SCORES, INT8OID,
										  sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* A JSON array of the counts. */
PG_FUNCTION_INFO_V1(nps_summary_to_json);
Datum
nps_summary_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(counts_to_text(PG_GETARG_NPS_SUMMARY(0), '[', ']')));
}

PG_FUNCTION_INFO_V1(nps_responses);
Datum
nps_responses(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(nps_summary_total(PG_GETARG_NPS_SUMMARY(0)));
}

/* The mean answer, 0 to 10; NULL where there is none. */
PG_FUNCTION_INFO_V1(nps_mean);
Datum
nps_mean(PG_FUNCTION_ARGS)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);
	int64		total = nps_summary_total(summary);
	double		sum = 0;
	int			score;

	if (total == 0)
		PG_RETURN_NULL();
	for (score = 1; score < NPS_SCORES; score++)
		sum += score * (double) summary->counts[score];
	PG_RETURN_FLOAT8(Min(sum / total, NPS_SCORE_MAX));
}

/* --- comparison: by the counts, so that DISTINCT and GROUP BY work -------- */

static int32
compare_summaries(FunctionCallInfo fcinfo)
{
	const NpsSummary *a = PG_GETARG_NPS_SUMMARY(0);
	const NpsSummary *b = PG_GETARG_NPS_SUMMARY(1);
	int			i;

	for (i = 0; i < NPS_SCORES; i++)
	{
		if (a->counts[i] != b->counts[i])
			return NPS_THREE_WAY(a->counts[i], b->counts[i]);
	}
	return 0;
}

NPS_COMPARISONS(nps_summary, compare_summaries)

PG_FUNCTION_INFO_V1(nps_summary_hash);
Datum
nps_summary_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_NPS_SUMMARY(0), sizeof(NpsSummary));
}

PG_FUNCTION_INFO_V1(nps_summary_hash_extended);
Datum
nps_summary_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_NPS_SUMMARY(0), sizeof(NpsSummary),
							 PG_GETARG_INT64(1));
}
