/*
 * nps_clustered_summary as a type: what is one, text and wire form, the cast to
 * JSON, comparison. It is also the state of the clustered aggregates.
 */
#include "types/clustered_summary.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "exact/wide.h"
#include "types/compare.h"
#include "types/scan.h"
#include "types/wire.h"

/* The first byte of the wire form. */
#define WIRE_VERSION 1
#define WIRE_LENGTH (1 + (int) sizeof(NpsClusteredSummary))

/* --- what is a clustered summary ----------------------------------------- */

static bool
is_at_most(NpsWide a, NpsWide b)
{
	return nps_wide_sign(nps_wide_minus(b, a)) >= 0;
}

static NpsWide
squared(NpsWide a)
{
	return nps_wide_times(a, a);
}

static bool
is_even(NpsWide a)
{
	return (a.limbs[0] & 1) == 0;
}

/* Can as many whole numbers have that sum and that sum of their squares? */
static bool
are_sums_of(NpsWide how_many, NpsWide sum, NpsWide squares)
{
	NpsWide		distance = nps_wide_sign(sum) < 0 ? nps_wide_minus(nps_wide(0), sum) : sum;

	return is_at_most(distance, squares) && is_even(nps_wide_minus(squares, sum)) &&
		is_at_most(squared(sum), nps_wide_times(how_many, squares));
}

/* The same of numbers none of which is negative. */
static bool
are_sums_of_counts(NpsWide how_many, NpsWide sum, NpsWide squares)
{
	return are_sums_of(how_many, sum, squares) && is_at_most(squares, squared(sum));
}

/*
 * Can as many clusters have these sums? Of a cluster, the responses beyond the
 * first, n - 1, are never fewer than none; nor are 2 promoters + passives = n + z
 * and 2 detractors + passives = n - z, and the products of these two.
 */
static bool
are_sums_of_clusters(const NpsClusteredSummary *summary, int64 total)
{
	NpsWide		clusters = nps_wide(summary->clusters);
	NpsWide		size = nps_wide(total);
	NpsWide		net = nps_wide(summary->counts[NPS_PROMOTER] - summary->counts[NPS_DETRACTOR]);
	NpsWide		size_squares = nps_wide_from_int128(summary->sums[NPS_SIZE_SQUARES]);
	NpsWide		net_sizes = nps_wide_from_int128(summary->sums[NPS_NET_SIZES]);
	NpsWide		net_squares = nps_wide_from_int128(summary->sums[NPS_NET_SQUARES]);
	NpsWide		squares = nps_wide_plus(size_squares, net_squares);
	NpsWide		twice_products = nps_wide_plus(net_sizes, net_sizes);
	NpsWide		upper_squares = nps_wide_plus(squares, twice_products);
	NpsWide		lower_squares = nps_wide_minus(squares, twice_products);
	NpsWide		upper_lower = nps_wide_minus(size_squares, net_squares);
	NpsWide		beyond = nps_wide_minus(size, clusters);
	NpsWide		beyond_squares = nps_wide_minus(nps_wide_minus(size_squares, size), beyond);

	return are_sums_of_counts(clusters, beyond, beyond_squares) &&
		are_sums_of(clusters, net, net_squares) &&
		are_sums_of_counts(clusters, nps_wide_plus(size, net), upper_squares) &&
		are_sums_of_counts(clusters, nps_wide_minus(size, net), lower_squares) &&
		nps_wide_sign(upper_lower) >= 0 &&
		is_at_most(squared(upper_lower), nps_wide_times(upper_squares, lower_squares));
}

/* What is wrong with a summary, or NULL. */
const char *
nps_clustered_summary_defect(const NpsClusteredSummary *summary)
{
	int64		total = 0;
	int			i;

	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		if (summary->counts[i] < 0)
			return gettext_noop("A count of responses cannot be negative.");
		if (pg_add_s64_overflow(total, summary->counts[i], &total))
			return gettext_noop("The total of the counts does not fit type bigint.");
	}
	if (summary->clusters > total || summary->clusters < Min(total, 1))
		return gettext_noop("A cluster has at least one response, and a response is of one cluster.");
	if (!are_sums_of_clusters(summary, total))
		return gettext_noop("The sums of squares and products are not those of as many clusters with these responses.");
	return NULL;
}

/* --- input and output ---------------------------------------------------- */

/*
 * Reads "{c,d,p,p,s,s,s}": the clusters, the detractors, passives and promoters,
 * and the three sums. One past it, or NULL where there is another form.
 */
const char *
nps_scan_clustered_summary(const char *s, NpsClusteredSummary *summary, bool *overflow)
{
	int			i;

	s = skip_character(s, '{');
	if (s != NULL)
		s = scan_int64(s, &summary->clusters, overflow);
	for (i = 0; s != NULL && i < NPS_CATEGORIES; i++)
	{
		s = skip_character(s, ',');
		if (s != NULL)
			s = scan_int64(s, &summary->counts[i], overflow);
	}
	for (i = 0; s != NULL && i < NPS_CLUSTER_SUMS; i++)
	{
		s = skip_character(s, ',');
		if (s != NULL)
			s = nps_int128_from_text(skip_blanks(s), &summary->sums[i], overflow);
	}
	return s == NULL ? NULL : skip_character(s, '}');
}

