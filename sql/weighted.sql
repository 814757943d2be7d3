-- Weights: nps_weighted(score, weight), and summaries of weighted responses.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;

CREATE TEMP TABLE raked AS
SELECT id, segment, score, score::integer AS i4, score::numeric AS n, score::double precision AS f8,
	CASE WHEN id % 17 = 0 THEN NULL WHEN id % 13 = 0 THEN 0 ELSE 0.3 + (id * 7 % 23) / 10.0 END::double precision AS weight
FROM answers;

-- By hand: weighted shares, the linearised standard error, Kish's effective number.
SELECT segment, abs(r.nps - by_hand.nps) < 1e-9 AS nps, abs(r.promoter_pct - by_hand.promoter_pct) < 1e-9 AS pct,
	abs(r.standard_error - by_hand.standard_error) < 1e-9 AS standard_error, r.effective_responses <= kish + 1e-9 AS at_most_kish,
	r.responses = by_hand.responses AS responses, r.promoters = by_hand.promoters AS promoters
FROM (SELECT segment, (nps_weighted(score, weight)).* FROM raked GROUP BY segment) r
JOIN (SELECT segment, 100 * theta AS nps, 100 * sum(weight) FILTER (WHERE i4 >= 9) / sum(weight) AS promoter_pct,
		100 * sqrt(sum((weight * (x - theta)) ^ 2)) / sum(weight) AS standard_error, sum(weight) ^ 2 / sum(weight ^ 2) AS kish,
		count(*) AS responses, count(*) FILTER (WHERE i4 >= 9) AS promoters
	FROM (SELECT *, sum(weight * x) OVER s / sum(weight) OVER s AS theta
		FROM (SELECT *, nps_points(score) / 100.0::double precision AS x FROM raked) points
		WHERE x IS NOT NULL AND weight > 0 WINDOW s AS (PARTITION BY segment)) centred
	GROUP BY segment, theta) by_hand USING (segment)
ORDER BY segment;

-- Every type of score gives the same row; a NULL or zero weight leaves the row out as a NULL score does.
SELECT count(DISTINCT r) AS results, count(r) AS of_columns
FROM (SELECT unnest(ARRAY[nps_weighted(score, weight), nps_weighted(i4, weight), nps_weighted(n, weight), nps_weighted(f8, weight), nps_weighted(i4::smallint, weight), nps_weighted(i4::bigint, weight)]) AS r
	FROM raked) results;
SELECT nps_weighted(score, weight) = (SELECT nps_weighted(score, weight) FROM raked WHERE weight > 0 AND score IS NOT NULL) AS left_out FROM raked;
SELECT nps_weighted(score, weight) AS nothing, nps_weighted_agg(score, weight) FROM raked WHERE weight IS NULL;
SELECT nps_weighted(score, 0) AS no_weight FROM raked;
-- Promoters alone: Tango's lower limit is 100 (n - z^2) / (n + z^2), with z^2 = 3.8415; one response, then three.
SELECT nps_round(nps_weighted(9, 2.5)) AS one_response, round(100 * (1 - 3.8415) / (1 + 3.8415), 1) AS lower_limit;
SELECT nps_round(nps_weighted(score, 2)) AS one_category, round(100 * (3 - 3.8415) / (3 + 3.8415), 1) AS lower_limit FROM (VALUES (9), (10), (9)) AS v (score);

-- A second argument of nps() and nps_agg() would be read as a confidence: there is none, whatever its type.
SELECT call, failure('SELECT ' || call || ' FROM answers') LIKE '42883 function ' || substring(call FROM '\w+') || '(nps_score, %) does not exist%' AS refused
FROM unnest(ARRAY['nps(score, 0.9)', 'nps(score, 1)', 'nps(score, 0.9::double precision)', 'nps_agg(score, 0.9)', 'nps_agg(score, id)']) call;

-- Equal weights give the unweighted row: the counts exactly, the figures within 1e-9.
SELECT w, p.responses = q.responses AND p.promoters = q.promoters AND p.passives = q.passives AND p.detractors = q.detractors AS counts,
	abs(p.nps - q.nps) < 1e-9 AND abs(p.ci_lower - q.ci_lower) < 1e-9 AND abs(p.ci_upper - q.ci_upper) < 1e-9
	AND abs(p.promoter_pct - q.promoter_pct) < 1e-9 AND abs(p.passive_pct - q.passive_pct) < 1e-9 AND abs(p.detractor_pct - q.detractor_pct) < 1e-9
	AND abs(p.standard_error - q.standard_error) < 1e-9 AND abs(p.effective_responses - q.effective_responses) < 1e-9 AS figures
