# The counting scan beside what is around it: concurrent transactions of each isolation level, row-level
# security with functions that tell what they see, rights, statistics, EXPLAIN, other modules, cancelling,
# EvalPlanQual, a standby. That answers are the same is shown by counting_scan_random.pl.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use IPC::Run ();

my $node = PostgreSQL::Test::Cluster->new('primary');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ], allows_streaming => 1);
$node->append_conf('postgresql.conf', "autovacuum = off\nmax_parallel_workers_per_gather = 0\njit = off");
$node->start;
my $version = $node->safe_psql('postgres', "SELECT current_setting('server_version_num')::integer / 10000");
$node->safe_psql('postgres', q(
	CREATE EXTENSION nps;
	CREATE TABLE answers (id integer, owner text, secret text, segment integer, score nps_score);
	INSERT INTO answers SELECT i, CASE WHEN i % 2 = 0 THEN 'alice' ELSE 'bob' END, 'secret ' || i, i % 10, i % 11 FROM generate_series(1, 5000) i;
	ANALYZE answers));
my $counted = q(SELECT nps_agg(score) FROM answers);
like($node->safe_psql('postgres', "EXPLAIN $counted"), qr/CountingScan/, 'the query of this test is planned with the scan');

# --- sessions that wait for each other ---------------------------------------

# A psql that is told one thing after the other.
sub session
{
	my ($name) = @_;
	my $self = { in => '', out => '', number => 0, name => $name };
	$self->{harness} = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr('postgres') ], '<', \$self->{in}, '>', \$self->{out}, '2>&1', IPC::Run::timeout(120));
	return $self;
}

# What comes out until the statements have ended.
sub ask
{
	my ($self, $statements) = @_;
	my $end = 'end ' . $self->{number}++;
	$self->{out} = '';
	$self->{in} .= "$statements\n\\echo $end\n";
	$self->{harness}->pump until $self->{out} =~ /^$end$/m;
	(my $answer = $self->{out}) =~ s/^$end\n//m;
	chomp $answer;
	return $answer;
}

# Starts what may have to wait.
sub begin_to_ask { my ($self, $statements) = @_; $self->{out} = ''; $self->{in} .= "$statements\n"; $self->{harness}->pump_nb; return; }

sub leave { my ($self) = @_; $self->{in} .= "\\q\n"; $self->{harness}->finish; return; }

my ($one, $two) = (session('one'), session('two'));
my $responses = 'SELECT (nps(score)).responses FROM answers';

ask($one, 'BEGIN ISOLATION LEVEL REPEATABLE READ;');
my $before = ask($one, "$responses;");
ask($two, "INSERT INTO answers VALUES (0, 'alice', '', 0, 10); DELETE FROM answers WHERE id IN (7, 8, 9);");
is(ask($one, "$responses;"), $before, 'REPEATABLE READ sees what was there at its start');
is(ask($two, "$responses;"), $before - 2, 'another session sees its own changes');
ask($one, 'COMMIT;');
is(ask($one, "$responses;"), $before - 2, 'and so does this one afterwards');

ask($one, 'BEGIN; INSERT INTO answers SELECT 6000 + i, NULL, NULL, 1, 9 FROM generate_series(1, 100) i; SAVEPOINT s; DELETE FROM answers WHERE id > 6050;');
is(ask($one, "$responses;"), $before + 48, 'changes of the same transaction are seen');
ask($one, 'ROLLBACK TO s;');
is(ask($one, "$responses;"), $before + 98, 'those before a savepoint rolled back');
is(ask($two, "$responses;"), $before - 2, 'no other transaction sees them');
ask($one, 'ROLLBACK;');

# A cursor has its snapshot, whatever comes after.
ask($one, "BEGIN; DECLARE c CURSOR FOR SELECT segment, nps_responses(nps_agg(score)) FROM answers GROUP BY segment ORDER BY segment; FETCH 1 FROM c; DELETE FROM answers WHERE segment = 3;");
is(ask($one, 'MOVE 2 FROM c; FETCH 1 FROM c;'), '3|500', 'a cursor keeps its snapshot');
ask($one, 'ROLLBACK;');

