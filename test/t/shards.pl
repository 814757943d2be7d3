# Responses on three servers and a coordinator. First through postgres_fdw: which queries are computed on the
# shards, by their plans, and that the answers are those of the same responses in one local table. Then the
# way that Citus takes with an aggregate, by hand and for each aggregate of the extension: a state per shard,
# to the coordinator as text and in binary, combined there on a fresh state, the final function.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# Where each shard's responses are from, and how many they are: so uneven that an average of averages is wrong.
my @regions = qw(americas asia europe);
my $responses = 30_000;

# Starts a server with the extension and an ordinary role, who owns a schema.
sub new_server
{
	my ($name) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION nps; CREATE ROLE analyst LOGIN; CREATE SCHEMA AUTHORIZATION analyst');
	return $node;
}

my $columns = 'customer_id bigint, region text, segment integer, answered_at date, score nps_score, weight float8';
my $coordinator = new_server('coordinator');
my @shards = map { new_server($_) } @regions;
$_->safe_psql('postgres', "CREATE TABLE responses ($columns); GRANT SELECT ON responses TO analyst") foreach @shards;

# Reproducible responses. One in eleven has no score; segment 20 answers in one region only; weights are
# quarters, so that their sums and the sums of their squares are exact in any order.
$coordinator->safe_psql('postgres', qq(
	CREATE TABLE unsharded ($columns);
	INSERT INTO unsharded
	SELECT i, CASE WHEN i % 7 = 0 THEN 'europe' WHEN i % 7 < 3 THEN 'asia' ELSE 'americas' END,
		CASE WHEN i % 7 = 0 AND i % 3 = 0 THEN 20 ELSE abs(hashint4(i)) % 20 END, date '2026-01-01' + i % 90,
		nullif(abs(hashint4(i + i % 7)) % (9 + (i % 7 + 5) / 4), 9 - i % 2), abs(hashint4(-i)) % 40 / 4.0
	FROM generate_series(1, $responses) i;
	GRANT SELECT ON unsharded TO analyst;
	CREATE EXTENSION postgres_fdw;
	CREATE TABLE responses ($columns) PARTITION BY LIST (region)));
foreach my $shard (@shards)
{
	my ($name, $host, $port) = ($shard->name, $shard->host, $shard->port);
	my ($user) = $coordinator->safe_psql('postgres', 'SELECT current_user');
	$coordinator->safe_psql('postgres', qq(
		CREATE SERVER $name FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$host', port '$port', dbname 'postgres', extensions 'nps');
		CREATE USER MAPPING FOR CURRENT_USER SERVER $name OPTIONS (user '$user');
		CREATE FOREIGN TABLE responses_$name PARTITION OF responses FOR VALUES IN ('$name')
			SERVER $name OPTIONS (table_name 'responses')));
}
# PostgreSQL 14 brought shards that work at the same time.
my $asynchronous = $coordinator->safe_psql('postgres', 'SHOW server_version_num') >= 140000;
if ($asynchronous)
{
	$coordinator->safe_psql('postgres', join(';', map { "ALTER SERVER " . $_->name . " OPTIONS (ADD async_capable 'true')" } @shards));
}
# Through the coordinator: the scores travel there and, for ANALYZE, back.
$coordinator->safe_psql('postgres', 'INSERT INTO responses SELECT * FROM unsharded; ANALYZE responses');

my @loaded = map { $_->safe_psql('postgres', 'SELECT count(*) FROM responses') } @shards;
is($loaded[0] + $loaded[1] + $loaded[2], $responses, 'every response is on a shard');
cmp_ok((sort { $a <=> $b } @loaded)[0], '>', 0, 'and every shard holds some');
note("responses on the shards: @loaded");

# --- postgres_fdw -----------------------------------------------------------

my $partitionwise = 'SET enable_partitionwise_aggregate = on;';

