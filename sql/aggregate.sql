-- nps() and nps_agg(): a result row and a summary from any column of scores.
SET search_path = public;
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET quote_all_identifiers = off;

SELECT nps, responses, promoters, passives, detractors, promoter_pct, passive_pct, detractor_pct, effective_responses
FROM (SELECT (nps(score)).* FROM (VALUES (10), (9), (8), (3)) AS v (score)) AS of_four;

-- No rows, all NULL, one row, NULLs among answers, a group emptied by FILTER.
SELECT nps(score) AS no_rows, nps_agg(score) FROM answers WHERE false;
SELECT nps(score) AS all_null, nps_agg(score) FROM answers WHERE score IS NULL;
SELECT nps_format(nps(score), 2) AS one_row FROM (VALUES (10)) AS v (score);
SELECT (nps(score)).responses AS without_nulls FROM (VALUES (10), (NULL), (0)) AS v (score);
SELECT segment, nps_format(nps(score) FILTER (WHERE segment > 1)) AS filtered FROM answers GROUP BY segment ORDER BY segment;

-- Against the formula by hand, per segment.
SELECT segment, round(r.nps::numeric, 9) = round(by_hand.nps, 9) AS nps, r.responses = by_hand.responses AS responses,
	r.promoters = by_hand.promoters AS promoters, r.passives = by_hand.passives AS passives, r.detractors = by_hand.detractors AS detractors,
	round(r.promoter_pct::numeric, 9) = round(100.0 * by_hand.promoters / by_hand.responses, 9) AS promoter_pct,
	round(r.standard_error::numeric, 9) = round(100 * sqrt((by_hand.promoters + by_hand.detractors
		- (by_hand.promoters - by_hand.detractors) ^ 2.0 / by_hand.responses) / by_hand.responses ^ 2.0), 9) AS standard_error
FROM (SELECT segment, (nps(score)).* FROM answers GROUP BY segment) r
JOIN (SELECT segment, 100.0 * (sum(promoter) - sum(detractor)) / count(*) AS nps, count(*) AS responses,
		sum(promoter) AS promoters, sum(passive) AS passives, sum(detractor) AS detractors
	FROM answers_by_hand GROUP BY segment) by_hand USING (segment)
ORDER BY segment;

-- Every type of number gives the same row, a domain over one too, and stored summaries.
CREATE DOMAIN recommendation AS smallint CHECK (VALUE BETWEEN 0 AND 10);
CREATE TEMP TABLE typed AS
SELECT segment, score, score::smallint AS i2, score::integer AS i4, score::bigint AS i8, score::numeric AS n, score::real AS f4,
	score::double precision AS f8, score::smallint::recommendation AS d
FROM answers;
SELECT count(DISTINCT r) AS results, count(r) AS of_columns
FROM (SELECT unnest(ARRAY[nps(score), nps(i2), nps(i4), nps(i8), nps(n), nps(f4), nps(f8), nps(d)]) AS r FROM typed) results;
SELECT count(DISTINCT s) AS summaries, count(s) AS of_columns
FROM (SELECT unnest(ARRAY[nps_agg(score), nps_agg(i2), nps_agg(i4), nps_agg(i8), nps_agg(n), nps_agg(f4), nps_agg(f8), nps_agg(d)]) AS s
	FROM typed) summaries;
SELECT nps(summary) = (SELECT nps(score) FROM answers) AS pooled, nps_agg(summary) = (SELECT nps_agg(score) FROM answers) AS merged
FROM (SELECT nps_agg(score) AS summary FROM answers GROUP BY answered_at) daily;
SELECT nps(summary) AS no_summaries, nps_agg(summary) FROM (VALUES (NULL::nps_summary)) AS v (summary);

-- The merge is pooled: quarters of 1 and 99 answers do not weigh the same.
SELECT (nps(summary)).nps AS pooled, avg((nps_estimate(summary)).nps) AS average_of_averages
FROM (VALUES ('{0,0,0,0,0,0,0,0,0,0,1}'::nps_summary), ('{99,0,0,0,0,0,0,0,0,0,0}')) AS v (summary);

-- DISTINCT, ORDER BY inside, GROUPING SETS with a total.
SELECT (nps(DISTINCT score)).responses AS distinct_scores, (nps(score ORDER BY id DESC)) = nps(score) AS order_is_no_matter FROM answers;
SELECT segment, nps_responses(nps_agg(score)) AS responses,
	nps(score) = (SELECT nps(score) FROM answers a WHERE a.segment = answers.segment OR answers.segment IS NULL) AS same_row
FROM answers GROUP BY GROUPING SETS ((segment), ()) ORDER BY segment NULLS LAST;

-- An aggregate and its _agg over one argument can share one transition: all that accumulates is the same.
SELECT a.aggfnoid::regprocedure, a.aggtransfn = b.aggtransfn AND a.aggtranstype = b.aggtranstype AND a.agginitval = b.agginitval
	AND a.aggmtransfn = b.aggmtransfn AND a.aggminvtransfn = b.aggminvtransfn AND a.aggfinalmodify = 'r' AS shares_with_agg
FROM pg_aggregate a JOIN pg_proc pa ON pa.oid = a.aggfnoid AND pa.proname IN ('nps', 'nps_weighted', 'nps_clustered')
JOIN pg_proc pb ON pb.proname = pa.proname || '_agg' AND pb.proargtypes = pa.proargtypes JOIN pg_aggregate b ON b.aggfnoid = pb.oid
ORDER BY 1;

-- A final or transition function called by hand changes no stored value.
CREATE TEMP TABLE stored (summary nps_summary);
INSERT INTO stored VALUES ('{1,0,0,0,0,0,0,0,0,0,0}');
SELECT nps_accum(summary, 5), nps_accum_inv(summary, 0), summary + summary AS added, summary - summary AS subtracted, (nps_final(summary)).responses FROM stored;
TABLE stored;

-- So many responses that they do not fit.
SELECT failure($$SELECT nps_agg(s) FROM (VALUES ('{9223372036854775807,0,0,0,0,0,0,0,0,0,0}'::nps_summary), ('{0,0,0,0,0,0,0,0,0,0,1}')) AS v (s)$$);
SELECT failure($$SELECT nps(s) FROM (VALUES ('{9223372036854775807,0,0,0,0,0,0,0,0,0,0}'::nps_summary), ('{1,0,0,0,0,0,0,0,0,0,0}')) AS v (s)$$);
SELECT failure($$SELECT nps_accum('{9223372036854775807,0,0,0,0,0,0,0,0,0,0}', 0)$$), failure($$SELECT nps_accum('{9223372036854775807,0,0,0,0,0,0,0,0,0,0}', 1)$$);
SELECT failure($$SELECT nps_accum_inv('{0,0,0,0,0,0,0,0,0,0,0}', 3)$$);
SELECT (nps(s)).responses AS most FROM (VALUES ('{9223372036854775806,0,0,0,0,0,0,0,0,0,0}'::nps_summary), ('{0,0,0,0,0,0,0,0,0,0,1}')) AS v (s);
