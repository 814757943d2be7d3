-- The counting scan: which queries it takes, and that each has the same answer with it and without.
-- The first query of a session is taken: planning it loads the library.
\c -
SET search_path = public;
SET client_min_messages = warning;
SET quote_all_identifiers = off;
SET nps.counting_scan = on;
SELECT count(*) FILTER (WHERE query ~ 'CountingScan') AS first_query FROM plan('SELECT nps(score) FROM answers') query;
SELECT planner_as_shipped();
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '4MB';
SET hash_mem_multiplier = 1;
SET default_statistics_target = 100;
SET default_transaction_isolation = 'read committed';
SET transform_null_equals = off;
SET lc_messages = 'C';
SET timezone = 'Europe/Berlin';
SET datestyle = 'ISO';
SET extra_float_digits = 1;

-- Rows on many pages, with NULLs, of every type of score, and keys of several types.
CREATE TABLE counted (id integer, day date, at timestamp, zoned timestamptz, segment integer, name text, price numeric, code uuid,
	flag boolean, score nps_score, i2 smallint, i4 integer, i8 bigint, n numeric, f8 double precision) WITH (autovacuum_enabled = off);
INSERT INTO counted
SELECT i, date '2024-01-01' + i % 731, timestamp '2024-01-01' + i * interval '79 minutes', timestamptz '2024-01-01' + i * interval '83 minutes',
	nullif(i % 20, 13), nullif('segment ' || i % 7, 'segment 5'), (i % 3 + 1)::numeric(10,2), md5((i % 5)::text)::uuid, i % 2 = 0, s, s, s, s, s, s
FROM (SELECT i, CASE WHEN i % 9 = 0 THEN NULL ELSE (i * i / 7 + i / 11) % 11 END AS s FROM generate_series(1, 8000) i) rolled;
ANALYZE counted;

-- counted(query): is it planned with the scan, and how many rows have it and not have it in common, of how many?
CREATE FUNCTION rows_of(query text, setting text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	result text[];
BEGIN
	PERFORM set_config('nps.counting_scan', setting, true);
	EXECUTE format('SELECT array_agg(r::text ORDER BY r::text) FROM (%s) r', query) INTO result;
	PERFORM set_config('nps.counting_scan', 'on', true);
	RETURN result;
END $$;
CREATE FUNCTION compared(query text) RETURNS TABLE (taken boolean, answer text) LANGUAGE sql AS $$
	SELECT plan(query) ~ 'CountingScan',
		CASE WHEN rows_of(query, 'on') IS NOT DISTINCT FROM rows_of(query, 'off') THEN 'same ' ELSE 'DIFFERENT ' END || coalesce(cardinality(rows_of(query, 'off')), 0);
$$;

SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT nps(score) FROM counted',
	'SELECT nps_agg(score) FROM counted',
	'SELECT nps(i2), nps(i4), nps(i8), nps(n), nps(f8), nps_agg(score), nps(score) FROM counted',
	'SELECT nps(score + 0), nps_agg(i4 + 0) FROM counted',
	'SELECT nps(score) FROM counted WHERE id < 0',
	'SELECT segment, nps(score) FROM counted WHERE id < 0 GROUP BY segment',
	'SELECT segment, nps_agg(score) FROM counted GROUP BY segment',
	'SELECT name, nps_agg(score) FROM counted GROUP BY name',
	'SELECT price, nps_agg(score) FROM counted GROUP BY price',
	'SELECT code, nps_agg(score) FROM counted GROUP BY code',
	'SELECT flag, nps_agg(score) FROM counted GROUP BY flag',
	'SELECT day, segment, name, nps_agg(score) FROM counted GROUP BY day, segment, name',
	'SELECT name, segment, nps_agg(score) FROM counted GROUP BY name, segment',
	'SELECT date_trunc(''quarter'', day), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT date_trunc(''quarter'', at), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT date_trunc(''quarter'', zoned), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT date_trunc(''day'', zoned), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT at::date, nps_agg(score) FROM counted GROUP BY 1',
	'SELECT zoned::date, nps_agg(score) FROM counted GROUP BY 1',
	'SELECT upper(name), segment % 3, nps_agg(score) FROM counted GROUP BY 1, 2',
	'SELECT extract(hour FROM at), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT nps_agg(score) FILTER (WHERE flag), nps_agg(score) FILTER (WHERE NOT flag), nps_agg(score) FILTER (WHERE NULL) FROM counted',
	'SELECT segment, nps_agg(score) FILTER (WHERE flag), count(*) FILTER (WHERE day > ''2024-06-01'') FROM counted GROUP BY segment',
	'SELECT segment, nps_agg(score) FILTER (WHERE day > ''2024-06-01''), count(*) FILTER (WHERE id > 4000), min(day) FILTER (WHERE segment > 10) FROM counted GROUP BY segment',
	'SELECT segment, nps_agg(score), count(*), count(score), count(name), min(day), max(day), min(i4), max(score) FROM counted GROUP BY segment',
	'SELECT nps(score) FROM counted WHERE segment < 10 AND name LIKE ''seg%''',
	'SELECT segment, (nps(score)).nps FROM counted GROUP BY segment HAVING count(*) > 300 ORDER BY 2 DESC, 1 LIMIT 5',
	'SELECT segment, nps_agg(score) FROM counted GROUP BY segment HAVING (nps(score)).responses > 350',
	'SELECT segment, nps_agg(score) FROM counted GROUP BY segment HAVING max(id) % 2 = 0',
	'SELECT nps_agg(score) FROM counted WHERE tableoid = ''counted''::regclass AND segment < 10',
	'SELECT nps_agg(score) FROM counted WHERE segment < 10 AND ctid NOT IN (''(0,1)'', ''(5,7)'')',
	'SELECT c.segment, c.s FROM (SELECT segment, nps_agg(score) AS s FROM counted GROUP BY segment) c JOIN answers a ON a.segment = c.segment AND a.id < 40',
	'WITH c AS (SELECT segment, nps_agg(score) AS s FROM counted GROUP BY segment) SELECT nps(s) FROM c',
	'SELECT (SELECT nps(score) FROM counted WHERE segment = a.segment) FROM answers a WHERE id < 30',
	'SELECT a.id, l.* FROM answers a, LATERAL (SELECT a.id % 3 + c.segment % 2 AS k, nps_agg(c.score) FROM counted c WHERE c.segment < a.id GROUP BY 1) l WHERE a.id < 6'
]) query, compared(query);

