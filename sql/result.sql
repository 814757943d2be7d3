-- Result rows: published figures, confidence, cut-offs, rounding, formatting.
SET search_path = public;
SET extra_float_digits = 1;

-- Published scores; the Carpentries' instructor training report; pure samples of ten.
SELECT promoters, passives, detractors, nps_format(nps_from_counts(promoters, passives, detractors), 4)
FROM (VALUES (30, 65, 5), (55, 30, 15), (250, 130, 120), (2080, 159, 42), (314, 179, 35), (93, 32, 9), (49, 30, 8),
	(10, 0, 0), (0, 10, 0), (0, 0, 10), (1, 0, 0)) AS published (promoters, passives, detractors);

-- All columns of one.
SELECT (nps_round(nps_from_counts(314, 179, 35), 4)).*;
SELECT (nps_from_counts(0, 0, 0)).*;

-- At other confidences the interval nests, and the rest stays.
SELECT confidence, nps_format(nps_from_counts(314, 179, 35, confidence), 3)
FROM unnest(ARRAY[0.5, 0.8, 0.9, 0.95, 0.99, 0.999]) confidence;

-- Arguments by name, defaults, the method by its name.
SELECT nps_estimate(summary) = nps_estimate(summary, 0.95, 'score', 6, 9) AS defaults,
	nps_estimate(summary, confidence => 0.9) = nps_from_counts(3, 2, 2, 0.9) AS by_name,
	nps_estimate(summary) = nps_final(summary) AS as_the_aggregate
FROM (VALUES ('{1,0,0,0,0,0,1,1,1,3,0}'::nps_summary)) AS v (summary);

-- Other cut-offs of the same summary: 0-5 / 6-7 / 8-10, and 0-1 / 2-9 / 10.
SELECT (nps_estimate(summary, detractor_max => 5, promoter_min => 8)).detractors AS up_to_5,
	(nps_estimate(summary, detractor_max => 5, promoter_min => 8)).passives AS from_6_to_7,
	(nps_estimate(summary, detractor_max => 5, promoter_min => 8)).promoters AS from_8,
	(nps_estimate(summary, detractor_max => 1, promoter_min => 10)).passives AS from_2_to_9,
	(nps_estimate(summary, detractor_max => 0, promoter_min => 1)).nps AS zero_against_the_rest
FROM (VALUES ('{1,2,3,4,5,6,7,8,9,10,11}'::nps_summary)) AS v (summary);

-- A NULL argument gives NULL, no row of zeros.
SELECT nps_estimate(NULL::nps_summary) IS NULL AS no_summary, nps_from_counts(NULL, 1, 1) IS NULL AS no_count, nps_format(NULL::nps_result) IS NULL AS no_result,
	nps_estimate('{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary, method => NULL) IS NULL AS no_method;

-- A literal without a type is an unweighted summary.
SELECT (nps_estimate('{1,0,0,0,0,0,0,2,0,3,0}')).responses AS untyped, (nps_estimate('{1,0,0,0,0,0,0,2,0,3,0}', 0.9, 'wald')).responses AS at_90_percent;
-- Counts beyond 2^32, and up to the last.
SELECT nps_format(nps_from_counts(4000000000, 1, 0), 7), nps_format(nps_from_counts(3000000000000000000, 3000000000000000000, 3000000000000000000), 7),
	(nps_from_counts(9223372036854775807, 0, 0)).responses, (nps_from_counts(360287970189643, 0, 0)).nps AS no_more_than_100;

-- What sum() gives of counts is numeric: months added up to their year. Integers of every width, mixed too.
SELECT nps_format(nps_from_counts(sum(promoters), sum(passives), sum(detractors))) AS year, pg_typeof(sum(promoters)) AS type
FROM (VALUES (301::bigint, 217::bigint, 40::bigint), (200, 100, 31)) AS months (promoters, passives, detractors);
SELECT nps_from_counts(501::smallint, 317, 71::bigint) = nps_from_counts(501, 317.0, 71.00) AS the_same;

-- Rounding as round() does it, half away from zero, never to minus zero; the counts stay.
SELECT digits, nps_round(nps_from_counts(1, 1, 6), digits) AS rounded FROM generate_series(-1, 3) digits;
SELECT nps_round(ROW(48.35, -0.04, 0.25, 1, 1, 0, 0, 100, 0, 0, NULL, 1)::nps_result);
SELECT (nps_round(r)).effective_responses = (r).effective_responses AS large_stay, (nps_round(r, 20)).nps = (r).nps AS no_digit_lost
FROM nps_from_counts(1234567890123456789, 3, 400) r;
SELECT nps_round(nps_from_counts(0, 0, 0)) = nps_from_counts(0, 0, 0) AS empty_stays_empty;

-- One cell of a report.
SELECT nps_format(nps_from_counts(501, 317, 71)), nps_format(nps_from_counts(501, 317, 71), 0) AS no_digits,
	nps_format(nps_from_counts(0, 0, 0)) AS nothing, nps_format(nps_from_counts(1000000, 0, 1000000), 2) AS zero;

-- The score alone, as a number.
SELECT nps_from_counts(55, 30, 15)::double precision AS as_float, nps_from_counts(55, 30, 15)::numeric AS as_numeric,
	nps_from_counts(0, 0, 0)::double precision IS NULL AND nps_from_counts(0, 0, 0)::numeric IS NULL AS nothing_is_null;

-- In words.
SELECT nps, nps_rating(nps) FROM unnest(ARRAY[-100, -0.0001, 0, 29.9999, 30, 49.9999, 50, 100]) nps;

-- A summary as a cell: that of its result.
SELECT nps_format('{0,0,0,0,0,0,71,317,0,501,0}'::nps_summary) AS summary, nps_format('{0,0,0,0,0,0,71,317,0,501,0}'::nps_summary, 0) AS no_digits,
	nps_format('{0,0,0,0,0,0,0,0,0,0,0}'::nps_summary) AS nothing,
	nps_format(w, 3) = nps_format(nps_estimate(w), 3) AS weighted, nps_format('{0,0,0,0,0,0,0,0,0}'::nps_weighted_summary) AS nothing_weighted
FROM (SELECT nps_weighted_agg(score, score + 1) AS w FROM generate_series(0, 10) score) v;

-- The score of a result in words; nothing has none.
SELECT nps_rating(nps_from_counts(55, 30, 15)) AS at_40, nps_rating(nps_from_counts(0, 0, 1)) AS at_the_bottom, nps_rating(nps_from_counts(0, 0, 0)) IS NULL AS nothing;
