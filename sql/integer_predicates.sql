-- The predicates on columns that people already have, smallint and integer: planned as ranges, too. What is outside 0 to 10
-- is in no category. The mix is that of sql/planner.sql, with some values that are no response.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;
SELECT planner_as_shipped();
SET jit = off;
CREATE TABLE surveyed (id integer, segment integer, small smallint, number integer) WITH (autovacuum_enabled = off);
INSERT INTO surveyed
SELECT id, segment, COALESCE(no_response, score), COALESCE(no_response, score)
FROM (SELECT id, segment, score::integer AS score, CASE id % 50 WHEN 1 THEN -1 WHEN 2 THEN 11 WHEN 3 THEN 99 WHEN 4 THEN -32768 END AS no_response FROM polled) answers;
CREATE INDEX surveyed_small ON surveyed (small);
CREATE INDEX surveyed_number ON surveyed (number);
CREATE INDEX surveyed_segment_small ON surveyed (segment, small);
CREATE INDEX surveyed_segment_number ON surveyed (segment, number);
ANALYZE surveyed;

-- What they become, alone and under NOT: comparisons of the column's own type.
SELECT predicate, filter(format(predicate, 'small'), 'surveyed') AS of_smallint, filter(format(predicate, 'number'), 'surveyed') AS of_integer
FROM unnest(ARRAY['nps_is_detractor(%s)', 'nps_is_passive(%s)', 'nps_is_promoter(%s)', 'NOT nps_is_detractor(%s)', 'NOT nps_is_passive(%s)',
	'NOT nps_is_promoter(%s)']) predicate;

-- A range is what the function itself says, of every value. (Of a volatile argument the call stays, see below.)
CREATE FUNCTION as_is(anyelement) RETURNS anyelement LANGUAGE plpgsql VOLATILE AS $$ BEGIN RETURN $1; END $$;
CREATE TEMP TABLE every_value AS SELECT i::smallint AS small, i AS number FROM generate_series(-300, 300) i UNION ALL VALUES (NULL, NULL), (-32768, -2147483648), (32767, 2147483647);
SELECT count(*) AS "values",
	count(*) FILTER (WHERE nps_is_detractor(small) IS DISTINCT FROM nps_is_detractor(as_is(small)) OR nps_is_detractor(number) IS DISTINCT FROM nps_is_detractor(as_is(number))
		OR nps_is_detractor(number) IS DISTINCT FROM number BETWEEN 0 AND 6) AS detractors_differ,
	count(*) FILTER (WHERE nps_is_passive(small) IS DISTINCT FROM nps_is_passive(as_is(small)) OR nps_is_passive(number) IS DISTINCT FROM nps_is_passive(as_is(number))
		OR nps_is_passive(number) IS DISTINCT FROM number IN (7, 8)) AS passives_differ,
	count(*) FILTER (WHERE nps_is_promoter(small) IS DISTINCT FROM nps_is_promoter(as_is(small)) OR nps_is_promoter(number) IS DISTINCT FROM nps_is_promoter(as_is(number))
		OR nps_is_promoter(number) IS DISTINCT FROM number IN (9, 10)) AS promoters_differ
FROM every_value;
SELECT count(*) FILTER (WHERE NOT nps_is_detractor(small)) AS no_detractor, count(*) FILTER (WHERE nps_is_detractor(small) IS NOT TRUE) AS not_known_as_one,
	count(*) FILTER (WHERE nps_is_detractor(small) IS NULL) AS unknown
FROM every_value;

