# The recipes of doc/cookbook.md give the figures that plain SQL gives: counts, scores, changes, windows and
# weights are recomputed on integers, without the extension. The rules that keep people anonymous, that
# decide who is due, and that refuse a line of an import, are tried on cases made for them. And each recipe
# runs without the others, as the page says.
# (That the page shows what its queries print is shown in documents.pl.)
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('cookbook');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

my $page = slurp_file('doc/cookbook.md');

# The SQL blocks under a heading.
sub recipe
{
	my ($heading) = @_;
	my ($section) = $page =~ /^## \Q$heading\E\n(.*?)(?=^## |\z)/ms;
	die "no recipe \"$heading\"" unless defined $section;
	return $section =~ /^```sql\n(.*?)^```$/msg;
}

# Rows of a query, without what a figure does not depend on: brackets of the interval and padding.
sub rows
{
	my ($sql) = @_;
	my $rows = $node->safe_psql('postgres', $sql);
	$rows =~ s/ \[[^\]]*\]//g;
	return $rows;
}

# As psql shows a score with its answers.
my $score = "round(100.0 * sum(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END) / count(score), 1)";
my $cell = "$score || ' n=' || count(score)";

$node->safe_psql('postgres', $_) foreach $page =~ /^```sql\n(CREATE EXTENSION.*?)^```$/ms;
$node->safe_psql('postgres', 'CREATE TABLE plain AS SELECT id, answered_at, pace, score::integer FROM responses');

# --- Each recipe by itself ---

