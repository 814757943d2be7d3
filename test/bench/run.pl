# The benchmarks: interleaved rounds in one session, medians, ratios; as Markdown.
#
# usage: run.pl --rows N --rounds N [--peers]   (PGHOST and the like say where)
use strict;
use warnings;
use File::Temp qw(tempdir);
use Getopt::Long;
use List::Util qw(min);

my ($rows, $rounds, $peers) = (10_000_000, 7, 0);
GetOptions('rows=i' => \$rows, 'rounds=i' => \$rounds, 'peers' => \$peers) or exit 2;

my $counts = q(count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score BETWEEN 7 AND 8), count(*) FILTER (WHERE score <= 6), count(score));
my $by_hand = qq(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(score), 0), $counts);
my $worth = q((CASE WHEN score >= 9 THEN 100 WHEN score <= 6 THEN -100 WHEN score >= 7 THEN 0 END));
my $with_wald = qq(avg($worth), 1.96 * stddev($worth) / sqrt(nullif(count(score), 0)), $counts);
my $window = q(WINDOW w AS (ORDER BY day RANGE '89 days' PRECEDING));
my $filter_window = join(', ', map { "$_ OVER w" }
	'count(*) FILTER (WHERE int_score >= 9)', 'count(*) FILTER (WHERE int_score BETWEEN 7 AND 8)', 'count(*) FILTER (WHERE int_score <= 6)', 'count(int_score)');
(my $window_worth = $worth) =~ s/score/int_score/g;

my $one_process = 'SET max_parallel_workers_per_gather = 0';
my $two_workers = 'SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = on';
my $no_leader = 'SET parallel_leader_participation = off';

# What a grouping by customer costs where its rows are made, without sending them to a client.
sub by_customer
{
	my ($aggregate) = @_;
	return "SELECT count(made) FROM (SELECT customer, $aggregate AS made FROM bench GROUP BY customer OFFSET 0) customers";
}

# Many short queries, planned anew each time.
sub many_times
{
	my ($query) = @_;
	return qq(DO \$\$DECLARE r record; BEGIN FOR i IN 1 .. 2000 LOOP EXECUTE '$query' INTO r; END LOOP; END\$\$);
}

# The counting scan beside PostgreSQL's own plan, and count(score) where that is the measure. With \g /dev/null
# behind it a DO block is no different from a query.
my ($with_scan, $without_scan) = ('SET nps.counting_scan = on', 'SET nps.counting_scan = off');
my @counted = (
	[ 'all rows', 'score', '' ],
	[ 'by segment', 'segment, score', 'GROUP BY segment' ],
	[ 'by segment as text', 'segment_name, score', 'GROUP BY segment_name' ],
	[ 'by segment and year', q(segment, extract(year FROM day), score), 'GROUP BY 1, 2' ],
	[ 'by quarter of a date', q(date_trunc('quarter', day), score), 'GROUP BY 1' ],
	[ 'by quarter of a timestamp', q(date_trunc('quarter', at), score), 'GROUP BY 1' ],
	[ 'half of them', 'score', 'WHERE segment < 10' ],
	[ 'by day and segment', 'day, segment, score', 'GROUP BY day, segment' ]);
sub counted_query
{
	my ($aggregate, $columns, $rest) = @_;
	$columns =~ s/\bscore$/$aggregate(score)/;
	return "SELECT $columns FROM bench $rest";
}
my @counted_queries = map {
	my ($name, @parts) = @$_;
	my $nps = $name eq 'by day and segment' ? 'nps_agg' : 'nps';
	[ "scan: count $name", counted_query('count', @parts) ],
	[ "scan: $name, on", counted_query($nps, @parts), $with_scan ],
	[ "scan: $name, off", counted_query($nps, @parts), $without_scan ]
} @counted;
my @short_queries = map {
	my ($name, $query) = @$_;
	[ "scan: $name, on", many_times($query), $with_scan ],
	[ "scan: $name, off", many_times($query), $without_scan ]
} ([ 'a thousand rows', 'SELECT nps(score) FROM thousand' ], [ 'a thousand rows by segment', 'SELECT segment, nps(score) FROM thousand GROUP BY segment' ],
	[ 'ten rows by an index', 'SELECT nps(score) FROM bench WHERE customer = 42' ]);

