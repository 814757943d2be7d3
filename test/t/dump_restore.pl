# A database that uses everything of nps comes through pg_dump and pg_restore, and through pg_upgrade, with the
# same answers: test/dump/objects.sql makes it, test/dump/answers.sql asks.
use strict;
use warnings;
use Cwd qw(getcwd);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use lib 'test/lib';
use LongText;

$ENV{PGCLIENTENCODING} = 'UTF8';
my $tmp = PostgreSQL::Test::Utils::tempdir;

# A server of its own, as like the others as can be.
sub new_node
{
	my ($name) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
	$node->append_conf('postgresql.conf', "autovacuum = off\n");
	return $node;
}

# What psql prints for a script of test/dump, which must run without an error or a warning.
sub output_of
{
	my ($node, $database, $script) = @_;
	my ($stdout, $stderr) = ('', '');
	my $ran = IPC::Run::run([ 'psql', '-X', '-d', $node->connstr($database), '-f', "test/dump/$script" ], '>', \$stdout, '2>', \$stderr);
	is($stderr, '', $node->name . ", $database: $script runs without an error");
	die "$script fails" unless $ran && $stderr eq '';
	return $stdout;
}

# A dump as one text for comparison, without the random key that newer pg_dump fences it with.
sub dump_of
{
	my ($node, $database) = @_;
	my ($dump) = run_command([ 'pg_dump', '-d', $node->connstr($database) ]);
	$dump =~ s/^\\(un)?restrict \w+$//mg;
	return $dump;
}

# A database is as the original: its answers, the extension's objects, what pg_dump makes of it, and its plans.
sub is_as
{
	my ($node, $database, $original) = @_;
	my $what = $node->name . ", $database:";

	same_text(output_of($node, $database, 'answers.sql'), $original->{answers}, "$what the same answers");
	same_text(output_of($node, $database, 'members.sql'), $original->{members}, "$what the same extension");
	same_text(dump_of($node, $database), $original->{dump}, "$what the same dump");
	is($node->safe_psql($database, 'SELECT count(*) FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE indisvalid AND relnamespace = \'public\'::regnamespace'),
		$original->{indexes}, "$what all indexes are valid");

	$node->safe_psql($database, 'ANALYZE');
	my %plans = (
		'SELECT count(*) FROM responses WHERE score = 10 AND segment IS NOT NULL' => qr/Index Cond: \(score = 10\)/,
		'SELECT id FROM responses WHERE nps_category(score) = \'passive\'' => qr/Index Cond: \(nps_category\(score\) = 'passive'::nps_category\)/,
		'SELECT id FROM responses WHERE nps_is_detractor(score) AND answered_at < \'2024-01-10\'' => qr/Index (Only )?Scan (using|on) detractors_only/,
		'SELECT * FROM by_range WHERE score >= 9' => qr/\A(?!.*(detractors|passives)).*by_range_promoters/s,
		'SELECT * FROM distinct_summaries WHERE summary = \'{1,0,0,0,0,0,0,0,0,0,0}\'' => qr/Index Cond: \(summary = /);
	foreach my $query (sort keys %plans)
	{
		like($node->safe_psql($database, "SET enable_seqscan = off; EXPLAIN (COSTS off) $query"), $plans{$query}, "$what the plan of $query");
	}
}

# --- the original -------------------------------------------------------------------

my $old = new_node('old');
$old->start;
$old->safe_psql('postgres', 'CREATE DATABASE surveys');
is(output_of($old, 'surveys', 'objects.sql'), '', 'the objects are made');

# Every type of the extension is a column's, and in arrays; every index method has one; nothing is empty.
is($old->safe_psql('surveys', q(
	SELECT string_agg(t.typname, ' ' ORDER BY t.typname) FROM pg_type t
	JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
	WHERE t.typelem = 0 AND (
		NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.atttypid = t.oid AND c.relkind = 'r')
		OR NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.atttypid = t.typarray AND c.relkind = 'r')))),
	'', 'each type of the extension is the type of a column, and of an array column');
is($old->safe_psql('surveys', q(
	SELECT string_agg(DISTINCT amname, ' ' ORDER BY amname) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
	WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace)), 'brin btree gin gist hash', 'there are indexes of five methods');
is($old->safe_psql('surveys', q(SELECT string_agg(relname, ' ') FROM pg_class
	WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace AND reltuples < 1)), '', 'no table is empty');

my %original = (answers => output_of($old, 'surveys', 'answers.sql'), members => output_of($old, 'surveys', 'members.sql'),
	dump => dump_of($old, 'surveys'),
	indexes => $old->safe_psql('surveys', q(
		SELECT count(*) FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE relnamespace = 'public'::regnamespace)));
like($original{answers}, qr/\n== end\n\z/, 'the answers are complete');
same_text(output_of($old, 'surveys', 'answers.sql'), $original{answers}, 'asking again gives the same');

