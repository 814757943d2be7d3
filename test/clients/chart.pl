# Charts and the report page in a real browser, headless Chromium: it parses them as SVG, no text overlaps another
# or leaves the picture, from 1 to 60 columns; and the server's own XML parser takes them, too. The font is DejaVu
# Sans, as wide as any that a browser takes for sans-serif.
use strict;
use warnings;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $directory = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('chart');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', q(
	CREATE EXTENSION nps;
	CREATE FUNCTION survey(i integer) RETURNS nps_summary LANGUAGE sql AS
		$$SELECT ARRAY[i % 4, i * 7 % 5, 1, i * 3 % 4, 2, i * 5 % 7, i % 9, 10 + i * 11 % 17, 5 + i * 13 % 23, 8 + i * 3 % 19, 10 + i * 17 % 41]::bigint[]::nps_summary$$));

# Chromium, with a profile of its own and nothing of its own business; what it prints.
sub chromium
{
	my (@arguments) = @_;
	my ($stdout, $stderr) = ('', '');
	my $profile = PostgreSQL::Test::Utils::tempdir();
	local $ENV{HOME} = $profile;
	IPC::Run::run([ 'chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars', "--user-data-dir=$profile", @arguments ],
		'>', \$stdout, '2>', \$stderr, IPC::Run::timeout(120))
	  or die "chromium failed: $stderr";
	return $stdout;
}

# Writes a file for the browser, and says where.
sub write_file
{
	my ($name, $content) = @_;
	open my $file, '>:raw', "$directory/$name" or die "$name: $!";
	print $file $content;
	close $file;
	return "file://$directory/$name";
}

# What a script has found in a page, as JSON in the element "findings".
sub findings
{
	my ($url) = @_;
	my ($json) = chromium('--window-size=1000,800', '--dump-dom', $url) =~ m{<pre id="findings"[^>]*>(.*?)</pre>}s;
	die "no findings in $url" unless $json;
	$json =~ s/&lt;/</g;
	$json =~ s/&gt;/>/g;
	$json =~ s/&nbsp;/\xc2\xa0/g;
	$json =~ s/&amp;/&/g;
	return decode_json($json);
}

# Has the browser made a picture of that size, and is there something on it?
sub is_pictured
{
	my ($url, $name, $width, $height) = @_;
	chromium("--window-size=$width,$height", "--screenshot=$directory/$name.png", $url);
	my $png = slurp_file("$directory/$name.png");
	is(join('x', unpack 'x16 N N', $png), "${width}x$height", "$name: a picture of it");
	cmp_ok(length $png, '>', $width * $height / 80, "$name: it is not blank");
}

my $measure = slurp_file('test/clients/measure.js');
my %fills;

# One chart: in the server, in the browser. What may be there depends on the labels; the rest has to hold always.
sub check_chart
{
	my ($name, $columns, $query, %expected) = @_;
	my $svg = $node->safe_psql('postgres', $query);
	is($node->safe_psql('postgres', "SELECT (xpath('count(//*[\@class=\"nps-column\"])', ($query)::xml))[1]"), $columns, "$name: the server parses it");

	my $found = findings(write_file("$name.html", qq(<!DOCTYPE html><meta charset="utf-8"><body><script type="text/plain" id="source">$svg</script>)
			. qq(<pre id="findings"></pre><script>$measure</script>)));
	ok($found->{parses}, "$name: the browser parses it") or return;
	is($found->{root}, 'http://www.w3.org/2000/svg svg', "$name: as SVG");
	is($found->{columns}, $columns, "$name: its columns");
	is($found->{unseen}, 0, "$name: every text has a width");
	is_deeply($found->{overlaps}, [], "$name: no text overlaps another, a point or a whisker");
	is_deeply($found->{outside}, [], "$name: all of it lies within the picture");
	is($found->{too_wide_for_their_bars}, 0, "$name: figures fit into their bars");
	is("@{ $found->{named} }", 'title desc', "$name: named by title and description");
	cmp_ok($found->{described}, '>', 40 * $columns, "$name: the description has the figures");
	is($found->{$_}, $expected{$_}, "$name: $_") for sort keys %expected;
	$fills{$_} = 1 for @{ $found->{fills} };
	is_pictured(write_file("$name.svg", $svg), $name, $found->{width}, $found->{height});
	return $found;
}

foreach my $columns (1, 7, 12, 30, 60)
{
	check_chart("months_$columns", $columns,
		"SELECT nps_chart(to_char(date '2021-01-01' + i * interval '1 month', 'YYYY-MM'), survey(i), 'By month' ORDER BY i) FROM generate_series(1, $columns) i",
		scores => $columns <= 12 ? $columns : 0, turned => $columns <= 12 ? 0 : $columns);
}
check_chart('twenty', 20, q(SELECT nps_chart('Team ' || i, survey(i), NULL ORDER BY i) FROM generate_series(1, 20) i));
check_chart('long', 60, q(SELECT nps_chart('Customers of region number ' || i, survey(i), repeat('A long title ', 40) ORDER BY i) FROM generate_series(1, 60) i), turned => 60);
check_chart('widest', 9, q(SELECT nps_chart(label, survey(i::integer), repeat('W', 300) ORDER BY i)
	FROM unnest(ARRAY[repeat('W', 200), repeat('@', 40), repeat('m ', 50), repeat('ОБЩЕСТВЕННАЯ ПРИЁМНАЯ ', 5), repeat('Größenmaßstäbe ', 9), repeat('MW', 7), 'i', '', NULL])
		WITH ORDINALITY u (label, i)));
