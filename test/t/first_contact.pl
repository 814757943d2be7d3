# ./dev in the shell of somebody who has other servers and habits: whatever their environment says, the demo runs, and
# ./dev psql is psql, with its arguments, its input and its exit status, for files that are where the caller is.
use strict;
use warnings;
use Cwd qw(getcwd);
use IPC::Run;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'about ./dev, whatever the PostgreSQL: not on one more major' if $ENV{ONE_MORE_MAJOR};

my $dev = getcwd() . '/dev';
my $elsewhere = PostgreSQL::Test::Utils::tempdir();

# Every variable of libpq (section "Environment Variables" of its manual) and of the server's programs, each such
# that a program which heeds it fails or shows something else.
my %postgres = (
	map({ $_ => 'nonsense' } qw(PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGREQUIREAUTH PGCHANNELBINDING PGSERVICE
		  PGREQUIRESSL PGSSLMODE PGSSLNEGOTIATION PGSSLCOMPRESSION PGSSLCERTMODE PGSSLSNI PGREQUIREPEER PGSSLMINPROTOCOLVERSION
		  PGSSLMAXPROTOCOLVERSION PGGSSENCMODE PGKRBSRVNAME PGGSSLIB PGGSSDELEGATION PGCONNECT_TIMEOUT PGCLIENTENCODING
		  PGTARGETSESSIONATTRS PGLOADBALANCEHOSTS PGMINPROTOCOLVERSION PGMAXPROTOCOLVERSION PGDATESTYLE PGTZ PGGEQO
		  PGCTLTIMEOUT PG_OOM_ADJUST_VALUE)),
	map({ $_ => '/nonexistent' } qw(PGDATA PGPASSFILE PGSERVICEFILE PGSSLCERT PGSSLKEY PGSSLROOTCERT PGSSLCRL PGSSLCRLDIR
		  PGSYSCONFDIR PGLOCALEDIR PG_OOM_ADJUST_FILE PSQL_HISTORY)),
	PGOPTIONS => '-c no.such=1 -c nonsense=1', PGAPPNAME => "\t", PG_COLOR => 'always', PG_CFLAGS => '-Dint=nonsense',
	PSQLRC => "$elsewhere/psqlrc");

# And of the tools around it.
my %tools = (
	LANG => 'tr_TR.UTF-8', LC_ALL => 'nonsense', LANGUAGE => 'de', TMPDIR => '/nonexistent/' . 'long' x 50, CDPATH => '/:/tmp',
	GREP_OPTIONS => '-v', TAR_OPTIONS => '--exclude=src', POSIXLY_CORRECT => '1', ENV => '/nonexistent', BASH_ENV => '/nonexistent',
	MAKEFLAGS => '-n', MAKEFILES => '/nonexistent', DESTDIR => '/nonexistent', VPATH => '/nonexistent', COPT => '-Dint=nonsense',
	DOCS => 'nonsense', SCRIPTS => 'nonsense', PROFILE => '-Dint=nonsense', PAGER => 'false', GIT_DIR => '/nonexistent',
	map({ $_ => 'nonsense' } qw(MODULES PROGRAM HEADERS EXTRA_CFLAGS EXTRA_REGRESS_OPTS TEMP_CONFIG PROVE PROVE_FLAGS PROVE_TESTS
		  PERL5OPT PERL_UNICODE GCOV_PREFIX)));

# ./dev called by somebody elsewhere, with this input: its status, its output and what it says beside.
sub dev
{
	my ($input, @arguments) = @_;
	my ($stdout, $stderr);
	my $mask = umask 0077;

	local %ENV = (%ENV, %postgres, %tools);
	IPC::Run::run([ $dev, @arguments ], '<', \$input, '>', \$stdout, '2>', \$stderr, init => sub { chdir $elsewhere or die $! });
	umask $mask;
	return ($? >> 8, $stdout, $stderr);
}

# What is left of it for what ./dev starts: the tests of a variable that would do no harm on this machine.
my %kept = (PAGER => 'in a terminal it is the reader\'s own choice', LC_ALL => 'another', LANG => 'another');
{
	my $left;
	my $script = '. ./dev.d/environment.sh; clean_environment; umask; env -0';
	my $mask = umask 0077;
	local %ENV = (%ENV, %postgres, %tools, PG_CONFIG => '/some/pg_config', PG_TEST_EXTRA => 'some');
	IPC::Run::run([ 'sh', '-c', $script ], '>', \$left) or die $?;
	umask $mask;

	like($left, qr/\A0?022\n/, 'files that are made can be read by the server');
	$left =~ s/\A.*\n//;
	my %left = map { /\A([^=]*)=(.*)\z/s } split /\0/, $left;
	is(join(' ', grep { exists $left{$_} && !$kept{$_} } sort(keys %postgres, keys %tools)), '', 'no variable is left that would matter');
	like("$left{LC_ALL} $left{LANG}", qr/\AC(\.utf-?8)? C(\.utf-?8)?\z/i, 'and the locale is one that exists');
	is("$left{PG_CONFIG} $left{PG_TEST_EXTRA}", '/some/pg_config some', 'the PostgreSQL that was chosen stays, and settings of its tests');
}

append_to_file("$elsewhere/psqlrc", "\\echo nonsense\n");
append_to_file("$elsewhere/count.sql", "SELECT count(score) FROM responses;\n");

# The demo, with the survey's figure: 501 promoters and 71 detractors among 889 are 48.4.
my ($status, $stdout, $stderr) = dev('', 'demo');
is($status, 0, 'the demo runs') or diag($stderr);
like($stderr, qr/\ABuilding nps for PostgreSQL [^\n]*\n\z/, 'and has nothing to complain of');
like($stdout, qr/\A\nNet Promoter Score of /, 'it shows its report alone');
like($stdout, qr/^ 48\.4 \| 44\.0 to 52\.5 +\| 889 \| +78 \| +501 \| +317 \| +71 \| ░░▒▒▒/m, 'and the survey as it is');

($status, $stdout, $stderr) = dev('', 'psql', '-A', '-t', '-f', 'count.sql', '-c', q(SELECT 'two  blanks', '$HOME'));
is($status, 0, 'psql with arguments ends well') or diag($stderr);
is($stdout, "889\ntwo  blanks|\$HOME\n", 'and prints what they ask for alone');

($status, $stdout, $stderr) = dev("SELECT count(*) FROM responses;\nSELECT 1/0;\nSELECT 'not reached';\n",
	'psql', '-A', '-t', '-v', 'ON_ERROR_STOP=1');
is($status, 3, "psql's exit status is passed on");
is($stdout, "967\n", 'what it read from its input is answered');
like($stderr, qr/^ERROR:  division by zero$/m, 'up to the error');

($status, $stdout, $stderr) = dev('', 'no-such-command');
is("$status|$stdout", '2|', 'a command that there is not ends with 2');
like($stderr, qr/^usage: /, 'and the usage');

done_testing();
