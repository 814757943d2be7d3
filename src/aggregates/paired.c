/*
 * nps_paired_test over accounts: the responses of an account in two waves come
 * in together, and add to the sums of an nps_paired_state.
 */
#include "types/paired_state.h"

#include "common/int.h"

#include "aggregates/clustered.h"

/* The first argument, to be changed: an aggregate's own state, or a copy of any other value. */
static inline NpsPairedState *
writable_state(FunctionCallInfo fcinfo)
{
	NpsPairedState *state = PG_GETARG_NPS_PAIRED_STATE(0);
	NpsPairedState *copy;

	if (likely(AggCheckCallContext(fcinfo, NULL)))
		return state;
	copy = palloc(sizeof(NpsPairedState));
	*copy = *state;
	return copy;
}

/* Adds accounts to the sum; 22003 where they, or the responses of a wave, are too many. */
static void
add_accounts(NpsPairedState *sum, const NpsPairedState *other)
{
	int			i;

	if (unlikely(pg_add_s64_overflow(sum->accounts, other->accounts, &sum->accounts)))
		nps_refuse_overflow();
	nps_add_clusters(&sum->a, &other->a);
	nps_add_clusters(&sum->b, &other->b);
	for (i = 0; i < NPS_PAIRED_SUMS; i++)
		sum->sums[i] = nps_int128_plus(sum->sums[i], other->sums[i]);
}

/* The responses of an account in a wave; NULL is none. */
static NpsClusteredSummary
wave_argument(FunctionCallInfo fcinfo, int argument)
{
	NpsClusteredSummary nothing = {0};

	return PG_ARGISNULL(argument) ? nothing : nps_one_cluster(PG_GETARG_NPS_SUMMARY(argument));
}

static int64
size_of(const NpsClusteredSummary *wave)
{
	return wave->counts[NPS_DETRACTOR] + wave->counts[NPS_PASSIVE] + wave->counts[NPS_PROMOTER];
}

static int64
net_of(const NpsClusteredSummary *wave)
{
	return wave->counts[NPS_PROMOTER] - wave->counts[NPS_DETRACTOR];
}

/* Counts one more account by its responses in waves a and b; one without responses in either is none. */
PG_FUNCTION_INFO_V1(nps_paired_accum);
Datum
nps_paired_accum(PG_FUNCTION_ARGS)
{
	NpsPairedState *state;
	NpsPairedState account = {0};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = writable_state(fcinfo);
	account.a = wave_argument(fcinfo, 1);
	account.b = wave_argument(fcinfo, 2);
	account.accounts = Max(account.a.clusters, account.b.clusters);
	account.sums[NPS_NET_NET] = nps_int128_product(net_of(&account.a), net_of(&account.b));
	account.sums[NPS_NET_SIZE] = nps_int128_product(net_of(&account.a), size_of(&account.b));
	account.sums[NPS_SIZE_NET] = nps_int128_product(size_of(&account.a), net_of(&account.b));
	account.sums[NPS_SIZE_SIZE] = nps_int128_product(size_of(&account.a), size_of(&account.b));
	add_accounts(state, &account);
	PG_RETURN_NPS_PAIRED_STATE(state);
}

/* The combine function: merges two sets of accounts, none of which is in both. */
PG_FUNCTION_INFO_V1(nps_paired_state_add);
Datum
nps_paired_state_add(PG_FUNCTION_ARGS)
{
	NpsPairedState *sum = writable_state(fcinfo);

	add_accounts(sum, PG_GETARG_NPS_PAIRED_STATE(1));
	PG_RETURN_NPS_PAIRED_STATE(sum);
}
