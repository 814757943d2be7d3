# examples/bi_views.sql on tables of other names and types, by psql's variables: names with capitals, blanks and quotes,
# a schema, timestamps with a time zone, scores of every number type and labels; without a segment; with a target. The
# figures equal plain SQL over the raw rows.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('bi_views_any_table');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'");
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

# Sets the views up with these variables, in a session of that time zone: exit status and what psql says.
sub set_up
{
	my ($zone, @variables) = @_;
	my ($stdout, $stderr) = ('', '');
	local $ENV{PGTZ} = $zone;
	IPC::Run::run([ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), (map { ('-v', $_) } @variables), '-f', 'examples/bi_views.sql' ],
		'>', \$stdout, '2>', \$stderr);
	return ($? >> 8) . "|$stdout$stderr";
}

sub sql { return $node->safe_psql('postgres', $_[0]); }

# Score and responses of each period and segment, by plain SQL over what is told apart by day, segment and score.
sub by_hand
{
	my ($period, $answers) = @_;
	return sql("
		SELECT date_trunc('$period', day::timestamp)::date, segment, count(score),
			round(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(score), 0), 6)
		FROM ($answers) answers GROUP BY 1, 2 ORDER BY 1, 2");
}

sub of_view
{
	my ($period) = @_;
	return sql("SELECT $period, segment, responses, round(nps::numeric, 6) FROM nps_${period}ly_by_segment ORDER BY 1, 2");
}

sql('CREATE EXTENSION nps');

# --- a table as an application has it

my $odd = q(My "odd" 'Answers');
my $quoted = q("My ""odd"" 'Answers'");
sql(qq(CREATE TABLE $quoted ("Created At" timestamptz, "Score" smallint, "Plan" text, day text, segment text, score text);
	INSERT INTO $quoted ("Created At", "Score", "Plan")
	SELECT timestamptz '2024-01-01 00:30+00' + i * interval '7 hours', CASE WHEN i % 9 <> 0 THEN (i * i) % 11 END,
		CASE WHEN i % 13 <> 0 THEN (ARRAY['Free', 'Größe L', 'Pro'])[1 + i * 7 % 3] END
	FROM generate_series(1, 2000) i;
	INSERT INTO $quoted ("Created At", "Score", "Plan") VALUES (NULL, 0, 'Pro'), ('infinity', 0, 'Pro'), ('-infinity', 0, 'Pro')));
my @variables = ("responses=$odd", 'day=Created At', 'score=Score', 'segment=Plan');

foreach my $zone ('UTC', 'Pacific/Kiritimati', 'America/Los_Angeles')
{
	is(set_up($zone, @variables), '0|', "$zone: the views are set up");
	foreach my $period ('quarter', 'month')
	{
		is(of_view($period), by_hand($period, qq(SELECT ("Created At" AT TIME ZONE '$zone')::date AS day, coalesce("Plan", '(not said)') AS segment, "Score" AS score
			FROM $quoted WHERE "Created At" BETWEEN '2020-01-01' AND '2030-01-01')), "$zone: ${period}s by segment as by plain SQL");
	}
	my $asked = sql('SELECT count(*), min(day), max(day) FROM nps_answers');
	is(sql("SET TimeZone = 'Asia/Kolkata'; SELECT count(*), min(day), max(day) FROM nps_answers"), $asked, "$zone: whoever asks gets the same days");
	like($asked, qr/^2000\|/, "$zone: answers without a day are left out");
}

# Today is a day of the time zone, too: there are always two that have different dates.
sql(qq(TRUNCATE $quoted; INSERT INTO $quoted ("Created At", "Score") VALUES (now(), 9)));
foreach my $zone ('Pacific/Kiritimati', 'Etc/GMT+12')
{
	set_up($zone, @variables);
	is(sql("SELECT label, is_complete FROM nps_monthly"), sql("SELECT to_char(now() AT TIME ZONE '$zone', 'YYYY-MM'), false"), "$zone: the running month is not complete");
}

# --- types, and what is left out