FROM unnest(ARRAY[1, 0.1, 3.7, 1e-150, 1e150]::double precision[]) w,
	LATERAL (SELECT (nps(score)).* FROM answers) p, LATERAL (SELECT (nps_weighted(score, w)).* FROM answers) q;

-- nps_weighted_summary: text and binary forms come back bit for bit, whatever the settings.
SELECT '{1,2,3,0.5,2,4.5,0.25,2,7.25}'::nps_weighted_summary, ' { 0,0,1 , 0,0,1e-3 , 0,0,1E-6 } '::nps_weighted_summary AS other_forms;
CREATE TEMP TABLE stored AS SELECT id % 40 AS part, nps_weighted_agg(score, weight) AS summary FROM raked GROUP BY 1;
CREATE TEMP TABLE copied (LIKE stored);
SET extra_float_digits = -5;
\copy stored TO 'results/weighted.copy'
SET extra_float_digits = 1;
\copy copied FROM 'results/weighted.copy'
\copy stored TO 'results/weighted.copy' (FORMAT binary)
\copy copied FROM 'results/weighted.copy' (FORMAT binary)
SELECT count(*) AS rows, count(DISTINCT (part, summary)) AS different FROM copied;
SELECT count(*) AS unchanged FROM stored s JOIN copied c ON c.part = s.part AND c.summary = s.summary AND nps_weighted_summary_send(c.summary) = nps_weighted_summary_send(s.summary);
SELECT text, failure(format('SELECT %L::nps_weighted_summary', text))
FROM unnest(ARRAY['', '{}', '{1,2,3}', '{0,0,1,0,0,1,0,0,1,0}', '{0,0,1,0,0,1,0,0,1} x', '{0,0,1.5,0,0,1,0,0,1}', '{0,0,1,0,0,nan,0,0,1}',
	'{0,0,1,0,0,Infinity,0,0,1}', '{0,0,1,0,0,0x1,0,0,1}', '{0,0,-1,0,0,1,0,0,1}', '{0,0,1,0,0,-1,0,0,1}', '{0,0,1,0,0,0,0,0,0}',
	'{0,0,0,0,0,1,0,0,1}', '{0,0,2,0,0,2,0,0,9}', '{0,0,2,0,0,2,0,0,1}', '{0,0,1,0,0,1e999,0,0,1}', '{9223372036854775807,0,1,1,0,1,1,0,1}',
	'{9223372036854775808,0,1,1,0,1,1,0,1}', '{1,1,1,1e308,1e308,1e308,1e300,1,1}']) text;

-- On disk as in memory: nine figures of eight bytes, aligned as such.
SELECT typlen, typalign, typbyval, typstorage FROM pg_type WHERE oid = 'nps_weighted_summary'::regtype;

-- Binary input that no weighted summary has, sent as the bytes of a bytea.
CREATE TEMP TABLE wire (id integer, field bytea);
INSERT INTO wire VALUES
	(1, '\x02' || substr(nps_weighted_summary_send('{1,2,3,0.5,2,4.5,0.25,2,7.25}'), 2)),
	(2, overlay(nps_weighted_summary_send('{0,0,3,0,0,4.5,0,0,7.25}') PLACING float8send('NaN') FROM 42)),
	(3, substr(nps_weighted_summary_send('{1,2,3,0.5,2,4.5,0.25,2,7.25}'), 1, 72)),
	(4, overlay(nps_weighted_summary_send('{0,0,3,0,0,4.5,0,0,7.25}') PLACING float8send('-0') FROM 26));
CREATE TEMP TABLE receives (summary nps_weighted_summary);
\set SHOW_CONTEXT never
\copy (SELECT field FROM wire WHERE id = 1) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 2) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 3) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 4) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
SELECT summary, nps_weighted_summary_hash(summary) = nps_weighted_summary_hash(summary::text::nps_weighted_summary) AS negative_zero_is_zero FROM receives;

-- Merging: stored parts, shuffled, partial in parallel, partition-wise; within 1e-9.
CREATE FUNCTION distance(a nps_result, b nps_result) RETURNS double precision LANGUAGE sql AS $$
	SELECT CASE WHEN (a).responses = (b).responses AND (a).promoters = (b).promoters AND (a).detractors = (b).detractors THEN
		greatest(abs((a).nps - (b).nps), abs((a).ci_lower - (b).ci_lower), abs((a).ci_upper - (b).ci_upper),
			abs((a).standard_error - (b).standard_error), abs((a).effective_responses - (b).effective_responses)) ELSE 'NaN' END