-- What it leaves to PostgreSQL's own plan.
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT segment, nps_agg(score) FROM counted GROUP BY ROLLUP (segment)',
	'SELECT nps_agg(DISTINCT score) FROM counted',
	'SELECT nps_agg(score), sum(i4) FROM counted',
	'SELECT nps_agg(score), min(f8) FROM counted',
	'SELECT nps_agg(score), min(name) FROM counted',
	'SELECT count(score), count(*) FROM counted',
	'SELECT nps_weighted_agg(score, f8) FROM counted',
	'SELECT nps_agg(score) FROM counted WHERE random() >= 0',
	'SELECT nps_agg(score) FROM counted WHERE id < 20 AND (SELECT count(*) FROM answers a WHERE a.id < counted.id) > 3',
	'SELECT (SELECT max(a.id) FROM answers a WHERE a.id <= counted.segment), nps_agg(score) FROM counted WHERE id <= 20 GROUP BY 1',
	'SELECT random() < 2, nps_agg(score) FROM counted GROUP BY 1',
	'SELECT nps_agg(score) FROM counted WHERE current_date > ''2000-01-01''',
	'SELECT tableoid, nps_agg(score) FROM counted GROUP BY 1',
	'SELECT length(counted::text), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT generate_series(1, 2), nps_agg(score) FROM counted GROUP BY 1',
	'SELECT nps_agg(score) FROM counted TABLESAMPLE SYSTEM (100)',
	'SELECT nps_agg(c.score) FROM counted c JOIN answers a USING (id)',
	'SELECT nps_agg(score) FROM (SELECT score FROM counted ORDER BY id LIMIT 100) c'
]) query, compared(query);
CREATE INDEX ON counted (id);
SELECT plan('SELECT nps(score) FROM counted WHERE id BETWEEN 5 AND 9') ~ 'Index Scan' AS an_index_that_reads_few_rows;
SET enable_seqscan = off;
SELECT plan('SELECT nps(score) FROM counted WHERE id > 0') ~ 'CountingScan' AS without_sequential_scans;
SET enable_seqscan = on;
SET nps.counting_scan = off;
SELECT plan('SELECT nps(score) FROM counted') ~ 'CountingScan' AS switched_off;
SET nps.counting_scan = on;

