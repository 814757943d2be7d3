# Charts and the report page in a real browser, headless Chromium. Each kind of chart, with 1 to 60 rows, on a page as
# wide as a telephone and as wide as a desk, light and dark: no text overlaps another, a mark or the line, all lies inside, text
# is large enough and stands out from what it is on. As an image, too; and rsvg-convert makes the PNG that doc/charts.md
# promises. The font is DejaVu Sans, as wide as any that a browser takes for sans-serif.
use strict;
use warnings;
use lib 'test/lib';
use JSON::PP;
use Png;
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

# --- the browser -------------------------------------------------------------------------------------------

# With a profile of its own and nothing of its own business, in one of the two colour schemes; what it prints.
sub chromium
{
	my ($scheme, @arguments) = @_;
	my ($stdout, $stderr) = ('', '');
	my $profile = PostgreSQL::Test::Utils::tempdir();
	local $ENV{HOME} = $profile;
	IPC::Run::run([ 'chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars', "--user-data-dir=$profile",
			'--blink-settings=preferredColorScheme=' . { dark => 0, light => 1 }->{$scheme}, @arguments ],
		'>', \$stdout, '2>', \$stderr, IPC::Run::timeout(300))
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
	my ($scheme, $url) = @_;
	my ($json) = chromium($scheme, '--window-size=1300,800', '--dump-dom', $url) =~ m{<pre id="findings"[^>]*>(.*?)</pre>}s;
	die "no findings in $url" unless $json;
	$json =~ s/&lt;/</g;
	$json =~ s/&gt;/>/g;
	$json =~ s/&nbsp;/\xc2\xa0/g;
	$json =~ s/&amp;/&/g;
	return decode_json($json);
}

# The picture that the browser makes of a page, as PNG.
sub picture_of
{
	my ($scheme, $url, $width, $height) = @_;
	chromium($scheme, "--window-size=$width,$height", "--screenshot=$directory/picture.png", $url);
	return slurp_file("$directory/picture.png");
}

# --- the charts --------------------------------------------------------------------------------------------

my %svg;
my %rows;
my %aggregates = (columns => 'nps_chart(%s, %s, %s ORDER BY i)', line => 'nps_line_chart(%s, %s, %s, 40 ORDER BY i)', ranking => 'nps_ranking_chart(%s, %s, %s, NULL ORDER BY i)');

# One of each kind, of expressions over i from a source of that many rows.
sub draw
{
	my ($name, $number, $label, $x, $title, $source) = @_;
	foreach my $kind (sort keys %aggregates)
	{
		my $query = sprintf "SELECT $aggregates{$kind} FROM $source", $label, $x, $title;
		$svg{"$kind $name"} = $node->safe_psql('postgres', $query);
		$rows{"$kind $name"} = $number;
		is($node->safe_psql('postgres', "SELECT (xpath('count(//*[local-name()=''g''])', ($query)::xml))[1]"), $number, "$kind $name: the server parses it");
	}
}

draw("months $_", $_, q(to_char(date '2021-01-01' + i * interval '1 month', 'YYYY-MM')), 'survey(i)', q('By month'), "generate_series(1, $_) i") foreach 1, 2, 7, 12, 30, 60;
draw('with gaps', 20, q('Team ' || i), 'CASE WHEN i % 4 > 0 AND i % 7 <> 2 THEN survey(i) END', 'NULL', 'generate_series(1, 20) i');
draw('long', 60, q('Customers of region number ' || i), 'survey(i)', q(repeat('A long title ', 40)), 'generate_series(1, 60) i');
draw('widest', 9, 'label', 'survey(i::integer)', q(repeat('W', 300)),
	q(unnest(ARRAY[repeat('W', 200), repeat('@', 40), repeat('m ', 50), repeat('ОБЩЕСТВЕННАЯ ПРИЁМНАЯ ', 5), repeat('Größenmaßstäbe ', 9), repeat('MW', 7), 'שירות לקוחות', '', NULL]) WITH ORDINALITY u (label, i)));
