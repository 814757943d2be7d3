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
	'src/types' => ['src'],
	'src/aggregates' => [qw(src src/types)],
	'src/math' => [],
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

# Each extern function that a header declares is defined in the file of the same name, or in the header.
foreach my $header (grep { /\.h$/ } sort keys %includes)
{
	(my $source = $header) =~ s/\.h$/.c/;
	my $text = slurp($header);
	my @declared = $text =~ /^(?:extern\s+)?(?!static|typedef|return)\w[\w \t\*]*?\b(nps_\w+|svg_\w+)\((?=[^;{]*\);)/mg;
	my $defined = -f $source ? slurp($source) : '';
	my @elsewhere = grep { $defined !~ /^\Q$_\E\(/m } @declared;
	is("@elsewhere", '', "$header declares only what $source defines");
}

# src/math compiles without a PostgreSQL header: every include in angle brackets is of the C library.
foreach my $file (grep { m{^src/math/} } sort keys %includes)
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
