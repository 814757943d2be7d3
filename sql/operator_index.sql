-- Conditions on a score, with integers as people write them: indexes, partitions, estimates, joins.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;
SET row_security = on;
SELECT planner_as_shipped();
-- Forbidding a kind of join makes plans look expensive, and compiling them is.
SET jit = off;
CREATE TABLE scored WITH (autovacuum_enabled = off) AS SELECT id, score, score::integer AS number, segment FROM answers;
CREATE INDEX scored_score ON scored (score);
CREATE TABLE wanted WITH (autovacuum_enabled = off) AS SELECT i AS i4, i::smallint AS i2, i::nps_score AS score FROM generate_series(8, 12) i WHERE i <= 10;
ANALYZE scored, wanted;

-- The index is used, the condition being its condition and no filter.
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT condition, plan('SELECT score FROM scored WHERE ' || condition) ~ 'Index Only Scan.*scored_score.*Index Cond: .*score'
	AND plan('SELECT score FROM scored WHERE ' || condition) !~ 'Filter' AS uses_index
FROM unnest(ARRAY['score <= 6', 'score = 7', 'score = 7::smallint', '7 > score', 'score BETWEEN 7 AND 8', 'score IN (9, 10)',
	'score = ANY (''{1,2}''::smallint[])', 'score = ''10''', 'score > 3::nps_score']) condition;
SELECT plan('SELECT min(score), max(score) FROM scored') ~ 'Index Only Scan.*Index Only Scan Backward' AS min_max_use_index;
SET enable_seqscan = on;
SET enable_bitmapscan = on;

