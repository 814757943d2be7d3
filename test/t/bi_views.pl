# The flat views of examples/bi_views.sql: plain types and comments throughout; every count and score as by
# plain SQL over the raw responses; for a reader without any right on the table; run twice; without responses. The same
# views on tables of other names and types: bi_views_any_table.pl.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my @views = qw(nps_answers nps_by_segment nps_changes nps_distribution nps_latest nps_monthly nps_monthly_by_segment
	nps_quarterly nps_quarterly_by_segment nps_rolling);

my $node = PostgreSQL::Test::Cluster->new('bi_views');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

# Runs an example as psql would, and expects no word about it.
sub run_example
{
	my ($database, $file, $what) = @_;
	my ($stdout, $stderr) = run_command(
		[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database), '-f', "examples/$file" ]);
	is($stdout . $stderr, '', $what);
	return;
}

# Both queries give the same rows, and as many as expected.
sub same_rows
{
	my ($rows, $of_view, $by_hand, $what) = @_;
	is($node->safe_psql('postgres', "
		WITH of_view AS ($of_view), by_hand AS ($by_hand)
		SELECT (SELECT count(*) FROM of_view), (SELECT count(*) FROM
			((TABLE of_view EXCEPT ALL TABLE by_hand) UNION ALL (TABLE by_hand EXCEPT ALL TABLE of_view)) differences)"),
		"$rows|0", $what);
	return;
}

$node->safe_psql('postgres', 'CREATE EXTENSION nps');
run_example('postgres', 'carpentries.sql', 'the data load');
run_example('postgres', 'bi_views.sql', 'the views are created');
run_example('postgres', 'bi_views.sql', 'the file can be run again');

# What a tool finds in the catalog.
is($node->safe_psql('postgres', q(SELECT string_agg(viewname, ' ' ORDER BY viewname) FROM pg_views WHERE schemaname = 'public')),
	"@views", 'these are the views');
is($node->safe_psql('postgres', q(
	SELECT count(*) > 120, string_agg(attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod), ', ')
		FILTER (WHERE format_type(atttypid, atttypmod) NOT IN ('date', 'text', 'boolean', 'integer', 'double precision'))
	FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
	WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace)), 't|', 'every column is of a plain type');
is($node->safe_psql('postgres', q(
	SELECT string_agg(attrelid::regclass || '.' || attname, ', ') FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
	WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
		AND (col_description(attrelid, attnum) IS NULL OR col_description(attrelid, attnum) NOT LIKE '%NULL%'
			OR obj_description(attrelid, 'pg_class') IS NULL))),
	'', 'every view has a comment, and every column one that says when it is NULL');

# Plain SQL over plain integers, which knows nothing of the extension; figures to 9 digits.
$node->safe_psql('postgres', q(CREATE TABLE plain AS
	SELECT answered_at AS day, coalesce(pace, '(not said)') AS segment, score::text::integer AS score FROM responses));
my $counts = q(count(score) AS responses, count(*) FILTER (WHERE score >= 9) AS promoters,
	count(*) FILTER (WHERE score IN (7, 8)) AS passives, count(*) FILTER (WHERE score <= 6) AS detractors);
my $figures = q(round(100.0 * (promoters - detractors) / nullif(responses, 0), 9) AS nps, responses, promoters, passives, detractors,
	round(100.0 * promoters / nullif(responses, 0), 9) AS promoter_pct, round(100.0 * passives / nullif(responses, 0), 9) AS passive_pct,
	round(100.0 * detractors / nullif(responses, 0), 9) AS detractor_pct);
my $columns = q(round(nps::numeric, 9), responses, promoters, passives, detractors,
	round(promoter_pct::numeric, 9), round(passive_pct::numeric, 9), round(detractor_pct::numeric, 9));

my $difference = q(100.0 * (p.promoters - p.detractors) / nullif(p.responses, 0)
	- 100.0 * (before.promoters - before.detractors) / nullif(before.responses, 0));