-- Keys that are equal are one group, whatever their bytes; the group shows a value that is there.
CREATE TABLE alike (n numeric, f double precision, i interval, s nps_score) WITH (autovacuum_enabled = off);
INSERT INTO alike SELECT (ARRAY['1', '1.0', '1.00', '2']::numeric[])[k % 4 + 1], (ARRAY['0', '-0', 'NaN', '1']::double precision[])[k % 4 + 1],
	(ARRAY['1 day', '24 hours', '1 month', '30 days']::interval[])[k % 4 + 1], k % 11 FROM generate_series(0, 4399) k;
ANALYZE alike;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT trim_scale(n), nps_agg(s) FROM alike GROUP BY n',
	'SELECT abs(f), nps_agg(s) FROM alike GROUP BY f',
	'SELECT justify_interval(i), nps_agg(s) FROM alike GROUP BY i',
	'SELECT n::text IN (''1'', ''1.0'', ''1.00'', ''2''), nps_agg(s) FROM alike GROUP BY n']) query, compared(query);
DROP TABLE alike;

-- Two keys of one hash value; texts of four and of seven bytes, of which the longer has those of the shorter, its size included, in another
-- order; NULL in either of two keys; values that are long, compressed or kept elsewhere; times that are NULL, beside those that are 0, and at
-- the end of their type; a type that does not sort, in more groups than memory holds. A condition that fails is not asked of rows that another
-- leaves out.
CREATE TABLE odd (hash integer, name text, a integer, b integer, x xid, wide text, at timestamp, last timestamp, score nps_score) WITH (autovacuum_enabled = off);
INSERT INTO odd SELECT (ARRAY[6443, 66682])[i % 2 + 1], (ARRAY[chr(17) || 'abc', 'abc' || chr(11) || chr(17) || 'ab'])[i % 2 + 1], (ARRAY[NULL, 1, 1])[i % 3 + 1], (ARRAY[1, NULL, 1])[i % 3 + 1], (i % 3000)::text::xid,
	CASE i % 60 WHEN 0 THEN repeat('wide', 2000) WHEN 1 THEN (SELECT string_agg(md5(j::text), '') FROM generate_series(1, 150) j)
		WHEN 2 THEN (SELECT string_agg(md5(j::text), '') FROM generate_series(1, 40) j) ELSE 'narrow' END,
	CASE WHEN i % 3 > 0 THEN timestamp '1999-12-30 00:01' + i * interval '1 minute' END, timestamp '294276-12-31 23:00' - (6000 - i) * interval '5 minutes', i % 11
FROM generate_series(1, 6000) i;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT hash, nps_agg(score) FROM odd GROUP BY hash',
	'SELECT name, nps_agg(score) FROM odd GROUP BY name',
	'SELECT a, b, nps_agg(score) FROM odd GROUP BY a, b',
	'SELECT wide, nps_agg(score) FROM odd GROUP BY wide',
	'SELECT coalesce(wide, ''''), nps_agg(score) FROM odd GROUP BY 1',
	'SELECT date_trunc(''day'', at), nps_agg(score) FROM odd GROUP BY 1',
	'SELECT date_trunc(CASE WHEN b = 1 THEN ''day'' ELSE ''month'' END, at), nps_agg(score) FROM odd GROUP BY 1',
	'SELECT date_trunc(''month'', last), nps_agg(score) FROM odd GROUP BY 1',
	'SELECT nps_agg(score) FROM odd WHERE wide IS NULL AND wide LIKE ''narro#'' ESCAPE ''#''']) query, compared(query);
SET enable_hashagg = off;
SET work_mem = '64kB';
SELECT taken, answer FROM compared('SELECT x, nps_agg(score) FROM odd GROUP BY x');
SET work_mem = '4MB';
SET enable_hashagg = on;
DROP TABLE odd;

-- A key of more columns than have a memory.
DO $$ BEGIN
	EXECUTE (SELECT format('CREATE TABLE broad (%s, score nps_score) WITH (autovacuum_enabled = off)', string_agg('c' || i || ' smallint', ', ')) FROM generate_series(1, 33) i);
END $$;
INSERT INTO broad (c1, c2, c33, score) SELECT i % 2, nullif(i % 3, 0), i % 4, i % 11 FROM generate_series(1, 3000) i;
SELECT taken, answer FROM (SELECT format('SELECT concat(%s), nps_agg(score) FROM broad GROUP BY 1', string_agg('c' || i, ', '))::text AS query FROM generate_series(1, 33) i) q, compared(query);
DROP TABLE broad;

