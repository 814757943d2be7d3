-- Accounts with several answers: nps_clustered(summary) over one summary an account, and summaries of such accounts.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;

CREATE TABLE accounts (account integer, segment integer, summary nps_summary) WITH (parallel_workers = 2, autovacuum_enabled = off);
INSERT INTO accounts SELECT id % 60, segment, nps_agg(score) FROM answers GROUP BY 1, 2;
-- Two that must not count: one was never asked, one never answered.
INSERT INTO accounts VALUES (60, 0, NULL), (61, 0, '{0,0,0,0,0,0,0,0,0,0,0}');
ANALYZE accounts;

-- Of each account the number of its answers n, and its net z; per segment the sums, and the figures by hand.
CREATE TEMP TABLE by_account AS
SELECT id % 60 AS account, segment, count(score)::numeric AS n, sum((score >= 9)::integer - (score <= 6)::integer)::numeric AS z,
	count(*) FILTER (WHERE score <= 6) AS d, count(*) FILTER (WHERE score IN (7, 8)) AS m, count(*) FILTER (WHERE score >= 9) AS p
FROM answers WHERE score IS NOT NULL GROUP BY 1, 2;
CREATE TEMP TABLE by_hand AS
SELECT segment, accounts, sum_n AS n, theta, 100 * sqrt(accounts / (accounts - 1) * sum((z - theta * n) ^ 2)) / sum_n AS standard_error, p_share + d_share - theta ^ 2 AS variance
FROM by_account JOIN (SELECT segment, count(*)::numeric AS accounts, sum(n) AS sum_n, sum(z) / sum(n) AS theta, sum(p) / sum(n) AS p_share, sum(d) / sum(n) AS d_share
	FROM by_account GROUP BY segment) totals USING (segment)
GROUP BY segment, accounts, sum_n, theta, p_share, d_share;
SELECT segment, nps_clustered_agg(summary)::text = (SELECT format('{%s,%s,%s,%s,%s,%s,%s}', count(*), sum(d), sum(b.m), sum(p), sum(z * z), sum(n * z), sum(n * n))
	FROM by_account b WHERE b.segment = a.segment) AS exact_sums
FROM accounts a GROUP BY segment ORDER BY segment;
SELECT segment, r.responses = h.n AS responses, abs(r.nps - 100 * h.theta) < 1e-9 AS nps, abs(r.standard_error - h.standard_error) < 1e-9 AS standard_error,
	abs(r.effective_responses - least(h.n, h.variance / (h.standard_error / 100) ^ 2)) < 1e-6 AS effective_responses,
	r.ci_lower < r.nps AND r.nps < r.ci_upper AS inside
FROM (SELECT segment, (nps_clustered(summary)).* FROM accounts GROUP BY segment) r JOIN by_hand h USING (segment) ORDER BY segment;

-- Counts and shares are those of all answers at once.
SELECT (c.responses, c.promoters, c.passives, c.detractors, c.nps, c.promoter_pct, c.passive_pct, c.detractor_pct)
	= (n.responses, n.promoters, n.passives, n.detractors, n.nps, n.promoter_pct, n.passive_pct, n.detractor_pct) AS as_nps
FROM (SELECT (nps_clustered(summary)).* FROM accounts) c, (SELECT (nps(score)).* FROM answers) n;

