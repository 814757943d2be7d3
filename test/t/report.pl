# examples/report.sh: one complete HTML page with the figures of the demo, and of a table with names of its own, its text
# escaped; its headline never the running quarter; and where a query or the connection fails, no page at all and psql's exit
# status. And charts saved as doc/charts.md says.
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

sub set_up
{
	my (@variables) = @_;
	$node->command_ok([ 'psql', '-X', '-q', '-d', $database, (map { ('-v', $_) } @variables), '-f', 'examples/bi_views.sql' ], "the views: @variables");
	return;
}

my ($page, $stderr, $status) = run_report('-d', $database);
isnt($status, 0, 'without the extension it fails');
is($page, '', 'and writes nothing');
like($stderr, qr/ERROR/, 'but says why');
($page, $stderr, $status) = run_report('-d', $node->connstr('nowhere'));
is("$status|$page", '2|', 'nor does it without a connection');

$node->safe_psql('postgres', 'CREATE EXTENSION nps');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-f', 'examples/carpentries.sql' ], 'the data load');
set_up();
# What the user has set must not show.
$node->safe_psql('postgres', q(ALTER DATABASE postgres SET datestyle = 'German'; ALTER DATABASE postgres SET extra_float_digits = -15));
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$stderr", '0|', 'with both it succeeds');
like($page, qr{^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">.*<title>[^<]+</title>.*</html>\n\z}s, 'the page is whole');
like($page, qr{<title>Net Promoter Score</title>.*<h1>Net Promoter Score</h1>}s, 'its title');
like($page, qr{<p class="headline"><strong>26\.5</strong> low in 2018Q3</p>\n<p>95 % interval from 12\.4 to 39\.5, from 102 responses: 41\.2 % promoters, 44\.1 % passives, 14\.7 % detractors\.</p>\n},
	'the headline is the last complete quarter');
like($page, qr{<p class="verdict lower">\N{U+25BC} Lower against 2018Q2, which had 47\.6: -21\.1 points, 95 % interval from -37\.9 to -4\.7, p = 0\.012\.</p>}, 'with its change and a verdict')
	if utf8::decode($page);
like($page, qr{<p>The whole survey: 48\.4 from 889 responses, from 2016-06-09 to 2018-09-08, beside 78 without a score\.</p>}, 'the whole survey is told beside it');
is(scalar(() = $page =~ / class="nps-period"/g) . ' ' . scalar(() = $page =~ / class="nps-segment"/g), '10 6', 'a chart has ten quarters, the other six segments');
is(scalar(() = $page =~ /<table/g), 3, 'there are three tables');
unlike($page =~ s{http://www\.w3\.org/2000/svg}{}gr, qr{https?:|src=|href=|\@import|url\(}, 'nothing comes from elsewhere');

# The quarters by plain SQL; verdicts and p-values as nps_test gives them for counts by plain SQL.
my $rounded = sub { return join '|', (split /\|/, $_[0], -1)[ @_[ 1 .. $#_ ] ]; };
my $counts = q(
	WITH q AS (SELECT date_trunc('quarter', answered_at::timestamp) AS quarter, count(score) AS n, count(*) FILTER (WHERE score::integer >= 9) AS p,
			count(*) FILTER (WHERE score::integer IN (7, 8)) AS m, count(*) FILTER (WHERE score::integer <= 6) AS d FROM responses GROUP BY 1));
my $by_hand = $node->safe_psql('postgres', $counts . q(
	SELECT to_char(quarter, 'YYYY"Q"Q'), round(100.0 * (p - d) / n, 1), n,
		to_char(round(100.0 * (p - d) / n - lag(100.0 * (p - d) / n) OVER (ORDER BY quarter), 1), 'FMSG990.0'),
		round(100.0 * p / n, 1), round(100.0 * m / n, 1), round(100.0 * d / n, 1)
	FROM q ORDER BY quarter));
my $quarters = table_of($page, 'Each quarter, and its change against the quarter before');
is(join("\n", map { $rounded->($_, 0, 1, 3, 4, 7 .. 9) } split /\n/, $quarters), $by_hand, 'the quarters, and their changes');
is(join("\n", map { $rounded->($_, 5, 6) =~ s/[^\w<>&;.| ]+ ?//gr } split /\n/, $quarters), $node->safe_psql('postgres', $counts . q(
	SELECT CASE WHEN p_value < 0.05 THEN CASE WHEN difference > 0 THEN 'higher' ELSE 'lower' END END,
		CASE WHEN p_value < 0.001 THEN '&lt; 0.001' ELSE round(p_value::numeric, 3)::text END
	FROM (SELECT quarter, (nps_test(s, lag(s) OVER (ORDER BY quarter))).*
		FROM (SELECT quarter, ARRAY[d, 0, 0, 0, 0, 0, 0, m, 0, 0, p]::nps_summary AS s FROM q) summaries) tests ORDER BY quarter)), 'the verdicts and p-values');
is(join("\n", map { $rounded->($_, 0, 1, 3) } split /\n/, table_of($page, 'Each segment over the whole time, the highest score first')),
	$node->safe_psql('postgres', q(SELECT COALESCE(pace, '(not said)'), round(100.0 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6)) / count(score), 1), count(score)
		FROM responses GROUP BY pace ORDER BY 100.0 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6)) / count(score) DESC)), 'the segments');
is(join("\n", map { $rounded->($_, 0, 1, 2) } split /\n/, table_of($page, 'How often each score was given')),
	$node->safe_psql('postgres', q(SELECT score::integer, count(*), round(100.0 * count(*) / sum(count(*)) OVER (), 1) FROM responses WHERE score IS NOT NULL GROUP BY 1
		UNION ALL SELECT 0, 0, 0.0 ORDER BY 1 DESC)), 'the scores');
is(join(' ', $page =~ /<span class="(\w+)" style="width: (?=[\d.]+%")/g), join(' ', ('promoter') x 2, ('passive') x 2, ('detractor') x 7), 'their bars');
like($page, qr/<span class="promoter" style="width: 100\.0%">/, 'of which the longest is as wide as there is room');

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
like($quarters, qr/^2017Q1\|.*\|\+14\.3\|\|0\.246\|.*\n2017Q3\|[^|]*\|[^|]*\|79\|\|\|\|.*\n2017Q4\|/m, 'no change after a quarter without answers');

# What users write is text, never markup.
$node->safe_psql('postgres', q(UPDATE responses SET pace = '<script>alert("1 & 2")</script>' WHERE pace = 'Too fast'));
($page, $stderr, $status) = run_report('-d', $database, '-v', 'title=</title><script>alert("1 & 2")</script>');
is($status, 0, 'markup in the data and in the title');
unlike($page, qr/<script/, 'stays out of the page');
like($page, qr/&lt;script&gt;alert\(&quot;1 &amp; 2&quot;\)&lt;\/script&gt;/, 'and is shown as text');
like($page, qr{<title>&lt;/title&gt;&lt;script&gt;.*<h1>&lt;/title&gt;&lt;script&gt;}s, 'the title, too');

# The running quarter is in the table, and said to be running; the headline is that of the quarter before, or a word.
$node->safe_psql('postgres', q(DELETE FROM responses; INSERT INTO responses (answered_at, score) VALUES (current_date, 0)));
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$stderr", '0|', 'with the running quarter alone it succeeds');
like($page, qr{<p>No quarter is complete yet\.</p>}, 'and says that no quarter is complete');
like(table_of($page, 'Each quarter, and its change against the quarter before'), qr/^\d{4}Q\d \(running\)\|-100\.0\|/, 'the running one is marked');
$node->safe_psql('postgres', q(INSERT INTO responses (answered_at, score) VALUES ((date_trunc('quarter', current_date) - interval '1 day')::date, 10)));
($page) = run_report('-d', $database);
like($page, qr{<strong>100\.0</strong> excellent in }, 'the quarter before it is the headline');

$node->safe_psql('postgres', 'DELETE FROM responses');
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$stderr", '0|', 'without responses it succeeds');
like($page, qr{<p>No responses\.</p>.*</html>\n\z}s, 'and says that there are none');

# A table as an application has it, with a target, whose title is given.
$node->safe_psql('postgres', q(CREATE TABLE "My Answers" ("Created At" timestamptz, "Score" smallint, "Plan" text);
	INSERT INTO "My Answers" SELECT timestamptz '2024-01-01 12:00+00' + i * interval '1 day', CASE WHEN i < 60 THEN 9 ELSE 4 END, 'Pro' FROM generate_series(1, 120) i));
set_up('responses=My Answers', 'day=Created At', 'score=Score', 'segment=Plan', 'target=10');
($page, $stderr, $status) = run_report('-d', $database, '-v', 'title=Answers of ours');
is("$status|$stderr", '0|', 'a table with names of its own');
like($page, qr{<title>Answers of ours</title>.*<strong>-100\.0</strong> negative in 2024Q2</p>.*<p>Below target \(10\.0\)\.</p>}s, 'its headline, and its target');
like(table_of($page, 'Each segment over the whole time, the highest score first'), qr/^Pro\|-1\.7\|[^|]*\|120\|/, 'its segment');

# An error after the chart has been written.
$node->safe_psql('postgres', 'ALTER VIEW nps_distribution RENAME COLUMN pct TO share');
($page, $stderr, $status) = run_report('-d', $database);
is("$status|$page", '3|', 'an error halfway leaves no page either');

$node->stop;
done_testing();