-- How many groups are expected of times: by their days, whatever ends they have.
CREATE FUNCTION groups_expected(query text) RETURNS integer LANGUAGE sql AS $$
	SELECT substring(plan(query, true) FROM 'CountingScan[)] +[(]cost=[^ ]* rows=([0-9]+)')::integer $$;
CREATE TABLE since (at timestamp, score nps_score) WITH (autovacuum_enabled = off);
INSERT INTO since SELECT CASE i WHEN 1 THEN '-infinity' WHEN 10000 THEN 'infinity' ELSE timestamp '2024-01-01' + i / 2 * interval '79 minutes' END, i % 11 FROM generate_series(1, 10000) i;
ANALYZE since;
SELECT groups_expected('SELECT date_trunc(''quarter'', at), nps_agg(score) FROM counted GROUP BY 1') BETWEEN 5 AND 7 AS quarters,
	groups_expected('SELECT at::date, nps_agg(score) FROM counted GROUP BY 1') BETWEEN 400 AND 480 AS days,
	groups_expected('SELECT at::date, nps_agg(score) FROM since GROUP BY 1') BETWEEN 200 AND 1500 AS with_endless_ones;
-- More hours than are remembered at a time.
SELECT taken, answer FROM compared('SELECT date_trunc(''hour'', at), nps_agg(score) FROM since GROUP BY 1');
DROP TABLE since;

-- A day comes twice where clocks are set back over midnight, as in Newfoundland until 2011.
SET timezone = 'America/St_Johns';
CREATE TABLE nights (at timestamptz, score nps_score) WITH (autovacuum_enabled = off);
INSERT INTO nights SELECT timestamptz '2010-11-06 12:00' + (i * 1009 % 2000) * interval '1 minute', i % 11 FROM generate_series(1, 8000) i;
ANALYZE nights;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT date_trunc(''day'', at), nps_agg(score) FROM nights GROUP BY 1',
	'SELECT at::date, nps_agg(score) FROM nights GROUP BY 1',
	'SELECT date_trunc(''hour'', at), nps_agg(score) FROM nights GROUP BY 1']) query, compared(query);
-- In order, but the minute of the next day, after which the first goes on, stands last.
CREATE TABLE one_night (at timestamptz, score nps_score) WITH (autovacuum_enabled = off);
INSERT INTO one_night SELECT timestamptz '2010-11-06 12:00' + i * interval '1 minute', i % 11 FROM generate_series(0, 2000) i ORDER BY i = 720, i;
ANALYZE one_night;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT date_trunc(''day'', at), nps_agg(score) FROM one_night GROUP BY 1',
	'SELECT at::date, nps_agg(score) FROM one_night GROUP BY 1']) query, compared(query);
DROP TABLE nights, one_night;
SET timezone = 'Europe/Berlin';

-- More groups than memory holds are handed over in parts, some of them in each. Without statistics few are expected.
CREATE TABLE crowd (customer integer, score nps_score) WITH (autovacuum_enabled = off);
INSERT INTO crowd SELECT CASE WHEN i % 3 = 0 THEN -(i % 7) ELSE i * 7919 % 30011 END, i % 11 FROM generate_series(1, 60000) i;
SET work_mem = '64kB';
SELECT taken, answer FROM compared('SELECT customer, nps_agg(score), count(*) FROM crowd GROUP BY customer');
CREATE FUNCTION figures(query text, figure text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT json) ' || query INTO plan;
	RETURN jsonb_path_query_first(plan::jsonb, ('$.** ? (@."Custom Plan Provider" == "NpsCountingScan")."' || figure || '"')::jsonpath);
END $$;
SELECT figures(query, 'Times Memory Full') > 10 AS in_parts, figures(query, 'Groups') > 30010 AS some_twice,
	figures(query, 'Group Memory') BETWEEN 32 AND 96 AS within_memory, figures(query, 'Counted Rows') AS rows
FROM (VALUES ('SELECT customer, nps_agg(score) FROM crowd GROUP BY customer'), ('SELECT lpad(customer::text, 500), nps_agg(score) FROM crowd GROUP BY 1')) q (query);
SET work_mem = '4MB';
DROP TABLE crowd;

