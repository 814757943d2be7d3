# Stored roll-ups stay current: examples/rollup.sql, in each of its three ways, under concurrent writers.
#
# Six sessions, each in a time zone of its own, insert, update and delete responses; afterwards the
# daily summaries must equal a recount of the raw rows by plain SQL, score by score. So they must after
# a transaction that commits late, one that aborts, TRUNCATE, and with a month's raw rows dropped. The same on a table with
# names and types of its own, set up together with bi_views.sql.
use strict;
use warnings;
use File::Spec;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $writers = 6;
my $statements = 60;		# of each writer that sends single statements
my $transactions = 15;		# of each writer that sends several at once
my @segments = ('app', 'branch', 'web', 'Ärzte');
my @zones = ('UTC', 'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Europe/Berlin');
my $lock = 20260101;		# the advisory lock that starts the writers together

$ENV{PGCLIENTENCODING} = 'UTF8';
srand(20260101);

# The sections of the example, by their headings, in order; the first is what comes before any heading.
my ($start, @parts) = split /^-- == (\w+):[^\n]*\n/m, slurp_file('examples/rollup.sql');
my %section = @parts;
my @names = @parts[ grep { $_ % 2 == 0 } 0 .. $#parts ];
is("@names", 'raw keep refresh report audit drop', 'the sections of the example');

my $node = PostgreSQL::Test::Cluster->new('rollup');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "deadlock_timeout = '10ms'\n");
$node->start;

# Runs sections of the example as psql would the file; returns what it prints.
sub run_example
{
	my ($way, @sections) = @_;
	my $script = join '', "\\set ON_ERROR_STOP on\n", $start, @section{@sections};
	my @choice = $way eq 'triggers' ? () : ('-v', "way=$way");	# they are what it takes unasked
	my ($stdout, $stderr) = ('', '');
	my $ran = IPC::Run::run([ 'psql', '-X', '-q', '-A', '-t', @choice, '-d', $node->connstr($way), '-f', '-' ],
		'<', \$script, '>', \$stdout, '2>', \$stderr);
	ok($ran && $stderr eq '', "$way: @sections") or diag($stderr);
	return $stdout;
}

# The recount: how often each score was given, a day and segment, from the raw rows and from
# those months that were dropped.
my $recount = q(
	SELECT day, segment, score, sum(n)::bigint AS n FROM (
		SELECT (answered_at AT TIME ZONE 'UTC')::date AS day, segment, score::integer AS score, count(*) AS n
		FROM responses WHERE score IS NOT NULL GROUP BY 1, 2, 3
		UNION ALL SELECT day, segment, score, n FROM dropped) days GROUP BY 1, 2, 3);

# The same from the summaries, read through their text form.
my $kept = q(
	SELECT day, segment, (place - 1)::integer AS score, n
	FROM daily_nps, unnest(summary::text::bigint[]) WITH ORDINALITY AS counts(n, place) WHERE n <> 0);

# The summaries equal the recount; returns the number of responses in both.
sub same_as_raw
{
	my ($way, $when) = @_;
	is($node->safe_psql($way, "
		SELECT count(*) FROM (
			(TABLE recounted EXCEPT ALL TABLE kept) UNION ALL (TABLE kept EXCEPT ALL TABLE recounted)) differences"),
		'0', "$way: the summaries equal the recount $when");
	return $node->safe_psql($way, 'SELECT coalesce(sum(n), 0) FROM recounted');
}

# Brings the summaries up to date, where that is not the writers' own work.
sub refresh
{
	my ($way) = @_;
	return $way eq 'triggers' ? '' : run_example($way, 'refresh');
}

# All that daily_nps holds, and which version of each row: an update that changes nothing would show.
sub stored
{
	my ($way) = @_;
	return $node->safe_psql($way, 'SELECT ctid, xmin, day, segment, summary FROM daily_nps ORDER BY day, segment');
}

# A psql session that stays open: statements are sent with say_to, which waits until they are done.
sub open_session
{
	my ($way) = @_;
	my %session = (in => '', out => '', number => 0);
	$session{handle} = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($way), '-f', '-' ],
		'<', \$session{in}, '>', \$session{out}, '2>', \$session{err}, IPC::Run::timeout(180));
	return \%session;
}

sub say_to
{
	my ($session, $sql) = @_;
	my $mark = 'done ' . ++$session->{number};
	$session->{in} .= "$sql;\n\\echo $mark\n";
	IPC::Run::pump($session->{handle}) until $session->{out} =~ /^$mark$/m;
	return;
}

