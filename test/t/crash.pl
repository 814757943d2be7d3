# Daily summaries maintained by upserts, from eight writers at once, while the server is stopped over and
# over in the middle of the work: after each recovery every confirmed transaction is there exactly once,
# every other one whole or not at all, and the summaries equal a recount of the raw rows.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use File::Spec;
use Time::HiRes qw(usleep);

my $writers = 8;
my $transactions_each = 300;
my $stops = 6;
my $confirmed_before_stop = 120;
my $seconds_to_wait = 180;

my $node = PostgreSQL::Test::Cluster->new('crash');
$node->init(extra => [ '--no-locale', '--encoding=UTF8', '--data-checksums' ]);

# An immediate stop is a crash of the server's processes, not of the machine: what was written is still in
# the operating system's cache, so that fsync = off, as the framework has it, would do here. It is on, as
# where the data matter. What a crash needs is full_page_writes, which repairs pages written in part, and
# synchronous_commit, without which a confirmed COMMIT need not have left the server's own memory.
$node->append_conf('postgresql.conf', q(
fsync = on
full_page_writes = on
synchronous_commit = on
log_statement = none));
$node->start;

# No constraint stands in the way of a doubled response or transaction: this is what is looked for.
$node->safe_psql('postgres', q(
	CREATE EXTENSION nps;
	CREATE TABLE journal (writer integer, txn integer);
	CREATE TABLE responses (writer integer, txn integer, number integer, day date, segment text, score nps_score);
	CREATE TABLE daily (day date, segment text, summary nps_summary NOT NULL, PRIMARY KEY (day, segment));
	CREATE INDEX ON responses (writer, txn);
	CREATE INDEX responses_by_score ON responses (score);
	CREATE INDEX responses_hashed ON responses USING hash (score)));

# --- what the writers do -----------------------------------------------------

srand(20260115);

# A random score as SQL; one in twelve is no answer.
sub random_score
{
	my $score = int(rand(12));
	return $score > 10 ? 'NULL' : $score;
}

# Twelve or fewer new responses, over six days and three segments.
sub plan_insert
{
	my ($txn) = @_;
	return { kind => 'insert', rows => [ map {
		[ $txn, $_, sprintf('2026-01-%02d', 12 + int(rand(6))), (qw(free paid trial))[ int(rand(3)) ], random_score() ]
	} 1 .. 3 + int(rand(10)) ] };
}

# Takes out some of a writer's responses, or changes their scores.
sub plan_change
{
	my ($kind, $here) = @_;
	my @keys = sort keys %$here;
	my %chosen = map { $keys[ int(rand(@keys)) ] => 1 } 1 .. 1 + int(rand(6));
	return { kind => $kind, rows => [ map {
		[ split(/:/), split(/\|/, $here->{$_}) ]
	} sort keys %chosen ], scores => [ map { random_score() } sort keys %chosen ] };
}