draw('large', 30, q('Year ' || i), 'ARRAY[i, 0, 0, 0, 0, 0, 0, 1000000000000000, 0, 0, i * 1000000000000]::nps_summary', 'NULL', 'generate_series(1::bigint, 30) i');
draw('extremes', 6, 'i', 'summary', q('Extremes'), q((VALUES ('all promoters', '{0,0,0,0,0,0,0,0,0,0,900}'::nps_summary), ('one promoter', '{0,0,0,0,0,0,0,0,0,0,1}'),
	('all detractors', '{900,0,0,0,0,0,0,0,0,0,0}'), ('all passives', '{0,0,0,0,0,0,0,900,0,0,0}'), ('none', '{0,0,0,0,0,0,0,0,0,0,0}'), (NULL, NULL)) AS v (i, summary)));
draw('far from 0', 5, 'i::text', 'ARRAY[1, 0, 0, 0, 0, 0, 0, 20, 0, 0, 300 + i]::bigint[]::nps_summary', q('High'), 'generate_series(1, 5) i');
draw('far below 0', 5, 'i::text', 'ARRAY[300 + i, 0, 0, 0, 0, 0, 0, 20, 0, 0, 1]::bigint[]::nps_summary', q('Low'), 'generate_series(1, 5) i');
draw('hostile', 4, 'i', 'survey(1)', q('</title></svg><script>document.title = 1</script>'), q(unnest(ARRAY['<script>alert("1")</script>', '&amp;<&"''>', E'bell\x07 tab\t line\n end', U&'\FFFE\FFFF']) i));

# --- on a page, narrow and wide, light and dark ----------------------------------------------------------------

my $measure = slurp_file('test/clients/measure.js');
my $sources = join '', map { qq(<script type="text/plain" class="source" data-name="$_">$svg{$_}</script>) } sort keys %svg;
my %papers = (light => 'rgb(255, 255, 255)', dark => 'rgb(27, 31, 36)');
my %fills;
my $hostile;

