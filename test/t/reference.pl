# The reference values of the unit tests once more, through SQL: rows checked and the worst deviation a file.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('reference');
$node->init;
$node->start;
$node->safe_psql('postgres', q(CREATE EXTENSION nps;
	CREATE FUNCTION survey(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql AS
		$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary $$;
	-- How far a figure is from a reference value: 0 where that is no number, since the figure does not exist.
	CREATE FUNCTION off(figure double precision, reference double precision) RETURNS double precision LANGUAGE sql AS
		$$ SELECT CASE WHEN reference IS NULL THEN 0 WHEN figure IS NULL THEN 'Infinity' ELSE abs(figure - reference) END $$));

# Loads a file of test/unit into a table named after it, as text: one p-value is below the range of a float.
sub load_reference
{
	my ($name) = @_;
	my $rows = slurp_file("test/unit/$name.csv");
	my ($header) = $rows =~ /^(.*)$/m;
	$header =~ s/\r//;
	my $columns = join(', ', map { qq("$_" text) } split /,/, $header);
	$node->safe_psql('postgres', "CREATE TABLE $name ($columns); COPY $name FROM STDIN (FORMAT csv, HEADER);\n$rows\\.\n");
}

# Runs a query for a number of rows and then deviations, each of which must stay within its tolerance.
sub check
{
	my ($name, $expected_rows, $tolerances, $query) = @_;
	my ($rows, @worst) = split /\|/, $node->safe_psql('postgres', $query);
	is($rows, $expected_rows, "$name: all rows are checked");
	for my $i (0 .. $#worst)
	{
		my ($what, $tolerance) = @{ $tolerances->[$i] };
		cmp_ok($worst[$i], '<=', $tolerance, "$name: $what within $tolerance");
		note("$name: $rows rows, worst deviation of $what $worst[$i]");
	}
}

load_reference($_) for qw(intervals differences benchmark_tests weighted clusters cluster_tests cluster_paired_tests cluster_paired_results heterogeneity shrinkage
	posterior posterior_exceeds posterior_pairs mix_rate mix_rate_totals anytime trend control finite_population);

# What is below the range of a float is 0 to one.
$node->safe_psql('postgres', join('', map { my ($table, $column) = @$_; "UPDATE $table SET $column = 0 WHERE $column ~ 'e-\\d{4,}|e-[3-9]\\d\\d';" }
	[ benchmark_tests => 'p_score' ], [ anytime => 'p_value' ], [ finite_population => 'p_value' ], [ posterior_exceeds => 'prob_greater' ]));

check('intervals', 1350, [ [ 'limits', 1e-9 ], [ 'limits from a summary', 1e-9 ] ], q(
	SELECT count(*), max(greatest(off(r.ci_lower, lower::float8), off(r.ci_upper, upper::float8))),
		max(greatest(off(s.ci_lower, lower::float8), off(s.ci_upper, upper::float8)))
	FROM intervals i,
		nps_from_counts(i.promoters::bigint, i.passives::bigint, i.detractors::bigint, conf::float8, method) r,
		nps_estimate(survey(i.promoters::bigint, i.passives::bigint, i.detractors::bigint), conf::float8, method) s));

# Beyond 10^8 responses z is good to 1e-6 and p to 1e-7.
check('differences', 207,
	[ [ 'difference', 1e-9 ], [ 'standard error', 1e-9 ], [ 'limits', 1e-8 ], [ 'z', 1e-9 ], [ 'p', 1e-9 ], [ 'z of large surveys', 1e-6 ],
		[ 'p of large surveys', 1e-7 ] ], q(
	SELECT count(*), max(off(t.difference, diff::float8)), max(off(t.standard_error, se::float8)),
		max(greatest(off(t.ci_lower, greatest(-200, lower::float8)), off(t.ci_upper, least(200, upper::float8)))),
		max(off(t.z, nullif(d.z, 'inf')::float8)) FILTER (WHERE NOT large), max(off(t.p_value, d.p_value::float8)) FILTER (WHERE NOT large),
		max(off(t.z, d.z::float8)) FILTER (WHERE large), max(off(t.p_value, d.p_value::float8)) FILTER (WHERE large)
	FROM (SELECT *, a_promoters::float8 + a_passives::float8 + a_detractors::float8 > 1e8 AS large FROM differences) d,
		nps_test(survey(a_promoters::bigint, a_passives::bigint, a_detractors::bigint),
			survey(b_promoters::bigint, b_passives::bigint, b_detractors::bigint), conf::float8, method) t));
is($node->safe_psql('postgres', q(
	SELECT count(*), count(*) FILTER (WHERE t.z IS NULL AND t.p_value = 0)
	FROM differences d, nps_test(survey(a_promoters::bigint, a_passives::bigint, a_detractors::bigint),
		survey(b_promoters::bigint, b_passives::bigint, b_detractors::bigint), conf::float8, method) t
	WHERE d.z = 'inf')), '6|6', 'an infinite statistic is NULL with a p-value of 0');

check('benchmark_tests', 60,
	[ [ 'difference', 1e-9 ], [ 'z', 1e-9 ], [ 'p', 1e-9 ], [ 'z of large surveys', 1e-6 ], [ 'p of large surveys', 1e-7 ] ], q(
	SELECT count(*), max(off(t.difference, nps::float8 - benchmark::float8)),
		max(off(t.z, z_score::float8)) FILTER (WHERE NOT large), max(off(t.p_value, p_score::float8)) FILTER (WHERE NOT large),
		max(off(t.z, z_score::float8)) FILTER (WHERE large), max(off(t.p_value, p_score::float8)) FILTER (WHERE large)
	FROM (SELECT *, promoters::float8 + passives::float8 + detractors::float8 > 1e8 AS large FROM benchmark_tests) b,
		nps_test(survey(promoters::bigint, passives::bigint, detractors::bigint), benchmark::float8) t));

check('weighted', 7, [ [ 'score and shares', 1e-9 ], [ 'standard error', 1e-9 ], [ 'effective responses', 1e-9 ], [ 'limits', 1e-9 ] ], q(
	SELECT count(*), max(greatest(off((r).nps, nps), off((r).promoter_pct, promoter_pct))), max(off((r).standard_error, se)),
		max(off((r).effective_responses, n_eff)), max(greatest(off((r).ci_lower, lower), off((r).ci_upper, upper)))
	FROM (SELECT id, w.nps::float8 AS nps, 100 * w_promoters::float8 / sum_w::float8 AS promoter_pct, se_lin::float8 AS se,
			n_eff_min::float8 AS n_eff, score95_min_lower::float8 AS lower, score95_min_upper::float8 AS upper,
			nps_weighted(split_part(response, ':', 1)::integer, split_part(response, ':', 2)::float8) AS r
		FROM weighted w, unnest(string_to_array(data, ';')) response
		GROUP BY 1, 2, 3, 4, 5, 6, 7) surveys));

# Accounts with several answers. Those that clusters.csv does not list are a wave of a panel, before__after.
$node->safe_psql('postgres', q(
	CREATE FUNCTION account(pmd text) RETURNS nps_summary LANGUAGE sql AS
		$$ SELECT survey(split_part(pmd, '/', 1)::bigint, split_part(pmd, '/', 2)::bigint, split_part(pmd, '/', 3)::bigint) $$;
	CREATE TABLE account_sets AS
	SELECT DISTINCT name, (SELECT nps_clustered_agg(account(pmd)) FROM unnest(string_to_array(clusters_pmd, ';')) pmd) AS summary FROM clusters;
	INSERT INTO account_sets
	SELECT DISTINCT * FROM (
		SELECT split_part(name, '__', 1) AS wave, nps_clustered_agg(account(before_pmd)) FROM cluster_paired_tests GROUP BY name
		UNION SELECT split_part(name, '__', 2), nps_clustered_agg(account(after_pmd)) FROM cluster_paired_tests GROUP BY name) waves
	WHERE wave NOT IN (SELECT name FROM account_sets)));
check('clusters', 156, [ [ 'sums', 0 ], [ 'score', 1e-9 ], [ 'standard error', 1e-9 ], [ 'effective responses', 1e-9 ], [ 'limits', 1e-9 ] ], q(
	SELECT count(*), count(*) FILTER (WHERE summary::text <> format('{%s,%s,%s,%s,%s,%s,%s}', clusters, c.detractors, c.passives, c.promoters, sum_zz, sum_nz, sum_nn)
			OR (r.standard_error IS NULL) <> (c.standard_error IS NULL)),
		max(off(r.nps, c.nps::float8)), max(off(r.standard_error, c.standard_error::float8)), max(off(r.effective_responses, c.effective_responses::float8)),
		max(greatest(off(r.ci_lower, c.ci_lower::float8), off(r.ci_upper, c.ci_upper::float8)))
	FROM clusters c JOIN account_sets USING (name), nps_estimate(summary, confidence::float8) r));
check('cluster_tests', 64, [ [ 'what there is', 0 ], [ 'difference', 1e-9 ], [ 'standard error', 1e-9 ], [ 'statistic', 1e-9 ], [ 'p', 1e-9 ], [ 'limits', 1e-8 ] ], q(
	SELECT count(*), count(*) FILTER (WHERE (t.p_value IS NULL) <> (c.p_value IS NULL)),
		max(off(t.difference, c.difference::float8)), max(off(t.standard_error, c.standard_error::float8)), max(off(t.z, statistic::float8)),
		max(off(t.p_value, c.p_value::float8)), max(greatest(off(t.ci_lower, CASE WHEN c.ci_lower <> '' THEN greatest(-200, c.ci_lower::float8) END),
			off(t.ci_upper, CASE WHEN c.ci_upper <> '' THEN least(200, c.ci_upper::float8) END)))
	FROM cluster_tests c JOIN account_sets a ON a.name = name_a JOIN account_sets b ON b.name = name_b, nps_test(a.summary, b.summary, confidence::float8) t));
check('cluster_paired_results', 34, [ [ 'difference', 1e-9 ], [ 'standard error', 1e-9 ], [ 't', 1e-9 ], [ 'p', 1e-9 ], [ 'limits', 1e-8 ] ], q(
	SELECT count(*), max(off((test).difference, difference::float8)), max(off((test).standard_error, standard_error::float8)), max(off((test).z, t::float8)),
		max(off((test).p_value, p_value::float8)), max(greatest(off((test).ci_lower, ci_lower::float8), off((test).ci_upper, ci_upper::float8)))
	FROM cluster_paired_results JOIN (SELECT name, nps_paired_test(account(before_pmd), account(after_pmd)) AS test FROM cluster_paired_tests GROUP BY name) tests USING (name)));

# Segments, and each of them drawn towards their whole.
$node->safe_psql('postgres', q(
	CREATE TABLE segments AS SELECT name, account(pmd) AS summary FROM heterogeneity, unnest(string_to_array(segments_pmd, ';')) pmd));
check('heterogeneity', 31, [ [ 'what there is', 0 ], [ 'chi-square', 1e-9 ], [ 'p', 1e-9 ], [ 'I squared', 1e-9 ], [ 'spread', 1e-9 ], [ 'prior, relatively', 1e-9 ] ], q(
	SELECT count(*), count(*) FILTER (WHERE (r.chi_square IS NULL) <> (h.chi_square IS NULL) OR (r.prior_responses IS NULL) <> (h.prior_responses IS NULL)
			OR r.segments <> h.segments::bigint OR r.df <> h.df::float8),
		max(off(r.chi_square, h.chi_square::float8)), max(off(r.p_value, h.p_value::float8)), max(off(r.i_squared, h.i_squared::float8)),
		max(off(r.spread, 100 * sqrt(between_variance::float8))), max(off(r.prior_responses / greatest(1, h.prior_responses::float8), h.prior_responses::float8 / greatest(1, h.prior_responses::float8)))
	FROM heterogeneity h JOIN (SELECT name, (nps_heterogeneity(summary)).* FROM segments GROUP BY name) r USING (name)));
check('shrinkage', 133, [ [ 'score', 1e-9 ], [ 'effective responses, relatively', 1e-9 ], [ 'limits', 1e-9 ], [ 'counts', 0 ] ], q(
	SELECT count(*), max(off(r.nps, shrunk_nps::float8)), max(off(r.effective_responses / s.effective_responses::float8, 1)),
		max(greatest(off(r.ci_lower, s.ci_lower::float8), off(r.ci_upper, s.ci_upper::float8))),
		count(*) FILTER (WHERE (r.promoters, r.passives, r.detractors) <> (s.promoters::bigint, s.passives::bigint, s.detractors::bigint))
	FROM shrinkage s JOIN (SELECT name, nps_agg(summary) AS whole FROM segments GROUP BY name) w USING (name),
		nps_shrink(survey(s.promoters::bigint, s.passives::bigint, s.detractors::bigint), whole, prior_responses::float8) r));

# Probabilities of the true score. The files also have another prior, which nps does not; a target next to 100 is rounded there. A survey without
# responses has no probability.
check('posterior_exceeds', 89, [ [ 'probability', 1e-8 ], [ 'probability next to 100', 1e-7 ] ], q(
	SELECT count(*), max(deviation) FILTER (WHERE NOT next_to_100), max(deviation) FILTER (WHERE next_to_100)
	FROM (SELECT 100 - abs(target::float8) < 1e-5 AS next_to_100,
			off(nps_probability(survey(promoters::bigint, passives::bigint, detractors::bigint), target::float8), prob_greater::float8) AS deviation
		FROM posterior_exceeds WHERE prior = 'jeffreys') deviations));
check('posterior', 42, [ [ 'without responses', 0 ], [ 'probability', 1e-8 ] ], q(
	SELECT count(*), count(*) FILTER (WHERE (probability IS NULL) <> nobody), max(off(probability, prob_greater)) FILTER (WHERE NOT nobody)
	FROM (SELECT (promoters, passives, detractors) = ('0', '0', '0') AS nobody, prob_greater::float8,
			nps_probability(survey(promoters::bigint, passives::bigint, detractors::bigint), benchmark::float8) AS probability
		FROM posterior WHERE prior = 'jeffreys') probabilities));
check('posterior_pairs', 13, [ [ 'probability', 1e-8 ] ], q(
	SELECT count(*), max(off(CASE WHEN margin >= 0 THEN nps_probability(a, b, margin) ELSE 1 - nps_probability(b, a, -margin) END, prob_a_exceeds_b))
	FROM (SELECT survey(promoters_a::bigint, passives_a::bigint, detractors_a::bigint) AS a, survey(promoters_b::bigint, passives_b::bigint, detractors_b::bigint) AS b,
			margin::float8, prob_a_exceeds_b::float8 FROM posterior_pairs WHERE prior = 'jeffreys') pairs));

# Segments: after minus before, NULL where there are none.
$node->safe_psql('postgres', q(
	CREATE TABLE mixed_segments AS
	SELECT name, share_before::float8, share_after::float8, rate::float8, mix::float8, contribution::float8,
		nullif(account(after_pmd), survey(0, 0, 0)) AS a, nullif(account(before_pmd), survey(0, 0, 0)) AS b FROM mix_rate));
check('mix_rate', 175, [ [ 'shares', 1e-9 ], [ 'rate', 1e-9 ], [ 'mix', 1e-9 ], [ 'contribution', 1e-9 ] ], q(
	SELECT count(*), max(greatest(off((c).share_a, share_after), off((c).share_b, share_before))), max(off((c).rate, rate)), max(off((c).mix, mix)),
		max(off((c).contribution, contribution))
	FROM (SELECT *, nps_contribution(a, b, nps_agg(a) OVER sets, nps_agg(b) OVER sets) AS c FROM mixed_segments WINDOW sets AS (PARTITION BY name)) s));
check('mix_rate_totals', 33, [ [ 'difference', 1e-9 ], [ 'rate', 1e-9 ], [ 'mix', 1e-9 ], [ 'standard error', 1e-9 ], [ 'z', 1e-9 ], [ 'p', 1e-9 ], [ 'limits', 1e-8 ] ], q(
	SELECT count(*), max(off((test).difference, change::float8)), max(off((test).rate, t.rate::float8)), max(off((test).mix, t.mix::float8)),
		max(off((test).standard_error, rate_standard_error::float8)), max(off((test).z, z::float8)), max(off((test).p_value, p_value::float8)),
		max(greatest(off((test).ci_lower, rate_ci_lower::float8), off((test).ci_upper, rate_ci_upper::float8)))
	FROM mix_rate_totals t JOIN (SELECT name, nps_mix_test(a, b) AS test FROM mixed_segments GROUP BY name) tests USING (name)));

check('anytime', 83, [ [ 'limits', 1e-9 ], [ 'limits from a summary', 1e-9 ], [ 'limits less the benchmark', 1e-9 ], [ 'p', 1e-9 ], [ 'number of z', 0 ] ], q(
	SELECT count(*), max(greatest(off(r.ci_lower, a.ci_lower::float8), off(r.ci_upper, a.ci_upper::float8))),
		max(greatest(off(s.ci_lower, a.ci_lower::float8), off(s.ci_upper, a.ci_upper::float8))),
		max(greatest(off(t.ci_lower + benchmark::float8, a.ci_lower::float8), off(t.ci_upper + benchmark::float8, a.ci_upper::float8))),
		max(off(t.p_value, a.p_value::float8)), count(t.z)
	FROM anytime a, survey(promoters::bigint, passives::bigint, detractors::bigint) summary,
		nps_from_counts(promoters::bigint, passives::bigint, detractors::bigint, confidence::float8, 'anytime') r,
		nps_estimate(summary, confidence::float8, 'anytime') s, nps_test(summary, benchmark::float8, confidence::float8, 'anytime') t));

# z reaches 10^9: relative to it.
check('finite_population', 145, [ [ 'limits', 1e-9 ], [ 'limits from a summary', 1e-9 ], [ 'limits less the benchmark', 1e-9 ], [ 'standard error', 1e-9 ],
		[ 'effective responses, relative', 1e-12 ], [ 'z', 1e-9 ], [ 'p', 1e-9 ], [ 'what there is', 0 ] ], q(
	SELECT count(*), max(greatest(off(r.ci_lower, f.ci_lower::float8), off(r.ci_upper, f.ci_upper::float8))),
		max(greatest(off(s.ci_lower, f.ci_lower::float8), off(s.ci_upper, f.ci_upper::float8))),
		max(greatest(off(t.ci_lower + benchmark::float8, f.ci_lower::float8), off(t.ci_upper + benchmark::float8, f.ci_upper::float8))),
		max(greatest(off(r.standard_error, f.standard_error::float8), off(t.standard_error, f.standard_error::float8))),
		max(off(r.effective_responses / f.effective_responses::float8, 1)) FILTER (WHERE f.effective_responses IS NOT NULL),
		max(off(t.z, f.z::float8) / greatest(1, abs(f.z::float8))), max(off(t.p_value, f.p_value::float8)),
		count(*) FILTER (WHERE (r.effective_responses IS NULL) <> (f.effective_responses IS NULL) OR (t.z IS NULL) <> (f.z IS NULL))
	FROM finite_population f, survey(promoters::bigint, passives::bigint, detractors::bigint) summary,
		nps_from_counts(promoters::bigint, passives::bigint, detractors::bigint, confidence::float8, population => f.population::bigint) r,
		nps_estimate(summary, confidence::float8, population => f.population::bigint) s,
		nps_test(summary, benchmark::float8, confidence::float8, population => f.population::bigint) t));

# The standard error is the larger of the two.
check('trend', 23, [ [ 'what there is', 0 ], [ 'slope', 1e-9 ], [ 'p', 1e-9 ], [ 'limits', 1e-9 ], [ 'standard error', 1e-9 ] ], q(
	SELECT count(*), count(*) FILTER (WHERE r.periods <> t.periods::bigint OR num_nulls(r.slope, r.p_value, r.ci_lower, r.ci_upper) <> num_nulls(t.slope, t.p_value, t.ci_lower, t.ci_upper)),
		max(off(r.slope, t.slope::float8)), max(off(r.p_value, t.p_value::float8)), max(greatest(off(r.ci_lower, t.ci_lower::float8), off(r.ci_upper, t.ci_upper::float8))),
		max(off(r.standard_error, greatest(se_sampling::float8, se_residual::float8)))
	FROM trend t, LATERAL (SELECT (nps_trend(split_part(period, ':', 1)::float8, account(split_part(period, ':', 2)))).*
		FROM unnest(string_to_array(periods_x_pmd, ';')) period) r));

check('control', 78, [ [ 'score', 1e-9 ], [ 'z', 1e-9 ], [ 'limits', 1e-9 ], [ 'verdicts', 0 ] ], q(
	SELECT count(*), max(off(r.nps, c.nps::float8)), max(off(r.z, c.z::float8)), max(greatest(off(r.lower, c.lower::float8), off(r.upper, c.upper::float8))),
		count(*) FILTER (WHERE r.outside <> c.outside::boolean OR (r.z IS NULL) <> (c.z IS NULL))
	FROM control c, nps_control(survey(promoters::bigint, passives::bigint, detractors::bigint), account(centre_pmd), dispersion::float8) r));

$node->stop;
done_testing();
