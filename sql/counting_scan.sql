-- The counting scan: which queries it takes, and that each has the same answer with it and without.
SET nps.counting_scan = on;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = off;
SET enable_seqscan = on;
SET enable_hashagg = on;
SET enable_sort = on;
SET work_mem = '4MB';
SET seq_page_cost = 1;
SET random_page_cost = 4;
SET cpu_tuple_cost = 0.01;
SET cpu_operator_cost = 0.0025;
SET jit = off;
SET timezone = 'Europe/Berlin';
SET datestyle = 'ISO';
SET extra_float_digits = 1;

-- The first query of a session is taken: planning it loads the library.
\c -
SELECT count(*) FILTER (WHERE query ~ 'CountingScan') AS first_query FROM plan('SELECT nps(score) FROM answers') query;
SET max_parallel_workers_per_gather = 0;
SET timezone = 'Europe/Berlin';

-- Rows on many pages, with NULLs, of every type of score, and keys of several types.
CREATE TABLE counted (id integer, day date, at timestamp, zoned timestamptz, segment integer, name text, price numeric, code uuid,
	flag boolean, score nps_score, i2 smallint, i4 integer, i8 bigint, n numeric, f8 double precision);
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
	'SELECT segment, nps_agg(score), count(*), count(score), count(name), min(day), max(day), min(i4), max(score) FROM counted GROUP BY segment',
	'SELECT nps(score) FROM counted WHERE segment < 10 AND name LIKE ''seg%''',
	'SELECT segment, (nps(score)).nps FROM counted GROUP BY segment HAVING count(*) > 300 ORDER BY 2 DESC, 1 LIMIT 5',
	'SELECT segment, nps_agg(score) FROM counted GROUP BY segment HAVING (nps(score)).responses > 350',
	'SELECT c.segment, c.s FROM (SELECT segment, nps_agg(score) AS s FROM counted GROUP BY segment) c JOIN answers a ON a.segment = c.segment AND a.id < 40',
	'WITH c AS (SELECT segment, nps_agg(score) AS s FROM counted GROUP BY segment) SELECT nps(s) FROM c',
	'SELECT (SELECT nps(score) FROM counted WHERE segment = a.segment) FROM answers a WHERE id < 30',
	'SELECT a.id, l.* FROM answers a, LATERAL (SELECT a.id % 3 + c.segment % 2 AS k, nps_agg(c.score) FROM counted c WHERE c.segment < a.id GROUP BY 1) l WHERE a.id < 6'
]) query, compared(query);
DROP TABLE counted;
