/*
 * Segments against reference values of 34-digit arithmetic, the test of two
 * surveys, and corners; scores drawn towards the whole.
 */
#include "unit.h"
#include "difference.h"
#include "heterogeneity.h"
#include "random.h"
#include "shrinkage.h"

#define MOST_SEGMENTS 200

static int	pauses = 0;

static void
count_pause(void)
{
	pauses++;
}

static NpsHeterogeneity
heterogeneity_of(const NpsGroups *groups, int length)
{
	NpsSample	samples[MOST_SEGMENTS];
	int			i;

	for (i = 0; i < length; i++)
		samples[i] = nps_sample_from_groups(&groups[i]);
	return nps_heterogeneity_of(samples, length, count_pause);
}

/* Reads "P/M/D;P/M/D;..."; returns how many. */
static int
read_segments(char *text, NpsGroups *groups, NpsSample *samples)
{
	int			length = 0;
	char	   *segment;

	for (segment = strtok(text, ";"); segment != NULL; segment = strtok(NULL, ";"))
	{
		long long	p,
					m,
					d;

		assert_int_equal(sscanf(segment, "%lld/%lld/%lld", &p, &m, &d), 3);
		assert_true(length < MOST_SEGMENTS);
		groups[length] = (NpsGroups) {p, m, d};
		samples[length] = nps_sample_from_groups(&groups[length]);
		length++;
	}
	return length;
}

/* name,segments_pmd,segments,responses,chi_square,df,p_value,common_nps,i_squared,within,between,between_used,prior */
static void
reference_segments(void **state)
{
	Reference	reference = open_reference("heterogeneity.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	groups[MOST_SEGMENTS];
		NpsSample	samples[MOST_SEGMENTS];
		int			length = read_segments(reference.fields[1], groups, samples);
		NpsHeterogeneity result = nps_heterogeneity_of(samples, length, count_pause);

		assert_int_equal(length, count(&reference, 2));
		check_figure(&reference, result.chi_square, number(&reference, 4), 1e-9);
		check_figure(&reference, result.df, number(&reference, 5), 0);
		check_figure(&reference, result.p_value, number(&reference, 6), 1e-10);
		check_figure(&reference, result.i_squared, number(&reference, 8), 1e-11);
		if (!isnan(number(&reference, 10)))
			check_figure(&reference, result.spread, 100 * sqrt(number(&reference, 10)), 1e-9);
		check_figure(&reference, result.prior_responses, number(&reference, 12), 1e-9 * fmax(1, number(&reference, 12)));
		assert_int_equal(isnan(result.chi_square), isnan(number(&reference, 4)));
		assert_int_equal(isnan(result.prior_responses), isnan(number(&reference, 12)));
	}
	close_reference(&reference, 31);
}

/* The whole that the segments of that name make, as heterogeneity.csv lists them. */
static NpsGroups
whole_of(const char *name)
{
	Reference	reference = open_reference("heterogeneity.csv");
	NpsGroups	whole = {0, 0, 0};

	while (next_row(&reference))
	{
		NpsGroups	groups[MOST_SEGMENTS];
		NpsSample	samples[MOST_SEGMENTS];
		int			length,
					i;

		if (strcmp(reference.fields[0], name) != 0)
			continue;
		length = read_segments(reference.fields[1], groups, samples);
		for (i = 0; i < length; i++)
		{
			whole.promoters += groups[i].promoters;
			whole.passives += groups[i].passives;
			whole.detractors += groups[i].detractors;
		}
	}
	fclose(reference.file);
	assert_true(nps_groups_total(&whole) > 0);
	return whole;
}

/* name,row,promoters,passives,detractors,prior_responses,shrunk_nps,effective_responses,ci_lower,ci_upper */
static void
reference_shrunk(void **state)
{
	Reference	reference = open_reference("shrinkage.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	segment = {count(&reference, 2), count(&reference, 3), count(&reference, 4)};
		NpsGroups	whole = whole_of(reference.fields[0]);
		NpsEstimate estimate = nps_estimate_shrunk(&segment, &whole, number(&reference, 5), 0.95);

		check_figure(&reference, estimate.nps, number(&reference, 6), 1e-9);
		check_figure(&reference, estimate.effective_responses, number(&reference, 7), 1e-9 * number(&reference, 7));
		check_figure(&reference, estimate.ci_lower, number(&reference, 8), 1e-9);
		check_figure(&reference, estimate.ci_upper, number(&reference, 9), 1e-9);
		assert_close(estimate.promoter_pct - estimate.detractor_pct, estimate.nps, 1e-10);
		assert_close(estimate.promoter_pct + estimate.passive_pct + estimate.detractor_pct, 100, 1e-10);
	}
	close_reference(&reference, 133);
}