# What a query has the shards compute: one Remote SQL a foreign scan; and the rest of the plan.
sub remote_sql
{
	my ($query) = @_;
	my $plan = $coordinator->safe_psql('postgres', "$partitionwise EXPLAIN (VERBOSE, COSTS OFF) $query");
	my @remote = $plan =~ /Remote SQL: (.*)/g;
	$plan =~ s/Remote SQL: .*//g;
	return ($plan, @remote);
}

# How many rows the foreign scans of a query really fetched.
sub rows_fetched
{
	my ($query) = @_;
	my $plan = $coordinator->safe_psql('postgres',
		"$partitionwise EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) $query");
	my $rows = 0;
	$rows += $1 * $2 while $plan =~ /Foreign Scan.*actual rows=([\d.]+) loops=(\d+)/g;
	return $rows;
}

# The rows of a query over %s, in order, from the table of that name.
sub answer
{
	my ($query, $table) = @_;
	(my $sql = $query) =~ s/%s/$table/g;
	return $coordinator->safe_psql('postgres', "$partitionwise SELECT * FROM ($sql) answer ORDER BY answer::text");
}

# A query over %s: each of the shards in question is asked for what the pattern says, so many rows travel,
# nothing is filtered here, and the answer is that of the unsharded responses. Returns the Remote SQL.
sub pushed_down
{
	my ($name, $query, %expected) = @_;
	my $table = $expected{table} // 'responses';
	my $sharded = $query =~ s/%s/$table/gr;
	my ($plan, @remote) = remote_sql($sharded);

	is(scalar(@remote), $expected{shards}, "$name: shards asked");
	is(scalar(grep { $_ =~ $expected{remote} } @remote), $expected{shards}, "$name: computed on each of them")
		or diag(join("\n", @remote));
	unlike($plan, qr/Filter: /, "$name: nothing is filtered on the coordinator");
	is(rows_fetched($sharded), $expected{rows}, "$name: rows that travel");
	my $direct = answer($query, $expected{unsharded} // 'unsharded');
	is(answer($query, $table), $direct, "$name: the answer of the unsharded responses");
	isnt($direct, '', "$name: which is one");
	return @remote;
}

my $groups = $coordinator->safe_psql('postgres', 'SELECT count(*) FROM (SELECT DISTINCT region, segment FROM unsharded) g');
my $account_groups = $coordinator->safe_psql('postgres', 'SELECT count(*) FROM (SELECT DISTINCT region, segment, customer_id % 40 FROM unsharded) g');
cmp_ok($groups, '<', 3 * 21, 'a segment has no responses on some shard');

my @remote;
my %asia = (table => 'responses_asia', unsharded => q((SELECT * FROM unsharded WHERE region = 'asia') one), shards => 1);
push @remote, pushed_down('one shard', 'SELECT nps(score) FROM %s',
	%asia, rows => 1, remote => qr/^SELECT public\.nps\(score\) FROM public\.responses$/);
pushed_down('one shard, as columns', 'SELECT (nps(score)).* FROM %s',
	%asia, rows => 1, remote => qr/^SELECT public\.nps\(score\) FROM public\.responses$/);
pushed_down('one shard by segment', 'SELECT segment, nps(score) FROM %s GROUP BY segment',
	%asia, rows => 20, remote => qr/^SELECT segment, public\.nps\(score\) FROM .* GROUP BY 1/);
pushed_down('one shard by its key', q(SELECT region, nps(score) FROM %s WHERE region = 'asia' GROUP BY region),
	shards => 1, rows => 1, remote => qr/^SELECT .*public\.nps\(score\) FROM public\.responses WHERE .*'asia'.* GROUP BY/);
push @remote, pushed_down('by the partition key', 'SELECT region, nps(score) FROM %s GROUP BY region',
	shards => 3, rows => 3, remote => qr/SELECT region, public\.nps\(score\) FROM public\.responses GROUP BY 1/);
pushed_down('by the partition key and segment', 'SELECT region, segment, (nps(score)).* FROM %s GROUP BY region, segment',
	shards => 3, rows => $groups, remote => qr/SELECT region, segment, public\.nps\(score\) FROM .* GROUP BY 1, 2/);
pushed_down('weighted, by the partition key', 'SELECT region, nps_weighted(score, weight) FROM %s GROUP BY region',
	shards => 3, rows => 3, remote => qr/SELECT region, public\.nps_weighted\(score, weight\) FROM .* GROUP BY 1/);
push @remote, pushed_down('two levels', q(SELECT segment, nps(summary)
		FROM (SELECT region, segment, nps_agg(score) AS summary FROM %s GROUP BY region, segment) shards GROUP BY segment),
	shards => 3, rows => $groups, remote => qr/SELECT region, segment, public\.nps_agg\(score\) FROM .* GROUP BY 1, 2/);
pushed_down('two levels to one figure', q(SELECT nps(summary)
		FROM (SELECT region, nps_agg(score) AS summary FROM %s GROUP BY region) shards),
	shards => 3, rows => 3, remote => qr/SELECT region, public\.nps_agg\(score\) FROM .* GROUP BY 1/);
pushed_down('two levels, accounts', q(SELECT segment, nps(summary)
		FROM (SELECT region, segment, nps_clustered_agg(summary) AS summary
			FROM (SELECT region, segment, customer_id % 40 AS account, nps_agg(score) AS summary FROM %s GROUP BY 1, 2, 3) accounts GROUP BY region, segment) shards
		GROUP BY segment),
	shards => 3, rows => $account_groups, remote => qr/SELECT region, segment, .*public\.nps_agg\(score\) FROM .* GROUP BY 1, 2, 3/);
pushed_down('two levels, weighted', q(SELECT segment, nps(summary)
		FROM (SELECT region, segment, nps_weighted_agg(score, weight) AS summary FROM %s GROUP BY region, segment) shards GROUP BY segment),
	shards => 3, rows => $groups, remote => qr/SELECT region, segment, public\.nps_weighted_agg\(score, weight\) FROM .* GROUP BY 1, 2/);
foreach my $condition ('score <= 6', 'nps_is_detractor(score)', 'NOT nps_is_promoter(score) AND segment = 7')
{
	my $rows = $coordinator->safe_psql('postgres', "SELECT count(DISTINCT region) FROM unsharded WHERE $condition");
	my $shipped = $condition =~ /promoter/ ? qr/score OPERATOR\(public\.<\) 9.*segment = 7|segment = 7.*score OPERATOR\(public\.<\) 9/
		: qr/score OPERATOR\(public\.<=\) 6/;
	pushed_down("WHERE $condition", "SELECT region, nps(score) FROM %s WHERE $condition GROUP BY region",
		shards => 3, rows => $rows, remote => qr/ WHERE .*$shipped.* GROUP BY 1/);
}
is(rows_fetched('SELECT customer_id FROM responses WHERE nps_is_detractor(score)'),
	$coordinator->safe_psql('postgres', 'SELECT count(*) FROM unsharded WHERE score::integer <= 6'),
	'without an aggregate, too, only detractors travel');

if ($asynchronous)
{
	like((remote_sql('SELECT region, nps(score) FROM responses GROUP BY region'))[0], qr/(?:Async Foreign Scan.*){3}/s,
		'the shards work at the same time');
}

# By the segment alone, PostgreSQL takes the rows and aggregates here: right, but not what one wants.
my $by_segment = 'SELECT segment, nps(score) FROM %s GROUP BY segment';
is(answer($by_segment, 'responses'), answer($by_segment, 'unsharded'), 'without the partition key: the answer is right');
is(rows_fetched('SELECT segment, nps(score) FROM responses GROUP BY segment'), $responses, 'but every response travels');

# The option is what lets it: without it neither aggregate nor condition is computed on a shard.
$coordinator->safe_psql('postgres', "ALTER SERVER $_ OPTIONS (DROP extensions)") foreach @regions;
my (undef, @pulled) = remote_sql('SELECT region, nps(score) FROM responses WHERE score <= 6 GROUP BY region');
is(scalar(grep { /nps|<=/ } @pulled), 0, "without the option extensions 'nps' nothing is computed on the shards");
is(scalar(@pulled), 3, 'all three are read');
$coordinator->safe_psql('postgres', "ALTER SERVER $_ OPTIONS (ADD extensions 'nps')") foreach @regions;

# What doc/scaling.md shows of a plan is what is in one.
my @shown = slurp_file('doc/scaling.md') =~ /Remote SQL: (.*)/g;
my %seen = map { $_ => 1 } @remote;
is(join("\n", grep { !$seen{$_} } @shown), '', 'the page on scaling shows the Remote SQL that there is');
cmp_ok(scalar(@shown), '>', 0, 'and shows some');

# --- what Citus does --------------------------------------------------------

# Citus splits an aggregate that it can: with a combine function, an argument, and a state that is no
# pseudo-type. The aggregates, each with its support functions, its state and what it is called with here.
my @aggregates = map {
	my %aggregate;
	@aggregate{qw(oid name arguments transition combine final state initial)} = split /\|/, $_, -1;
	\%aggregate
} split /\n/, $coordinator->safe_psql('postgres', q(
	SELECT p.oid, p.proname, pg_get_function_arguments(p.oid), a.aggtransfn::regproc,
		nullif(a.aggcombinefn, 0)::regproc, nullif(a.aggfinalfn, 0)::regproc, a.aggtranstype::regtype, a.agginitval
	FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
	WHERE p.proname ~ '^nps(_weighted|_clustered|_paired_test|_mix_test|_trend)?(_agg)?$' ORDER BY 2, 3));
is(scalar(@aggregates), 2 * (7 + 5 + 2) + 3, 'the aggregates: six types of score and the summary, four and the summary weighted, accounts and theirs, waves, segments, periods');
is($coordinator->safe_psql('postgres', q(
	SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
	JOIN pg_type t ON t.oid = a.aggtranstype
	WHERE p.proname ~ '^nps(_weighted|_clustered|_paired_test|_mix_test|_trend)?(_agg)?$' AND NOT (a.aggcombinefn <> 0 AND p.pronargs > 0 AND t.typtype <> 'p'
		AND a.agginitval IS NOT NULL AND t.typsend <> 0 AND t.typreceive <> 0))), '', 'Citus can split each of them');

# What an aggregate is called with, and where that is found in a table of responses.
sub input_of
{
	my ($aggregate, $table) = @_;
	my ($type, $weight) = split /, /, $aggregate->{arguments};
	# Accounts are customers' numbers by their last digits. None is on two shards: an account is known by its region, too.
	my $account = 'segment, region, customer_id % 40';
	return ('first, second', "(SELECT $account AS account, nps_agg(score) FILTER (WHERE answered_at < '2026-02-15') AS first,
		nps_agg(score) FILTER (WHERE answered_at >= '2026-02-15') AS second FROM $table GROUP BY $account) s")
		if $aggregate->{name} eq 'nps_paired_test';
	# Segments of the mix, and periods of the trend, are the days of a region.
	my $days = "(SELECT segment, region, answered_at, nps_agg(score) AS summary, nps_agg(score) FILTER (WHERE weight < 5) AS first,
		nps_agg(score) FILTER (WHERE weight >= 5) AS second FROM $table GROUP BY 1, 2, 3) s";
	return ('first, second', $days) if $aggregate->{name} eq 'nps_mix_test';
	return ("answered_at - date '2026-01-01', summary", $days) if $aggregate->{name} eq 'nps_trend';
	my $accounts = "(SELECT $account AS account, nps_agg(score) AS summary FROM $table GROUP BY $account) s";
	return ('summary', $accounts) if $aggregate->{name} =~ /^nps_clustered/;
	return ('summary', "(SELECT segment, region, nps_clustered_agg(summary) AS summary FROM $accounts GROUP BY 1, 2) c")
		if $type eq 'nps_clustered_summary';
	return ('summary', "(SELECT segment, answered_at, nps_agg(score) AS summary FROM $table GROUP BY 1, 2) s") if $type eq 'nps_summary';
	return ('summary', "(SELECT segment, answered_at, nps_weighted_agg(score, weight) AS summary FROM $table GROUP BY 1, 2) s")
		if $type eq 'nps_weighted_summary';
	return ($weight ? "score::$type, weight" : "score::$type", $table);
}