-- The same rows as plain integers give, through the index and not.
CREATE FUNCTION same_rows(condition text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	by_score bigint;
	by_integer bigint;
BEGIN
	EXECUTE 'SELECT sum(id) FROM scored WHERE ' || condition INTO by_score;
	EXECUTE 'SELECT sum(id) FROM scored WHERE ' || replace(condition, 'score', 'number') INTO by_integer;
	RETURN by_score IS NOT DISTINCT FROM by_integer;
END $$;
CREATE VIEW agreement AS
SELECT count(*) AS conditions, count(*) FILTER (WHERE same_rows(condition)) AS agree
FROM generate_series(1, 9) k,
	unnest(ARRAY['score <= %s', 'score < %s::smallint', '%s = score', 'score >= %s', 'score > %s', 'score BETWEEN 2 AND %s',
		'score IN (%s, 10)', 'score <> %s']) pattern,
	format(pattern, k) condition;
SET enable_seqscan = off;
SELECT * FROM agreement;
SET enable_seqscan = on;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_bitmapscan = off;
SELECT * FROM agreement;
SET enable_indexscan = on;
SET enable_indexonlyscan = on;
SET enable_bitmapscan = on;

-- Estimates come from the statistics of the score: within 2 % of the truth.
CREATE FUNCTION estimate_error(condition text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	actual numeric;
BEGIN
	EXECUTE 'SELECT count(*) FROM scored WHERE ' || condition INTO actual;
	RETURN abs(substring(plan('SELECT 1 FROM scored WHERE ' || condition, true) FROM 'rows=(\d+)')::numeric - actual) / actual;
END $$;
SELECT condition, estimate_error(condition) < 0.02 AS well_estimated
FROM unnest(ARRAY['score <= 6', 'score = 7', 'score = 7::smallint', 'score BETWEEN 7 AND 8', 'score IN (9, 10)', '8 < score',
	'score <> 5']) condition;

-- Joins with integer columns hash and merge; chains across three types keep working.
CREATE FUNCTION join_count(join_method text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	pattern text := CASE join_method WHEN 'enable_hashjoin' THEN 'Hash Cond' WHEN 'enable_mergejoin' THEN 'Merge Cond' ELSE 'Nested Loop' END;
	result bigint;
	used boolean;
BEGIN
	used := plan_with_only(join_method, query) ~ pattern;
	EXECUTE query INTO result;
	RETURN result || CASE WHEN used THEN ' by ' || pattern ELSE ', but not by ' || pattern END;
END $$;
SELECT "on", h AS hash, m AS merge, n AS loop
FROM unnest(ARRAY['s.score = w.i4', 's.score = w.i2', 'w.i4 = s.score', 's.number = w.score', 's.score = w.score']) "on",
	format('SELECT count(*) FROM scored s JOIN wanted w ON %s', "on") query,
	join_count('enable_hashjoin', query) h, join_count('enable_mergejoin', query) m, join_count('enable_nestloop', query) n;
SELECT h AS hash, m AS merge, n AS loop
FROM (VALUES ('SELECT count(*) FROM scored s JOIN wanted a ON s.score = a.i4 JOIN wanted b ON b.i2 = s.score JOIN wanted c ON c.score = b.i2'))
		AS q (query),
	join_count('enable_hashjoin', query) h, join_count('enable_mergejoin', query) m, join_count('enable_nestloop', query) n;
SELECT count(*) FROM scored s JOIN wanted a ON s.number = a.i4 JOIN wanted b ON b.i2 = a.i4 JOIN wanted c ON c.i4 = b.i2;

-- Partitions by range, list and hash are pruned.
CREATE TABLE by_list (score nps_score, id integer) PARTITION BY LIST (score);
CREATE TABLE by_list_detractor PARTITION OF by_list FOR VALUES IN (0, 1, 2, 3, 4, 5, 6);
CREATE TABLE by_list_passive PARTITION OF by_list FOR VALUES IN (7, 8);
CREATE TABLE by_list_promoter PARTITION OF by_list FOR VALUES IN (9, 10);
CREATE TABLE by_list_blank PARTITION OF by_list FOR VALUES IN (NULL);
CREATE TABLE by_range (score nps_score, id integer, PRIMARY KEY (score, id)) PARTITION BY RANGE (score);
CREATE TABLE by_range_low PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO (7);
CREATE TABLE by_range_high PARTITION OF by_range FOR VALUES FROM (7) TO (MAXVALUE);
CREATE TABLE by_hash (score nps_score, id integer) PARTITION BY HASH (score);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO by_list SELECT score, id FROM answers;
INSERT INTO by_range SELECT score, id FROM answers WHERE score IS NOT NULL;
INSERT INTO by_hash SELECT score, id FROM answers;

CREATE FUNCTION partitions_read(query text) RETURNS bigint LANGUAGE sql AS
	$$ SELECT count(*) FROM regexp_matches(plan(query), 'Scan (using \w+ )?on by_\w+', 'g') $$;
SET enable_bitmapscan = off;
SELECT condition, partitions_read('SELECT * FROM by_list WHERE ' || condition) AS list,
	partitions_read('SELECT * FROM by_range WHERE ' || condition) AS range,
	partitions_read('SELECT * FROM by_hash WHERE ' || condition) AS hash
FROM unnest(ARRAY['score = 7', 'score = 7::smallint', 'score <= 3', 'score IN (9, 10)', '6 < score', 'true']) condition;
SET enable_bitmapscan = on;
-- A score hashes into the partition that its integer does.
CREATE TABLE by_hash_of_integer (score integer, id integer) PARTITION BY HASH (score);
CREATE TABLE by_hash_of_integer_0 PARTITION OF by_hash_of_integer FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_of_integer_1 PARTITION OF by_hash_of_integer FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_of_integer_2 PARTITION OF by_hash_of_integer FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO by_hash_of_integer SELECT score, id FROM answers;
SELECT count(*) AS rows, count(DISTINCT s.tableoid) AS partitions, count(*) FILTER (WHERE right(s.tableoid::regclass::text, 1) = right(i.tableoid::regclass::text, 1)) AS in_the_same
FROM by_hash s JOIN by_hash_of_integer i USING (id);
SELECT (SELECT count(*) FROM by_list WHERE score = 7) = count(*) AS list, (SELECT count(*) FROM by_range WHERE score = 7) = count(*) AS range,
	(SELECT count(*) FROM by_hash WHERE score = 7::smallint) = count(*) AS hash
FROM answers WHERE score = 7;

-- Under row security a role's own condition uses the index, too: the comparisons are leakproof, as those of integers are.
CREATE ROLE regress_nps_reader;
GRANT SELECT ON scored TO regress_nps_reader;
CREATE POLICY some_segments ON scored USING (segment > 0);
ALTER TABLE scored ENABLE ROW LEVEL SECURITY;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET ROLE regress_nps_reader;
SELECT condition, plan('SELECT id FROM scored WHERE ' || condition) ~ 'Index Scan.*scored_score.*Index Cond: .*score.*Filter: .*segment > 0' AS uses_index
FROM unnest(ARRAY['score <= 6', 'score = 7::smallint', '7 > score', '8::smallint <= score', 'score IN (9, 10)', 'score > 3::nps_score',
	'nps_is_detractor(score)']) condition;
RESET ROLE;
SET enable_seqscan = on;
SET enable_bitmapscan = on;
ALTER TABLE scored DISABLE ROW LEVEL SECURITY;
DROP POLICY some_segments ON scored;
DROP OWNED BY regress_nps_reader;
DROP ROLE regress_nps_reader;
-- Joins are estimated from the statistics of both sides, whichever the types: within a fifth of the truth.
CREATE FUNCTION join_estimate_error(condition text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	query text := 'FROM scored s, wanted w WHERE ' || condition;
	actual numeric;
BEGIN
	EXECUTE 'SELECT count(*) ' || query INTO actual;
	RETURN abs(substring(plan('SELECT 1 ' || query, true) FROM 'rows=(\d+)')::numeric - actual) / actual;
END $$;
SELECT condition, join_estimate_error(condition) < 0.2 AS well_estimated
FROM unnest(ARRAY['s.score = w.score', 's.score = w.i4', 'w.i4 = s.score', 's.score = w.i2', 'w.i2 = s.score', 's.score <> w.score', 's.score <> w.i4', 'w.i2 <> s.score']) condition;