/* Of two segments the test is that of two surveys: chi-square is z squared. */
static void
two_are_a_pair(void **state)
{
	int			p,
				m,
				d;

	(void) state;
	for (p = 0; p < 5; p++)
		for (m = 0; m < 5; m++)
			for (d = 0; d < 5; d++)
			{
				NpsGroups	a = {p, m, d};
				NpsGroups	b = {3, 1, 2};
				NpsSample	samples[2];
				NpsPair		pair;
				NpsTest		test;
				NpsHeterogeneity result;

				if (p + m + d == 0)
					continue;
				samples[0] = nps_sample_from_groups(&a);
				samples[1] = nps_sample_from_groups(&b);
				pair = nps_pair_from_groups(&a, &b);
				test = nps_test_pair(&pair, 0.95, nps_difference_method("score"));
				result = nps_heterogeneity_of(samples, 2, count_pause);
				assert_close(result.chi_square, test.z * test.z, 1e-10);
				assert_close(result.p_value, test.p_value, 1e-10);
			}
}

/* Nothing, one, equal scores of all kinds, one response each, and counts of quintillions: no NaN but where there is no figure. */
static void
corners(void **state)
{
	const NpsGroups singles[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
	const NpsGroups huge[] = {{3000000000000000000, 3000000000000000000, 3000000000000000000}, {5, 0, 4000000000}, {1, 0, 0}};
	NpsSample	samples[4];
	NpsHeterogeneity result;
	NpsEstimate raw,
				whole;
	int			i;

	(void) state;
	result = nps_heterogeneity_of(NULL, 0, count_pause);
	assert_true(isnan(result.df) && isnan(result.chi_square));

	for (i = 0; i < 4; i++)
		samples[i] = nps_sample_from_groups(&singles[i]);
	result = nps_heterogeneity_of(samples, 4, count_pause);
	assert_true(result.chi_square > 0 && result.p_value > 0 && result.p_value < 1);
	assert_true(isnan(result.spread) && isnan(result.prior_responses));

	for (i = 0; i < 3; i++)
		samples[i] = nps_sample_from_groups(&huge[i]);
	result = nps_heterogeneity_of(samples, 3, count_pause);
	assert_true(result.chi_square > 1e9 && result.p_value == 0 && result.i_squared > 0.99);
	assert_true(result.spread > 0 && result.prior_responses >= 0);

	/* Without a prior the raw figures, with an endless one the whole's. */
	raw = nps_estimate_shrunk(&singles[0], &huge[0], 0, 0.95);
	assert_true(raw.nps == 100 && raw.effective_responses == 1);
	whole = nps_estimate_shrunk(&singles[0], &huge[0], 1e15, 0.95);
	assert_close(whole.nps, 0, 1e-9);
}

/* Without passives, and segments of one size: Pearson's chi-square of a table of two columns, but for (N - 1)/N. */
static void
two_answers(void **state)
{
	NpsGroups	groups[8];
	double		expected = 0;
	int			i;

	(void) state;
	for (i = 0; i < 8; i++)
		groups[i] = (NpsGroups) {20 + 3 * i, 0, 40 - 3 * i};
	for (i = 0; i < 8; i++)
	{
		double		share = 244 / 480.0;
		double		difference = groups[i].promoters / 60.0 - share;

		expected += 60 * difference * difference / (share * (1 - share));
	}
	pauses = 0;
	assert_close(heterogeneity_of(groups, 8).chi_square, expected * 479 / 480, 1e-9);
	assert_true(pauses > 2);
}

/* One promoter against as many detractors as there can be, where the statistic is their number; and passives beside them. */
static void
ends_of_the_scale(void **state)
{
	const int64_t many[] = {1, 1000, 4000000000, 1000000000000000000};
	int			i;

	(void) state;
	for (i = 0; i < 4; i++)
	{
		NpsGroups	groups[3] = {{1, 0, 0}, {0, 0, many[i]}, {0, many[i], 0}};
		NpsHeterogeneity result = heterogeneity_of(groups, 2);

		if (many[i] <= 4000000000)
			assert_close(result.chi_square / (double) many[i], 1, 1e-6);
		assert_true(isfinite(result.chi_square) && result.i_squared >= 0 && result.i_squared <= 1);
		result = heterogeneity_of(groups, 3);
		assert_true(isfinite(result.chi_square) && result.i_squared >= 0 && result.i_squared <= 1);
	}
}

static NpsGroups
random_segment(int64_t size, int kinds)
{
	NpsGroups	segment = {0, 0, 0};

	while (nps_groups_total(&segment) == 0)
	{
		segment.promoters = random_below(size + 1) * (random_below(kinds) > 0);
		segment.passives = random_below(size + 1) * (random_below(kinds) > 0);
		segment.detractors = random_below(size + 1) * (random_below(kinds) > 0);
	}
	return segment;
}

/* Of 3,000 random sets, with counts of any size: figures within their ranges, and the mirror, in the reverse order, has the same. */
static void
every_set(void **state)
{
	int			i;
	int			j;

	(void) state;
	random_state = 22;
	for (i = 0; i < 3000; i++)
	{
		double		size = pow(10, 18 * random_share() * random_share());
		int			kinds = 2 + (int) random_below(5);
		int			length = 2 + (int) random_below(30);
		NpsGroups	groups[MOST_SEGMENTS];
		NpsGroups	mirror[MOST_SEGMENTS];
		NpsHeterogeneity result;
		NpsHeterogeneity mirrored;

		for (j = 0; j < length; j++)
		{
			groups[j] = random_segment((int64_t) pow(size, random_share()), kinds);
			mirror[length - 1 - j] = (NpsGroups) {groups[j].detractors, groups[j].passives, groups[j].promoters};
		}
		result = heterogeneity_of(groups, length);
		mirrored = heterogeneity_of(mirror, length);

		assert_true(result.chi_square >= 0 && isfinite(result.chi_square));
		assert_true(result.p_value >= 0 && result.p_value <= 1);
		assert_true(result.i_squared >= 0 && result.i_squared <= 1);
		assert_true(isnan(result.spread) || (result.spread >= 0 && result.spread <= 200));
		assert_true(isnan(result.prior_responses) || (result.prior_responses >= 0 && isfinite(result.prior_responses)));
		assert_close(mirrored.chi_square / fmax(1, result.chi_square), result.chi_square / fmax(1, result.chi_square), 1e-9);
		assert_int_equal(isnan(mirrored.spread), isnan(result.spread));
		if (!isnan(result.spread))
			assert_close(mirrored.spread, result.spread, 1e-9);
	}
}

/* A normal variate: the sum of twelve uniform ones is near enough. */
static double
random_normal(void)
{
	double		sum = -6;
	int			i;

	for (i = 0; i < 12; i++)
		sum += random_share();
	return sum;
}

/*
 * What doc/statistics.md says of 200 shops of 3 to 50 answers whose true scores
 * have a spread of 5 points around 30: how far raw and shrunk scores are from the true, root mean square,
 * and how often the shrunk interval holds it, in 100 simulated surveys.
 */
static void
simulated_shops(void **state)
{
	double		raw_error = 0;
	double		shrunk_error = 0;
	double		held = 0;
	int			survey;
	int			i;

	(void) state;
	random_state = 31;
	for (survey = 0; survey < 100; survey++)
	{
		NpsGroups	shops[200];
		double		truth[200];
		NpsGroups	whole = {0, 0, 0};
		double		prior;

		for (i = 0; i < 200; i++)
		{
			int64_t		answers = 3 + random_below(48);

			truth[i] = 0.30 + 0.05 * random_normal();
			shops[i] = (NpsGroups) {0, 0, 0};
			while (answers-- > 0)
			{
				double		share = random_share();

				count_answer(&shops[i], share < 0.35 + truth[i] / 2 ? PROMOTER : share < 0.65 + truth[i] / 2 ? PASSIVE : DETRACTOR);
			}
			whole.promoters += shops[i].promoters;
			whole.passives += shops[i].passives;
			whole.detractors += shops[i].detractors;
		}
		prior = heterogeneity_of(shops, 200).prior_responses;
		for (i = 0; i < 200; i++)
		{
			NpsEstimate raw = nps_estimate_groups(&shops[i], 0.95, &nps_interval_methods[0]);
			NpsEstimate shrunk = nps_estimate_shrunk(&shops[i], &whole, prior, 0.95);

			raw_error += pow(raw.nps - 100 * truth[i], 2) / 20000;
			shrunk_error += pow(shrunk.nps - 100 * truth[i], 2) / 20000;
			held += (shrunk.ci_lower <= 100 * truth[i] && 100 * truth[i] <= shrunk.ci_upper) / 20000.0;
		}
	}
	assert_close(sqrt(raw_error), 19.7, 0.05);
	assert_close(sqrt(shrunk_error), 5.2, 0.05);
	assert_close(held, 0.975, 0.0005);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_segments),
		cmocka_unit_test(reference_shrunk),
		cmocka_unit_test(two_are_a_pair),
		cmocka_unit_test(corners),
		cmocka_unit_test(two_answers),
		cmocka_unit_test(ends_of_the_scale),
		cmocka_unit_test(every_set),
		cmocka_unit_test(simulated_shops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
