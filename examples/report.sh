#!/bin/sh
# The demo's report as one HTML page: figures, chart and tables, nothing from elsewhere.
#
# usage: examples/report.sh [psql's connection arguments] > report.html
#
# Needs psql, the extension and the table responses of carpentries.sql. The page is written only
# when every query has succeeded; else nothing is, and the exit status is psql's.
set -eu

body=$(PGCLIENTENCODING=UTF8 psql -X -q -v ON_ERROR_STOP=1 "$@" -f - <<'SQL'
\set QUIET on
\pset footer off
\pset border 0

-- Every figure is of the same moment.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

\pset format unaligned
\pset tuples_only on
SELECT CASE WHEN (result).responses = 0 THEN '<p>No responses.</p>' ELSE
	format('<p class="headline"><strong>%s</strong> %s</p>' || E'\n'
		|| '<p>95 %% interval from %s to %s. %s responses from %s to %s, beside %s without a score: '
		|| '%s %% promoters, %s %% passives, %s %% detractors.</p>',
		to_char((result).nps, 'FM990.0'), nps_rating((result).nps),
		to_char((result).ci_lower, 'FM990.0'), to_char((result).ci_upper, 'FM990.0'),
		(result).responses, to_char(first, 'YYYY-MM-DD'), to_char(last, 'YYYY-MM-DD'), unanswered,
		to_char((result).promoter_pct, 'FM990.0'), to_char((result).passive_pct, 'FM990.0'),
		to_char((result).detractor_pct, 'FM990.0')) END
FROM (SELECT nps_round(nps(score)) AS result, min(answered_at) AS first, max(answered_at) AS last,
		count(*) FILTER (WHERE score IS NULL) AS unanswered
	FROM responses) survey;

\echo '<h2>By quarter</h2>'
SELECT nps_chart(to_char(quarter, 'YYYY"Q"Q'), summary, 'Net Promoter Score by quarter' ORDER BY quarter)
FROM (SELECT date_trunc('quarter', answered_at::timestamp) AS quarter, nps_agg(score) AS summary
	FROM responses GROUP BY 1) quarters;

\pset format html
\pset tuples_only off
\pset title 'Each quarter, and its change against the quarter before'
WITH quarters AS (
	SELECT date_trunc('quarter', answered_at::timestamp) AS quarter, nps_agg(score) AS summary, nps_round(nps(score)) AS result
	FROM responses GROUP BY 1
)
SELECT to_char(quarter, 'YYYY"Q"Q') AS "Quarter", to_char((result).nps, 'FM990.0') AS "NPS",
	to_char((result).ci_lower, 'FM990.0') || ' to ' || to_char((result).ci_upper, 'FM990.0') AS "95 % interval",
	(result).responses AS "n", to_char((result).promoter_pct, 'FM990.0') AS "Promoters %",
	to_char((result).passive_pct, 'FM990.0') AS "Passives %", to_char((result).detractor_pct, 'FM990.0') AS "Detractors %",
	to_char(difference, 'FMSG990.0') AS "Change",
	CASE WHEN p_value < 0.001 THEN '< 0.001' ELSE to_char(p_value, 'FM0.000') END AS "p-value"
FROM quarters
LEFT JOIN (SELECT quarter + interval '3 months' AS quarter, summary AS before FROM quarters) previous USING (quarter)
CROSS JOIN LATERAL nps_round(nps_test(summary, before))
ORDER BY quarters.quarter;

\echo '<h2>By the pace of the training</h2>'
\pset title 'Each answer to the question about the pace'
SELECT COALESCE(pace, '(not said)') AS "Pace", to_char((result).nps, 'FM990.0') AS "NPS",
	to_char((result).ci_lower, 'FM990.0') || ' to ' || to_char((result).ci_upper, 'FM990.0') AS "95 % interval",
	(result).responses AS "n", to_char((result).promoter_pct, 'FM990.0') AS "Promoters %",
	to_char((result).passive_pct, 'FM990.0') AS "Passives %", to_char((result).detractor_pct, 'FM990.0') AS "Detractors %"
FROM (SELECT pace, nps_round(nps(score)) AS result FROM responses GROUP BY pace) paces
ORDER BY (result).responses DESC, pace;

\echo '<h2>By score</h2>'
\pset tableattr 'class="bars"'
\pset title 'How often each score was given'
SELECT score AS "Score", responses AS "n", to_char(pct::numeric, 'FM990.0') AS "%", bar AS "Bar"
FROM nps_histogram((SELECT nps_agg(score) FROM responses))
ORDER BY score DESC;

COMMIT;
SQL
)

cat <<'HTML'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Net Promoter Score of the instructor training</title>
<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff;
	font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
h1, h2 { line-height: 1.2; }
h2 { margin: 2.5rem 0 1rem; }
.headline { margin: 0; font-size: 1.5rem; }
.headline strong { font-size: 3rem; }
svg { display: block; max-width: 100%; height: auto; }
table { width: 100%; margin: 1.5rem 0; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { margin-bottom: 0.5rem; text-align: left; color: #555; }
th, td { padding: 0.3rem 0.6rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
th:first-child, td:first-child, .bars th:last-child, .bars td:last-child { text-align: left; }
th { border-bottom-color: #666; vertical-align: bottom; }
footer { margin-top: 3rem; color: #555; font-size: 0.875rem; }
</style>
</head>
<body>
<h1>Net Promoter Score of the instructor training</h1>
HTML
printf '%s\n' "$body"
cat <<'HTML'
<footer>
<p>The score is the percentage of promoters (9 and 10) minus that of detractors (0 to 6), from -100 to 100. Intervals are
score intervals at 95 %. A p-value below 0.05 says that a change is more than chance would explain.</p>
<p>Data: The Carpentries, instructor training survey, CC BY 4.0, tabulated.</p>
</footer>
</body>
</html>
HTML
