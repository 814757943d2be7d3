/*
 * nps_paired_state as a type: what is one, text and wire form, in which it goes
 * from one server to another. Nobody has to store it.
 */
#include "types/paired_state.h"

#include "libpq/pqformat.h"

#include "exact/wide.h"
#include "types/scan.h"
#include "types/wire.h"

/* The first byte of the wire form. */
#define WIRE_VERSION 1
#define WIRE_LENGTH (1 + (int) sizeof(NpsPairedState))

/* --- what is a state ----------------------------------------------------- */

/* Can the products of two lists of numbers have that sum, as far as the sums of their squares tell? */
static bool
is_sum_of_products(NpsInt128 sum, NpsInt128 squares_a, NpsInt128 squares_b)
{
	NpsWide		products = nps_wide_from_int128(sum);
	NpsWide		bound = nps_wide_times(nps_wide_from_int128(squares_a), nps_wide_from_int128(squares_b));

	return nps_wide_sign(nps_wide_minus(bound, nps_wide_times(products, products))) >= 0;
}

static bool
are_sums_of_accounts(const NpsPairedState *state)
{
	const NpsInt128 *a = state->a.sums;
	const NpsInt128 *b = state->b.sums;

	return state->sums[NPS_SIZE_SIZE].high >= 0 &&
		is_sum_of_products(state->sums[NPS_NET_NET], a[NPS_NET_SQUARES], b[NPS_NET_SQUARES]) &&
		is_sum_of_products(state->sums[NPS_NET_SIZE], a[NPS_NET_SQUARES], b[NPS_SIZE_SQUARES]) &&
		is_sum_of_products(state->sums[NPS_SIZE_NET], a[NPS_SIZE_SQUARES], b[NPS_NET_SQUARES]) &&
		is_sum_of_products(state->sums[NPS_SIZE_SIZE], a[NPS_SIZE_SQUARES], b[NPS_SIZE_SQUARES]);
}

/* What is wrong with a state, or NULL. */
const char *
nps_paired_state_defect(const NpsPairedState *state)
{
	const char *defect = nps_clustered_summary_defect(&state->a);

	if (defect == NULL)
		defect = nps_clustered_summary_defect(&state->b);
	if (defect != NULL)
		return defect;
	if (state->accounts < Max(state->a.clusters, state->b.clusters) ||
		state->accounts - state->a.clusters > state->b.clusters)
		return gettext_noop("An account has responses in one wave or in both.");
	if (!are_sums_of_accounts(state))
		return gettext_noop("The sums of products are not those of accounts with these squares.");
	return NULL;
}

/* --- input and output ---------------------------------------------------- */

/*
 * Reads "{accounts,wave a,wave b,s,s,s,s}", the waves as clustered summaries.
 * Returns false on any other form.
 */
static bool
figures_from_text(const char *s, NpsPairedState *state, bool *overflow)
{
	int			i;

	s = skip_character(s, '{');
	if (s != NULL)
		s = scan_int64(s, &state->accounts, overflow);
	for (i = 0; s != NULL && i < 2; i++)
	{
		s = skip_character(s, ',');
		if (s != NULL)
			s = nps_scan_clustered_summary(s, i == 0 ? &state->a : &state->b, overflow);
	}
	for (i = 0; s != NULL && i < NPS_PAIRED_SUMS; i++)
	{
		s = skip_character(s, ',');
		if (s != NULL)
			s = nps_int128_from_text(skip_blanks(s), &state->sums[i], overflow);
	}
	if (s != NULL)
		s = skip_character(s, '}');
	return s != NULL && *skip_blanks(s) == '\0';
}

/* As nps_summary_in: 22P02 for another form, 22003 for figures that no accounts have. */
PG_FUNCTION_INFO_V1(nps_paired_state_in);
Datum
nps_paired_state_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NpsPairedState *state = palloc(sizeof(NpsPairedState));
	bool		overflow = false;
	const char *defect;

	if (!figures_from_text(text, state, &overflow))
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "nps_paired_state", text),
				 errdetail("The accounts, a clustered summary of each wave and four sums of products are expected, as in \"%s\".",
						   "{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}")));

	defect = overflow ? gettext_noop("A figure is too large.") : nps_paired_state_defect(state);
	if (defect != NULL)
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s\" is out of range for type %s", text, "nps_paired_state"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_PAIRED_STATE(state);
}

PG_FUNCTION_INFO_V1(nps_paired_state_out);
Datum
nps_paired_state_out(PG_FUNCTION_ARGS)
{
	NpsPairedState *state = PG_GETARG_NPS_PAIRED_STATE(0);
	char		digits[NPS_INT128_TEXT_LENGTH];
	StringInfoData text;
	int			i;

	initStringInfo(&text);
	appendStringInfo(&text, "{" INT64_FORMAT ",", state->accounts);
	nps_append_clustered_summary(&text, &state->a, '{', '}');
	appendStringInfoChar(&text, ',');
	nps_append_clustered_summary(&text, &state->b, '{', '}');
	for (i = 0; i < NPS_PAIRED_SUMS; i++)
		appendStringInfo(&text, ",%s", nps_int128_to_text(state->sums[i], digits));
	appendStringInfoChar(&text, '}');
	PG_RETURN_CSTRING(text.data);
}

/* The wire form is a version byte and the figures; all else is 22P03. */
PG_FUNCTION_INFO_V1(nps_paired_state_recv);
Datum
nps_paired_state_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	NpsPairedState *state = palloc(sizeof(NpsPairedState));
	const char *defect;

	if (message->len - message->cursor != WIRE_LENGTH || pq_getmsgbyte(message) != WIRE_VERSION)
		defect = gettext_noop("A version byte 1, a count, two clustered summaries and four sums are expected.");
	else
	{
		int			i;

		state->accounts = pq_getmsgint64(message);
		nps_receive_clusters(message, &state->a);
		nps_receive_clusters(message, &state->b);
		for (i = 0; i < NPS_PAIRED_SUMS; i++)
			state->sums[i] = nps_receive_int128(message);
		defect = nps_paired_state_defect(state);
	}
	if (defect != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "nps_paired_state"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_PAIRED_STATE(state);
}

PG_FUNCTION_INFO_V1(nps_paired_state_send);
Datum
nps_paired_state_send(PG_FUNCTION_ARGS)
{
	NpsPairedState *state = PG_GETARG_NPS_PAIRED_STATE(0);
	StringInfoData message;
	int			i;

	pq_begintypsend(&message);
	pq_sendbyte(&message, WIRE_VERSION);
	pq_sendint64(&message, state->accounts);
	nps_send_clusters(&message, &state->a);
	nps_send_clusters(&message, &state->b);
	for (i = 0; i < NPS_PAIRED_SUMS; i++)
		nps_send_int128(&message, state->sums[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
