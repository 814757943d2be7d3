-- What users get wrong, with SQLSTATE, message, DETAIL and HINT.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET quote_all_identifiers = off;

-- Not a number; out of range; a fraction or NaN.
SELECT input, failure(format('SELECT nps_score %L', input)) FROM unnest(ARRAY['abc', '', '9.5', '11', '-1']) input;
SELECT input, failure('SELECT ' || input || '::nps_score')
FROM unnest(ARRAY['11', '12::bigint', '9.5', '9.5::double precision', '''NaN''::double precision', '''NaN''::numeric']) input;

-- A bad value in an aggregate is named.
SELECT type, failure(format('SELECT nps(v::%s) FROM (VALUES (9), (8), (%s)) AS t (v)', type, bad))
FROM (VALUES ('smallint', '11'), ('integer', '-1'), ('bigint', '5000000000'), ('numeric', '9.00000000000000000001'),
	('double precision', '8.5'), ('real', '''NaN''::real')) AS v (type, bad);
SELECT failure('SELECT nps_agg(v) OVER (ORDER BY v ROWS 1 PRECEDING) FROM (VALUES (9), (12)) AS t (v)') AS in_a_window;
SELECT failure('SELECT nps(''9'')') LIKE '42725 function nps(unknown) is not unique%' AS untyped, failure('SELECT nps(''many''::text)') LIKE '42883 function nps(text) does not exist%' AS not_a_number;

-- Confidence, method, cut-offs, counts, width.
SELECT confidence, failure(format('SELECT nps_estimate(%L::nps_summary, %L)', '{1,0,0,0,0,0,0,2,0,3,0}', confidence))
FROM unnest(ARRAY['0', '1', '-0.5', '95', 'NaN', 'Infinity']) confidence;
SELECT failure('SELECT nps_from_counts(1, 1, 1, 1.5)') AS from_counts;
SELECT failure($$SELECT nps_estimate('{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary, method => 'waldo')$$);
SELECT failure($$SELECT nps_from_counts(1, 1, 1, method => '')$$);
SELECT failure($$SELECT nps_test('{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary, '{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary, method => 'newcombe')$$);
SELECT confidence, failure(format('SELECT nps_test(%L::nps_summary, %L::nps_summary, %L)', '{1,0,0,0,0,0,0,2,0,3,0}', '{1,0,0,0,0,0,0,2,0,3,0}', confidence)) AS of_two,
	failure(format('SELECT nps_test(%L::nps_summary, 50, %L)', '{0,0,0,0,0,0,0,0,0,0,0}', confidence)) AS against_a_benchmark
FROM unnest(ARRAY['0', '1', 'NaN']) confidence;
SELECT benchmark, failure(format('SELECT nps_test(%L::nps_summary, %L::double precision)', '{1,0,0,0,0,0,0,2,0,3,0}', benchmark)) FROM unnest(ARRAY['100.5', '-101', 'NaN']) benchmark;
SELECT benchmark, failure(format('SELECT nps_test(%L::nps_weighted_summary, %L::double precision)', '{1,0,0,1,0,0,1,0,0}', benchmark)) AS weighted FROM unnest(ARRAY['100.5', 'NaN']) benchmark;
SELECT detractor_max, promoter_min,
	failure(format('SELECT nps_estimate(%L::nps_summary, detractor_max => %s, promoter_min => %s)', '{1,0,0,0,0,0,0,2,0,3,0}', detractor_max, promoter_min))
FROM (VALUES (9, 6), (7, 7), (-1, 5), (6, 11)) AS v (detractor_max, promoter_min);
SELECT failure('SELECT nps_from_counts(-1, 1, 1)'), failure('SELECT nps_from_counts(9223372036854775807, 1, 0)');
SELECT failure('SELECT nps_from_counts(9223372036854775807, 0, 1)'), failure('SELECT nps_from_counts(4611686018427387904, 4611686018427387903, 1)');
SELECT width, failure(format('SELECT nps_bar(%L::nps_summary, %s)', '{1,0,0,0,0,0,0,2,0,3,0}', width)) FROM unnest(ARRAY[0, -1, 1001]) width;
SELECT nps, failure(format('SELECT nps_rating(%L::double precision)', nps)) FROM unnest(ARRAY['100.1', '-101', 'NaN', '-Infinity']) nps;
SELECT failure($$SELECT ROW('Infinity', 0, 0, 1, 1, 0, 0, 100, 0, 0, 0, 1)::nps_result::numeric$$);
SELECT failure($$SELECT nps_round(ROW('NaN', 0, 0, 1, 1, 0, 0, 100, 0, 0, 0, 1)::nps_result)$$);
SELECT count, failure(format('SELECT nps_from_counts(1, 1, %L)', count)) FROM unnest(ARRAY['1.5', '-0.5', '-1', 'NaN', '9223372036854775807.5', '9223372036854775808', '1e30', 'many']) count;
SELECT failure('SELECT nps_from_counts(1, 1, 1::double precision)') LIKE '42883 %' AS counts_are_no_floats;
SELECT failure($$SELECT nps_bar(ROW(0, 0, 0, 1, 1, 0, 0, 60, 0, 41, 0, 1)::nps_result)$$), failure($$SELECT nps_bar(ROW(0, 0, 0, 1, 1, 0, 0, 'NaN', 0, 0, 0, 1)::nps_result)$$),
	failure('SELECT nps_bar(nps_from_counts(1, 1, 1), 0)');
SELECT failure($$SELECT nps_bar(ROW(0, 0, 0, 1, 1, 0, 0, -5, 0, 50, 0, 1)::nps_result)$$), failure($$SELECT nps_bar(ROW(0, 0, 0, 1, 1, 0, 0, 50, 0, -5, 0, 1)::nps_result)$$);
SELECT failure($$SELECT nps_round(ROW(1, 'Infinity', 3, 1, 1, 0.5, false)::nps_test_result)$$), failure($$SELECT nps_format(ROW(1, 2, 3, 1, 1, 'NaN', false)::nps_test_result)$$);
SELECT failure($$SELECT nps_rating(ROW(101, 0, 0, 1, 1, 0, 0, 100, 0, 0, 0, 1)::nps_result)$$);
