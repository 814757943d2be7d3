# The monthly report as cron runs it, examples/monthly_report.sql through psql: what it keeps equals a recount by plain
# SQL, also when run twice, after late and removed answers, and when the answers are gone; what it prints; its exit
# status; the rights it needs; the commands of doc/scheduled.md. And the statement that examples/scheduled_report.sql
# gives to pg_cron, run here by hand, keeps the same rows.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('scheduled_report');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;

my $database = 'survey';		# as on the page
$node->safe_psql('postgres', "CREATE DATABASE $database");
sub sql { return $node->safe_psql($database, $_[0]); }

my $script = slurp_file('examples/monthly_report.sql');
my ($job) = slurp_file('examples/scheduled_report.sql') =~ /\$job\$(.*?)\$job\$/s;

# Runs a command line; returns exit status, output and errors.
sub run_line
{
	my ($line) = @_;
	my ($stdout, $stderr) = ('', '');
	IPC::Run::run([ 'sh', '-c', $line ], '<', \undef, '>', \$stdout, '2>', \$stderr);
	return ($? >> 8, $stdout, $stderr);
}

# Runs the report with further options of psql: it must succeed without a word of complaint. Returns what it prints.
sub report
{
	my ($what, $options) = @_;
	my ($status, $stdout, $stderr) = run_line("psql -X -d $database -f examples/monthly_report.sql $options");
	is("$status $stderr", '0 ', $what);
	return $stdout;
}

# What is kept, and which version of each row: an update that changes nothing would show.
sub stored { return sql('SELECT ctid, xmin, * FROM monthly_nps ORDER BY month, segment'); }

# The counts kept for a range of months against the raw answers, counted score by score.
sub same_as_raw
{
	my ($first, $last, $what) = @_;
	is(sql(qq(
		WITH kept AS (SELECT month, segment, (place - 1)::integer AS score, n
			FROM monthly_nps, unnest(summary::text::bigint[]) WITH ORDINALITY AS counts (n, place)
			WHERE n <> 0 AND month BETWEEN '$first' AND '$last'),
		raw AS (SELECT date_trunc('month', answered_at)::date AS month, coalesce(pace, '(not said)') AS segment,
				score::text::integer AS score, count(*) AS n
			FROM responses WHERE score IS NOT NULL GROUP BY 1, 2, 3
			HAVING date_trunc('month', answered_at)::date BETWEEN '$first' AND '$last')
		SELECT (SELECT count(DISTINCT month) FROM kept),
			(SELECT count(*) FROM ((TABLE kept EXCEPT ALL TABLE raw) UNION ALL (TABLE raw EXCEPT ALL TABLE kept)) differences))),
		'2|0', "$what: two months equal the recount");
	return;
}

$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-c', 'CREATE EXTENSION nps', '-f', 'examples/carpentries.sql',
	'-f', 'examples/bi_views.sql' ],
	'the data load');

# A role that may not create the table cannot make the first run; afterwards the rights of the page are enough.
my $page = slurp_file('doc/scheduled.md');
my ($rights) = $page =~ /^(CREATE ROLE nps_reporter.*?\n)\n/ms;
sql('REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE visitor LOGIN; GRANT SELECT ON nps_answers TO visitor');
my ($status, $stdout, $stderr) = run_line("psql -X -d $database -U visitor -f examples/monthly_report.sql");
is($status, 3, 'the first run needs the right to create: exit status 3');
like($stderr, qr/permission denied for schema public/, 'and says so');

# The first run.
my $first = report('a month by name', '-v month=2018-08-01');
same_as_raw('2018-07-01', '2018-08-01', 'the first run');
is(sql('SELECT min(month), max(month) FROM monthly_nps'), '2018-07-01|2018-08-01', 'nothing else is kept');

