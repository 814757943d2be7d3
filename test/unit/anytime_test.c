/*
 * Intervals and tests that hold at every look: reference values, and surveys
 * simulated from a fixed seed that are looked at after every answer.
 */
#include "unit.h"
#include "anytime.h"
#include "benchmark.h"
#include "estimate.h"
#include "likelihood.h"
#include "quantile.h"
#include "random.h"

/*
 * promoters,passives,detractors,confidence,log_regret,ci_lower,ci_upper,benchmark,log_likelihood_ratio,p_value:
 * 34-digit arithmetic, checked by maximising the likelihood directly.
 */
static void
reference_rows(void **state)
{
	Reference	reference = open_reference("anytime.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	groups = {count(&reference, 0), count(&reference, 1), count(&reference, 2)};
		double		confidence = number(&reference, 3);
		double		benchmark = number(&reference, 7);
		double		ratio = number(&reference, 8);
		NpsSample	sample = nps_sample_from_groups(&groups);
		NpsEstimate estimate = nps_estimate_groups(&groups, confidence, nps_interval_method("anytime"));
		NpsTest		test = nps_test_benchmark(&sample, benchmark, confidence, nps_benchmark_method("anytime"));

		check_figure(&reference, nps_log_regret(sample.n), number(&reference, 4), 1e-12);
		check_figure(&reference, estimate.ci_lower, number(&reference, 5), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 6), 1e-9);
		check_figure(&reference, test.ci_lower, number(&reference, 5) - benchmark, 1e-9);
		check_figure(&reference, test.ci_upper, number(&reference, 6) - benchmark, 1e-9);
		assert_close(nps_log_likelihood_ratio(&sample, (benchmark - sample.nps) / 100), ratio, 1e-12 * fmax(1, ratio));
		check_figure(&reference, test.p_value, number(&reference, 9), 1e-9);
		assert_true(isnan(test.z) && test.significant == (test.p_value < 1 - confidence));
	}
	close_reference(&reference, 83);
}

typedef struct PairCase
{
	NpsGroups	a;
	NpsGroups	b;
	double		confidence;
	double		difference;
	double		lower;
	double		upper;
	double		p_value;
} PairCase;

/* The likelihood of both surveys maximised directly, over both scores and the shares of promoters, to 12 digits. */
static const PairCase pair_cases[] = {
	{{93, 32, 9}, {49, 30, 8}, 0.95, 15.5601303826, -20.9577131227, 54.2271429111, 1},
	{{60, 30, 10}, {20, 30, 50}, 0.95, 80, 34.0668850909, 119.605371688, 5.04502387554e-09},
	{{60, 30, 10}, {20, 30, 50}, 0.9, 80, 36.0231207375, 118.149112131, 5.04502387554e-09},
	{{3, 2, 1}, {0, 4, 2}, 0.95, 66.6666666667, -70.1845646838, 166.599046421, 1},
	{{10, 0, 0}, {0, 0, 10}, 0.95, 200, 89.4731954973, 200, 3.07186984727e-05},
	{{10, 0, 0}, {20, 0, 0}, 0.95, 0, -98.7613231029, 57.7054625805, 1},
	{{0, 5, 0}, {7, 0, 0}, 0.99, -100, -177.998839725, 42.7503411089, 0.179177471436},
	{{1, 0, 0}, {0, 0, 1}, 0.95, 200, -155.27864045, 200, 1},
	{{400, 300, 200}, {350, 330, 260}, 0.95, 12.6477541371, -4.72293202858, 29.8617827703, 1},
	{{29, 71, 0}, {30, 70, 0}, 0.95, -1, -27.7599589899, 25.8375450018, 1},
};

static NpsTest
pair_test(const NpsGroups *a, const NpsGroups *b, double confidence)
{
	NpsPair		pair = nps_pair_from_groups(a, b);

	return nps_test_pair(&pair, confidence, nps_difference_method("anytime"));
}

static void
two_surveys(void **state)
{
	size_t		i;

	(void) state;
	for (i = 0; i < sizeof(pair_cases) / sizeof(pair_cases[0]); i++)
	{
		const PairCase *expected = &pair_cases[i];
		NpsTest		test = pair_test(&expected->a, &expected->b, expected->confidence);
		NpsTest		mirror = pair_test(&expected->b, &expected->a, expected->confidence);

		assert_close(test.difference, expected->difference, 1e-9);
		assert_close(test.ci_lower, expected->lower, 1e-8);
		assert_close(test.ci_upper, expected->upper, 1e-8);
		assert_close(test.p_value, expected->p_value, 1e-9);
		assert_true(isnan(test.z));
		assert_close(mirror.ci_lower, -test.ci_upper, 1e-9);
		assert_close(mirror.p_value, test.p_value, 1e-12);
	}
}

