-- Predicates on the category are planned as ranges of the score. The mix is that of the demo
-- survey: 56 % promoters, 36 % passives, 8 % detractors.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;
SELECT planner_as_shipped();
CREATE TABLE polled (id integer, segment integer, score nps_score) WITH (autovacuum_enabled = off);
INSERT INTO polled
SELECT i, (i * 7) % 40, CASE WHEN i % 9 = 0 THEN NULL WHEN k < 8 THEN k - 1 + (k = 0)::integer WHEN k < 20 THEN 7 WHEN k < 44 THEN 8 WHEN k < 61 THEN 9 ELSE 10 END
FROM (SELECT i, i * 37 / 11 % 100 AS k FROM generate_series(1, 20000) i) mix;
CREATE INDEX polled_score ON polled (score);
CREATE INDEX polled_segment_score ON polled (segment, score);
ANALYZE polled;

-- What they become, alone and under NOT.
CREATE FUNCTION filter(predicate text, relation text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL enable_indexscan = off;
	SET LOCAL enable_indexonlyscan = off;
	SET LOCAL enable_bitmapscan = off;
	RETURN substring(plan(format('SELECT * FROM %s WHERE %s', relation, predicate)) FROM 'Filter: ([^\n]*)');
END $$;
SELECT predicate, filter(predicate, 'polled')
FROM unnest(ARRAY['nps_is_detractor(score)', 'nps_is_passive(score)', 'nps_is_promoter(score)', 'NOT nps_is_detractor(score)',
	'NOT nps_is_passive(score)', 'NOT nps_is_promoter(score)', 'nps_is_detractor(score) = false']) predicate;

-- A range is what the function itself says of every score.
CREATE FUNCTION called(predicate text, argument anyelement) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	result boolean;
BEGIN
	EXECUTE format('SELECT %s($1)', predicate) INTO result USING argument;
	RETURN result;
END $$;
SELECT count(*) AS scores, count(*) FILTER (WHERE nps_is_detractor(score) IS DISTINCT FROM called('nps_is_detractor', score)) AS detractors_differ,
	count(*) FILTER (WHERE nps_is_passive(score) IS DISTINCT FROM called('nps_is_passive', score)) AS passives_differ,
	count(*) FILTER (WHERE nps_is_promoter(score) IS DISTINCT FROM called('nps_is_promoter', score)) AS promoters_differ
FROM (SELECT nullif(i, 11)::nps_score AS score FROM generate_series(0, 11) i) every_score;

-- An index on (segment, score) takes the condition on the score as its own; so does one on score alone.
SET enable_seqscan = off;
SELECT predicate, plan('SELECT id FROM polled WHERE segment = 7 AND ' || predicate) ~ condition AS in_the_index_condition
FROM (VALUES
	('nps_is_detractor(score)', 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score <= 6\)\)'),
	('nps_is_passive(score)', 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score >= 7\) AND \(score <= 8\)\)'),
	('nps_is_promoter(score)', 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score >= 9\)\)'),
	('NOT nps_is_detractor(score)', 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score > 6\)\)'),
	('NOT nps_is_promoter(score)', 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score < 9\)\)')
) AS v (predicate, condition);
SELECT plan('SELECT score FROM polled WHERE nps_is_promoter(score) ORDER BY score') ~ 'polled_score.*Index Cond: \(score >= 9\)' AS on_score_alone,
	plan('SELECT id FROM polled WHERE NOT nps_is_passive(score)') ~ 'BitmapOr.*\(score < 7\).*\(score > 8\)' AS two_ranges;

-- A partial index written with the predicate matches the predicate, and the comparison too; one written with a comparison likewise.
CREATE INDEX polled_detractors ON polled (id) WHERE nps_is_detractor(score);
SELECT plan('SELECT id FROM polled WHERE nps_is_detractor(score) ORDER BY id LIMIT 5') ~ 'polled_detractors' AS by_predicate,
	plan('SELECT id FROM polled WHERE score <= 6 ORDER BY id LIMIT 5') ~ 'polled_detractors' AS by_comparison,
	plan('SELECT id FROM polled WHERE score <= 3 ORDER BY id LIMIT 5') ~ 'polled_detractors' AS by_a_narrower_one;
CREATE INDEX polled_passives ON polled (id) WHERE score BETWEEN 7 AND 8;
CREATE INDEX polled_promoters ON polled (id) WHERE score > 8;
SELECT plan('SELECT id FROM polled WHERE nps_is_passive(score) ORDER BY id LIMIT 5') ~ 'polled_passives' AS passives,
	plan('SELECT id FROM polled WHERE nps_is_promoter(score) ORDER BY id LIMIT 5') ~ 'polled_promoters' AS promoters;
SET enable_seqscan = on;

