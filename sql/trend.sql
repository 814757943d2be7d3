-- Periods: nps_trend, the slope of the score; nps_control, whether one period is out of the ordinary.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;
SET array_nulls = on;
CREATE FUNCTION pg_temp.pmd(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary $$;

-- By months, against PostgreSQL's own regression over the single answers, each worth -100, 0 or 100: the same slope. Its standard error by sampling is
-- the slope over sqrt(N - 1) r; that by the distances from the line, from the scores of the months. The larger counts.
CREATE TEMP TABLE months AS
SELECT extract(year FROM answered_at) * 12 + extract(month FROM answered_at) AS month, nps_agg(score) AS summary FROM answers GROUP BY 1;
CREATE TEMP VIEW months_by_hand AS
SELECT extract(year FROM answered_at) * 12 + extract(month FROM answered_at) AS month, 100.0::double precision * (promoter - detractor) AS points FROM answers_by_hand;
SELECT periods = (SELECT count(*) FROM months) AS periods, abs(slope - by_answers) < 1e-9 AS slope, abs(standard_error - greatest(sampling, residual)) < 1e-9 AS standard_error,
	significant = (p_value < 0.05) AS significant
FROM (SELECT (nps_trend(month, summary)).* FROM months) trend,
	(SELECT regr_slope(points, month) AS by_answers, regr_intercept(points, month) AS level, abs(regr_slope(points, month)) / sqrt(count(*) - 1) / abs(corr(points, month)) AS sampling
		FROM months_by_hand) line,
	LATERAL (SELECT sqrt(sum(n * (score - level - by_answers * month) ^ 2) / (count(*) - 2) / sum(n * (month - mean) ^ 2)) AS residual
		FROM (SELECT month, count(*) AS n, avg(points) AS score FROM months_by_hand GROUP BY month) m, (SELECT avg(month) AS mean FROM months_by_hand) whole) distances;

-- Reference values of 34-digit arithmetic: years, counts of billions, periods of a single answer, several periods at one x, x that does not vary.
CREATE TEMP TABLE series (name text, x double precision, summary nps_summary);
INSERT INTO series VALUES
	('one_period', 1, pg_temp.pmd(30, 10, 10)), ('all_promoters', 1, pg_temp.pmd(5, 0, 0)), ('all_promoters', 2, pg_temp.pmd(6, 0, 0)),
	('all_promoters', 3, pg_temp.pmd(7, 0, 0)), ('all_promoters', 4, pg_temp.pmd(8, 0, 0)), ('one_x', 2, pg_temp.pmd(5, 3, 2)),
	('one_x', 2, pg_temp.pmd(6, 3, 1)), ('one_x', 2, pg_temp.pmd(2, 5, 3)), ('years', 2019, pg_temp.pmd(120, 60, 40)),
	('years', 2020, pg_temp.pmd(130, 70, 30)), ('years', 2021, pg_temp.pmd(90, 40, 45)), ('years', 2022, pg_temp.pmd(160, 60, 40)),
	('years', 2023, pg_temp.pmd(170, 80, 35)), ('years', 2024, pg_temp.pmd(210, 70, 40)), ('billions', 1, pg_temp.pmd(2000000000, 1500000000, 500000000)),
	('billions', 2, pg_temp.pmd(2000100000, 1500000000, 499960000)), ('billions', 3, pg_temp.pmd(2000200000, 1500000000, 499820000)),
	('billions', 4, pg_temp.pmd(2000300000, 1500000000, 499780000)), ('billions', 5, pg_temp.pmd(2000400000, 1500000000, 499640000)),
	('unequal_n', 1, pg_temp.pmd(1, 0, 0)), ('unequal_n', 2, pg_temp.pmd(300, 200, 100)), ('unequal_n', 3, pg_temp.pmd(0, 1, 0)),
	('unequal_n', 4, pg_temp.pmd(280, 220, 130)), ('same_x_twice', 1, pg_temp.pmd(5, 3, 2)), ('same_x_twice', 1, pg_temp.pmd(8, 1, 4)),
	('same_x_twice', 2, pg_temp.pmd(9, 3, 2)), ('same_x_twice', 2, pg_temp.pmd(3, 3, 3)), ('same_x_twice', 3, pg_temp.pmd(8, 2, 1)),
	('same_x_twice', 3, pg_temp.pmd(12, 4, 1)), ('last_flip', 1, pg_temp.pmd(1, 0, 0)), ('last_flip', 2, pg_temp.pmd(0, 1, 0)),
	('last_flip', 3, pg_temp.pmd(0, 0, 1)), ('random_3_2', 7, pg_temp.pmd(7, 13, 3)), ('random_3_2', 50, pg_temp.pmd(108, 88, 68)),
	('random_3_2', 56, pg_temp.pmd(35, 11, 4)), ('random_12_2', 4, pg_temp.pmd(7, 5, 5)), ('random_12_2', 8, pg_temp.pmd(130, 90, 57)),
	('random_12_2', 18, pg_temp.pmd(115, 79, 50)), ('random_12_2', 35, pg_temp.pmd(74, 56, 35)), ('random_12_2', 39, pg_temp.pmd(8, 3, 5)),
	('random_12_2', 56, pg_temp.pmd(7, 5, 6)), ('random_12_2', 59, pg_temp.pmd(78, 44, 36)), ('random_12_2', 60, pg_temp.pmd(73, 58, 37)),
	('random_12_2', 62, pg_temp.pmd(12, 5, 6)), ('random_12_2', 67, pg_temp.pmd(0, 3, 4)), ('random_12_2', 68, pg_temp.pmd(11, 8, 7)),
	('random_12_2', 78, pg_temp.pmd(11, 1, 8)), ('random_24_0', 1, pg_temp.pmd(1, 9, 3)), ('random_24_0', 2, pg_temp.pmd(29, 118, 35)),
	('random_24_0', 3, pg_temp.pmd(16, 30, 16)), ('random_24_0', 4, pg_temp.pmd(79, 127, 61)), ('random_24_0', 5, pg_temp.pmd(10, 41, 14)),
	('random_24_0', 6, pg_temp.pmd(42, 93, 31)), ('random_24_0', 7, pg_temp.pmd(30, 38, 14)), ('random_24_0', 8, pg_temp.pmd(70, 96, 30)),
	('random_24_0', 9, pg_temp.pmd(49, 60, 26)), ('random_24_0', 10, pg_temp.pmd(6, 8, 3)), ('random_24_0', 11, pg_temp.pmd(112, 88, 49)),
	('random_24_0', 12, pg_temp.pmd(4, 0, 1)), ('random_24_0', 13, pg_temp.pmd(10, 2, 3)), ('random_24_0', 14, pg_temp.pmd(17, 5, 3)),
	('random_24_0', 15, pg_temp.pmd(11, 10, 3)), ('random_24_0', 16, pg_temp.pmd(85, 35, 23)), ('random_24_0', 17, pg_temp.pmd(57, 18, 19)),
	('random_24_0', 18, pg_temp.pmd(207, 28, 55)), ('random_24_0', 19, pg_temp.pmd(200, 27, 59)), ('random_24_0', 20, pg_temp.pmd(22, 1, 5)),
	('random_24_0', 21, pg_temp.pmd(10, 1, 0)), ('random_24_0', 22, pg_temp.pmd(96, 10, 30)), ('random_24_0', 23, pg_temp.pmd(45, 9, 1)),
	('random_24_0', 24, pg_temp.pmd(229, 27, 5));
SELECT name, t.periods = v.periods AS periods, abs(t.slope - v.slope) < 1e-9 OR num_nonnulls(t.slope, v.slope) = 0 AS slope,
	abs(t.p_value - v.p_value) < 1e-9 OR num_nonnulls(t.p_value, v.p_value) = 0 AS p_value,
	abs(t.ci_lower - lower) < 1e-9 AND abs(t.ci_upper - upper) < 1e-9 OR num_nonnulls(t.ci_lower, lower, t.ci_upper, upper) = 0 AS interval,
	abs(t.standard_error - v.error) < 1e-9 OR num_nonnulls(t.standard_error, v.error) = 0 AS error, significant
FROM (SELECT name, (nps_trend(x, summary)).* FROM series GROUP BY name) t JOIN (VALUES
	('one_period', 1, NULL::double precision, NULL::double precision, NULL::double precision, NULL::double precision, NULL::double precision),
	('all_promoters', 4, 0, 1.0, NULL, NULL, greatest(0, 0)),
	('one_x', 3, NULL, NULL, NULL, NULL, NULL),
	('years', 6, 3.32905396431892, 0.119969766355881, -1.35933476980943, 8.01744269844726, greatest(1.10469679924451, 1.68863008505055)),
	('billions', 5, 0.00465619351632245, 0.000870367585135817, 0.00356218226579927, 0.00575020476684563, greatest(0.00034796207529433, 0.000343764244727972)),
	('unequal_n', 4, -4.86290263138498, 0.0710897500009234, -10.7608734594081, 1.03506819663819, greatest(2.16401345181621, 1.37077547235995)),
	('same_x_twice', 6, 17.4446519071752, 0.139752071224063, -8.8918129454651, 43.7811167598156, greatest(10.9275266334157, 9.48567821612455)),
	('last_flip', 3, -100.0, 0.157299207050285, -238.590382434968, 38.5903824349678, greatest(70.7106781186548, 0)),
	('random_3_2', 3, 0.389899303611483, 0.829199572773682, -17.6303389819872, 18.4101375892102, greatest(0.380069087085486, 1.41822351046295)),
	('random_12_2', 12, -0.108035805764221, 0.302511253536309, -0.329473100537628, 0.113401489009186, greatest(0.104204475573822, 0.0993821792461483)),
	('random_24_0', 24, 3.55570017701984, 1.3285614263896e-13, 3.09486929618624, 4.01653105785344, greatest(0.198161964348952, 0.222207852527513))
	) AS v (name, periods, slope, p_value, lower, upper, error) USING (name) ORDER BY name;

SELECT nps_round(nps_trend(x, summary)) AS rounded FROM series WHERE name = 'years';

-- No periods, empty ones, NULLs, one, two: a period without answers is none, and two have a line but nothing to judge it by.
SELECT nps_trend(x, summary) AS no_rows FROM series WHERE false;
SELECT nps_trend(1, pg_temp.pmd(0, 0, 0)) AS empty, nps_trend(NULL, pg_temp.pmd(1, 1, 1)) AS no_x, nps_trend(1, NULL) AS no_summary, nps_trend(1, pg_temp.pmd(1, 1, 1)) AS one;
SELECT nps_trend(x, summary) AS two FROM (VALUES (1, pg_temp.pmd(3, 0, 1)), (2, pg_temp.pmd(0, 0, 0)), (3, pg_temp.pmd(1, 2, 1)), (4, NULL)) AS v (x, summary);

-- The same from parts, in parallel, through text, over any number type, in a window; x in other units divides the slope.
CREATE TABLE days AS SELECT i AS day, pg_temp.pmd(i % 7 + i / 4000, i % 3, i % 5) AS summary FROM generate_series(1, 20000) i;
ALTER TABLE days SET (parallel_workers = 2);
ANALYZE days;
SET quote_all_identifiers = off;
SET max_parallel_workers = 8;
SELECT planner_as_shipped();
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT nps_round(nps_trend(day, summary), 12) AS test FROM days;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT plan('SELECT nps_trend(day, summary) FROM days') ~ 'Finalize.*Gather.*Partial' AS partial, nps_round(p.test, 12) = serial.test AS same
FROM (SELECT nps_trend(day, summary) AS test FROM days) p, serial;
SET max_parallel_workers_per_gather = 0;
CREATE AGGREGATE pg_temp.state(double precision, nps_summary) (SFUNC = nps_trend_accum, STYPE = double precision[], INITCOND = '{0,0,0,0,0,0,0,0,0}');
CREATE AGGREGATE pg_temp.merged(double precision[]) (SFUNC = nps_trend_combine, STYPE = double precision[], INITCOND = '{0,0,0,0,0,0,0,0,0}');
SELECT nps_round(nps_trend_final(pg_temp.merged(state::text::double precision[])), 12) = test AS through_text
FROM (SELECT pg_temp.state(day, summary) AS state FROM days GROUP BY day % 13) parts, serial GROUP BY test;
SELECT nps_round(nps_trend(day::integer, summary), 12) = test AS of_integer, nps_round(nps_trend(day::numeric, summary), 12) = test AS of_numeric,
	abs((nps_trend(1e9 + 86400 * day, summary)).slope * 86400 - (test).slope) < 1e-9 AS in_seconds, abs((nps_trend(1e9 + 86400 * day, summary)).p_value - (test).p_value) < 1e-9 AS same_p_value
FROM days, serial GROUP BY test;
SELECT day, nps_round(nps_trend(day, summary) OVER (ORDER BY day), 9) = nps_round((SELECT nps_trend(day, summary) FROM days d WHERE d.day <= days.day), 9) AS window_is_the_same FROM days WHERE day <= 5 ORDER BY day;
DROP TABLE days;

-- x that is no number, whose squares are none, or that differs by less than has a square; a state made by hand is checked.
SELECT x, failure(format('SELECT nps_trend(%L, ''{1,0,0,0,0,0,0,0,0,0,1}'')', x)) FROM unnest(ARRAY['NaN', 'Infinity', '-Infinity']) x;
SELECT failure('SELECT nps_trend(x, ''{1,0,0,0,0,0,0,0,0,0,1}'') FROM unnest(ARRAY[1e200, -1e200]) x') AS squares;
SELECT nps_trend(x, '{1,0,0,0,0,0,0,0,0,0,1}') AS too_close FROM unnest(ARRAY[1e-170, 2e-170, 3e-170]) x;
SELECT failure('SELECT nps_trend_final(''{}'')');
SELECT state, failure(format('SELECT nps_trend_final(%L)', state)) ~ '^22023' AS final, failure(format('SELECT nps_trend_accum(%L, 1, ''{1,0,0,0,0,0,0,0,0,0,1}'')', state)) ~ '^22023' AS transition,
	failure(format('SELECT nps_trend_combine(''{0,0,0,0,0,0,0,0,0}'', %L)', state)) ~ '^22023' AS combine
FROM unnest(ARRAY['{}', '{0,0}', '{0,0,0,0,0,0,0,0,NULL}', '{{0},{0},{0},{0},{0},{0},{0},{0},{0}}', '{-1,0,0,0,0,0,0,0,0}', '{3,1,0,0,0,0,0,0,0}', '{1,1,0,0,NaN,0,0,0,0}', '{2,2,0,0,0,0,-1,0,0}']) state;
SELECT failure('SELECT nps_trend_final(''{3,2,1,0,0,0,1e-300,1e300,1}'')') AS slope;

-- Control limits by hand: three standard deviations of an answer of the centre over sqrt(n), times the dispersion, clamped.
SELECT n, dispersion, abs(nps - 100 * net / n) < 1e-9 AS nps, abs(z - (net / n - 0.3) / sqrt(0.61 / n)) < 1e-9 AS z,
	abs(lower - greatest(-100, 30 - 300 * dispersion * sqrt(0.61 / n))) < 1e-9 AND abs(upper - least(100, 30 + 300 * dispersion * sqrt(0.61 / n))) < 1e-9 AS limits,
	outside, outside = (abs(net / n - 0.3) > 3 * dispersion * sqrt(0.61 / n)) AS by_hand
FROM (VALUES (10.0::double precision, 3.0::double precision), (10, -9), (100, 30), (100, 0), (100, 60), (1000, 390)) AS v (n, net), unnest(ARRAY[1, 1.7]::double precision[]) dispersion,
	nps_control(pg_temp.pmd(greatest(net, 0)::bigint, (n - abs(net))::bigint, greatest(-net, 0)::bigint), pg_temp.pmd(500, 300, 200), dispersion)
ORDER BY n, net, dispersion;
SELECT abs(c.z - v.z) < 1e-9 OR num_nonnulls(c.z, v.z) = 0 AS z, abs(c.lower - v.lower) < 1e-9 AND abs(c.upper - v.upper) < 1e-9 AS limits, c.outside = v.outside AS verdict, count(*)
FROM (VALUES
	(pg_temp.pmd(500, 300, 200), pg_temp.pmd(0, 0, 1), 1, -1.66447943912765, -100.0, 100.0, false),
	(pg_temp.pmd(500, 300, 200), pg_temp.pmd(0, 0, 1), 1.7, -1.66447943912765, -100.0, 100.0, false),
	(pg_temp.pmd(500, 300, 200), pg_temp.pmd(2, 3, 5), 1.7, -2.42932899053675, -95.9607081593304, 100.0, false),
	(pg_temp.pmd(500, 300, 200), pg_temp.pmd(10, 10, 30), 1, -6.3375022229763, -3.13608305156178, 63.1360830515618, true),
	(pg_temp.pmd(92, 6, 2), pg_temp.pmd(1, 0, 0), 1, 0.277350098112615, -18.1665382639197, 100.0, false),
	(pg_temp.pmd(92, 6, 2), pg_temp.pmd(200, 120, 80), 1, -33.2820117735137, 84.591673086804, 95.408326913196, true),
	(pg_temp.pmd(92, 6, 2), pg_temp.pmd(150, 120, 130), 1.7, -47.1495166791445, 80.8058442475668, 99.1941557524332, true),
	(pg_temp.pmd(750, 200, 50), pg_temp.pmd(5, 3, 2), 1, -2.27184733698826, 17.179549415023, 100.0, false),
	(pg_temp.pmd(750, 200, 50), pg_temp.pmd(30, 10, 10), 1.7, -3.81000381000572, 29.8425598425398, 100.0, false),
	(pg_temp.pmd(750, 200, 50), pg_temp.pmd(0, 50, 0), 1.7, -8.89000889001334, 29.8425598425398, 100.0, true),
	(pg_temp.pmd(1, 98, 1), pg_temp.pmd(1, 0, 0), 1.7, 7.07106781186548, -72.1248916810278, 72.1248916810278, true),
	(pg_temp.pmd(1, 98, 1), pg_temp.pmd(5, 3, 2), 1.7, 6.70820393249937, -22.8078933704979, 22.8078933704979, true),
	(pg_temp.pmd(1, 98, 1), pg_temp.pmd(200, 120, 80), 1.7, 42.4264068711929, -3.60624458405139, 3.60624458405139, true),
	(pg_temp.pmd(100, 0, 0), pg_temp.pmd(1, 0, 0), 1.7, 0, 100.0, 100.0, false),
	(pg_temp.pmd(100, 0, 0), pg_temp.pmd(10, 10, 30), 1.7, NULL, 100.0, 100.0, true),
	(pg_temp.pmd(100, 0, 0), pg_temp.pmd(400000, 250000, 160000), 1, NULL, 100.0, 100.0, true),
	(pg_temp.pmd(2000000000, 1500000000, 500000000), pg_temp.pmd(10, 10, 30), 1, -7.87400787401181, 7.97247047245571, 67.0275295275443, true),
	(pg_temp.pmd(2000000000, 1500000000, 500000000), pg_temp.pmd(400000, 250000, 160000), 1.7, -101.776337815172, 37.1056166909662, 37.8943833090338, true)
	) AS v (centre, x, dispersion, z, lower, upper, outside), nps_control(x, centre, dispersion) c GROUP BY 1, 2, 3;

-- Where all of the centre are of one mind any other score is outside, at any dispersion, and z has no end; NULL of nothing.
SELECT nps_control(pg_temp.pmd(9, 0, 0), pg_temp.pmd(100, 0, 0)) AS same, nps_control(pg_temp.pmd(99, 1, 0), pg_temp.pmd(100, 0, 0), 1e308) AS other;
SELECT nps_control(pg_temp.pmd(0, 0, 0), pg_temp.pmd(1, 1, 1)) AS empty, nps_control(pg_temp.pmd(1, 1, 1), pg_temp.pmd(0, 0, 0)) AS no_centre,
	nps_control(NULL, pg_temp.pmd(1, 1, 1)) IS NULL AS no_period, nps_control(pg_temp.pmd(1, 1, 1), pg_temp.pmd(1, 1, 1), NULL) IS NULL AS no_dispersion;
SELECT nps_round(nps_control(pg_temp.pmd(30, 10, 10), pg_temp.pmd(500, 300, 200))) AS rounded;
SELECT dispersion, failure(format('SELECT nps_control(''{0,0,0,0,0,0,0,0,0,0,1}'', ''{1,0,0,0,0,0,0,0,0,0,1}'', %L)', dispersion)) FROM unnest(ARRAY['0.99', '0', '-1', 'NaN', 'Infinity']) dispersion;
