# Responses by month in partitions that pg_partman makes and drops: the answers of a plain table, counted page by page
# in every partition; and the daily summaries outlive the partitions.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

chomp(my $share = qx('@{[ $ENV{PG_CONFIG} // 'pg_config' ]}' --sharedir));
plan skip_all => 'pg_partman is not installed' if !-f "$share/extension/pg_partman.control";

my $node = PostgreSQL::Test::Cluster->new('partman');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'\nmax_parallel_workers_per_gather = 0\n");
$node->start;

sub run_sql { return $node->safe_psql('postgres', @_); }

# Responses of the last 120 days, an hour and a half apart for each segment.
run_sql(q(CREATE EXTENSION nps; CREATE SCHEMA partman; CREATE EXTENSION pg_partman SCHEMA partman;
	CREATE TABLE plain (answered_at timestamptz NOT NULL, segment integer, score nps_score);
	INSERT INTO plain SELECT now() - i * interval '540 seconds', i % 10, nullif(abs(hashint4(i)) % (9 + i % 4), 11) FROM generate_series(0, 19200) i;
	CREATE TABLE answers (LIKE plain) PARTITION BY RANGE (answered_at);
	SELECT partman.create_parent('public.answers', 'answered_at', '1 month', p_start_partition := (now() - interval '120 days')::text);
	INSERT INTO answers SELECT * FROM plain;
	ANALYZE));
my $partitions = q(SELECT count(*) FROM pg_inherits WHERE inhparent = 'answers'::regclass);
my $before = run_sql($partitions);
is(run_sql('SELECT count(*) FROM answers_default'), '0', 'every response is in a partition of its month');

my $answer = q(SELECT segment, nps(score) FROM %s GROUP BY segment ORDER BY segment);
my $plan = run_sql('EXPLAIN (COSTS OFF) ' . sprintf $answer, 'answers');
is(scalar(() = $plan =~ /NpsCountingScan/g), $before, 'every partition is counted page by page');
is(run_sql(sprintf $answer, 'answers'), run_sql(sprintf $answer, 'plain'), 'the answer of the plain table');

run_sql(q(CREATE TABLE daily AS SELECT answered_at::date AS day, segment, nps_agg(score) AS summary FROM answers GROUP BY 1, 2;
	UPDATE partman.part_config SET retention = '40 days', retention_keep_table = false WHERE parent_table = 'public.answers';
	SELECT partman.run_maintenance()));
cmp_ok(run_sql($partitions), '<', $before, 'partitions are dropped');
cmp_ok(run_sql('SELECT count(*) FROM answers'), '<', 19201 * 0.75, 'and responses with them');
is(run_sql('SELECT segment, nps(summary) FROM daily GROUP BY segment ORDER BY segment'), run_sql(sprintf $answer, 'plain'), 'their summaries stay');

note('pg_partman ' . run_sql(q(SELECT extversion FROM pg_extension WHERE extname = 'pg_partman')));
$node->stop;
done_testing();