/* The interval leaves a score out exactly where the test of that score is significant; both at any size. */
static void
interval_and_test_agree(void **state)
{
	int			i;

	(void) state;
	random_state = 20260402;
	for (i = 0; i < 5000; i++)
	{
		double		scale = pow(10, 12 * random_share());
		NpsGroups	groups = {(int64_t) (scale * random_share()), (int64_t) (scale * random_share()), (int64_t) (scale * random_share())};
		double		confidence = 0.5 + 0.499 * random_share();
		NpsSample	sample;
		NpsEstimate estimate;
		double		benchmark;
		NpsTest		test;

		if (nps_groups_total(&groups) == 0)
			continue;
		sample = nps_sample_from_groups(&groups);
		estimate = nps_estimate_groups(&groups, confidence, nps_interval_method("anytime"));
		benchmark = fmax(-100, fmin(100, estimate.nps + 2 * (random_share() - 0.5) * (estimate.ci_upper - estimate.ci_lower)));
		test = nps_test_benchmark(&sample, benchmark, confidence, nps_benchmark_method("anytime"));
		assert_true(-100 <= estimate.ci_lower && estimate.ci_lower <= estimate.nps);
		assert_true(estimate.nps <= estimate.ci_upper && estimate.ci_upper <= 100);
		assert_true(test.p_value >= 0 && test.p_value <= 1);
		assert_true(test.significant == (test.ci_lower > 0 || test.ci_upper < 0));
	}
}

/*
 * As many promoters as detractors and no passives, against a score next to 0: at
 * their own shares n answers are (1 - theta^2)^(-n/2) times as likely, which is
 * little for a difference as small as 10^14 answers make it.
 */
static void
small_ratios(void **state)
{
	double		distance;

	(void) state;
	for (distance = 1e-12; distance < 1e-3; distance *= 7)
	{
		NpsGroups	groups = {INT64_C(50000000000000), 0, INT64_C(50000000000000)};
		NpsSample	sample = nps_sample_from_groups(&groups);
		double		expected = -0.5e14 * log1p(-distance * distance);

		assert_close(nps_log_likelihood_ratio(&sample, distance), expected, 1e-12 * expected);
	}
}

/* So many answers, nearly all alike, that the scores are told apart in the last bits: still figures, and in order. */
static void
nearly_pure_surveys(void **state)
{
	const NpsGroups mixes[] = {
		{INT64_C(3074457345618258602), 0, 0}, {INT64_C(3069764015136451860), 7, INT64_C(4000000544)}, {0, 0, 7},
		{4, 872, INT64_C(3074457345618258602)}, {INT64_C(2714806548847079886), 678, 0}, {INT64_C(3074457345618258602), 946, 0},
		{1, INT64_C(3074457345618258602), 0}, {0, INT64_C(3074457345618258602), 84}, {INT64_C(4000000478), 0, 0}
	};
	int			i,
				j;

	(void) state;
	for (i = 0; i < 9; i++)
		for (j = 0; j < 9; j++)
		{
			NpsTest		test = pair_test(&mixes[i], &mixes[j], 0.95);

			assert_true(test.p_value >= 0 && test.p_value <= 1);
			assert_true(-200 <= test.ci_lower && test.ci_lower <= test.difference);
			assert_true(test.difference <= test.ci_upper && test.ci_upper <= 200);
		}
}

static NpsGroups
random_groups(void)
{
	NpsGroups	groups = {0, 0, 0};

	while (nps_groups_total(&groups) == 0)
	{
		int64_t		size = INT64_C(1) << (1 + random_below(20));

		groups.promoters = random_below(size) * (random_below(3) > 0);
		groups.passives = random_below(size) * (random_below(3) > 0);
		groups.detractors = random_below(size) * (random_below(3) > 0);
	}
	return groups;
}

/* Of 2,000 pairs of surveys, many of them pure or nearly so: exchanged they are a mirror. */
static void
exchanged_surveys(void **state)
{
	int			i;

	(void) state;
	random_state = 20260405;
	for (i = 0; i < 2000; i++)
	{
		NpsGroups	a = random_groups();
		NpsGroups	b = random_groups();
		NpsTest		test = pair_test(&a, &b, 0.95);
		NpsTest		mirror = pair_test(&b, &a, 0.95);

		assert_true(mirror.difference == -test.difference);
		assert_close(mirror.ci_lower, -test.ci_upper, 1e-6);
		assert_close(mirror.ci_upper, -test.ci_lower, 1e-6);
		assert_close(mirror.p_value, test.p_value, 1e-9);
	}
}

/* A score that the answers rule out: p is 0, whoever looks. */
static void
impossible_scores(void **state)
{
	NpsGroups	mixed = {5, 3, 2};
	NpsGroups	pure = {7, 0, 0};
	NpsSample	mixed_sample = nps_sample_from_groups(&mixed);
	NpsSample	pure_sample = nps_sample_from_groups(&pure);

	(void) state;
	assert_true(nps_anytime_p(&mixed_sample, 1 - mixed_sample.theta) == 0);
	assert_true(nps_anytime_p(&pure_sample, -2) == 0);
	assert_true(nps_anytime_p(&pure_sample, 0) == 1);
}