-- What EXPLAIN ANALYZE says of it.
SELECT figures(query, 'Counted Rows') AS rows, figures(query, 'Counted Pages') = (SELECT relpages FROM pg_class WHERE relname = 'counted') AS all_pages,
	figures(query, 'Groups') AS groups, figures(query, 'Keys Computed') BETWEEN 1 AND 1000 AS few_computed
FROM unnest(ARRAY['SELECT date_trunc(''quarter'', day), nps(score) FROM counted GROUP BY 1',
	'SELECT date_trunc(''quarter'', at), nps(score) FROM counted GROUP BY 1',
	'SELECT segment, nps(score) FROM counted WHERE segment < 4 GROUP BY 1']) query;

-- Partitions of unlike form, sub-partitions, and each by itself.
CREATE TABLE parts (day date, segment integer, score nps_score) PARTITION BY RANGE (day);
CREATE TABLE parts_2024 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (segment);
CREATE TABLE parts_2024_low PARTITION OF parts_2024 FOR VALUES IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9) WITH (autovacuum_enabled = off);
CREATE TABLE parts_2024_rest PARTITION OF parts_2024 DEFAULT WITH (autovacuum_enabled = off);
CREATE TABLE parts_2025 (gone text, score nps_score, segment integer, day date) WITH (autovacuum_enabled = off);
ALTER TABLE parts_2025 DROP COLUMN gone;
ALTER TABLE parts ATTACH PARTITION parts_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-02');
INSERT INTO parts SELECT day, segment, score FROM counted;
ANALYZE parts;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT nps_agg(score) FROM parts',
	'SELECT segment, nps_agg(score), count(*) FROM parts WHERE segment > 3 GROUP BY segment',
	'SELECT date_trunc(''year'', day), nps_agg(score) FROM parts GROUP BY 1',
	'SELECT segment, nps_agg(score) FROM parts_2025 GROUP BY segment']) query, compared(query);
SELECT plan('SELECT nps(score) FROM parts WHERE day >= ''2025-01-01''') ~ 'CountingScan.*parts_2025' AS one_is_left;
CREATE INDEX ON parts_2025 (day);
SELECT taken, answer, query FROM unnest(ARRAY['SELECT nps_agg(score) FROM parts WHERE day < ''2025-01-03''']) query, compared(query);
SET enable_partitionwise_aggregate = on;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT segment, nps_agg(score) FROM parts GROUP BY segment',
	'SELECT day, nps_agg(score) FROM parts GROUP BY day']) query, compared(query);
SET enable_partitionwise_aggregate = off;
DROP TABLE parts;

-- A column that came later, one that went, values of a changed default; keys that depend on a primary key.
ALTER TABLE counted DROP COLUMN i2, ADD COLUMN region text DEFAULT 'north', ADD COLUMN later nps_score DEFAULT 9;
ALTER TABLE counted ALTER region SET DEFAULT 'south';
INSERT INTO counted (id, segment, score, later) SELECT 8000 + i, i % 3, i % 11, NULL FROM generate_series(1, 500) i;
ALTER TABLE counted ADD PRIMARY KEY (id);
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT region, nps_agg(score), nps_agg(later) FROM counted GROUP BY region',
	'SELECT id, name, segment + 1, nps_agg(score) FROM counted WHERE segment = 3 GROUP BY id']) query, compared(query);