$$;
SELECT distance(nps(summary), (SELECT nps_weighted(score, weight) FROM raked)) < 1e-9 AS pooled,
	distance(nps_estimate(nps_agg(summary)), (SELECT nps_weighted(score, weight) FROM raked)) < 1e-9 AS merged FROM stored;
SELECT count(*) AS shuffles, max(distance(r, (SELECT nps_weighted(score, weight) FROM raked))) < 1e-9 AS shuffled
FROM (SELECT s, nps(summary ORDER BY md5(part::text || s)) AS r FROM stored, generate_series(1, 20) s GROUP BY s) shuffles;
SELECT a.summary + b.summary = b.summary + a.summary AS commutes FROM stored a, stored b WHERE a.part = 1 AND b.part = 2;

CREATE TABLE weighted_many (segment integer, score nps_score, weight double precision) WITH (parallel_workers = 2, autovacuum_enabled = off);
INSERT INTO weighted_many SELECT i % 7, (i * i / 7) % 11, 0.5 + (i % 31) / 10.0 FROM generate_series(1, 20000) i;
ANALYZE weighted_many;
CREATE TEMP TABLE direct AS SELECT nps_weighted(score, weight) AS result FROM weighted_many;
SELECT planner_as_shipped();
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT plan('SELECT nps_weighted(score, weight) FROM weighted_many') ~ 'Finalize.*Gather.*Partial.*Parallel Seq Scan' AS partial_in_parallel;
SELECT distance(nps_weighted(score, weight), (SELECT result FROM direct)) < 1e-9 AS in_parallel FROM weighted_many;
SET max_parallel_workers_per_gather = 0;