sub close_session
{
	my ($session, $what) = @_;
	IPC::Run::finish($session->{handle});
	is($session->{err}, '', $what);
	return;
}

# The statements of a section that are for this way.
sub block
{
	my ($way, $name) = @_;
	my ($block) = $section{$name} =~ /^\\if :$way\n(.*?)^\\endif/ms;
	return $block;
}

# Drops the month as the example does, while a job or refresh waits that began in the midst of it.
sub drop_month
{
	my ($way) = @_;
	return run_example($way, 'drop') if $way eq 'triggers';

	my ($first, $rest) = block($way, 'drop') =~ /\A(.*?^LOCK TABLE responses [^\n]*\n)(.*)\z/ms;
	my $dropping = open_session($way);
	say_to($dropping, $first);
	my $errors = '';
	my $refreshing = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-d', $node->connstr($way), '-c', block($way, 'refresh') ],
		'<', File::Spec->devnull, '>', File::Spec->devnull, '2>', \$errors);
	ok($node->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_stat_activity
		WHERE datname = '$way' AND wait_event_type = 'Lock' AND query ~* 'refresh'"), "$way: a refresh waits while the month is dropped");
	say_to($dropping, $rest);
	close_session($dropping, "$way: the month is dropped");
	$refreshing->finish;
	is($errors, '', "$way: the refresh that waited succeeds");
	return;
}

sub pick { return $_[ int rand @_ ]; }

# One day of four months, at noon of UTC plus so many hours that other time zones see another date;
# the microseconds are the writer's own, so that no two responses are of the same moment.
my $moment = 0;

sub answered_at
{
	my ($writer, $day) = @_;
	return sprintf "timestamptz '2025-12-01 00:00+00' + interval '%d days %d hours' + interval '%d microseconds'",
		$day // int(rand(120)), pick(0, 3, 11, 14, 22), 10 * ++$moment + $writer;
}

# Rows to insert: a few, on days and segments in no order, some without a score.
sub rows
{
	my ($writer, $number) = @_;
	return join ', ', map { sprintf "(%s, '%s', %s)", answered_at($writer), pick(@segments), pick(0 .. 10, 'NULL') } 1 .. $number;
}

# The condition that takes one in so many of a writer's own rows.
sub own
{
	my ($writer, $of) = @_;
	my $mark = 'extract(microseconds FROM answered_at)::bigint';
	return sprintf "$mark %% 10 = %d AND $mark / 10 %% %d = %d", $writer, $of, int rand $of;
}

# The condition that takes one row, anyone's.
sub anyone
{
	return sprintf "answered_at = (SELECT min(answered_at) FROM responses WHERE answered_at >= %s)", answered_at(0);
}

# The 15th for the others: a move that stays in its month.
my $within_month = q(date_trunc('month', answered_at, 'UTC') + interval '14 days' + (answered_at - date_trunc('day', answered_at, 'UTC')));

# The next month, or the first one: a move to another partition.
my $to_other_month = q(CASE WHEN answered_at < timestamptz '2026-03-01 00:00+00' THEN answered_at + interval '31 days'
	ELSE answered_at - interval '90 days' END);

# One random statement, of one transaction: inserts of many rows, changes of own rows (many at once, in
# many days), changes of single rows of anyone. It never waits for a raw row while it holds a summary.
sub statement
{
	my ($writer) = @_;
	my $kind = int rand 10;
	return 'INSERT INTO responses VALUES ' . rows($writer, 1 + int rand 40) if $kind < 4;
	return sprintf "UPDATE responses SET score = %s WHERE %s", pick(0 .. 10, 'NULL'), own($writer, 12) if $kind == 4;
	return sprintf "UPDATE responses SET segment = '%s' WHERE %s", pick(@segments), own($writer, 12) if $kind == 5;
	return sprintf "UPDATE responses SET answered_at = %s WHERE %s", $within_month, own($writer, 14) if $kind == 6;
	return sprintf "UPDATE responses SET score = %s WHERE %s", pick(0 .. 10), anyone() if $kind == 7;
	return sprintf "DELETE FROM responses WHERE %s", own($writer, 4) if $kind == 8;
	return sprintf "DELETE FROM responses WHERE %s", anyone();
}

