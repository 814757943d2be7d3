# Reads what gcov says in JSON, run in the directory of the sources: a line a file of src, its lines that ran, all
# its lines, and the share; the total. With --lines, before that each line that did not run.
#
# A file is counted as often as it was compiled, into the library and into each unit test: a line that ran in one ran.
use strict;
use warnings;
use Cwd qw(getcwd realpath);
use JSON::PP;

my $root = realpath(getcwd());
my %ran;

my $reader = JSON::PP->new;
while (my $piece = <STDIN>)
{
	$reader->incr_parse($piece);
	while (my $object = $reader->incr_parse)
	{
		count_lines($_, $object->{current_working_directory}) foreach @{ $object->{files} };
	}
}
die "gcov said nothing of src\n" unless %ran;

print_lines() if grep { $_ eq '--lines' } @ARGV;
print_shares();

# Adds one compilation of a file, if it is one of src.
sub count_lines
{
	my ($file, $directory) = @_;
	my $path = realpath($file->{file} =~ m{^/} ? $file->{file} : "$directory/$file->{file}") // return;

	return unless $path =~ s{^\Q$root/\E(?=src/)}{};
	$ran{$path}{ $_->{line_number} } += $_->{count} foreach @{ $file->{lines} };
}

sub print_lines
{
	foreach my $path (sort keys %ran)
	{
		open my $source, '<', $path or die "$path: $!\n";
		while (my $text = <$source>)
		{
			print "$path:$.: $text" if defined $ran{$path}{$.} && $ran{$path}{$.} == 0;
		}
		close $source;
	}
}

sub print_shares
{
	my ($total_ran, $total) = (0, 0);

	foreach my $path (sort keys %ran)
	{
		my $lines = keys %{ $ran{$path} };
		my $reached = grep { $_ > 0 } values %{ $ran{$path} };

		print_share($path, $reached, $lines);
		$total_ran += $reached;
		$total += $lines;
	}
	print_share('total', $total_ran, $total);
}

# Rounded down: only a file all of whose lines ran has 100.0.
sub print_share
{
	my ($name, $reached, $lines) = @_;

	printf "%-36s %5d of %5d  %5.1f %%\n", $name, $reached, $lines, int(1000 * $reached / $lines) / 10;
}
