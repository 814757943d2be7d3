# Tests of texts too long to show whole.
package LongText;

use strict;
use warnings;
use Exporter qw(import);
use Test::More;

our @EXPORT = qw(same_text);

# Compares two texts and shows only where they part.
sub same_text
{
	my ($got, $expected, $what) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	return pass($what) if $got eq $expected;

	my @got = split /\n/, $got;
	my @expected = split /\n/, $expected;
	my $line = 0;
	$line++ while $line < @got && $line < @expected && $got[$line] eq $expected[$line];
	return is("line $line: " . ($got[$line] // 'no more'), "line $line: " . ($expected[$line] // 'no more'), $what);
}

1;
