# The demo: its data as published, its report against the same figures by plain SQL.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('examples');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

$node->safe_psql('postgres', 'CREATE EXTENSION nps');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', 'examples/carpentries.sql' ],
	'the data load');

is($node->safe_psql('postgres', 'SELECT count(*), count(score), count(pace), min(answered_at), max(answered_at) FROM responses'),
	'967|889|909|2016-06-09|2018-09-08', '967 answers, 78 of them without a score, 58 without a pace');

# The ten quarters, computed by hand in plain integers.
my $by_hand = q(
	SELECT to_char(date_trunc('quarter', answered_at), 'YYYY"Q"Q'),
		round(100.0 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6)) / count(score), 1),
		count(score)
	FROM responses GROUP BY 1 ORDER BY 1);
my $quarters = "2016Q2|75.0|12\n2016Q3|76.3|38\n2016Q4|64.6|82\n2017Q1|78.9|19\n2017Q2|54.5|99\n"
	. "2017Q3|68.4|79\n2017Q4|22.6|106\n2018Q1|46.2|186\n2018Q2|47.6|166\n2018Q3|26.5|102";
is($node->safe_psql('postgres', $by_hand), $quarters, 'the quarters by hand');
is($node->safe_psql('postgres', q(
	SELECT to_char(date_trunc('quarter', answered_at), 'YYYY"Q"Q'), round(nps(score)::numeric, 1), nps_responses(nps_agg(score))
	FROM responses GROUP BY 1 ORDER BY 1)), $quarters, 'the quarters by nps()');

my ($report, $stderr) = run_command([ 'psql', '-X', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', 'examples/report.sql' ]);
is($stderr, '', 'the report runs without an error');
like($report, qr/^ 48\.4 \| 44\.0 to 52\.5 +\| 889 \| +78 \| +501 \| +317 \| +71 \|/m, 'it shows the whole survey');

# Both tables of quarters, from raw rows and from daily summaries, hold the ten rows.
my @rows = $report =~ /^ (\d{4}Q\d) +\| +(-?[\d.]+) \|[^|]+\| +(\d+) \|/mg;
my @lines;
push @lines, join('|', splice(@rows, 0, 3)) while @rows;
is(join("\n", @lines), "$quarters\n$quarters", 'it shows the quarters, and again from daily summaries');
like($report, qr/^ +967 \| +190 \| +10 \| +10$/m, 'and says that all ten are equal');

# Per pace and the trailing 90 days, recomputed row by row from the raw answers.
my @paces = $report =~ /^ (\w[\w ]+?) +\| +(-?[\d.]+) \| [^|]+\| +(\d+) \| +\d+ \| +\d+ \| +\d+ \|/mg;
@lines = ();
while (my ($pace, $nps, $n) = splice(@paces, 0, 3))
{
	push @lines, "$pace|$nps|$n" unless $pace =~ /^\d/;
}
is(join("\n", @lines), $node->safe_psql('postgres', q(
	SELECT pace, round(avg(CASE WHEN score::integer >= 9 THEN 100 WHEN score::integer <= 6 THEN -100 ELSE 0 END)
		FILTER (WHERE score IS NOT NULL), 1), count(score)
	FROM responses WHERE pace IS NOT NULL GROUP BY pace ORDER BY count(score) DESC)), 'it shows the paces');

my @months = $report =~ /^ (\d{4}-\d\d-\d\d) \| +(-?[\d.]+) \| [^|]+\| +(\d+) \|/mg;
is(scalar(@months), 12 * 3, 'it shows twelve trailing 90 days');
@lines = ();
while (my ($day, $nps, $n) = splice(@months, 0, 3))
{
	my $expected = $node->safe_psql('postgres', qq(
		SELECT round(100.0 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6)) / count(score), 1), count(score)
		FROM responses WHERE answered_at BETWEEN date '$day' - 89 AND '$day'));
	push @lines, $day if $expected ne "$nps|$n";
}
is("@lines", '', 'each as recomputed');

$node->stop;
done_testing();
