/*
 * Clusters of answers for the unit tests, put together one by one.
 */
#ifndef NPS_TEST_ACCOUNTS_H
#define NPS_TEST_ACCOUNTS_H

#include "clusters.h"
#include "panel.h"

/* Reads "promoters/passives/detractors". */
static inline NpsGroups
groups_of(const char *text)
{
	NpsGroups	groups;
	char	   *end;

	groups.promoters = strtoll(text, &end, 10);
	groups.passives = strtoll(end + 1, &end, 10);
	groups.detractors = strtoll(end + 1, &end, 10);
	return groups;
}

static inline void
add_groups(NpsGroups *sum, const NpsGroups *more)
{
	sum->promoters += more->promoters;
	sum->passives += more->passives;
	sum->detractors += more->detractors;
}

static inline void
add_product(NpsInt128 *sum, int64_t a, int64_t b)
{
	*sum = nps_int128_plus(*sum, nps_int128_product(a, b));
}

static inline int64_t
net_of(const NpsGroups *groups)
{
	return groups->promoters - groups->detractors;
}

/* One more account with its answers; one without any is none. */
static inline void
add_account(NpsClusters *clusters, const NpsGroups *account)
{
	int64_t		n = nps_groups_total(account);
	int64_t		z = net_of(account);

	clusters->clusters += n > 0;
	add_groups(&clusters->groups, account);
	add_product(&clusters->net_squares, z, z);
	add_product(&clusters->net_sizes, n, z);
	add_product(&clusters->size_squares, n, n);
}

static inline void
add_products(NpsProducts *products, const NpsGroups *a, const NpsGroups *b)
{
	add_product(&products->net_net, net_of(a), net_of(b));
	add_product(&products->net_size, net_of(a), nps_groups_total(b));
	add_product(&products->size_net, nps_groups_total(a), net_of(b));
	add_product(&products->size_size, nps_groups_total(a), nps_groups_total(b));
}

/* One more account with its answers in both waves. */
static inline void
add_to_panel(NpsPanel *panel, const NpsGroups *a, const NpsGroups *b)
{
	panel->accounts += nps_groups_total(a) + nps_groups_total(b) > 0;
	add_groups(&panel->a, a);
	add_groups(&panel->b, b);
	add_products(&panel->within_a, a, a);
	add_products(&panel->within_b, b, b);
	add_products(&panel->between, a, b);
}

#endif
