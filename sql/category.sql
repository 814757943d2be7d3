-- What a response is, and what it adds to the score.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';

SELECT score, nps_category(score), nps_points(score),
	nps_is_detractor(score) AS detractor, nps_is_passive(score) AS passive, nps_is_promoter(score) AS promoter,
	nps_category(i) = nps_category(score) AND nps_points(i) = nps_points(score) AND nps_is_detractor(i) = nps_is_detractor(score)
		AND nps_is_passive(i) = nps_is_passive(score) AND nps_is_promoter(i) = nps_is_promoter(score) AS integer_agrees,
	nps_is_detractor(i::smallint) = nps_is_detractor(score) AND nps_is_passive(i::smallint) = nps_is_passive(score)
		AND nps_is_promoter(i::smallint) = nps_is_promoter(score) AS smallint_agrees
FROM (SELECT i, i::nps_score AS score FROM generate_series(0, 10) i) every_score;

-- The categories are in order, and a smallint is taken for the integer that it is.
SELECT 'detractor'::nps_category < 'passive' AND 'passive'::nps_category < 'promoter' AS in_order, nps_category(8::smallint);

-- No answer is in no category.
SELECT nps_category(NULL::nps_score) IS NULL AND nps_points(NULL::integer) IS NULL AND nps_is_detractor(NULL::nps_score) IS NULL AS unknown;

-- The average of the points is the Net Promoter Score.
SELECT round(avg(nps_points(score)), 9) = round((nps(score)).nps::numeric, 9) AS average_is_nps FROM answers;

-- An integer that is no response has no category. The predicates, which filter columns people already have, are false of it.
SELECT call, failure('SELECT ' || call) FROM unnest(ARRAY['nps_category(11)', 'nps_category(-1)', 'nps_points(11)', 'nps_points(-1)']) call;
SELECT count(*) AS integers, count(*) FILTER (WHERE nps_is_detractor(i) IS NOT DISTINCT FROM false
	AND nps_is_passive(i) IS NOT DISTINCT FROM false AND nps_is_promoter(i) IS NOT DISTINCT FROM false) AS in_no_category
FROM unnest(ARRAY[-1, 11, 12, 255, 256, 262, 265, 32767, -32768, 65545, 2147483647, -2147483648]) i;
SELECT count(*) AS smallints, count(*) FILTER (WHERE nps_is_detractor(i) IS NOT DISTINCT FROM false
	AND nps_is_passive(i) IS NOT DISTINCT FROM false AND nps_is_promoter(i) IS NOT DISTINCT FROM false) AS in_no_category
FROM unnest(ARRAY[-1, 11, 12, 255, 256, 262, 265, 32767, -32768]::smallint[]) i;
SELECT nps_is_detractor(NULL::integer) IS NULL AND nps_is_passive(NULL::integer) IS NULL AND nps_is_promoter(NULL::integer) IS NULL
	AND nps_is_detractor(NULL::smallint) IS NULL AND nps_is_passive(NULL::smallint) IS NULL AND nps_is_promoter(NULL::smallint) IS NULL AS unknown;

