/*
 * Accounts with several answers: reference values of 34-digit arithmetic, what
 * must hold of every set of accounts, and how often the interval is right.
 */
#include "unit.h"
#include "accounts.h"
#include "random.h"

/* Reads accounts "promoters/passives/detractors" between semicolons. */
static NpsClusters
clusters_of(const char *text)
{
	NpsClusters clusters = {0};

	for (; text != NULL; text = strchr(text, ';'))
	{
		NpsGroups	account;

		text += *text == ';';
		account = groups_of(text);
		add_account(&clusters, &account);
	}
	return clusters;
}

/* The last digits of an exact sum in decimal. */
static void
assert_sum(NpsInt128 sum, const char *expected)
{
	NpsInt128	value = {0, 0};
	const char *digit;

	for (digit = expected + (*expected == '-'); *digit != '\0'; digit++)
	{
		NpsInt128	ten_times = {0, 0};
		int			i;

		for (i = 0; i < 10; i++)
			ten_times = nps_int128_plus(ten_times, value);
		value = nps_int128_plus(ten_times, nps_int128(*digit - '0'));
	}
	if (*expected == '-')
		value = nps_int128_minus(nps_int128(0), value);
	assert_int_equal(nps_int128_compare(sum, value), 0);
}

/*
 * name,clusters_pmd,confidence,promoters,passives,detractors,clusters,sum_zz,
 * sum_nz,sum_nn,nps,standard_error,effective_responses,df,t_quantile,ci_lower,
 * ci_upper; no standard error where there is one account.
 */
static void
reference_clusters(void **state)
{
	Reference	reference = open_reference("clusters.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsClusters clusters = clusters_of(reference.fields[1]);
		NpsEstimate estimate = nps_estimate_clusters(&clusters, number(&reference, 2));

		assert_int_equal(clusters.clusters, count(&reference, 6));
		assert_sum(clusters.net_squares, reference.fields[7]);
		assert_sum(clusters.net_sizes, reference.fields[8]);
		assert_sum(clusters.size_squares, reference.fields[9]);
		check_figure(&reference, estimate.nps, number(&reference, 10), 1e-9);
		check_figure(&reference, estimate.standard_error, number(&reference, 11), 1e-9);
		assert_int_equal(isnan(estimate.standard_error), isnan(number(&reference, 11)));
		check_figure(&reference, estimate.effective_responses, number(&reference, 12), 1e-9);
		check_figure(&reference, estimate.ci_lower, number(&reference, 15), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 16), 1e-9);
	}
	close_reference(&reference, 156);
}

/* Adds the accounts of that name in clusters.csv. */
static void
add_named_clusters(NpsClusters *clusters, const char *name)
{
	Reference	reference = open_reference("clusters.csv");

	while (next_row(&reference))
	{
		if (clusters->clusters == 0 && strcmp(reference.fields[0], name) == 0)
			*clusters = clusters_of(reference.fields[1]);
	}
	fclose(reference.file);
}

/* Adds the accounts of that name in cluster_paired_tests.csv: rows before__after,cluster,before_pmd,after_pmd. */
static void
add_named_wave(NpsClusters *clusters, const char *name)
{
	Reference	reference = open_reference("cluster_paired_tests.csv");
	char		pair[64] = "";

	while (next_row(&reference))
	{
		const char *after = strstr(reference.fields[0], "__") + 2;
		size_t		before_length = (size_t) (after - 2 - reference.fields[0]);
		int			is_before = strlen(name) == before_length && strncmp(reference.fields[0], name, before_length) == 0;
		NpsGroups	account = groups_of(reference.fields[is_before ? 2 : 3]);

		if (!is_before && strcmp(after, name) != 0)
			continue;
		if (*pair == '\0')
			snprintf(pair, sizeof(pair), "%s", reference.fields[0]);
		if (strcmp(pair, reference.fields[0]) == 0)
			add_account(clusters, &account);
	}
	fclose(reference.file);
}

static NpsClusters
named_clusters(const char *name)
{
	NpsClusters clusters = {0};

	add_named_clusters(&clusters, name);
	if (clusters.clusters == 0)
		add_named_wave(&clusters, name);
	assert_true(clusters.clusters > 0);
	return clusters;
}