# Each section: settings, then queries by name, timed in turn; some with settings of their own, which are not timed.
my @sections = (
	[ 'One row from all', '', [
		[ 'count(score)', 'SELECT count(score) FROM bench' ],
		[ 'nps(score)', 'SELECT nps(score) FROM bench' ],
		[ 'count of smallint', 'SELECT count(small_score) FROM bench' ],
		[ 'nps of smallint', 'SELECT nps(small_score) FROM bench' ],
		[ 'count of integer', 'SELECT count(int_score) FROM bench' ],
		[ 'nps of integer', 'SELECT nps(int_score) FROM bench' ],
		[ 'by hand, with the counts', "SELECT $by_hand FROM bench" ],
		[ 'by hand, with a Wald interval', "SELECT $with_wald FROM bench" ] ] ],
	[ 'By 20 segments', '', [
		[ 'count by segment', 'SELECT segment, count(score) FROM bench GROUP BY segment' ],
		[ 'nps by segment', 'SELECT segment, nps(score) FROM bench GROUP BY segment' ],
		[ 'by hand by segment', "SELECT segment, $by_hand FROM bench GROUP BY segment" ] ] ],
	[ 'By a tenth as many customers', "SET enable_sort = off", [
		[ 'count by customer', by_customer('count(score)') ],
		[ 'nps by customer', by_customer('nps(score)') ],
		[ 'nps_agg by customer', by_customer('nps_agg(score)') ],
		[ 'by hand by customer', by_customer("ROW($by_hand)") ],
		[ 'count by customer, sent', 'SELECT customer, count(score) FROM bench GROUP BY customer' ],
		[ 'nps by customer, sent', 'SELECT customer, nps(score) FROM bench GROUP BY customer' ] ] ],
	[ 'Parallel', 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0', [
		[ 'count(score), one process', 'SELECT count(score) FROM bench', $one_process ],
		[ 'nps(score), one process', 'SELECT nps(score) FROM bench', $one_process ],
		[ 'nps(score), two workers and the leader', 'SELECT nps(score) FROM bench', $two_workers ],
		[ 'count(score), two workers', 'SELECT count(score) FROM bench', "$two_workers; $no_leader" ],
		[ 'nps(score), two workers', 'SELECT nps(score) FROM bench', "$two_workers; $no_leader" ] ] ],
	[ 'The trailing 90 days at each of a tenth as many rows', '', [
		[ 'sum(int) over 90 days', "SELECT sum(int_score) OVER w FROM timeline $window" ],
		[ 'nps over 90 days', "SELECT (nps(score) OVER w).nps FROM timeline $window" ],
		[ 'FILTER windows with a Wald interval', "SELECT $filter_window, avg($window_worth) OVER w, 1.96 * stddev($window_worth) OVER w / sqrt(count(int_score) OVER w) FROM timeline $window" ],
		[ 'nps over 90 days of daily summaries', "SELECT (nps(summary) OVER w).nps FROM timeline_daily $window" ] ] ],
	[ 'The same at each row of a sliding 1000', '', [
		[ 'sum(int) over 1000 rows', 'SELECT sum(int_score) OVER (ORDER BY id ROWS 999 PRECEDING) FROM timeline' ],
		[ 'nps over 1000 rows', 'SELECT (nps(score) OVER (ORDER BY id ROWS 999 PRECEDING)).nps FROM timeline' ] ] ],
	[ 'Quarters', '', [
		[ 'quarters from raw rows', q(SELECT date_trunc('quarter', day), nps(score) FROM bench GROUP BY 1) ],
		[ 'quarters from daily summaries', q(SELECT date_trunc('quarter', day), nps(summary) FROM daily GROUP BY 1) ] ] ],
	[ 'The counting scan', '', [
		@counted_queries,
		[ 'scan: by customer, on', by_customer('nps_agg(score)'), $with_scan ],
		[ 'scan: by customer, off', by_customer('nps_agg(score)'), $without_scan ],
		@short_queries ] ],
	[ 'The counting scan in parallel', 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0', [
		[ 'scan: one process', 'SELECT nps(score) FROM bench', "$with_scan; $one_process" ],
		[ 'scan: two workers', 'SELECT nps(score) FROM bench', "$two_workers; $no_leader" ],
		[ 'scan: count in one process', 'SELECT count(score) FROM bench', $one_process ],
		[ 'scan: count by two workers', 'SELECT count(score) FROM bench', "$two_workers; $no_leader" ] ] ],
	[ 'Stored summaries, a tenth as many as rows', '', [
		[ 'merge', 'SELECT nps_agg(summary) FROM summaries' ],
		[ 'merge by 20', 'SELECT segment, nps_agg(summary) FROM summaries GROUP BY segment' ],
		[ 'count(summary)', 'SELECT count(summary) FROM summaries' ],
		[ 'a result each', 'SELECT count(nps_estimate(summary)) FROM summaries' ],
		[ 'count of pairs', 'SELECT count(before), count(after) FROM pairs' ],
		[ 'a test each', 'SELECT count(nps_test(after, before)), count(after) FROM pairs' ] ] ]);