-- Indexes on the column, and on a segment and the column.
SET enable_seqscan = off;
SELECT predicate, replace(substring(plan('SELECT id FROM surveyed WHERE segment = 7 AND ' || predicate) FROM 'surveyed_segment_\w+\s+Index Cond: [^\n]*'), E'\n', '') ~ condition AS in_the_index_condition
FROM (VALUES
	('nps_is_detractor(small)', $$segment_small\s+Index Cond: \(\(segment = 7\) AND \(small >= '0'::smallint\) AND \(small <= '6'::smallint\)\)$$),
	('nps_is_passive(small)', $$segment_small\s+Index Cond: \(\(segment = 7\) AND \(small >= '7'::smallint\) AND \(small <= '8'::smallint\)\)$$),
	('nps_is_promoter(small)', $$segment_small\s+Index Cond: \(\(segment = 7\) AND \(small >= '9'::smallint\) AND \(small <= '10'::smallint\)\)$$),
	('nps_is_detractor(number)', 'segment_number\s+Index Cond: \(\(segment = 7\) AND \(number >= 0\) AND \(number <= 6\)\)'),
	('nps_is_passive(number)', 'segment_number\s+Index Cond: \(\(segment = 7\) AND \(number >= 7\) AND \(number <= 8\)\)'),
	('nps_is_promoter(number)', 'segment_number\s+Index Cond: \(\(segment = 7\) AND \(number >= 9\) AND \(number <= 10\)\)')
) AS v (predicate, condition);
SELECT plan('SELECT small FROM surveyed WHERE nps_is_promoter(small) ORDER BY small') ~ $$surveyed_small.*Index Cond: \(\(small >= '9'::smallint\) AND \(small <= '10'::smallint\)\)$$ AS on_smallint_alone,
	plan('SELECT id FROM surveyed WHERE NOT nps_is_promoter(number)') ~ 'BitmapOr.*\(number < 9\).*\(number > 10\)' AS two_ranges;

-- Partial indexes, in either spelling. Beyond 10 there are numbers: >= 9 alone is not enough.
CREATE INDEX surveyed_detractors ON surveyed (id) WHERE nps_is_detractor(small);
CREATE INDEX surveyed_promoters ON surveyed (id) WHERE number BETWEEN 9 AND 10;
SELECT condition, COALESCE(substring(plan(format('SELECT id FROM surveyed WHERE %s ORDER BY id LIMIT 5', condition)) FROM 'surveyed_(?:detractors|promoters)'), 'none') AS index
FROM unnest(ARRAY['nps_is_detractor(small)', 'small BETWEEN 0 AND 6', 'small = 3', 'small <= 6', 'nps_is_passive(small)',
	'nps_is_promoter(number)', 'number = 10', 'number IN (9, 10)', 'number >= 9', 'NOT nps_is_detractor(number)']) condition;
SET enable_seqscan = on;

-- Partitions are pruned.
CREATE TABLE by_small (small smallint, id integer) PARTITION BY LIST (small);
CREATE TABLE by_small_detractors PARTITION OF by_small FOR VALUES IN (0, 1, 2, 3, 4, 5, 6);
CREATE TABLE by_small_passives PARTITION OF by_small FOR VALUES IN (7, 8);
CREATE TABLE by_small_promoters PARTITION OF by_small FOR VALUES IN (9, 10);
CREATE TABLE by_small_others PARTITION OF by_small DEFAULT;
CREATE TABLE by_number (number integer, id integer) PARTITION BY RANGE (number);
CREATE TABLE by_number_below PARTITION OF by_number FOR VALUES FROM (MINVALUE) TO (0);
CREATE TABLE by_number_detractors PARTITION OF by_number FOR VALUES FROM (0) TO (7);
CREATE TABLE by_number_passives PARTITION OF by_number FOR VALUES FROM (7) TO (9);
CREATE TABLE by_number_promoters PARTITION OF by_number FOR VALUES FROM (9) TO (11);
CREATE TABLE by_number_beyond PARTITION OF by_number FOR VALUES FROM (11) TO (MAXVALUE);
SELECT predicate, (SELECT string_agg(m[1], ' ') FROM regexp_matches(plan('SELECT * FROM by_small WHERE ' || format(predicate, 'small')), 'on by_small_(\w+)', 'g') m) AS of_list,
	(SELECT string_agg(m[1], ' ') FROM regexp_matches(plan('SELECT * FROM by_number WHERE ' || format(predicate, 'number')), 'on by_number_(\w+)', 'g') m) AS of_range
