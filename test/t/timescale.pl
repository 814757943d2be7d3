# Responses in a hypertable of TimescaleDB, beside the same in a plain table: equal groups, with the counting scan in every
# chunk and without; chunks left out by time and by category; a hypertable of summaries that outlives the chunks
# it was made from. What doc/scaling.md says of TimescaleDB is what is tested here.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

chomp(my $share = qx('@{[ $ENV{PG_CONFIG} // 'pg_config' ]}' --sharedir));
plan skip_all => 'TimescaleDB is not installed' if !-f "$share/extension/timescaledb.control";

my $node = PostgreSQL::Test::Cluster->new('timescale');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', join "\n", "shared_preload_libraries = 'timescaledb'", 'timescaledb.telemetry_level = off',
	"timezone = 'UTC'", 'max_parallel_workers_per_gather = 0', '');
$node->start;

sub run_sql { return $node->safe_psql('postgres', @_); }

# A plan, and how many chunks it reads.
sub plan_of
{
	my $plan = run_sql("EXPLAIN (COSTS OFF) $_[0]");
	return ($plan, scalar(() = $plan =~ /Scan on _hyper_\d+_\d+_chunk/g));
}

# A year of responses, 53 chunks of a week; some have no score. And the same with the score as one of the dimensions,
# which have to be plain integers: chunks of detractors, and of the others.
run_sql(q(CREATE EXTENSION nps; CREATE EXTENSION timescaledb;
	CREATE TABLE plain (answered_at timestamptz NOT NULL, segment integer, score nps_score);
	INSERT INTO plain SELECT timestamptz '2025-01-01' + i * interval '525 seconds', i % 20, nullif(abs(hashint4(i)) % (9 + i % 4), 11)
	FROM generate_series(0, 60000) i;
	CREATE TABLE answers (LIKE plain);
	SELECT create_hypertable('answers', by_range('answered_at', interval '7 days'));
	INSERT INTO answers SELECT * FROM plain;
	CREATE TABLE by_score (answered_at timestamptz NOT NULL, segment integer, score smallint NOT NULL);
	SELECT create_hypertable('by_score', by_range('answered_at', interval '90 days'));
	SELECT add_dimension('by_score', by_range('score', 7));
	INSERT INTO by_score SELECT * FROM plain WHERE score IS NOT NULL;
	ANALYZE));
my $chunks = run_sql(q(SELECT count(*) FROM show_chunks('answers')));
is($chunks, '53', 'chunks');

# --- equal groups -----------------------------------------------------------

my $by_month = q(SELECT date_trunc('month', answered_at) AS month, segment, nps(score) AS result FROM %s GROUP BY 1, 2);
run_sql('SET nps.counting_scan = off; CREATE TABLE expected AS ' . sprintf $by_month, 'plain');
foreach my $counting ('on', 'off')
{
	is(run_sql("SET nps.counting_scan = $counting; SELECT count(*), count(*) FILTER (WHERE h.result = expected.result) FROM expected FULL JOIN ("
		. sprintf($by_month, 'answers') . ') h USING (month, segment)'), '240|240', "groups, and how many are equal; nps.counting_scan = $counting");
}

# --- the counting scan ------------------------------------------------------

my ($plan, $read) = plan_of('SELECT segment, nps(score) FROM answers GROUP BY segment');
is(scalar(() = $plan =~ /NpsCountingScan/g), $chunks, 'every chunk is counted page by page');
my $recent = q(SELECT segment, nps(score) FROM %s WHERE answered_at >= '2025-12-15' GROUP BY segment ORDER BY segment);
($plan, $read) = plan_of(sprintf $recent, 'answers');
is($read, 3, 'of the last 17 days: chunks read');
is(scalar(() = $plan =~ /NpsCountingScan/g), 3, 'of the last 17 days: and each is counted page by page');
my $bucket = q(SELECT time_bucket('30 days', answered_at), nps(score) FROM %s GROUP BY 1 ORDER BY 1);
like((plan_of(sprintf $bucket, 'answers'))[0], qr/NpsCountingScan/, 'by time_bucket: counted page by page');
is(run_sql(sprintf $_, 'answers'), run_sql(sprintf $_, 'plain'), 'the answers of the plain table') foreach $recent, $bucket;

# Where the chunks are known at the start only, TimescaleDB reads them with a node of its own.
my $since = q(SELECT segment, nps(score) FROM %s WHERE answered_at > now() - (now() - timestamptz '2025-12-01') GROUP BY segment ORDER BY segment);
($plan) = plan_of(sprintf $since, 'answers');
like($plan, qr/ChunkAppend/, 'since a time computed from now(): TimescaleDB reads the chunks itself');
unlike($plan, qr/NpsCountingScan/, 'and the counting scan stays out of it');
is(run_sql(sprintf $since, 'answers'), run_sql(sprintf $since, 'plain'), 'and the answer is that of the plain table');

# --- chunks by category -----------------------------------------------------

is(run_sql(q(SELECT count(*) FROM show_chunks('by_score'))), '10', 'chunks by quarter and score');
foreach my $condition ('nps_is_detractor(score)', 'nps_is_promoter(score)')
{
	my $query = "SELECT segment, nps(score) FROM %s WHERE $condition GROUP BY segment ORDER BY segment";
	is((plan_of(sprintf $query, 'by_score'))[1], 5, "$condition: half of the chunks is read");
	is(run_sql(sprintf $query, 'by_score'), run_sql(sprintf $query, 'plain'), "$condition: the answer of the plain table");
}
my (undef, undef, $refused) = $node->psql('postgres', q(CREATE TABLE t (score nps_score NOT NULL); SELECT create_hypertable('t', by_range('score', 7))));
like($refused, qr/invalid type for dimension "score"/, 'an nps_score is no dimension');

# --- summaries --------------------------------------------------------------

run_sql(q(CREATE TABLE daily (day date NOT NULL, segment integer, summary nps_summary NOT NULL, PRIMARY KEY (day, segment));
	SELECT create_hypertable('daily', by_range('day', interval '90 days'));
	INSERT INTO daily SELECT answered_at::date, segment, nps_agg(score) FROM answers GROUP BY 1, 2));
my $quarters = q(SELECT date_trunc('quarter', day), nps(summary) FROM daily GROUP BY 1 ORDER BY 1);
my $kept = run_sql($quarters);
is($kept, run_sql(q(SELECT date_trunc('quarter', answered_at), nps(score) FROM plain GROUP BY 1 ORDER BY 1)), 'quarters of stored summaries');
# Weeks begin on Thursdays: the last before July ends on June 26th.
is(run_sql(q(SELECT count(*) FROM drop_chunks('answers', older_than => timestamptz '2025-07-01'))), '26', 'chunks dropped');
is(run_sql($quarters), $kept, 'the summaries of what was dropped stay');
is(run_sql('SELECT count(*) FROM answers'), run_sql(q(SELECT count(*) FROM plain WHERE answered_at >= '2025-06-26')), 'the responses are gone');

note('TimescaleDB ' . run_sql(q(SELECT extversion FROM pg_extension WHERE extname = 'timescaledb')) . ', licence ' . run_sql('SHOW timescaledb.license'));
$node->stop;
done_testing();