foreach ([ 'date', 'integer', '9' ], [ 'timestamp', 'bigint', '9' ], [ 'text', 'numeric', '9.0' ], [ 'varchar(40)', 'double precision', '9' ],
	[ 'date', 'real', '9' ], [ 'date', 'nps_score', '9' ], [ 'date', 'text', "'9'" ], [ 'date', 'varchar(40)', "'9 - very likely'" ], [ 'moment', 'answer', '9' ])
{
	my ($day, $type, $nine) = @$_;
	sql("DROP VIEW IF EXISTS nps_answers CASCADE; DROP TABLE IF EXISTS survey; DROP DOMAIN IF EXISTS moment, answer;
		CREATE DOMAIN moment AS timestamptz; CREATE DOMAIN answer AS smallint CHECK (VALUE BETWEEN 0 AND 10);
		CREATE TABLE survey (answered_at $day, score $type); INSERT INTO survey VALUES ('2024-05-31 23:30:00', $nine), ('2024-05-31 00:30:00', NULL)");
	is(set_up('Europe/Berlin', 'responses=survey'), '0|', "$day and $type: the views are set up");
	is(sql('SELECT label, segment, nps, responses, unanswered FROM nps_monthly_by_segment ORDER BY 1'), $day eq 'moment' ? "2024-05|all|||1\n2024-06|all|100|1|0" =~ s/\|\|\|1/||0|1/r : '2024-05|all|100|1|1',
		"$day and $type: the figures, all in one segment");
}

sql('CREATE SCHEMA "Sales"; CREATE TABLE "Sales".survey (answered_at date, score integer, region integer); INSERT INTO "Sales".survey VALUES (\'2024-05-31\', 0, 7)');
is(set_up('UTC', 'schema=Sales', 'responses=survey', 'segment=region'), '0|', 'a table in a schema, a segment that is a number');
is(sql('SELECT segment, nps FROM nps_by_segment'), '7|-100', 'its figures');

# --- a target

foreach ([ '-99.5', 'not clearly off target' ], [ '100', 'below target' ], [ ' 5e1', 'not clearly off target' ])
{
	is(set_up('UTC', 'schema=Sales', 'responses=survey', "target=$_->[0]"), '0|', "target $_->[0]");
	is(sql('SELECT target, target_verdict FROM nps_latest'), 0 + $_->[0] . "|$_->[1]", "target $_->[0]: against one answer");
}
sql(q(INSERT INTO "Sales".survey SELECT '2024-05-31', 10 FROM generate_series(1, 40)));
is(sql('SELECT target_verdict, target_p_value < 0.05 FROM nps_latest'), 'above target|t', 'against many answers');

# --- what is wrong is said, and changes nothing

my $before = sql(q(SELECT string_agg(definition, '' ORDER BY viewname) FROM pg_views WHERE schemaname = 'public'));
foreach ([ 'a target that is no score', 'target=101', qr/benchmark must lie between -100 and 100/ ],
	[ 'a target that is no number', 'target=high', qr/invalid input syntax for type double precision: "high"/ ],
	[ 'NaN as target', 'target=NaN', qr/benchmark must/ ],
	[ 'no such table', 'responses=nowhere', qr/relation "nowhere" does not exist/ ],
	[ 'no such column', 'score=Score', qr/column "Score" does not exist/ ],
	[ 'SQL in a name', 'segment=region"; DROP TABLE "Sales".survey; --', qr/column "region"; DROP TABLE .* does not exist/ ])
{
	my ($what, $variable, $complaint) = @$_;
	my $said = set_up('UTC', 'schema=Sales', 'responses=survey', $variable);
	$said = set_up('UTC', $variable) if $variable =~ /^responses/;
	like($said, qr/^3\|psql:.*ERROR:  $complaint/s, $what);
	is(sql(q(SELECT string_agg(definition, '' ORDER BY viewname) FROM pg_views WHERE schemaname = 'public')), $before, "$what: the views are as before");
}

$node->stop;
done_testing();