typedef struct Mix
{
	double		promoters;
	double		passives;
} Mix;

static const Mix mixes[] = {{0.5, 0.3}, {0.8, 0.15}, {0.1, 0.8}, {0.3, 0.1}};

#define LOOKS 1000
#define RUNS 100				/* of every mix */

static int
leaves_out(const NpsSample *sample, NpsInterval (*interval_of) (const NpsSample *, double), double theta)
{
	NpsInterval interval = interval_of(sample, nps_confidence_z(0.95));

	return theta < interval.lower || theta > interval.upper;
}

/* Of surveys looked at after each of 1,000 answers, how many intervals leave the true score out at some look? */
static void
looks_at_one_survey(void **state)
{
	NpsInterval (*fixed) (const NpsSample *, double) = nps_interval_method("score")->interval;
	double		fixed_misses = 0;
	double		anytime_misses = 0;
	int			i,
				look;

	(void) state;
	random_state = 20260402;
	for (i = 0; i < 4 * RUNS; i++)
	{
		const Mix  *mix = &mixes[i % 4];
		double		theta = 2 * mix->promoters + mix->passives - 1;
		NpsGroups	groups = {0, 0, 0};
		int			fixed_missed = 0;
		int			anytime_missed = 0;

		for (look = 0; look < LOOKS; look++)
		{
			NpsSample	sample;

			count_answer(&groups, random_answer_of(mix->promoters, mix->passives));
			sample = nps_sample_from_groups(&groups);
			fixed_missed |= leaves_out(&sample, fixed, theta);
			anytime_missed |= leaves_out(&sample, nps_anytime_interval, theta);
		}
		fixed_misses += fixed_missed;
		anytime_misses += anytime_missed;
	}
	printf("# one survey: at some of %d looks the score interval misses in %.3f of %d runs, anytime in %.3f\n",
		   LOOKS, fixed_misses / (4 * RUNS), 4 * RUNS, anytime_misses / (4 * RUNS));
	assert_true(fixed_misses / (4 * RUNS) > 0.30);
	assert_true(anytime_misses / (4 * RUNS) < 0.05);
	/* As doc/statistics.md says. */
	assert_close(fixed_misses / (4 * RUNS), 0.465, 0.005);
	assert_close(anytime_misses / (4 * RUNS), 0.022, 0.005);
}

/* Of two growing surveys of the same score, how many look changed at some look? */
static void
looks_at_two_surveys(void **state)
{
	double		fixed_alarms = 0;
	double		anytime_alarms = 0;
	int			i,
				look;

	(void) state;
	random_state = 20260402;
	for (i = 0; i < 4 * RUNS; i++)
	{
		const Mix  *mix = &mixes[i % 4];
		NpsGroups	a = {0, 0, 0};
		NpsGroups	b = {0, 0, 0};
		int			fixed_alarm = 0;
		int			anytime_alarm = 0;

		/* A look a tenth answer: two surveys take more computing. */
		for (look = 0; look < LOOKS; look += 10)
		{
			NpsPair		pair;
			int			answer;

			for (answer = 0; answer < 10; answer++)
			{
				count_answer(&a, random_answer_of(mix->promoters, mix->passives));
				count_answer(&b, random_answer_of(mix->promoters, mix->passives));
			}
			pair = nps_pair_from_groups(&a, &b);
			fixed_alarm |= nps_test_pair(&pair, 0.95, nps_difference_method("score")).significant;
			anytime_alarm |= nps_test_pair(&pair, 0.95, nps_difference_method("anytime")).significant;
		}
		fixed_alarms += fixed_alarm;
		anytime_alarms += anytime_alarm;
	}
	printf("# two surveys: at some of %d looks the score test sees a change in %.3f of %d runs, anytime in %.3f\n",
		   LOOKS / 10, fixed_alarms / (4 * RUNS), 4 * RUNS, anytime_alarms / (4 * RUNS));
	assert_true(anytime_alarms / (4 * RUNS) < 0.05);
	/* As doc/statistics.md says. */
	assert_close(fixed_alarms / (4 * RUNS), 0.362, 0.005);
	assert_close(anytime_alarms / (4 * RUNS), 0, 0.005);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_rows),
		cmocka_unit_test(two_surveys),
		cmocka_unit_test(interval_and_test_agree),
		cmocka_unit_test(small_ratios),
		cmocka_unit_test(nearly_pure_surveys),
		cmocka_unit_test(exchanged_surveys),
		cmocka_unit_test(impossible_scores),
		cmocka_unit_test(looks_at_one_survey),
		cmocka_unit_test(looks_at_two_surveys),
	};

	return cmocka_run_group_tests_name("every look", tests, NULL, NULL);
}