-- Words of every length that can be remembered and more, of which any two of one length differ in two letters alone.
CREATE TABLE words WITH (autovacuum_enabled = off) AS
SELECT overlay(repeat('a', length) PLACING 'x' FROM place FOR 1) AS word, (length + place) % 11 AS score
FROM generate_series(1, 50) length, generate_series(1, length) place, generate_series(1, 5);
ANALYZE words;
SELECT taken, answer FROM compared('SELECT word, nps_agg(score) FROM words GROUP BY word');
-- A type whose values end with a zero, as only a superuser makes one: nothing before the end tells their length. Such a column is the last here,
-- since PostgreSQL 19rc1 misreads what follows one.
SET client_min_messages = error;
CREATE TYPE ended;
CREATE FUNCTION ended_in(cstring) RETURNS ended AS 'cstring_in' LANGUAGE internal IMMUTABLE STRICT;
CREATE FUNCTION ended_out(ended) RETURNS cstring AS 'cstring_out' LANGUAGE internal IMMUTABLE STRICT;
CREATE TYPE ended (INPUT = ended_in, OUTPUT = ended_out, INTERNALLENGTH = -2, ALIGNMENT = char);
CREATE TABLE endings (score integer, ending ended) WITH (autovacuum_enabled = off);
INSERT INTO endings SELECT i % 11, CASE WHEN i % 7 > 0 THEN repeat('ab', i % 7)::ended END FROM generate_series(1, 5000) i;
ANALYZE endings;
SELECT taken, answer FROM compared('SELECT ending::text, nps_agg(score) FROM endings GROUP BY 1');
SET client_min_messages = warning;
-- Rows without a NULL, where most columns have a place: text before padding, rows from before a column came.
CREATE TABLE compact (score nps_score, name text) WITH (autovacuum_enabled = off);
INSERT INTO compact SELECT i % 11, CASE WHEN i % 5 = 0 THEN repeat('long', 40) ELSE 'n' || i % 3 END FROM generate_series(1, 3000) i;
CREATE TABLE grown (score nps_score, k smallint) WITH (autovacuum_enabled = off);
INSERT INTO grown SELECT i % 11, i % 3 FROM generate_series(1, 3000) i;
ALTER TABLE grown ADD COLUMN later nps_score DEFAULT 9, ADD COLUMN never integer;
INSERT INTO grown SELECT i % 11, i % 3, i % 11, i % 4 FROM generate_series(1, 3000) i;
ANALYZE compact, grown;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT name, nps_agg(score) FROM compact GROUP BY name',
	'SELECT k, nps_agg(later), count(later) FROM grown GROUP BY k',
	'SELECT never, nps_agg(score) FROM grown GROUP BY never']) query, compared(query);
SET enable_hashagg = off;
SELECT taken, answer, query FROM unnest(ARRAY[
	'SELECT k, nps_agg(score) FROM grown GROUP BY k',
	'SELECT ''all''::text, nps_agg(score) FROM grown GROUP BY 1']) query, compared(query);
SET enable_hashagg = on;
DROP TABLE compact, grown;

-- Parameters: a plan for any, and each run anew.
SET plan_cache_mode = force_generic_plan;
PREPARE below (integer, text) AS SELECT $2 || (segment % 2)::text AS k, nps_responses(nps_agg(score)) AS n FROM counted WHERE segment < $1 GROUP BY 1 ORDER BY 1;
SELECT plan('EXECUTE below(5, ''a'')') ~ 'CountingScan' AS generic;
EXECUTE below(3, 'x');
EXECUTE below(2, 'y');
SELECT 'x' || (segment % 2)::text AS k, count(score) AS n FROM counted WHERE segment < 3 GROUP BY 1 ORDER BY 1;
SET plan_cache_mode = auto;
DEALLOCATE below;

-- A materialized view; a function that workers may not call.
CREATE MATERIALIZED VIEW seen AS SELECT segment, score FROM counted;
ANALYZE seen;
SELECT taken, answer FROM compared('SELECT segment, nps_agg(score) FROM seen GROUP BY segment');
DROP MATERIALIZED VIEW seen;
CREATE FUNCTION at_home(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED AS 'BEGIN RETURN $1; END';
ALTER TABLE counted SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT plan('SELECT segment, nps_agg(score) FROM counted GROUP BY 1') ~ 'Parallel Custom Scan' AS in_workers,
	plan('SELECT segment, nps_agg(at_home(i4)) FROM counted GROUP BY 1') ~ 'Parallel Custom Scan' AS restricted;
SET max_parallel_workers_per_gather = 0;

-- Errors are the same: of a score, of a filter, of a key.
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SELECT plan(query) ~ 'CountingScan' AS taken, failure(query) = failure(replace(query, 'counted', '(SELECT * FROM counted OFFSET 0) c')) AS same, failure(query), query
FROM unnest(ARRAY['SELECT nps(id) FROM counted WHERE id IN (1, 11)', 'SELECT nps(i8 + 4294967296) FROM counted WHERE id = 10', 'SELECT nps(n + 0.5) FROM counted WHERE id = 10', 'SELECT nps(score) FROM counted WHERE 1 / (id - 5) > 0',
	'SELECT 1 / (id - 5), nps(score) FROM counted GROUP BY 1', 'SELECT nps(score) FILTER (WHERE 1 / (id - 5) > 0) FROM counted']) query;
DROP TABLE counted;