# Write skew: each transaction reads the score of all and adds a response because of it. Whichever order they
# are put in, one must have seen the other's; so one is refused, as without the scan.
foreach my $setting ('on', 'off')
{
	ask($_, "SET nps.counting_scan = $setting; BEGIN ISOLATION LEVEL SERIALIZABLE; $responses;") for ($one, $two);
	is(ask($one, "EXPLAIN (COSTS OFF) $responses;") =~ /CountingScan/ ? 'on' : 'off', $setting, "serializable, scan $setting: the plan");
	ask($one, "INSERT INTO answers VALUES (-1, 'alice', '', 0, 0);");
	ask($two, "INSERT INTO answers VALUES (-2, 'alice', '', 0, 0);");
	my @outcomes = map { ask($_, 'COMMIT;') } ($one, $two);
	is($outcomes[0], '', "serializable, scan $setting: the first commits");
	like($outcomes[1], qr/could not serialize access/, "serializable, scan $setting: the second is refused");
	ask($_, 'ROLLBACK;') for ($one, $two);
	ask($one, 'DELETE FROM answers WHERE id < 0;');
}
ask($_, 'SET nps.counting_scan = on;') for ($one, $two);

# An update that had to wait looks at the row anew, and at the aggregate beside it.
$node->safe_psql('postgres', 'CREATE TABLE totals (segment integer, n bigint); INSERT INTO totals VALUES (1, 0), (2, 0)');
my $update = 'UPDATE totals t SET n = t.n + (SELECT nps_responses(nps_agg(a.score)) FROM answers a WHERE a.segment = t.segment)';
ask($one, 'BEGIN; UPDATE totals SET n = 1000000;');
begin_to_ask($two, "$update;");
$node->poll_query_until('postgres', q(SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock')) or die 'the second session does not wait';
ask($one, 'COMMIT;');
ask($two, '');
is($node->safe_psql('postgres', 'SELECT string_agg(n::text, $$ $$ ORDER BY segment) FROM totals'), '1000500 1000500', 'an update after another: the new row, the aggregate');
leave($_) for ($one, $two);

# --- row-level security and rights -------------------------------------------

# The functions tell each value that they see, and are as cheap as can be. Immutable they are not, but they say so.
$node->safe_psql('postgres', q(
	CREATE ROLE alice;
	CREATE ROLE carol;
	CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS 'BEGIN RAISE NOTICE ''seen: %'', $1; RETURN true; END';
	CREATE FUNCTION tell_key(text) RETURNS text LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS 'BEGIN RAISE NOTICE ''seen: %'', $1; RETURN left($1, 3); END';
	CREATE FUNCTION tell_score(text, nps_score) RETURNS nps_score LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS 'BEGIN RAISE NOTICE ''seen: %'', $1; RETURN $2; END';
	CREATE TABLE guarded AS SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'alice' ELSE 'bob' END AS owner, 'secret ' || i AS secret, (i % 11)::nps_score AS score FROM generate_series(1, 200) i;
	ANALYZE guarded;
	ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
	CREATE POLICY own ON guarded USING (owner = current_user);
	GRANT SELECT ON guarded TO alice;
	CREATE VIEW behind WITH (security_barrier) AS SELECT * FROM guarded WHERE owner = 'alice';
	GRANT SELECT ON behind TO carol;
	GRANT SELECT (score, segment) ON answers TO carol));

foreach my $query ('SELECT nps_responses(nps_agg(score)) FROM guarded WHERE tell(secret)',
	'SELECT sum(n) FROM (SELECT tell_key(secret), nps_responses(nps_agg(score)) AS n FROM guarded GROUP BY 1) q',
	'SELECT nps_responses(nps_agg(score) FILTER (WHERE tell(secret))) FROM guarded',
	'SELECT nps_responses(nps_agg(tell_score(secret, score))) FROM guarded')
{
	my ($stdout, $stderr) = ('', '');
	like($node->safe_psql('postgres', "SET ROLE alice; EXPLAIN $query"), qr/CountingScan/, "with a policy, planned with the scan: $query");
	$node->psql('postgres', "SET ROLE alice; $query", stdout => \$stdout, stderr => \$stderr);
	is($stdout, '100', 'the rows that the policy leaves');
	my @numbers = $stderr =~ /seen: secret (\d+)/g;
	is(scalar(@numbers), 100, 'the function sees each of them');
	is(scalar(grep { $_ % 2 } @numbers), 0, 'and no other');
}
{
	my ($stdout, $stderr) = ('', '');
	$node->psql('postgres', 'SET ROLE carol; SELECT nps_responses(nps_agg(score)) FROM behind WHERE tell(secret)', stdout => \$stdout, stderr => \$stderr);
	is($stdout, '100', 'a view that is a barrier');
	is(scalar(grep { $_ % 2 } $stderr =~ /seen: secret (\d+)/g), 0, 'the function sees no row behind it');
}

# The outcome of a query as that role, with the scan and without.
sub outcomes
{
	my ($role, $query) = @_;
	return map { my ($out, $err) = ('', ''); $node->psql('postgres', "SET ROLE $role; SET nps.counting_scan = $_; $query", stdout => \$out, stderr => \$err); $err =~ s/^.*?ERROR/ERROR/; "$out$err" } ('on', 'off');
}
sub same_outcome
{
	my ($role, $query, $expected, $what) = @_;
	my ($on, $off) = outcomes($role, $query);
	like($on, $expected, $what);
	is($on, $off, "$what: the same without the scan");
	return;
}
same_outcome('carol', 'SELECT segment, nps_agg(score) FROM answers WHERE segment < 1 GROUP BY segment', qr/^0\|\{/, 'columns that a role may read');
same_outcome('carol', 'SELECT owner, nps(score) FROM answers GROUP BY owner', qr/permission denied for table answers/, 'a key that it may not');
same_outcome('carol', q(SELECT nps(score) FROM answers WHERE secret <> ''), qr/permission denied for table answers/, 'a filter that it may not');
same_outcome('alice', 'SELECT nps(score) FROM answers', qr/permission denied for table answers/, 'a table that it may not');
$node->safe_psql('postgres', 'REVOKE EXECUTE ON FUNCTION int4lt(integer, integer) FROM PUBLIC');
same_outcome('carol', 'SELECT nps(score) FROM answers WHERE segment < 5', qr/permission denied for function int4lt/, 'a function of the filter');
same_outcome('carol', 'SELECT nps(score) FILTER (WHERE segment < 5) FROM answers', qr/permission denied for function int4lt/, 'a function of FILTER');
$node->safe_psql('postgres', 'GRANT EXECUTE ON FUNCTION int4lt(integer, integer) TO PUBLIC; REVOKE EXECUTE ON FUNCTION nps_agg(nps_score) FROM PUBLIC');
same_outcome('carol', 'SELECT nps_agg(score) FROM answers', qr/permission denied for (function|aggregate) nps_agg/, 'the aggregate');
$node->safe_psql('postgres', q(GRANT EXECUTE ON FUNCTION nps_agg(nps_score) TO PUBLIC;
	GRANT CREATE ON SCHEMA public TO carol;
	SET ROLE carol;
	CREATE AGGREGATE own_agg(nps_score) (SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add, INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}', PARALLEL = SAFE);
	RESET ROLE));
like($node->safe_psql('postgres', 'EXPLAIN SELECT own_agg(score) FROM answers'), qr/CountingScan/, 'an aggregate of another name with our transition');
$node->safe_psql('postgres', 'REVOKE EXECUTE ON FUNCTION nps_accum(nps_summary, nps_score) FROM PUBLIC');
same_outcome('postgres', 'SELECT own_agg(score) FROM answers', qr/permission denied for function nps_accum/, 'a transition that its owner may not execute');
$node->safe_psql('postgres', 'GRANT EXECUTE ON FUNCTION nps_accum(nps_summary, nps_score) TO PUBLIC');

# --- generated columns -------------------------------------------------------

foreach my $kind ('STORED', $version >= 18 ? 'VIRTUAL' : ())
{
	$node->safe_psql('postgres', qq(CREATE TABLE generated_$kind (n integer, k integer GENERATED ALWAYS AS (n % 3) $kind, score nps_score, s integer GENERATED ALWAYS AS (n % 10) $kind);
		INSERT INTO generated_$kind (n, score) SELECT i, i % 11 FROM generate_series(1, 3000) i;
		ANALYZE generated_$kind));
	my $query = "SELECT k, nps_agg(score), nps_agg(s), nps_agg(score) FILTER (WHERE s > 5) FROM generated_$kind WHERE s < 8 GROUP BY k ORDER BY k";
	like($node->safe_psql('postgres', "EXPLAIN $query"), qr/CountingScan/, "columns that are generated, $kind");
	same_outcome('postgres', $query, qr/^0\|.*^1\|.*^2\|/ms, "their values, $kind");
}

# --- statistics, EXPLAIN, cancelling -----------------------------------------

# What one query adds to the table's statistics.
sub statistics
{
	my ($setting, $query) = @_;
	$node->safe_psql('postgres', "DROP TABLE IF EXISTS watched; CREATE TABLE watched AS SELECT * FROM answers; ANALYZE watched");
	$node->safe_psql('postgres', "SET nps.counting_scan = $setting; $query");
	$node->poll_query_until('postgres', q(SELECT seq_scan = 1 FROM pg_stat_user_tables WHERE relname = 'watched')) or return 'none';
	return $node->safe_psql('postgres', q(SELECT seq_scan, seq_tup_read FROM pg_stat_user_tables WHERE relname = 'watched'));
}
my $rows = $node->safe_psql('postgres', 'SELECT count(*) FROM answers');
foreach my $query ('SELECT nps(score) FROM watched', 'SELECT segment, nps(score) FROM watched WHERE segment > 3 GROUP BY segment')
{
	is(statistics('on', $query), "1|$rows", "statistics: a sequential scan of all rows: $query");
	is(statistics('off', $query), "1|$rows", 'as without');
}

my $grouped = 'SELECT segment, nps(score) FROM answers WHERE segment > 3 GROUP BY segment';
foreach my $format (qw(text json yaml xml))
{
	foreach my $options ('COSTS', 'VERBOSE', 'ANALYZE', 'ANALYZE, BUFFERS, VERBOSE', 'ANALYZE, TIMING OFF')
	{
		like($node->safe_psql('postgres', "EXPLAIN ($options, FORMAT $format) $grouped"), qr/NpsCountingScan.*answers/s, "EXPLAIN ($options, FORMAT $format)");
	}
}
my $analyzed = $node->safe_psql('postgres', "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) $grouped");
my $passing = $node->safe_psql('postgres', 'SELECT count(*) FROM answers WHERE segment > 3');
my $filtered = $rows - $passing;
like($analyzed, qr/Counted Rows: $passing\n/, 'EXPLAIN ANALYZE: the rows that are counted');
like($analyzed, qr/Seq Scan on answers \(actual rows=$passing(\.00)? loops=1\).*Rows Removed by Filter: $filtered\n/s, 'and the scan below, as if it gave them');
like($node->safe_psql('postgres', "SET nps.counting_scan = off; EXPLAIN (SETTINGS) $grouped"), qr/nps.counting_scan = 'off'/, 'EXPLAIN (SETTINGS) tells that it is off');
$analyzed = $node->safe_psql('postgres', qq(SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
	SET parallel_leader_participation = off; EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) $grouped));
like($analyzed, qr/Parallel Custom Scan.*Counted Rows: $passing\n/s, 'the rows of all workers together');

{
	my ($stdout, $stderr) = ('', '');
	$node->safe_psql('postgres', 'CREATE TABLE large AS SELECT a.* FROM answers a, generate_series(1, 200)');
	$node->psql('postgres', q(SET statement_timeout = '20ms'; SELECT repeat(segment::text, 3000) || secret, nps(score) FROM large GROUP BY 1), stdout => \$stdout, stderr => \$stderr);
	like($stderr, qr/canceling statement due to statement timeout/, 'a timeout ends it');
	is($node->safe_psql('postgres', 'SET statement_timeout = 0; ' . $responses) > 0, 1, 'and the next query is answered');
}

# --- other modules -----------------------------------------------------------

$node->append_conf('postgresql.conf', q(
shared_preload_libraries = 'pg_stat_statements,auto_explain'
auto_explain.log_min_duration = 0
auto_explain.log_analyze = on
auto_explain.log_nested_statements = on
pg_stat_statements.track = all));
$node->restart;
$node->safe_psql('postgres', 'CREATE EXTENSION pg_stat_statements; SELECT count(*) FROM pg_stat_statements_reset()');
my $offset = -s $node->logfile;
my $alone = $node->safe_psql('postgres', "SET nps.counting_scan = off; $grouped ORDER BY 1");
is($node->safe_psql('postgres', "$grouped ORDER BY 1"), $alone, 'the same answer beside auto_explain and pg_stat_statements');
my $log = substr(slurp_file($node->logfile), $offset);
like($log, qr/NpsCountingScan.*Counted Rows: $passing\n/s, 'auto_explain writes the plan, with its figures');
is($node->safe_psql('postgres', q(SELECT calls, rows FROM pg_stat_statements WHERE query LIKE 'SELECT segment, nps(score) FROM answers%')), '2|12', 'pg_stat_statements counts the two as one query, six rows each');

# A setting that is made before the library is loaded holds; others of the prefix are refused once it is.
unlike($node->safe_psql('postgres', "SET nps.counting_scan = off; EXPLAIN $counted"), qr/CountingScan/, 'switched off by the first statement of a session');
is($node->safe_psql('postgres', "$responses; SHOW nps.counting_scan") =~ /\non$/, 1, 'on where nothing is said');
unlike($node->safe_psql('postgres', "SET ROLE carol; SET nps.counting_scan = off; EXPLAIN SELECT nps_agg(score) FROM answers"), qr/CountingScan/, 'switched off by any role');
SKIP:
{
	skip 'before 15 a prefix is not reserved', 1 if $version < 15;
	my ($stdout, $stderr) = ('', '');
	$node->psql('postgres', "$responses; SET nps.counting_scans = off", stdout => \$stdout, stderr => \$stderr);
	like($stderr, qr/invalid configuration parameter name "nps.counting_scans"/, 'a name that is misspelt');
}

# --- a standby ---------------------------------------------------------------

$node->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'copy', has_streaming => 1);
$standby->start;
$node->safe_psql('postgres', q(DELETE FROM answers WHERE id % 3 = 0; UPDATE answers SET score = 10 WHERE id % 7 = 1; VACUUM answers; INSERT INTO answers SELECT i, 'dave', '', i % 10, i % 11 FROM generate_series(7000, 7999) i; BEGIN; DELETE FROM answers; ROLLBACK));
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
like($standby->safe_psql('postgres', "EXPLAIN $grouped"), qr/CountingScan/, 'a standby plans it');
is($standby->safe_psql('postgres', "$grouped ORDER BY 1"), $node->safe_psql('postgres', "SET nps.counting_scan = off; $grouped ORDER BY 1"), 'and gives the answer of the primary');
$standby->stop;
$node->stop;
done_testing();
