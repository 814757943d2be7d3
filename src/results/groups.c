/*
 * Summaries to the groups that src/math works on.
 */
#include "results/groups.h"

/*
 * The three groups at the given cut-offs, 0 <= detractor_max < promoter_min <=
 * 10; an error where the total has overflowed.
 */
NpsGroups
nps_summary_groups(const NpsSummary *summary, int detractor_max, int promoter_min)
{
	NpsGroups	groups = {0, nps_summary_total(summary), 0};
	int			i;

	for (i = 0; i <= detractor_max; i++)
		groups.detractors += summary->counts[i];
	for (i = promoter_min; i < NPS_SCORES; i++)
		groups.promoters += summary->counts[i];
	groups.passives -= groups.promoters + groups.detractors;
	return groups;
}

/* The three groups at the cut-offs of the Net Promoter Score. */
NpsGroups
nps_usual_groups(const NpsSummary *summary)
{
	return nps_summary_groups(summary, NPS_DETRACTOR_MAX, NPS_PROMOTER_MIN);
}

/*
 * The groups for src/math, where figures are made of them: 22003 where an
 * aggregate's sums have outgrown their types.
 */
NpsGroups
nps_weighted_summary_groups(const NpsWeightedSummary *summary, NpsWeightedGroups *weights)
{
	NpsGroups	groups = {summary->counts[NPS_PROMOTER], summary->counts[NPS_PASSIVE], summary->counts[NPS_DETRACTOR]};

	nps_check_weighted_summary(summary);
	weights->promoters.sum = summary->weights[NPS_PROMOTER];
	weights->promoters.squares = summary->squares[NPS_PROMOTER];
	weights->passives.sum = summary->weights[NPS_PASSIVE];
	weights->passives.squares = summary->squares[NPS_PASSIVE];
	weights->detractors.sum = summary->weights[NPS_DETRACTOR];
	weights->detractors.squares = summary->squares[NPS_DETRACTOR];
	return groups;
}

/* The groups of all clusters. */
static NpsGroups
clustered_groups(const NpsClusteredSummary *summary)
{
	NpsGroups	groups = {summary->counts[NPS_PROMOTER], summary->counts[NPS_PASSIVE], summary->counts[NPS_DETRACTOR]};

	return groups;
}

/* The clusters for src/math. */
NpsClusters
nps_clustered_summary_clusters(const NpsClusteredSummary *summary)
{
	NpsClusters clusters;

	clusters.clusters = summary->clusters;
	clusters.groups = clustered_groups(summary);
	clusters.net_squares = summary->sums[NPS_NET_SQUARES];
	clusters.net_sizes = summary->sums[NPS_NET_SIZES];
	clusters.size_squares = summary->sums[NPS_SIZE_SQUARES];
	return clusters;
}

/* Products of a net or a size with one of the same wave. */
static NpsProducts
products_within(const NpsClusteredSummary *wave)
{
	NpsProducts products;

	products.net_net = wave->sums[NPS_NET_SQUARES];
	products.net_size = wave->sums[NPS_NET_SIZES];
	products.size_net = wave->sums[NPS_NET_SIZES];
	products.size_size = wave->sums[NPS_SIZE_SQUARES];
	return products;
}

/* The two waves for src/math. */
NpsPanel
nps_paired_state_panel(const NpsPairedState *state)
{
	NpsPanel	panel;

	panel.accounts = state->accounts;
	panel.a = clustered_groups(&state->a);
	panel.b = clustered_groups(&state->b);
	panel.within_a = products_within(&state->a);
	panel.within_b = products_within(&state->b);
	panel.between.net_net = state->sums[NPS_NET_NET];
	panel.between.net_size = state->sums[NPS_NET_SIZE];
	panel.between.size_net = state->sums[NPS_SIZE_NET];
	panel.between.size_size = state->sums[NPS_SIZE_SIZE];
	return panel;
}
