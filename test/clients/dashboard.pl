# The dashboard of examples/dashboard in a browser, headless Chromium that reaches this machine alone: what the page shows
# of the demo equals plain SQL, at each choice of its filters; it asks nobody else for anything; nothing overlaps, at three
# widths, light and dark; the keyboard and axe are content. A survey without answers, of one, with the running quarter, of
# 500 segments in ten years, on a table with names and types of its own. Where it cannot be built: one sentence, exit
# status 1, and what was there is still there.
use strict;
use utf8;
use warnings;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $directory = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('dashboard');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'");
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$ENV{HOME} = $directory;

# Builds from a database into a directory: exit status, output, errors.
sub build
{
	my ($database, $name, %environment) = @_;
	my ($stdout, $stderr) = ('', '');
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => $database, PGUSER => scalar getpwuid($<), %environment);
	IPC::Run::run([ 'node', 'examples/dashboard/dashboard.js', '--build', "$directory/$name" ], '>', \$stdout, '2>', \$stderr, IPC::Run::timeout(180));
	return ($? >> 8, $stdout, $stderr);
}

# What the browser sees of a directory, a visit a list of width, scheme and query; and that it asks for nothing it should not.
sub visits
{
	my ($name, @visits) = @_;
	my ($stdout, $stderr) = ('', '');
	my $input = join '', map { join("\t", @$_, '') . "\n" } @visits;
	IPC::Run::run([ 'node', 'test/clients/dashboard_page.js', "$directory/$name" ], '<', \$input, '>', \$stdout, '2>', \$stderr, IPC::Run::timeout(180))
	  or die "the browser failed: $stderr";
	my $found = decode_json($stdout);
	is_deeply($found->{$_}, [], "$name: $_: none") foreach qw(console foreign failed);
	foreach my $i (0 .. $#visits)
	{
		my $seen = $found->{visits}[$i];
		my $what = "$name, @{ $visits[$i] }";
		is_deeply($seen->{$_}, [], "$what: $_: none") foreach qw(overlaps outside pale violations);
		is("$seen->{too_wide} $seen->{lang} $seen->{marked_up}", '0 en 0', "$what: as wide as the window, in English, text as text");
	}
	return @{ $found->{visits} };
}

sub sql
{
	my ($database, $query) = @_;
	utf8::encode($query);
	utf8::decode(my $rows = $node->safe_psql($database, $query));
	return $rows;
}

# --- what stops a build

my ($status, $stdout, $stderr) = build('postgres', 'built', PGHOST => "$directory/nowhere");
is("$status|$stdout", '1|', 'without a server: exit status 1');
like($stderr, qr/^dashboard: Cannot connect to PostgreSQL at .*nowhere: .*\. PGHOST, PGPORT, PGUSER and PGDATABASE choose another\.\n\z/, 'in one sentence');
($status, $stdout, $stderr) = build('nosuch', 'built');
is("$status|$stderr" =~ s/at \S+:/at HOST:/r, "1|dashboard: Cannot connect to PostgreSQL at HOST: database \"nosuch\" does not exist. PGHOST, PGPORT, PGUSER and PGDATABASE choose another.\n",
	'without the database');
($status, $stdout, $stderr) = build('postgres', 'built');
is("$status|$stderr", "1|dashboard: The database \"postgres\" lacks the extension nps: CREATE EXTENSION nps.\n", 'without the extension');
$node->safe_psql('postgres', 'CREATE EXTENSION nps');
($status, $stdout, $stderr) = build('postgres', 'built');
is("$status|$stderr", "1|dashboard: The database \"postgres\" lacks the view nps_answers: psql -v responses=... -f bi_views.sql makes it.\n", 'without the views');
is(join(' ', glob("$directory/built* $directory/.built*")), '', 'nothing is left behind');

# --- the demo

sub set_up
{
	my ($database, @variables) = @_;
	run_log([ 'psql', '-X', '-q', '-d', $node->connstr($database), (map { ('-v', $_) } @variables), '-f', 'examples/bi_views.sql' ]) or die 'bi_views.sql failed';
	return;
}

$node->safe_psql('postgres', "CREATE DATABASE $_") foreach qw(one many own);
$node->safe_psql($_, 'CREATE EXTENSION nps') foreach qw(one many own);
$node->safe_psql('postgres', slurp_file('examples/carpentries.sql'));
set_up('postgres', 'target=50');
($status, $stdout, $stderr) = build('postgres', 'built');
is("$status|$stdout$stderr", "0|The dashboard is in $directory/built\n", 'with all of it, it is built');
is(sprintf('%o', (stat "$directory/built")[2] & 0777), '755', 'for a web server to read');

# A table of the page from plain SQL: scores, counts and shares by hand.
my $figures = q(round(100.0 * (p - d) / n, 1));
my $answers = q((SELECT answered_at AS day, coalesce(pace, '(not said)') AS segment, score::integer AS score FROM responses WHERE score IS NOT NULL) AS answers);
my $count = q(count(*) AS n, count(*) FILTER (WHERE score >= 9) AS p, count(*) FILTER (WHERE score <= 6) AS d);

sub periods_by_hand
{
	my ($period, $format, $segment, $shown) = @_;
	return sql('postgres', "
		SELECT to_char(start, '$format'), $figures, n, coalesce(to_char(round(100.0 * (p - d) / n - before, 1), 'FMSG990.0'), '–')
		FROM (SELECT *, max(100.0 * (p - d) / n) OVER (ORDER BY start RANGE BETWEEN interval '1 $period' PRECEDING AND interval '1 $period' PRECEDING) AS before
			FROM (SELECT date_trunc('$period', day::timestamp) AS start, $count FROM $answers WHERE $segment GROUP BY 1) p) q
		WHERE $shown ORDER BY start" =~ s/1 quarter/3 months/gr);
}

sub segments_by_hand
{
	my ($where) = @_;
	return sql('postgres', "SELECT segment, $figures, n, round(100.0 * p / n, 1) || ' %', round(100.0 * d / n, 1) || ' %'
		FROM (SELECT segment, $count FROM $answers WHERE $where GROUP BY 1) s ORDER BY 100.0 * (p - d) / n DESC, segment");
}

sub answers_by_hand
{
	my ($where) = @_;
	return sql('postgres', "SELECT s, CASE WHEN s >= 9 THEN 'promoter' WHEN s >= 7 THEN 'passive' ELSE 'detractor' END, count(score),
		round(100.0 * count(score) / sum(count(score)) OVER (), 1) || ' %'
		FROM generate_series(0, 10) s LEFT JOIN $answers ON score = s AND $where GROUP BY s ORDER BY s");
}

# Cells of a table of the page, with the minus that SQL writes, and thousands as it does.
sub cells
{
	my ($panel, @columns) = @_;
	return join "\n", map { my @cells = split /\|/; join('|', @cells[@columns]) =~ s/\x{2212}/-/gr =~ s/(?<=\d),(?=\d{3})//gr } @{ $panel->{rows} };
}

my @visits = visits('built', [ 1280, 'light', '' ], [ 390, 'light', '' ], [ 1280, 'dark', '' ], [ 320, 'dark', '?by=month' ],
	[ 1280, 'light', '?segment=Just+right&by=month' ], [ 390, 'dark', '?period=2017&segment=Slightly+slow' ], [ 1280, 'light', '?period=2018Q1' ], [ 800, 'light', '?period=nonsense&segment=nonsense' ]);

my $panels = $visits[0]{panels};
is_deeply($visits[$_]{panels}, $panels, "visit $_ shows the same figures") foreach 1, 2;
is($visits[7]{panels}{headline}{title}, $panels->{headline}{title}, 'a choice that does not exist is none');
is(cells($panels->{periods}, 0, 1, 3, 4), periods_by_hand('quarter', 'YYYY"Q"Q', 'true', 'true'), 'the quarters as by plain SQL');
is(cells($panels->{periods}, 2, 5, 6), sql('postgres', q(
	SELECT round(ci_lower::numeric, 1) || ' to ' || round(ci_upper::numeric, 1),
		coalesce(CASE WHEN change_p_value < 0.001 THEN '< 0.001' ELSE round(change_p_value::numeric, 3)::text END, '–'), verdict
	FROM nps_quarterly ORDER BY quarter)), 'their intervals, p-values and verdicts as in the view');
is(cells($panels->{segments}, 0, 1, -3, -2, -1), segments_by_hand('true'), 'the segments as by plain SQL');
is(cells($panels->{segments}, 0, 3), sql('postgres', q(
	SELECT segment, round((nps_shrink(summary, nps_agg(summary) OVER (), prior_responses)).nps::numeric, 1)
	FROM (SELECT segment, nps_agg(score) AS summary FROM nps_answers GROUP BY 1) s,
		(SELECT (nps_heterogeneity(summary)).prior_responses FROM (SELECT nps_agg(score) AS summary FROM nps_answers GROUP BY segment) s) h
	ORDER BY (nps(summary) OVER (PARTITION BY segment)).nps DESC)), 'and their shrunk scores as the extension has them');
is(cells($panels->{distribution}, 0 .. 3), answers_by_hand('true'), 'the answers 0 to 10 as by plain SQL');
is(cells($panels->{rolling}, 0, 1, 3), sql('postgres', q(
	SELECT day, round(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*), 1), count(*)
	FROM generate_series(timestamp '2016-06-09', '2018-09-08', '1 day') d (at), LATERAL (SELECT d.at::date AS day) day,
		(SELECT answered_at, score::integer AS score FROM responses WHERE score IS NOT NULL) r
	WHERE answered_at BETWEEN day - 89 AND day GROUP BY 1 ORDER BY 1)), 'the trailing 90 days as by plain SQL');

# The headline: the last complete quarter, 2018Q3, of which the demo's own test has 26.5 from 102 answers.
my $headline = $panels->{headline};
is($headline->{title}, 'Last complete quarter: 2018Q3', 'headline: its quarter');
is("$headline->{score}|$headline->{verdict}" =~ s/\x{2212}/-/gr, sql('postgres', "SELECT round(nps::numeric, 1) || '|▼ ' || round(change::numeric, 1) FROM nps_latest"), 'headline: score and change');
like($headline->{lead}, qr/^95 % interval 12\.4 to 39\.5, from 102 answers\. Lower than the quarter before: .21\.1 points .* Below the target of 50\.0\.$/, 'headline: in words');
is(join(', ', map { /([\d.]+ %)/ } @{ $headline->{shares} }), '41.2 %, 44.1 %, 14.7 %', 'headline: the shares');
like($panels->{$_}{named}, qr/^\Q$panels->{$_}{title}\E\. .*\d/, "$_: the chart is described") foreach qw(periods rolling segments distribution);
is("$panels->{periods}{dots} $panels->{segments}{dots}", '10 6', 'a dot each quarter, a dot each segment');

# The filters.
is(cells($visits[3]{panels}{periods}, 0, 1, 3, 4), periods_by_hand('month', 'YYYY-MM', 'true', 'true'), 'months as by plain SQL');
is(cells($visits[4]{panels}{periods}, 0, 1, 3, 4), periods_by_hand('month', 'YYYY-MM', "segment = 'Just right'", 'true'), 'months of a segment');
is(cells($visits[4]{panels}{distribution}, 0 .. 3), answers_by_hand("segment = 'Just right'"), 'answers of a segment');
is(cells($visits[5]{panels}{periods}, 0, 1, 3, 4), periods_by_hand('quarter', 'YYYY"Q"Q', "segment = 'Slightly slow'", "start >= '2017-01-01' AND start < '2018-01-01'"), 'quarters of a segment in a year');
is(cells($visits[5]{panels}{segments}, 0, 1, -3, -2, -1), segments_by_hand("day BETWEEN '2017-01-01' AND '2017-12-31'"), 'segments in a year');
is(cells($visits[5]{panels}{distribution}, 0 .. 3), answers_by_hand("segment = 'Slightly slow' AND day BETWEEN '2017-01-01' AND '2017-12-31'"), 'answers of a segment in a year');
is($visits[5]{panels}{headline}{score}, sql('postgres', "SELECT $figures FROM (SELECT $count FROM $answers WHERE segment = 'Slightly slow' AND day BETWEEN '2017-01-01' AND '2017-12-31') s"), 'the score of a segment in a year');
is(cells($visits[6]{panels}{segments}, 0, 1, -3, -2, -1), segments_by_hand("day BETWEEN '2018-01-01' AND '2018-03-31'") . "\n(not said)|–|0|–|–", 'segments in a quarter, also the one of blanks');
is("$visits[6]{panels}{headline}{title} $visits[6]{panels}{headline}{score}", '2018Q1 46.2', 'the headline of a quarter');

# The keyboard, and what is saved.
my $keyboard = $visits[0]{keyboard};
is("@{ $keyboard->{way} }", 'segment period by button', 'the Tab key leads to the filters, then to the first chart');
is_deeply($keyboard->{chosen}, [ '(not said)', 'Last complete quarter: 2017Q4, (not said)', '?segment=%28not+said%29' ], 'an arrow key chooses a segment, and the address says so');
is($keyboard->{focus_after}, 'by', 'a control keeps the focus');
like($keyboard->{said}, qr/2017Q4, \(not said\) .100\.0/, 'and what has changed is said');
is($visits[0]{csv}{name}, 'nps-segments-all-time.csv', 'CSV: the name of the file');
my @csv = split /\r\n/, $visits[0]{csv}{content};
is($csv[0], "\x{feff}segment,nps,ci_lower,ci_upper,shrunk,shrunk_ci_lower,shrunk_ci_upper,responses,promoters,passives,detractors", 'CSV: its columns') or diag($csv[0]);
is(join("\n", map { my @cells = split /,/; join '|', @cells[ 0, 1 ] } @csv[ 1 .. $#csv ]),
	sql('postgres', 'SELECT segment, round(nps::numeric, 6)::double precision FROM nps_by_segment ORDER BY sort_key'), 'CSV: the scores of the view, in its order');

# A build that fails leaves the one that is there; a directory of something else stays.
my $page = slurp_file("$directory/built/index.html");
$node->safe_psql('postgres', 'ALTER VIEW nps_rolling RENAME COLUMN nps TO score');
($status, $stdout, $stderr) = build('postgres', 'built');
is($status, 1, 'a query that fails: exit status 1');
like($stderr, qr/refused a query: column "nps" does not exist\./, 'and says so');
is(slurp_file("$directory/built/index.html"), $page, 'the dashboard that is there stays');
is(join(' ', glob("$directory/.built*")), '', 'nothing is left behind');
mkdir "$directory/other";
append_to_file("$directory/other/thesis.txt", 'x');
($status, $stdout, $stderr) = build('one', 'other');
is("$status|$stderr", "1|dashboard: $directory/other holds something else than a dashboard: name a new directory, or an empty one.\n", 'a directory of something else is not replaced');

# --- other surveys

$node->safe_psql('one', 'CREATE TABLE survey (answered_at date, score integer, plan text)');
set_up('one', 'responses=survey', 'segment=plan');
is((build('one', 'empty'))[0], 0, 'without answers it is built');
my ($empty) = visits('empty', [ 390, 'light', '' ]);
is_deeply([ map { "$_: $empty->{panels}{$_}{lead}" } keys %{ $empty->{panels} } ], ['headline: The survey has no answers yet.'], 'and says that there are none');

$node->safe_psql('one', q(INSERT INTO survey VALUES (current_date, 9, '<b>"one" & only</b>')));
is((build('one', 'one'))[0], 0, 'with one answer, today, it is built');
my ($one) = visits('one', [ 1280, 'dark', '' ]);
is($one->{panels}{headline}{lead}, 'No quarter is complete yet: the running one is below.', 'the running quarter is not the headline');
like($one->{panels}{periods}{lead}, qr/^Only one quarter has answers so far\. \d{4}Q\d is still running: 100\.0 from 1 answer so far\.$/, 'a word instead of a chart: quarters');
like($one->{panels}{rolling}{lead}, qr/from 1 answer\. Only one day so far\.$/, 'a word instead of a chart: 90 days');
is($one->{panels}{segments}{lead}, 'Only one segment has answers: <b>"one" & only</b>, 100.0 from 1 answer.', 'a word instead of a chart: segments, as text');
is(join(' ', map { $one->{panels}{$_}{chart} ? 1 : 0 } qw(periods rolling segments distribution)), '0 0 0 1', 'no chart of one point');

$node->safe_psql('one', q(INSERT INTO survey SELECT (date_trunc('quarter', current_date) - interval '1 day')::date, 9, 'b' FROM generate_series(1, 40)));
is((build('one', 'running'))[0], 0, 'with a quarter before it is built');
my ($running) = visits('running', [ 390, 'light', '' ]);
is($running->{panels}{headline}{title}, sql('one', q(SELECT 'Last complete quarter: ' || label FROM nps_latest)), 'the quarter before the running one is the headline');
is($running->{panels}{headline}{score}, '100.0', 'with its score');
like($running->{panels}{periods}{rows}[-1], qr/^\d{4}Q\d \(running\)\|/, 'the running one is marked');

# 500 segments in ten years, one answer in seventeen left blank.
$node->safe_psql('many', q(CREATE TABLE survey AS
	SELECT date '2016-01-01' + (i * 3650 / 60000)::integer AS answered_at, 'Customers of region number ' || i * 7919 % 500 AS region,
		CASE WHEN i % 17 <> 0 THEN (i * i / 7 + i) % 11 END AS score
	FROM (SELECT g::bigint AS i FROM generate_series(1, 60000) g) numbers));
set_up('many', 'responses=survey', 'segment=region');
is((build('many', 'many'))[0], 0, '500 segments in ten years: it is built');
my @many = visits('many', [ 1280, 'light', '' ], [ 320, 'dark', '?segment=Customers+of+region+number+77&by=month' ]);
is($many[0]{segments}, 501, 'all of them can be chosen');
is(cells($many[0]{panels}{segments}, 0, 1, -3), sql('many', q(SELECT segment, round(nps::numeric, 1), responses FROM nps_by_segment ORDER BY nps DESC, substring(segment, '\d+')::integer)), 'and are ranked as in the view');
is(cells($many[0]{panels}{periods}, 0, 1, 3), sql('many', q(SELECT label, round(nps::numeric, 1), responses FROM nps_quarterly ORDER BY quarter)), 'forty quarters as in the view');
is(cells($many[1]{panels}{periods}, 0, 1, 3), sql('many', q(SELECT label, coalesce(round(nps::numeric, 1)::text, '–'), responses FROM nps_monthly_by_segment
	WHERE segment = 'Customers of region number 77' ORDER BY month)), 'the months of one segment as in the view');

# A table as an application has it.
sql('own', q(CREATE TABLE "My Answers" ("Created At" timestamptz, "Score" smallint, "Plan" text);
	INSERT INTO "My Answers" SELECT timestamptz '2023-12-31 20:00+00' + i * interval '3 hours', (i * i) % 11, (ARRAY['Free', 'Größe L', '=1+1'])[1 + i % 3] FROM generate_series(1, 900) i));
{
	local $ENV{PGTZ} = 'Asia/Tokyo';
	set_up('own', 'responses=My Answers', 'day=Created At', 'score=Score', 'segment=Plan');
}
is((build('own', 'own'))[0], 0, 'a table with names of its own: it is built');
my ($own) = visits('own', [ 1280, 'light', '' ]);
is(cells($own->{panels}{segments}, 0, 1, -3), sql('own', q(SELECT "Plan", round(100.0 * (count(*) FILTER (WHERE "Score" >= 9) - count(*) FILTER (WHERE "Score" <= 6)) / count(*), 1), count(*)
	FROM "My Answers" GROUP BY 1 ORDER BY 2 DESC, 1)), 'its segments as by plain SQL');
is(cells($own->{panels}{periods}, 0, 3), sql('own', q(SELECT to_char("Created At" AT TIME ZONE 'Asia/Tokyo', 'YYYY"Q"Q'), count(*) FROM "My Answers" GROUP BY 1 ORDER BY 1)), 'its quarters as by plain SQL');
like($own->{csv}{content}, qr/^'=1\+1,/m, 'a spreadsheet gets no formula');

$node->stop;
done_testing();
