# rpm/nps.spec by rpmbuild, which ./dev clients does not install: the package has the name, the version and the licence of
# the extension, requires its server, and its files are those that make install installs, beside the pages.
use strict;
use warnings;
use lib 'test/lib';
use Checkout;
use Digest::SHA;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'rpmbuild is not installed' if grep { system("command -v $_ >/dev/null 2>&1") != 0 } qw(rpmbuild rpm);

my $directory = PostgreSQL::Test::Utils::tempdir();
my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
my ($major) = qx($pg_config --version) =~ /^PostgreSQL (\d+)/;
my ($version) = slurp_file('nps.control') =~ /^default_version = '(.*)'/m;

# Without what other tests have put here; and makes of its own, without what the one that runs this test was told.
chdir checkout_of_this() or die $!;
delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};

# A program's output; the test fails where the program does.
sub output_of
{
	my ($what, @command) = @_;
	my ($stdout, $stderr) = run_command(\@command);
	is($? >> 8, 0, $what) or diag($stdout, $stderr);
	return $stdout;
}

# Debian's packages stand in for those that the spec names as RPM has them.
output_of('rpmbuild builds it', 'rpmbuild', '-bb', '--build-in-place', '--nodeps', '--define', "_topdir $directory",
	'--define', "pg_config $pg_config", 'rpm/nps.spec');
my ($package) = glob("$directory/RPMS/*/*.rpm");
my @query = ('rpm', '-qp', $package);
is(output_of('what it says of itself', @query, '--qf', '%{name} %{version} %{license}'), "nps_$major $version PostgreSQL", 'name, version, licence');
like(output_of('what it requires', @query, '--requires'), qr/^postgresql$major-server$/m, 'the server');

my %digest = map { split /\t/, $_, 2 } split /\n/, output_of('its files', @query, '--qf', '[%{filenames}\t%{filedigests}\n]');
output_of('make install', 'make', '-s', 'install', "PG_CONFIG=$pg_config", "DESTDIR=$directory/installed", 'with_llvm=no');
my @installed = split /\n/, output_of('what make install installs', 'find', "$directory/installed", '-type', 'f');
cmp_ok(scalar @installed, '>=', 3, 'a library, a control file, a script');
foreach my $file (@installed)
{
	my ($place) = $file =~ /^\Q$directory\E\/installed(.*)/;
	# rpmbuild strips a library.
	my $expected = $place =~ /\.so$/ ? qr/^\w{64}$/ : qr/^${\Digest::SHA->new(256)->addfile($file)->hexdigest}$/;
	like($digest{$place}, $expected, "$place is in it");
}
foreach my $file (qw(README.md LICENSE doc/administration.md hosted/nps.sql examples/bi_views.sql))
{
	is(scalar(grep { /\/\Q$file\E$/ } keys %digest), 1, "$file is in it");
}

done_testing();