# Runs a psql script and returns what it prints.
sub psql
{
	my ($script) = @_;
	my $file = File::Temp->new(SUFFIX => '.sql');
	print $file $script;
	close $file;
	my $output = qx(psql -X -q -v ON_ERROR_STOP=1 -f $file 2>&1);
	die $output if $? != 0;
	return $output;
}

sub median
{
	my @sorted = sort { $a <=> $b } @_;
	return $sorted[ $#sorted / 2 ];
}

# Milliseconds by query name: the median of the rounds, after one that warms up, and their minimum. Outside
# its own sections the counting scan is off: they are about the aggregates.
my (%median, %minimum);
foreach my $section (@sections)
{
	my ($title, $settings, $queries) = @$section;
	my $once = join('', map { "\\timing off\n" . ($_->[2] // '') . ";\n\\timing on\n$_->[1] \\g /dev/null\n" } @$queries);
	my $output = psql("SET jit = off; $one_process; SET work_mem = '2GB'; $without_scan; $settings;\n" . $once x (1 + $rounds));
	my @times = $output =~ /^Time: ([\d.]+) ms/mg;
	splice @times, 0, scalar(@$queries);
	foreach my $i (0 .. $#$queries)
	{
		my @of_query = @times[ map { $i + $_ * @$queries } 0 .. $rounds - 1 ];
		$median{ $queries->[$i][0] } = median(@of_query);
		$minimum{ $queries->[$i][0] } = min(@of_query);
	}
}

# The hash table of a grouping, in kilobytes.
sub hash_memory
{
	my ($query) = @_;
	my ($memory) = psql("SET work_mem = '2GB'; SET enable_sort = off; SET max_parallel_workers_per_gather = 0; EXPLAIN (ANALYZE, TIMING OFF) $query;") =~ /Memory Usage: (\d+)kB/;
	return $memory;
}
my $memory_ratio = hash_memory('SELECT customer, nps(score) FROM bench GROUP BY customer') / hash_memory('SELECT customer, count(score) FROM bench GROUP BY customer');

sub ratio { my ($of, $to) = @_; my $ratio = $median{$of} / $median{$to}; return sprintf($ratio < 100 ? '%.2f' : '%.0f', $ratio); }
sub ratio_of_minima { my ($of, $to) = @_; return sprintf('%.2f', $minimum{$of} / $minimum{$to}); }
sub row { printf("| %s | %s |\n", @_); }

my $summaries = psql('\t on' . "\nSELECT count(*) FROM summaries;") + 0;
my $per_result = ($median{'a result each'} - $median{'count(summary)'}) * 1000 / $summaries;
my $per_test = ($median{'a test each'} - $median{'count of pairs'}) * 1000 / $summaries;

print "| what | ratio |\n|---|---|\n";
row('`nps(score)` / `count(score)`', ratio('nps(score)', 'count(score)'));
row('the same of `smallint`', ratio('nps of smallint', 'count of smallint'));
row('the same of `integer`', ratio('nps of integer', 'count of integer'));
row('the formula by hand with its counts / `nps(score)`', ratio('by hand, with the counts', 'nps(score)'));
row('the formula by hand with a Wald interval / `nps(score)`', ratio('by hand, with a Wald interval', 'nps(score)'));
row('by 20 segments: `nps` / `count`', ratio('nps by segment', 'count by segment'));
row('by 20 segments: by hand / `nps`', ratio('by hand by segment', 'nps by segment'));
row('by customer: `nps` / `count`', ratio('nps by customer', 'count by customer'));
row('by customer: `nps_agg` / `count`', ratio('nps_agg by customer', 'count by customer'));
row('by customer: by hand / `nps`', ratio('by hand by customer', 'nps by customer'));
row('by customer, every row sent as text: `nps` / `count`', ratio('nps by customer, sent', 'count by customer, sent'));
row('by customer: memory of `nps` / of `count`', sprintf('%.2f', $memory_ratio));
row('one process / two workers and the leader, as is usual', ratio('nps(score), one process', 'nps(score), two workers and the leader'));
row('one process / two workers alone', ratio('nps(score), one process', 'nps(score), two workers'));
row('`count(score)`: one process / two workers alone', ratio('count(score), one process', 'count(score), two workers'));
row('90 days at each row: `nps` / `sum(int)`', ratio('nps over 90 days', 'sum(int) over 90 days'));
row('90 days at each row: FILTER windows with a Wald interval / `nps`', ratio('FILTER windows with a Wald interval', 'nps over 90 days'));
row('90 days: raw rows / daily summaries', ratio('nps over 90 days', 'nps over 90 days of daily summaries'));
row('1000 rows at each row: `nps` / `sum(int)`', ratio('nps over 1000 rows', 'sum(int) over 1000 rows'));
row('quarters: raw rows / daily summaries', ratio('quarters from raw rows', 'quarters from daily summaries'));
row('summaries merged a second, in millions', sprintf('%.1f', $summaries / $median{merge} / 1000));
row('the same by 20 groups', sprintf('%.1f', $summaries / $median{'merge by 20'} / 1000));
row('one result row, in microseconds', sprintf('%.2f', $per_result));
row('one `nps_test`, in microseconds', sprintf('%.2f', $per_test));
foreach my $name (map { $_->[0] } @counted)
{
	row("the counting scan, $name: with it / `count(score)`", ratio_of_minima("scan: $name, on", "scan: count $name"));
	row("the counting scan, $name: with it / without", ratio_of_minima("scan: $name, on", "scan: $name, off"));
}
row("the counting scan, $_: with it / without", ratio_of_minima("scan: $_, on", "scan: $_, off")) foreach 'by customer', 'a thousand rows', 'a thousand rows by segment', 'ten rows by an index';
row('the counting scan, all rows: one process / two workers alone', ratio_of_minima('scan: one process', 'scan: two workers'));
row('`count(score)` beside it: one process / two workers alone', ratio_of_minima('scan: count in one process', 'scan: count by two workers'));
exit 0 unless $peers;

# DuckDB on the same rows: its package from npm, its own table, its own timing of the same question.
my $directory = tempdir(CLEANUP => 1);
psql("\\copy (SELECT day, segment, int_score FROM bench) TO '$directory/bench.csv' (FORMAT csv)\n");
system("cp test/bench/duckdb.mjs $directory/ && cd $directory && npm install --silent --no-audit --no-fund \@duckdb/node-api >npm.log 2>&1") == 0
	or die "DuckDB could not be installed\n";
my (%duckdb, %duckdb_minimum);
foreach my $line (qx(cd $directory && node duckdb.mjs $rounds))
{
	my ($name, $median, $minimum) = split ' ', $line;
	($duckdb{$name}, $duckdb_minimum{$name}) = ($median, $minimum);
}
row('quarters: DuckDB on raw rows (one thread) / `nps` from daily summaries', sprintf('%.0f', $duckdb{quarters} / $median{'quarters from daily summaries'}));
row('all rows: `nps(score)` / DuckDB (one thread)', sprintf('%.2f', $median{'nps(score)'} / $duckdb{all}));
row("the counting scan, $_->[0]: with it / DuckDB (one thread)", sprintf('%.2f', $minimum{"scan: $_->[0], on"} / $duckdb_minimum{ $_->[1] }))
  foreach [ 'all rows', 'all' ], [ 'by segment', 'segments' ], [ 'by quarter of a date', 'quarters' ];