# Its figures by plain integers.
my @printed = $first =~ /^ (\S.*?) +\| (n=0|-?[\d.]+) [^|]*\|[^|]*\| (n=0|-?[\d.]+(?= \[)).*$/mg;
my @lines;
push @lines, join('|', splice(@printed, 0, 3)) while @printed;
is(join("\n", @lines), sql(q(
	WITH figures AS (
		SELECT coalesce(segment, 'all segments') AS segment, month, count(score) AS n,
			100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(score), 0) AS nps
		FROM (SELECT coalesce(pace, '(not said)') AS segment, date_trunc('month', answered_at)::date AS month, score::text::integer AS score
			FROM responses WHERE answered_at BETWEEN '2018-07-01' AND '2018-08-31') answers
		GROUP BY GROUPING SETS ((month, segment), (month)))
	SELECT segment, coalesce(round(august.nps, 1)::text, 'n=0'), coalesce(round(august.nps - july.nps, 1)::text, 'n=0')
	FROM (SELECT * FROM figures WHERE month = '2018-08-01') august
	FULL JOIN (SELECT * FROM figures WHERE month = '2018-07-01') july USING (segment)
	ORDER BY segment = 'all segments', segment COLLATE "C")), 'scores and changes of the report as by plain SQL');
like($first, qr/^NPS of 2018-08 /m, 'the month is named');
like($first, qr/^ all segments +\| 29\.6 \[13\.5, 44\.2\] n=71 +\| -5\.6 \[-39\.3, 29\.7\] n=18 +\| 35\.1 \[-3\.8, 72\.6\] p=0\.078$/m, 'the last line is for all segments');

# Run twice, and for another day of the same month.
my $before = stored();
is(report('run twice', '-v month=2018-08-01'), $first, 'the report is the same');
is(report('run for another day of the month', '-v month=2018-08-31'), $first, 'and so it is for any day of the month');
is(stored(), $before, 'no row was touched');

# Script and job, as they would run at a moment near the end of a month, from sessions east and west of it.
foreach ([ '2018-08-31 23:30:00+00', '2018-06-01', '2018-07-01' ], [ '2018-09-01 00:30:00+00', '2018-07-01', '2018-08-01' ])
{
	my ($moment, @months) = @$_;
	foreach my $zone ('Pacific/Kiritimati', 'Pacific/Pago_Pago')
	{
		foreach ([ script => $script ], [ job => $job ])
		{
			my ($way, $statements) = @$_;
			$statements =~ s/\bnow\(\)/timestamptz '$moment'/g;
			local $ENV{PGTZ} = $zone;
			sql('TRUNCATE monthly_nps');
			sql($statements);
			same_as_raw(@months, "$way at $moment in $zone");
			is(sql('SELECT DISTINCT month FROM monthly_nps ORDER BY 1'), join("\n", @months), 'and nothing else is kept');
		}
	}
}
sql('TRUNCATE monthly_nps');
report('the first run once more', '-v month=2018-08-01');

# Late, corrected and removed answers: of the month, of the month before it; not of a month that is final.
report('a month long past', '-v month=2018-05-01');
my $final = sql(q(SELECT ctid, xmin, * FROM monthly_nps WHERE month < '2018-07-01' ORDER BY month, segment));
sql(q(INSERT INTO responses (answered_at, pace, score) VALUES
	('2018-08-01', 'Just right', 10), ('2018-08-31', 'New', 0), ('2018-07-31', 'Just right', 3), ('2018-05-31', 'Just right', 0), ('2018-09-01', 'New', 0);
	DELETE FROM responses WHERE pace = 'Too fast' AND answered_at BETWEEN '2018-08-01' AND '2018-08-31'
		OR pace = 'Too slow' AND answered_at BETWEEN '2018-07-01' AND '2018-07-31'));
report('after late and removed answers', '-v month=2018-08-01');
same_as_raw('2018-07-01', '2018-08-01', 'late and removed answers');
is(sql(q(SELECT summary FROM monthly_nps WHERE month = '2018-08-01' AND segment IN ('New', 'Too fast') ORDER BY segment)),
	"{1,0,0,0,0,0,0,0,0,0,0}\n{0,0,0,0,0,0,0,0,0,0,0}", 'a new segment is there, one without answers is at zero');
is(sql(q(SELECT ctid, xmin, * FROM monthly_nps WHERE month < '2018-07-01' ORDER BY month, segment)), $final, 'final months stay');
is(sql(q(SELECT string_agg(to_char(month, 'MM ') || segment, ', ' ORDER BY month, segment) FROM monthly_nps
	WHERE taken_at = (SELECT max(taken_at) FROM monthly_nps))),
	'07 Just right, 07 Too slow, 08 Just right, 08 New, 08 Too fast', 'taken_at is of the last change of each row');