# The answers are right where plain SQL can tell: counted from the raw scores as integers.
my ($quarters) = $original{answers} =~ /== reports\n((?:\d{4}-\d\d-\d\d\t.*\n)+)/;
is(join("\n", map { join '|', (split /\t/)[ 0, 1, 4 .. 7 ] } split /\n/, $quarters), $old->safe_psql('surveys', q(
	SELECT date_trunc('quarter', answered_at)::date,
		round(100.0 * (count(*) FILTER (WHERE s IN (9, 10)) - count(*) FILTER (WHERE s <= 6)) / count(s), 6),
		count(s), count(*) FILTER (WHERE s IN (9, 10)), count(*) FILTER (WHERE s IN (7, 8)), count(*) FILTER (WHERE s <= 6)
	FROM (SELECT answered_at, score::text::integer AS s FROM responses) r GROUP BY 1 ORDER BY 1)), 'the quarters are right by plain counting');
my ($by_index, $by_scan) = map { join "\n", @$_ } sub { ([ @_[ 0 .. @_ / 2 - 1 ] ], [ @_[ @_ / 2 .. $#_ ] ]) }
  ->($original{answers} =~ /^((?:responses|distinct_|every_type|daily|scores|by_)\w* .*: \d+)$/mg);
is($by_index, $by_scan, 'an index finds what a scan finds');
note(sprintf('%d lines of answers, %d indexes, %d relations, a dump of %d kB', $original{answers} =~ tr/\n//, $original{indexes},
	$old->safe_psql('surveys', q(SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace)), length($original{dump}) / 1024));

# --- dump and restore ---------------------------------------------------------------

my $new = new_node('new');
$new->start;
$new->safe_psql('postgres', "CREATE DATABASE $_") foreach qw(plain inserts custom);

# Restores with psql, which must print nothing to complain of.
sub restore_plain
{
	my ($database, @options) = @_;
	my $file = "$tmp/$database.sql";
	my ($stdout, $stderr) = ('', '');

	$old->command_ok([ 'pg_dump', @options, '-f', $file, '-d', $old->connstr('surveys') ], "pg_dump @options");
	IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $new->connstr($database), '-f', $file ], '>', \$stdout, '2>', \$stderr);
	is($stderr, '', "restored into $database");
	is_as($new, $database, \%original);
}
restore_plain('plain');
restore_plain('inserts', '--column-inserts', '--rows-per-insert=100');

$old->command_ok([ 'pg_dump', '-Fc', '-f', "$tmp/custom.dump", '-d', $old->connstr('surveys') ], 'pg_dump -Fc');
$new->command_ok([ 'pg_restore', '--exit-on-error', '-j', '2', '-d', $new->connstr('custom'), "$tmp/custom.dump" ], 'pg_restore -j 2');
is_as($new, 'custom', \%original);
$new->stop;

# --- pg_upgrade ---------------------------------------------------------------------

SKIP:
{
	my ($bindir) = grep { -x "$_/initdb" && -x "$_/postgres" } split /:/, $ENV{PATH};
	skip 'no pg_upgrade beside the server', 1 unless defined $bindir && -x "$bindir/pg_upgrade";

	my $upgraded = new_node('upgraded');
	$old->stop;

	# It leaves files where it runs.
	my $checkout = getcwd();
	chdir $tmp or die "$tmp: $!";
	my $ran = run_log([ 'pg_upgrade', '-d', $old->data_dir, '-D', $upgraded->data_dir, '-b', $bindir, '-B', $bindir,
			'-s', $upgraded->host, '-p', $old->port, '-P', $upgraded->port ]);
	chdir $checkout or die "$checkout: $!";
	ok($ran, 'pg_upgrade');
	if (!$ran)
	{
		# Its own files tell why.
		foreach my $log (glob($upgraded->data_dir . '/pg_upgrade_output.d/*/log/*.log'))
		{
			diag("$log: $_") foreach grep { /(error|fatal): /i } split /\n/, slurp_file($log);
		}
		die "pg_upgrade fails";
	}

	$upgraded->start;
	is_as($upgraded, 'surveys', \%original);

	# The index files came along as they were: each entry is still in order and points to its row.
	my $has_amcheck = $upgraded->safe_psql('postgres', "SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'");
	SKIP:
	{
		skip 'amcheck is not installed', 1 unless $has_amcheck;
		my $checked = $upgraded->safe_psql('surveys', q(
			CREATE EXTENSION amcheck;
			SELECT count(*) FROM (SELECT bt_index_parent_check(c.oid, true, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
				WHERE relkind = 'i' AND amname = 'btree' AND relnamespace = 'public'::regnamespace) checked));
		cmp_ok($checked, '>', 20, 'amcheck finds nothing wrong with the indexes that came along');
		note("indexes checked after pg_upgrade: $checked");
	}
	$upgraded->stop;
}

done_testing();
