-- nps_summary: the counts of a set of responses, stored and merged without loss.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET bytea_output = hex;
SET standard_conforming_strings = on;
SET array_nulls = on;

SELECT '{1,2,3,4,5,6,7,8,9,10,11}'::nps_summary, ' { 0, 0 ,0,0,0,0,0,0,0,0, 9223372036854775807 } '::nps_summary AS blanks_are_ignored;
SELECT failure(format('SELECT %L::nps_summary', text))
FROM unnest(ARRAY['', '{}', '{1,2,3}', '{1,2,3,4,5,6,7,8,9,10,11,12}', '{1,2,3,4,5,6,7,8,9,10,11} x', '{1,2,3,4,5,6,7,8,9,10,NULL}',
	'{1,2,3,4,5,6,7,8,9,10,1.5}', '[1,2,3,4,5,6,7,8,9,10,11]', '{1,2,3,4,5,6,7,8,9,10,}', '{0,0,0,0,0,-1,0,0,0,0,0}',
	'{9223372036854775808,0,0,0,0,0,0,0,0,0,0}', '{9223372036854775807,0,0,0,0,0,0,0,0,0,1}']) text;

-- Casts to and from arrays, and to JSON.
SELECT ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]::bigint[]::nps_summary::bigint[] AS there_and_back,
	nps_summary('[0:10]={1,2,3,4,5,6,7,8,9,10,11}'::bigint[]) AS other_subscripts,
	to_json('{1,2,3,4,5,6,7,8,9,10,11}'::nps_summary);
SELECT failure(format('SELECT %L::bigint[]::nps_summary', text))
FROM unnest(ARRAY['{}', '{1,2,3}', '{{1,2,3,4,5,6,7,8,9,10,11}}', '{1,2,3,4,5,6,7,8,9,10,NULL}', '{-1,2,3,4,5,6,7,8,9,10,11}',
	'{9223372036854775807,1,0,0,0,0,0,0,0,0,0}', '{1,2,3,4,5,6,7,8,9,10,11,12}', '{{1},{2},{3},{4},{5},{6},{7},{8},{9},{10},{11}}']) text;