/* name_a,name_b,confidence,difference,standard_error,statistic,df,p_value,ci_lower,ci_upper; bounds not clamped. */
static void
reference_tests(void **state)
{
	Reference	reference = open_reference("cluster_tests.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsClusters a = named_clusters(reference.fields[0]);
		NpsClusters b = named_clusters(reference.fields[1]);
		NpsTest		test = nps_test_clusters(&a, &b, number(&reference, 2));

		check_figure(&reference, test.difference, number(&reference, 3), 1e-9);
		check_figure(&reference, test.standard_error, number(&reference, 4), 1e-9);
		check_figure(&reference, test.z, number(&reference, 5), 1e-9);
		check_figure(&reference, test.p_value, number(&reference, 7), 1e-9);
		assert_int_equal(isnan(test.p_value), isnan(number(&reference, 7)));
		if (isnan(test.p_value))
			continue;
		check_figure(&reference, test.ci_lower, fmax(-200, number(&reference, 8)), 1e-8);
		check_figure(&reference, test.ci_upper, fmin(200, number(&reference, 9)), 1e-8);
	}
	close_reference(&reference, 64);
}

/* Between two and some thirty accounts of up to many answers, some of them all of one kind. */
static NpsClusters
random_clusters(NpsGroups *accounts, int *number_of_accounts)
{
	NpsClusters clusters = {0};
	int			i;

	*number_of_accounts = 2 + (int) random_below(30);
	for (i = 0; i < *number_of_accounts; i++)
	{
		int64_t		size = INT64_C(1) << random_below(10);

		accounts[i].promoters = random_below(size + 1) * (random_below(4) > 0);
		accounts[i].passives = random_below(size + 1) * (random_below(4) > 0);
		accounts[i].detractors = random_below(size + 1) * (random_below(4) > 0);
		if (i == 0)
			accounts[i].promoters++;
		add_account(&clusters, &accounts[i]);
	}
	return clusters;
}

/* The standard error from the accounts themselves instead of from sums. */
static double
direct_standard_error(const NpsGroups *accounts, int number_of_accounts, const NpsClusters *clusters)
{
	double		n = (double) nps_groups_total(&clusters->groups);
	double		theta = (double) net_of(&clusters->groups) / n;
	double		m = (double) clusters->clusters;
	double		sum = 0;
	int			i;

	for (i = 0; i < number_of_accounts; i++)
		sum += pow((double) net_of(&accounts[i]) - theta * (double) nps_groups_total(&accounts[i]), 2);
	return 100 * sqrt(m / (m - 1) * sum) / n;
}

/* Of 20,000 sets of accounts: the figures of R's svyratio, and a test that says what its interval says. */
static void
any_accounts(void **state)
{
	int			i;

	(void) state;
	random_state = 20260301;
	for (i = 0; i < 20000; i++)
	{
		NpsGroups	accounts[32];
		int			number_of_accounts;
		NpsClusters clusters = random_clusters(accounts, &number_of_accounts);
		double		n = (double) nps_groups_total(&clusters.groups);
		double		confidence = 0.5 + 0.49 * random_share();
		double		benchmark = 200 * random_share() - 100;
		NpsEstimate estimate = nps_estimate_clusters(&clusters, confidence);
		NpsTest		test = nps_test_clusters_benchmark(&clusters, benchmark, confidence);
		NpsTest		met = nps_test_clusters_benchmark(&clusters, estimate.nps, confidence);

		assert_true(estimate.ci_lower >= -100 && estimate.ci_upper <= 100);
		assert_true(estimate.ci_lower <= estimate.nps && estimate.nps <= estimate.ci_upper);
		assert_true(estimate.effective_responses >= 1 && estimate.effective_responses <= n);
		assert_close(test.difference, estimate.nps - benchmark, 0);
		if (clusters.clusters == 1)
		{
			assert_true(isnan(estimate.standard_error) && isnan(test.standard_error) && isnan(test.p_value));
			continue;
		}
		assert_close(estimate.standard_error, direct_standard_error(accounts, number_of_accounts, &clusters), 1e-11);
		assert_true(test.standard_error == estimate.standard_error);
		if (isnan(test.p_value))
		{
			assert_true(estimate.ci_lower == -100 && estimate.ci_upper == 100);
			continue;
		}
		assert_true(test.significant == (test.ci_lower > 0 || test.ci_upper < 0));
		assert_close(test.ci_lower, estimate.ci_lower - benchmark, 1e-9);
		assert_true(met.z == 0 && met.p_value == 1 && !met.significant);
	}
}

/* Of 5,000 pairs: the test says what its interval says; exchanging the surveys is a mirror. */
static void
any_two_surveys(void **state)
{
	int			i;

	(void) state;
	random_state = 20260302;
	for (i = 0; i < 5000; i++)
	{
		NpsGroups	accounts[32];
		int			number_of_accounts;
		NpsClusters a = random_clusters(accounts, &number_of_accounts);
		NpsClusters b = random_clusters(accounts, &number_of_accounts);
		double		confidence = 0.5 + 0.49 * random_share();
		NpsTest		test = nps_test_clusters(&a, &b, confidence);
		NpsTest		mirror = nps_test_clusters(&b, &a, confidence);

		assert_true(mirror.difference == -test.difference);
		if (isnan(test.p_value))
		{
			assert_true(isnan(mirror.p_value) && isnan(test.ci_lower) && isnan(test.z) && !test.significant);
			continue;
		}
		assert_true(test.ci_lower <= test.difference && test.difference <= test.ci_upper);
		assert_true(test.significant == (test.ci_lower > 0 || test.ci_upper < 0));
		assert_true(test.p_value >= 0 && test.p_value <= 1);
		assert_close(mirror.ci_lower, -test.ci_upper, 1e-8);
		assert_close(mirror.p_value, test.p_value, 1e-9);
	}
}

