# examples/scheduled_report.sql under pg_cron, set up as doc/scheduled.md says, by a role that is no superuser: two jobs,
# also when the file is run twice; both fire in the running server, and what they keep equals a recount by
# plain SQL; fired again, they take a late answer in and touch nothing else; a job that fails is seen.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $role = 'nps_reporter';
my $database = 'survey';

# Blocks of the page, each by how it begins: what is written there is what runs here.
my $page = slurp_file('doc/scheduled.md');
sub block
{
	my ($begins) = @_;
	my ($text) = $page =~ /^```\w+\n(\Q$begins\E.*?)^```$/ms or die "doc/scheduled.md has no block that begins with \"$begins\"";
	return $text;
}

my $node = PostgreSQL::Test::Cluster->new('pg_cron');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', block('shared_preload_libraries'));
$node->start;
$node->safe_psql('postgres', "CREATE DATABASE $database");
sub sql { return $node->safe_psql($database, $_[0]); }
sub sql_as_role { return $node->safe_psql($database, $_[0], extra_params => [ '-U', $role ]); }

$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database), '-c', 'CREATE EXTENSION nps', '-f', 'examples/carpentries.sql',
	'-f', 'examples/bi_views.sql' ],
	'the data load');
sql("CREATE ROLE $role LOGIN");
sql(block('CREATE EXTENSION pg_cron'));
note('pg_cron ' . sql(q(SELECT extversion FROM pg_extension WHERE extname = 'pg_cron')));

# The demo's answers are old: its last months become the two that the job takes, and some of this month.
sql(q(UPDATE responses SET answered_at = (answered_at + (date_trunc('month', now() AT TIME ZONE 'UTC') - timestamp '2018-09-01'))::date));

# Twice, as the page says, but for the server's address.
foreach my $time ('first', 'second')
{
	my ($command) = block('psql -X') =~ /^psql (.*)$/m;
	my ($stdout, $stderr) = ('', '');
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	IPC::Run::run([ 'psql', split ' ', $command ], '>', \$stdout, '2>', \$stderr);
	is($? >> 8, 0, "the example runs a $time time") or diag($stderr);
}
is(sql('SELECT jobname, schedule, username, database, active FROM cron.job ORDER BY jobname'),
	"daily NPS|*/10 * * * *|$role|$database|t\nmonthly NPS|15 3 2 * *|$role|$database|t", 'two jobs');
is(sql('SELECT (SELECT count(*) FROM monthly_nps), (SELECT sum(nps_responses(summary)) FROM daily_nps)'), '0|889', 'no month is kept as yet');

# Every job at the next minute, with the command that the example gave it; afterwards they wait for the new year.
sub fire
{
	my ($what) = @_;
	my $runs = sql('SELECT coalesce(max(runid), 0) FROM cron.job_run_details');
	sql_as_role(q(CREATE TEMP TABLE jobs AS SELECT jobname, command FROM cron.job;
		SELECT cron.schedule(jobname, '* * * * *', command) FROM jobs));
	ok($node->poll_query_until($database, qq(
		SELECT count(DISTINCT jobid) FILTER (WHERE status = 'succeeded') >= 2
			AND count(DISTINCT jobid) FILTER (WHERE status IN ('succeeded', 'failed')) = (SELECT count(*) FROM cron.job)
		FROM cron.job_run_details WHERE runid > $runs)), "the jobs fire and succeed, $what");
	sql_as_role(q(CREATE TEMP TABLE jobs AS SELECT jobname, command FROM cron.job;
		SELECT cron.schedule(jobname, '0 0 1 1 *', command) FROM jobs));
	is(sql(qq(SELECT string_agg(DISTINCT jobname, ', ' ORDER BY jobname) FROM cron.job_run_details JOIN cron.job USING (jobid)
		WHERE runid > $runs AND status = 'succeeded' AND job_run_details.username = '$role')), 'daily NPS, monthly NPS', "as $role");
	return;
}

# Counts kept against the raw answers, score by score.
sub same_as_raw
{
	my ($what) = @_;
	my ($months, $days) = map { qq(
		WITH kept AS (SELECT $_->[0] AS moment, segment, (place - 1)::integer AS score, n
			FROM $_->[1], unnest(summary::text::bigint[]) WITH ORDINALITY AS counts (n, place) WHERE n <> 0),
		raw AS (SELECT date_trunc('$_->[0]', answered_at)::date AS moment, coalesce(pace, '(not said)') AS segment,
				score::text::integer AS score, count(*) AS n
			FROM responses WHERE score IS NOT NULL AND $_->[2] GROUP BY 1, 2, 3)
		SELECT (SELECT count(DISTINCT moment) FROM kept), (SELECT sum(n) = (SELECT sum(n) FROM raw) FROM kept),
			(SELECT count(*) FROM ((TABLE kept EXCEPT ALL TABLE raw) UNION ALL (TABLE raw EXCEPT ALL TABLE kept)) differences)) }
		[ 'month', 'monthly_nps', q(to_char(answered_at, 'YYYYMM') IN (
			to_char((now() AT TIME ZONE 'UTC') - interval '1 month', 'YYYYMM'), to_char((now() AT TIME ZONE 'UTC') - interval '2 months', 'YYYYMM'))) ],
		[ 'day', 'daily_nps', 'true' ];
	is(sql($months), '2|t|0', "$what: the two past months equal the recount");
	like(sql($days), qr/^\d+\|t\|0$/, "$what: every day of the roll-up equals the recount");
	return;
}

sub stored { return sql('SELECT ctid, xmin, * FROM monthly_nps WHERE ' . ($_[0] // 'true') . ' ORDER BY month, segment'); }

sql_as_role(q(SELECT cron.schedule('broken', '* * * * *', 'SELECT nps(score) FROM nowhere')));
fire('the first time');
same_as_raw('fired once');
like(sql(block('SELECT jobname')), qr/^broken\|[^|]+\|failed\|.*relation "nowhere" does not exist/, "the page's query shows the job that fails");
sql_as_role(q(SELECT cron.unschedule('broken')));

# The script for cron keeps the same rows.
my $before = stored();
my ($report, $stderr) = run_command([ 'psql', '-X', '-d', $node->connstr($database) . " user=$role", '-f', 'examples/monthly_report.sql' ]);
is($stderr, '', 'monthly_report.sql after the job');
like($report, qr/^ all segments +\| -?\d/m, 'reports what the job kept');
is(stored(), $before, 'and changes nothing');

# A late answer of the past month.
sql(q(INSERT INTO responses (answered_at, pace, score)
	SELECT date_trunc('month', now() AT TIME ZONE 'UTC')::date - 1, 'Just right', 0));
my $others = q(NOT (segment = 'Just right' AND month = date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month'));
$before = stored($others);
fire('again');
same_as_raw('fired again, with a late answer');
is(stored($others), $before, 'the other rows were not touched, and none was added');
is(sql('SELECT count(*) FROM cron.job'), '2', 'still two jobs');

# The rest of the page.
sql_as_role(block("SELECT cron.schedule('cron log'"));
is(sql(q(SELECT schedule FROM cron.job WHERE jobname = 'cron log')), '45 4 * * *', 'the log has its own job');
sql_as_role(sql(q(SELECT command FROM cron.job WHERE jobname = 'cron log')));
my ($unschedule) = $page =~ /`(SELECT cron\.unschedule\('monthly NPS'\))`/;
sql_as_role($unschedule);
is(sql(q(SELECT string_agg(jobname, ', ' ORDER BY jobname) FROM cron.job)), 'cron log, daily NPS', 'a job can be ended');

$node->stop;
done_testing();