-- What is in it.
SELECT nps_counts(s), nps_responses(s), nps_mean(s), nps_mean('{0,0,0,0,0,0,0,0,0,0,0}') IS NULL AS no_mean_of_nothing
FROM (VALUES ('{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary)) AS v (s);
SELECT nps_responses(nps_agg(score)) = count(score) AND round(nps_mean(nps_agg(score))::numeric, 9) = round(avg(score::integer), 9) AS as_counted
FROM answers;

-- Merge and take out.
SELECT a + b AS merged, a + b - b = a AS taken_out, (a + b) - (a + b) AS nothing
FROM (VALUES ('{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary, '{0,0,5,0,0,0,0,0,0,1,9}'::nps_summary)) AS v (a, b);
SELECT failure($$SELECT '{1,0,0,0,0,0,0,0,0,0,0}'::nps_summary - '{1,0,0,0,0,0,0,0,0,0,1}'::nps_summary$$);
SELECT failure($$SELECT '{9223372036854775807,0,0,0,0,0,0,0,0,0,0}'::nps_summary + '{1,0,0,0,0,0,0,0,0,0,0}'::nps_summary$$);
SELECT failure($$SELECT '{9223372036854775807,0,0,0,0,0,0,0,0,0,0}'::nps_summary + '{0,0,0,0,0,0,0,0,0,0,1}'::nps_summary$$);

-- Round trips of real summaries through text and binary COPY.
CREATE TEMP TABLE daily AS SELECT answered_at, segment, nps_agg(score) AS summary FROM answers GROUP BY 1, 2;
CREATE TEMP TABLE copied (LIKE daily);
\copy daily TO 'results/summary.copy'
\copy copied FROM 'results/summary.copy'
\copy daily TO 'results/summary.copy' (FORMAT binary)
\copy copied FROM 'results/summary.copy' (FORMAT binary)
SELECT (SELECT count(*) FROM copied) = 2 * count(*) AS all_there,
	NOT EXISTS (TABLE copied EXCEPT TABLE daily) AND NOT EXISTS (TABLE daily EXCEPT TABLE copied) AS the_same
FROM daily;

-- The wire form: a version and eleven counts, 89 bytes; and on disk 88, aligned as in memory.
SELECT nps_summary_send('{1,0,0,0,0,0,0,0,0,0,258}'), pg_column_size('{1,0,0,0,0,0,0,0,0,0,258}'::nps_summary);
SELECT typlen, typalign, typbyval, typstorage FROM pg_type WHERE oid = 'nps_summary'::regtype;

-- Binary input that no summary has. The binary form of bytea is its bytes: a way to send any.
CREATE TEMP TABLE wire (id integer, field bytea);
INSERT INTO wire VALUES
	(1, '\x02' || substr(nps_summary_send('{1,2,3,4,5,6,7,8,9,10,11}'), 2)),
	(2, overlay(nps_summary_send('{1,2,3,4,5,6,7,8,9,10,11}') PLACING '\xff' FROM 2)),
	(3, overlay(nps_summary_send('{9223372036854775807,0,0,0,0,0,0,0,0,0,0}') PLACING '\x01' FROM 17)),
	(4, substr(nps_summary_send('{1,2,3,4,5,6,7,8,9,10,11}'), 1, 88)),
	(5, nps_summary_send('{1,2,3,4,5,6,7,8,9,10,11}') || '\x00'),
	(6, ''),
	(7, nps_summary_send('{1,2,3,4,5,6,7,8,9,10,11}'));
CREATE TEMP TABLE receives (summary nps_summary);
\set VERBOSITY sqlstate
\set SHOW_CONTEXT never
\copy (SELECT field FROM wire WHERE id = 1) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\set VERBOSITY default
\copy (SELECT field FROM wire WHERE id = 2) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 3) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 4) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 5) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 6) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
\copy (SELECT field FROM wire WHERE id = 7) TO 'results/wire.copy' (FORMAT binary)
\copy receives FROM 'results/wire.copy' (FORMAT binary)
SELECT * FROM receives;

-- Equality, for DISTINCT, GROUP BY, joins and keys: by the counts.
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, a = a AS self
FROM (VALUES ('{0,0,0,0,0,0,0,0,0,0,1}'::nps_summary, '{0,0,0,0,0,0,0,0,0,1,0}'::nps_summary)) AS v (a, b);
SELECT a = b AS eq, a < b AS lt, b > a AS gt FROM (VALUES ('{0,0,0,0,0,0,0,0,0,0,5}'::nps_summary, '{4294967296,0,0,0,0,0,0,0,0,0,5}'::nps_summary), ('{0,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,0,0,0,3000000000}')) AS v (a, b);
SELECT count(*) AS days, count(DISTINCT summary) AS by_sort, (SELECT count(*) FROM (SELECT summary FROM daily GROUP BY summary) g) AS by_hash,
	count(DISTINCT summary::text) AS by_text
FROM daily;
SELECT count(DISTINCT nps_summary_hash(summary)) > 0.99 * count(DISTINCT summary) AS hash_spreads,
	count(DISTINCT nps_summary_hash_extended(summary, 1)) > 0.99 * count(DISTINCT summary) AS extended_spreads FROM daily;
-- With a seed of 0 the extended hash ends in the plain one; with others it differs.
SELECT bool_and(nps_summary_hash_extended(summary, 0) & 4294967295 = nps_summary_hash(summary) & 4294967295) AS seed_0, count(*) FILTER (WHERE nps_summary_hash_extended(summary, 1) = nps_summary_hash_extended(summary, 2)) < 0.01 * count(*) AS other_seeds FROM daily;
CREATE TEMP TABLE keyed (summary nps_summary PRIMARY KEY);
INSERT INTO keyed SELECT DISTINCT summary FROM daily;
SELECT failure('INSERT INTO keyed SELECT summary FROM keyed LIMIT 1') LIKE '23505%' AS is_unique;
ANALYZE keyed;