/* Accounts that are all alike have no spread, to the last bit, however large; floats would find some. */
static void
alike(void **state)
{
	NpsGroups	account = {1000000007, 299999993, 699999959};
	NpsClusters clusters = {0};
	NpsEstimate estimate;
	int			i;

	(void) state;
	for (i = 0; i < 7; i++)
		add_account(&clusters, &account);
	estimate = nps_estimate_clusters(&clusters, 0.95);
	assert_true(estimate.standard_error == 0);
	assert_true(estimate.effective_responses == 7.0 * 1999999959);
}

/* As many answers as a bigint counts. */
static void
largest_counts(void **state)
{
	NpsGroups	half = {INT64_MAX / 2, 0, 0};
	NpsGroups	other_half = {0, 0, INT64_MAX / 2};
	NpsGroups	one = {0, 1, 0};
	NpsClusters clusters = {0};
	NpsEstimate estimate;
	NpsTest		test;

	(void) state;
	add_account(&clusters, &half);
	add_account(&clusters, &other_half);
	add_account(&clusters, &one);
	estimate = nps_estimate_clusters(&clusters, 0.95);
	assert_true(estimate.nps == 0);
	/* sqrt(3/2 * 2 * 4^62) / 2^63, as if there were two accounts. */
	assert_close(estimate.standard_error, 100 * sqrt(3.0 / 4), 1e-12);
	assert_true(estimate.ci_lower >= -100 && estimate.ci_lower < -99 && estimate.ci_upper > 99);
	test = nps_test_clusters(&clusters, &clusters, 0.95);
	assert_true(test.difference == 0 && test.z == 0 && test.p_value == 1);
}

/*
 * An account's answers, of which any two are correlated: the urn of Polya. The
 * first is drawn from the population, and each one that follows is either like
 * one of those before or a new one, more seldom the higher the correlation.
 */
static NpsGroups
random_account(int size, double correlation)
{
	double		own = 1 / correlation - 1;
	Answer		answers[20];
	NpsGroups	account = {0, 0, 0};
	int			i;

	for (i = 0; i < size; i++)
	{
		answers[i] = random_share() * (i + own) < own || i == 0 ? random_answer() : answers[random_below(i)];
		count_answer(&account, answers[i]);
	}
	return account;
}

/* How often the intervals of 10 accounts of 20 answers hold the true score of 30: as doc/statistics.md says. */
static void
check_coverage(double correlation, double plain_share, double clustered_share)
{
	const int	surveys = 20000;
	int			plain_holds = 0;
	int			clustered_holds = 0;
	int			i,
				j;

	for (i = 0; i < surveys; i++)
	{
		NpsClusters clusters = {0};
		NpsEstimate plain;
		NpsEstimate clustered;

		for (j = 0; j < 10; j++)
		{
			NpsGroups	account = random_account(20, correlation);

			add_account(&clusters, &account);
		}
		plain = nps_estimate_groups(&clusters.groups, 0.95, &nps_interval_methods[0]);
		clustered = nps_estimate_clusters(&clusters, 0.95);
		plain_holds += plain.ci_lower <= 30 && 30 <= plain.ci_upper;
		clustered_holds += clustered.ci_lower <= 30 && 30 <= clustered.ci_upper;
	}
	printf("# correlation %.1f: plain intervals hold the score in %.3f, clustered in %.3f\n",
		   correlation, plain_holds / (double) surveys, clustered_holds / (double) surveys);
	assert_close(plain_holds / (double) surveys, plain_share, 0.001);
	assert_close(clustered_holds / (double) surveys, clustered_share, 0.001);
}

static void
coverage(void **state)
{
	(void) state;
	random_state = 20260303;
	check_coverage(0.2, 0.629, 0.959);
	check_coverage(0.5, 0.450, 0.966);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_clusters),
		cmocka_unit_test(reference_tests),
		cmocka_unit_test(any_accounts),
		cmocka_unit_test(any_two_surveys),
		cmocka_unit_test(alike),
		cmocka_unit_test(largest_counts),
		cmocka_unit_test(coverage),
	};

	return cmocka_run_group_tests_name("clusters", tests, NULL, NULL);
}
