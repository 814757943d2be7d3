-- Predicates on the category are planned as ranges of the score. The mix is that of the demo
-- survey: 56 % promoters, 36 % passives, 8 % detractors.
CREATE TABLE polled (id integer, segment integer, score nps_score);
INSERT INTO polled
SELECT i, (i * 7) % 40, CASE WHEN i % 9 = 0 THEN NULL WHEN k < 8 THEN k - 1 + (k = 0)::integer WHEN k < 20 THEN 7 WHEN k < 44 THEN 8 WHEN k < 61 THEN 9 ELSE 10 END
FROM (SELECT i, i * 37 / 11 % 100 AS k FROM generate_series(1, 20000) i) mix;
CREATE INDEX polled_score ON polled (score);
CREATE INDEX polled_segment_score ON polled (segment, score);
ANALYZE polled;

-- What they become, alone and under NOT.
SELECT predicate, plan('SELECT * FROM polled WHERE ' || predicate) !~ 'nps_is' AS planned_as_a_range
FROM unnest(ARRAY['nps_is_detractor(score)', 'nps_is_passive(score)', 'nps_is_promoter(score)', 'NOT nps_is_detractor(score)',
	'NOT nps_is_passive(score)', 'NOT nps_is_promoter(score)', 'nps_is_detractor(score) = false']) predicate;

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
RESET enable_seqscan;

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
CREATE FUNCTION estimate_is_close(condition text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	actual numeric;
BEGIN
	EXECUTE 'SELECT count(*) FROM polled WHERE ' || condition INTO actual;
	RETURN substring(plan('SELECT 1 FROM polled WHERE ' || condition, true) FROM 'rows=(\d+)')::numeric BETWEEN 0.9 * actual AND 1.1 * actual;
END $$;
SELECT predicate, estimate_is_close(predicate)
FROM unnest(ARRAY['nps_is_detractor(score)', 'nps_is_passive(score)', 'nps_is_promoter(score)', 'NOT nps_is_detractor(score)', 'NOT nps_is_passive(score)',
	'NOT nps_is_promoter(score)']) predicate;

-- The same rows by an index, by a sequential scan, and by plain integers.
CREATE FUNCTION ids(condition text, setting text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	PERFORM set_config(setting, 'off', true);
	EXECUTE 'SELECT md5(string_agg(id::text, '','' ORDER BY id)) FROM polled WHERE ' || condition INTO result;
	PERFORM set_config(setting, 'on', true);
	RETURN result;
END $$;
SELECT predicate, ids(predicate, 'enable_seqscan') = ids(by_hand, 'enable_seqscan') AS by_index, ids(predicate, 'enable_indexscan') = ids(by_hand, 'enable_indexscan') AS by_scan
FROM (VALUES ('nps_is_detractor(score)', 'score::integer <= 6'), ('nps_is_passive(score)', 'score::integer IN (7, 8)'), ('nps_is_promoter(score)', 'score::integer >= 9'),
	('NOT nps_is_detractor(score)', 'score::integer >= 7'), ('NOT nps_is_passive(score)', 'score::integer NOT IN (7, 8)'), ('NOT nps_is_promoter(score)', 'score::integer <= 8'),
	('nps_is_detractor(score) IS NOT TRUE', 'score IS NULL OR score::integer > 6')) AS v (predicate, by_hand);

-- What would be evaluated twice is not: a volatile argument, a subquery. What is constant is computed.
CREATE FUNCTION any_score() RETURNS nps_score LANGUAGE sql VOLATILE AS $$ SELECT 7::nps_score $$;
SELECT plan('SELECT * FROM polled WHERE nps_is_passive((SELECT any_score() OFFSET 0))') ~ 'nps_is_passive' AS subquery_stays,
	plan('SELECT * FROM polled WHERE nps_is_passive((random() * 10)::integer::nps_score)') ~ 'nps_is_passive' AS volatile_stays,
	plan('SELECT 1 WHERE nps_is_passive(9)') ~ 'One-Time Filter: false' AS constant_is_computed;
SELECT nps_is_passive(NULL::nps_score) IS NULL AND NOT nps_is_passive(6::nps_score) AND nps_is_passive(7::nps_score) AS computed;

-- The predicates on integers stay calls: they refuse what is no score.
SELECT failure('SELECT count(*) FROM generate_series(0, 11) i WHERE nps_is_detractor(i)');

-- A domain over nps_score, and another schema.
CREATE DOMAIN asked_score AS nps_score CHECK (VALUE >= 0);
CREATE TABLE asked (score asked_score);
INSERT INTO asked SELECT score FROM polled;
CREATE INDEX asked_score_index ON asked (score);
ANALYZE asked;
SET enable_seqscan = off;
SELECT plan('SELECT score FROM asked WHERE nps_is_detractor(score)') ~ 'asked_score_index\s+Index Cond: \(.*score.* <= 6\)' AS on_a_domain;
ALTER EXTENSION nps SET SCHEMA elsewhere;
SELECT plan('SELECT id FROM polled WHERE segment = 7 AND elsewhere.nps_is_detractor(score)') ~ 'polled_segment_score\s+Index Cond: \(\(segment = 7\) AND \(score .*<=.* 6\)\)' AS in_another_schema;
ALTER EXTENSION nps SET SCHEMA public;