# Brings a writer's raw rows, "txn:number" => "day|segment|score", to the state after a transaction.
sub apply
{
	my ($here, $transaction) = @_;
	my @scores = @{ $transaction->{scores} // [] };
	foreach my $row (@{ $transaction->{rows} })
	{
		my ($txn, $number, $day, $segment, $score) = @$row;
		$score = shift @scores if $transaction->{kind} eq 'update';
		$here->{"$txn:$number"} = "$day|$segment|$score";
		delete $here->{"$txn:$number"} if $transaction->{kind} eq 'delete';
	}
	return;
}

# All transactions of a writer. It changes responses of its own only, so that what must be there
# follows from how many of its transactions are.
sub plan_writer
{
	my (@transactions, %here);
	foreach my $txn (1 .. $transactions_each)
	{
		my $kind = %here ? (qw(insert insert insert delete update))[ int(rand(5)) ] : 'insert';
		push @transactions, $kind eq 'insert' ? plan_insert($txn) : plan_change($kind, \%here);
		apply(\%here, $transactions[-1]);
	}
	return \@transactions;
}

my @plans = map { plan_writer() } 1 .. $writers;

# New rows, and their summaries merged into those of their days.
sub insert_sql
{
	my ($writer, $rows) = @_;
	my $values = join(', ', map { "($writer, $_->[0], $_->[1], '$_->[2]', '$_->[3]', $_->[4])" } @$rows);
	return qq(
		WITH new AS (INSERT INTO responses VALUES $values RETURNING day, segment, score)
		INSERT INTO daily SELECT day, segment, nps_agg(score) FROM new GROUP BY day, segment ORDER BY day, segment
		ON CONFLICT (day, segment) DO UPDATE SET summary = daily.summary + excluded.summary;\n);
}

# Before a change: the days of these responses, in the order of their keys.
sub lock_sql
{
	my ($writer, $keys) = @_;
	return qq(
		SELECT FROM daily WHERE (day, segment) IN
			(SELECT day, segment FROM responses WHERE writer = $writer AND (txn, number) IN ($keys))
		ORDER BY day, segment FOR UPDATE;\n);
}

# Rows deleted, and taken out of the summaries.
sub delete_sql
{
	my ($writer, $rows) = @_;
	my $keys = join(', ', map { "($_->[0], $_->[1])" } @$rows);
	return lock_sql($writer, $keys) . qq(
		WITH gone AS (DELETE FROM responses WHERE writer = $writer AND (txn, number) IN ($keys)
			RETURNING day, segment, score)
		UPDATE daily SET summary = daily.summary - change.old
		FROM (SELECT day, segment, nps_agg(score) AS old FROM gone GROUP BY day, segment) change
		WHERE daily.day = change.day AND daily.segment = change.segment;\n);
}

# Scores corrected: the old ones out of the summaries, the new ones in.
sub update_sql
{
	my ($writer, $rows, $scores) = @_;
	my $keys = join(', ', map { "($_->[0], $_->[1])" } @$rows);
	my $corrections = join(', ', map { "($rows->[$_][0], $rows->[$_][1], $scores->[$_]::integer)" } 0 .. $#$rows);
	return lock_sql($writer, $keys) . qq(
		WITH corrected AS (UPDATE responses r SET score = correction.score
			FROM responses was JOIN (VALUES $corrections) correction (txn, number, score) USING (txn, number)
			WHERE was.writer = $writer AND r.writer = $writer AND r.txn = was.txn AND r.number = was.number
			RETURNING r.day, r.segment, was.score AS old, r.score AS new)
		UPDATE daily SET summary = daily.summary - change.old + change.new
		FROM (SELECT day, segment, nps_agg(old) AS old, nps_agg(new) AS new FROM corrected GROUP BY day, segment) change
		WHERE daily.day = change.day AND daily.segment = change.segment;\n);
}

# One transaction as a script for psql, which notes that it is confirmed once COMMIT is. Each locks its
# days once and in the order of their keys, so that no two transactions wait for each other.
sub transaction_sql
{
	my ($writer, $txn) = @_;
	my ($kind, $rows, $scores) = @{ $plans[$writer][ $txn - 1 ] }{qw(kind rows scores)};
	my %sql_of = (insert => \&insert_sql, delete => \&delete_sql, update => \&update_sql);
	return "BEGIN;\nINSERT INTO journal VALUES ($writer, $txn);\n"
		. $sql_of{$kind}->($writer, $rows, $scores) . "COMMIT;\n\\warn confirmed $txn\n";
}

# --- the writers at work -----------------------------------------------------

my $directory = PostgreSQL::Test::Utils::tempdir();
my @done = (0) x $writers;         # transactions of each writer that are there
my @confirmed = (0) x $writers;    # the last one whose COMMIT was confirmed

# Starts the writers, each at its first transaction that is not there; psql ends at any error.
sub start_writers
{
	my ($round) = @_;
	my @running;
	foreach my $writer (0 .. $writers - 1)
	{
		my $file = "$directory/writer$writer.$round";
		append_to_file("$file.sql", join('', map { transaction_sql($writer, $_) } $done[$writer] + 1 .. $transactions_each));
		push @running, { notes => "$file.notes", psql => IPC::Run::start(
			[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', "$file.sql" ],
			'<', File::Spec->devnull, '>', File::Spec->devnull, '2>', "$file.notes") };
	}
	return @running;
}

# How many transactions the writers have noted as confirmed in this round.
sub count_confirmed
{
	my $notes = join('', map { -e $_->{notes} ? slurp_file($_->{notes}) : '' } @_);
	return scalar(() = $notes =~ /^confirmed \d+$/mg);
}

# Polls until that many are confirmed, which the writers reach unless they all end before.
sub wait_for_confirmed
{
	my ($number, @running) = @_;
	foreach (1 .. $seconds_to_wait * 100)
	{
		return 1 if count_confirmed(@running) >= $number;
		return 0 unless grep { $_->{psql}->pumpable } @running;
		usleep(10_000);
	}
	return 0;
}

# Waits for the writers to end and takes down what each has noted. Gives how many have lost their
# connection, and what else went wrong.
sub finish_writers
{
	my (@running) = @_;
	my ($cut_off, @wrong) = (0);
	foreach my $writer (0 .. $writers - 1)
	{
		$running[$writer]{psql}->finish;
		my $notes = slurp_file($running[$writer]{notes});
		my @noted = $notes =~ /^confirmed (\d+)$/mg;
		my $first = $done[$writer] + 1;
		$confirmed[$writer] = $done[$writer] + @noted;

		push @wrong, $notes =~ /^(.*ERROR: .*)$/mg;
		push @wrong, "writer $writer noted @noted" if "@noted" ne join(' ', $first .. $confirmed[$writer]);
		next unless $running[$writer]{psql}->full_result(0);
		if ($notes =~ /connection/) { $cut_off++ }
		else { push @wrong, "writer $writer ended: $notes" }
	}
	return ($cut_off, join("\n", @wrong));
}

# --- what must be there ------------------------------------------------------

my ($lost_transactions, $doubled_transactions, $lost_responses, $doubled_responses) = (0, 0, 0, 0);
my ($unconfirmed_there, $comparisons) = (0, 0);
my @expected = map { +{} } 1 .. $writers;    # raw rows of each writer after its transactions in @done

# The transactions that are there: each confirmed one once, of the others at most the next, once. What is
# there is then what each writer goes on from.
sub check_transactions
{
	my ($when) = @_;
	my ($lost, $doubled, $unexpected) = (0, 0, 0);
	my @times = map { +{} } 1 .. $writers;
	foreach my $line (split /\n/, $node->safe_psql('postgres', 'SELECT writer, txn, count(*) FROM journal GROUP BY 1, 2'))
	{
		my ($writer, $txn, $times) = split /\|/, $line;
		$times[$writer]{$txn} = $times;
	}
	foreach my $writer (0 .. $writers - 1)
	{
		my $next = $confirmed[$writer] + 1;
		$lost += grep { !$times[$writer]{$_} } 1 .. $confirmed[$writer];
		$doubled += grep { $_ > 1 } values %{ $times[$writer] };
		$unexpected += grep { $_ > $next } keys %{ $times[$writer] };

		my $now = $times[$writer]{$next} ? $next : $confirmed[$writer];
		apply($expected[$writer], $plans[$writer][ $_ - 1 ]) foreach $done[$writer] + 1 .. $now;
		$done[$writer] = $now;
		$unconfirmed_there += $now - $confirmed[$writer];
	}
	is($lost, 0, "$when: no confirmed transaction is lost");
	is($doubled, 0, "$when: no transaction is doubled");
	is($unexpected, 0, "$when: none is there that was not yet begun");
	$lost_transactions += $lost;
	$doubled_transactions += $doubled;
	return;
}

# The raw rows: those that the transactions there leave behind, each once, and no other.
sub check_responses
{
	my ($when) = @_;
	my ($lost, $doubled, $unexpected) = (0, 0, 0);
	my @there = map { +{} } 1 .. $writers;
	foreach my $line (split /\n/, $node->safe_psql('postgres',
		q(SELECT writer, txn || ':' || number, day, segment, coalesce(score::text, 'NULL') FROM responses)))
	{
		my ($writer, $key, $row) = split /\|/, $line, 3;
		push @{ $there[$writer]{$key} }, $row;
	}
	foreach my $writer (0 .. $writers - 1)
	{
		my ($is, $should) = ($there[$writer], $expected[$writer]);
		$lost += grep { !$is->{$_} } keys %$should;
		$doubled += @$_ - 1 foreach values %$is;
		$unexpected += grep { !defined $should->{$_} || $is->{$_}[0] ne $should->{$_} } keys %$is;
	}
	is($lost, 0, "$when: no response is lost");
	is($doubled, 0, "$when: no response is doubled");
	is($unexpected, 0, "$when: no response is there that was taken out, has another score or is of a transaction that is not");
	$lost_responses += $lost;
	$doubled_responses += $doubled;
	return;
}

# The summaries against counts of the raw rows in plain SQL, and against nps_agg.
sub check_summaries
{
	my ($when) = @_;
	my $counts = join(', ', map { "count(*) FILTER (WHERE score::integer = $_)" } 0 .. 10);
	my $none = '{' . join(',', (0) x 11) . '}';
	my ($compared, $wrong, $which) = split /\|/, $node->safe_psql('postgres', qq(
		WITH recount AS (
			SELECT day, segment, '{' || concat_ws(',', $counts) || '}' AS counts, nps_agg(score) AS summary
			FROM responses GROUP BY day, segment),
		compared AS (
			SELECT day || ' ' || segment AS key, coalesce(daily.summary::text, 'missing') AS stored, daily.summary AS stored_summary,
				coalesce(recount.counts, '$none') AS counts, coalesce(recount.summary, '$none') AS summary
			FROM daily FULL JOIN recount USING (day, segment))
		SELECT count(*), count(*) FILTER (WHERE stored <> counts OR stored_summary IS DISTINCT FROM summary),
			string_agg(key || ': ' || stored || ' for ' || counts, '; ') FILTER (WHERE stored <> counts)
		FROM compared));
	is($wrong, 0, "$when: the summaries equal a recount") or diag($which);
	cmp_ok($compared, '>', 0, "$when: there are summaries");
	$comparisons += $compared;
	return;
}

# The scores counted by each index, against a count of the rows without.
sub check_indexes
{
	my ($when) = @_;
	my %index = (btree => 'responses_by_score', hash => 'responses_hashed');
	my %other = (btree => 'responses_hashed', hash => 'responses_by_score');
	my $counts = $node->safe_psql('postgres', q(
		SELECT n, count(score) FROM generate_series(0, 10) n LEFT JOIN responses ON score::integer = n GROUP BY n ORDER BY n));
	my $by_index = 'SELECT n, (SELECT count(*) FROM responses WHERE score = n) FROM generate_series(0, 10) n ORDER BY n';
	foreach my $method (qw(btree hash))
	{
		my $answer = $node->safe_psql('postgres', qq(
			BEGIN;
			DROP INDEX $other{$method};
			SET LOCAL enable_seqscan = off;
			EXPLAIN (COSTS OFF) $by_index;
			$by_index;
			ROLLBACK));
		like($answer, qr/\b$index{$method}\b/, "$when: the $method index is used");
		is(join("\n", $answer =~ /^(\d+\|\d+)$/mg), $counts, "$when: and gives the scores");
	}
	return;
}

# All of the above.
sub check_all
{
	my ($when) = @_;
	check_transactions($when);
	check_responses($when);
	check_summaries($when);
	check_indexes($when);
	return;
}

# --- stop, recover, look, go on ----------------------------------------------

my $all_cut_off = 0;
foreach my $round (1 .. $stops)
{
	my @running = start_writers($round);

	# Every other time a checkpoint comes between, so that recovery begins in the middle of the work.
	ok(wait_for_confirmed($confirmed_before_stop / 2, @running), "stop $round: the writers are at work");
	$node->safe_psql('postgres', 'CHECKPOINT') if $round % 2 == 0;
	ok(wait_for_confirmed($confirmed_before_stop, @running), "stop $round: and confirm transactions");
	$node->stop('immediate');

	my ($cut_off, $wrong) = finish_writers(@running);
	is($wrong, '', "stop $round: no writer met an error other than the loss of the server");
	cmp_ok($cut_off, '>', 0, "stop $round: it came in the middle of the work");
	$all_cut_off += $cut_off;

	$node->start;
	check_all("stop $round");
}

my ($cut_off, $wrong) = finish_writers(start_writers('last'));
is($wrong, '', 'no writer met an error');
is($cut_off, 0, 'at last all come to their end');
is("@confirmed", join(' ', ($transactions_each) x $writers), 'with all transactions confirmed');
check_all('at the end');

# The figures of the pooled summaries, and as the raw rows give them by hand.
is($node->safe_psql('postgres', 'SELECT nps(summary) FROM daily'), $node->safe_psql('postgres', 'SELECT nps(score) FROM responses'),
	'the result row of the pooled summaries is that of the raw rows');
is($node->safe_psql('postgres', q(SELECT round((nps(summary)).nps::numeric, 9), (nps(summary)).responses FROM daily)),
	$node->safe_psql('postgres', q(
	SELECT round(100 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6))::numeric / count(score), 9),
		count(score)
	FROM responses)), 'and the score is right');

my %kinds;
$kinds{ $_->{kind} } += @{ $_->{rows} } foreach map { @$_ } @plans;
my $transactions = $writers * $transactions_each;
note("writers $writers, transactions $transactions, immediate stops $stops");
note("rows inserted $kinds{insert}, deleted $kinds{delete}, updated $kinds{update}, there at the end "
	. $node->safe_psql('postgres', 'SELECT count(*) FROM responses'));
note("transactions: lost $lost_transactions, doubled $doubled_transactions");
note("responses: lost $lost_responses, doubled $doubled_responses");
note("writers cut off $all_cut_off, unconfirmed transactions that were there $unconfirmed_there, summaries recounted $comparisons");

$node->stop;
done_testing();
