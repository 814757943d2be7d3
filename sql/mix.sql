-- Did the score change, or the mix? nps_contribution of a segment, nps_mix_test over segments.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;
SET array_nulls = on;
CREATE FUNCTION pg_temp.pmd(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary $$;

-- The change from 2024 to 2025, by segment, against plain SQL: rate is the change of a segment's score at its mean share, mix the change of its
-- share at how far its mean score lies from the mean of the two totals. All of it sums to the change of the score.
CREATE TEMP TABLE segments AS
SELECT segment, nps_agg(score) FILTER (WHERE answered_at >= '2025-01-01') AS a, nps_agg(score) FILTER (WHERE answered_at < '2025-01-01') AS b
FROM answers GROUP BY segment;
CREATE TEMP VIEW by_hand AS
SELECT segment, share_a, share_b, (share_a + share_b) / 2 * (nps_a - nps_b) AS rate, (share_a - share_b) * ((nps_a + nps_b) / 2 - (total_a + total_b) / 2) AS mix, total_a - total_b AS change
FROM (SELECT segment, sum(new) / sum(sum(new)) OVER () AS share_a, sum(1 - new) / sum(sum(1 - new)) OVER () AS share_b,
		100 * sum(new * (promoter - detractor)) / sum(new) AS nps_a, 100 * sum((1 - new) * (promoter - detractor)) / sum(1 - new) AS nps_b,
		100 * sum(sum(new * (promoter - detractor))) OVER () / sum(sum(new)) OVER () AS total_a,
		100 * sum(sum((1 - new) * (promoter - detractor))) OVER () / sum(sum(1 - new)) OVER () AS total_b
	FROM (SELECT *, (answered_at >= '2025-01-01')::integer::double precision AS new FROM answers_by_hand) years GROUP BY segment) shares;
SELECT segment, abs(c.share_a - 100 * h.share_a) < 1e-9 AND abs(c.share_b - 100 * h.share_b) < 1e-9 AS shares, abs(c.rate - h.rate) < 1e-9 AS rate,
	abs(c.mix - h.mix) < 1e-9 AS mix, c.contribution = c.rate + c.mix AS contribution
FROM (SELECT segment, (nps_contribution(a, b, nps_agg(a) OVER (), nps_agg(b) OVER ())).* FROM segments) c JOIN by_hand h USING (segment) ORDER BY segment;
SELECT abs(t.difference - change) < 1e-9 AS difference, abs(t.rate - h.rate) < 1e-9 AS rate, abs(t.mix - h.mix) < 1e-9 AS mix, abs(t.rate + t.mix - t.difference) < 1e-12 AS sum
FROM (SELECT (nps_mix_test(a, b)).* FROM segments) t, (SELECT sum(rate) AS rate, sum(mix) AS mix, max(change) AS change FROM by_hand) h;

-- Both segments rise and the score falls, because most answers come from the lower one now; a segment that is new, or gone (NULL, from a FULL JOIN): all of it is mix.
CREATE TEMP TABLE sets (name text, segment integer, a nps_summary, b nps_summary, rate double precision, mix double precision);
INSERT INTO sets VALUES
	('both_up_total_down', 1, pg_temp.pmd(30, 9, 8), pg_temp.pmd(60, 20, 20), 2.01770951361786, -23.2215655877516),
	('both_up_total_down', 2, pg_temp.pmd(60, 180, 220), pg_temp.pmd(10, 40, 50), 3.6712117314124, -9.68629056852128),
	('new_segment', 1, pg_temp.pmd(25, 15, 10), pg_temp.pmd(30, 10, 10), -8.125, 1.40625),
	('new_segment', 2, pg_temp.pmd(20, 5, 5), NULL, 0, 4.21875),
	('vanished', 1, pg_temp.pmd(25, 15, 10), pg_temp.pmd(30, 10, 10), -8.125, 3.984375),
	('vanished', 2, NULL, pg_temp.pmd(10, 5, 15), 0, 15.390625),
	('same', 1, pg_temp.pmd(5, 3, 2), pg_temp.pmd(5, 3, 2), 0, 0),
	('same', 2, pg_temp.pmd(2, 3, 4), pg_temp.pmd(2, 3, 4), 0, 0),
	('pure', 1, pg_temp.pmd(5, 0, 0), pg_temp.pmd(3, 0, 0), 0, -1.87654320987654),
	('pure', 2, pg_temp.pmd(0, 4, 0), pg_temp.pmd(0, 2, 0), 0, -2.5679012345679),
	('both_empty', 1, pg_temp.pmd(4, 2, 2), pg_temp.pmd(3, 1, 1), -7.69480519480519, 2.73612750885478),
	('both_empty', 2, NULL, NULL, 0, 0),
	('both_empty', 3, pg_temp.pmd(1, 2, 3), pg_temp.pmd(2, 2, 2), -16.2337662337662, 3.01062573789847),
	('random_9', 1, pg_temp.pmd(15, 3, 12), pg_temp.pmd(1, 1, 19), 63.4075407351269, -3.06464801091162),
	('random_9', 2, pg_temp.pmd(3, 3, 22), pg_temp.pmd(0, 5, 0), -22.9040356195529, 4.20570522955504),
	('random_14', 1, pg_temp.pmd(2, 10, 9), pg_temp.pmd(2, 2, 52), 50.5902777777778, 0.0763888888888889),
	('random_14', 2, pg_temp.pmd(1, 0, 2), pg_temp.pmd(0, 2, 2), 1.59722222222222, 1.06944444444444),
	('random_16', 1, pg_temp.pmd(38, 3, 3), pg_temp.pmd(41, 3, 1), -5.18416616652876, 30.2464116680965),
	('random_16', 2, pg_temp.pmd(3, 3, 3), pg_temp.pmd(3, 58, 55), 19.9551841330009, 28.4737223635563);
SELECT name, count(*) AS segments, bool_and(abs(c.rate - s.rate) < 1e-9) AS rate, bool_and(abs(c.mix - s.mix) < 1e-9) AS mix
FROM (SELECT *, nps_contribution(a, b, nps_agg(a) OVER w, nps_agg(b) OVER w) AS contribution FROM sets WINDOW w AS (PARTITION BY name)) s, LATERAL (SELECT (contribution).*) c
GROUP BY name ORDER BY name;

-- The test of the rate, against reference values of 34-digit arithmetic.
SELECT name, abs(t.difference - v.difference) < 1e-9 AS difference, abs(t.rate - v.rate) < 1e-9 AS rate, abs(t.mix - v.mix) < 1e-9 AS mix,
	abs(t.standard_error - v.standard_error) < 1e-9 AS error, abs(t.z - v.z) < 1e-9 AS z, abs(t.p_value - v.p_value) < 1e-9 AS p_value,
	abs(t.ci_lower - lower) < 1e-8 AND abs(t.ci_upper - upper) < 1e-8 AS interval, significant = (t.p_value < 0.05) AS significant
FROM (SELECT name, (nps_mix_test(a, b)).* FROM sets GROUP BY name) t JOIN (VALUES
	('both_up_total_down', -27.2189349112426, 5.68892124503026, -32.9078561562729, 6.71282033311368, 0.847471101969969, 0.396732587822707, -7.93438909966418, 17.92031636002),
	('new_segment', -2.5, -8.125, 5.625, 12.9089637699803, -0.62940760736308, 0.529082238875725, -32.5275752039618, 17.2243224986655),
	('vanished', 11.25, -8.125, 19.375, 12.9089637699803, -0.62940760736308, 0.529082238875725, -32.5275752039618, 17.2243224986655),
	('same', 0, 0, 0, 25.4113586785964, 0, 1.0, -46.0888844346637, 46.0888844346637),
	('pure', -4.44444444444444, 0, -4.44444444444444, 0, 0, 1.0, -60.9879379554011, 73.5441781843951),
	('both_empty', -18.1818181818182, -23.9285714285714, 5.74675324675325, 32.997313475776, -0.725167260848005, 0.468349425076052, -74.0800262204514, 36.84933381214),
	('random_9', 41.6445623342175, 40.5035051155741, 1.14105721864343, 19.6098218473208, 2.06547032558115, 0.0388785204691474, 4.78239697898493, 68.7611346544093),
	('random_14', 53.3333333333333, 52.1875, 1.14583333333333, 14.6040413194009, 3.57349714771561, 0.000352245082030704, 23.670786883795, 82.1047501258501),
	('random_16', 73.4911519981249, 14.7710179664721, 58.7201340316528, 12.618193132052, 1.1706127661774, 0.241754463525498, -10.6807338858253, 39.6270484517484)
	) AS v (name, difference, rate, mix, standard_error, z, p_value, lower, upper) USING (name) ORDER BY name;

-- After minus before; the other way round it is the mirror.
SELECT nps_round(nps_mix_test(a, b), 2) AS forward, nps_round(nps_mix_test(b, a), 2) AS backward FROM sets WHERE name = 'vanished';
SELECT segment, nps_round(nps_contribution(a, b, nps_agg(a) OVER (), nps_agg(b) OVER ()), 2) AS contribution FROM sets WHERE name = 'both_up_total_down' ORDER BY segment;

-- No segments, none with responses, none in both surveys, one side empty: NULL where there is no figure, never NaN.
SELECT nps_mix_test(a, b) AS no_rows FROM sets WHERE false;
SELECT nps_mix_test(NULL, NULL) AS nothing, nps_mix_test(pg_temp.pmd(0, 0, 0), pg_temp.pmd(0, 0, 0)) AS empty, nps_mix_test(pg_temp.pmd(1, 1, 1), NULL) AS one_side;
SELECT nps_mix_test(a, b) AS none_in_both FROM (VALUES (pg_temp.pmd(5, 3, 2), NULL), (NULL, pg_temp.pmd(2, 3, 5))) AS v (a, b);
SELECT nps_round(nps_mix_test(a, b), 4) AS of_one_mind FROM (VALUES (pg_temp.pmd(5, 0, 0), pg_temp.pmd(7, 0, 0))) AS v (a, b);
SELECT nps_contribution(NULL, NULL, NULL, NULL) AS nothing, nps_contribution(NULL, NULL, pg_temp.pmd(1, 1, 1), NULL) AS one_total,
	nps_contribution(NULL, NULL, pg_temp.pmd(1, 1, 1), pg_temp.pmd(1, 1, 1)) AS empty_segment, nps_contribution(NULL, pg_temp.pmd(1, 1, 1), pg_temp.pmd(2, 0, 0), pg_temp.pmd(1, 1, 1)) AS gone;

-- Counts of billions; totals beyond bigint; a segment that is more than its total.
SELECT nps_round(nps_mix_test(a, b), 3) FROM (VALUES (pg_temp.pmd(4000000000, 3000000000, 1000000000), pg_temp.pmd(4000000000, 3000000000, 1000000000)),
	(pg_temp.pmd(5000000000, 0, 0), pg_temp.pmd(4000000000, 1000000000, 0))) AS v (a, b);
SELECT failure('SELECT nps_mix_test(a, b) FROM (VALUES (nps_summary(ARRAY[9223372036854775807,0,0,0,0,0,0,0,0,0,0]), NULL::nps_summary), (nps_summary(ARRAY[0,1,0,0,0,0,0,0,0,0,0]), NULL)) v (a, b)') AS overflow,
	failure('SELECT nps_contribution(a, NULL, b, a) FROM sets WHERE name = ''new_segment'' AND segment = 1') AS no_part;
SELECT more, left(failure(format('SELECT nps_contribution(%1$s, NULL, %2$s, %2$s)', more, one)), 5) AS of_a, left(failure(format('SELECT nps_contribution(NULL, %1$s, %2$s, %2$s)', more, one)), 5) AS of_b
FROM unnest(ARRAY['pg_temp.pmd(2, 1, 1)', 'pg_temp.pmd(1, 2, 1)', 'pg_temp.pmd(1, 1, 2)', 'pg_temp.pmd(1, 1, 1)']) more, (VALUES ('pg_temp.pmd(1, 1, 1)')) v (one);

-- A state made by hand is checked; in the aggregate it holds the summaries in pairs.
SELECT call, failure('SELECT ' || call)
FROM unnest(ARRAY['nps_mix_final(ARRAY[''{0,0,0,0,0,0,0,0,0,0,1}'']::nps_summary[])', 'nps_mix_final(ARRAY[NULL, ''{0,0,0,0,0,0,0,0,0,0,1}'']::nps_summary[])',
	'nps_mix_final(ARRAY[ARRAY[NULL], ARRAY[NULL]]::nps_summary[])', 'nps_pairs_accum(ARRAY[ARRAY[NULL], ARRAY[NULL]]::nps_summary[], NULL, NULL)',
	'nps_pairs_accum(''[2:3]={NULL,NULL}'', NULL, NULL)']) call;
SELECT nps_pairs_accum('{}', '{1,0,0,0,0,0,0,0,0,0,0}', NULL) AS pairs, nps_pairs_accum(nps_pairs_accum('{}', NULL, NULL), NULL, '{1,0,0,0,0,0,0,0,0,0,0}') AS two_pairs, nps_pairs_accum(NULL, NULL, NULL) IS NULL AS none;

-- The same from parts, in parallel and partition-wise, within rounding; as a state through text; in a window; of 20,000 segments.
CREATE TABLE shops AS
SELECT i AS shop, i % 2 AS part, pg_temp.pmd(i % 7, i % 3, i % 5) AS a, CASE WHEN i % 11 > 0 THEN pg_temp.pmd(i % 4, i % 6, i % 8) END AS b FROM generate_series(1, 20000) i;
ALTER TABLE shops SET (parallel_workers = 2);
ANALYZE shops;
CREATE FUNCTION pg_temp.near(x nps_mix_result, y nps_mix_result) RETURNS boolean LANGUAGE sql AS $$
	SELECT abs(x.difference - y.difference) < 1e-9 AND abs(x.rate - y.rate) < 1e-9 AND abs(x.mix - y.mix) < 1e-9 AND abs(x.ci_lower - y.ci_lower) < 1e-9
		AND abs(x.ci_upper - y.ci_upper) < 1e-9 AND abs(x.standard_error - y.standard_error) < 1e-9 AND abs(x.z - y.z) < 1e-9 $$;
SET quote_all_identifiers = off;
SET max_parallel_workers = 8;
SELECT planner_as_shipped();
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT nps_mix_test(a, b) AS test FROM shops;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT plan('SELECT nps_mix_test(a, b) FROM shops') ~ 'Finalize.*Gather.*Partial' AS partial, pg_temp.near(p.test, serial.test) AS same
FROM (SELECT nps_mix_test(a, b) AS test FROM shops) p, serial;
SET max_parallel_workers_per_gather = 0;
SELECT pg_temp.near(nps_mix_final((x.state || y.state)::text::nps_summary[]), test) AS through_text
FROM (SELECT array_agg(s ORDER BY shop, side) AS state FROM shops, LATERAL (VALUES (1, a), (2, coalesce(b, pg_temp.pmd(0, 0, 0)))) v (side, s) WHERE part = 0) x,
	(SELECT array_agg(s ORDER BY shop, side) AS state FROM shops, LATERAL (VALUES (1, a), (2, coalesce(b, pg_temp.pmd(0, 0, 0)))) v (side, s) WHERE part = 1) y, serial;
SELECT shop, nps_round(nps_mix_test(a, b) OVER (ORDER BY shop)) = nps_round((SELECT nps_mix_test(a, b) FROM shops s WHERE s.shop <= shops.shop)) AS window_is_the_same FROM shops WHERE shop <= 5 ORDER BY shop;
DROP TABLE shops;