-- Partitions are pruned, by list and by range. (Of a range, > 6 may be anything from 6 on: NOT keeps the neighbour.)
CREATE TABLE by_category (score nps_score, id integer) PARTITION BY LIST (score);
CREATE TABLE by_category_detractors PARTITION OF by_category FOR VALUES IN (0, 1, 2, 3, 4, 5, 6);
CREATE TABLE by_category_passives PARTITION OF by_category FOR VALUES IN (7, 8);
CREATE TABLE by_category_promoters PARTITION OF by_category FOR VALUES IN (9, 10);
CREATE TABLE by_span (score nps_score, id integer) PARTITION BY RANGE (score);
CREATE TABLE by_span_detractors PARTITION OF by_span FOR VALUES FROM (MINVALUE) TO (7);
CREATE TABLE by_span_passives PARTITION OF by_span FOR VALUES FROM (7) TO (9);
CREATE TABLE by_span_promoters PARTITION OF by_span FOR VALUES FROM (9) TO (MAXVALUE);
SELECT predicate, (SELECT string_agg(m[1], ' ') FROM regexp_matches(plan('SELECT * FROM by_category WHERE ' || predicate), 'on by_category_(\w+)', 'g') m) AS of_list,
	(SELECT string_agg(m[1], ' ') FROM regexp_matches(plan('SELECT * FROM by_span WHERE ' || predicate), 'on by_span_(\w+)', 'g') m) AS of_range
FROM unnest(ARRAY['nps_is_detractor(score)', 'nps_is_passive(score)', 'nps_is_promoter(score)', 'NOT nps_is_detractor(score)', 'NOT nps_is_passive(score)', 'NOT nps_is_promoter(score)']) predicate;