# A transaction of several statements, on the rows of all writers and over the months, as an
# application would run it: repeated on a deadlock, as the example says, or where a row moved away.
sub transaction
{
	my ($writer) = @_;
	my $body = join ";\n", map {
		pick(statement($writer), statement($writer),
			sprintf("UPDATE responses SET answered_at = %s WHERE %s", $to_other_month, own(1 + int rand $writers, 60)))
	} 1 .. 3;
	return qq(DO \$\$ BEGIN
	FOR attempt IN 1 .. 50 LOOP
		BEGIN
			$body;
			RETURN;
		EXCEPTION WHEN deadlock_detected OR serialization_failure THEN
			RAISE WARNING 'repeated %', SQLSTATE;
		END;
		PERFORM pg_sleep(random() * 0.02);	-- not all at the same time again
	END LOOP;
	RAISE 'given up';
END \$\$);
}

# A writer's script; about one transaction in eight is rolled back.
sub script
{
	my ($writer, $make, $number) = @_;
	my $script = "SET TIME ZONE '$zones[$writer - 1]';\nSELECT pg_advisory_lock_shared($lock);\n";
	foreach (1 .. $number)
	{
		my $sql = $make->($writer);
		$script .= rand() < 0.125 ? "BEGIN;\n$sql;\nROLLBACK;\n" : "$sql;\n";
	}
	return $script;
}

