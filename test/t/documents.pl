# Every SQL block of the README and of doc/ runs, in the order of the page, in one session on a database
# of its own; where a block of output follows, it must be what comes out. And each function that the README
# names exists; that the reference has them all is shown by reference_page.pl.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('documents');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

# The SQL blocks of a page: line number, statements, and the output that the page shows, if any.
sub blocks_of
{
	my ($page) = @_;
	my $text = slurp_file($page);
	my @blocks;

	while ($text =~ /^```sql\n(.*?)^```\n(?:```\n(.*?)^```\n)?/msg)
	{
		my ($sql, $output) = ($1, $2);
		my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);
		push @blocks, { line => $line, sql => $sql, output => $output };
	}
	return @blocks;
}

# Trailing blanks are psql's padding: editors take them away.
sub trimmed
{
	my ($text) = @_;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\s+\z//;
	return $text;
}

my $number_of_blocks = 0;
my $number_of_outputs = 0;
foreach my $page ('README.md', sort glob('doc/*.md'))
{
	my @blocks = blocks_of($page);
	my $fences = () = slurp_file($page) =~ /^\s*(?:```|~~~)\s*sql/mgi;
	is(scalar(@blocks), $fences, "$page: every SQL block is read as one");
	next unless @blocks;

	(my $database = lc $page) =~ s/\W/_/g;
	$node->safe_psql('postgres', qq(CREATE DATABASE "$database"));

	my $script = "\\set ON_ERROR_STOP on\n\\set QUIET on\n";
	$script .= "\\echo [block $_]\n$blocks[$_]{sql}" for 0 .. $#blocks;
	my ($stdout, $stderr) = ('', '');
	my $ran = IPC::Run::run(
		[ 'psql', '-X', '-d', $node->connstr($database), '-f', '-' ],
		'<', \$script, '>', \$stdout, '2>', \$stderr);
	is($stderr, '', "$page: no block fails");
	ok($ran, "$page: psql ends well");

	my (undef, @outputs) = split /^\[block \d+\]\n/m, $stdout;
	foreach my $i (0 .. $#blocks)
	{
		$number_of_blocks++;
		next unless defined $blocks[$i]{output};
		$number_of_outputs++;
		is(trimmed($outputs[$i] // 'it did not run'),
			trimmed($blocks[$i]{output}), "$page, line $blocks[$i]{line}: output as shown");
	}
}
ok($number_of_blocks > 0, 'there are blocks');
diag("SQL blocks of the documents run: $number_of_blocks, $number_of_outputs of them with their output compared");

# Names: what the README calls with "(" against the functions that have a comment.
my %in_readme = map { $_ => 1 } slurp_file('README.md') =~ /\b(nps\w*)\(/g;
my %in_catalog = map { $_ => 1 } split /\n/, $node->safe_psql('readme_md', q(
	SELECT DISTINCT p.proname FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'nps'
	WHERE obj_description(p.oid, 'pg_proc') IS NOT NULL));
cmp_ok(scalar(keys %in_readme), '>', 10, 'the README names functions');
is(join(' ', grep { !$in_catalog{$_} } sort keys %in_readme), '', 'each function that the README names is in the catalog');

$node->stop;
done_testing();
