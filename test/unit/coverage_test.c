/*
 * What intervals and tests are worth, exactly: all outcomes of a survey are
 * enumerated, each with its multinomial probability, over a grid of mixes. The
 * default interval must keep its promise, and the table of doc/statistics.md be
 * true.
 */
#include "unit.h"
#include "difference.h"
#include "interval.h"
#include "quantile.h"

#define MAX_RESPONSES 50
#define MAX_OUTCOMES ((MAX_RESPONSES + 1) * (MAX_RESPONSES + 2) / 2)

/* An outcome's interval, and the logarithm of the number of its orders. */
typedef struct Outcome
{
	int			promoters;
	int			passives;
	int			detractors;
	NpsInterval interval;
	double		log_orders;
} Outcome;

typedef struct Coverage
{
	int			mixes;
	double		minimum;
	double		mean;
} Coverage;

static int
enumerate(int n, const char *method, Outcome *outcomes)
{
	double		z = nps_confidence_z(0.95);
	int			count = 0;
	int			p,
				d;

	for (p = 0; p <= n; p++)
		for (d = 0; d <= n - p; d++)
		{
			NpsGroups	groups = {p, n - p - d, d};
			NpsSample	sample = nps_sample_from_groups(&groups);
			Outcome    *outcome = &outcomes[count++];

			outcome->promoters = p;
			outcome->passives = n - p - d;
			outcome->detractors = d;
			outcome->interval = nps_interval_by(nps_interval_method(method), &sample, z);
			outcome->log_orders = lgamma(n + 1) - lgamma(p + 1) - lgamma(n - p - d + 1) - lgamma(d + 1);
		}
	return count;
}

static double
probability_of(const Outcome *outcome, double p, double d)
{
	return exp(outcome->log_orders + outcome->promoters * log(p) +
			   outcome->passives * log(1 - p - d) + outcome->detractors * log(d));
}

/* The probability that the interval of a survey holds the true score. */
static double
coverage_of_mix(const Outcome *outcomes, int count, double p, double d)
{
	double		coverage = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		const Outcome *outcome = &outcomes[i];

		/* A limit that is the score itself must count as holding it. */
		if (outcome->interval.lower <= p - d + 1e-12 && p - d - 1e-12 <= outcome->interval.upper)
			coverage += probability_of(outcome, p, d);
	}
	return coverage;
}

/* Promoters .20 to .80 and detractors .02 to .50, by .02; passives at least .05. */
static Coverage
coverage_of(int n, const char *method)
{
	static Outcome outcomes[MAX_OUTCOMES];
	int			count = enumerate(n, method, outcomes);
	Coverage	coverage = {0, 1, 0};
	int			i,
				j;

	for (i = 20; i <= 80; i += 2)
		for (j = 2; j <= 50 && i + j <= 95; j += 2)
		{
			double		covered = coverage_of_mix(outcomes, count, i / 100.0, j / 100.0);

			coverage.minimum = fmin(coverage.minimum, covered);
			coverage.mean += covered;
			coverage.mixes++;
		}
	coverage.mean /= coverage.mixes;
	return coverage;
}

/* What the default interval promises. */
static void
default_keeps_its_promise(void **state)
{
	(void) state;
	assert_true(coverage_of(5, "score").minimum >= 0.92);
	assert_true(coverage_of(10, "score").minimum >= 0.93);
	assert_true(coverage_of(20, "score").minimum >= 0.93);
	assert_true(coverage_of(50, "score").minimum >= 0.93);
}

/* The lines "| `method` | minimum / mean | ... |" of the page, in percent, for 5, 10, 20 and 50 responses. */
static void
documented_table(void **state)
{
	static const int sizes[] = {5, 10, 20, 50};
	FILE	   *page = fopen("../../doc/statistics.md", "r");
	char		line[1024];
	int			methods = 0;

	(void) state;
	assert_non_null(page);
	while (fgets(line, sizeof(line), page) != NULL)
	{
		char		method[32];
		double		minimum[4],
					mean[4];
		int			i;

		if (sscanf(line, "| `%31[a-z_]` | %lf / %lf | %lf / %lf | %lf / %lf | %lf / %lf |", method,
				   &minimum[0], &mean[0], &minimum[1], &mean[1], &minimum[2], &mean[2], &minimum[3], &mean[3]) != 9)
			continue;
		for (i = 0; i < 4; i++)
		{
			Coverage	coverage = coverage_of(sizes[i], method);

			assert_int_equal(coverage.mixes, 604);
			assert_close(100 * coverage.minimum, minimum[i], 0.0501);
			assert_close(100 * coverage.mean, mean[i], 0.0501);
		}
		methods++;
	}
	fclose(page);
	assert_int_equal(methods, 6);
}

/*
 * The probability that two surveys of 10 and 40 of the same mix are told apart
 * at 95 %, which should be 5 %: the largest over the mixes.
 */
static double
largest_error(const char *method)
{
	static Outcome few[MAX_OUTCOMES];
	static Outcome many[MAX_OUTCOMES];
	static bool significant[66][861];
	int			few_count = enumerate(10, "wald", few);
	int			many_count = enumerate(40, "wald", many);
	double		largest = 0;
	int			i,
				j,
				p,
				d;

	assert_int_equal(few_count, 66);
	assert_int_equal(many_count, 861);
	for (i = 0; i < few_count; i++)
		for (j = 0; j < many_count; j++)
		{
			NpsGroups	a = {few[i].promoters, few[i].passives, few[i].detractors};
			NpsGroups	b = {many[j].promoters, many[j].passives, many[j].detractors};
			NpsPair		pair = nps_pair_from_groups(&a, &b);

			significant[i][j] = nps_test_pair(&pair, 0.95, nps_difference_method(method)).significant;
		}

	for (p = 20; p <= 80; p += 2)
		for (d = 2; d <= 50 && p + d <= 95; d += 2)
		{
			double		probability[861];
			double		error = 0;

			for (j = 0; j < many_count; j++)
				probability[j] = probability_of(&many[j], p / 100.0, d / 100.0);
			for (i = 0; i < few_count; i++)
			{
				double		rejected = 0;

				for (j = 0; j < many_count; j++)
					rejected += significant[i][j] ? probability[j] : 0;
				error += rejected * probability_of(&few[i], p / 100.0, d / 100.0);
			}
			largest = fmax(largest, error);
		}
	return largest;
}

/* The score test is close to what it says; Wald's finds news where there is none. */
static void
error_of_the_test(void **state)
{
	double		score = largest_error("score");
	double		wald = largest_error("wald");

	(void) state;
	assert_close(100 * score, 5.0, 0.0501);
	assert_close(100 * wald, 14.4, 0.0501);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_keeps_its_promise),
		cmocka_unit_test(documented_table),
		cmocka_unit_test(error_of_the_test),
	};

	return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
