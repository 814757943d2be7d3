# Citus for real: a coordinator and two workers, and a copy of each sharded table that is not sharded. Every query below is
# asked of both: the answers are equal, or Citus refuses the query; none may differ. So once more with states as text, and
# under the check of doc/scaling.md. How each is computed is seen in its plan.
use strict;
use warnings;
use lib 'test/lib';
use CitusCluster;
use Test::More;

my $responses = 12_000;
my ($coordinator, @workers) = citus_cluster();

sub run_sql { return $coordinator->safe_psql('postgres', @_); }

# --- the same tables twice --------------------------------------------------

# Some responses have no score; weights are quarters, so that their sums and the sums of their squares are
# exact in any order.
my $tables = qq(
	CREATE TABLE responses (customer_id bigint, segment integer, answered_at date, score nps_score, plain smallint, label text, weight float8);
	CREATE TABLE customers (customer_id bigint PRIMARY KEY, plan text);
	CREATE TABLE segments (segment integer PRIMARY KEY, name text);
	CREATE TABLE daily (customer_id bigint, segment integer, day date, summary nps_summary, PRIMARY KEY (customer_id, segment, day)););
run_sql("CREATE SCHEMA unsharded; CREATE SCHEMA sharded; SET search_path = unsharded, public; $tables
	INSERT INTO responses SELECT i % 400, abs(hashint4(i)) % 20, date '2025-01-01' + i % 365, score, score,
		score || CASE score WHEN 0 THEN ' - Not at all likely' WHEN 10 THEN ' - Extremely likely' ELSE '' END, abs(hashint4(-i)) % 40 / 4.0
	FROM (SELECT i, nullif(abs(hashint4(i + 7)) % (11 + i % 3), 11) % 11 AS score FROM generate_series(1, $responses) i) s;
	INSERT INTO customers SELECT i, (ARRAY['trial', 'paid', 'gold'])[1 + i % 3] FROM generate_series(0, 399) i;
	INSERT INTO segments SELECT i, 'segment ' || i FROM generate_series(0, 19) i;
	INSERT INTO daily SELECT customer_id, segment, answered_at, nps_agg(score) FROM responses GROUP BY 1, 2, 3;
	SET search_path = sharded, public; $tables");
run_sql(q(SET search_path = sharded, public;
	SELECT create_distributed_table('responses', 'customer_id');
	SELECT create_distributed_table('customers', 'customer_id', colocate_with => 'responses');
	SELECT create_distributed_table('daily', 'customer_id', colocate_with => 'responses');
	SELECT create_reference_table('segments')));
run_sql("INSERT INTO sharded.$_ SELECT * FROM unsharded.$_; ANALYZE sharded.$_") foreach qw(responses customers segments daily);
run_sql('CREATE ROLE analyst LOGIN');
run_sql('GRANT USAGE ON SCHEMA sharded, unsharded TO analyst; GRANT SELECT ON ALL TABLES IN SCHEMA unsharded TO analyst');
run_sql("GRANT SELECT ON sharded.$_ TO analyst") foreach qw(responses customers segments daily);

# --- the queries ------------------------------------------------------------

# What an account answered, and a day: the inner levels of the queries about accounts, panels and periods.
my $accounts = '(SELECT customer_id, nps_agg(score) AS summary FROM responses GROUP BY customer_id) a';
my $waves = q((SELECT customer_id, nps_agg(score) FILTER (WHERE answered_at < '2025-07-01') AS first,
	nps_agg(score) FILTER (WHERE answered_at >= '2025-07-01') AS second FROM responses GROUP BY customer_id) w);
my $halves = q((SELECT segment, nps_agg(score) FILTER (WHERE answered_at < '2025-07-01') AS first,
	nps_agg(score) FILTER (WHERE answered_at >= '2025-07-01') AS second FROM responses GROUP BY segment) h);
my $months = q((SELECT extract(month FROM answered_at)::integer AS month, nps_agg(score) AS summary FROM responses GROUP BY 1) m);

# How each is computed: "split" (a summary a group and shard comes to the coordinator), "pushed" (whole groups on the
# shards), "travels" (responses come to the coordinator), "refused"; "caught" is what the check makes an error of.
my @queries = (
	# Scores, by nothing, by the distribution column, by others.
	[ 'split', 'all' => 'SELECT nps(score) FROM responses' ],
	[ 'split', 'all, as columns' => 'SELECT (nps(score)).* FROM responses' ],
	[ 'split', 'all, summary' => 'SELECT nps_agg(score) FROM responses' ],
	[ 'pushed', 'by customer' => 'SELECT customer_id, nps(score) FROM responses GROUP BY customer_id' ],
	[ 'pushed', 'by customer and segment' => 'SELECT customer_id, segment, nps_agg(score) FROM responses GROUP BY 1, 2' ],
	[ 'split', 'by segment' => 'SELECT segment, nps(score) FROM responses GROUP BY segment' ],
	[ 'split', 'by segment, rounded columns' => 'SELECT segment, (nps_round(nps(score))).* FROM responses GROUP BY segment' ],
	[ 'split', 'by quarter' => q(SELECT date_trunc('quarter', answered_at)::date, nps_bar(nps_agg(score)) FROM responses GROUP BY 1) ],
	[ 'split', 'by category' => 'SELECT nps_category(score), count(*), nps(score) FROM responses GROUP BY 1' ],
	[ 'split', 'by score' => 'SELECT score, count(*), nps_agg(score) FROM responses GROUP BY score' ],
	[ 'pushed', 'one customer' => 'SELECT nps(score) FROM responses WHERE customer_id = 42' ],
	[ 'split', 'no responses' => 'SELECT nps(score), nps_agg(score) FROM responses WHERE segment = 99' ],
	[ 'split', 'no groups' => 'SELECT segment, nps(score) FROM responses WHERE segment = 99 GROUP BY segment' ],
	# Every type of a score.
	map([ 'split', "as $_" => "SELECT segment, nps(score::integer::$_) FROM responses GROUP BY segment" ], qw(smallint integer bigint numeric float8)),
	[ 'split', 'smallint column' => 'SELECT segment, nps(plain) FROM responses GROUP BY segment' ],
	[ 'split', 'label' => 'SELECT segment, nps(nps_parse(label)) FROM responses GROUP BY segment' ],
	[ 'split', 'expression' => 'SELECT segment, nps(CASE WHEN weight > 5 THEN score END) FROM responses GROUP BY segment' ],
	# Beside, inside and around the aggregate.
	[ 'split', 'FILTER' => q(SELECT segment, nps(score) FILTER (WHERE answered_at >= '2025-07-01') FROM responses GROUP BY segment) ],
	[ 'split', 'several' => 'SELECT segment, count(*), count(score), avg(score), min(score), max(score), nps(score) FROM responses GROUP BY segment' ],
	[ 'split', 'HAVING' => 'SELECT segment, nps(score) FROM responses GROUP BY segment HAVING (nps(score)).nps < -25' ],
	[ 'split', 'LIMIT' => 'SELECT segment, nps(score) FROM responses GROUP BY segment ORDER BY (nps(score)).nps, segment LIMIT 5' ],
	[ 'travels, caught', 'DISTINCT inside' => 'SELECT segment, nps(DISTINCT score) FROM responses GROUP BY segment' ],
	[ 'pushed', 'DISTINCT inside, by customer' => 'SELECT customer_id, nps(DISTINCT score) FROM responses GROUP BY customer_id' ],
	[ 'travels, caught', 'ORDER BY inside' => 'SELECT segment, nps(score ORDER BY weight) FROM responses GROUP BY segment' ],
	[ 'refused', 'GROUPING SETS' => 'SELECT customer_id, segment, nps(score) FROM responses GROUP BY GROUPING SETS ((customer_id), (segment), ())' ],
	[ 'refused', 'ROLLUP' => 'SELECT segment, nps(score) FROM responses GROUP BY ROLLUP (segment)' ],
	# Conditions.
	[ 'pushed', 'detractors' => 'SELECT segment, count(*) FROM responses WHERE nps_is_detractor(score) GROUP BY segment' ],
	[ 'split', 'no promoters' => 'SELECT segment, nps(score) FROM responses WHERE NOT nps_is_promoter(score) GROUP BY segment' ],
	[ 'split', 'comparison' => 'SELECT segment, nps(score) FROM responses WHERE score BETWEEN 3 AND 9::smallint GROUP BY segment' ],
	[ 'split', 'score = 99' => 'SELECT nps(score) FROM responses WHERE score = 99' ],
	[ 'split', 'list' => 'SELECT nps(score) FROM responses WHERE score IN (0, 10)' ],
	# Joins and subqueries.
	[ 'split', 'join by customer' => 'SELECT plan, nps(score) FROM responses JOIN customers USING (customer_id) GROUP BY plan' ],
	[ 'split', 'join with a reference table' => 'SELECT name, nps(score) FROM responses JOIN segments USING (segment) GROUP BY name' ],
	[ 'refused', 'join by another column' => 'SELECT nps(r.score) FROM responses r JOIN customers c ON c.customer_id = r.segment' ],
	[ 'split', 'EXISTS' => q(SELECT nps(score) FROM responses r WHERE EXISTS (SELECT FROM customers c WHERE c.customer_id = r.customer_id AND plan = 'gold')) ],
	[ 'refused', 'LATERAL' => 'SELECT s.name, n.result FROM segments s, LATERAL (SELECT nps(score) AS result FROM responses r WHERE r.segment = s.segment) n' ],
	[ 'split', 'CTE' => 'WITH r AS (SELECT segment, score FROM responses WHERE weight > 1) SELECT segment, nps(score) FROM r GROUP BY segment' ],
	[ 'travels', 'materialised CTE' => 'WITH r AS MATERIALIZED (SELECT segment, score FROM responses) SELECT segment, nps(score) FROM r GROUP BY segment' ],
	[ 'travels', 'subquery with LIMIT' => 'SELECT nps(score) FROM (SELECT score FROM responses ORDER BY answered_at, customer_id, segment, weight, score LIMIT 5000) r' ],
	[ 'split', 'UNION ALL' => 'SELECT nps(score) FROM (SELECT customer_id, score FROM responses WHERE segment < 5 UNION ALL SELECT customer_id, score FROM responses WHERE segment > 9) r' ],
	[ 'split', 'two levels' => "SELECT nps(summary) FROM $accounts" ],
	# Windows.
	[ 'pushed', 'window by customer' => 'SELECT customer_id, nps_agg(score) OVER (PARTITION BY customer_id ORDER BY answered_at, segment, weight, score ROWS 5 PRECEDING) FROM responses WHERE segment < 4' ],
	[ 'travels', 'window by segment' => 'SELECT segment, nps_agg(score) OVER (PARTITION BY segment ORDER BY answered_at) FROM responses WHERE segment < 4' ],
	[ 'split', 'window over groups' => 'SELECT month, nps(summary) OVER (ORDER BY month ROWS 2 PRECEDING) FROM ' . $months ],
	# Weights, accounts, panels, segments, periods.
	[ 'split', 'weighted' => 'SELECT segment, nps_weighted(score, weight) FROM responses GROUP BY segment' ],
	[ 'split', 'weighted summary' => 'SELECT segment, nps_weighted_agg(score, weight) FROM responses GROUP BY segment' ],
	[ 'split', 'weighted, inexact' => 'SELECT segment, nps_round(nps_weighted(score, weight / 3), 6) FROM responses GROUP BY segment' ],
	[ 'split', 'accounts' => "SELECT nps_clustered(summary) FROM $accounts" ],
	[ 'split', 'accounts, summary' => "SELECT nps_clustered_agg(summary) FROM $accounts" ],
	[ 'split', 'panel' => "SELECT nps_paired_test(second, first) FROM $waves" ],
	[ 'split', 'mix' => "SELECT nps_round(nps_mix_test(second, first), 6) FROM $halves" ],
	[ 'split', 'trend' => "SELECT nps_round(nps_trend(month, summary), 6) FROM $months" ],
	[ 'split', 'heterogeneity' => "SELECT nps_round(nps_heterogeneity(first), 6) FROM $halves" ],
	[ 'split', 'test' => q(SELECT nps_test((SELECT nps_agg(score) FROM responses WHERE answered_at >= '2025-07-01'), (SELECT nps_agg(score) FROM responses WHERE answered_at < '2025-07-01'))) ],
	[ 'split', 'estimate' => 'SELECT segment, nps_estimate(nps_agg(score), confidence => 0.9, detractor_max => 5) FROM responses GROUP BY segment' ],
	[ 'split', 'histogram' => 'SELECT h.* FROM (SELECT nps_agg(score) AS s FROM responses) x, nps_histogram(s) h' ],
	# Stored summaries.
	[ 'split', 'summaries' => q(SELECT segment, nps(summary) FROM daily GROUP BY segment) ],
	[ 'pushed', 'summaries of a customer' => q(SELECT customer_id, nps(summary) FROM daily GROUP BY customer_id) ],
	[ 'split', 'summaries by quarter' => q(SELECT date_trunc('quarter', day)::date, nps_agg(summary) FROM daily GROUP BY 1) ],
	# Charts.
	[ 'split', 'chart of months' => "SELECT nps_chart(month::text, summary, 'months' ORDER BY month) FROM $months" ],
	[ 'pushed, caught', 'chart of customers' => "SELECT nps_chart(customer_id::text, summary, 'customers' ORDER BY customer_id) FROM (SELECT customer_id, nps_agg(score) AS summary FROM responses WHERE customer_id < 9 GROUP BY customer_id) c" ],
	[ 'split', 'lines' => "SELECT nps_line_chart(month::text, summary, 'months', 0 ORDER BY month) FROM $months" ],
	[ 'split', 'ranking' => "SELECT nps_ranking_chart(segment::text, first, 'segments', NULL ORDER BY segment) FROM $halves" ],
);

# What a query gives of the tables of a schema, its rows in order, or else the error.
sub ask
{
	my ($schema, $setting, $query) = @_;
	my (undef, $rows, $error) = $coordinator->psql('postgres', "SET search_path = $schema, public; $setting; $query",
		extra_params => [ '-U', 'analyst' ]);
	return $error =~ /(ERROR:.*)/ ? $1 : join "\n", sort split /\n/, $rows;
}

# How Citus computes a query, by what its plan asks of the shards.
sub computed
{
	my ($query) = @_;
	my $plan = ask('sharded', '', "EXPLAIN (VERBOSE, COSTS OFF) $query");
	return 'refused' if $plan =~ /^ERROR/;
	my @tasks = grep { /\bsharded\.\w+_\d{6}/ } $plan =~ /^\s*Query: (.*)$/mg;
	die "no shard is asked: $plan" if !@tasks;
	return 'travels' if grep { !/\b(?:worker_(?:binary_)?partial_agg|count|nps|nps_agg)\(/ } @tasks;
	return (grep { /\bworker_(?:binary_)?partial_agg\(/ } @tasks) ? 'split' : 'pushed';
}

my %settings = (
	'' => '',
	' as text' => 'SET citus.enable_binary_protocol = off',
	' under the check' => q(SET citus.coordinator_aggregation_strategy = 'disabled'),
);
# The answer to compare with merges nothing.
my $one_step = 'SET nps.counting_scan = off; SET max_parallel_workers_per_gather = 0';
my %count;
foreach my $case (@queries)
{
	my ($how, $name, $query) = @$case;
	my $direct = ask('unsharded', $one_step, $query);
	my $under_check = $how =~ s/, caught$// ? 'refused' : $how eq 'refused' ? 'refused' : 'equal';

	is(computed($query), $how, "$name: $how");
	foreach my $setting (sort keys %settings)
	{
		my $answer = ask('sharded', $settings{$setting}, $query);
		my $verdict = $answer eq $direct ? 'equal' : $answer =~ /^ERROR/ ? 'refused' : 'different';
		my $expected = $setting =~ /check/ ? $under_check : $how eq 'refused' ? 'refused' : 'equal';

		is($verdict, $expected, "$name: $expected$setting") or diag($answer);
		$count{"$verdict$setting"}++;
	}
	unlike($direct, qr/^ERROR/, "$name: an answer to compare with");
}

my ($citus) = run_sql('SELECT citus_version()') =~ /^(Citus \S+)/;
my $server = run_sql('SHOW server_version') =~ s/ .*//r;
is(scalar(grep { /different/ } keys %count), 0, 'no answer differs');
foreach my $setting (sort keys %settings)
{
	note("$citus on PostgreSQL $server, " . @queries . " queries$setting: " . join ', ', map { ($count{"$_$setting"} // 0) . " $_" } qw(equal refused different));
}

$_->stop foreach $coordinator, @workers;
done_testing();