-- Intervals from the reference values: 34-digit arithmetic.
CREATE FUNCTION account(p bigint, m bigint, d bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY[d, 0, 0, 0, 0, 0, 0, m, 0, 0, p]::nps_summary $$;
CREATE FUNCTION alike(accounts integer, p bigint, m bigint, d bigint) RETURNS nps_clustered_summary LANGUAGE sql IMMUTABLE AS $$
	SELECT nps_clustered_agg(account(p, m, d)) FROM generate_series(1, accounts) $$;
SELECT what, nps, ci_lower, ci_upper, standard_error, effective_responses FROM (
	SELECT 1 AS i, 'eight alike' AS what, (nps_round(nps_estimate(alike(8, 3, 2, 1)), 9)).*
	UNION ALL SELECT 2, 'two opposite', (nps_round(nps_estimate(alike(1, 4, 0, 0) + alike(1, 0, 0, 4)), 9)).*
	UNION ALL SELECT 3, 'all passive', (nps_round(nps_clustered(account(0, m, 0)), 9)).* FROM (VALUES (3), (1), (2)) AS v (m)
	UNION ALL SELECT 4, 'one giant', (nps_round(nps_clustered(account(p, m, d)), 9)).*
		FROM (VALUES (900, 300, 200), (1, 0, 0), (0, 1, 0), (2, 1, 0), (0, 0, 1), (1, 1, 1)) AS v (p, m, d)
	UNION ALL SELECT 5, 'billions', (nps_round(nps_clustered(account(p, m, d)), 9)).*
		FROM (VALUES (4000000000, 0, 0), (0, 4000000000, 0), (1, 2, 3), (100, 200, 3000)) AS v (p, m, d)
	UNION ALL SELECT 6, 'one account', (nps_round(nps_clustered(account(3, 2, 1)), 9)).*) of_reference
ORDER BY i;
SELECT nps_format(nps_estimate(alike(8, 3, 2, 1), 0.9), 6) AS "90 %", nps_format(nps_estimate(alike(8, 3, 2, 1), confidence => 0.99), 6) AS "99 %";
SELECT nps_format(alike(8, 3, 2, 1)) AS formatted, nps_format(alike(8, 3, 2, 1), 3) AS digits, nps_format(alike(0, 3, 2, 1)) AS nothing;

-- No account, all NULL, all empty: counts of 0, and NULL figures.
SELECT nps_clustered(summary) AS no_rows, nps_clustered_agg(summary) FROM accounts WHERE false;
SELECT nps_clustered(summary) AS nobody_answered, nps_clustered_agg(summary) FROM accounts WHERE account >= 60;
SELECT nps(s) AS no_summaries, nps_agg(s) FROM (VALUES (NULL::nps_clustered_summary)) AS v (s);

-- Tests: against the reference, against a benchmark as the interval of the estimate says, and of nothing.
SELECT (nps_round(nps_test(alike(8, 3, 2, 1), alike(5, 1, 1, 1)), 9)).*;
SELECT (nps_round(nps_test(a, b), 9)).* FROM (SELECT alike(1, 2, 0, 0) + alike(1, 5, 0, 0) + alike(1, 1, 0, 0) + alike(1, 7, 0, 0) AS a, alike(2, 4, 0, 0) AS b) two;
SELECT benchmark, abs(t.difference - (r.nps - benchmark)) < 1e-9 AS difference, t.standard_error = r.standard_error AS own_standard_error,
	abs(t.ci_lower - (r.ci_lower - benchmark)) < 1e-9 AND abs(t.ci_upper - (r.ci_upper - benchmark)) < 1e-9 AS own_interval,
	t.significant = (benchmark NOT BETWEEN r.ci_lower AND r.ci_upper) AS as_the_interval
FROM unnest(ARRAY[-100, -60, 0, 33.333, 60, 99]) benchmark, nps_test(alike(8, 3, 2, 1) + alike(3, 1, 0, 2), benchmark, 0.9) t, nps_estimate(alike(8, 3, 2, 1) + alike(3, 1, 0, 2), 0.9) r
ORDER BY 1;
SELECT (nps_round(nps_test(alike(8, 3, 2, 1), 100), 9)).*;
SELECT (nps_round(nps_test(alike(1, 3, 2, 1), alike(5, 1, 1, 1)), 9)).*;
SELECT (nps_round(nps_test(alike(1, 3, 2, 1), 10), 9)).*;
SELECT (nps_test(alike(0, 1, 1, 1), alike(5, 1, 1, 1))).*, (nps_test(alike(0, 1, 1, 1), 10)).difference AS nothing, nps_test(alike(5, 1, 1, 1), alike(0, 1, 1, 1)) IS NULL AS nothing_in_b;
SELECT method, failure(format('SELECT nps_estimate(%L::nps_clustered_summary, 0.95, %L)', '{1,0,0,1,1,1,1}', method)) AS estimate,
	failure(format('SELECT nps_test(%L::nps_clustered_summary, 0, method => %L)', '{1,0,0,1,1,1,1}', method)) IS NULL AS test
FROM unnest(ARRAY['score', 'anytime', 'wald', '']) method;
SELECT failure($$SELECT nps_test('{1,0,0,1,1,1,1}'::nps_clustered_summary, '{1,0,0,1,1,1,1}'::nps_clustered_summary, 0.95, 'anytime')$$);
SELECT failure($$SELECT nps_estimate('{1,0,0,1,1,1,1}'::nps_clustered_summary, 1)$$), failure($$SELECT nps_test('{1,0,0,1,1,1,1}'::nps_clustered_summary, 101)$$);
SELECT confidence, left(failure(format('SELECT nps_test(alike(2, 3, 2, 1), alike(2, 1, 1, 1), %L)', confidence)), 5) AS of_two, left(failure(format('SELECT nps_test(alike(2, 3, 2, 1), 10, %L)', confidence)), 5) AS of_a_benchmark
FROM unnest(ARRAY['0', '1', 'NaN']) confidence;

-- Merging: in any order, through text and binary, the same bits as at once.
CREATE TEMP TABLE stored AS SELECT account % 9 AS part, nps_clustered_agg(summary) AS summary FROM accounts GROUP BY 1;
CREATE TEMP TABLE copied (LIKE stored);
\copy stored TO 'results/clustered.copy'
\copy copied FROM 'results/clustered.copy'
\copy stored TO 'results/clustered.copy' (FORMAT binary)
\copy copied FROM 'results/clustered.copy' (FORMAT binary)
SELECT count(*) AS rows, count(DISTINCT (part, summary)) AS different FROM copied;
CREATE TEMP TABLE at_once AS SELECT nps_clustered_agg(summary) AS summary, nps_clustered(summary) AS result FROM accounts;
SELECT count(*) AS shuffles, count(DISTINCT nps_clustered_summary_send(merged)) AS summaries, bool_and(merged = summary AND pooled = result) AS as_at_once
FROM (SELECT s, nps_agg(c.summary ORDER BY md5(part::text || s)) AS merged, nps(c.summary ORDER BY md5(part::text || s)) AS pooled
	FROM (SELECT DISTINCT * FROM copied) c, generate_series(1, 50) s GROUP BY s) shuffled, at_once;
SELECT a.summary + b.summary = b.summary + a.summary AS commutes, a.summary + b.summary - b.summary = a.summary AS comes_out_again,
	a.summary - a.summary AS nothing_left
FROM stored a, stored b WHERE a.part = 1 AND b.part = 2;
SELECT nps_clustered_final(summary) = result AS final, nps_estimate(summary) = result AS estimate FROM at_once;

-- The same row by every plan: partial in parallel, partition-wise.
SELECT planner_as_shipped();
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT plan('SELECT nps_clustered(summary) FROM accounts') ~ 'Finalize.*Gather.*Partial.*Parallel Seq Scan' AS partial_in_parallel;
SELECT nps_clustered(summary) = (SELECT result FROM at_once) AS in_parallel FROM accounts;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE by_account_range (LIKE accounts) PARTITION BY RANGE (account);
CREATE TABLE by_account_low PARTITION OF by_account_range FOR VALUES FROM (0) TO (20);
CREATE TABLE by_account_high PARTITION OF by_account_range FOR VALUES FROM (20) TO (100);
INSERT INTO by_account_range SELECT * FROM accounts;
ANALYZE by_account_range;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SELECT plan('SELECT nps_clustered(summary) FROM by_account_range') ~ 'Finalize.*Append.*Partial.*by_account_low.*Partial.*by_account_high' AS partial_by_partition;
SELECT nps_clustered(summary) = (SELECT result FROM at_once) AS by_partition FROM by_account_range;
SET enable_partitionwise_aggregate = off;

-- Windows take accounts out again; the row is that of recomputation.
SELECT count(*) AS rows, count(*) FILTER (WHERE moving IS DISTINCT FROM (SELECT nps_clustered(summary) FROM accounts a WHERE a.account BETWEEN w.account - 9 AND w.account)
	OR moving_summary IS DISTINCT FROM (SELECT nps_clustered_agg(summary) FROM accounts a WHERE a.account BETWEEN w.account - 9 AND w.account)) AS wrong
FROM (SELECT account, nps_clustered(summary) OVER (ORDER BY account ROWS 9 PRECEDING) AS moving, nps_clustered_agg(summary) OVER (ORDER BY account ROWS 9 PRECEDING) AS moving_summary
	FROM accounts) w;
SELECT count(*) FILTER (WHERE moving IS DISTINCT FROM (SELECT nps(summary) FROM stored s WHERE s.part BETWEEN w.part - 2 AND w.part + 1)) AS wrong
FROM (SELECT part, nps(summary) OVER (ORDER BY part ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS moving FROM stored) w;
SELECT count(*) FILTER (WHERE others IS DISTINCT FROM (SELECT nps_clustered(summary) FROM accounts a WHERE a.account <> w.account)) AS wrong
FROM (SELECT account, nps_clustered(summary) OVER (ORDER BY account ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS others FROM accounts) w;

-- The text form, and what no accounts can have.
SELECT ' { 2 , +1,2,4 ,5,9 ,29} '::nps_clustered_summary AS other_form, '{2,1,2,4,5,9,29}'::nps_clustered_summary::json AS json,
	alike(2, 4611686018427387903, 0, 0) AS large, alike(2, 0, 0, 4611686018427387903)::text::nps_clustered_summary AS large_again;
SELECT failure($$SELECT 'nothing'::nps_clustered_summary$$);
SELECT text, failure(format('SELECT %L::nps_clustered_summary', text)) LIKE '22P02 invalid input syntax for type nps_clustered_summary: "%' AS refused
FROM unnest(ARRAY['', '{}', '{1,2,3}', '{1,0,0,1,1,1,1,0}', '{1,0,0,1,1,1,1} x', '{1,0,0,1,1,1,1.0}', '{1,0,0,1,1,1,-}', '{1,0,0,1,,1,1}', '1,0,0,1,1,1,1', '{0x1,0,0,1,1,1,1}', '{1,0,0,1,1,1,0x1}', '{1,0,0,1,1,1,1e0}', '{1,0,0,1,+-1,1,1}']) text;
SELECT text, substring(failure(format('SELECT %L::nps_clustered_summary', text)) FROM '^22003 value ".*" is out of range for type nps_clustered_summary (.*)$') AS out_of_range
FROM unnest(ARRAY['{1,0,0,-1,1,1,1}', '{-1,0,0,1,1,1,1}', '{0,0,0,1,1,1,1}', '{2,0,0,1,1,1,1}', '{1,0,0,0,0,0,0}', '{0,0,0,0,0,0,1}', '{0,0,0,0,1,0,0}',
	'{1,0,1,1,1,2,2}', '{2,1,2,4,5,30,29}', '{2,1,2,4,5,-30,29}', '{1,0,1,2,6,6,7}', '{2,0,0,2,4,4,4}', '{2,0,3,3,3,8,22}', '{12,0,20,4,2,8,48}', '{2,0,2,2,2,3,8}',
	'{1,0,1,1,3,3,4}', '{2,0,3,1,3,4,8}', '{1,0,1,1,3,1,4}', '{2,0,1,1,3,2,2}', '{2,0,0,4,8,9,10}', '{2,0,2,0,1,0,2}', '{2,9223372036854775807,0,1,0,0,9223372036854775807}', '{9223372036854775808,0,0,1,1,1,1}',
	'{1,0,0,1,1,1,170141183460469231731687303715884105728}', '{1,0,0,1,1,1,99999999999999999999999999999999999999999999}']) text;

-- Binary input that no accounts have, sent as the bytes of a bytea.
CREATE TEMP TABLE clustered_wire (id integer, field bytea);
INSERT INTO clustered_wire VALUES
	(1, '\x02' || substr(nps_clustered_summary_send('{2,1,2,4,5,9,29}'), 2)),
	(2, substr(nps_clustered_summary_send('{2,1,2,4,5,9,29}'), 1, 80)),
	(3, overlay(nps_clustered_summary_send('{2,1,2,4,5,9,29}') PLACING '\xff' FROM 34)),
	(4, nps_clustered_summary_send('{2,1,2,4,5,9,29}'));
CREATE TEMP TABLE clustered_receives (summary nps_clustered_summary);
\set SHOW_CONTEXT never
\copy (SELECT field FROM clustered_wire WHERE id = 1) TO 'results/wire.copy' (FORMAT binary)
\copy clustered_receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM clustered_wire WHERE id = 2) TO 'results/wire.copy' (FORMAT binary)
\copy clustered_receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM clustered_wire WHERE id = 3) TO 'results/wire.copy' (FORMAT binary)
\copy clustered_receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM clustered_wire WHERE id = 4) TO 'results/wire.copy' (FORMAT binary)
\copy clustered_receives FROM 'results/wire.copy' (FORMAT binary)
TABLE clustered_receives;
SELECT encode(nps_clustered_summary_send('{2,4,2,1,5,-9,29}'), 'hex') AS network_order;