# Runs the writers' scripts at the same time, all of them waiting first for the one lock; meanwhile the
# job or the refresh runs in two more sessions. Returns all they say on stderr.
sub run_writers
{
	my ($way, $make, $number) = @_;
	my $starter = open_session($way);
	say_to($starter, "SELECT pg_advisory_lock($lock)");

	my @scripts = map { script($_, $make, $number) } 1 .. $writers;
	if ($way ne 'triggers')
	{
		push @scripts, ("SELECT pg_advisory_lock_shared($lock);\n" . block($way, 'refresh') x 8) x 2;
	}
	my $directory = PostgreSQL::Test::Utils::tempdir();
	my @handles;
	foreach my $i (0 .. $#scripts)
	{
		append_to_file("$directory/$i.sql", $scripts[$i]);
		push @handles, IPC::Run::start(
			[ 'psql', '-X', '-q', '-A', '-t', '-v', 'VERBOSITY=verbose', '-d', $node->connstr($way), '-f', "$directory/$i.sql" ],
			'<', File::Spec->devnull, '>', File::Spec->devnull, '2>', "$directory/$i.err");
	}
	ok($node->poll_query_until('postgres',
		"SELECT count(*) = @{[ scalar @scripts ]} FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"),
		"$way: all writers wait for the start");
	say_to($starter, "SELECT pg_advisory_unlock($lock)");
	close_session($starter, "$way: they start together");
	$_->finish foreach @handles;
	my @errors = map { slurp_file("$directory/$_.err") } 0 .. $#scripts;
	return join '', @errors;
}

foreach my $way ('job', 'triggers', 'view')
{
	# The whole file, as a user may run it, on a database of its own: no statement of it is left out.
	$node->safe_psql('postgres', qq(CREATE DATABASE "$way"));
	$node->safe_psql($way, 'CREATE EXTENSION nps');
	run_example($way, @names);
	$node->safe_psql('postgres', qq(DROP DATABASE "$way"));

	# And section by section, with some responses in the table before the summaries come to it.
	$node->safe_psql('postgres', qq(CREATE DATABASE "$way"));
	$node->safe_psql($way, 'CREATE EXTENSION nps; CREATE TABLE dropped (day date, segment text, score integer, n bigint)');
	run_example($way, 'raw');
	$node->safe_psql($way, 'INSERT INTO responses VALUES ' . rows(1 + $_ % $writers, 100)) foreach 1 .. 10;
	run_example($way, 'keep');
	$node->safe_psql($way, "CREATE VIEW recounted AS $recount; CREATE VIEW kept AS $kept");
	same_as_raw($way, 'that were there before');

	# Writers of one statement a transaction: no error at all.
	is(run_writers($way, \&statement, $statements), '', "$way: writers of single statements meet no deadlock nor other error");
	refresh($way);
	my $responses = same_as_raw($way, 'after single statements');
	cmp_ok($responses, '>', 1000, "$way: there is something to count");
	note("$way: $responses responses with a score after $writers x $statements single statements");

	# Writers of several: none gives up.
	my $said = run_writers($way, \&transaction, $transactions);
	my $repeated = () = $said =~ /^psql:\S+ WARNING:  01000: repeated \w+$/mg;
	is(join("\n", grep { /ERROR|FATAL|PANIC/ } split /\n/, $said), '', "$way: transactions, repeated where they must be, all succeed");
	refresh($way);
	$responses = same_as_raw($way, 'after transactions');
	note("$way: $responses responses after $writers x $transactions transactions of three statements, $repeated of them repeated");

	# A second run changes nothing.
	if ($way eq 'job')
	{
		my $before = stored($way);
		is(run_example($way, 'refresh'), "0\n", 'job: the second run finds no day to change');
		is(stored($way), $before, 'job: and touches no row');
		$node->safe_psql($way, 'INSERT INTO changed_days SELECT day, segment FROM daily_nps, generate_series(1, 2)');
		is(run_example($way, 'refresh'), "0\n", 'job: every day noted again, twice, none changes');
		is(stored($way), $before, 'job: and again touches no row');
	}
	elsif ($way eq 'view')
	{
		my $before = stored($way);
		refresh($way);
		is(stored($way), $before, 'view: the second refresh touches no row');
	}

	# A transaction that began before others, and commits after them and after the job.
	my $late = open_session($way);
	say_to($late, 'BEGIN');
	say_to($late, 'INSERT INTO responses VALUES ' . rows(1, 20));
	say_to($late, "DELETE FROM responses WHERE segment = 'web' AND " . own(2, 3));
	$node->safe_psql($way, q(INSERT INTO responses
		SELECT timestamptz '2026-03-31 12:00+00' + n * interval '1 microsecond', 'later', n % 11 FROM generate_series(1, 30) n));
	refresh($way);
	same_as_raw($way, 'while another transaction is still open');
	say_to($late, 'COMMIT');
	close_session($late, "$way: the late transaction commits");
	refresh($way);
	same_as_raw($way, 'after it has committed');

	# An aborted transaction leaves no trace.
	my $before = stored($way);
	$node->safe_psql($way, 'BEGIN; INSERT INTO responses VALUES ' . rows(1, 50)
		. "; UPDATE responses SET score = 0, segment = 'gone'; DELETE FROM responses WHERE score = 0; TRUNCATE responses; ROLLBACK");
	refresh($way);
	is(stored($way), $before, "$way: an aborted transaction leaves no trace");
	same_as_raw($way, 'after it');
	is(run_example($way, 'audit'), '', "$way: the audit finds no difference");

	# Quarters, from the summaries and by hand from the raw rows.
	is(join("\n", map { join '|', (split /\|/)[ 0, 1, 4 ] } split /\n/, run_example($way, 'report')),
		$node->safe_psql($way, q(
			SELECT date_trunc('quarter', answered_at AT TIME ZONE 'UTC')::date,
				round((100.0 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6)) / count(score)), 1)::float8,
				count(score)
			FROM responses GROUP BY 1 ORDER BY 1)), "$way: the quarters by hand");

	# The oldest month goes, with changes that no job has seen yet.
	$node->safe_psql($way, 'INSERT INTO responses VALUES ' . join ', ', map { '(' . answered_at(1, $_ % 31) . ", 'web', $_ % 11)" } 1 .. 40);
	$node->safe_psql($way, q(INSERT INTO dropped SELECT (answered_at AT TIME ZONE 'UTC')::date, segment, score::integer, count(*)
		FROM responses_2025_12 WHERE score IS NOT NULL GROUP BY 1, 2, 3));
	cmp_ok($node->safe_psql($way, 'SELECT sum(n) FROM dropped'), '>', 100, "$way: the month to drop has responses");
	drop_month($way);
	is($node->safe_psql($way, "SELECT to_regclass('responses_2025_12') IS NULL, min(answered_at) >= '2026-01-01 00:00+00' FROM responses"),
		't|t', "$way: its raw rows are gone");
	same_as_raw($way, 'and its summaries are not');
	is($node->safe_psql($way, q(SELECT sum(n) FROM kept WHERE day < '2026-01-01')), $node->safe_psql($way, 'SELECT sum(n) FROM dropped'),
		"$way: all of that month's responses are in them");
	refresh($way);
	same_as_raw($way, 'nor are they after the next refresh');
	is(run_example($way, 'audit'), '', "$way: nor does the audit mind");

	# The writers go on; those rows that they would put into the month that is gone are refused.
	$node->safe_psql($way, 'INSERT INTO responses VALUES ' . join ', ', map { '(' . answered_at(1, 31 + $_) . ", 'app', 9)" } 1 .. 50);
	my ($code, undef, $stderr) = $node->psql($way, 'INSERT INTO responses VALUES (' . answered_at(1, 3) . ", 'app', 9)");
	like($stderr, qr/no partition of relation "responses" found for row/, "$way: a response of the month that is gone is refused");
	refresh($way);
	same_as_raw($way, 'after further writes');

	# The audit sees what a write past the triggers, or a missed refresh, leaves behind.
	$node->safe_psql($way, "INSERT INTO responses_2026_02 VALUES ('2026-02-10 10:00+00', 'app', 3), ('2026-02-11 10:00+00', 'past', 3)");
	my @found = run_example($way, 'audit') =~ /^2026-02-1[01]\|(?:app|past)\|/mg;
	is(scalar(@found), 2, "$way: the audit finds two days that were written past the summaries");
	$node->safe_psql($way, "DELETE FROM responses_2026_02 WHERE answered_at IN ('2026-02-10 10:00+00', '2026-02-11 10:00+00')");

	# TRUNCATE takes the raw rows out of the summaries, and leaves those of the month that is gone.
	if ($way ne 'view')
	{
		($code, undef, $stderr) = $node->psql($way, 'BEGIN ISOLATION LEVEL REPEATABLE READ; TRUNCATE responses');
		like($stderr, qr/TRUNCATE of responses needs isolation level read committed/, "$way: no TRUNCATE on an older snapshot");
	}
	$node->safe_psql($way, 'TRUNCATE responses');
	refresh($way);
	is(same_as_raw($way, 'after TRUNCATE'), $node->safe_psql($way, 'SELECT sum(n) FROM dropped'),
		"$way: only the month that is gone is left");
}