# Runs statements as the ordinary role, who has been granted nothing but the tables.
sub as_analyst
{
	my ($node, $sql) = @_;
	return $node->safe_psql('postgres', $sql, extra_params => [ '-U', 'analyst' ]);
}

# On each shard: the aggregate without its final function, by segment, written out as text and in binary.
my $directory = PostgreSQL::Test::Utils::tempdir();
foreach my $shard (@shards)
{
	my $script = '';
	foreach my $i (0 .. $#aggregates)
	{
		my $aggregate = $aggregates[$i];
		my ($arguments, $source) = input_of($aggregate, 'responses');
		my $file = "$directory/$i." . $shard->name;

		$script .= "CREATE AGGREGATE worker_$i($aggregate->{arguments})"
			. " (SFUNC = $aggregate->{transition}, STYPE = $aggregate->{state}, INITCOND = '$aggregate->{initial}');\n"
			. "CREATE TEMP TABLE states_$i AS SELECT segment, worker_$i($arguments) AS state FROM $source GROUP BY segment"
			. " UNION ALL SELECT -1, worker_$i($arguments) FROM $source WHERE false;\n"
			. "\\copy states_$i TO '$file.text'\n"
			. "\\copy states_$i TO '$file.binary' (FORMAT binary)\n";
	}
	as_analyst($shard, $script);
}

# On the coordinator: the states come in, and go through the combine function, from the initial condition
# on, and then the final one. A shard without any response sends a state too, or NULL.
my $script = q(
	-- As Citus calls them, each by itself, and here with the state as text after every step.
	CREATE FUNCTION call_by_call(combine text, final text, state_type text, initial text, states text[]) RETURNS text
	LANGUAGE plpgsql AS $$
	DECLARE
		result text := initial;
		state text;
	BEGIN
		FOREACH state IN ARRAY states LOOP
			EXECUTE format('SELECT %s($1::%s, $2::%2$s)', combine, state_type) INTO result USING result, state;
		END LOOP;
		IF final <> '' THEN
			EXECUTE format('SELECT %s($1::%s)', final, state_type) INTO result USING result;
		END IF;
		RETURN result;
	END $$;
	);
foreach my $i (0 .. $#aggregates)
{
	my $aggregate = $aggregates[$i];
	my ($arguments, $source) = input_of($aggregate, 'unsharded');
	# Sums of floats depend on their order, in the last digits.
	my $rounded = $aggregate->{name} =~ /^nps_(mix_test|trend)$/;
	my $text_of = sub { return $rounded ? "nps_round($_[0], 9)::text" : "$_[0]::text"; };
	my $last = $rounded ? "last_$i" : $aggregate->{final};
	$script .= "CREATE FUNCTION $last(state $aggregate->{state}) RETURNS text LANGUAGE sql AS 'SELECT nps_round($aggregate->{final}(state), 9)::text';\n" if $rounded;
	my $final = $aggregate->{final} ? "FINALFUNC = $aggregate->{final}, " : '';

	$script .= "CREATE AGGREGATE coordinator_$i($aggregate->{state})"
		. " (SFUNC = $aggregate->{combine}, STYPE = $aggregate->{state}, ${final}INITCOND = '$aggregate->{initial}');\n";
	foreach my $format ('text', 'binary')
	{
		$script .= "CREATE TEMP TABLE ${format}_$i (segment integer, state $aggregate->{state});\n";
		$script .= "\\copy ${format}_$i FROM '$directory/$i.$_.$format' (FORMAT $format)\n" foreach @regions;
		$script .= "INSERT INTO ${format}_$i VALUES (-1, NULL), (7, NULL);\n";
	}
	$script .= qq(
		SELECT $i, count(*), count(*) FILTER (WHERE by_text = direct), count(*) FILTER (WHERE by_binary = direct),
			count(*) FILTER (WHERE by_call = direct), count(DISTINCT direct)
		FROM (SELECT segment, @{[ $text_of->("$aggregate->{name}($arguments)") ]} AS direct FROM $source GROUP BY segment
			UNION ALL SELECT -1, @{[ $text_of->("$aggregate->{name}($arguments)") ]} FROM $source WHERE false) d
		FULL JOIN (SELECT segment, @{[ $text_of->("coordinator_$i(state)") ]} AS by_text FROM text_$i GROUP BY segment) t USING (segment)
		FULL JOIN (SELECT segment, @{[ $text_of->("coordinator_$i(state)") ]} AS by_binary FROM binary_$i GROUP BY segment) b USING (segment)
		FULL JOIN (SELECT segment, call_by_call('$aggregate->{combine}', '$last', '$aggregate->{state}',
			'$aggregate->{initial}', array_agg(state::text) FILTER (WHERE state IS NOT NULL)) AS by_call
			FROM binary_$i GROUP BY segment) c USING (segment);\n);
}
foreach my $line (split /\n/, as_analyst($coordinator, $script))
{
	my ($i, @counts) = split /\|/, $line;
	my $name = "$aggregates[$i]{name}($aggregates[$i]{arguments})";
	is("@counts", '22 22 22 22 22', "$name: segments, equal by text, by binary, call by call, and all different");
	$aggregates[$i]{walked} = 1;
}
is(scalar(grep { $_->{walked} } @aggregates), scalar(@aggregates), 'each aggregate has gone that way');

# The direct answers are those of a plain count.
is($coordinator->safe_psql('postgres', q(
	SELECT count(*) FROM (SELECT nps(score) AS r, 100.0 * (count(*) FILTER (WHERE score::integer >= 9) - count(*) FILTER (WHERE score::integer <= 6))
		/ count(score) AS nps, count(score) AS n FROM unsharded GROUP BY segment) s
	WHERE (r).responses = n AND abs((r).nps - nps) < 1e-9)), '21', 'and the direct answers are those of a plain count');

# Citus wants EXECUTE on the support functions for whoever asks. Everyone has it; who has not is refused.
my $support = q(
	SELECT DISTINCT f FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_type t ON t.oid = a.aggtranstype,
		unnest(ARRAY[a.aggfnoid, a.aggtransfn, a.aggcombinefn, a.aggfinalfn, t.typinput, t.typoutput, t.typsend, t.typreceive]::oid[]) f
	WHERE p.proname ~ '^nps(_weighted|_clustered|_paired_test|_mix_test|_trend)?(_agg)?$' AND f <> 0);
my ($functions, $executable, $default) = split /\|/, $coordinator->safe_psql('postgres', qq(
	SELECT count(*), count(*) FILTER (WHERE has_function_privilege('analyst', p.oid, 'EXECUTE')), count(*) FILTER (WHERE proacl IS NULL)
	FROM pg_proc p JOIN ($support) s ON s.f = p.oid));
cmp_ok($functions, '>=', 24, 'the support functions');
is("$executable $default", "$functions $functions", 'an ordinary role may execute each, as PUBLIC may by default');
foreach my $call ([ 'nps_summary_add(nps_summary, nps_summary)', q(SELECT nps_summary_add('{0,0,0,0,0,0,0,0,0,0,1}', '{0,0,0,0,0,0,0,0,0,0,1}')),
		'{0,0,0,0,0,0,0,0,0,0,2}' ],
	[ 'nps_clustered_summary_add(nps_clustered_summary, nps_clustered_summary)',
		q(SELECT nps_clustered_summary_add('{1,1,2,3,4,12,36}', '{1,0,0,1,1,1,1}')), '{2,1,2,4,5,13,37}' ],
	[ 'nps_weighted_summary_add(nps_weighted_summary, nps_weighted_summary)',
		q(SELECT nps_weighted_summary_add('{0,0,1,0,0,2,0,0,4}', '{0,1,0,0,0.5,0,0,0.25,0}')), '{0,1,1,0,0.5,2,0,0.25,4}' ])
{
	my ($function, $sql, $sum) = @$call;
	is(as_analyst($coordinator, $sql), $sum, "$function: by an ordinary role");
	$coordinator->safe_psql('postgres', "REVOKE EXECUTE ON FUNCTION $function FROM PUBLIC");
	my (undef, undef, $stderr) = $coordinator->psql('postgres', $sql, extra_params => [ '-U', 'analyst' ]);
	like($stderr, qr/permission denied for function/, "$function: refused once EXECUTE is revoked");
	$coordinator->safe_psql('postgres', "GRANT EXECUTE ON FUNCTION $function TO analyst");
	is(as_analyst($coordinator, $sql), $sum, "$function: EXECUTE alone is enough");
}

# The example's statements on one server, where distributing a table does nothing, but for filling the first.
(my $example = slurp_file('examples/citus.sql')) =~ s/^CREATE EXTENSION IF NOT EXISTS citus;$//m;
$coordinator->safe_psql('postgres', 'CREATE DATABASE example');
$coordinator->safe_psql('example', q(
	CREATE FUNCTION create_distributed_table(name text, distribution_column text, colocate_with text DEFAULT 'default')
	RETURNS void LANGUAGE plpgsql AS $$
	BEGIN
		IF name = 'responses' THEN
			INSERT INTO responses SELECT i % 50, current_date - i % 20, i % 9, i * 7 % 11, 1 FROM generate_series(1, 2000) i;
		END IF;
	END $$));
my (undef, $printed, $errors) = $coordinator->psql('example', "$example;\\echo the end", on_error_stop => 1);
is($errors, '', 'the example for Citus: its statements are without error');
like($printed, qr/^the end$/m, 'the example for Citus: to its end');
unlike($printed, qr/^\d{4}-\d\d-\d\d$/m, 'the example for Citus: no day differs from the responses');
is($coordinator->safe_psql('example', q(SELECT sum(nps_responses(summary)), count(DISTINCT day), (SELECT count(*) FROM responses
	WHERE answered_at BETWEEN current_date - 8 AND current_date - 1) FROM daily_by_segment)), '800|8|800',
	'the example for Citus: eight days are rolled up');

# What a state is on the wire.
my $sizes = $coordinator->safe_psql('postgres', q(
	SELECT min(octet_length(nps_summary_send(s))), max(octet_length(nps_summary_send(s))), max(octet_length(s::text)),
		max(octet_length(nps_weighted_summary_send(w))), max(octet_length(w::text)),
		max(octet_length(nps_clustered_summary_send(c))), max(octet_length(c::text))
	FROM (SELECT nps_agg(score) AS s, nps_weighted_agg(score, weight) AS w, nps_accum('{0,0,0,0,0,0,0}'::nps_clustered_summary, nps_agg(score)) AS c
		FROM unsharded GROUP BY region, segment) states));
like($sizes, qr/^89\|89\|\d+\|73\|\d+\|81\|\d+$/, 'a summary is 89 bytes in binary, a weighted one 73, a clustered one 81');
note("bytes a state in binary least and most, in text at most; weighted in binary, in text; clustered in binary, in text: $sizes");
note('aggregates taken through text, binary and single calls: ' . @aggregates . "; support functions: $functions");
note("rows that travel for a score by segment: $groups by two levels, $responses in one");

$_->stop foreach $coordinator, @shards;
done_testing();
