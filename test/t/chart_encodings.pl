# Charts and text bars in databases of other encodings: what a client gets in UTF-8 is the same well-formed SVG, with
# labels cut between characters. SQL_ASCII does not know what its bytes are: those that a browser cannot read are marked.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('chart_encodings');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# Names an encoding, and a text that it can hold (as UTF-8 bytes in hex), to be repeated until it is too long.
my %texts = (
	LATIN1 => 'c384c3b6c39f', EUC_JP => 'e697a5e69cac41efbdb1', EUC_KR => 'ed959ceab5ad', EUC_CN => 'e4b8ade69687', KOI8R => 'd09ad0be',
	SQL_ASCII => 'e697a5c3b6', UTF8 => 'e697a5c3b6f09f9880');

$ENV{PGCLIENTENCODING} = 'UTF8';
my $has_xml = $node->psql('postgres', q(SELECT '<a/>'::xml)) == 0;

sub create_database
{
	my ($encoding) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE in_\L$encoding\E ENCODING '$encoding' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql("in_\L$encoding\E", 'CREATE EXTENSION nps');
	return "in_\L$encoding\E";
}

# The only chart of a database, as UTF-8, its label being made by the expression.
sub chart
{
	my ($database, $label) = @_;
	return $node->safe_psql($database, qq(SELECT nps_chart($label, '{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary, 'Title')));
}

# Is it well-formed UTF-8 XML? The parser is that of the UTF-8 database.
sub parses
{
	my ($svg) = @_;
	return 1 unless $has_xml;
	my ($stdout, $stderr);
	return $node->psql('postgres', "SELECT XMLPARSE(DOCUMENT \$svg\$$svg\$svg\$) IS NOT NULL", stdout => \$stdout, stderr => \$stderr) == 0 && $stdout eq 't';
}

# The first and the last 50 characters of a text of UTF-8 bytes.
sub both_ends
{
	my ($text) = @_;
	utf8::decode($text);
	my $kept = substr($text, 0, 50) . '...' . substr($text, -50);
	utf8::encode($kept);
	return $kept;
}

my %ascii;
foreach my $encoding (sort keys %texts)
{
	my $database = create_database($encoding);
	# Words of ours are ASCII: the same bytes everywhere.
	$ascii{ chart($database, q('A label of ASCII')) } = 1;

	my $text = pack 'H*', $texts{$encoding};
	my $svg = chart($database, "repeat('$text', 60)");
	ok(parses($svg), "$encoding: well-formed");
	my ($beginning, $ending) = $svg =~ m{<text class="nps-label"[^>]*>([^<]+)&#8230;([^<]+)</text>};
	my ($tooltip) = $svg =~ m{<g class="nps-column"><title>&#8296;(.*?)&#8297;: };
	is($tooltip, both_ends($text x 60), "$encoding: the tooltip is what is kept of it");
	like($text x 60, qr/\A\Q$beginning\E.*\Q$ending\E\z/s, "$encoding: the label is its beginning and its end");
	ok(utf8::decode($beginning) && utf8::decode($ending), "$encoding: cut between whole characters");
}
is(scalar(keys %ascii), 1, 'a chart of ASCII is the same in every encoding');

# Text bars have shades in UTF-8 alone, and are as wide everywhere.
foreach my $encoding (sort keys %texts)
{
	my $bars = $node->safe_psql("in_\L$encoding", "SELECT nps_bar('{5,0,0,0,0,0,0,2,0,3,0}'::nps_summary, 10),
		nps_bar(nps_estimate('{5,0,0,0,0,0,0,2,0,3,0}'), 10), (SELECT bar FROM nps_histogram('{5,0,0,0,0,0,0,2,0,3,0}') WHERE score = 9)");
	my ($plain, $shaded) = ('.....++###|.....++###|############', join('|', ("\xe2\x96\x91" x 5 . "\xe2\x96\x92" x 2 . "\xe2\x96\x88" x 3) x 2, "\xe2\x96\x88" x 12));
	is($bars, $encoding eq 'UTF8' ? $shaded : $plain, "$encoding: text bars");
}

# Bytes of SQL_ASCII that are no UTF-8, with some that XML forbids.
my $svg = chart('in_sql_ascii', q(E'caf\351 \001 <b>'));
ok(parses($svg), 'SQL_ASCII: bytes of another encoding do no harm');
like($svg, qr{<text class="nps-label"[^>]*>caf\xef\xbf\xbd \xef\xbf\xbd &lt;b&gt;</text>}, 'SQL_ASCII: they are marked');
# Where there is no replacement character, a question mark stands for it.
like(chart('in_latin1', q('a' || chr(1) || 'b')), qr{>a\?b</text>}, 'LATIN1: what XML forbids is a question mark');

$node->stop;
done_testing();
