# PGXN's client with the archive of make dist: pgxn install brings nps to a server that lacks it, and pgxn check runs the
# SQL regression there.
use strict;
use warnings;
use lib 'test/lib';
use Checkout;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
my $checkout = checkout_of_this();

# A server of its own, a copy of the one that the tests have, without nps.
my %directory = map { chomp(my $path = `$pg_config --$_`); $_ => $path } qw(bindir pkglibdir sharedir);
my ($root) = map { m{^(.*)\Q$directory{bindir}\E/postgres$} } grep { -x } map { "$_/postgres" } split /:/, $ENV{PATH};
my $copy = PostgreSQL::Test::Utils::tempdir();
system_or_bail('cp', '-R', "$root/.", $copy);
my @files = ("$directory{pkglibdir}/nps.so", map { s/^\Q$root\E//r } glob("$root$directory{sharedir}/extension/nps*"));
is(unlink(map { $copy . $_ } @files), scalar(@files), "a server without @files");
$ENV{PATH} = "$copy$directory{bindir}:$ENV{PATH}";

my $node = PostgreSQL::Test::Cluster->new('pgxn');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
isnt($node->psql('postgres', 'CREATE EXTENSION nps'), 0, 'where there is no extension nps');

# Makes of their own, without what the one that runs this test was told.
delete @ENV{qw(MFLAGS MAKELEVEL)};
$ENV{MAKEFLAGS} = '';
system_or_bail('make', '-s', '-C', $checkout, "PG_CONFIG=$pg_config", 'dist');
my ($archive) = glob("$checkout/nps-*.zip");
$ENV{MAKEFLAGS} = "-s -j2 with_llvm=no DESTDIR=$copy bindir=$copy$directory{bindir}";

# It asks for a sudo where the system's PostgreSQL is not ours to write to, though we install elsewhere.
command_ok([ 'pgxn', 'install', '--yes', '--sudo', 'env', '--pg_config', $pg_config, $archive ], 'pgxn install');
is_deeply([ grep { !-s $copy . $_ } @files ], [], 'all files are back');

$ENV{MAKEFLAGS} = "-s with_llvm=no bindir=$copy$directory{bindir}";
my ($stdout, $stderr) = run_command([ 'pgxn', 'check', '--pg_config', $pg_config, '--host', $node->host, '--port', $node->port, $archive ]);
like($stdout, qr/All \d+ tests passed/, 'pgxn check') or diag("$stdout\n$stderr");

$node->stop;
done_testing();