-- Row estimates come from the statistics of the score: within 10 % of the truth. (For NOT nps_is_passive the planner
-- adds up two ranges as if they could overlap: that is the least exact.)
CREATE FUNCTION estimate_is_close(condition text, relation text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	actual numeric;
BEGIN
	EXECUTE format('SELECT count(*) FROM %s WHERE %s', relation, condition) INTO actual;
	RETURN substring(plan(format('SELECT 1 FROM %s WHERE %s', relation, condition), true) FROM 'rows=(\d+)')::numeric BETWEEN 0.9 * actual AND 1.1 * actual;
END $$;
SELECT predicate, estimate_is_close(predicate, 'polled')
FROM unnest(ARRAY['nps_is_detractor(score)', 'nps_is_passive(score)', 'nps_is_promoter(score)', 'NOT nps_is_detractor(score)', 'NOT nps_is_passive(score)',
	'NOT nps_is_promoter(score)']) predicate;

-- The same rows by an index, by a sequential scan, and by plain integers.
CREATE FUNCTION ids(condition text, relation text, without text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	setting text;
	scan text;
	rows text;
BEGIN
	FOREACH setting IN ARRAY without LOOP
		PERFORM set_config(setting, 'off', true);
	END LOOP;
	scan := CASE WHEN plan(format('SELECT id FROM %s WHERE %s', relation, condition)) ~ 'Seq Scan' THEN 'sequential' ELSE 'index' END;
	EXECUTE format('SELECT count(*) || '' '' || md5(string_agg(id::text, '','' ORDER BY id)) FROM %s WHERE %s', relation, condition) INTO rows;
	FOREACH setting IN ARRAY without LOOP
		PERFORM set_config(setting, 'on', true);
	END LOOP;
	RETURN scan || ': ' || rows;
END $$;
CREATE FUNCTION same_ids(condition text, by_hand text, relation text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN by_index = 'index: ' || rows AND by_scan = 'sequential: ' || rows THEN 'yes'
		ELSE format('%s by hand, %s, %s', rows, by_index, by_scan) END
	FROM ids(condition, relation, '{enable_seqscan}') by_index,
		ids(condition, relation, '{enable_indexscan,enable_indexonlyscan,enable_bitmapscan}') by_scan,
		substr(ids(by_hand, relation, '{enable_indexscan,enable_indexonlyscan,enable_bitmapscan}'), length('sequential: ') + 1) rows
$$;
SELECT predicate, same_ids(predicate, by_hand, 'polled')
FROM (VALUES ('nps_is_detractor(score)', 'score::integer <= 6'), ('nps_is_passive(score)', 'score::integer IN (7, 8)'), ('nps_is_promoter(score)', 'score::integer >= 9'),
	('NOT nps_is_detractor(score)', 'score::integer >= 7'), ('NOT nps_is_passive(score)', 'score::integer NOT IN (7, 8)'), ('NOT nps_is_promoter(score)', 'score::integer <= 8'))
	AS v (predicate, by_hand);
SELECT ids('nps_is_detractor(score) IS NOT TRUE', 'polled', '{}') = ids('score IS NULL OR score::integer > 6', 'polled', '{}') AS not_true;

-- What would be evaluated twice is not: a volatile argument, a subquery, what is costly. What is constant is computed.
CREATE SEQUENCE evaluations;
CREATE FUNCTION any_score() RETURNS nps_score LANGUAGE plpgsql VOLATILE COST 1 AS $$ BEGIN PERFORM nextval('evaluations'); RETURN 7; END $$;
CREATE FUNCTION costly_score(integer) RETURNS nps_score LANGUAGE plpgsql IMMUTABLE COST 1000 AS $$ BEGIN RETURN $1; END $$;
CREATE FUNCTION cheap_score(integer) RETURNS nps_score LANGUAGE plpgsql IMMUTABLE COST 1 AS $$ BEGIN RETURN $1; END $$;
SELECT argument, substring(filter(format('nps_is_passive(%s)', argument), 'polled') FROM '\w+') AS called
FROM unnest(ARRAY['any_score()', 'costly_score(id)', 'cheap_score(id)', '(SELECT cheap_score(p.id) FROM polled p WHERE p.id = polled.id OFFSET 0)']) argument;
SELECT filter('nps_is_promoter(costly_score(id))', 'polled') AS once_anyway;
SELECT count(*) AS passives, nextval('evaluations') - 1 AS evaluations FROM generate_series(1, 100) WHERE nps_is_passive(any_score());
SELECT plan('SELECT 1 WHERE nps_is_passive(9::nps_score)') ~ 'One-Time Filter: false' AS constant_is_computed;
SELECT nps_is_passive(NULL::nps_score) IS NULL AND NOT nps_is_passive(6::nps_score) AND nps_is_passive(7::nps_score) AS computed;

-- A domain over nps_score, and another schema.
CREATE DOMAIN asked_score AS nps_score CHECK (VALUE >= 0);
CREATE TABLE asked (score asked_score) WITH (autovacuum_enabled = off);
INSERT INTO asked SELECT score FROM polled;
CREATE INDEX asked_score_index ON asked (score);
ANALYZE asked;
SET enable_seqscan = off;
SELECT plan('SELECT score FROM asked WHERE nps_is_detractor(score)') ~ 'asked_score_index\s+Index Cond: \(.*score.* <= 6\)' AS on_a_domain;
DROP INDEX polled_detractors;
ALTER EXTENSION nps SET SCHEMA elsewhere;
SELECT plan('SELECT id FROM polled WHERE segment = 7 AND elsewhere.nps_is_detractor(score)')
	~ 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score OPERATOR\(elsewhere\.<=\) 6\)\)' AS in_another_schema;
ALTER EXTENSION nps SET SCHEMA public;
SET enable_seqscan = on;

-- A superuser can attach the support function to anything, and take operators out of their family: then calls stay calls.
BEGIN;
CREATE FUNCTION of_nothing() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
CREATE FUNCTION of_two(nps_score, nps_score) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1 = $2; END';
CREATE FUNCTION of_a_score(nps_score) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1 = 1; END';
CREATE FUNCTION of_another_type(bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1 = 1; END';
CREATE FUNCTION in_c(nps_score) RETURNS integer LANGUAGE c IMMUTABLE AS '$libdir/nps', 'nps_points';
CREATE FUNCTION in_c_of_nothing() RETURNS boolean LANGUAGE c AS '$libdir/nps', 'nps_is_detractor';
CREATE FUNCTION in_c_of_text(text) RETURNS boolean LANGUAGE c IMMUTABLE AS '$libdir/nps', 'nps_is_detractor';
ALTER FUNCTION of_nothing() SUPPORT nps_category_support;
ALTER FUNCTION of_two(nps_score, nps_score) SUPPORT nps_category_support;
ALTER FUNCTION of_a_score(nps_score) SUPPORT nps_category_support;
ALTER FUNCTION of_another_type(bigint) SUPPORT nps_category_support;
ALTER FUNCTION in_c(nps_score) SUPPORT nps_category_support;
ALTER FUNCTION in_c_of_nothing() SUPPORT nps_category_support;
ALTER FUNCTION in_c_of_text(text) SUPPORT nps_category_support;
SELECT call, filter(call || ' IS NOT NULL', 'polled')
FROM unnest(ARRAY['of_nothing()', 'of_two(score, score)', 'of_a_score(score)', 'of_another_type(id)', 'in_c(score)', 'in_c_of_nothing()', 'in_c_of_text(id::text)']) call;
SELECT of_nothing();
ROLLBACK;
BEGIN;
ALTER OPERATOR FAMILY nps_score_ops USING btree DROP OPERATOR 2 (nps_score, integer);
SELECT filter('nps_is_detractor(score)', 'polled') AS detractor, filter('nps_is_passive(score)', 'polled') AS passive,
	filter('nps_is_promoter(score)', 'polled') AS promoter;
SELECT count(*) FILTER (WHERE nps_is_detractor(score)) = count(*) FILTER (WHERE score::integer <= 6) AS counted FROM polled;
ROLLBACK;
BEGIN;
ALTER EXTENSION nps DROP OPERATOR CLASS nps_score_ops USING btree;
ALTER EXTENSION nps DROP OPERATOR FAMILY nps_score_ops USING btree;
SET LOCAL client_min_messages = warning;
DROP OPERATOR FAMILY nps_score_ops USING btree CASCADE;
SELECT filter('nps_is_detractor(score)', 'polled') AS detractor, filter('nps_is_passive(score)', 'polled') AS passive,
	filter('nps_is_promoter(score)', 'polled') AS promoter;
ROLLBACK;