-- More answers than a bigint counts; accounts that are not there. What is called by hand changes no stored value.
SELECT failure('SELECT nps_clustered(account(9223372036854775807, 0, 0)) FROM generate_series(1, 2)'),
	failure($$SELECT alike(1, 9223372036854775807, 0, 0) + alike(1, 0, 0, 1)$$);
SELECT nps_format(nps_clustered(account(4611686018427387903, 0, 0))) AS largest FROM generate_series(1, 2);
SELECT failure('SELECT alike(2, 3, 2, 1) - alike(3, 3, 2, 1)') AS more_accounts, failure('SELECT alike(2, 3, 2, 1) - alike(1, 3, 2, 2)') AS other_answers,
	failure($$SELECT nps_accum_inv(alike(2, 3, 2, 1), account(12, 0, 0))$$) AS another;
CREATE TEMP TABLE one_stored AS SELECT alike(1, 3, 2, 1) AS summary;
SELECT nps_accum(summary, account(1, 0, 0)), nps_accum_inv(summary, account(3, 2, 1)), summary + summary AS added, summary - summary AS subtracted,
	(nps_clustered_final(summary)).responses FROM one_stored;
TABLE one_stored;

-- Equality, for DISTINCT, GROUP BY and keys.
SELECT count(DISTINCT summary) AS by_sort, (SELECT count(*) FROM (SELECT summary FROM copied GROUP BY summary) g) AS by_hash FROM copied;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge
FROM (VALUES ('{2,1,2,4,5,9,29}'::nps_clustered_summary, '{2,1,2,4,5,11,29}'::nps_clustered_summary)) AS v (a, b);
SELECT count(DISTINCT nps_clustered_summary_hash(summary)) > 55 AS hash_spreads, count(DISTINCT nps_clustered_summary_hash_extended(summary, 7)) > 55 AS extended_spreads,
	bool_and(nps_clustered_summary_hash_extended(summary, 7) <> nps_clustered_summary_hash_extended(summary, 8)) AS by_seed
FROM (SELECT alike(i, 3, 2, 1) AS summary FROM generate_series(1, 60) i) many;
