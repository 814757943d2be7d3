-- A survey of a small population: what is not known is only what the others would answer.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;
CREATE FUNCTION pg_temp.pmd(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary $$;

-- 50 promoters, 30 passives and 20 detractors of 150, 400, 1000 people: n (N - 1)/(N - n) answers' worth; the standard error by hand, with N - 1.
SELECT population, round(effective_responses::numeric, 9) = round(100 * (population - 1) / (population - 100.0), 9) AS effective,
	round(standard_error::numeric, 9) = round(100 * sqrt(0.61 / 100 * (population - 100) / (population - 1)), 9) AS standard_error,
	responses, nps_format(r) AS nps, promoter_pct, passive_pct, detractor_pct
FROM unnest(ARRAY[150, 400, 1000]) population, nps_from_counts(50, 30, 20, population => population) r ORDER BY population;

-- As many promoters as detractors, four fifths of all: +- z sqrt(0.8 n + z^2)/(n + z^2), n being what the answers are worth.
SELECT population, abs(ci_upper - 100 * sqrt(e * 0.8 + 1.959963984540054 ^ 2) * 1.959963984540054 / (e + 1.959963984540054 ^ 2)) < 1e-9 AS by_hand, ci_lower = -ci_upper AS mirrored
FROM unnest(ARRAY[60, 100, 5000]) population, nps_from_counts(20, 10, 20, population => population), LATERAL (SELECT effective_responses AS e) worth ORDER BY population;

-- Everybody answered: the score is known. One did not: it lies between what that one can make of it.
SELECT nps_from_counts(5, 3, 2, population => 10) AS everybody, nps_format(nps_from_counts(9, 0, 0, population => 10), 4) AS all_but_one;

-- No limit is beyond what the others can still do, and a larger population is known less well.
SELECT count(*) AS surveys,
	count(*) FILTER (WHERE ci_lower >= 100.0 * (p - d - silent) / (p + m + d + silent) - 1e-12 AND ci_upper <= 100.0 * (p - d + silent) / (p + m + d + silent) + 1e-12) AS possible,
	count(*) FILTER (WHERE ci_lower <= nps AND nps <= ci_upper) AS inside,
	count(*) FILTER (WHERE ci_upper - ci_lower >= lag - 1e-12 OR lag IS NULL) AS wider
FROM (SELECT *, lag(ci_upper - ci_lower) OVER (PARTITION BY p, m, d ORDER BY silent) AS lag
	FROM generate_series(0, 5) p, generate_series(0, 5) m, generate_series(0, 5) d, generate_series(0, 12, 3) silent,
		nps_from_counts(p, m, d, 0.95, 'score', p + m + d + silent)
	WHERE p + m + d > 0) surveys;

-- Reference values of 34-digit arithmetic: interval, and the test against a benchmark.
SELECT p, m, d, population, abs(e.ci_lower - lower) < 1e-9 AND abs(e.ci_upper - upper) < 1e-9 AND e = nps_from_counts(p, m, d, confidence, 'score', population) AS interval,
	abs(t.ci_lower + benchmark - lower) < 1e-9 AND abs(t.ci_upper + benchmark - upper) < 1e-9 AND t.standard_error = e.standard_error AS moved,
	abs(t.z - v.z) < 1e-9 OR t.z IS NULL AND v.z IS NULL AS z, abs(t.p_value - v.p_value) < 1e-9 AS p_value
FROM (VALUES
	(1, 0, 0, 2, 0.95, 0, 100.0, 50, 0.577350269189626, 0.563702861650773),
	(1, 0, 1, 2, 0.95, 0, 0, 20, NULL, 0),
	(1, 0, 1, 4, 0.99, -50.0, 50.0, 20, -0.353553390593274, 0.723673609831763),
	(0, 1, 1, 2, 0.9, -50.0, -50.0, 20, NULL, 0),
	(3, 0, 0, 6, 0.99, 0, 100.0, 20, 1.82574185835055, 0.067889154861829),
	(0, 3, 0, 4, 0.95, -25.0, 25.0, 50, -3.0, 0.00269979606326019),
	(5, 0, 0, 10, 0.95, 40.1709903160912, 100.0, 0, 3.0, 0.00269979606326019),
	(5, 0, 0, 5000, 0.95, 13.1428417749249, 100.0, 0, 2.23696312084129, 0.0252887504858724),
	(4, 1, 0, 5000, 0.9, 16.8318537003687, 95.4013784480559, 50, 1.00040032027224, 0.317116815067624),
	(5, 3, 2, 400, 0.99, -35.1393107062636, 74.356256418454, 0, 1.14690218213439, 0.25142205073593),
	(0, 10, 0, 11, 0.95, -3.69934982069857, 3.69934982069857, 50, -10.0, 1.52397060483211e-23),
	(10, 5, 5, 20, 0.95, 25.0, 25.0, 0, NULL, 0),
	(1, 19, 0, 40, 0.95, -4.415019639295, 16.7078858715556, 0, 1.39642400437689, 0.162586850726355),
	(25, 15, 10, 50, 0.95, 30.0, 30.0, 20, NULL, 0),
	(92, 6, 2, 400, 0.95, 81.4315931630174, 94.4909029938387, 20, 8.56300681013529, 1.0996143626109e-17),
	(250, 130, 120, 500, 0.9, 26.0, 26.0, 0, NULL, 0),
	(5000, 3000, 2000, 10000000, 0.9, 28.709924088534, 31.2778482535904, 50, -28.2984225836127, 3.61385010266214e-176),
	(3999999999, 0, 1, 8000000000, 0.9, 99.9999998489076, 99.999999975, 50, 51639.777894565, 0)
	) AS v (p, m, d, population, confidence, lower, upper, benchmark, z, p_value),
	nps_estimate(pg_temp.pmd(p, m, d), confidence, population => population) e,
	nps_test(pg_temp.pmd(p, m, d), benchmark, confidence, population => population) t;

-- Everybody answered: any other score is ruled out, the same is not; whatever the confidence.
SELECT nps_test(pg_temp.pmd(5, 3, 2), 30, population => 10) AS met, nps_test(pg_temp.pmd(5, 3, 2), 30.5, 0.999999, population => 10) AS not_met;

-- With other cut-offs too; a population of NULL is none, one that is vast hardly differs.
SELECT nps_format(nps_estimate('{1,1,1,1,1,1,1,1,1,1,1}', 0.95, 'score', 5, 8, 12)) AS cut_offs,
	nps_estimate('{0,0,0,0,0,0,2,0,3,0,5}', 0.9, population => NULL) = nps_estimate('{0,0,0,0,0,0,2,0,3,0,5}', 0.9) AS none,
	nps_from_counts(5, 3, 2, 0.9, 'wald', NULL) = nps_from_counts(5, 3, 2, 0.9, 'wald') AS none_of_counts,
	nps_test(pg_temp.pmd(5, 3, 2), 0, 0.9, 'anytime', NULL) = nps_test(pg_temp.pmd(5, 3, 2), 0, 0.9, 'anytime') AS none_of_test,
	abs((nps_from_counts(5, 3, 2, population => 9223372036854775807)).ci_upper - (nps_from_counts(5, 3, 2)).ci_upper) < 1e-12 AS vast;

-- None of nothing, of any population; any other argument that is NULL gives NULL.
SELECT nps_from_counts(0, 0, 0, population => 0) AS nobody, nps_estimate(pg_temp.pmd(0, 0, 0), population => 5) AS none_of_five, nps_test(pg_temp.pmd(0, 0, 0), 0, population => 5) AS no_test;
SELECT nps_estimate(NULL::nps_summary, population => 5) IS NULL AS summary, nps_estimate(pg_temp.pmd(1, 1, 1), NULL, population => 5) IS NULL AS confidence,
	nps_estimate(pg_temp.pmd(1, 1, 1), method => NULL, population => 5) IS NULL AS method, nps_estimate(pg_temp.pmd(1, 1, 1), promoter_min => NULL) IS NULL AS cut_off,
	nps_from_counts(1, NULL, 1, population => 5) IS NULL AS count, nps_from_counts(1, 1, 1, NULL) IS NULL AS of_counts,
	nps_test(pg_temp.pmd(1, 1, 1), NULL::double precision) IS NULL AS benchmark, nps_test(pg_temp.pmd(1, 1, 1), 5, method => NULL, population => 5) IS NULL AS test_method;
SELECT nps_format(nps_from_counts(4000000000, 3000000000, 1000000000, population => 8000000001), 9) AS billions,
	nps_format(nps_from_counts(4000000000000000000, 3000000000000000000, 1000000000000000000, population => 9223372036854775807), 9) AS quintillions;

-- Fewer people than answers; a method that takes no population.
SELECT call, failure('SELECT ' || call)
FROM unnest(ARRAY['nps_from_counts(5, 3, 2, population => 9)', 'nps_estimate(''{5,0,0,0,0,0,0,0,0,0,5}'', population => 0)', 'nps_from_counts(0, 0, 0, population => -1)',
	'nps_test(''{5,0,0,0,0,0,0,0,0,0,5}''::nps_summary, 0, population => 9)', 'nps_from_counts(5, 3, 2, 0.95, ''wald'', 20)',
	'nps_estimate(''{5,0,0,0,0,0,0,0,0,0,5}'', method => ''anytime'', population => 20)', 'nps_test(''{5,0,0,0,0,0,0,0,0,0,5}''::nps_summary, 0, 0.95, ''anytime'', 20)']) call;
