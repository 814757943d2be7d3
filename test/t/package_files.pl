# What packages are made of: META.json keeps to the PGXN Meta Spec 1.0.0, the Debian files agree with it and with
# each other, and the archive of make dist holds what the commit holds, and builds. That all of them state
# the same version is tested in upgrade.pl; that the Debian package works, in ./dev package --check.
use strict;
use warnings;
use lib 'test/lib';
use Checkout;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use IO::Uncompress::Unzip qw($UnzipError);
use JSON::PP qw(decode_json);
use PostgreSQL::Test::Utils;
use Test::More;

my ($version) = slurp_file('nps.control') =~ /^default_version\s*=\s*'([^']+)'/m;

# --- META.json ---------------------------------------------------------------

# The spec's forms: https://pgxn.org/spec/. A version is a semantic one, a term has no blank or slash, keys beyond
# the spec's begin with x_.
my $semantic = qr/(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?/;
my $range = qr/(?:(?:==|!=|<=?|>=?)\s*)?(?:$semantic|0)/;
my $url = qr{[a-z]+://[^/\s]+\S*};
my %form = (
	string => qr/.+/s,
	version => $semantic,
	versions => qr/$range(?:,\s*$range)*/,
	term => qr{[^\s/\\[:cntrl:]]{2,}},
	tag => qr{[^/\\[:cntrl:]]{2,255}},
	url => $url,
	status => qr/stable|testing|unstable/,
	phase => qr/configure|build|test|runtime|develop/,
	relation => qr/requires|recommends|suggests|conflicts/,
	license => qr/agpl_3|apache_1_1|apache_2_0|artistic_1|artistic_2|bsd|freebsd|gfdl_1_[23]|gpl_[123]|lgpl_2_1|lgpl_3_0|mit
		|mozilla_1_[01]|openssl|perl_5|postgresql|qpl_1_0|ssleay|sun|zlib|open_source|restricted|unrestricted|unknown/x);

# A form, a list of one ([...]), or a map ({...}) of keys; "!" after a key: required; "*term": any key of that form.
my $spec = {
	'name!' => 'term', 'abstract!' => 'string', 'version!' => 'version', 'maintainer!' => ['string'], 'license!' => ['license'],
	'meta-spec!' => { 'version!' => 'version', url => 'url' },
	'provides!' => { '*term' => { 'file!' => 'string', 'version!' => 'version', abstract => 'string', docfile => 'string' } },
	description => 'string', generated_by => 'string', release_status => 'status', tags => ['tag'],
	prereqs => { '*phase' => { '*relation' => { '*term' => 'versions' } } },
	resources => { homepage => 'url', bugtracker => { web => 'url', mailto => 'string' }, repository => { web => 'url', url => 'url', type => 'string' } },
	no_index => { file => ['string'], directory => ['string'] } };

# What a value has that the spec does not allow, as a list of words.
sub faults_of
{
	my ($where, $value, $expected) = @_;

	if (ref $expected eq 'ARRAY')
	{
		return faults_of($where, $value, $expected->[0]) unless ref $value eq 'ARRAY';
		return "$where: empty" unless @$value;
		return map { faults_of("$where\[$_]", $value->[$_], $expected->[0]) } 0 .. $#$value;
	}
	if (ref $expected eq 'HASH')
	{
		return "$where: no map" unless ref $value eq 'HASH';
		my @faults = map { /^(.*)!$/ && !exists $value->{$1} ? "$where/$1: missing" : () } sort keys %$expected;
		my ($any) = map { /^\*(.*)/ ? $1 : () } keys %$expected;
		foreach my $key (sort grep { !/^x_/i } keys %$value)
		{
			my $form = $expected->{$key} // $expected->{"$key!"};
			$form //= $expected->{"*$any"} if defined $any && $key =~ /\A$form{$any}\z/;
			push @faults, defined $form ? faults_of("$where/$key", $value->{$key}, $form) : "$where/$key: unknown";
		}
		return @faults;
	}
	return !defined $value || ref $value || $value !~ /\A(?:$form{$expected})\z/ ? "$where: no $expected" : ();
}

my $text = slurp_file('META.json');
my $meta = eval { decode_json($text) };
ok($meta, 'META.json is JSON') or BAIL_OUT($@);
is_deeply([ faults_of('', $meta, $spec) ], [], 'META.json keeps to the spec');

# The spec is known well enough to find these.
foreach my $broken (
	[ '/license: no license', sub { $_[0]{license} = 'PostgreSQL' } ],
	[ '/name: missing', sub { delete $_[0]{name} } ],
	[ '/version: no version', sub { $_[0]{version} = '1.0' } ],
	[ '/version: no version', sub { $_[0]{version} = '01.0.0' } ],
	[ '/licence: unknown', sub { $_[0]{licence} = 'postgresql' } ],
	[ '/provides: no map', sub { $_[0]{provides} = ['nps'] } ],
	[ '/provides/nps/file: missing', sub { delete $_[0]{provides}{nps}{file} } ],
	[ '/provides/n p s: unknown', sub { $_[0]{provides}{'n p s'} = $_[0]{provides}{nps} } ],
	[ '/prereqs/runtime/requires/PostgreSQL: no versions', sub { $_[0]{prereqs}{runtime}{requires}{PostgreSQL} = '13' } ],
	[ '/prereqs/runtime/needs: unknown', sub { $_[0]{prereqs}{runtime}{needs} = {} } ],
	[ '/tags: empty', sub { $_[0]{tags} = [] } ],
	[ '/tags[1]: no tag', sub { $_[0]{tags}[1] = 'a/b' } ],
	[ '/resources/homepage: no url', sub { $_[0]{resources}{homepage} = 'nps' } ],
	[ '/meta-spec/version: missing', sub { delete $_[0]{'meta-spec'}{version} } ])
{
	my ($fault, $change) = @$broken;
	my $copy = decode_json($text);
	$change->($copy);
	is_deeply([ faults_of('', $copy, $spec) ], [$fault], "it would be found: $fault");
}

is($meta->{'meta-spec'}{version}, '1.0.0', 'it is the spec that it names');
is_deeply([ sort keys %{ $meta->{provides} } ], ['nps'], 'it provides the extension');
is($meta->{provides}{nps}{file}, "nps--$version.sql", 'by the install script of this version');
ok(-e $meta->{provides}{nps}{$_}, "its $_ exists") foreach qw(file docfile);

# --- debian ------------------------------------------------------------------

my $source = slurp_file('debian/control.in');
my $control = slurp_file('debian/control');
(my $made = $source) =~ s/PGVERSION/15/g;
is($control, $made, "debian/control is control.in for Debian 12's PostgreSQL");
my ($least) = slurp_file('debian/pgversions') =~ /^(\d+)\+$/m;
is("$least.0.0", $meta->{prereqs}{runtime}{requires}{PostgreSQL}, 'the packages begin with the same PostgreSQL');
unlike(slurp_file('debian/changelog'), qr/\A\S+ \([^)]*-/, 'the version has no Debian revision,');
like(slurp_file('debian/source/format'), qr/^3\.0 \(native\)$/, 'as the source format says');

my $licence = slurp_file('debian/copyright');
foreach my $paragraph (split /\n\n/, slurp_file('LICENSE'))
{
	next if $paragraph !~ /^(?:Permission|IN NO EVENT|THE NPS)/;
	(my $quoted = $paragraph) =~ s/^/ /mg;
	$quoted =~ s/\s+\z//;
	ok(index($licence, $quoted) >= 0, 'debian/copyright quotes LICENSE: ' . substr($paragraph, 0, 20));
}

# --- make dist ---------------------------------------------------------------

# Unpacks an archive beside itself: the names of its files.
sub unpack_archive
{
	my ($archive) = @_;
	my $unzip = IO::Uncompress::Unzip->new($archive) or die $UnzipError;
	my @names;

	do
	{
		my $name = $unzip->getHeaderInfo->{Name};
		my $contents = do { local $/; <$unzip> };
		if ($name !~ m{/$})
		{
			push @names, $name;
			make_path(dirname($archive) . '/' . dirname($name));
			append_to_file(dirname($archive) . "/$name", $contents // '');
		}
	} while ($unzip->nextStream == 1);
	return @names;
}

SKIP:
{
	skip 'no git', 1 if system('git --version >/dev/null 2>&1') != 0;

	# Makes of their own, without what the one that runs this test was told.
	local $ENV{PG_CONFIG} = $ENV{PG_CONFIG} // 'pg_config';
	delete local @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
	my $checkout = checkout_of_this();
	my @committed = split /\n/, `git -C '$checkout' ls-files`;

	command_ok([ 'make', '-s', '-C', $checkout, 'dist' ], 'make dist');
	my $archive = "$checkout/nps-$version.zip";
	ok(-e $archive, "makes nps-$version.zip") or BAIL_OUT('no archive');
	is(`git -C '$checkout' status --porcelain`, '', 'which git ignores');

	my @names = unpack_archive($archive);
	is_deeply([ grep { index($_, "nps-$version/") != 0 } @names ], [], 'all in one directory');
	s{^[^/]*/}{} foreach @names;
	is_deeply([ sort @names ], [ sort grep { !m{^\.} } @committed ], 'it holds what is committed, but for what speaks to git and CI');
	my %held = map { $_ => 1 } @names;
	ok($held{$_}, "it holds $_")
	  foreach qw(META.json nps.control Makefile LICENSE README.md CHANGELOG.md src/nps.h src/math/quantile.c sql/score.sql expected/score.out doc/statistics.md),
	  "nps--$version.sql";
	is_deeply([ grep { /\.(?:o|so|bc|deb|zip|log)$|^tmp_check|^results/ } @names ], [], 'and nothing that was built');

	command_ok([ 'make', '-s', '-C', "$checkout/nps-$version", 'with_llvm=no' ], 'it builds');
	ok(-s "$checkout/nps-$version/nps.so", 'into a library');
	note(scalar(@names) . ' files, ' . (-s $archive) . ' bytes');
}

done_testing();
