# Links in the README and in doc/ lead somewhere: to a file of the repository, and to a heading in it where
# one is named.
use strict;
use warnings;
use File::Basename;
use PostgreSQL::Test::Utils;
use Test::More;

# The names by which links reach the headings of a page.
sub anchors_of
{
	my ($page) = @_;
	my $text = slurp_file($page);
	$text =~ s/^```.*?^```$//msg;
	my %anchors;

	foreach my $heading ($text =~ /^#+ (.*)$/mg)
	{
		$heading = lc $heading;
		$heading =~ s/[^\w -]//g;
		$heading =~ tr/ /-/;
		$anchors{$heading} = 1;
	}
	return \%anchors;
}

my $links = 0;
foreach my $page ('README.md', sort glob('doc/*.md'))
{
	my $text = slurp_file($page);
	$text =~ s/^```.*?^```$//msg;

	my @broken;
	while ($text =~ /\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)
	{
		my ($path, $anchor) = ($1, $2);
		my $file = $path eq '' ? $page : dirname($page) . "/$path";

		$links++;
		push @broken, $path unless -e $file;
		push @broken, "$path#$anchor" if defined $anchor && -f $file && !anchors_of($file)->{$anchor};
	}
	is("@broken", '', "$page: every link leads somewhere");
}
cmp_ok($links, '>', 0, 'there are links');

done_testing();
