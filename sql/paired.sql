-- The same customers asked twice: nps_paired_test(a, b), over both waves of each account.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;

CREATE TABLE waves (account integer, a nps_summary, b nps_summary) WITH (parallel_workers = 2, autovacuum_enabled = off);
-- Some answered twice, some in one wave alone, 60 and 61 never.
INSERT INTO waves
SELECT account, a, b FROM (SELECT id % 60 AS account, nps_agg(score) AS a FROM answers WHERE answered_at < '2025-01-01' AND id % 60 < 45 GROUP BY 1) first
FULL JOIN (SELECT id % 60 AS account, nps_agg(score) AS b FROM answers WHERE answered_at >= '2025-01-01' AND id % 60 >= 10 GROUP BY 1) second USING (account);
INSERT INTO waves VALUES (60, NULL, NULL), (61, '{0,0,0,0,0,0,0,0,0,0,0}', NULL);
ANALYZE waves;
SELECT count(*) FILTER (WHERE b IS NULL) AS first_alone, count(*) FILTER (WHERE a IS NULL) AS second_alone, count(*) FILTER (WHERE a IS NOT NULL AND b IS NOT NULL) AS both FROM waves WHERE account < 60;

-- By hand: each account's part in the difference, u, and the standard error that follows.
CREATE TEMP TABLE parts AS
SELECT id % 60 AS account, answered_at >= '2025-01-01' AS second, count(*)::numeric AS n, sum((score >= 9)::integer - (score <= 6)::integer)::numeric AS z
FROM answers WHERE score IS NOT NULL AND CASE WHEN answered_at < '2025-01-01' THEN id % 60 < 45 ELSE id % 60 >= 10 END GROUP BY 1, 2;
CREATE TEMP TABLE by_hand_twice AS
SELECT count(*) AS accounts, 100 * sqrt(count(*) / (count(*) - 1.0) * sum(u ^ 2)) AS standard_error
FROM (SELECT account, sum(CASE WHEN second THEN -1 ELSE 1 END * (z - theta * n) / total) AS u
	FROM parts JOIN (SELECT second, sum(n) AS total, sum(z) / sum(n) AS theta FROM parts GROUP BY second) waves USING (second) GROUP BY account) per_account;
SELECT accounts, abs(t.standard_error - h.standard_error) < 1e-9 AS standard_error, abs(t.difference - plain.difference) < 1e-9 AS difference,
	abs(t.z - t.difference / h.standard_error) < 1e-9 AS t, abs((t.ci_lower + t.ci_upper) / 2 - t.difference) < 1e-9 AS in_the_middle,
	t.significant = (t.p_value < 0.05) AS significant
FROM (SELECT (nps_paired_test(a, b)).* FROM waves) t, by_hand_twice h, (SELECT (nps_test(nps_agg(a), nps_agg(b))).* FROM waves) plain;

-- Reference values of 34-digit arithmetic: accounts of promoters/passives/detractors before and after.
CREATE FUNCTION answered(pmd text) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS $$
	SELECT ARRAY[split_part(pmd, '/', 3)::bigint, 0, 0, 0, 0, 0, 0, split_part(pmd, '/', 2)::bigint, 0, 0, split_part(pmd, '/', 1)::bigint]::nps_summary $$;
SELECT (nps_round(nps_paired_test(answered(before), answered(after)), 9)).*
FROM (VALUES ('2/1/1', '4/8/8'), ('2/2/0', '5/2/13'), ('3/1/0', '15/2/3')) AS v (before, after);
SELECT (nps_round(nps_paired_test(answered(before), answered(after)), 9)).*
FROM (VALUES ('3/0/1', '2/1/1'), ('4/0/0', '3/1/0'), ('4/0/0', '0/1/3'), ('4/0/0', '4/0/0'), ('4/0/0', '1/1/2')) AS v (before, after);

