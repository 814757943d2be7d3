# examples/report.sh: one complete HTML page with the figures of the demo, its text escaped; and where a query
# or the connection fails, no page at all and psql's exit status. And charts saved as doc/charts.md says.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('report');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

# What report.sh prints, complains of and ends with, given psql's connection arguments.
sub run_report
{
	my ($stdout, $stderr) = ('', '');
	IPC::Run::run([ 'examples/report.sh', @_ ], '>', \$stdout, '2>', \$stderr);
	return ($stdout, $stderr, $? >> 8);
}

# The cells of a table, told by its caption: a line a row, "|" between.
sub table_of
{
	my ($page, $caption) = @_;
	my ($table) = $page =~ m{<caption>\Q$caption\E</caption>(.*?)</table>}s;
	my @lines;
	foreach my $row (($table // '') =~ m{<tr valign="top">(.*?)</tr>}sg)
	{
		push @lines, join '|', map { s/&nbsp; //r } $row =~ m{<td[^>]*>(.*?)</td>}sg;
	}
	return join "\n", @lines;
}

my $database = $node->connstr('postgres');
my ($page, $stderr, $status) = run_report('-d', $database);
isnt($status, 0, 'without the extension it fails');
is($page, '', 'and writes nothing');
like($stderr, qr/ERROR/, 'but says why');
($page, $stderr, $status) = run_report('-d', $node->connstr('nowhere'));
is("$status|$page", '2|', 'nor does it without a connection');

$node->safe_psql('postgres', 'CREATE EXTENSION nps');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-f', 'examples/carpentries.sql' ], 'the data load');
# What the user has set must not show.
$node->safe_psql('postgres', q(ALTER DATABASE postgres SET datestyle = 'German'; ALTER DATABASE postgres SET extra_float_digits = -15));
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$stderr", '0|', 'with both it succeeds');
like($page, qr{^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">.*<title>[^<]+</title>.*</html>\n\z}s, 'the page is whole');
like($page, qr{<strong>48\.4</strong> satisfactory</p>\n<p>95 % interval from 44\.0 to 52\.5\. 889 responses from 2016-06-09 to 2018-09-08, beside 78 without a score: 56\.4 % promoters, 35\.7 % passives, 8\.0 % detractors\.},
	'the headline');
is(scalar(() = $page =~ /<g class="nps-column">/g), 10, 'the chart has ten quarters');
is(scalar(() = $page =~ /<table/g), 3, 'there are three tables');
unlike($page =~ s{http://www\.w3\.org/2000/svg}{}r, qr{https?:|src=|href=|\@import|url\(}, 'nothing comes from elsewhere');

# The quarters by plain SQL; the p-values as nps_test gives them for counts by plain SQL.
my $rounded = sub { return join '|', (split /\|/, $_[0])[ @_[ 1 .. $#_ ] ]; };
my $counts = q(
	WITH q AS (SELECT date_trunc('quarter', answered_at::timestamp) AS quarter, count(score) AS n, count(*) FILTER (WHERE score::integer >= 9) AS p,
			count(*) FILTER (WHERE score::integer IN (7, 8)) AS m, count(*) FILTER (WHERE score::integer <= 6) AS d FROM responses GROUP BY 1));
my $by_hand = $node->safe_psql('postgres', $counts . q(
	SELECT to_char(quarter, 'YYYY"Q"Q'), round(100.0 * (p - d) / n, 1), n, round(100.0 * p / n, 1), round(100.0 * m / n, 1), round(100.0 * d / n, 1),
		to_char(round(100.0 * (p - d) / n - lag(100.0 * (p - d) / n) OVER (ORDER BY quarter), 1), 'FMSG990.0')
	FROM q ORDER BY quarter));
my $quarters = table_of($page, 'Each quarter, and its change against the quarter before');
is(join("\n", map { $rounded->($_, 0, 1, 3 .. 7) } split /\n/, $quarters), $by_hand, 'the quarters, and their changes');
is(join("\n", map { $rounded->($_, 8) } split /\n/, $quarters), $node->safe_psql('postgres', $counts . q(
	SELECT CASE WHEN p_value < 0.001 THEN '&lt; 0.001' ELSE round(p_value::numeric, 3)::text END
	FROM (SELECT quarter, (nps_test(s, lag(s) OVER (ORDER BY quarter))).p_value
		FROM (SELECT quarter, ARRAY[d, 0, 0, 0, 0, 0, 0, m, 0, 0, p]::nps_summary AS s FROM q) summaries) tests ORDER BY quarter)), 'the p-values');
is(join("\n", map { $rounded->($_, 0, 3) } split /\n/, table_of($page, 'Each answer to the question about the pace')),
	$node->safe_psql('postgres', q(SELECT COALESCE(pace, '(not said)'), count(score) FROM responses GROUP BY pace ORDER BY 2 DESC)), 'the paces');
is(join("\n", map { $rounded->($_, 0, 1, 2) } split /\n/, table_of($page, 'How often each score was given')),
	$node->safe_psql('postgres', q(SELECT score::integer, count(*), round(100.0 * count(*) / sum(count(*)) OVER (), 1) FROM responses WHERE score IS NOT NULL GROUP BY 1
		UNION ALL SELECT 0, 0, 0.0 ORDER BY 1 DESC)), 'the scores');

# Saved from a shell and in psql, as the page says, a chart is the same file: the chart and nothing else.
my $documentation = slurp_file('doc/charts.md');
my $directory = PostgreSQL::Test::Utils::tempdir();
my ($command) = $documentation =~ /^(PGCLIENTENCODING=UTF8 psql .* > quarterly\.svg)$/m;
my ($session) = $documentation =~ /^```text\n(\\encoding UTF8\n.*? \\g quarterly\.svg\n)```$/ms;
$node->safe_psql('postgres', q(CREATE VIEW quarterly_chart AS SELECT nps_chart('Größe', summary, 'Ohne "n"') AS svg FROM (SELECT nps_agg(score) AS summary FROM responses) s));
my $chart = $node->safe_psql('postgres', 'SELECT svg FROM quarterly_chart');
{
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => 'postgres', PGCLIENTENCODING => 'LATIN1');
	IPC::Run::run([ 'sh', '-c', "cd '$directory' && $command" ]);
	is(slurp_file("$directory/quarterly.svg"), "$chart\n", 'a chart saved from a shell');
	unlink "$directory/quarterly.svg";
	IPC::Run::run([ 'sh', '-c', "cd '$directory' && psql -X -q" ], '<', \$session);
	is(slurp_file("$directory/quarterly.svg"), "$chart\n", 'a chart saved in psql');
}

# A quarter without answers interrupts the changes: they are against the quarter before, not the last that has any.
$node->safe_psql('postgres', q(DELETE FROM responses WHERE answered_at BETWEEN '2017-04-01' AND '2017-06-30'));
($page) = run_report('-d', $database);
$quarters = table_of($page, 'Each quarter, and its change against the quarter before');
like($quarters, qr/^2017Q1\|.*\|\+14\.3\|0\.246\n2017Q3\|[^\n]*\|\|\n2017Q4\|/m, 'no change after a quarter without answers');

# What users write is text, never markup.
$node->safe_psql('postgres', q(UPDATE responses SET pace = '<script>alert("1 & 2")</script>' WHERE pace = 'Too fast'));
($page, $stderr, $status) = run_report('-d', $database);
is($status, 0, 'markup in the data');
unlike($page, qr/<script/, 'stays out of the page');
like($page, qr/&lt;script&gt;alert\(&quot;1 &amp; 2&quot;\)&lt;\/script&gt;/, 'and is shown as text');

$node->safe_psql('postgres', 'DELETE FROM responses');
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$stderr", '0|', 'without responses it succeeds');
like($page, qr{<p>No responses\.</p>.*</html>\n\z}s, 'and says that there are none');

# An error after the chart has been written.
$node->safe_psql('postgres', 'ALTER TABLE responses DROP COLUMN pace');
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$page", '3|', 'an error halfway leaves no page either');

$node->stop;
done_testing();