# Answers of a whole month are dropped: what was kept stays, and is printed still.
my $last = report('before answers are dropped', '-v month=2018-08-01');
$before = stored();
sql(q(DELETE FROM responses WHERE answered_at < '2018-08-01'));
is(report('after answers are dropped', '-v month=2018-08-01'), $last, 'the report of a dropped month is the same');
is(stored(), $before, 'and its rows stay');

# A month without answers.
like(report('a month without answers', '-v month=2031-02-03'),
	qr/^NPS of 2031-02 .*^ all segments +\| n=0 +\| n=0 +\| n=0$/ms, 'n=0 where there are no answers');
is(stored(), $before, 'nothing is kept of it');

# What fails ends with a status that a scheduler sees, and leaves nothing behind.
foreach ([ 'no month at all', "-v month=may", qr/invalid input syntax for type timestamp: "may"/ ],
	[ 'a statement that fails', "-v month=2018-08-01 -c 'SET search_path = pg_temp' -f examples/monthly_report.sql", qr/type "nps_summary" does not exist/ ])
{
	my ($what, $options, $complaint) = @$_;
	($status, $stdout, $stderr) = run_line("psql -X -d $database $options" . ($options =~ /-f/ ? '' : ' -f examples/monthly_report.sql'));
	is($status, 3, "$what: exit status 3");
	like($stderr, $complaint, "$what: is said");
}
is(stored(), $before, 'and nothing was changed');

# The past month: the first and the last day of two months are in, their neighbours are not.
sql(q(TRUNCATE responses, monthly_nps; INSERT INTO responses (answered_at, pace, score)
	SELECT this_month + day, 'edge', score
	FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AS this_month) months,
		(VALUES (interval '0', 0), ('-1 day', 1), ('-1 month', 2), ('-1 month -1 day', 3), ('-2 months', 4), ('-2 months -1 day', 5)) days (day, score)));
report('the past month', '');
is(sql(q(SELECT month = date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month', summary FROM monthly_nps ORDER BY month)),
	"f|{0,0,0,1,1,0,0,0,0,0,0}\nt|{0,1,1,0,0,0,0,0,0,0,0}", 'from its first day to its last, and the month before it');

# The statement that pg_cron is given keeps the same rows as the script, in both orders.
$before = stored();
sql($job);
is(stored(), $before, 'the job after the script changes nothing');
sql(q(INSERT INTO responses (answered_at, pace, score) SELECT (now() AT TIME ZONE 'UTC')::date - 32, 'late', generate_series(0, 10)));
sql($job);
isnt(stored(), $before, 'the job takes in late answers');
$before = stored();
report('the script after the job', '');
is(stored(), $before, 'changes nothing');
sql(q(DELETE FROM responses WHERE pace = 'late'));
sql($job);
is(sql(q(SELECT DISTINCT summary FROM monthly_nps WHERE segment = 'late')), '{0,0,0,0,0,0,0,0,0,0,0}', 'the job takes removed answers out');
$before = stored();
sql('DELETE FROM responses');
sql($job);
is(stored(), $before, 'and leaves months that were dropped');

# The commands of the page, as the role of the page.
sql($rights);
$ENV{PGUSER} = 'nps_reporter';
my $file = $node->basedir . '/latest.txt';
my @commands = $page =~ m{^(?:ExecStart=|15 6 2 \* \*)\s*(\S*psql .*/srv/nps/monthly_report\.sql.*)$}mg;
is(scalar(@commands), 2, 'the page has a crontab line and a service');
foreach my $command (@commands)
{
	(my $line = $command) =~ s{/srv/nps/}{examples/};
	$line =~ s{^/usr/bin/}{};
	$line =~ s{/var/lib/nps-report/latest\.txt}{$file};
	($status, $stdout, $stderr) = run_line($line);
	is("$status $stderr", '0 ', $command);
	$stdout = slurp_file($file) if $line =~ /-o/;
	like($stdout, qr/^NPS of \d{4}-\d\d .*^ all segments /ms, 'the report is where it should be');
}
is(stored(), $before, 'again without a change');
delete $ENV{PGUSER};

$node->stop;
done_testing();