-- Whether workers share so few rows is their affair; partitions always have states to merge.
CREATE TABLE weighted_parts (part integer, score nps_score, weight double precision) PARTITION BY LIST (part);
CREATE TABLE weighted_parts_0 PARTITION OF weighted_parts FOR VALUES IN (0);
CREATE TABLE weighted_parts_1 PARTITION OF weighted_parts FOR VALUES IN (1);
INSERT INTO weighted_parts SELECT segment % 2, score, weight FROM weighted_many;
ANALYZE weighted_parts;
CREATE FUNCTION distance_from_direct(query text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
	d double precision;
BEGIN
	EXECUTE format('SELECT distance((%s), result) FROM direct', query) INTO d;
	RETURN d;
END $$;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SELECT of, plan(query) ~ 'Finalize Aggregate.*Append.*Partial Aggregate.*Partial Aggregate' AS partial, distance_from_direct(query) < 1e-9 AS merged
FROM unnest(ARRAY['nps_weighted(score, weight)', 'nps_weighted(score::integer, weight)', 'nps_weighted(score::numeric, weight)',
	'nps_weighted(score::double precision, weight)', 'nps_estimate(nps_weighted_agg(score, weight))', 'nps_estimate(nps_weighted_agg(score::integer, weight))',
	'nps_estimate(nps_weighted_agg(score::numeric, weight))', 'nps_estimate(nps_weighted_agg(score::double precision, weight))']) of,
	format('SELECT %s FROM weighted_parts', of) query;
SET enable_partitionwise_aggregate = off;
SET max_parallel_workers_per_gather = 0;

-- A window recomputes, since sums of floats have no exact inverse.
SELECT count(*) FILTER (WHERE moving IS DISTINCT FROM (SELECT nps_weighted(score, weight ORDER BY r.id) FROM raked r WHERE r.id BETWEEN w.id - 9 AND w.id)) AS wrong
FROM (SELECT id, nps_weighted(score, weight) OVER (ORDER BY id ROWS 9 PRECEDING) AS moving FROM raked WHERE id <= 200) w;

-- Confidence, and tests between weighted surveys and against a benchmark.
SELECT nps_estimate(s) = nps_weighted_final(s) AS default_confidence, (nps_estimate(s, 0.8)).ci_upper < (nps_estimate(s)).ci_upper AS narrower
FROM (SELECT nps_weighted_agg(score, weight) AS s FROM raked) one;
CREATE TEMP TABLE weighted_surveys AS SELECT segment, nps_weighted_agg(score, weight) AS weighted, nps_weighted_agg(score, 1) AS equal_weights, nps_agg(score) AS plain FROM raked GROUP BY segment;
SELECT abs(w.difference - p.difference) < 1e-9 AND abs(w.ci_lower - p.ci_lower) < 1e-9 AND abs(w.z - p.z) < 1e-9 AND abs(w.p_value - p.p_value) < 1e-9 AS equal_weights_test_as_unweighted
FROM weighted_surveys a, weighted_surveys b, nps_test(a.equal_weights, b.equal_weights) w, nps_test(a.plain, b.plain) p WHERE a.segment = 0 AND b.segment = 1;
SELECT method, abs(t.difference - ((nps_estimate(a.weighted)).nps - (nps_estimate(b.weighted)).nps)) < 1e-9 AS difference, t.ci_lower < t.difference AND t.difference < t.ci_upper AS inside
FROM weighted_surveys a, weighted_surveys b, unnest(ARRAY['score', 'mover', 'wald']) method, nps_test(a.weighted, b.weighted, 0.95, method) t
WHERE a.segment = 0 AND b.segment = 1;
SELECT abs(t.standard_error - r.standard_error) < 1e-12 AS own_standard_error, abs(t.ci_lower - (r.ci_lower + 45)) < 1e-9 AS own_interval
FROM weighted_surveys, nps_test(weighted, -45) t, nps_estimate(weighted) r WHERE segment = 0;
SELECT (nps_test('{0,0,0,0,0,0,0,0,0}'::nps_weighted_summary, weighted)).* FROM weighted_surveys WHERE segment = 0;
SELECT nps_test('{0,0,0,0,0,0,0,0,0}'::nps_weighted_summary, 10) AS of_none;

-- Bad weights, and sums that no float holds. What is called by hand changes no stored value.
SELECT w, failure(format('SELECT nps_weighted(9, %L::double precision)', w)) FROM unnest(ARRAY['-1', 'NaN', 'Infinity', '1e-170', '1e170']) w;
SELECT failure('SELECT nps_weighted(11, 1.0)'), failure('SELECT nps_weighted(9.5, 1.0)');
SELECT failure('SELECT nps_weighted_agg(9, w) FROM (VALUES (1.2e154), (1.2e154)) AS v (w)');
SELECT failure('SELECT nps_agg(s) FROM (VALUES (''{0,0,1,0,0,1e154,0,0,1e308}''::nps_weighted_summary), (''{0,0,1,0,0,1e154,0,0,1e308}'')) AS v (s)');
-- So many responses that they do not fit, of one category and of all.
SELECT failure($$SELECT nps_accum('{0,0,9223372036854775807,0,0,9223372036854775807,0,0,9223372036854775807}'::nps_weighted_summary, 9, 1)$$), failure($$SELECT nps_accum('{0,0,9223372036854775807,0,0,9223372036854775807,0,0,9223372036854775807}'::nps_weighted_summary, 3, 1)$$);
SELECT failure($$SELECT '{0,0,9223372036854775807,0,0,9223372036854775807,0,0,9223372036854775807}'::nps_weighted_summary + '{0,0,1,0,0,1,0,0,1}'$$), failure($$SELECT '{0,0,9223372036854775807,0,0,9223372036854775807,0,0,9223372036854775807}'::nps_weighted_summary + '{1,0,0,1,0,0,1,0,0}'$$);
CREATE TEMP TABLE one AS SELECT '{0,0,1,0,0,2,0,0,4}'::nps_weighted_summary AS summary;
SELECT nps_accum(summary, 9, 3), summary + summary AS added, (nps_weighted_final(summary)).responses FROM one;
TABLE one;

-- Equality, for DISTINCT, GROUP BY and keys.
SELECT count(DISTINCT summary) AS by_sort, (SELECT count(*) FROM (SELECT summary FROM copied GROUP BY summary) g) AS by_hash FROM copied;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge
FROM (VALUES ('{0,0,1,0,0,1,0,0,1}'::nps_weighted_summary, '{0,0,1,0,0,2,0,0,4}'::nps_weighted_summary)) AS v (a, b);
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge
FROM (VALUES ('{0,0,2,0,0,3,0,0,5}'::nps_weighted_summary, '{0,0,2,0,0,3,0,0,4.5}'::nps_weighted_summary)) AS v (a, b);
SELECT bool_and(nps_weighted_summary_hash_extended(summary, 0) & 4294967295 = nps_weighted_summary_hash(summary) & 4294967295) AS seed_0, count(*) FILTER (WHERE nps_weighted_summary_hash_extended(summary, 1) = nps_weighted_summary_hash_extended(summary, 2)) AS same_with_other_seeds FROM stored;
SELECT count(DISTINCT nps_weighted_summary_hash(summary)) > 35 AS hash_spreads, count(DISTINCT nps_weighted_summary_hash_extended(summary, 7)) > 35 AS extended_spreads FROM stored;
