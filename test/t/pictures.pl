# The pictures of the README and of the page on charts are what examples/*_chart.sql draw of the demo today, to the
# byte; and rsvg-convert, where it is installed, makes of each the PNG that the page promises.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('pictures');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'CREATE EXTENSION nps');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/carpentries.sql', $node->connstr('postgres') ], 'the survey');

my @names = map { m{/(\w+)_chart\.sql$} } glob('examples/*_chart.sql');
is("@names", 'pace quarters shares', 'there are three');
foreach my $name (@names)
{
	my ($drawn) = run_command([ 'psql', '-X', '-q', '-A', '-t', '-f', "examples/${name}_chart.sql", $node->connstr('postgres') ]);
	like($drawn, qr/^<svg .*<\/svg>$/s, "$name: a picture is drawn");
	ok($drawn eq slurp_file("doc/$name.svg") =~ s/\n\z//r, "$name: it is the one of the page")
	  or diag("draw it anew: ./dev psql -q -A -t -f examples/${name}_chart.sql > doc/$name.svg");
	like(slurp_file('doc/charts.md'), qr/!\[[^\]]{30,}\]\($name\.svg\)/, "$name: which shows it, and says in words what is on it");
}
like(slurp_file('README.md'), qr/!\[[^\]]{30,}\]\(doc\/quarters\.svg\)/, 'so does the README');

# --- as PNG ------------------------------------------------------------------------------------------------

# The colours of a PNG of 8 bits a channel, not interlaced: a function of the place.
sub colours_of
{
	my ($png) = @_;
	require Compress::Zlib;
	my ($width, $height, $depth, $type) = unpack 'x16 N N C C', $png;
	my $channels = { 2 => 3, 6 => 4 }->{$type} or die "a PNG of type $type";
	my ($data, $at) = ('', 8);
	while ($at < length $png)
	{
		my ($length, $kind) = unpack "x$at N A4", $png;
		$data .= substr $png, $at + 8, $length if $kind eq 'IDAT';
		$at += $length + 12;
	}
	my @before = (0) x ($channels * $width);
	my @pixels;
	foreach my $row (unpack "(a" . ($channels * $width + 1) . ")$height", Compress::Zlib::uncompress($data))
	{
		my ($filter, @bytes) = unpack 'C*', $row;
		foreach my $i (0 .. $#bytes)
		{
			my ($left, $up, $corner) = $i < $channels ? (0, $before[$i], 0) : ($bytes[ $i - $channels ], $before[$i], $before[ $i - $channels ]);
			my ($a, $b, $c) = (abs($up - $corner), abs($left - $corner), abs($left + $up - 2 * $corner));
			my $nearest = $a <= $b && $a <= $c ? $left : $b <= $c ? $up : $corner;
			$bytes[$i] = ($bytes[$i] + (0, $left, $up, int(($left + $up) / 2), $nearest)[$filter]) & 255;
		}
		push @pixels, \@bytes;
		@before = @bytes;
	}
	return sub { my ($x, $y) = map { int } @_; return sprintf '#%02x%02x%02x', @{ $pixels[$y] }[ map { $channels * $x + $_ } 0 .. 2 ] };
}

SKIP:
{
	skip('rsvg-convert is not installed', 1) if system('rsvg-convert --version >/dev/null 2>&1') != 0;
	my $directory = PostgreSQL::Test::Utils::tempdir();
	like(slurp_file('doc/charts.md'), qr/^rsvg-convert -z 2 quarterly\.svg -o quarterly\.png$/m, 'the page says how');
	foreach my $name (@names)
	{
		$node->command_ok([ 'rsvg-convert', '-z', '2', "doc/$name.svg", '-o', "$directory/$name.png" ], "$name: rsvg-convert takes it");
		my ($width, $height) = slurp_file("doc/$name.svg") =~ /width="(\d+)" height="(\d+)"/;
		my $png = slurp_file("$directory/$name.png");
		is(join('x', unpack 'x16 N N', $png), 2 * $width . 'x' . 2 * $height, "$name: a PNG of twice its size");

		my $colour = colours_of($png);
		my ($x, $y) = slurp_file("doc/$name.svg") =~ /<g class="nps-[a-z]+">.*?<circle class="nps-point" cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="#0072b2"/s;
		is($colour->(2 * $x, 2 * $y), '#0072b2', "$name: a point is where it is, in its colour");
		is($colour->(2, 2), '#ffffff', "$name: on a light background");
	}
}

$node->stop;
done_testing();