-- Exchanged waves are a mirror; a NULL is an empty wave; an account of nothing is none.
SELECT ab.difference = -ba.difference AND abs(ab.ci_lower + ba.ci_upper) < 1e-9 AND ab.z = -ba.z AND ab.p_value = ba.p_value AS mirror
FROM (SELECT (nps_paired_test(a, b)).* FROM waves) ab, (SELECT (nps_paired_test(b, a)).* FROM waves) ba;
SELECT nps_paired_test(coalesce(a, answered('0/0/0')), coalesce(b, answered('0/0/0'))) = nps_paired_test(a, b) AS null_is_empty,
	nps_paired_test(a, b) FILTER (WHERE account < 60) = nps_paired_test(a, b) AS nothing_is_none FROM waves;

-- Nobody twice: the waves are independent, and so are their standard errors. One who answers twice the same leaves that account no part.
SELECT abs(t.standard_error - sqrt(20 / 19.0 * (9 / 10.0 * a.standard_error ^ 2 + 9 / 10.0 * b.standard_error ^ 2))) < 1e-9 AS independent
FROM (SELECT (nps_paired_test(a, b)).* FROM (SELECT a, NULL::nps_summary AS b FROM waves WHERE account BETWEEN 10 AND 19 UNION ALL SELECT NULL, b FROM waves WHERE account BETWEEN 20 AND 29) v) t,
	(SELECT (nps_clustered(a)).* FROM waves WHERE account BETWEEN 10 AND 19) a, (SELECT (nps_clustered(b)).* FROM waves WHERE account BETWEEN 20 AND 29) b;
SELECT (nps_round(nps_paired_test(w, w))).* FROM (VALUES (answered('2/1/1')), (answered('0/1/3')), (answered('4/0/0'))) AS v (w);

-- No rows, an empty wave, one account, one that is nearly all.
SELECT nps_paired_test(a, b) AS no_rows FROM waves WHERE false;
SELECT nps_paired_test(a, b) AS no_second_wave FROM waves WHERE account < 10;
SELECT nps_paired_test(a, b) AS no_first_wave FROM waves WHERE account BETWEEN 45 AND 59;
SELECT nps_paired_test(a, b) AS nobody_answered FROM waves WHERE account >= 60;
SELECT (nps_round(nps_paired_test(answered('3/2/1'), answered('1/2/3')))).*;
SELECT (nps_round(nps_paired_test(answered(a), answered(b)))).* FROM (VALUES ('3000/2000/1000', '1000/2000/3000'), ('1/0/1', '1/0/0'), ('0/1/0', '1/1/0')) AS v (a, b);

-- Billions: three accounts of 4 times 10^18 answers each. By hand: u is 1/9, 1/9 and -2/9, t(2) at 97.5 % is 4.302653, p is 1 - 5 / sqrt(27).
SELECT (nps_round(nps_paired_test(answered(a), answered(b)), 6)).*
FROM (VALUES ('2000000000000000000/0/0', '0/0/2000000000000000000'), ('2000000000000000000/0/0', '0/0/2000000000000000000'),
	('2000000000000000000/0/0', '1000000000000000000/0/1000000000000000000')) AS v (a, b);
SELECT failure($$SELECT nps_paired_test(answered('9223372036854775807/0/0'), answered('1/0/0')) FROM generate_series(1, 2)$$);
SELECT failure($$SELECT nps_paired_state_add('{9223372036854775807,{9223372036854775807,0,0,9223372036854775807,9223372036854775807,9223372036854775807,9223372036854775807},{0,0,0,0,0,0,0},0,0,0,0}',
	'{1,{0,0,0,0,0,0,0},{1,0,0,1,1,1,1},0,0,0,0}')$$) AS too_many_accounts;

