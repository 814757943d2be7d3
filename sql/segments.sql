-- Segments side by side: nps_heterogeneity, and nps_shrink for fair league tables.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;

CREATE FUNCTION segment(pmd text) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS $$
	SELECT ARRAY[split_part(pmd, '/', 3)::bigint, 0, 0, 0, 0, 0, 0, split_part(pmd, '/', 2)::bigint, 0, 0, split_part(pmd, '/', 1)::bigint]::nps_summary $$;

-- Reference values of 34-digit arithmetic, as promoters/passives/detractors: chi-square, p, I squared, spread = 100 sqrt(variance), prior.
SELECT (nps_round(nps_heterogeneity(segment(pmd)), 8)).* FROM unnest(ARRAY['22/2/6', '27/11/12', '24/13/5', '9/8/7', '5/11/1']) pmd;
SELECT (nps_round(nps_heterogeneity(segment(pmd)), 8)).* FROM unnest(ARRAY['5/0/0', '10/5/5', '20/10/12', '3/3/0']) pmd;
SELECT (nps_round(nps_heterogeneity(segment(pmd)), 8)).* FROM unnest(ARRAY['5/0/0', '0/0/5']) pmd;

-- Of two segments it is the test of two surveys; the order of the segments, NULLs and empty ones change no bit.
SELECT abs(h.chi_square - t.z ^ 2) < 1e-9 AS z_squared, abs(h.p_value - t.p_value) < 1e-9 AS same_p
FROM (SELECT (nps_heterogeneity(segment(pmd))).* FROM unnest(ARRAY['49/30/8', '93/32/9']) pmd) h, nps_test(segment('93/32/9'), segment('49/30/8')) t;
CREATE TABLE shops (shop integer, summary nps_summary) WITH (parallel_workers = 2, autovacuum_enabled = false);
INSERT INTO shops SELECT id % 40, nps_agg(score) FROM answers GROUP BY 1;
INSERT INTO shops VALUES (40, NULL), (41, segment('0/0/0'));
ANALYZE shops;
SELECT (h).segments, h = backwards AS backwards, h = without AS without_the_empty, h = in_a_window AS in_a_window
FROM (SELECT nps_heterogeneity(summary ORDER BY shop) AS h, nps_heterogeneity(summary ORDER BY shop DESC) AS backwards,
		nps_heterogeneity(summary) FILTER (WHERE nps_responses(summary) > 0) AS without FROM shops) aggregates,
	(SELECT nps_heterogeneity(summary) OVER () AS in_a_window FROM shops LIMIT 1) window_function;

-- By hand. Without passives it is Pearson's chi-square of a table of two columns, but for (N - 1)/N; the spread is that of an analysis of variance.
CREATE TEMP TABLE torn_apart AS SELECT id % 23 AS segment, nps_agg(score) FILTER (WHERE NOT nps_is_passive(score)) AS torn FROM answers GROUP BY 1;
SELECT abs((h).chi_square - by_hand) < 1e-9 AS chi_square, abs((h).i_squared - greatest(0, 1 - (h).df / by_hand)) < 1e-9 AS i_squared, (h).segments, (h).df
FROM (SELECT nps_heterogeneity(torn) AS h FROM torn_apart) heterogeneity,
	(SELECT (max(total) - 1) / max(total) * sum((promoters - n * share) ^ 2 / (n * share * (1 - share))) AS by_hand
	FROM (SELECT (r).promoters::numeric, (r).responses::numeric AS n, sum((r).responses) OVER () AS total, sum((r).promoters) OVER () / sum((r).responses) OVER () AS share
		FROM (SELECT nps_estimate(torn) AS r FROM torn_apart) v) pearson) hand;
SELECT abs((h).spread - 100 * sqrt(greatest(0, variance))) < 1e-9 AS spread,
	abs((h).prior_responses - within / (greatest(0, variance) + within * sqrt(2 * (k - 1)) / c)) < 1e-9 AS prior_responses, variance > 0 AS some
FROM (SELECT nps_heterogeneity(summary) AS h FROM unnest(ARRAY['{2,0,0,0,0,1,1,9,5,8,30}', '{0,0,0,3,0,0,8,7,7,9,4}', '{1,0,0,0,0,0,0,2,0,1,1}', '{0,0,0,0,0,0,4,11,5,6,6}']::nps_summary[]) summary) heterogeneity,
	(SELECT k, c, within, (among - (k - 1) * within) / c AS variance
	FROM (SELECT count(DISTINCT segment) AS k, sum((x - m) ^ 2) / (count(*) - count(DISTINCT segment)) AS within, sum((m - mm) ^ 2) AS among, count(*) - sum(n) / count(*) AS c
		FROM (SELECT segment, x, avg(x) OVER (PARTITION BY segment) AS m, avg(x) OVER () AS mm, count(*) OVER (PARTITION BY segment) AS n
			FROM (SELECT ordinality AS segment, nps_points(score)::numeric / 100 AS x
				FROM unnest(ARRAY['{2,0,0,0,0,1,1,9,5,8,30}', '{0,0,0,3,0,0,8,7,7,9,4}', '{1,0,0,0,0,0,0,2,0,1,1}', '{0,0,0,0,0,0,4,11,5,6,6}']::nps_summary[]) WITH ORDINALITY u (summary, ordinality),
					nps_histogram(summary) h, generate_series(1, h.responses)) answers) means) squares) hand;

