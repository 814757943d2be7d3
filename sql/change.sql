-- nps_test: did it really change?
SET search_path = public;
SET client_min_messages = warning;
SET extra_float_digits = 1;

CREATE FUNCTION survey(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary $$;
-- rounded(): a test for reading.
CREATE FUNCTION rounded(test nps_test_result) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$ SELECT format('%s [%s, %s] se %s z %s p %s %s', round((test).difference::numeric, 4), round((test).ci_lower::numeric, 4),
		round((test).ci_upper::numeric, 4), round((test).standard_error::numeric, 4), round((test).z::numeric, 4),
		round((test).p_value::numeric, 4), (test).significant) $$;

-- A swing of 15.6 points that is no news, by every method; the published Wald p is 0.0767.
SELECT method, rounded(nps_test(survey(93, 32, 9), survey(49, 30, 8), 0.95, method))
FROM unnest(ARRAY['score', 'mover', 'wald']) method;
SELECT (nps_test(survey(93, 32, 9), survey(49, 30, 8))).*;

-- At a lower confidence it would be: the interval leaves 0 out exactly when p is below 1 - confidence.
SELECT confidence, rounded(nps_test(survey(93, 32, 9), survey(49, 30, 8), confidence)) FROM unnest(ARRAY[0.8, 0.9, 0.99]) confidence;

-- Against a benchmark: the survey's own interval, moved.
SELECT benchmark, rounded(nps_test(survey(55, 30, 15), benchmark)) FROM unnest(ARRAY[-100, 0, 25, 40, 50, 100]) benchmark;
SELECT round((t).ci_lower::numeric, 9) = round(((r).ci_lower - 25)::numeric, 9) AND round((t).ci_upper::numeric, 9) = round(((r).ci_upper - 25)::numeric, 9)
	AND (t).standard_error = (r).standard_error AS own_interval
FROM (SELECT nps_test(survey(55, 30, 15), 25, 0.9) AS t, nps_estimate(survey(55, 30, 15), 0.9) AS r) both_rows;

-- Where a statistic is infinite z is NULL and p is 0; equal scores have z 0 and p 1.
SELECT rounded(nps_test(survey(10, 0, 0), survey(0, 0, 10), method => 'wald')) AS corners, rounded(nps_test(survey(10, 0, 0), survey(20, 0, 0))) AS both_pure,
	rounded(nps_test(survey(10, 0, 0), 100)) AS met, rounded(nps_test(survey(29, 71, 0), survey(30, 70, 0))) AS one_point;

-- An empty survey, or none: NULLs, never NaN.
SELECT (nps_test(survey(0, 0, 0), survey(1, 1, 1))).*;
SELECT (nps_test(survey(1, 1, 1), survey(0, 0, 0))).*;
SELECT (nps_test(survey(0, 0, 0), 50)).*;
SELECT (nps_test(survey(1, 1, 1), NULL::nps_summary)).*;

-- Quarter against the quarter before, in one query.
SELECT quarter, rounded(nps_test(summary, before)) AS change
FROM (SELECT to_char(answered_at, 'YYYY"Q"Q') AS quarter, nps_agg(score) AS summary,
		lag(nps_agg(score)) OVER (ORDER BY to_char(answered_at, 'YYYY"Q"Q')) AS before
	FROM answers GROUP BY to_char(answered_at, 'YYYY"Q"Q')) quarters
ORDER BY quarter LIMIT 3;
SELECT extract(year FROM answered_at)::integer AS year,
	(nps_test(nps_agg(score), lag(nps_agg(score)) OVER (ORDER BY extract(year FROM answered_at)::integer))).significant
FROM answers GROUP BY extract(year FROM answered_at)::integer ORDER BY year;

-- 20,000 random pairs: the interval holds the difference and leaves 0 out exactly where the test is significant; a test mirrors.
SELECT setseed(0.42);
CREATE TEMP TABLE random_pairs AS
SELECT survey((random() * n)::bigint + 1, (random() * n * (random() < 0.8)::integer)::bigint, (random() * n * (random() < 0.8)::integer)::bigint) AS a,
	survey((random() * m * (random() < 0.8)::integer)::bigint, (random() * m)::bigint + 1, (random() * m * (random() < 0.8)::integer)::bigint) AS b
FROM (SELECT 10 ^ (random() * 4) AS n, 10 ^ (random() * 4) AS m FROM generate_series(1, 20000)) sizes;
SELECT count(*) AS pairs, count(*) FILTER (WHERE t.significant) > 1000 AS some_significant,
	count(*) FILTER (WHERE t.significant IS DISTINCT FROM (t.ci_lower > 0 OR t.ci_upper < 0)) AS verdict_differs,
	count(*) FILTER (WHERE (t.ci_lower <= t.difference AND t.difference <= t.ci_upper) IS NOT TRUE) AS outside,
	count(*) FILTER (WHERE (t.difference = -mirror.difference AND abs(t.ci_lower + mirror.ci_upper) <= 1e-9 AND abs(t.ci_upper + mirror.ci_lower) <= 1e-9
		AND abs(t.z + mirror.z) <= 1e-9 AND abs(t.p_value - mirror.p_value) <= 1e-9 AND t.significant = mirror.significant) IS NOT TRUE) AS not_mirrored
FROM random_pairs, nps_test(a, b) t, nps_test(b, a) mirror;

-- Counts of billions.
SELECT rounded(nps_test(survey(4000000000, 3000000000, 1000000000), survey(4000100000, 3000000000, 1000000000)));
-- 100 times the product of these counts is no float, nor below the nearest.
SELECT (nps_test(survey(18914781, 0, 0), survey(0, 0, 19048491))).difference = 200 AS no_more_than_200;
SELECT rounded(nps_test(survey(9223372036854775807, 0, 0), survey(0, 0, 9223372036854775807)));

-- No interval goes beyond -200 and 200, where the scores themselves end.
SELECT method, (t).ci_upper AS upper, (mirror).ci_lower AS lower
FROM unnest(ARRAY['score', 'mover', 'wald']) method, LATERAL (SELECT nps_test(survey(9, 1, 0), survey(0, 1, 9), 0.999, method) AS t, nps_test(survey(0, 1, 9), survey(9, 1, 0), 0.999, method) AS mirror) both_ways
WHERE (t).ci_upper >= 200 OR (mirror).ci_lower <= -200;

-- A test as a row and as a cell for reading; the p-value keeps three digits more.
SELECT nps_round(t) AS rounded, nps_round(t, 0) AS whole, nps_round(t, 4) AS finer FROM nps_test(survey(93, 32, 9), survey(49, 30, 8)) t;
SELECT nps_round(t, 100) = t AND nps_round(t, 2147483647) = t AS no_digit_lost FROM nps_test(survey(93, 32, 9), survey(49, 30, 8)) t;
SELECT nps_format(t) AS cell, nps_format(t, 0) AS whole, nps_format(nps_test(survey(10, 0, 0), survey(0, 0, 10), method => 'wald')) AS far,
	nps_format(nps_test(survey(0, 0, 0), survey(1, 1, 1))) AS nothing, nps_round(nps_test(survey(0, 0, 0), 0)) AS no_row
FROM nps_test(survey(93, 32, 9), survey(49, 30, 8)) t;
SELECT nps_format(ROW(10, 0, 20, 5, NULL, NULL, NULL)::nps_test_result) AS by_hand_without_a_p_value;
