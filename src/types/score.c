/*
 * nps_score: one response, a whole number from 0 to 10 in one byte.
 */
#include "types/score.h"

#include <math.h>

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/sortsupport.h"

#include "types/compare.h"
#include "types/label.h"

/* Raises, or saves into escontext, that the value is no score: 22003. */
static bool
refuse_value(const char *value, Node *escontext)
{
	ereturn(escontext, false,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value \"%s\" is out of range for type %s", value, "nps_score"),
			 errdetail("A score is a whole number from %d to %d.", 0, NPS_SCORE_MAX)));
}

/* Raises, or saves into escontext, that the text is no whole number: 22P02. */
static bool
refuse_syntax(const char *text, const char *hint, Node *escontext)
{
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", "nps_score", text),
			 errdetail("A score is a whole number from %d to %d.", 0, NPS_SCORE_MAX),
			 errhint("%s", hint)));
}

/* Raises that an integer is no score. */
void
nps_refuse_int64(int64 value)
{
	refuse_value(psprintf(INT64_FORMAT, value), NULL);
}

/*
 * A score from a float: a fraction, NaN or a value outside 0..10 is an error
 * that names the value, never rounded.
 */
NpsScore
nps_score_from_float8(float8 value)
{
	if (unlikely(!(value >= 0 && value <= NPS_SCORE_MAX) || value != floor(value)))
		refuse_value(float8out_internal(value), NULL);
	return (NpsScore) value;
}

/* A score from a numeric, with the same errors, to its last digit. */
NpsScore
nps_score_from_numeric(Numeric value)
{
	bool		overflow = false;
	int32		whole = nps_numeric_to_int32(value, &overflow);
	Datum		exact;

	if (likely(!overflow && whole >= 0 && whole <= NPS_SCORE_MAX))
	{
		exact = DirectFunctionCall1(int4_numeric, Int32GetDatum(whole));
		if (DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(value), exact)))
			return (NpsScore) whole;
	}
	refuse_value(DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value))), NULL);
	return 0;
}

/*
 * Text to score; a whole number may be written "9.0", as spreadsheets and data
 * frames do in a column with blanks. Saves the error into escontext and returns
 * false where one is given (PostgreSQL 16 and later).
 */
static bool
score_from_text(const char *text, NpsScore *score, Node *escontext)
{
	int			number;

	if (!nps_read_number(text, &number))
		return refuse_syntax(text, "The function nps_parse reads labels such as \"10 - Extremely likely\".", escontext);
	if (number < 0 || number > NPS_SCORE_MAX)
		return refuse_value(text, escontext);
	*score = (NpsScore) number;
	return true;
}

/* --- input and output ---------------------------------------------------- */

PG_FUNCTION_INFO_V1(nps_score_in);
Datum
nps_score_in(PG_FUNCTION_ARGS)
{
	NpsScore	score = 0;	/* what gcc 12 takes for used before it is set */

	if (!score_from_text(PG_GETARG_CSTRING(0), &score, SOFT_ERROR_CONTEXT(fcinfo)))
		PG_RETURN_NULL();
	PG_RETURN_NPS_SCORE(score);
}

PG_FUNCTION_INFO_V1(nps_score_out);
Datum
nps_score_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("%d", PG_GETARG_NPS_SCORE(0)));
}

/* The wire form is the one byte; any other byte or length is refused. */
PG_FUNCTION_INFO_V1(nps_score_recv);
Datum
nps_score_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			byte = -1;

	if (message->len - message->cursor == 1)
		byte = pq_getmsgbyte(message);
	if (byte < 0 || byte > NPS_SCORE_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "nps_score"),
				 errdetail("One byte from %d to %d is expected.", 0, NPS_SCORE_MAX)));
	PG_RETURN_NPS_SCORE(byte);
}

PG_FUNCTION_INFO_V1(nps_score_send);
Datum
nps_score_send(PG_FUNCTION_ARGS)
{
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, PG_GETARG_NPS_SCORE(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/*
 * The leading whole number of a survey label such as "10 - Extremely likely".
 * NULL for blank text and for text that does not begin with a number; an error
 * where the number is no score (22003), or not the whole answer, as in "8.5
 * stars" or "7-8" (22P02).
 */
PG_FUNCTION_INFO_V1(nps_parse);
Datum
nps_parse(PG_FUNCTION_ARGS)
{
	char	   *string = text_to_cstring(PG_GETARG_TEXT_PP(0));
	int			number;

	switch (nps_read_label(string, &number))
	{
		case NPS_LABEL_NO_NUMBER:
			PG_RETURN_NULL();
		case NPS_LABEL_UNCLEAR:
			refuse_syntax(string,
						  "A label has to begin with one whole number, the answer, as in \"9\", \"9 - likely\" or \"9/10\".",
						  NULL);
			break;
		case NPS_LABEL_NUMBER:
			if (number < 0 || number > NPS_SCORE_MAX)
				refuse_value(string, NULL);
			break;
	}
	PG_RETURN_NPS_SCORE(number);
}

/* --- casts --------------------------------------------------------------- */

PG_FUNCTION_INFO_V1(nps_score_from_int2);
Datum
nps_score_from_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(nps_score_from_int64(PG_GETARG_INT16(0)));
}

PG_FUNCTION_INFO_V1(nps_score_from_int4);
Datum
nps_score_from_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(nps_score_from_int64(PG_GETARG_INT32(0)));
}