foreach my $width (320, 1280)
{
	my $page = write_file("charts_$width.html", qq(<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0; width: ${width}px } svg { display: block; width: 100% }</style><body>)
		. qq(<pre id="findings" style="display: none"></pre>$sources<script>$measure</script>));
	foreach my $scheme ('light', 'dark')
	{
		my $found = findings($scheme, $page);
		my $where = "$width px, $scheme";
		is($found->{is_dark} ? 'dark' : 'light', $scheme, "$where: that is what the reader prefers");
		is_deeply($found->{ids_twice}, [], "$where: no id is there twice");
		is($found->{resources}, 0, "$where: nothing was loaded beside the page");
		foreach my $name (sort keys %svg)
		{
			my $chart = $found->{charts}{$name};
			subtest "$where: $name" => sub {
				ok($chart->{parses}, 'the browser parses it') or return;
				is($chart->{root}, 'http://www.w3.org/2000/svg svg', 'as SVG');
				is($chart->{rows}, $rows{$name}, 'its rows');
				is($chart->{unseen}, 0, 'every text has a width');
				is_deeply($chart->{overlaps}, [], 'no text overlaps another, a point, a whisker or the line');
				is_deeply($chart->{outside}, [], 'all of it lies within the picture');
				is($chart->{too_wide_for_their_bars}, 0, 'figures fit into their bars');
				is($chart->{named}, 'title desc', 'named by its own title and description');
				cmp_ok($chart->{described}, '>', 15 * $rows{$name}, 'the description has the figures');
				cmp_ok($chart->{least_contrast}, '>=', 4.5, 'every text stands out from what it is on');
				is($chart->{paper}, $papers{$scheme}, "it is $scheme");
				is($chart->{width}, $width, 'it fills the page');
				cmp_ok($chart->{smallest_text}, '>=', 9 * $width / 320, 'no text is small') if $chart->{natural} == 640;
				is($chart->{slide}, 16 / 9, 'it is a slide') if $name =~ /^line/ || $name eq 'ranking far from 0';
			};
			$fills{$scheme}{$_} = 1 for @{ $chart->{fills} };
		}
		$hostile = $found->{charts}{'columns hostile'};
	}
}
is(join('|', map { /(.*): \x{2212}?\d/s; $1 =~ s/[\x{2068}\x{2069}]//gr } @{ $hostile->{tooltips} }), join('|', '&amp;<&"\'>', '<script>alert("1")</script>', "bell\x{fffd} tab  line  end", "\x{fffd}\x{fffd}"),
	'hostile: text comes out as text');

# The three colours of the bars differ in lightness (CIE L*), for who sees no colour.
sub lightness
{
	my @linear = map { my $c = $_ / 255; $c <= 0.04045 ? $c / 12.92 : (($c + 0.055) / 1.055)**2.4 } $_[0] =~ /\d+/g;
	return 116 * (0.2126 * $linear[0] + 0.7152 * $linear[1] + 0.0722 * $linear[2])**(1 / 3) - 16;
}
foreach my $scheme (sort keys %fills)
{
	my @lightness = sort { $a <=> $b } map { lightness($_) } keys %{ $fills{$scheme} };
	is(scalar(@lightness), 3, "$scheme: three colours");
	cmp_ok($lightness[1] - $lightness[0], '>', 15, "$scheme: the darkest from the next");
	cmp_ok($lightness[2] - $lightness[1], '>', 15, "$scheme: and that from the lightest");
}

# --- as an image -------------------------------------------------------------------------------------------------

# The middle of the first point that is not hollow, of the chart's own px.
sub point_of
{
	my ($svg) = @_;
	my ($x, $y) = $svg =~ /<g class="nps-[a-z]+">.*?<circle class="nps-point" cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="#0072b2"/s;
	return ($x, $y);
}

my %images = (light => [ '#ffffff', '#0072b2' ], dark => [ '#1b1f24', '#7cc4f2' ]);
foreach my $kind (sort keys %aggregates)
{
	my $svg = $svg{"$kind months 12"};
	my ($width, $height) = $svg =~ /width="(\d+)" height="(\d+)"/;
	my ($x, $y) = point_of($svg);
	my $image = write_file("$kind.svg", $svg);
	my $html = write_file("$kind.html", qq(<!DOCTYPE html><meta name="color-scheme" content="light dark"><body style="margin: 0"><img style="display: block" src="$kind.svg" alt="">));
	foreach my $scheme ('light', 'dark')
	{
		foreach my $url ($html, $image)
		{
			my $png = picture_of($scheme, $url, $width, $height);
			my $colour = png_colours($png);
			my $what = "$kind, $scheme, " . ($url eq $html ? 'as an image of a page' : 'alone');
			is(png_size($png), "${width}x$height", "$what: a picture");
			is_deeply([ $colour->(3, 3), $colour->($x, $y) ], $images{$scheme}, "$what: the background and a point");
		}
	}

	like(slurp_file('doc/charts.md'), qr/^rsvg-convert -z 2 quarterly\.svg -o quarterly\.png$/m, 'the page says how to make a PNG');
	$node->command_ok([ 'rsvg-convert', '-z', '2', "$directory/$kind.svg", '-o', "$directory/$kind.png" ], "$kind: rsvg-convert takes it");
	my $png = slurp_file("$directory/$kind.png");
	my $colour = png_colours($png);
	is(png_size($png), 2 * $width . 'x' . 2 * $height, "$kind: a PNG of twice its size");
	is_deeply([ $colour->(3, 3), $colour->(2 * $x, 2 * $y) ], $images{light}, "$kind: the background and a point");
}

# --- the report page -------------------------------------------------------------------------------------

$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', 'examples/carpentries.sql' ], 'the demo data load');
$node->command_ok([ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), '-f', 'examples/bi_views.sql' ], 'and its views');
my ($report, $stderr) = run_command([ 'examples/report.sh', '-d', $node->connstr('postgres') ]);
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
(my $checked = $report) =~ s{</body>}{<pre id="findings" style="display: none"></pre><script>$script</script></body>};
my $found = findings('light', write_file('report_checked.html', $checked));
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
is(png_size(picture_of('light', write_file('report.html', $report), 1000, $found->{height})), "1000x$found->{height}", 'report: a picture of it');

# On a phone: Chromium's own windows are wider, a frame is not.
my $framed = $report =~ s/&/&amp;/gr =~ s/"/&quot;/gr;
my $phone = findings('light', write_file('phone.html', qq(<!DOCTYPE html><meta charset="utf-8"><body><pre id="findings" style="display: none"></pre><iframe srcdoc="$framed" width="360" height="800" style="border: 0"></iframe>)
	. q(<script>const frame = document.querySelector('iframe'); onload = () => {
		document.getElementById('findings').textContent = JSON.stringify({ width: frame.contentDocument.documentElement.scrollWidth, rows: frame.contentDocument.querySelectorAll('tr').length }); };</script>)));
is($phone->{rows}, 11 + 7 + 12, 'report, on a phone: all of its rows');
cmp_ok($phone->{width}, '<=', 360, 'report, on a phone: nothing is wider than that');

$node->stop;
done_testing();