FROM unnest(ARRAY['nps_is_detractor(%s)', 'nps_is_passive(%s)', 'nps_is_promoter(%s)']) predicate;

-- Row estimates come from the statistics of the column: within 10 % of the truth.
SELECT predicate, estimate_is_close(format(predicate, 'small'), 'surveyed') AS of_smallint, estimate_is_close(format(predicate, 'number'), 'surveyed') AS of_integer
FROM unnest(ARRAY['nps_is_detractor(%s)', 'nps_is_passive(%s)', 'nps_is_promoter(%s)', 'NOT nps_is_detractor(%s)', 'NOT nps_is_passive(%s)', 'NOT nps_is_promoter(%s)']) predicate;

-- The same rows by an index, by a sequential scan, and by hand.
SELECT predicate, same_ids(format(predicate, 'small'), format(by_hand, 'small + 0'), 'surveyed') AS of_smallint,
	same_ids(format(predicate, 'number'), format(by_hand, 'number + 0'), 'surveyed') AS of_integer
FROM (VALUES ('nps_is_detractor(%s)', '%s BETWEEN 0 AND 6'), ('nps_is_passive(%s)', '%s IN (7, 8)'), ('nps_is_promoter(%s)', '%s IN (9, 10)'),
	('NOT nps_is_detractor(%s)', '%s NOT BETWEEN 0 AND 6'), ('NOT nps_is_passive(%s)', '%s NOT IN (7, 8)'), ('NOT nps_is_promoter(%s)', '%s NOT IN (9, 10)'))
	AS v (predicate, by_hand);

-- What would be evaluated twice is not, here of every predicate.
CREATE FUNCTION any_number() RETURNS integer LANGUAGE plpgsql VOLATILE COST 1 AS $$ BEGIN PERFORM nextval('evaluations'); RETURN 5; END $$;
CREATE FUNCTION any_small() RETURNS smallint LANGUAGE plpgsql VOLATILE COST 1 AS $$ BEGIN PERFORM nextval('evaluations'); RETURN 10; END $$;
SELECT setval('evaluations', 1000);
SELECT count(*) FILTER (WHERE nps_is_detractor(any_number())) AS detractors, count(*) FILTER (WHERE nps_is_promoter(any_small())) AS promoters,
	nextval('evaluations') - 1001 AS evaluations
FROM generate_series(1, 100);
CREATE FUNCTION costly(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE COST 1000 AS $$ BEGIN RETURN $1; END $$;
SELECT argument, substring(filter(format('nps_is_detractor(%s)', argument), 'surveyed') FROM '\w+') AS detractor, substring(filter(format('nps_is_passive(%s)', argument), 'surveyed') FROM '\w+') AS passive,
	substring(filter(format('nps_is_promoter(%s)', argument), 'surveyed') FROM '\w+') AS promoter
FROM unnest(ARRAY['number', 'any_number()', 'any_small()', 'costly(number)', '(SELECT max(s.number) FROM surveyed s WHERE s.id = surveyed.id)']) argument;

-- A domain over an integer type is one; other numbers are cast by hand.
CREATE DOMAIN rating AS smallint CHECK (VALUE BETWEEN 0 AND 10);
CREATE TABLE rated (score rating, big bigint) WITH (autovacuum_enabled = off);
CREATE INDEX rated_score ON rated (score);
SET enable_seqscan = off;
SELECT plan('SELECT score FROM rated WHERE nps_is_promoter(score)') ~ 'rated_score\s+Index Cond: ' AS on_a_domain;
SET enable_seqscan = on;
SELECT failure('SELECT nps_is_promoter(big) FROM rated') LIKE '42883 function nps_is_promoter(bigint) does not exist%' AS not_of_bigint, filter('nps_is_promoter(big::integer)', 'rated') AS cast_by_hand;
