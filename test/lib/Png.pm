# Pictures that a program made: their size, and the colours on them.
package Png;

use strict;
use warnings;
use Compress::Zlib qw(uncompress);
use Exporter qw(import);

our @EXPORT = qw(png_size png_colours);

# "640x360", of the bytes of a file.
sub png_size
{
	my ($png) = @_;
	return join 'x', unpack 'x16 N N', $png;
}

# The decompressed rows of a PNG, each filtered still.
sub filtered_rows
{
	my ($png, $length_of_row, $rows) = @_;
	my ($data, $at) = ('', 8);
	while ($at < length $png)
	{
		my ($length, $kind) = unpack "x$at N A4", $png;
		$data .= substr $png, $at + 8, $length if $kind eq 'IDAT';
		$at += $length + 12;
	}
	return unpack "(a$length_of_row)$rows", uncompress($data);
}

# The nearest of three neighbours to what they predict, as PNG's filter of Paeth.
sub nearest
{
	my ($left, $up, $corner) = @_;
	my ($a, $b, $c) = (abs($up - $corner), abs($left - $corner), abs($left + $up - 2 * $corner));
	return $a <= $b && $a <= $c ? $left : $b <= $c ? $up : $corner;
}

# A function of a place that gives its colour, "#ffffff"; of a PNG of 8 bits a channel that is not interlaced.
sub png_colours
{
	my ($png) = @_;
	my ($width, $height, $depth, $type) = unpack 'x16 N N C C', $png;
	my $channels = { 2 => 3, 6 => 4 }->{$type};
	die "a PNG of depth $depth and type $type" if $depth != 8 || !$channels;

	my @before = (0) x ($channels * $width);
	my @pixels;
	foreach my $row (filtered_rows($png, $channels * $width + 1, $height))
	{
		my ($filter, @bytes) = unpack 'C*', $row;
		foreach my $i (0 .. $#bytes)
		{
			my ($left, $up, $corner) = $i < $channels ? (0, $before[$i], 0) : ($bytes[ $i - $channels ], $before[$i], $before[ $i - $channels ]);
			my $predicted = $filter == 1 ? $left : $filter == 2 ? $up : $filter == 3 ? int(($left + $up) / 2) : $filter == 4 ? nearest($left, $up, $corner) : 0;
			$bytes[$i] = ($bytes[$i] + $predicted) & 255;
		}
		push @pixels, \@bytes;
		@before = @bytes;
	}
	return sub { my ($x, $y) = map { int } @_; return sprintf '#%02x%02x%02x', @{ $pixels[$y] }[ map { $channels * $x + $_ } 0 .. 2 ] };
}

1;