/* As nps_summary_in: 22P02 for another form, 22003 for figures that no clusters have. */
PG_FUNCTION_INFO_V1(nps_clustered_summary_in);
Datum
nps_clustered_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NpsClusteredSummary *summary = palloc(sizeof(NpsClusteredSummary));
	bool		overflow = false;
	const char *end = nps_scan_clustered_summary(text, summary, &overflow);
	const char *defect;

	if (end == NULL || *skip_blanks(end) != '\0')
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "nps_clustered_summary", text),
				 errdetail("The clusters, the detractors, passives and promoters, and the sums of squared nets, of nets times sizes and of squared sizes are expected, as in \"%s\".",
						   "{2,1,2,4,5,9,29}")));

	defect = overflow ? gettext_noop("A figure is too large.") : nps_clustered_summary_defect(summary);
	if (defect != NULL)
		ereturn(SOFT_ERROR_CONTEXT(fcinfo), (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s\" is out of range for type %s", text, "nps_clustered_summary"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_CLUSTERED_SUMMARY(summary);
}

/* Appends the figures between an opening and a closing character, comma-separated. */
void
nps_append_clustered_summary(StringInfo text, const NpsClusteredSummary *summary, char open, char close)
{
	char		digits[NPS_INT128_TEXT_LENGTH];
	int			i;

	appendStringInfo(text, "%c" INT64_FORMAT, open, summary->clusters);
	for (i = 0; i < NPS_CATEGORIES; i++)
		appendStringInfo(text, "," INT64_FORMAT, summary->counts[i]);
	for (i = 0; i < NPS_CLUSTER_SUMS; i++)
		appendStringInfo(text, ",%s", nps_int128_to_text(summary->sums[i], digits));
	appendStringInfoChar(text, close);
}

PG_FUNCTION_INFO_V1(nps_clustered_summary_out);
Datum
nps_clustered_summary_out(PG_FUNCTION_ARGS)
{
	StringInfoData text;

	initStringInfo(&text);
	nps_append_clustered_summary(&text, PG_GETARG_NPS_CLUSTERED_SUMMARY(0), '{', '}');
	PG_RETURN_CSTRING(text.data);
}

/* A JSON array of the figures. */
PG_FUNCTION_INFO_V1(nps_clustered_summary_to_json);
Datum
nps_clustered_summary_to_json(PG_FUNCTION_ARGS)
{
	StringInfoData text;

	initStringInfo(&text);
	nps_append_clustered_summary(&text, PG_GETARG_NPS_CLUSTERED_SUMMARY(0), '[', ']');
	PG_RETURN_TEXT_P(cstring_to_text_with_len(text.data, text.len));
}

/* Four counts and three sums, their upper halves first. */
void
nps_receive_clusters(StringInfo message, NpsClusteredSummary *summary)
{
	int			i;

	summary->clusters = pq_getmsgint64(message);
	for (i = 0; i < NPS_CATEGORIES; i++)
		summary->counts[i] = pq_getmsgint64(message);
	for (i = 0; i < NPS_CLUSTER_SUMS; i++)
		summary->sums[i] = nps_receive_int128(message);
}

void
nps_send_clusters(StringInfo message, const NpsClusteredSummary *summary)
{
	int			i;

	pq_sendint64(message, summary->clusters);
	for (i = 0; i < NPS_CATEGORIES; i++)
		pq_sendint64(message, summary->counts[i]);
	for (i = 0; i < NPS_CLUSTER_SUMS; i++)
		nps_send_int128(message, summary->sums[i]);
}

/* The wire form is a version byte and the figures; all else is 22P03. */
PG_FUNCTION_INFO_V1(nps_clustered_summary_recv);
Datum
nps_clustered_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	NpsClusteredSummary *summary = palloc(sizeof(NpsClusteredSummary));
	const char *defect;

	if (message->len - message->cursor != WIRE_LENGTH || pq_getmsgbyte(message) != WIRE_VERSION)
		defect = gettext_noop("A version byte 1, four counts and three sums are expected.");
	else
	{
		nps_receive_clusters(message, summary);
		defect = nps_clustered_summary_defect(summary);
	}
	if (defect != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "nps_clustered_summary"),
				 errdetail("%s", _(defect))));
	PG_RETURN_NPS_CLUSTERED_SUMMARY(summary);
}

PG_FUNCTION_INFO_V1(nps_clustered_summary_send);
Datum
nps_clustered_summary_send(PG_FUNCTION_ARGS)
{
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, WIRE_VERSION);
	nps_send_clusters(&message, PG_GETARG_NPS_CLUSTERED_SUMMARY(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* --- comparison: by the figures, so that DISTINCT and GROUP BY work ------- */

static int32
compare_summaries(FunctionCallInfo fcinfo)
{
	const NpsClusteredSummary *a = PG_GETARG_NPS_CLUSTERED_SUMMARY(0);
	const NpsClusteredSummary *b = PG_GETARG_NPS_CLUSTERED_SUMMARY(1);
	int32		order = NPS_THREE_WAY(a->clusters, b->clusters);
	int			i;

	for (i = 0; order == 0 && i < NPS_CATEGORIES; i++)
		order = NPS_THREE_WAY(a->counts[i], b->counts[i]);
	for (i = 0; order == 0 && i < NPS_CLUSTER_SUMS; i++)
		order = nps_int128_compare(a->sums[i], b->sums[i]);
	return order;
}

NPS_COMPARISONS(nps_clustered_summary, compare_summaries)

PG_FUNCTION_INFO_V1(nps_clustered_summary_hash);
Datum
nps_clustered_summary_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_NPS_CLUSTERED_SUMMARY(0), sizeof(NpsClusteredSummary));
}

PG_FUNCTION_INFO_V1(nps_clustered_summary_hash_extended);
Datum
nps_clustered_summary_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_NPS_CLUSTERED_SUMMARY(0), sizeof(NpsClusteredSummary),
							 PG_GETARG_INT64(1));
}
