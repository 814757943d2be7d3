-- Comparison among scores and with numbers, both ways: every pair against plain integers.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;

CREATE FUNCTION wrong_comparisons(left_type regtype, right_type regtype) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	operator text;
	wrong bigint;
	total bigint := 0;
BEGIN
	FOREACH operator IN ARRAY ARRAY['<', '<=', '=', '>=', '>', '<>'] LOOP
		EXECUTE format('SELECT count(*) FROM generate_series(0, 10) a, generate_series(0, 10) b
			WHERE (a::%s %s b::%s) IS DISTINCT FROM (a %2$s b)', left_type, operator, right_type)
		INTO wrong;
		total := total + wrong;
	END LOOP;
	RETURN total;
END $$;
SELECT l, r, wrong_comparisons(l, r) AS wrong
FROM (VALUES ('nps_score'::regtype, 'nps_score'::regtype), ('nps_score', 'smallint'), ('smallint', 'nps_score'),
	('nps_score', 'integer'), ('integer', 'nps_score'), ('nps_score', 'bigint'), ('bigint', 'nps_score'),
	('nps_score', 'numeric'), ('numeric', 'nps_score'), ('nps_score', 'double precision'), ('real', 'nps_score')
) AS types (l, r);

-- Integers that are no score compare like any integer.
SELECT 10::nps_score < 11 AS below_11, 0::nps_score > -1 AS above_minus_1, 10::nps_score = 266 AS not_wrapped,
	(-32768)::smallint < 0::nps_score AS lowest, 2147483647 > 10::nps_score AS highest;

-- The column itself is compared, without a cast that would hide it from an index.
CREATE TEMP VIEW comparisons AS
SELECT score <= 6 AS with_integer, score = 7::smallint AS with_smallint, 7 > score AS from_the_left,
	score = '7' AS with_literal, score IN (9, 10) AS in_list, score BETWEEN 7 AND 8 AS between_two
FROM (VALUES (7::nps_score)) AS v (score);
SELECT pg_get_viewdef('comparisons'::regclass) ~ 'score\)?::' AS casts_the_column;
SELECT * FROM comparisons;

-- Grouping, sorting and hashing agree with those of the integer. With a seed of 0 the low half of the long hash is the short one.
SELECT count(*) AS scores, count(*) FILTER (WHERE hash = hashint4(i)) AS same_hash_as_integer, count(DISTINCT hash) AS hashes,
	count(*) FILTER (WHERE nps_score_hash_extended(i::nps_score, 0)::bit(32) = hash::bit(32)) AS same_low_half
FROM (SELECT i, nps_score_hash(i::nps_score) AS hash FROM generate_series(0, 10) i) hashes;
SELECT seed, count(*) FILTER (WHERE nps_score_hash_extended(i::nps_score, seed) = hashint4extended(i, seed)) AS same_hash_as_integer,
	count(DISTINCT nps_score_hash_extended(i::nps_score, seed)) AS hashes
FROM unnest(ARRAY[0, 1, -1, 42, 1099511627776, 9223372036854775807]) seed, generate_series(0, 10) i
GROUP BY seed ORDER BY seed;
SELECT count(DISTINCT nps_score_hash_extended(7::nps_score, seed)) AS hashes_of_one_score FROM generate_series(1, 100) seed;
SELECT count(*) AS different FROM
	(SELECT score, count(*) FROM answers GROUP BY score) a
	FULL JOIN (SELECT score::integer AS score, count(*) FROM answers GROUP BY 1) b ON a.score = b.score AND a.count = b.count
WHERE (a.count IS NULL OR b.count IS NULL) AND COALESCE(a.score, b.score) IS NOT NULL;
SELECT array_agg(score ORDER BY score) = array_agg(score ORDER BY score::integer) AS same_order FROM answers;
SELECT array_agg(score ORDER BY score DESC NULLS LAST) = array_agg(score ORDER BY score::integer DESC NULLS LAST) AS same_order_down FROM answers;
