/*
 * Accounts with several answers. Answers of one account resemble each other, so
 * that an account, and not an answer, is what is drawn independently. In this
 * folder an account, a store, a class or a household is a cluster.
 */
#ifndef NPS_MATH_CLUSTERS_H
#define NPS_MATH_CLUSTERS_H

#include "exact/wide.h"

#include "difference.h"
#include "estimate.h"

/*
 * Sums over the clusters that have answers; of each its size n, the number of
 * its answers, and its net z, its promoters less its detractors.
 */
typedef struct NpsClusters
{
	int64_t		clusters;
	NpsGroups	groups;			/* of all answers */
	NpsInt128	net_squares;	/* of z^2 */
	NpsInt128	net_sizes;		/* of n z */
	NpsInt128	size_squares;	/* of n^2 */
} NpsClusters;

/* Sums over the clusters of products of a net or a size with another, or with itself. */
typedef struct NpsProducts
{
	NpsInt128	net_net;
	NpsInt128	net_size;
	NpsInt128	size_net;
	NpsInt128	size_size;
} NpsProducts;

NpsWide		nps_deviation_products(const NpsGroups *a, const NpsGroups *b, const NpsProducts *products);
NpsEstimate nps_estimate_clusters(const NpsClusters *clusters, double confidence);
NpsTest		nps_test_clusters(const NpsClusters *a, const NpsClusters *b, double confidence);
NpsTest		nps_test_clusters_benchmark(const NpsClusters *clusters, double benchmark, double confidence);

#endif
