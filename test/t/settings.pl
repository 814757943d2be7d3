# The regression files set every setting that they depend on: "make installcheck" passes in a running server
# whose settings are not those that PostgreSQL comes with. It runs three times: all that a user might have
# changed is changed, with autovacuum at work all the time; every query goes through a parallel worker; every
# expression is compiled. DateStyle, IntervalStyle and TimeZone are not among them, since pg_regress sets them.
use strict;
use warnings;
use Cwd qw(abs_path);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('settings');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', q(
autovacuum_naptime = 1
autovacuum_vacuum_threshold = 0
autovacuum_vacuum_scale_factor = 0
autovacuum_vacuum_insert_threshold = 0
autovacuum_vacuum_insert_scale_factor = 0
autovacuum_analyze_threshold = 0
autovacuum_analyze_scale_factor = 0
autovacuum_vacuum_cost_delay = 0
max_worker_processes = 16
log_statement = none
log_min_messages = fatal
));
$node->start;
my $version = $node->safe_psql('postgres', 'SHOW server_version_num');

my ($regress_tests) = slurp_file('Makefile') =~ /^REGRESS = ((?:.*\\\n)*.*)$/m;
my @regress_tests = grep { $_ ne '\\' } split ' ', $regress_tests;
cmp_ok(scalar @regress_tests, '>', 15, 'the Makefile lists the regression tests');

# What users change. A setting of a role precedes that of the database, by which pg_regress sets some itself.
my %otherwise = (
	array_nulls => 'off',
	bytea_output => 'escape',
	check_function_bodies => 'off',
	client_min_messages => 'debug1',
	cursor_tuple_fraction => 1,
	default_statistics_target => 5,
	default_transaction_isolation => 'serializable',
	extra_float_digits => -15,
	from_collapse_limit => 1,
	geqo_threshold => 2,
	hash_mem_multiplier => 1000,
	jit => 'off',
	max_parallel_workers => 0,
	plan_cache_mode => 'force_generic_plan',
	quote_all_identifiers => 'on',
	random_page_cost => 1.1,
	row_security => 'off',
	search_path => 'pg_catalog',
	transform_null_equals => 'on',
	work_mem => '64kB',
	xmlbinary => 'hex',
	xmloption => 'document',
	# Turned on where usually off, and the other way round.
	split(/[|\n]/, $node->safe_psql('postgres',
		q(SELECT name, CASE boot_val WHEN 'on' THEN 'off' ELSE 'on' END FROM pg_settings WHERE name LIKE 'enable\_%'))));

# An error from 19 on.
$otherwise{standard_conforming_strings} = 'off' if $version < 190000;

# Where the system has one, a language other than English.
my ($locale) = grep { /^(de|es|fr|ja|ru|sv)_.*\.utf-?8$/i } split /\n/, `locale -a`;
$otherwise{$_} = $locale foreach $locale ? qw(lc_messages lc_monetary lc_numeric lc_time) : ();
note('there is no locale but English ones') if !$locale;

my %parallel = (
	($version >= 160000 ? 'debug_parallel_query' : 'force_parallel_mode') => 'on',
	cpu_tuple_cost => 1,
	extra_float_digits => 3,
	jit => 'off',
	max_parallel_workers => 16,
	max_parallel_workers_per_gather => 4,
	min_parallel_index_scan_size => 0,
	min_parallel_table_scan_size => 0,
	parallel_leader_participation => 'off',
	parallel_setup_cost => 0,
	parallel_tuple_cost => 0,
	random_page_cost => 1000,
	work_mem => '1GB');

my %compiled = (jit => 'on', jit_above_cost => 0);

# A superuser with these settings.
sub create_user
{
	my ($user, %settings) = @_;
	$node->safe_psql('postgres', join ';', "CREATE ROLE $user SUPERUSER LOGIN", map { "ALTER ROLE $user SET $_ = '$settings{$_}'" } sort keys %settings);
	is(query($user, q(SELECT count(*) FROM pg_settings WHERE source = 'user')), scalar(keys %settings), "$user: has its settings");
}

sub query
{
	my ($user, $query) = @_;
	return $node->safe_psql('postgres', $query, extra_params => [ '-U', $user ]);
}

# What pg_regress says of all the files, run by that user; the differences where there are any.
sub installcheck
{
	my ($user) = @_;
	my $directory = PostgreSQL::Test::Utils::tempdir();
	my $inputs = abs_path('.');
	symlink("$inputs/$_", "$directory/$_") or die "$_: $!" foreach qw(sql expected);
	my @command = ($ENV{PG_REGRESS}, '--bindir=', '--inputdir=.', '--outputdir=.', '--encoding=UTF8', '--no-locale',
		'--host=' . $node->host, '--port=' . $node->port, "--user=$user", "--dbname=installcheck_$user", @regress_tests);
	my $output = '';
	my $passed = IPC::Run::run(\@command, '>', \$output, '2>&1', init => sub { chdir $directory or die $!; });
	ok($passed, "$user: every regression test passes") or diag($output, -e "$directory/regression.diffs" ? slurp_file("$directory/regression.diffs") : '');
}

create_user('otherwise', %otherwise);
installcheck('otherwise');

create_user('parallel', %parallel);
like(query('parallel', 'EXPLAIN SELECT 1'), qr/Gather/, 'parallel: a query goes through a worker');
installcheck('parallel');

SKIP:
{
	skip 'this PostgreSQL has no just-in-time compilation', 3 if query('postgres', 'SELECT pg_jit_available()') ne 't';
	skip 'compiling takes minutes: not on one more major', 3 if $ENV{ONE_MORE_MAJOR};
	create_user('compiled', %compiled);
	like(query('compiled', 'EXPLAIN (ANALYZE) SELECT count(*) FROM pg_class WHERE relpages > 1'), qr/JIT/, 'compiled: expressions are');
	installcheck('compiled');
}

$node->stop;
done_testing();