-- In parallel the segments of all workers meet.
SELECT planner_as_shipped();
SET max_parallel_workers = 8;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT plan('SELECT nps_heterogeneity(summary) FROM shops') ~ 'Finalize Aggregate.*Gather.*Partial Aggregate' AS in_parallel;
CREATE TEMP TABLE parallel_result AS SELECT nps_heterogeneity(summary) AS h FROM shops;
SET max_parallel_workers_per_gather = 0;
SELECT p.h = (SELECT nps_heterogeneity(summary) FROM shops) AS same_in_parallel FROM parallel_result p;

-- No rows, one segment, equal scores, one response each: NULL where there is no figure.
SELECT what, (nps_round(nps_heterogeneity(segment(pmd)), 6)).*
FROM (VALUES ('all passives', '0/3/0'), ('all passives', '0/8/0'), ('equal', '5/3/2'), ('equal', '5/3/2'), ('one', '5/3/2'),
	('one response each', '1/0/0'), ('one response each', '0/0/1'), ('one response each', '1/0/0'), ('nobody', '0/0/0')) AS v (what, pmd) GROUP BY what ORDER BY what;
SELECT nps_heterogeneity(NULL::nps_summary) AS of_null, nps_heterogeneity(summary) AS of_no_rows FROM shops WHERE false;
SELECT (h).segments, (h).chi_square > 1e9 AS far_apart, (h).p_value, (h).spread BETWEEN 0 AND 200 AS spread
FROM (SELECT nps_heterogeneity(segment(pmd)) AS h FROM unnest(ARRAY['4000000000000000000/0/1', '3/1/4000000000', '1/1/1']) pmd) huge;

SELECT (h).segments, (h).chi_square > 1e15 AS far_apart, (h).p_value, (h).i_squared FROM (SELECT nps_heterogeneity(segment(pmd)) AS h FROM unnest(ARRAY['1/0/0', '0/0/1000000000000000000']) pmd) pure;

-- A cancel stops the test of very many segments, and soon.
CREATE TEMP TABLE very_many AS
SELECT array_agg(ARRAY[i % 7::bigint, 0, 0, 0, 0, 0, 0, i % 11, 0, 0, i % 101]::nps_summary) AS segments FROM generate_series(1, 200000) i;
SELECT clock_timestamp() AS start \gset
SELECT (nps_heterogeneity_final(segments)).segments FROM very_many;
SELECT clock_timestamp() - :'start' AS whole, clock_timestamp() AS start \gset
SET statement_timeout = '20ms';
\set VERBOSITY sqlstate
SELECT (nps_heterogeneity_final(segments)).segments FROM very_many;
\set VERBOSITY terse
RESET statement_timeout;
SELECT clock_timestamp() - :'start' < :'whole'::interval / 2 AS soon;

-- Drawn towards the whole: reference values of score, effective responses and interval; the counts stay.
SELECT responses, nps, effective_responses, ci_lower, ci_upper FROM (VALUES ('49/30/8'), ('93/32/9')) AS v (pmd),
	nps_round(nps_shrink(segment(pmd), segment('142/62/17'), 29.0765036242167), 9);
-- Without a prior it is the segment's own row, with a large one the score of the whole; the interval nests.
SELECT nps_shrink(a, total, 0) = nps_estimate(a) AS own, nps_shrink(a, total, 0, 0.8) = nps_estimate(a, 0.8) AS own_at_80,
	abs((nps_shrink(a, total, 1e12)).nps - (nps_estimate(total)).nps) < 1e-6 AS the_whole,
	(nps_shrink(a, total, 20, 0.8)).ci_lower > (nps_shrink(a, total, 20)).ci_lower AS narrower,
	(nps_shrink(a, total, 20)).promoters = 3 AND (nps_shrink(a, total, 20)).responses = 4 AS counts_stay,
	abs((nps_shrink(a, total, 20)).promoter_pct - 100 * (3 + 20 * 142 / 221.0) / 24) < 1e-9 AS shares_follow,
	abs((nps_shrink(a, total, 20)).standard_error - 100 * sqrt((p + d - (p - d) ^ 2) / 24)) < 1e-9 AS and_so_does_the_error
FROM (SELECT segment('3/0/1') AS a, segment('142/62/17') AS total, (3 + 20 * 142 / 221.0) / 24 AS p, (1 + 20 * 17 / 221.0) / 24 AS d) v;
SELECT count(*) FILTER (WHERE nps_shrink(a, segment('142/62/17'), 0) = nps_estimate(a)) AS own, count(*) AS of_all
FROM generate_series(1, 9) p, generate_series(0, 9) m, generate_series(0, 9) d, segment(format('%s/%s/%s', p, m, d)) a;
-- Nobody answered, or there is no whole: no figures. A NULL gives NULL.
SELECT nps_shrink(segment('0/0/0'), segment('5/3/2'), 10) AS nobody, nps_shrink(segment('5/3/2'), segment('0/0/0'), 10) AS no_whole,
	nps_shrink(segment('5/3/2'), segment('5/3/2'), NULL) IS NULL AS no_prior;
SELECT prior, failure(format('SELECT nps_shrink(segment(%L), segment(%L), %L)', '5/3/2', '50/30/20', prior)) FROM unnest(ARRAY['-1', 'NaN', 'Infinity']) prior;
SELECT failure($$SELECT nps_shrink(segment('5/3/2'), segment('50/30/20'), 10, 95)$$);
