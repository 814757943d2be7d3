# The way of a value is the order of the folders: a file includes only what stands before it on
# that way, a header declares nothing that another file defines, and no header includes itself in
# a circle.
use strict;
use warnings;

use File::Basename qw(dirname);
use Test::More;

# A folder may include those named, and itself; src itself is the shared vocabulary.
my %before = (
	'src' => [],
	'src/exact' => [],
	'src/types' => [qw(src src/exact)],
	'src/aggregates' => [qw(src src/exact src/types)],
	'src/math' => ['src/exact'],
	'src/results' => [qw(src src/types src/aggregates src/math)],
	'src/chart' => [qw(src src/types src/aggregates src/math src/results)],
	'src/planner' => [qw(src src/types)],
	'src/planner/counting_scan' => [qw(src src/types src/planner)]);

my %includes = map { $_ => [ our_includes($_) ] } glob('src/*.[ch] src/*/*.[ch] src/*/*/*.[ch]');
cmp_ok(scalar keys %includes, '>', 30, 'the sources are found');

foreach my $file (sort keys %includes)
{
	my $folder = dirname($file);
	ok(exists $before{$folder}, "$folder, of $file, has its place in the order") or next;
	my %allowed = map { $_ => 1 } $folder, @{ $before{$folder} };
	my @against = grep { !$allowed{ dirname($_) } } @{ $includes{$file} };
	is("@against", '', "$file includes only what stands before it");
}

foreach my $header (grep { /\.h$/ } sort keys %includes)
{
	is(join(' ', circle($header)), '', "$header is not part of a circle");
}

# What a header declares the file of the same name defines, as its object says.
foreach my $header (grep { /\.h$/ } sort keys %includes)
{
	my @declared = slurp($header) =~ /^(?:extern\s+)?(?!static|typedef|return|#)\w[\w \t\*]*?\b(nps_\w+|svg_\w+)\((?=[^;{]*\);)/mg
	  or next;
	(my $object = $header) =~ s/\.h$/.o/;
	my %defined = map { /(\w+)$/ ? ($1 => 1) : () } split /\n/, -f $object ? `nm --defined-only $object` : '';
	is(join(' ', grep { !$defined{$_} } @declared), '', "$header declares only what the file beside it defines");
}

# src/exact and src/math compile without a PostgreSQL header: every include in angle brackets is of the C library.
foreach my $file (grep { m{^src/(exact|math)/} } sort keys %includes)
{
	my @foreign = grep { !/^(float|math|stdbool|stddef|stdint|stdlib|string|limits|complex)\.h$/ } slurp($file) =~ /#include <([^>]+)>/g;
	is("@foreign", '', "$file knows the C library alone");
}

done_testing();

# Our own headers that a file includes, as paths; PostgreSQL's are none of ours.
sub our_includes
{
	my ($file) = @_;
	return grep { -f } map { my $near = dirname($file) . "/$_"; -f $near ? $near : "src/$_" }
	  slurp($file) =~ /#include "([^"]+)"/g;
}

# The way from a header back to itself, or nothing.
sub circle
{
	my ($header) = @_;
	my %seen;
	my @todo = map { [$_] } @{ $includes{$header} };
	while (my $way = shift @todo)
	{
		my $last = $way->[-1];
		return ($header, @$way) if $last eq $header;
		next if $seen{$last}++;
		push @todo, map { [ @$way, $_ ] } @{ $includes{$last} || [] };
	}
	return ();
}

sub slurp
{
	my ($file) = @_;
	open(my $handle, '<', $file) or die "$file: $!";
	local $/;
	return <$handle>;
}
