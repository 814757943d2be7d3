-- The same row by every plan: partial in parallel workers, partition-wise, hashed, sorted, spilled.
SET search_path = public;
SET client_min_messages = warning;
SET quote_all_identifiers = off;
SET max_parallel_workers = 8;
SET hash_mem_multiplier = 1;
SELECT planner_as_shipped();
CREATE TABLE many (segment integer, score nps_score, number integer) WITH (parallel_workers = 2, autovacuum_enabled = off);
INSERT INTO many SELECT i % 7, (i * i / 7) % 11, (i * i / 7) % 11 FROM generate_series(1, 40000) i;
ANALYZE many;
CREATE TEMP TABLE direct AS SELECT segment, nps(score) AS result, nps_agg(score) AS summary FROM many GROUP BY GROUPING SETS ((segment), ());

-- same_as_direct(): compares with the serial answer above.
CREATE FUNCTION same_as_direct(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	wrong bigint;
	rows bigint;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE d.segment IS DISTINCT FROM q.segment OR d.result IS DISTINCT FROM q.result), count(*)
		FROM (%s) q LEFT JOIN direct d ON d.segment IS NOT DISTINCT FROM q.segment', query) INTO wrong, rows;
	RETURN format('%s rows, %s wrong', rows, wrong);
END $$;

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT plan(query) ~ 'Finalize.*Gather.*(Partial|CountingScan).*Parallel Seq Scan' AS partial_in_parallel, same_as_direct(query)
FROM unnest(ARRAY[
	'SELECT segment, nps(score) AS result FROM many GROUP BY segment',
	'SELECT segment, nps(number) AS result FROM many GROUP BY segment',
	'SELECT segment, nps(number::smallint) AS result FROM many GROUP BY segment',
	'SELECT segment, nps(number::bigint) AS result FROM many GROUP BY segment',
	'SELECT segment, nps(number::numeric) AS result FROM many GROUP BY segment',
	'SELECT segment, nps(number::double precision) AS result FROM many GROUP BY segment',
	'SELECT NULL::integer AS segment, nps(score) AS result FROM many',
	'SELECT segment, nps_estimate(nps_agg(score)) AS result FROM many GROUP BY segment']) query;

-- Lowest and highest too; and where no row is seen nothing is added.
SELECT plan('SELECT min(score), max(score) FROM many') ~ 'Finalize.*Gather.*Partial' AS partial;
SELECT min(score), max(score) FROM many;
SELECT aggfnoid::regprocedure, aggtransfn, aggcombinefn, aggsortop::regoperator FROM pg_aggregate
WHERE aggfnoid IN ('min(nps_score)'::regprocedure, 'max(nps_score)'::regprocedure) ORDER BY aggfnoid::regprocedure::text;
SELECT nps(score) AS nothing FROM many WHERE segment = 99;