-- In any order, in parts and through text: the same row.
CREATE TEMP TABLE twice AS SELECT nps_paired_test(a, b) AS result FROM waves;
SELECT count(*) AS shuffles, bool_and(r = result) AS as_at_once FROM (SELECT s, nps_paired_test(a, b ORDER BY md5(account::text || s)) AS r FROM waves, generate_series(1, 20) s GROUP BY s) v, twice;
CREATE AGGREGATE paired_state(nps_summary, nps_summary) (SFUNC = nps_paired_accum, STYPE = nps_paired_state, INITCOND = '{0,{0,0,0,0,0,0,0},{0,0,0,0,0,0,0},0,0,0,0}');
CREATE TEMP TABLE states AS SELECT account % 7 AS part, paired_state(a, b) AS state FROM waves GROUP BY 1;
CREATE TEMP TABLE states_back (LIKE states);
\copy states TO 'results/paired.copy'
\copy states_back FROM 'results/paired.copy'
\copy states TO 'results/paired.copy' (FORMAT binary)
\copy states_back FROM 'results/paired.copy' (FORMAT binary)
SELECT count(*) AS rows, count(DISTINCT (part, state::text, nps_paired_state_send(state))) AS different FROM states_back;
CREATE AGGREGATE merged_state(nps_paired_state) (SFUNC = nps_paired_state_add, STYPE = nps_paired_state, FINALFUNC = nps_paired_final, INITCOND = '{0,{0,0,0,0,0,0,0},{0,0,0,0,0,0,0},0,0,0,0}');
SELECT merged_state(state) = (SELECT result FROM twice) AS merged FROM (SELECT DISTINCT ON (part) state FROM states_back) v;

SELECT planner_as_shipped();
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT plan('SELECT nps_paired_test(a, b) FROM waves') ~ 'Finalize.*Gather.*Partial.*Parallel Seq Scan' AS partial_in_parallel;
SELECT nps_paired_test(a, b) = (SELECT result FROM twice) AS in_parallel FROM waves;
SET max_parallel_workers_per_gather = 0;

-- A window recomputes.
SELECT count(*) FILTER (WHERE moving IS DISTINCT FROM (SELECT nps_paired_test(a, b) FROM waves v WHERE v.account BETWEEN w.account - 9 AND w.account)) AS wrong
FROM (SELECT account, nps_paired_test(a, b) OVER (ORDER BY account RANGE 9 PRECEDING) AS moving FROM waves) w;

-- The state: its text, by hand, and what no accounts can have.
SELECT paired_state(answered('1/1/0'), answered('0/0/1')), paired_state(NULL, answered('2/0/0')) FROM generate_series(1, 1);
SELECT nps_paired_accum(NULL, answered('1/0/0'), NULL) AS no_state, nps_paired_accum('{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', NULL, NULL) AS no_account;
SELECT failure($$SELECT '{}'::nps_paired_state$$);
SELECT text, substring(failure(format('SELECT %L::nps_paired_state', text)) FROM '^(22P02 invalid input syntax|22003 value ".*" is out of range) for type nps_paired_state') AS failure
FROM unnest(ARRAY['', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2} x', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2}', '{1,{1,0,1,1,1,2},{1,1,0,0,1,-1,1},-1,1,-2,2}',
	'{0,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', '{3,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', '{1,{1,0,1,1,1,2,5},{1,1,0,0,1,-1,1},-1,1,-2,2}',
	'{1,{1,0,1,1,1,2,4},{1,1,0,0,1,1,1},-1,1,-2,2}', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-2,1,-2,2}', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,2,-2,2}',
	'{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-3,2}', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,3}', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,-2}',
	'{9223372036854775808,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,170141183460469231731687303715884105728}']) text;
CREATE TEMP TABLE paired_wire (id integer, field bytea);
INSERT INTO paired_wire SELECT id, CASE id WHEN 1 THEN '\x02' || substr(bytes, 2) WHEN 2 THEN substr(bytes, 1, 232) ELSE overlay(bytes PLACING '\xff' FROM 226) END
FROM (SELECT id, nps_paired_state_send('{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}') AS bytes FROM generate_series(1, 3) id) sent;
CREATE TEMP TABLE paired_receives (state nps_paired_state);
\set SHOW_CONTEXT never
\copy (SELECT field FROM paired_wire WHERE id = 1) TO 'results/wire.copy' (FORMAT binary)
\copy paired_receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM paired_wire WHERE id = 2) TO 'results/wire.copy' (FORMAT binary)
\copy paired_receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM paired_wire WHERE id = 3) TO 'results/wire.copy' (FORMAT binary)
\copy paired_receives FROM 'results/wire.copy' (FORMAT binary)
CREATE TEMP TABLE one_state AS SELECT '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}'::nps_paired_state AS state;
SELECT nps_paired_accum(state, answered('1/0/0'), NULL) AS another_account, nps_paired_state_add(state, state) AS added, (nps_paired_final(state)).difference FROM one_state;
TABLE one_state;