check_chart('large', 60, q(SELECT nps_chart('Year ' || i, ARRAY[i, 0, 0, 0, 0, 0, 0, 1000000000000000000, 0, 0, i * 1000000000000000]::nps_summary, NULL ORDER BY i) FROM generate_series(1, 60) i));
check_chart('extremes', 6, q(SELECT nps_chart(label, summary, 'Extremes' ORDER BY label) FROM (VALUES ('all promoters', '{0,0,0,0,0,0,0,0,0,0,900}'::nps_summary), ('one promoter', '{0,0,0,0,0,0,0,0,0,0,1}'),
	('all detractors', '{900,0,0,0,0,0,0,0,0,0,0}'), ('all passives', '{0,0,0,0,0,0,0,900,0,0,0}'), ('none', '{0,0,0,0,0,0,0,0,0,0,0}'), (NULL, NULL)) AS v (label, summary)));

my $hostile = check_chart('hostile', 4, q(SELECT nps_chart(label, survey(1), '</title></svg><script>document.title = 1</script>' ORDER BY label)
	FROM unnest(ARRAY['<script>alert("1")</script>', '&amp;<&"''>', E'bell\x07 tab\t line\n end', U&'\FFFE\FFFF']) label));
is(join('|', map { /(.*): -?\d/s || /(.*?): \x{2212}?\d/s; $1 } @{ $hostile->{tooltips} }), join('|', '&amp;<&"\'>', '<script>alert("1")</script>', "bell\x{fffd} tab  line  end", "\x{fffd}\x{fffd}"),
	'hostile: text comes out as text');

# The three colours differ in lightness (CIE L*), for who sees no colour.
sub lightness
{
	my @linear = map { my $c = hex($_) / 255; $c <= 0.04045 ? $c / 12.92 : (($c + 0.055) / 1.055)**2.4 } $_[0] =~ /[0-9a-f]{2}/g;
	return 116 * (0.2126 * $linear[0] + 0.7152 * $linear[1] + 0.0722 * $linear[2])**(1 / 3) - 16;
}
my @lightness = sort { $a <=> $b } map { lightness($_) } keys %fills;
is(scalar(@lightness), 3, 'three colours');
cmp_ok($lightness[1] - $lightness[0], '>', 15, 'the darkest from the next');
cmp_ok($lightness[2] - $lightness[1], '>', 15, 'and that from the lightest');

# --- the report page -------------------------------------------------------------------------------------

$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', 'examples/carpentries.sql' ], 'the demo data load');
$node->command_ok([ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), '-f', 'examples/bi_views.sql' ], 'and its views');
my ($page, $stderr) = run_command([ 'examples/report.sh', '-d', $node->connstr('postgres') ]);
is($stderr, '', 'report.sh runs without an error');
my $script = <<'JS';
const svg = document.querySelector('svg');
document.getElementById('findings').textContent = JSON.stringify({
	mode: document.compatMode, encoding: document.characterSet, lang: document.documentElement.lang, title: document.title,
	tables: [...document.querySelectorAll('table')].map((table) => `${table.caption.textContent}: ${table.rows.length}`),
	chart: `${svg.namespaceURI} ${svg.querySelectorAll('.nps-period').length} ${document.querySelectorAll('.nps-segment').length}`,
	named: svg.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id).localName).join(' '),
	inside: svg.getBoundingClientRect().right <= innerWidth && document.documentElement.scrollWidth <= innerWidth,
	resources: performance.getEntriesByType('resource').length,
	bar: document.querySelector('.bars .bar span').getBoundingClientRect().width,
	verdict: document.querySelector('.verdict').textContent[0],
	height: document.documentElement.scrollHeight,
});
JS
(my $checked = $page) =~ s{</body>}{<pre id="findings" style="display: none"></pre><script>$script</script></body>};
my $found = findings(write_file('report_checked.html', $checked));
is("$found->{mode} $found->{encoding} $found->{lang}", 'CSS1Compat UTF-8 en', 'report: a page of this century');
is($found->{title}, 'Net Promoter Score', 'report: its title');
is_deeply($found->{tables}, [ 'Each quarter, and its change against the quarter before: 11', 'Each segment over the whole time, the highest score first: 7', 'How often each score was given: 12' ],
	'report: its tables');
is($found->{chart}, 'http://www.w3.org/2000/svg 10 6', 'report: its charts of ten quarters and six segments');
is($found->{named}, 'title desc', 'report: the chart is named');
ok($found->{inside}, 'report: nothing is wider than the window');
is($found->{resources}, 0, 'report: nothing was loaded beside the page');
cmp_ok($found->{bar}, '>', 300, 'report: bars are drawn');
is($found->{verdict}, "\x{25bc}", 'report: characters beyond ASCII arrive');
is_pictured(write_file('report.html', $page), 'report', 1000, $found->{height});

# On a phone: Chromium's own windows are wider, a frame is not.
my $framed = $page =~ s/&/&amp;/gr =~ s/"/&quot;/gr;
my $phone = findings(write_file('phone.html', qq(<!DOCTYPE html><meta charset="utf-8"><body><pre id="findings" style="display: none"></pre><iframe srcdoc="$framed" width="360" height="800" style="border: 0"></iframe>)
	. q(<script>const frame = document.querySelector('iframe'); onload = () => {
		document.getElementById('findings').textContent = JSON.stringify({ width: frame.contentDocument.documentElement.scrollWidth, rows: frame.contentDocument.querySelectorAll('tr').length }); };</script>)));
is($phone->{rows}, 11 + 7 + 12, 'report, on a phone: all of its rows');
cmp_ok($phone->{width}, '<=', 360, 'report, on a phone: nothing is wider than that');

$node->stop;
done_testing();
