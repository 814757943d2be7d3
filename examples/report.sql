-- The demo's report, for psql: needs the extension and the table of carpentries.sql.
\set QUIET on
\pset footer off
\pset null '-'

\echo
\echo 'Net Promoter Score of The Carpentries'' instructor training, June 2016 to September 2018'
\echo 'Data: The Carpentries, CC BY 4.0, tabulated. NPS in points from -100 to 100, with its 95 % interval.'
\echo 'Bars: promoters █, passives ▒, detractors ░'

\echo
\echo 'The whole survey'
SELECT result::numeric(5, 1) AS nps,
	(result).ci_lower::numeric(5, 1) || ' to ' || (result).ci_upper::numeric(5, 1) AS "95 % interval",
	(result).responses AS n, unanswered, (result).promoters, (result).passives, (result).detractors, bar
FROM (SELECT nps(score) AS result, nps_bar(nps_agg(score), 30) AS bar,
		count(*) FILTER (WHERE score IS NULL) AS unanswered
	FROM responses) survey;

SELECT score, responses, pct::numeric(4, 1) AS "%", bar
FROM nps_histogram((SELECT nps_agg(score) FROM responses));

\echo 'By quarter'
SELECT to_char(quarter, 'YYYY"Q"Q') AS quarter, result::numeric(5, 1) AS nps,
	(result).ci_lower::numeric(5, 1) || ' to ' || (result).ci_upper::numeric(5, 1) AS "95 % interval",
	(result).responses AS n, (result).promoters, (result).passives, (result).detractors, bar
FROM (SELECT date_trunc('quarter', answered_at) AS quarter, nps(score) AS result, nps_bar(nps_agg(score)) AS bar
	FROM responses GROUP BY 1) quarters
ORDER BY quarters.quarter;

\echo 'By the pace of the training'
SELECT COALESCE(pace, '(not said)') AS pace, result::numeric(5, 1) AS nps,
	(result).ci_lower::numeric(5, 1) || ' to ' || (result).ci_upper::numeric(5, 1) AS "95 % interval",
	(result).responses AS n, (result).promoters, (result).passives, (result).detractors, bar
FROM (SELECT pace, nps(score) AS result, nps_bar(nps_agg(score)) AS bar FROM responses GROUP BY pace) paces
ORDER BY (result).responses DESC;

\echo 'The trailing 90 days, at the last answer of each month of the last year'
SELECT answered_at AS "up to", result::numeric(5, 1) AS nps,
	(result).ci_lower::numeric(5, 1) || ' to ' || (result).ci_upper::numeric(5, 1) AS "95 % interval",
	(result).responses AS n, (result).promoters, (result).passives, (result).detractors, bar
FROM (SELECT DISTINCT ON (date_trunc('month', answered_at)) answered_at,
		nps(score) OVER last_90_days AS result, nps_bar(nps_agg(score) OVER last_90_days) AS bar
	FROM responses
	WINDOW last_90_days AS (ORDER BY answered_at RANGE BETWEEN '89 days' PRECEDING AND CURRENT ROW)
	ORDER BY date_trunc('month', answered_at) DESC, answered_at DESC
	LIMIT 12) months
ORDER BY answered_at;

\echo 'The quarters again, rolled up from one summary a day'
CREATE TEMP TABLE daily AS
SELECT answered_at AS day, nps_agg(score) AS summary FROM responses GROUP BY answered_at;

CREATE TEMP TABLE rolled_up AS
SELECT date_trunc('quarter', day) AS quarter, nps(summary) AS result, nps_bar(nps_agg(summary)) AS bar
FROM daily GROUP BY 1;

SELECT to_char(quarter, 'YYYY"Q"Q') AS quarter, result::numeric(5, 1) AS nps,
	(result).ci_lower::numeric(5, 1) || ' to ' || (result).ci_upper::numeric(5, 1) AS "95 % interval",
	(result).responses AS n, (result).promoters, (result).passives, (result).detractors, bar
FROM rolled_up
ORDER BY rolled_up.quarter;

SELECT (SELECT count(*) FROM responses) AS "raw rows", (SELECT count(*) FROM daily) AS "daily summaries",
	count(*) AS quarters, count(*) FILTER (WHERE rolled_up.result = direct.result) AS "equal to the raw quarters"
FROM rolled_up
JOIN (SELECT date_trunc('quarter', answered_at) AS quarter, nps(score) AS result FROM responses GROUP BY 1) direct USING (quarter);
