# Queries at random on tables at random: with the counting scan and without it each must have the same
# answer, or the same error. The tables have added and dropped columns, defaults, NULLs, wide and TOASTed
# rows, partitions, deleted and updated rows, holes, changes of transactions that are still open, of their
# own transaction and of savepoints rolled back. NPS_RANDOM_QUERIES says how many queries, NPS_RANDOM_SEED
# which; what is printed in the end counts them.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $wanted = $ENV{NPS_RANDOM_QUERIES} || 500;
my $seed = $ENV{NPS_RANDOM_SEED} || 12;
my $queries_a_world = 100;
srand($seed);

my $node = PostgreSQL::Test::Cluster->new('random');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', q(
max_prepared_transactions = 10
max_worker_processes = 8
autovacuum = off
fsync = off
log_statement = none
log_min_messages = fatal));
$node->start;
# Its own collations: from 16 on there is one of ICU even where the server is built without.
my $has_icu = $node->safe_psql('postgres', q(SELECT count(*) FROM pg_collation WHERE collname LIKE '%-x-icu')) > 0;
$node->safe_psql('postgres', q(
CREATE EXTENSION nps;
CREATE TYPE plan_kind AS ENUM ('free', 'trial', 'paid');
CREATE DOMAIN asked AS integer CHECK (VALUE < 100);
CREATE FUNCTION half(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1 / 2; END';
CREATE TABLE names AS SELECT i AS id, 'name ' || i AS name FROM generate_series(0, 5) i;
CREATE FUNCTION known_name(integer) RETURNS text LANGUAGE sql STABLE AS $$ SELECT name FROM names WHERE id = $1 % 7 $$;
CREATE TABLE outcomes (number serial, settings text, query text, taken boolean, same boolean, detail text, failed boolean);

-- run(): what the statement gives into a table, or the error that it raises.
CREATE FUNCTION run(name text, how text, query text, parameters text, setting text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	c refcursor;
	r record;
	failure text;
BEGIN
	PERFORM set_config('nps.counting_scan', setting, false);
	EXECUTE 'DROP TABLE IF EXISTS ' || name;
	BEGIN
		IF how = 'prepared' THEN
			EXECUTE format('PREPARE %s_plan %s AS %s', name, substring(parameters FROM '^(.*) = '), query);
			EXECUTE format('CREATE TEMP TABLE %s AS EXECUTE %s_plan %s', name, name, substring(parameters FROM ' = (.*)$'));
			EXECUTE format('DEALLOCATE %s_plan', name);
		ELSIF how = 'cursor' THEN
			EXECUTE format('CREATE TEMP TABLE %s AS SELECT NULL::text AS r WHERE false', name);
			OPEN c FOR EXECUTE query;
			FOR i IN 1 .. 3 LOOP
				FETCH c INTO r;
				EXIT WHEN NOT FOUND;
				EXECUTE format('INSERT INTO %s VALUES ($1)', name) USING r::text;
			END LOOP;
			CLOSE c;
		ELSE
			EXECUTE format('CREATE TEMP TABLE %s AS %s', name, query);
		END IF;
	EXCEPTION WHEN OTHERS THEN
		failure := SQLSTATE || ' ' || SQLERRM;
	END;
	IF failure IS NOT NULL AND how = 'prepared' THEN
		DEALLOCATE ALL;
	END IF;
	RETURN failure;
END $$;

-- compare(): notes whether the two runs agree. Rows are the same by the equality of their types.
CREATE FUNCTION compare(how text, query text, parameters text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	failure_on text;
	failure_off text;
	line text;
	plan text := '';
	missing bigint := 0;
	surplus bigint := 0;
	settings text;
BEGIN
	SELECT string_agg(s.name || '=' || s.setting, ' ' ORDER BY s.name) INTO settings FROM pg_settings s WHERE s.source = 'session' AND s.name <> 'nps.counting_scan';
	PERFORM set_config('nps.counting_scan', 'on', false);
	BEGIN
		IF how <> 'prepared' THEN
			FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
				plan := plan || line || E'\n';
			END LOOP;
		ELSE
			EXECUTE format('PREPARE explained %s AS %s', substring(parameters FROM '^(.*) = '), query);
			FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) EXECUTE explained ' || substring(parameters FROM ' = (.*)$') LOOP
				plan := plan || line || E'\n';
			END LOOP;
			DEALLOCATE explained;
		END IF;
	EXCEPTION WHEN OTHERS THEN
		plan := SQLERRM;
	END;
	failure_on := run('with_scan', how, query, parameters, 'on');
	failure_off := run('without', how, query, parameters, 'off');
	IF failure_on IS NULL AND failure_off IS NULL THEN
		IF how = 'cursor' THEN
			-- Any three of the rows will do.
			PERFORM run('without', 'plain', query, NULL, 'off');
			EXECUTE 'SELECT count(*) FROM with_scan w WHERE w.r NOT IN (SELECT o::text FROM without o)' INTO surplus;
			EXECUTE 'SELECT least(3, (SELECT count(*) FROM without)) - (SELECT count(*) FROM with_scan)' INTO missing;
		ELSE
			EXECUTE 'SELECT count(*) FROM (TABLE without EXCEPT ALL TABLE with_scan) m' INTO missing;
			EXECUTE 'SELECT count(*) FROM (TABLE with_scan EXCEPT ALL TABLE without) s' INTO surplus;
		END IF;
	END IF;
	INSERT INTO outcomes (settings, query, taken, same, detail, failed)
	VALUES (settings, query, plan ~ 'CountingScan',
		failure_on IS NOT DISTINCT FROM failure_off AND missing = 0 AND surplus = 0,
		format('%s: with %s, without %s, missing %s, surplus %s%s', how, coalesce(failure_on, 'rows'), coalesce(failure_off, 'rows'), missing, surplus, E'\n' || plan),
		failure_off IS NOT NULL);
END $$;
));

sub pick { return $_[ int(rand(@_)) ]; }
sub chance { my ($percent) = @_; return rand(100) < $percent; }

# --- tables ------------------------------------------------------------------

# Columns by name: type, and a value of row i. s is a score or NULL.
my %columns = (
	id => [ 'integer', 'i' ],
	k2 => [ 'smallint', 'nullif(i % 7, 3)' ],
	k4 => [ 'integer', 'nullif(i % 23, 11)' ],
	k8 => [ 'bigint', '(i % 5)::bigint * 10000000000' ],
	kt => [ 'text', q(nullif('segment ' || i % 9, 'segment 4')) ],
	kv => [ 'varchar(20)', q(CASE i % 3 WHEN 0 THEN '' WHEN 1 THEN 'b' END) ],
	kn => [ 'numeric', q((CASE i % 4 WHEN 0 THEN '1.0' WHEN 1 THEN '1.00' WHEN 2 THEN '-3.25' END)::numeric) ],
	kd => [ 'date', q(date '2024-01-01' + i % 400) ],
	ts => [ 'timestamp', q(CASE WHEN i % 50 = 7 THEN NULL WHEN i % 997 = 5 THEN 'infinity' ELSE timestamp '2024-01-01' + i * interval '97 minutes' END) ],
	tz => [ 'timestamptz', q(CASE WHEN i % 997 = 5 THEN '-infinity' ELSE timestamptz '2024-10-27 00:00:00 Europe/Berlin' + (i * 7919 % 3000 - 1500) * interval '3 minutes' END) ],
	ku => [ 'uuid', q(md5((i % 6)::text)::uuid) ],
	kb => [ 'boolean', q(nullif(i % 3, 2)::integer::boolean) ],
	kf => [ 'double precision', q((CASE i % 5 WHEN 0 THEN '0' WHEN 1 THEN '-0' WHEN 2 THEN 'NaN' WHEN 3 THEN '1.5' END)::double precision) ],
	ki => [ 'interval', q(CASE i % 3 WHEN 0 THEN interval '1 day' WHEN 1 THEN interval '24 hours' END) ],
	ke => [ 'plan_kind', q((ARRAY['free', 'trial', 'paid']::plan_kind[])[i % 4 + 1]) ],
	ka => [ 'integer[]', q(CASE WHEN i % 3 > 0 THEN ARRAY[i % 2, NULL, i % 3] END) ],
	kj => [ 'jsonb', q(jsonb_build_object('a', i % 3, 'b', '1.0'::numeric)) ],
	kc => [ '"char"', q(chr(65 + i % 5)::"char") ],
	kx => [ 'bytea', q(decode(md5((i % 4)::text), 'hex')) ],
	kz => [ 'bit varying', q(nullif((i % 4)::bit(3), B'011')) ],
	km => [ 'money', '(i % 4)::numeric::money' ],
	kw => [ 'text', q(CASE WHEN i % 40 = 0 THEN repeat(md5((i % 3)::text), 400) WHEN i % 41 = 0 THEN (SELECT string_agg(md5((i % 2 + j)::text), '') FROM generate_series(1, 150) j) ELSE 'short' || i % 2 END) ],
	pad => [ 'text', q(repeat('x', i % 60)) ],
	score => [ 'nps_score', 's' ],
	s2 => [ 'smallint', 's' ],
	s4 => [ 'integer', 's' ],
	s8 => [ 'bigint', 's' ],
	sn => [ 'numeric', q(CASE WHEN i % 2 = 0 THEN s::numeric ELSE s::numeric(20, 3) END) ],
	sf => [ 'double precision', 's' ],
	sd => [ 'asked', 's' ],
	bad => [ 'integer', 'CASE WHEN i = 1234 THEN 42 ELSE s END' ]);
$columns{kl} = [ 'text COLLATE blind', q((ARRAY['a', 'A', 'b'])[i % 4 + 1]) ] if $has_icu;
$node->safe_psql('postgres', q(CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false))) if $has_icu;
my @scores = qw(score s2 s4 s8 sn sf sd);
my @key_columns = grep { /^k/ } sort keys %columns;

sub shuffled
{
	my @rest = @_;
	return map { splice(@rest, int(rand(@rest)), 1) } 1 .. @rest;
}

# Rows from number $from to $to, for the columns that are there.
sub fill
{
	my ($table, $from, $to, @names) = @_;
	my $values = join(', ', map { $columns{$_}[1] } @names);
	return "INSERT INTO $table (" . join(', ', @names) . ") SELECT $values FROM (SELECT i, CASE WHEN i % 9 = 0 THEN NULL ELSE (i * i / 7 + i / 11) % 11 END AS s FROM generate_series($from, $to) i) r;\n";
}

# The table, or its partitions, as it begins.
sub creation
{
	my ($kind, @definitions) = @_;
	my $definition = join(', ', @definitions);
	return "CREATE TABLE t ($definition);\nCREATE TABLE t_child (more integer) INHERITS (t);\n" if $kind eq 'inherited';
	return "CREATE $kind TABLE t ($definition);\n" if $kind ne 'partitioned';
	return "CREATE TABLE t ($definition) PARTITION BY RANGE (kd);\n"
	  . "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (MINVALUE) TO ('2024-04-01');\n"
	  . "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM ('2024-04-01') TO ('2024-09-01') PARTITION BY LIST (k4);\n"
	  . "CREATE TABLE t2a PARTITION OF t2 FOR VALUES IN (0, 1, 2, 3, 4, 5, 6, 7, NULL);\nCREATE TABLE t2b PARTITION OF t2 DEFAULT;\n"
	  . 'CREATE TABLE t3 (' . join(', ', 'dropped integer', shuffled(@definitions)) . ");\nALTER TABLE t3 DROP COLUMN dropped;\n"
	  . "ALTER TABLE t ATTACH PARTITION t3 FOR VALUES FROM ('2024-09-01') TO (MAXVALUE);\n";
}

# A table with a past: its SQL, and its columns.
sub table_with_a_past
{
	my ($kind, $rows) = @_;
	my ($third, $two_thirds) = (int($rows / 3), int($rows * 2 / 3));
	my @names = shuffled(sort keys %columns);
	my @late = grep { !/^(id|kd|k4)$/ } @names[ 0 .. 3 ];
	my %is_late = map { $_ => 1 } @late;
	my @early = grep { !$is_late{$_} } shuffled(@names);
	my @gone = map { "gone_$_" } 1 .. pick(0, 0, 1, 3);
	my @definitions = shuffled((map { "$_ $columns{$_}[0]" } @early), map { "$_ " . pick('integer', 'text', 'numeric', '"char"') . q( DEFAULT '7') } @gone);

	my $sql = "DROP TABLE IF EXISTS t CASCADE;\n" . creation($kind, @definitions);
	$sql .= fill('t_child', 1, 300, @early) if $kind eq 'inherited';
	$sql .= fill('t', 1, $third, @early);
	$sql .= join('', map { "ALTER TABLE t DROP COLUMN $_;\n" } @gone);
	# A default of a column that is added is a value that old rows do not have.
	$sql .= join('', map { "ALTER TABLE t ADD COLUMN $_ $columns{$_}[0]" . (chance(60) ? ' DEFAULT ' . default_of($columns{$_}[0]) : '') . ";\n" } @late);
	$sql .= fill('t', $third + 1, $two_thirds, @names);
	$sql .= 'UPDATE t SET ' . pick('k4 = k4 + 1', q(pad = 'updated'), 'score = NULL', 'kd = kd') . ' WHERE id % ' . pick(3, 7, 50) . " = 1;\n";
	$sql .= 'DELETE FROM t WHERE ' . pick('id % 3 = 0', 'id BETWEEN 100 AND 700', 'id % 11 = 2') . ";\n";
	$sql .= "VACUUM t;\n" if chance(60);
	$sql .= fill('t', $two_thirds + 1, $rows, @names);
	$sql .= "CREATE INDEX ON t (k4);\n" if chance(30);
	$sql .= "ANALYZE t;\n" if chance(80);
	$sql .= "VACUUM t;\n" if chance(20);
	return ($sql, \@names);
}

sub default_of
{
	my ($type) = @_;
	return {
		'smallint' => '2', 'integer' => '4', 'bigint' => '8', 'text' => q('default'), 'varchar(20)' => q('v'), 'numeric' => '1.0', 'date' => q('2024-02-29'),
		'timestamp' => q('2024-06-01 12:00'), 'timestamptz' => q('2024-03-31 02:30+01'), 'uuid' => q('00000000-0000-0000-0000-000000000001'), 'boolean' => 'true',
		'double precision' => '0', 'interval' => q('2 days'), 'plan_kind' => q('paid'), 'integer[]' => q('{9}'), 'jsonb' => q('{"a": 9}'), '"char"' => q('Z'),
		'bytea' => q('\xff'), 'asked' => '5', 'bit varying' => q(B'1'), 'money' => '3.5::money', 'nps_score' => '7' }->{$type} // 'NULL';
}

# What happens to it in transactions that do not end, or that are the queries' own.
sub unfinished_changes
{
	my ($names, $temporary) = @_;
	my $sql = '';
	if (!$temporary && chance(50))
	{
		$sql .= "BEGIN;\n" . fill('t', 20001, 20200, @$names) . "UPDATE t SET k2 = 6 WHERE id % 13 = 4;\nDELETE FROM t WHERE id % 17 = 3;\nPREPARE TRANSACTION 'open';\n";
	}
	my $isolation = pick('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE');
	$sql .= "BEGIN ISOLATION LEVEL $isolation;\n";
	if (chance(50))
	{
		$sql .= fill('t', 30001, 30100, @$names) . "SAVEPOINT one;\n" . fill('t', 30101, 30200, @$names) . "DELETE FROM t WHERE id BETWEEN 30001 AND 30050;\n";
		$sql .= pick("ROLLBACK TO one;\n", "RELEASE one;\n");
		$sql .= "DELETE FROM t WHERE id BETWEEN 30060 AND 30070;\n";
	}
	return $sql;
}

# --- queries -----------------------------------------------------------------

my @time_units = qw(second minute hour day week month quarter year decade century millennium);

sub key
{
	return pick(
		(map { $_ } @key_columns) x 2,
		(map { my $unit = $_; ("date_trunc('$unit', ts)", "date_trunc('$unit', tz)") } pick(@time_units), pick(@time_units)) x 3,
		(map { "date_trunc('$_', kd)" } pick(@time_units)) x 2,
		('ts::date', 'tz::date') x 3,
		"date_trunc('day', tz, 'America/St_Johns')",
		'extract(dow FROM ts)', 'extract(hour FROM tz)', q(to_char(tz, 'YYYY-MM')),
		'upper(kt)', 'k4 % 3', 'coalesce(k4, -1)', q(kt || '/' || kv), 'kn * 2', 'ka[1]', 'kf > 0', 'length(kw)', 'left(kw, 3)',
		'CASE WHEN k4 > 5 THEN kt ELSE kv END', 'half(k4)', 'known_name(k4)', q('constant'), 'k2::text', 'kt::varchar', 'kj -> \'a\'', 'k4 IS NULL', 'ROW(k2, k4)', 'kx', 'kw', 'kw');
}

sub condition
{
	my ($value) = @_;
	return pick(
		'k4 < 12', 'k4 >= 3 AND k4 <= 15', 'k4 IN (1, 2, 3, 20)', q(kt LIKE 'segment%'), q(kt = 'segment 3'), 'kt IS NOT NULL', 'kb', 'NOT kb', 'kb IS NOT TRUE',
		q(kd >= '2024-05-01'), q(kd BETWEEN '2024-02-01' AND '2024-10-10'), q(ts < '2024-06-01'), 'kn = 1', q(kf < 'NaN'), 'k2 <> 2', 'id > 500', 'id % 2 = 0',
		'k4 = k2', 'half(k4) < 4', 'length(kw) > 100', q(ke = 'paid'), 'score > 3', '5 < k4', 'NULL', 'false', 'true', 'k8 > 5 OR k2 = 1', q(kw LIKE 'short%'));
}

sub aggregate
{
	my $score = pick(@scores);
	my $filter = chance(25) ? ' FILTER (WHERE ' . condition() . ')' : '';
	return pick(
		("nps($score)$filter", "nps_agg($score)$filter") x 4,
		"nps_agg($score + 0)$filter", "nps_agg(CASE WHEN k4 > 3 THEN s4 END)$filter", "nps_agg(coalesce(s4, 0))$filter",
		'count(*)' . $filter, 'count(' . pick(@key_columns, @scores) . ')' . $filter, pick('min', 'max') . '(' . pick(qw(k2 k4 k8 kd ts tz score ku kt kn kf kc)) . ")$filter");
}

sub settings
{
	my @settings = (
		'work_mem = ' . pick(qw('64kB' '64kB' '1MB' '4MB' '64MB')),
		'enable_hashagg = ' . pick(qw(on on on off)),
		'enable_sort = ' . pick(qw(on on on off)),
		'enable_partitionwise_aggregate = ' . pick(qw(on off)),
		'enable_indexscan = ' . pick(qw(on off)),
		'plan_cache_mode = ' . pick(qw(auto force_generic_plan force_custom_plan)),
		'jit = off',
		'timezone = ' . pick(qw('Europe/Berlin' 'America/St_Johns' 'UTC' 'Asia/Kolkata' 'Pacific/Apia')));
	my $workers = chance(10) ? 2 : 0;
	push @settings, "max_parallel_workers_per_gather = $workers", 'parallel_setup_cost = 0', 'parallel_tuple_cost = 0', 'min_parallel_table_scan_size = 0',
	  'parallel_leader_participation = ' . pick('on', 'off');
	return join('', map { "SET $_;\n" } @settings);
}

# A query of one table, its keys k1, k2 ..., its aggregates a1, a2 ....
sub grouped_query
{
	my ($extra) = @_;
	my @keys = map { key() } 1 .. pick(0, 1, 1, 1, 1, 2, 2, 3);
	my @aggregates = map { aggregate() } 1 .. pick(1, 1, 2, 3, 4);
	$aggregates[0] = 'nps_agg(' . pick(@scores) . ')' if chance(80);
	push @aggregates, pick('avg(k4)', 'sum(k8)', 'array_length(array_agg(id), 1)', 'count(DISTINCT k4)', 'bool_and(kb)', 'nps_agg(DISTINCT score)') if chance(8);
	$aggregates[0] = 'nps_agg(bad)' if chance(4);
	my @conditions = map { condition() } 1 .. pick(0, 0, 1, 1, 2);
	push @conditions, '10 / (k4 - 100) < 5' if chance(3);
	push @conditions, $extra if $extra;
	my ($i, $j) = (0, 0);
	my $query = 'SELECT ' . join(', ', (map { $i++; "$_ AS g$i" } @keys), (map { $j++; "$_ AS a$j" } @aggregates)) . ' FROM t';
	$query .= ' WHERE ' . join(' AND ', map { "($_)" } @conditions) if @conditions;
	$query .= ' GROUP BY ' . join(', ', 1 .. @keys) if @keys;
	$query .= ' HAVING ' . pick('count(*) > 20', 'nps_responses(nps_agg(score)) > 10', 'max(k4) > 5', '(nps(s4)).nps < 0') if chance(15);
	return $query;
}

sub quoted { my ($text) = @_; return '$query$' . $text . '$query$'; }

# Other ways to put the question. Rows of a cursor, and those up to a limit, are told apart by their text: their
# keys have one text for each value.
my %other_ways = (
	ordered => sub { return q(SELECT k4 AS g1, date_trunc('month', ts) AS g2, nps_agg(score) AS a1, count(*) AS a2 FROM t WHERE ) . condition()
		  . ' GROUP BY 1, 2 ORDER BY 2, 1 LIMIT ' . pick(1, 3, 10) . ' OFFSET ' . pick(0, 2); },
	cursor => sub { return 'SELECT k4 AS g1, ke AS g2, nps_agg(score) AS a1, count(*) AS a2 FROM t WHERE ' . condition()
		  . ' GROUP BY 1, 2' . pick('', ' ORDER BY 1', ' HAVING count(*) > 3'); },
	prepared => sub { return grouped_query(pick('k4 < $1', 'kd >= $2', '$1 = 5', 'k4 % $1 = 1 AND kd < $2')); },
	lateral => sub { return 'SELECT o.i, l.* FROM generate_series(1, 4) o (i), LATERAL ('
		  . grouped_query(pick('k4 < o.i * 3', 'k2 = o.i', 'k4 + o.i > 6', 'o.i > 1')) . ') l'; },
	in => sub { return 'SELECT id FROM t WHERE k4 IN (SELECT k4 FROM t WHERE ' . condition() . ' GROUP BY k4 HAVING nps_responses(nps_agg(score)) > 8)'; },
	join => sub { return 'SELECT n.name, q.* FROM (SELECT k2 AS g1, nps_agg(score) AS a1, count(*) AS a2 FROM t WHERE ' . condition()
		  . ' GROUP BY 1) q ' . pick('JOIN', 'LEFT JOIN', 'RIGHT JOIN') . ' names n ON n.id = q.g1'; },
	sublink => sub { return 'SELECT n.id, (SELECT nps_agg(' . pick(@scores) . ') FROM t WHERE k2 = n.id AND ' . condition() . ') AS a1 FROM names n'; },
	nested => sub { return 'SELECT nps_agg(a1) AS s, count(*) FROM (SELECT ' . key() . ' AS g1, nps_agg(score) AS a1 FROM t GROUP BY 1' . pick('', ' OFFSET 0') . ') q'; },
	cte => sub { return 'WITH q AS ' . pick('', 'MATERIALIZED', 'NOT MATERIALIZED') . ' (' . grouped_query() . ') SELECT * FROM q'; },
	union => sub { return 'SELECT k4 AS g1, nps_agg(s4) AS a1 FROM (SELECT k4, s4, id FROM t WHERE ' . condition()
		  . ' UNION ALL SELECT k4, s4, id FROM t WHERE id < 700) u GROUP BY 1'; });

# The call of compare() for one query.
sub comparison
{
	my $way = pick(('plain') x 8, sort keys %other_ways);
	my $query = $way eq 'plain' ? grouped_query() : $other_ways{$way}->();
	my $parameters = $way eq 'prepared' ? q('(integer, date) = () . int(rand(20)) . q(, ''2024-06-01'')') : 'NULL';
	$way = 'plain' if $way !~ /^(prepared|cursor)$/;
	return "SELECT compare('$way', " . quoted($query) . ", $parameters);\n";
}

# --- the run -----------------------------------------------------------------

my @kinds = ('', '', 'UNLOGGED', 'TEMPORARY', 'partitioned', 'partitioned', 'inherited');
my $made = 0;
while ($made < $wanted)
{
	my $kind = pick(@kinds);
	my ($script, $names) = table_with_a_past($kind, pick(200, 1500, 3000));
	$script = "SET timezone = 'Europe/Berlin';\nSET client_min_messages = warning;\n" . $script;
	$script .= unfinished_changes($names, $kind eq 'TEMPORARY');
	for my $number (1 .. $queries_a_world)
	{
		$script .= settings() if $number % 5 == 1;
		$script .= comparison();
		$made++;
	}
	$script .= "COMMIT;\nSELECT count(*) FROM pg_prepared_xacts \\gset prepared_\nSELECT :prepared_count > 0 AS open \\gset\n\\if :open\nROLLBACK PREPARED 'open';\n\\endif\n";
	my ($stdout, $stderr) = ('', '');
	IPC::Run::run([ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', '-' ], '<', \$script, '>', \$stdout, '2>', \$stderr);
	is($stderr, '', "after $made queries: table " . ($kind || 'of the usual kind')) or last;
}

my ($queries, $taken, $failed, $different) = split /\|/,
  $node->safe_psql('postgres', 'SELECT count(*), count(*) FILTER (WHERE taken), count(*) FILTER (WHERE failed), count(*) FILTER (WHERE NOT same) FROM outcomes');
note("$queries queries, $taken of them with the scan, $failed with an error, $different different (seed $seed)");
is($queries, $made, 'all queries were compared');
cmp_ok($taken, '>', $queries / 3, 'many of them with the scan');
is($node->safe_psql('postgres', 'SELECT settings, query, detail FROM outcomes WHERE NOT same LIMIT 5'), '', 'with the scan and without: the same');

$node->stop;
done_testing();