PG_FUNCTION_INFO_V1(nps_score_from_int8);
Datum
nps_score_from_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(nps_score_from_int64(PG_GETARG_INT64(0)));
}

PG_FUNCTION_INFO_V1(nps_score_cast_numeric);
Datum
nps_score_cast_numeric(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(nps_score_from_numeric(PG_GETARG_NUMERIC(0)));
}

PG_FUNCTION_INFO_V1(nps_score_cast_float4);
Datum
nps_score_cast_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(nps_score_from_float8(PG_GETARG_FLOAT4(0)));
}

PG_FUNCTION_INFO_V1(nps_score_cast_float8);
Datum
nps_score_cast_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(nps_score_from_float8(PG_GETARG_FLOAT8(0)));
}

PG_FUNCTION_INFO_V1(nps_score_to_int2);
Datum
nps_score_to_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16(PG_GETARG_NPS_SCORE(0));
}

PG_FUNCTION_INFO_V1(nps_score_to_int4);
Datum
nps_score_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_NPS_SCORE(0));
}

PG_FUNCTION_INFO_V1(nps_score_to_int8);
Datum
nps_score_to_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_NPS_SCORE(0));
}

PG_FUNCTION_INFO_V1(nps_score_to_float4);
Datum
nps_score_to_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(PG_GETARG_NPS_SCORE(0));
}

PG_FUNCTION_INFO_V1(nps_score_to_float8);
Datum
nps_score_to_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_NPS_SCORE(0));
}

PG_FUNCTION_INFO_V1(nps_score_to_numeric);
Datum
nps_score_to_numeric(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(int4_numeric, Int32GetDatum(PG_GETARG_NPS_SCORE(0)));
}

/* A JSON number: to_json and row_to_json look for this cast. */
PG_FUNCTION_INFO_V1(nps_score_to_json);
Datum
nps_score_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%d", PG_GETARG_NPS_SCORE(0))));
}

/* --- comparison ---------------------------------------------------------- */

/* Both arguments as integers, which may be far outside 0..10. */
#define COMPARE_INTEGERS(name, left, right) \
static inline int32 \
name(FunctionCallInfo fcinfo) \
{ \
	int32		a = left(0); \
	int32		b = right(1); \
	return NPS_THREE_WAY(a, b); \
}

COMPARE_INTEGERS(score_with_score, PG_GETARG_NPS_SCORE, PG_GETARG_NPS_SCORE)
COMPARE_INTEGERS(score_with_int2, PG_GETARG_NPS_SCORE, PG_GETARG_INT16)
COMPARE_INTEGERS(score_with_int4, PG_GETARG_NPS_SCORE, PG_GETARG_INT32)
COMPARE_INTEGERS(int2_with_score, PG_GETARG_INT16, PG_GETARG_NPS_SCORE)
COMPARE_INTEGERS(int4_with_score, PG_GETARG_INT32, PG_GETARG_NPS_SCORE)

NPS_COMPARISONS(nps_score, score_with_score)
NPS_COMPARISONS(nps_score_int2, score_with_int2)
NPS_COMPARISONS(nps_score_int4, score_with_int4)
NPS_COMPARISONS(nps_int2_score, int2_with_score)
NPS_COMPARISONS(nps_int4_score, int4_with_score)

static int
compare_datums(Datum x, Datum y, SortSupport sort)
{
	(void) sort;
	return (int) DatumGetNpsScore(x) - (int) DatumGetNpsScore(y);
}

PG_FUNCTION_INFO_V1(nps_score_sortsupport);
Datum
nps_score_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport sort = (SortSupport) PG_GETARG_POINTER(0);

	sort->comparator = compare_datums;
	PG_RETURN_VOID();
}

/*
 * Is a score within an offset of another? For RANGE frames: val <= base +
 * offset where less, val >= base + offset otherwise, the offset being taken
 * away from base where sub.
 */
PG_FUNCTION_INFO_V1(nps_score_in_range);
Datum
nps_score_in_range(PG_FUNCTION_ARGS)
{
	int64		val = PG_GETARG_NPS_SCORE(0);
	int64		base = PG_GETARG_NPS_SCORE(1);
	int64		offset = PG_GETARG_INT32(2);
	bool		sub = PG_GETARG_BOOL(3);
	bool		less = PG_GETARG_BOOL(4);
	int64		limit = sub ? base - offset : base + offset;

	if (offset < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PRECEDING_OR_FOLLOWING_SIZE),
				 errmsg("invalid preceding or following size in window function")));
	PG_RETURN_BOOL(less ? val <= limit : val >= limit);
}

PG_FUNCTION_INFO_V1(nps_score_smaller);
Datum
nps_score_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(Min(PG_GETARG_NPS_SCORE(0), PG_GETARG_NPS_SCORE(1)));
}

PG_FUNCTION_INFO_V1(nps_score_larger);
Datum
nps_score_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_NPS_SCORE(Max(PG_GETARG_NPS_SCORE(0), PG_GETARG_NPS_SCORE(1)));
}

/* The hash of the equal int4: the hash family holds int2 and int4 too. */
PG_FUNCTION_INFO_V1(nps_score_hash);
Datum
nps_score_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(PG_GETARG_NPS_SCORE(0));
}

PG_FUNCTION_INFO_V1(nps_score_hash_extended);
Datum
nps_score_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(PG_GETARG_NPS_SCORE(0), PG_GETARG_INT64(1));
}