foreach my $heading ($page =~ /^## (.*)$/mg)
{
	my ($status, $stdout, $stderr) = $node->psql('postgres', join "\n", 'BEGIN;', recipe($heading), 'ROLLBACK;');
	is($stderr, '', "$heading: needs only what it makes itself");
}

# --- Quarters ---

my ($quarters, $with_a_gap) = recipe('Quarters, with what changed');
my @quarters = map { [ split /\|/, $_, -1 ] } split /\n/, rows($quarters);
my $by_hand = "SELECT date_trunc('quarter', answered_at)::date AS quarter, $cell AS cell,
	100.0 * sum(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END) / count(score) AS nps FROM plain GROUP BY 1";
is(join("\n", map { join '|', map { s/ p[=<].*//r } @$_[ 0, 1, 2, 4 ] } @quarters), rows("
	WITH by_hand AS ($by_hand)
	SELECT to_char(a.quarter, 'YYYY\"Q\"Q'), a.cell, round(a.nps - b.nps, 1), round(a.nps - c.nps, 1)
	FROM by_hand a
	LEFT JOIN by_hand b ON b.quarter = a.quarter - interval '3 months'
	LEFT JOIN by_hand c ON c.quarter = a.quarter - interval '1 year'
	ORDER BY 1"), 'quarters: scores and both changes');
is(scalar @quarters, 10, 'quarters: ten');
is(join(' ', map { $_->[3] . $_->[5] } @quarters), ' f f f ff ff tt tt ff tt', 'quarters: NULL at the start, then news or not');
like(rows($with_a_gap), qr/^2018Q2\|[^|]*\|24\.9\|$/m, 'quarters: after a quarter without answers, a frame of dates finds none before');

# --- Trailing days ---

my ($raw, $daily) = recipe('Trailing 90 and 30 days');
my $windows = "SELECT day::date,
		(SELECT $cell FROM plain WHERE answered_at <= day AND answered_at > day - interval '90 days'),
		(SELECT $cell FROM plain WHERE answered_at <= day AND answered_at > day - interval '30 days')
	FROM generate_series(timestamp '2018-08-31', '2018-09-08', '1 day') AS day";
is(rows($daily), rows("$windows ORDER BY 1"), 'trailing: every day, from daily summaries');
is(rows($raw), rows("$windows WHERE day IN (SELECT answered_at FROM plain) ORDER BY 1"), 'trailing: days with answers, from raw rows');

# --- Segments ---

my (undef, $totals) = recipe('Segments, if large enough, and totals');
is(join("\n", sort split /\n/, rows($totals)), join("\n", sort split /\n/, rows("
	SELECT year, pace, CASE WHEN count(score) >= 30 THEN $cell ELSE 'too few: n=' || count(score) END
	FROM (SELECT extract(year FROM answered_at)::text AS year, 'all' AS pace, score FROM plain
		UNION ALL SELECT 'all years', COALESCE(pace, '(not said)'), score FROM plain
		UNION ALL SELECT 'all years', 'all', score FROM plain) answers
	GROUP BY year, pace")), 'segments: each, and each total');

# --- Weights ---

my ($population, undef, $weighted) = recipe('Weights from a population table');
rows($population);
is((split /\|/, rows($weighted))[1], rows("
	SELECT round(sum(people * nps) / sum(people), 1) || ' n=' || sum(n)
	FROM population
	JOIN (SELECT pace, count(score) AS n, 100.0 * sum(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END) / count(score) AS nps
		FROM plain GROUP BY pace) segments USING (pace)"), 'weights: the scores of the groups, by the people in them');

is((split /\|/, rows($weighted))[3], 0, 'weights: everybody is heard');
is((split /\|/, rows("BEGIN; DELETE FROM responses WHERE pace = 'Too fast'; $weighted ROLLBACK;"))[3], 400, 'weights: who is not heard is noticed');

# --- First against latest ---

my ($customers, $moves, $change) = recipe('First against latest answer');
rows($customers);
my @moves = map { [ split /\|/ ] } split /\n/, rows($moves);
my @points = (-1, 0, 1);
my ($n, $sum, $squares) = (0, 0, 0);
foreach my $from (0 .. 2)
{
	foreach my $to (0 .. 2)
	{
		my $pairs = $moves[$from][ $to + 1 ];
		my $points = 100 * ($points[$to] - $points[$from]);
		$n += $pairs;
		$sum += $pairs * $points;
		$squares += $pairs * $points**2;
	}
}
# Student's t at 97.5 % with 199 degrees of freedom, from a table.
my $margin = 1.9720 * sqrt(($squares - $sum**2 / $n) / ($n - 1) / $n);
is((split /\|/, $node->safe_psql('postgres', $change))[1], sprintf('%.1f [%.1f, %.1f] p<0.001', $sum / $n, $sum / $n - $margin, $sum / $n + $margin),
	'first against latest: the paired interval, from the moves alone');

# --- A panel, and account owners ---

rows($_) foreach (recipe('A panel, quarter after quarter'))[0], (recipe('Account owners'))[0];
is(join("\n", map { join '|', (split /\|/)[ 0 .. 3 ] } split /\n/, rows((recipe('A panel, quarter after quarter'))[1])), $node->safe_psql('postgres', q(
	SELECT to_char(quarter, 'YYYY"Q"Q'), count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM account_quarters b WHERE b.account = q.account AND b.quarter = (q.quarter - interval '3 months')::date)),
		round(100.0 * sum(p - d) / sum(n), 1) || ' n=' || sum(n)
	FROM account_quarters q, LATERAL (SELECT nps_counts(summary) AS c) counts, LATERAL (SELECT c[10] + c[11] AS p, c[1] + c[2] + c[3] + c[4] + c[5] + c[6] + c[7] AS d,
		(SELECT sum(i) FROM unnest(c) i) AS n) groups GROUP BY 1 ORDER BY 1)), 'a panel: accounts, those again, scores');
is(join("\n", map { join '|', (split /\|/)[ 0, 1, 2, 3 ] } split /\n/, rows((recipe('Account owners'))[1])), $node->safe_psql('postgres', q(
	SELECT owner, count(*), round(100 * theta, 1) || ' n=' || total, round(variance / (count(*) / (count(*) - 1.0) * sum((z - theta * n) ^ 2) / total ^ 2))
	FROM (SELECT owner, account, count(*) AS n, sum(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END) AS z FROM account_answers GROUP BY 1, 2) a
	JOIN (SELECT owner, count(*)::numeric AS total, avg(x) AS theta, avg(x ^ 2) - avg(x) ^ 2 AS variance
		FROM (SELECT owner, CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END::numeric AS x FROM account_answers) points GROUP BY 1) totals USING (owner)
	GROUP BY owner, total, theta, variance ORDER BY 1)), 'account owners: accounts, scores, what the answers are worth');

# --- Who is due ---

my ($made_up, $plan) = recipe('Who is due for the next survey');
rows($made_up);
rows($plan);
rows('TRUNCATE customers, asked');
rows("INSERT INTO customers SELECT customer, '2026-01-01' FROM generate_series(1, 4) AS customer");
rows("INSERT INTO asked VALUES (2, '2026-01-10'), (3, '2026-01-10'), (3, '2026-03-01'),
	(4, '2026-01-10'), (4, '2026-03-01'), (4, '2026-06-01')");
is(rows('SELECT * FROM survey_plan ORDER BY customer'), join("\n",
	'1|0|2026-01-08|2026-01-16', '2|1|2026-02-09|2026-04-10', '3|2|2026-05-30|', '4|3|2026-08-30|'),
	'who is due: 7 to 15 days, 30 to 90 days, every 90 days');

# --- Departments ---

# Random companies, from a seed. Whoever reads the view may subtract what is shown from the total: what
# is left must be nothing, or several departments with 5 answers or more.
my ($departments, $view) = recipe('Departments, with nobody exposed');
rows($departments);
rows($view);
srand 20180908;
my ($exposed, $companies_with_hidden) = (0, 0);
foreach my $company (1 .. 300)
{
	my %answers = map { ("d$_" => 1 + int rand(rand() < 0.5 ? 6 : 30)) } 1 .. 1 + int rand 6;
	my $shown = rows('TRUNCATE employee_answers; INSERT INTO employee_answers VALUES '
		. join(', ', map { my $d = $_; map { "('$d', " . int(rand 11) . ')' } 1 .. $answers{$d} } sort keys %answers)
		. "; SELECT department FROM department_nps WHERE nps <> 'hidden'");
	my %shown = map { $_ => 1 } split /\n/, $shown;
	my $total_is_shown = delete $shown{all};
	my @hidden = grep { !$shown{$_} } keys %answers;
	my $hidden_answers = 0;

	$hidden_answers += $answers{$_} foreach @hidden;
	$companies_with_hidden++ if @hidden;
	$exposed++ if grep { $answers{$_} < 5 } keys %shown;
	$exposed++ if $total_is_shown && @hidden && (@hidden == 1 || $hidden_answers < 5);
	$exposed++ if !@hidden && !%shown;
}
is($exposed, 0, 'departments: none of 300 companies exposes anybody, by difference neither');
cmp_ok($companies_with_hidden, '>', 100, 'departments: many of them had something to hide');
is(rows("TRUNCATE employee_answers; INSERT INTO employee_answers SELECT 'd' || i % 4, 9 FROM generate_series(1, 40) i;
	SELECT count(*) FILTER (WHERE nps = 'hidden') FROM department_nps"), 0, 'departments: nothing is hidden where all are large');

# --- Import ---

my ($import, $read) = recipe('Import labels and dirt');
rows($import);
my $outcome = rows($read);
like($outcome, qr/^all lines\|976$/m, 'import: all lines are accounted for');
is(rows('SELECT count(*) FROM import LEFT JOIN responses ON id = line LEFT JOIN imported USING (line)
	WHERE line <= 967 AND imported.score IS DISTINCT FROM responses.score'), 0, 'import: the scores are those of the survey');
is(rows("SELECT string_agg(line || ' ' || refused, ', ' ORDER BY line) FROM imported WHERE refused IS NOT NULL"),
	'968 no number, 969 outside 0 to 10, 971 not one whole number, 973 not one whole number, 974 outside 0 to 10, 975 no number',
	'import: what is refused, and why');

# --- Shops ---

# The p-values of the page, corrected step by step in Perl: Holm multiplies the smallest by m, the next by m - 1, and never goes down; Benjamini and
# Hochberg multiply the largest by m/m, the one before by m/(m - 1), and never go up.
sub holm
{
	my ($m, $largest) = (scalar @_, 0);
	return map { my $p = $_[$_] * ($m - $_); $largest = $p if $p > $largest; $largest < 1 ? $largest : 1; } 0 .. $#_;
}

sub benjamini_hochberg
{
	my ($m, $smallest) = (scalar @_, 1);
	return reverse map { my $p = $_[$_] * $m / ($_ + 1); $smallest = $p if $p < $smallest; $smallest; } reverse 0 .. $#_;
}

my ($shops, undef, $ranking, $corrected) = recipe('Shops compared fairly');
rows($shops);
rows($corrected);
my ($correction) = $corrected =~ /(SELECT shop, nps, round\(p_value.*)\z/s;
$correction =~ s/ LIMIT 6//;
my @tests = map { [ split /\|/ ] } split /\n/, rows($correction);
my @p = split /\n/, rows('SELECT p_value FROM shop_tests ORDER BY p_value');
is(scalar @tests, 78, 'shops: as many tests as shops');
is(join(' ', map { $_->[3] } @tests), join(' ', map { sprintf '%.4f', $_ } holm(@p)), 'shops: Holm');
is(join(' ', map { $_->[4] } @tests), join(' ', map { sprintf '%.4f', $_ } benjamini_hochberg(@p)), 'shops: Benjamini and Hochberg');

# As published for four p-values, among them ties after correction; and one that is NULL.
rows("CREATE TABLE four_tests (shop integer, nps text, p_value float8); INSERT INTO four_tests VALUES (1, '', 0.01), (2, '', 0.04), (3, '', 0.03), (4, '', 0.005), (5, '', NULL)");
is(rows($correction =~ s/shop_tests/four_tests/r), "4||0.0050|0.0200|0.0200\n1||0.0100|0.0300|0.0200\n3||0.0300|0.0600|0.0400\n2||0.0400|0.0600|0.0400",
	'shops: 0.01, 0.04, 0.03 and 0.005, corrected by hand');

# A shop of 9 promoters alone, beside the whole: (9 + 9.7 * 0.4837) / (9 + 9.7).
like(rows($ranking), qr/\A1\|60\|100\.0 n=9\|73\.[12] n=9\n/, 'shops: drawn towards the whole by 9.7 responses');

# --- Target ---

my ($target) = recipe('How far it is to a target');
my (undef, $steps, $turned, $more) = split /\|/, rows($target);
my ($p, $d, $answers) = split /\|/, rows('SELECT count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score <= 6), count(score) FROM plain');
foreach ([ 'steps', $steps, $p, $d, $answers, 1, 0 ], [ 'turned', $turned, $p, $d, $answers, 2, 0 ], [ 'new promoters', $more, $p, $d, $answers, 1, 1 ])
{
	my ($name, $number, $promoters, $detractors, $n, $gain, $grows) = @$_;
	my $reached = sub { my ($k) = @_; return ($promoters - $detractors + $gain * $k) / ($n + $grows * $k) >= 0.6 };
	ok($reached->($number) && !$reached->($number - 1), "target: $number $name reach it, one less does not");
}

$node->stop;
done_testing();
