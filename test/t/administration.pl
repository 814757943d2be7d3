# What doc/administration.md says beyond its SQL, which documents.pl runs: updates in all databases by the page's own
# loop, rights of the owner, other schemas, dumps without nps, and replication from and to servers without it. What it
# says of full dumps, pg_upgrade and standbys is shown by dump_restore.pl and replicas.pl.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $page = slurp_file('doc/administration.md');
my $tmp = PostgreSQL::Test::Utils::tempdir;
my $node = PostgreSQL::Test::Cluster->new('administration');
$node->init(allows_streaming => 'logical', extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# --- who may do what -----------------------------------------------------------------

$node->safe_psql('postgres', q(
	CREATE ROLE owner LOGIN;
	CREATE ROLE reader LOGIN;
	CREATE DATABASE surveys));
my %as_owner = (extra_params => [ '-U', 'owner' ]);
my %as_reader = (extra_params => [ '-U', 'reader' ]);

# The error of a statement, by role.
sub error_of
{
	my ($sql, %role) = @_;
	my (undef, undef, $error) = $node->psql('surveys', $sql, %role);
	return $error;
}

like(error_of('CREATE EXTENSION nps', %as_owner), qr/permission denied to create extension/, 'not without CREATE on the database');
$node->safe_psql('surveys', 'GRANT CREATE ON DATABASE surveys TO owner');
is(error_of('SET client_min_messages = warning; CREATE EXTENSION nps; ALTER EXTENSION nps UPDATE', %as_owner), '', 'with it, installed and updated by its owner');
like(error_of('ALTER EXTENSION nps UPDATE', %as_reader), qr/must be owner of extension nps/, 'not updated by others');
like(error_of('DROP EXTENSION nps', %as_reader), qr/must be owner of extension nps/, 'nor dropped');
like(error_of('CREATE SCHEMA elsewhere; ALTER EXTENSION nps SET SCHEMA elsewhere', %as_owner), qr/must be owner of (type|function)/, 'moved by a superuser alone');

# The commands of the page for a schema of its own, and what happens off the search_path.
my ($own_schema) = $page =~ /^```text\n(CREATE SCHEMA survey_tools;\n.*?)^```$/ms;
$node->safe_psql('surveys', 'DROP EXTENSION nps; ' . $own_schema =~ s/page_analyst/reader/r);
$node->safe_psql('surveys', q(
	CREATE TABLE answers (id integer PRIMARY KEY, score nps_score);
	INSERT INTO answers SELECT id, id % 11 FROM generate_series(1, 1000) id;
	CREATE INDEX answers_score ON answers (score);
	GRANT SELECT ON answers TO reader;
	ANALYZE answers));
my $detractors = 'SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN (COSTS OFF) SELECT id FROM answers WHERE score <= 6';
like($node->safe_psql('surveys', $detractors, %as_reader), qr/Index Cond: \(score <= 6\)/, 'on the search_path a condition uses the index');
unlike($node->safe_psql('surveys', "SET search_path = public; $detractors", %as_reader), qr/Index Cond/, 'off it, it does not');
is($node->safe_psql('surveys', q(SET search_path = public; SELECT count(*), survey_tools.nps_format(survey_tools.nps(score)) FROM answers WHERE score <= 6), %as_reader),
	$node->safe_psql('surveys', q(SELECT count(*), nps_format(nps(score)) FROM answers WHERE score::integer <= 6)), 'but is right');

# --- updates ---------------------------------------------------------------------------

# Without an older version at hand, what the loop reaches is seen by what it says: once a database that has nps.
my ($loop) = $page =~ /^```sh\n(psql .*?)^```$/ms;
$node->safe_psql('postgres', 'CREATE DATABASE "without nps"; CREATE DATABASE "with nps"');
$node->safe_psql('with nps', 'CREATE EXTENSION nps');
{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	my ($stdout, $stderr) = ('', '');
	ok(IPC::Run::run([ 'sh', '-e', '-c', $loop ], '>', \$stdout, '2>', \$stderr), 'the loop ends well');
	is(scalar(() = $stderr =~ /version "[\d.]+" of extension "nps" is already installed/g), 2, 'it updates both databases that have nps');
	unlike($stderr, qr/ERROR/, 'and passes over the others');
}

# --- dumps -------------------------------------------------------------------------------

# The database without nps stands for a server without it.
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$tmp/dump", '-d', $node->connstr('surveys') ], 'pg_dump');
$node->safe_psql('without nps', 'CREATE TABLE answers (id integer PRIMARY KEY, score smallint)');
$node->command_ok([ 'pg_restore', '--data-only', '-t', 'answers', '-d', $node->connstr('without nps'), "$tmp/dump" ], 'its rows restored without nps');
my $sum = 'SELECT count(*), sum(score::integer) FROM answers';
is($node->safe_psql('without nps', $sum), $node->safe_psql('surveys', $sum), 'a smallint takes the scores');
my ($part) = run_command([ 'pg_dump', '-t', 'answers', '-d', $node->connstr('surveys') ]);
unlike($part, qr/CREATE EXTENSION/, 'a dump of one table leaves the extension out');

# --- logical replication ---------------------------------------------------------------------

my $other = PostgreSQL::Test::Cluster->new('other');
$other->init(allows_streaming => 'logical', extra => [ '--no-locale', '--encoding=UTF8' ]);
$other->start;

# A column as published, as subscribed, and whether it has nps: the subscriber's rows are those published.
sub replicates
{
	my ($from, $to, $published, $subscribed, $name) = @_;
	$_->safe_psql('postgres', 'CREATE EXTENSION IF NOT EXISTS nps') foreach ($published =~ /nps/ ? $from : ()), ($subscribed =~ /nps/ ? $to : ());
	$from->safe_psql('postgres', "CREATE TABLE $name (id integer PRIMARY KEY, score $published);
		INSERT INTO $name VALUES (1, 0), (2, 10), (3, NULL); CREATE PUBLICATION $name FOR TABLE $name");
	$to->safe_psql('postgres', "CREATE TABLE $name (id integer PRIMARY KEY, score $subscribed)");
	$to->safe_psql('postgres', "CREATE SUBSCRIPTION $name CONNECTION '" . $from->connstr . " dbname=postgres' PUBLICATION $name");
	$to->poll_query_until('postgres', "SELECT count(*) = 3 FROM $name") or die "$name: not copied";
	$from->safe_psql('postgres', "INSERT INTO $name VALUES (4, 7); UPDATE $name SET score = 9 WHERE id = 1");
	$from->wait_for_catchup($name);
	my $rows = "SELECT string_agg(id || ':' || coalesce(score::text, '-'), ' ' ORDER BY id) FROM $name";
	is($to->safe_psql('postgres', $rows), '1:9 2:10 3:- 4:7', "$published is replicated into $subscribed");
	return;
}
replicates($other, $node, 'smallint', 'nps_score', 'from_smallint');

# What is no score stops the subscription, and the server's log says which value.
$other->safe_psql('postgres', 'INSERT INTO from_smallint VALUES (5, 11)');
my $seen = '';
foreach (1 .. 1800)
{
	($seen) = slurp_file($node->logfile) =~ /(value "11" is out of range for type nps_score)/;
	last if $seen;
	usleep(100_000);
}
ok($seen, 'what is no score stops it with an error that names the value');
is($node->safe_psql('postgres', 'SELECT count(*) FROM from_smallint WHERE id = 5'), '0', 'and the row has not come');
$node->safe_psql('postgres', 'ALTER SUBSCRIPTION from_smallint DISABLE');
$node->safe_psql('postgres', 'ALTER SUBSCRIPTION from_smallint SET (slot_name = NONE); DROP SUBSCRIPTION from_smallint');

replicates($node, $other, 'nps_score', $_, "to_$_") foreach qw(smallint integer text);
is($other->safe_psql('postgres', q(SELECT count(*) FROM pg_extension WHERE extname = 'nps')), '0', 'on a server without nps');

$other->stop;
$node->stop;
done_testing();
