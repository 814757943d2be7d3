/*
 * nps_paired_state: what two waves of responses of the same accounts amount to.
 */
#ifndef NPS_PAIRED_STATE_H
#define NPS_PAIRED_STATE_H

#include "types/clustered_summary.h"

/* Sums over the accounts of products of a net or a size in wave a with one in wave b. */
enum
{
	NPS_NET_NET,
	NPS_NET_SIZE,
	NPS_SIZE_NET,
	NPS_SIZE_SIZE,
	NPS_PAIRED_SUMS
};

/* On disk as in memory: the accounts that have responses in either wave, the clusters of each wave, and the sums. */
typedef struct NpsPairedState
{
	int64		accounts;
	NpsClusteredSummary a;
	NpsClusteredSummary b;
	NpsInt128	sums[NPS_PAIRED_SUMS];
} NpsPairedState;

#define PG_GETARG_NPS_PAIRED_STATE(n) nps_checked_paired_state(DatumGetPointer(PG_GETARG_DATUM(n)))
#define PG_RETURN_NPS_PAIRED_STATE(x) PG_RETURN_POINTER(nps_checked_paired_state(x))

extern const char *nps_paired_state_defect(const NpsPairedState *state);

/* Where it enters or leaves a function: as nps_checked_summary. */
static inline NpsPairedState *
nps_checked_paired_state(void *pointer)
{
	NpsPairedState *state = pointer;

	Assert(nps_paired_state_defect(state) == NULL);
	return state;
}

#endif