-- Workers that really ran.
CREATE FUNCTION execution(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	execution text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
		execution := execution || line || E'\n';
	END LOOP;
	RETURN execution;
END $$;
SELECT execution('SELECT segment, nps(score) FROM many GROUP BY segment') ~ 'Workers Launched: [1-9]' AS workers_ran;
SET max_parallel_workers_per_gather = 0;

-- Partition-wise: whole where the grouping holds the partition key, else partial.
CREATE TABLE by_segment (segment integer, score nps_score, number integer, counts bigint[]) PARTITION BY LIST (segment);
CREATE TABLE by_segment_low PARTITION OF by_segment FOR VALUES IN (0, 1, 2, 3);
CREATE TABLE by_segment_high PARTITION OF by_segment FOR VALUES IN (4, 5, 6);
INSERT INTO by_segment SELECT *, array_fill(0::bigint, ARRAY[number]) || 1::bigint || array_fill(0::bigint, ARRAY[10 - number]) FROM many;
ANALYZE by_segment;
SET enable_partitionwise_aggregate = on;
SELECT plan('SELECT segment, nps(score) FROM by_segment GROUP BY segment') ~ 'Append.*Aggregate.*by_segment_low.*Aggregate.*by_segment_high' AS whole,
	same_as_direct('SELECT segment, nps(score) AS result FROM by_segment GROUP BY segment');
-- Here, unlike where workers share the rows as they please, there are always states to merge.
SELECT of, plan('SELECT ' || of || ' FROM by_segment') ~ 'Finalize Aggregate.*Append.*(Partial Aggregate|CountingScan).*(Partial Aggregate|CountingScan)' AS partial,
	same_as_direct('SELECT NULL::integer AS segment, ' || of || ' AS result FROM by_segment')
FROM unnest(ARRAY['nps(score)', 'nps(number)', 'nps(number::smallint)', 'nps(number::bigint)', 'nps(number::numeric)', 'nps(number::double precision)',
	'nps(nps_summary(counts))', 'nps_estimate(nps_agg(score))', 'nps_estimate(nps_agg(number))', 'nps_estimate(nps_agg(number::smallint))',
	'nps_estimate(nps_agg(number::bigint))', 'nps_estimate(nps_agg(number::numeric))', 'nps_estimate(nps_agg(number::double precision))',
	'nps_estimate(nps_agg(nps_summary(counts)))']) of;
-- Lowest and highest where neither the first partition nor the last has them.
CREATE TABLE by_score (part integer, score nps_score) PARTITION BY LIST (part);
CREATE TABLE by_score_1 PARTITION OF by_score FOR VALUES IN (1);
CREATE TABLE by_score_2 PARTITION OF by_score FOR VALUES IN (2);
CREATE TABLE by_score_3 PARTITION OF by_score FOR VALUES IN (3);
CREATE TABLE by_score_4 PARTITION OF by_score FOR VALUES IN (4);
CREATE TABLE by_score_5 PARTITION OF by_score FOR VALUES IN (5);
INSERT INTO by_score VALUES (1, 5), (1, 6), (2, 1), (2, 2), (3, 8), (3, 9), (4, 4), (4, 7), (5, NULL);
SELECT plan('SELECT min(score), max(score) FROM by_score') ~ 'Finalize Aggregate.*Append.*Partial Aggregate.*by_score_1.*Partial Aggregate.*by_score_5' AS partial;
SELECT min(score), max(score) FROM by_score;
SET enable_partitionwise_aggregate = off;

-- By sorting, by hashing, by hashing with too little memory.
SET enable_hashagg = off;
SELECT plan('SELECT segment, nps(score) FROM many GROUP BY segment') ~ 'GroupAggregate.*Sort' AS sorted,
	same_as_direct('SELECT segment, nps(score) AS result FROM many GROUP BY segment');
SET enable_hashagg = on;
SET enable_sort = off;
SET work_mem = '64kB';
SELECT execution('SELECT id, nps(score) FROM answers GROUP BY id') ~ 'HashAggregate.*Disk Usage' AS spilled, count(*) AS groups,
	count(*) FILTER (WHERE (r).responses <> (score IS NOT NULL)::integer) AS wrong
FROM (SELECT id, min(score) AS score, nps(score) AS r FROM answers GROUP BY id) by_id;
SET enable_sort = on;
SET work_mem = '4MB';

-- A roll-up of stored summaries.
CREATE TEMP TABLE stored AS SELECT segment, number, nps_agg(score) AS summary FROM many GROUP BY segment, number;
SELECT same_as_direct('SELECT segment, nps(summary) AS result FROM stored GROUP BY GROUPING SETS ((segment), ())');

-- What a distributed engine does: each part's state through text, merged from the identity, then the final function.
SELECT nps_final('{0,0,0,0,0,0,0,0,0,0,0}'::nps_summary + a.summary::text::nps_summary + b.summary::text::nps_summary) = d.result AS distributed
FROM (SELECT nps_agg(score) AS summary FROM many WHERE number % 2 = 0) a, (SELECT nps_agg(score) AS summary FROM many WHERE number % 2 = 1) b,
	direct d WHERE d.segment IS NULL;
