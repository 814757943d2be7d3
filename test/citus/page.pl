# What doc/scaling.md says of Citus beside its queries, on a coordinator and two workers: shards move and keep their
# responses, a table distributed by the score, EXPLAIN ANALYZE, the counting scan on shards, columnar tables. And
# examples/citus.sql, from its first statement to its last.
use strict;
use warnings;
use lib 'test/lib';
use CitusCluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($coordinator, @workers) = citus_cluster();

sub run_sql { return $coordinator->safe_psql('postgres', @_); }

sub refusal
{
	my (undef, undef, $error) = $coordinator->psql('postgres', @_);
	return $error;
}

# --- the example ------------------------------------------------------------

# With responses, as soon as the table is distributed.
my $example = slurp_file('examples/citus.sql');
is($example =~ s{(create_distributed_table\('responses', 'customer_id'\);)}{$1
	INSERT INTO responses SELECT i % 50, current_date - i % 20, i % 9, i * 7 % 11, 1 FROM generate_series(1, 2000) i;}, 1, 'the example: filled');
my (undef, $printed, $errors) = $coordinator->psql('postgres', "$example;\\echo the end", on_error_stop => 1);
unlike($errors, qr/ERROR|WARNING/, 'the example: without error');
like($printed, qr/^the end$/m, 'the example: to its end');
unlike($printed, qr/^\d{4}-\d\d-\d\d$/m, 'the example: no day differs from the responses');
is(run_sql('SELECT sum(nps_responses(summary)), count(DISTINCT day) FROM daily_by_segment'), '800|8', 'the example: eight days are rolled up');
is(run_sql('SELECT count(*) FROM responses WHERE answered_at BETWEEN current_date - 8 AND current_date - 1'), '800', 'the example: with every response of theirs');
is(run_sql(q(SELECT count(DISTINCT nodeport) FROM citus_shards WHERE table_name = 'responses'::regclass AND shard_size > 0)), '2',
	'the example: on both workers');

# --- shards move ------------------------------------------------------------

# The first shard, from its worker to the other.
my $move = q(SELECT citus_move_shard_placement(s.shardid, s.nodename, s.nodeport, other.nodename, other.nodeport%s)
	FROM citus_shards s JOIN pg_dist_node other ON other.nodeport <> s.nodeport AND other.shouldhaveshards
	WHERE table_name = 'responses'::regclass ORDER BY s.shardid LIMIT 1);
my $answer = 'SELECT segment, nps(score) FROM responses GROUP BY segment ORDER BY segment';
my $before = run_sql($answer);
like(refusal(sprintf $move, ''), qr/REPLICA IDENTITY or PRIMARY KEY/, 'a shard without a replica identity is not moved');
run_sql(sprintf $move, ", 'force_logical'");
is(run_sql($answer), $before, "moved with shard_transfer_mode => 'force_logical': the same answer");

# --- distributed by the score -----------------------------------------------

run_sql(q(CREATE TABLE by_score (score nps_score, n integer); SELECT create_distributed_table('by_score', 'score')));
run_sql('INSERT INTO by_score SELECT i % 11, i FROM generate_series(1, 1100) i');
is(run_sql("SELECT nps_responses(nps_agg(score)) FROM by_score WHERE $_"), '100', "distributed by the score: $_") foreach 'score = 9', 'score = 9::smallint';
is(run_sql('SELECT nps_responses(nps_agg(score)) FROM by_score WHERE nps_is_promoter(score)'), '200', 'distributed by the score: promoters');
like(refusal("SELECT nps(score) FROM by_score WHERE $_"), qr/value "99" is out of range for type nps_score/, "distributed by the score, refused: $_")
	foreach 'score = 99', 'score IN (9, 99)', 'score < 99';

# --- the counting scan ------------------------------------------------------

run_sql(q(CREATE TABLE many (customer_id bigint, segment integer, score nps_score); SELECT create_distributed_table('many', 'customer_id')));
run_sql('INSERT INTO many SELECT i % 40, i % 20, i * 7 % 11 FROM generate_series(1, 80000) i; ANALYZE many');
my %plan = map { $_ => run_sql("EXPLAIN (COSTS OFF) SELECT $_, nps(score) FROM many GROUP BY $_") } qw(customer_id segment);
like($plan{customer_id}, qr/NpsCountingScan/, 'by the distribution column: shards are counted page by page');
unlike($plan{segment}, qr/NpsCountingScan/, 'by another: not, since Citus has put an aggregate of its own around it');
foreach my $key (qw(customer_id segment))
{
	my $query = "SELECT $key, nps(score) FROM many GROUP BY 1 ORDER BY 1";
	is(run_sql($query), run_sql("SELECT $key, nps_estimate(nps_agg(score)) FROM (SELECT * FROM many OFFSET 0) m GROUP BY 1 ORDER BY 1"), "by $key: the answer of the responses fetched");
}

# --- EXPLAIN ANALYZE --------------------------------------------------------

# What its executor does with the answer of a shard: of a split aggregate it reads the state, from Citus 14 on; of whole
# results it reads text only.
my ($citus) = run_sql(q(SELECT extversion FROM pg_extension WHERE extname = 'citus')) =~ /^(\d+)/;
my $split = $citus >= 14 ? 'done' : 'refused';
my %analyzed = (segment => { on => $split, off => $split }, customer_id => { on => 'refused', off => 'done' });
foreach my $key (sort keys %analyzed)
{
	foreach my $binary ('on', 'off')
	{
		my $error = refusal("SET citus.enable_binary_protocol = $binary; EXPLAIN ANALYZE SELECT $key, nps(score) FROM many GROUP BY $key");
		is($error eq '' ? 'done' : 'refused', $analyzed{$key}{$binary}, "EXPLAIN ANALYZE by $key, binary protocol $binary: $analyzed{$key}{$binary}") or diag($error);
	}
}

# --- columnar ---------------------------------------------------------------

run_sql(q(CREATE EXTENSION IF NOT EXISTS citus_columnar;
	CREATE TABLE in_rows (customer_id bigint, segment integer, answered_at date, score nps_score);
	INSERT INTO in_rows SELECT i, i % 20, date '2025-01-01' + i % 365, nullif(i * 7 % 12, 11) FROM generate_series(1, 50000) i;
	CREATE TABLE in_columns (LIKE in_rows) USING columnar;
	INSERT INTO in_columns SELECT * FROM in_rows;
	ANALYZE in_columns));
my $by_segment = 'SELECT segment, nps(score) FROM %s WHERE nps_is_passive(score) OR segment < 10 GROUP BY segment ORDER BY segment';
is(run_sql(sprintf $by_segment, 'in_columns'), run_sql(sprintf $by_segment, 'in_rows'), 'columnar: the answer of rows');
my $columnar = run_sql('EXPLAIN (COSTS OFF) ' . sprintf $by_segment, 'in_columns');
like($columnar, qr/ColumnarScan/, 'columnar: read as columns');
unlike($columnar, qr/NpsCountingScan/, 'columnar: the counting scan stays out of it');
my $smaller = run_sql(q(SELECT pg_table_size('in_rows')::float / pg_table_size('in_columns')));
cmp_ok($smaller, '>', 5, 'columnar: a fraction of the size');
note('columnar: smaller by a factor of ' . sprintf '%.1f', $smaller);

$_->stop foreach $coordinator, @workers;
done_testing();
