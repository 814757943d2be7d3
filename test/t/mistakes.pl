# The table at the top of doc/mistakes.md: each figure in it is one that the linked section puts out (or, of
# the right score, the first block), and each section is in the table. That the sections put out what
# the page shows is for documents.pl.
use strict;
use warnings;
use PostgreSQL::Test::Utils;
use Test::More;

my $page = slurp_file('doc/mistakes.md');

# The numbers in the output blocks of a text.
sub figures_shown
{
	my ($text) = @_;
	my $output = join "\n", $text =~ /^```sql\n.*?^```\n```\n(.*?)^```$/msg;
	return map { $_ => 1 } numbers($output);
}

# 39.21 and -44 of "39.21, -44"; no digits of words such as n=888.
sub numbers
{
	my ($text) = @_;
	return $text =~ /(?<![\w.=-])(-?\d+(?:\.\d+)?)(?![\w.])/g;
}

# A heading as a link names it.
sub anchor
{
	my ($heading) = @_;
	$heading = lc $heading;
	$heading =~ s/[^\w -]//g;
	$heading =~ tr/ /-/;
	return $heading;
}

my ($top, @sections) = split /^## (.*)\n/m, $page;
my %of_the_whole = figures_shown($top);
ok($of_the_whole{'48.37'}, 'the first block shows the right score');

my (%shown, %linked);
while (my ($heading, $section) = splice @sections, 0, 2)
{
	$shown{ anchor($heading) } = { figures_shown($section) };
}

my $rows = 0;
while ($top =~ /^\| \[(.*?)\]\(#(.*?)\) \| (.*?) \| (.*?) \|$/mg)
{
	my ($mistake, $anchor, $wrong, $right) = ($1, $2, $3, $4);
	my $in_section = $shown{$anchor} // {};
	my @wrong_elsewhere = grep { !$in_section->{$_} } numbers($wrong);
	my @right_elsewhere = grep { !$in_section->{$_} && !$of_the_whole{$_} } numbers($right);

	is("@wrong_elsewhere|@right_elsewhere", '|', "$mistake: the figures of the table are computed in its section");
	ok(numbers("$wrong $right"), "$mistake: there is a figure");
	$linked{$anchor} = 1;
	$rows++;
}
is_deeply([ sort keys %linked ], [ sort keys %shown ], 'the table leads to every section');
is($rows, scalar(() = $top =~ /^\| \[/mg), 'every row was read');

done_testing();
