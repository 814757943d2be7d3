-- BRIN: a table in the order of the score is read in part, by the conditions that people write.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;
SELECT planner_as_shipped();
SET max_parallel_workers_per_gather = 0;
CREATE TABLE in_order (score nps_score, number integer, filler text) WITH (autovacuum_enabled = off);
INSERT INTO in_order SELECT i / 1000, i / 1000, repeat('x', 200) FROM generate_series(0, 10999) i;
INSERT INTO in_order SELECT NULL, NULL, repeat('x', 200) FROM generate_series(1, 1000);
CREATE INDEX in_order_score ON in_order USING brin (score) WITH (pages_per_range = 1);
VACUUM (ANALYZE) in_order;

-- read_in_part(condition): the index condition, how many rows, whether those by hand, and how many twelfths of the table were read.
CREATE FUNCTION read_in_part(condition text, by_hand text, OUT index_condition text, OUT rows bigint, OUT right_rows boolean, OUT twelfths_read numeric) LANGUAGE plpgsql AS $$
DECLARE
	query text := 'SELECT sum(number), count(*) FROM in_order WHERE ';
	line text;
	execution text := '';
	sums bigint[];
	expected bigint[];
BEGIN
	SET LOCAL enable_seqscan = off;
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query || condition LOOP
		execution := execution || line || E'\n';
	END LOOP;
	index_condition := substring(execution FROM 'Bitmap Index Scan on in_order_score[^\n]*\n\s+Index Cond: ([^\n]*)');
	twelfths_read := round(12.0 * substring(execution FROM 'Heap Blocks: lossy=(\d+)')::integer / (pg_relation_size('in_order') / current_setting('block_size')::integer));
	EXECUTE 'SELECT ARRAY[s, c] FROM (' || query || condition || ') q (s, c)' INTO sums;
	EXECUTE 'SELECT ARRAY[s, c] FROM (' || query || by_hand || ') q (s, c)' INTO expected;
	rows := sums[2];
	right_rows := sums = expected;
END $$;
SELECT condition, r.*
FROM (VALUES ('score <= 6', 'number <= 6'), ('score < 1', 'number < 1'), ('score = 7', 'number = 7'), ('score = 7::smallint', 'number = 7'), ('8 <= score', 'number >= 8'),
	('score > 9::smallint', 'number > 9'), ('score = ''3''', 'number = 3'), ('score BETWEEN 7 AND 8', 'number BETWEEN 7 AND 8'), ('score > 10', 'number > 10'),
	('nps_is_detractor(score)', 'number <= 6'), ('nps_is_passive(score)', 'number IN (7, 8)'), ('nps_is_promoter(score)', 'number >= 9'),
	('NOT nps_is_promoter(score)', 'number < 9'), ('score IS NULL', 'number IS NULL')) AS v (condition, by_hand), read_in_part(condition, by_hand) r;

-- Rows that come later, into ranges that are summarised and into new ones.
UPDATE in_order SET score = 10, number = 10 WHERE number = 0 AND ctid IN (SELECT ctid FROM in_order WHERE number = 0 LIMIT 5);
INSERT INTO in_order SELECT 2, 2, repeat('x', 200) FROM generate_series(1, 1000);
SELECT right_rows FROM read_in_part('score = 10', 'number = 10');
SELECT brin_summarize_new_values('in_order_score') > 0 AS summarised;
SELECT rows, right_rows, twelfths_read FROM read_in_part('score = 2', 'number = 2');

-- Of GiST there is none.
SELECT failure('CREATE INDEX ON in_order USING gist (score)') LIKE '42704 data type nps_score has no default operator class for access method "gist"%' AS none_of_gist;