same_rows(967, 'TABLE nps_answers', 'TABLE plain', 'answers as in the table');
same_rows(6, "SELECT segment, unanswered, $columns FROM nps_by_segment", "
	SELECT segment, unanswered, $figures
	FROM (SELECT segment, count(*) - count(score) AS unanswered, $counts FROM plain GROUP BY 1) segments", 'segments as by plain SQL');
# The prior by an analysis of variance, as doc/statistics.md has it; the rest of all segments by subtraction.
$node->safe_psql('postgres', "CREATE TABLE plain_segments AS SELECT segment, $counts FROM plain GROUP BY 1");
same_rows(6, 'SELECT segment, round(shrunk_nps::numeric, 6), round(difference::numeric, 9) FROM nps_by_segment', q(
	WITH whole AS (SELECT count(*) AS k, sum(responses)::float8 AS n, sum(promoters - detractors)::float8 AS net, sum(promoters)::float8 AS promoters,
			sum(promoters + detractors - (promoters - detractors)::float8 ^ 2 / responses) / (sum(responses) - count(*)) AS within,
			sum(responses) - sum(responses::float8 ^ 2) / sum(responses) AS c, sum((promoters - detractors)::float8 ^ 2 / responses) - sum(promoters - detractors)::float8 ^ 2 / sum(responses) AS between
		FROM plain_segments),
	prior AS (SELECT *, within / (greatest(0, (between - (k - 1) * within) / c) + within * sqrt(2 * (k - 1)) / c) AS a FROM whole)
	SELECT segment, round((100 * (s.promoters - s.detractors + a * net / n) / (responses + a))::numeric, 6),
		round(100.0 * (s.promoters - s.detractors) / responses - (100 * (net - s.promoters + s.detractors) / (n - responses))::numeric, 9)
	FROM plain_segments s, prior), 'segments drawn towards the whole, and against all others, as by plain SQL');
is($node->safe_psql('postgres', q(SELECT string_agg(segment, ', ' ORDER BY shrunk_nps DESC) FROM nps_by_segment)),
	'Just right, Slightly fast, Too fast, Slightly slow, (not said), Too slow', 'one answer of 0 is no longer last');
is($node->safe_psql('postgres', q(
	SELECT count(*), count(*) FILTER (WHERE shrunk_ci_lower < shrunk_nps AND shrunk_nps < shrunk_ci_upper AND shrunk_ci_upper - shrunk_ci_lower < ci_upper - ci_lower),
		string_agg(segment, ', ' ORDER BY segment) FILTER (WHERE difference_p_value < 0.05)
	FROM nps_by_segment)), '6|6|Just right, Slightly slow, Too slow', 'the intervals are narrower, and three differ from the rest');

same_rows(11, 'SELECT score, category, responses, round(pct::numeric, 9) FROM nps_distribution', "
	SELECT n, CASE WHEN n <= 6 THEN 'detractor' WHEN n <= 8 THEN 'passive' ELSE 'promoter' END,
		count(score), round(100.0 * count(score) / (SELECT count(score) FROM plain), 9)
	FROM generate_series(0, 10) n LEFT JOIN plain ON score = n GROUP BY n", 'the distribution as by plain SQL');
same_rows(822, "SELECT day, $columns FROM nps_rolling", "
	SELECT day, $figures
	FROM (SELECT calendar.day, $counts
		FROM (SELECT date '2016-06-09' + i AS day FROM generate_series(0, date '2018-09-08' - date '2016-06-09') i) calendar
		JOIN plain ON plain.day BETWEEN calendar.day - 89 AND calendar.day GROUP BY 1) days", '90 days up to each day as by plain SQL');

foreach ([ quarter => 10, 3 ], [ month => 28, 1 ])
{
	my ($period, $rows, $months) = @$_;
	$node->safe_psql('postgres', "CREATE TABLE plain_${period}s AS
		SELECT $period, unanswered, $figures
		FROM (SELECT date_trunc('$period', day)::date AS $period, count(*) - count(score) AS unanswered, $counts FROM plain GROUP BY 1) ${period}s");
	same_rows($rows, "SELECT $period, unanswered, $columns, round(change::numeric, 9) FROM nps_${period}ly", "
		SELECT p.*, round($difference, 9)
		FROM plain_${period}s p LEFT JOIN plain_${period}s before ON before.$period = p.$period - interval '$months months'",
		"${period}s as by plain SQL, with the change against the $period before");
}

# The same for each segment, against the period before of the same segment; the highest score of a period first.
foreach ([ quarter => 51, 3, 'YYYY"Q"Q' ], [ month => 122, 1, 'YYYY-MM' ])
{
	my ($period, $rows, $months, $label) = @$_;
	$node->safe_psql('postgres', "CREATE TABLE plain_${period}s_by_segment AS
		SELECT $period, segment, unanswered, $figures
		FROM (SELECT date_trunc('$period', day)::date AS $period, segment, count(*) - count(score) AS unanswered, $counts FROM plain GROUP BY 1, 2) ${period}s");
	same_rows($rows, "SELECT $period, segment, unanswered, $columns, round(change::numeric, 9), sort_key FROM nps_${period}ly_by_segment", "
		SELECT p.*, round($difference, 9), row_number() OVER (PARTITION BY p.$period ORDER BY p.nps DESC NULLS LAST, p.segment)
		FROM plain_${period}s_by_segment p LEFT JOIN plain_${period}s_by_segment before
			ON before.segment = p.segment AND before.$period = p.$period - interval '$months months'",
		"${period}s by segment as by plain SQL, with the change against the $period before");
	foreach my $view ("nps_${period}ly", "nps_${period}ly_by_segment")
	{
		is($node->safe_psql('postgres', "
			SELECT count(*) > 9, bool_and(label = to_char($period, '$label')), bool_and(is_complete),
				bool_and(period_end = $period + interval '$months months' - interval '1 day') FROM $view"), 't|t|t|t', "$view: label and end of each period");
		is($node->safe_psql('postgres', "
			SELECT count(*) FROM $view WHERE verdict IS DISTINCT FROM CASE WHEN change IS NULL THEN 'nothing to compare'
				WHEN change_ci_lower > 0 THEN 'higher' WHEN change_ci_upper < 0 THEN 'lower' ELSE 'no clear change' END
				OR (change_p_value < 0.05) <> (verdict IN ('higher', 'lower'))"), '0', "$view: verdict, interval and p-value say the same");
	}
}
same_rows(6, 'SELECT segment, sort_key FROM nps_by_segment', q(
	SELECT segment, row_number() OVER (ORDER BY avg(CASE WHEN score >= 9 THEN 100 WHEN score <= 6 THEN -100 ELSE 0 END) FILTER (WHERE score IS NOT NULL) DESC NULLS LAST, segment)
	FROM plain GROUP BY segment), 'segments in the order of their scores');

same_rows(6, 'SELECT segment, round(difference::numeric, 9) FROM nps_by_segment', q(
	SELECT segment, round(100.0 * (p - d) / n - 100.0 * (sum(p) OVER () - p - sum(d) OVER () + d) / (sum(n) OVER () - n), 9)
	FROM (SELECT segment, count(score) AS n, count(*) FILTER (WHERE score >= 9) AS p, count(*) FILTER (WHERE score <= 6) AS d FROM plain GROUP BY 1) s),
	'and their differences from all others');
is($node->safe_psql('postgres', q(SELECT count(*), bool_and(shrunk_nps BETWEEN least(nps, 48.4) AND greatest(nps, 48.36) AND shrunk_ci_upper - shrunk_ci_lower < ci_upper - ci_lower),
	bool_and((difference_p_value < 0.05) = (segment IN ('Just right', 'Slightly slow', 'Too slow'))) FROM nps_by_segment)), '6|t|t', 'shrunk towards the whole, and which differ clearly');
same_rows(20, 'SELECT quarter, compared_with, round(nps::numeric, 9), responses, round(nps_before::numeric, 9), responses_before,
		round(difference::numeric, 9) FROM nps_changes', "
	SELECT p.quarter, compared_with, p.nps, p.responses, before.nps, coalesce(before.responses, 0), round($difference, 9)
	FROM plain_quarters p
	CROSS JOIN (VALUES ('quarter before', interval '3 months'), ('same quarter last year', interval '1 year')) c (compared_with, ago)
	LEFT JOIN plain_quarters before ON before.quarter = p.quarter - ago", 'changes as by plain SQL');

# One row: the last quarter, which is complete.
same_rows(1, 'SELECT quarter, label, label_before, responses, round(nps::numeric, 9), round(nps_before::numeric, 9), responses_before, unanswered,
		change, change_ci_lower, change_ci_upper, change_p_value, verdict, rating, target, target_verdict FROM nps_latest', q(
	SELECT p.quarter, '2018Q3', '2018Q2', 102, p.nps, before.nps, 166, 13, c.difference, c.ci_lower, c.ci_upper, c.p_value, 'lower', 'low',
		NULL::double precision, 'no target'
	FROM plain_quarters p, plain_quarters before, nps_changes c
	WHERE p.quarter = '2018-07-01' AND before.quarter = '2018-04-01' AND c.quarter = p.quarter AND compared_with = 'quarter before'), 'the latest quarter');

# Verdict, interval and p-value say the same; and the p-value is near that of z = difference / standard error,
# where both sides are large enough for it. The normal tail is that of Abramowitz and Stegun, 26.2.17.
my $compared = 0;
foreach my $row (split /\n/, $node->safe_psql('postgres', q(
	SELECT c.quarter || ' and ' || compared_with, verdict, c.ci_lower, c.ci_upper, c.p_value, c.difference, least(c.responses, c.responses_before),
		abs(p.nps - before.nps) / sqrt(
			((p.promoter_pct + p.detractor_pct) * 100 - p.nps ^ 2) / p.responses
			+ ((before.promoter_pct + before.detractor_pct) * 100 - before.nps ^ 2) / before.responses)
	FROM nps_changes c JOIN plain_quarters p USING (quarter)
	JOIN plain_quarters before ON before.quarter =
		c.quarter - CASE compared_with WHEN 'quarter before' THEN interval '3 months' ELSE interval '1 year' END
	ORDER BY 1)))
{
	my ($what, $verdict, $lower, $upper, $p, $difference, $responses, $z) = split /\|/, $row;
	my $said = $lower > 0 ? 'higher' : $upper < 0 ? 'lower' : 'no clear change';
	is("$verdict " . ($p < 0.05 ? 'news' : 'none'), "$said " . ($said eq 'no clear change' ? 'none' : 'news'),
		"$what: $verdict, as the interval and the p-value say");
	ok($lower < $difference && $difference < $upper, "$what: the difference is in its interval");
	next if $responses < 30;
	my $t = 1 / (1 + 0.2316419 * $z);
	my $tail = exp(-$z * $z / 2) / sqrt(2 * 3.14159265358979)
		* $t * (0.319381530 + $t * (-0.356563782 + $t * (1.781477937 + $t * (-1.821255978 + $t * 1.330274429))));
	cmp_ok(abs($p - 2 * $tail), '<', 0.02, "$what: p-value near that of the normal distribution");
	$compared++;
}
is($compared, 10, 'p-values compared');
is($node->safe_psql('postgres', q(SELECT string_agg(DISTINCT verdict, ', ' ORDER BY verdict) FROM nps_changes)),
	'higher, lower, no clear change, nothing to compare', 'every verdict occurs');
same_rows(10, 'SELECT quarter, change, change_p_value FROM nps_quarterly',
	q(SELECT quarter, difference, p_value FROM nps_changes WHERE compared_with = 'quarter before'), 'both views of a change agree');
same_rows(10, 'SELECT quarter, ci_lower, ci_upper FROM nps_quarterly', q(
	SELECT quarter, (nps(score)).ci_lower, (nps(score)).ci_upper
	FROM (SELECT date_trunc('quarter', answered_at)::date AS quarter, score FROM responses) r GROUP BY 1), 'intervals as nps() gives them');

# A reader who may read the views and nothing else.
# Counts of a view, added up, lead to the interval of the whole.
is($node->safe_psql('postgres', 'SELECT nps_from_counts(sum(promoters), sum(passives), sum(detractors)) = (SELECT nps(score) FROM nps_answers) FROM nps_monthly'),
	't', 'months added up are the whole survey');

$node->safe_psql('postgres', 'CREATE ROLE reader LOGIN; GRANT SELECT ON ' . join(', ', @views) . ' TO reader');
foreach my $view (@views)
{
	my ($code, $stdout, $stderr) = $node->psql('postgres', "SET ROLE reader; SELECT count(*) > 0 FROM (TABLE $view) v");
	is("$code $stdout$stderr", '0 t', "$view: for a reader of the view alone");
}
my ($code, $stdout, $stderr) = $node->psql('postgres', 'SET ROLE reader; SELECT count(*) FROM responses');
like($stderr, qr/permission denied for table responses/, 'who may not read the table');

# A single segment: nothing to draw it towards, nothing to compare with.
$node->safe_psql('postgres', 'CREATE TABLE all_responses AS TABLE responses; UPDATE responses SET pace = NULL');
is($node->safe_psql('postgres', 'SELECT count(*), count(nps), count(shrunk_nps), count(difference), count(difference_p_value) FROM nps_by_segment'),
	'1|1|0|0|0', 'a segment alone has a score, and no more');
$node->safe_psql('postgres', q(UPDATE responses SET pace = (ARRAY['a', 'b', 'c', 'd'])[1 + id % 4]));
is($node->safe_psql('postgres', 'SELECT count(*), count(nps), count(shrunk_nps), count(difference), count(difference_p_value) FROM nps_by_segment'),
	'4|4|0|4|4', 'four segments are compared, but not drawn together');
$node->safe_psql('postgres', 'UPDATE responses SET pace = all_responses.pace FROM all_responses WHERE all_responses.id = responses.id; DROP TABLE all_responses');

# A quarter without any row: the next is not compared with an older one. A quarter of blanks: counts of 0.
$node->safe_psql('postgres', q(DELETE FROM responses WHERE answered_at BETWEEN '2017-04-01' AND '2017-06-30';
	UPDATE responses SET score = NULL WHERE answered_at BETWEEN '2018-01-01' AND '2018-03-31'));
is($node->safe_psql('postgres', q(SELECT quarter, nps, responses, unanswered, promoter_pct, change, change_p_value FROM nps_quarterly
	WHERE quarter = '2018-01-01')), '2018-01-01||0|197|||', 'a quarter of blanks has no score');
is($node->safe_psql('postgres', q(SELECT quarter, change IS NULL FROM nps_quarterly WHERE quarter BETWEEN '2017-01-01' AND '2017-07-01' ORDER BY 1)),
	"2017-01-01|f\n2017-07-01|t", 'a missing quarter is not skipped over');
is($node->safe_psql('postgres', q(SELECT quarter, compared_with, responses_before FROM nps_changes
	WHERE verdict = 'nothing to compare' AND quarter > '2017-06-30' ORDER BY 1, 2)),
	"2017-07-01|quarter before|0\n2018-01-01|quarter before|106\n2018-01-01|same quarter last year|19\n"
	. "2018-04-01|quarter before|0\n2018-04-01|same quarter last year|0", 'nor by the changes');
is($node->safe_psql('postgres', q(SELECT max(answered_at) FROM responses WHERE answered_at < '2017-06-30' AND score IS NOT NULL)),
	'2017-03-27', 'the last response before the missing quarter');
is($node->safe_psql('postgres', q(SELECT day, nps, responses, promoter_pct FROM nps_rolling WHERE day BETWEEN '2017-06-24' AND '2017-06-25' ORDER BY 1)),
	"2017-06-24|100|1|100\n2017-06-25||0|", 'counts on the 90th day, not on the next, and both days have a row');

# The account-based view, as the comment has it, once there are accounts: of ten days each, so that it knows more than one.
my ($account_view) = PostgreSQL::Test::Utils::slurp_file('examples/bi_views.sql') =~ /^--   (CREATE VIEW nps_quarterly_of_accounts.*?;)$/ms;
$account_view =~ s/^--   //mg;
$node->safe_psql('postgres', "ALTER TABLE responses ADD account integer; UPDATE responses SET account = (answered_at - date '2016-06-01') / 10; $account_view");
is($node->safe_psql('postgres', q(SELECT bool_and(a.nps = q.nps AND a.responses = q.responses), count(*) FROM nps_quarterly_of_accounts AS a JOIN nps_quarterly AS q USING (quarter)
	WHERE q.responses > 0)), 't|8', 'the scores of accounts are those of their answers');
is($node->safe_psql('postgres', q(SELECT sum(accounts) = (SELECT count(DISTINCT (date_trunc('quarter', answered_at), account)) FROM responses WHERE score IS NOT NULL),
	bool_and(ci_lower < nps AND nps < ci_upper) FROM nps_quarterly_of_accounts WHERE responses > 0)), 't|t', 'with the number of accounts, and an interval');
$node->safe_psql('postgres', 'DROP VIEW nps_quarterly_of_accounts');

# The period that is running: a row, but never the latest. Nor is a quarter of blanks.
my $yesterday = q((date_trunc('quarter', current_date) - interval '1 day')::date);	# the end of the last quarter
$node->safe_psql('postgres', q(TRUNCATE responses; INSERT INTO responses (answered_at, score) VALUES (current_date, 0), (current_date + 400, 0)));
is($node->safe_psql('postgres', 'SELECT (SELECT count(*) FROM nps_latest), count(*), bool_or(is_complete) FROM nps_quarterly'), '0|2|f',
	'no quarter is complete: none is the latest');
is($node->safe_psql('postgres', 'SELECT count(*), bool_or(is_complete) FROM nps_monthly_by_segment'), '2|f', 'nor is any month complete');
$node->safe_psql('postgres', "INSERT INTO responses (answered_at, score) VALUES ($yesterday, 9), ($yesterday, 8)");
is($node->safe_psql('postgres', "SELECT period_end = $yesterday, nps, verdict, nps_before, responses_before FROM nps_latest"),
	't|50|nothing to compare||0', 'the last complete quarter is the latest');
is($node->safe_psql('postgres', "SELECT bool_and(is_complete = (period_end < current_date)), count(*) FROM nps_changes"), 't|6', 'and told apart');
$node->safe_psql('postgres', "UPDATE responses SET score = NULL WHERE answered_at = $yesterday;
	INSERT INTO responses (answered_at, score) VALUES (date '2020-02-03', 10)");
is($node->safe_psql('postgres', 'SELECT label, period_end, nps, responses FROM nps_latest'), '2020Q1|2020-03-31|100|1', 'a quarter of blanks is not');

# JavaScript's numbers end far above, but integer does at 2147483647: an error, and no wrong figure.
$node->safe_psql('postgres', q(CREATE VIEW many AS SELECT 1 AS n FROM nps_estimate('{0,0,0,0,0,0,0,0,0,0,2147483648}'::nps_summary) AS r WHERE r.responses::integer > 0));
like(($node->psql('postgres', 'TABLE many'))[2], qr/integer out of range/, 'a count above integer is an error');

$node->safe_psql('postgres', 'TRUNCATE responses');
is($node->safe_psql('postgres', 'SELECT ' . join(', ', map { "(SELECT count(*) FROM $_)" } @views)),
	'0|0|0|11|0|0|0|0|0|0', 'no responses: no rows, but the eleven answers');
is($node->safe_psql('postgres', 'SELECT sum(responses), count(pct) FROM nps_distribution'), '0|0', 'of which nobody gave one');

$node->stop;
done_testing();