# A table as an application has it: names with capitals and blanks, blank segments, answers without a moment.
foreach my $way ('job', 'triggers', 'view')
{
	my $database = "own $way";
	$node->safe_psql('postgres', qq(CREATE DATABASE "$database"));
	my $add = q(INSERT INTO "My Answers" SELECT CASE WHEN i % 50 <> 0 THEN timestamptz '2026-01-31 20:00+00' + i * interval '3 hours' END, (i * i) % 11,
		CASE WHEN i % 7 <> 0 THEN 'Plan ' || i % 3 END FROM generate_series(1, 300) i);
	$node->safe_psql($database, qq(CREATE EXTENSION nps; CREATE TABLE "My Answers" ("Created At" timestamptz, "Score" smallint, "Plan" text); $add));
	my ($stdout, $stderr) = ('', '');
	{
		local $ENV{PGTZ} = 'Asia/Tokyo';
		IPC::Run::run([ 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database), '-v', 'responses=My Answers', '-v', 'day=Created At',
				'-v', 'score=Score', '-v', 'segment=Plan', '-f', 'examples/bi_views.sql', '-v', "way=$way", '-f', 'examples/rollup.sql' ],
			'>', \$stdout, '2>', \$stderr);
	}
	is(($? >> 8) . $stderr, '0', "$way: both files on a table of one's own");
	$node->safe_psql($database, qq($add;
		UPDATE "My Answers" SET "Plan" = 'moved', "Created At" = "Created At" + interval '1 day' WHERE "Score" = 9;
		UPDATE "My Answers" SET "Created At" = NULL WHERE "Score" = 3;
		DELETE FROM "My Answers" WHERE "Score" = 5));
	$node->safe_psql($database, block($way, 'refresh')) unless $way eq 'triggers';
	is($node->safe_psql($database, qq(
		WITH kept AS ($kept), recounted AS (
			SELECT ("Created At" AT TIME ZONE 'Asia/Tokyo')::date AS day, coalesce("Plan", '(not said)') AS segment, "Score"::integer AS score, count(*) AS n
			FROM "My Answers" WHERE "Created At" IS NOT NULL GROUP BY 1, 2, 3)
		SELECT (SELECT sum(n) > 300 FROM kept), (SELECT count(*) FROM ((TABLE recounted EXCEPT ALL TABLE kept) UNION ALL (TABLE kept EXCEPT ALL TABLE recounted)) differences))),
		't|0', "$way: its summaries equal the recount");
}

$node->stop;
done_testing();
