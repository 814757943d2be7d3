#!/bin/sh
# A report as one HTML page: the last complete quarter, its change, charts and tables; nothing from elsewhere.
#
# usage: examples/report.sh [psql's connection arguments] > report.html
#
# Needs psql, the extension and the views of bi_views.sql, which know the table:
#   psql -v responses=my_table -v day=created_at -v score=score -v segment=plan -f examples/bi_views.sql
# -v title='...' names the survey. The page is written only when every query has succeeded; else nothing is, and the
# exit status is psql's.
set -eu

body=$(PGCLIENTENCODING=UTF8 psql -X -q -v ON_ERROR_STOP=1 "$@" -f - <<'SQL'
\set QUIET on
\pset footer off
\pset border 0
\pset null ''
\if :{?title}
\else
	\set title 'Net Promoter Score'
\endif

-- Every figure is of the same moment.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

\pset format unaligned
\pset tuples_only on
SELECT '<h1>' || replace(replace(replace(:'title', '&', '&amp;'), '<', '&lt;'), '>', '&gt;') || '</h1>';

-- The headline; without a complete quarter, a word.
SELECT format('<p class="headline"><strong>%s</strong> %s in %s</p>' || E'\n', to_char(nps, 'FM990.0'), rating, label)
	|| format('<p>95 %% interval from %s to %s, from %s responses: %s %% promoters, %s %% passives, %s %% detractors.</p>' || E'\n',
		to_char(ci_lower, 'FM990.0'), to_char(ci_upper, 'FM990.0'), responses,
		to_char(promoter_pct, 'FM990.0'), to_char(passive_pct, 'FM990.0'), to_char(detractor_pct, 'FM990.0'))
	|| format('<p class="verdict %s">%s</p>', replace(verdict, ' ', '-'),
		CASE verdict WHEN 'nothing to compare' THEN 'There is nothing to compare it with: no responses in ' || label_before || '.'
			ELSE format('%s against %s, which had %s: %s points, 95 %% interval from %s to %s, p %s.',
				CASE verdict WHEN 'higher' THEN '▲ Higher' WHEN 'lower' THEN '▼ Lower' ELSE 'No clear change' END, label_before, to_char(nps_before, 'FM990.0'),
				to_char(change, 'FMSG990.0'), to_char(change_ci_lower, 'FM990.0'), to_char(change_ci_upper, 'FM990.0'),
				CASE WHEN change_p_value < 0.001 THEN '&lt; 0.001' ELSE '= ' || to_char(change_p_value, 'FM0.000') END) END)
	|| CASE WHEN target IS NULL THEN '' ELSE format(E'\n<p>%s (%s).</p>', upper(left(target_verdict, 1)) || substr(target_verdict, 2), to_char(target, 'FM990.0')) END
FROM nps_latest
UNION ALL
SELECT CASE WHEN (SELECT count(score) FROM nps_answers) = 0 THEN '<p>No responses.</p>' ELSE '<p>No quarter is complete yet.</p>' END
WHERE NOT EXISTS (SELECT FROM nps_latest);

SELECT format('<p>The whole survey: %s from %s responses, from %s to %s, beside %s without a score.</p>', to_char((result).nps, 'FM990.0'), (result).responses,
	to_char(first, 'YYYY-MM-DD'), to_char(last, 'YYYY-MM-DD'), unanswered)
FROM (SELECT nps_round(nps(score)) AS result, min(day) AS first, max(day) AS last, count(*) FILTER (WHERE score IS NULL) AS unanswered FROM nps_answers) survey
WHERE (result).responses > 0;

\echo '<h2>By quarter</h2>'
SELECT nps_line_chart(label || CASE WHEN is_complete THEN '' ELSE ' (running)' END, summary, 'Net Promoter Score by quarter', target ORDER BY quarter)
FROM (SELECT quarter, label, is_complete, nps_agg(score) AS summary
	FROM nps_quarterly JOIN nps_answers ON day BETWEEN quarter AND period_end GROUP BY 1, 2, 3 ORDER BY quarter DESC LIMIT 40) quarters
CROSS JOIN (SELECT (SELECT target FROM nps_latest) AS target) targets;

\pset format html
\pset tuples_only off
\pset title 'Each quarter, and its change against the quarter before'
SELECT label || CASE WHEN is_complete THEN '' ELSE ' (running)' END AS "Quarter", to_char(nps, 'FM990.0') AS "NPS",
	to_char(ci_lower, 'FM990.0') || ' to ' || to_char(ci_upper, 'FM990.0') AS "95 % interval", responses AS "n",
	to_char(change, 'FMSG990.0') AS "Change", CASE verdict WHEN 'higher' THEN '▲ higher' WHEN 'lower' THEN '▼ lower' END AS "Verdict",
	CASE WHEN change_p_value < 0.001 THEN '< 0.001' ELSE to_char(change_p_value, 'FM0.000') END AS "p-value",
	to_char(promoter_pct, 'FM990.0') AS "Promoters %", to_char(passive_pct, 'FM990.0') AS "Passives %", to_char(detractor_pct, 'FM990.0') AS "Detractors %"
FROM nps_quarterly
ORDER BY quarter;

-- Of very many, those with the most responses.
\echo '<h2>By segment</h2>'
\pset format unaligned
\pset tuples_only on
SELECT nps_ranking_chart(segment, summary, 'Net Promoter Score by segment', target ORDER BY sort_key)
FROM (SELECT segment, sort_key, nps_agg(score) AS summary
	FROM (SELECT segment, sort_key FROM nps_by_segment ORDER BY responses DESC, segment LIMIT 30) most JOIN nps_answers USING (segment) GROUP BY 1, 2) segments
CROSS JOIN (SELECT (SELECT target FROM nps_latest) AS target) targets
HAVING count(*) > 1;
\pset format html
\pset tuples_only off
\pset title 'Each segment over the whole time, the highest score first'
\pset tableattr 'class="segments"'
SELECT segment AS "Segment", to_char(nps, 'FM990.0') AS "NPS", to_char(ci_lower, 'FM990.0') || ' to ' || to_char(ci_upper, 'FM990.0') AS "95 % interval",
	responses AS "n", to_char(promoter_pct, 'FM990.0') AS "Promoters %", to_char(passive_pct, 'FM990.0') AS "Passives %",
	to_char(detractor_pct, 'FM990.0') AS "Detractors %"
FROM nps_by_segment
ORDER BY sort_key;

-- Bars that the browser draws. Nothing here is anyone's text.
\echo '<h2>By score</h2>'
\pset format unaligned
\pset tuples_only on
SELECT '<table class="bars"><caption>How often each score was given</caption>' || E'\n'
	|| '<tr><th>Score</th><th>n</th><th>%</th><th class="bar"></th></tr>' || E'\n'
	|| string_agg(format('<tr valign="top"><td>%s</td><td>%s</td><td>%s</td><td class="bar"><span class="%s" style="width: %s%%"></span></td></tr>',
		score, responses, to_char(pct, 'FM990.0'), category, round((100 * pct / most)::numeric, 1)), E'\n' ORDER BY score DESC)
	|| E'\n</table>'
FROM (SELECT *, max(pct) OVER () AS most FROM nps_distribution) distribution
WHERE most > 0;

COMMIT;
SQL
)

cat <<'HTML'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
HTML
printf '<title>%s</title>\n' "$(printf '%s\n' "$body" | sed -n 's|^<h1>\(.*\)</h1>$|\1|p;/^<h1>/q')"
cat <<'HTML'
<style>
:root { color-scheme: light dark; --page: #fff; --ink: #222; --soft: #555; --line: #ddd; --higher: #00714f; --lower: #b03a00;
	--promoter: #0072b2; --passive: #98a2ad; --detractor: #d55e00; }
@media (prefers-color-scheme: dark) {
	:root { --page: #10151c; --ink: #e8edf2; --soft: #a3afbb; --line: #2c3743; --higher: #3fc79a; --lower: #ff9a5c;
		--promoter: #56b4e9; --passive: #74808d; --detractor: #e8772e; }
}
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--page);
	font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 1rem; }
p { margin: 0.25rem 0; }
.headline { font-size: 1.5rem; }
.headline strong { font-size: 3.5rem; line-height: 1.1; }
.verdict { font-weight: 600; }
.higher { color: var(--higher); }
.lower { color: var(--lower); }
svg { display: block; width: 100%; max-width: 40rem; height: auto; }
table { width: 100%; margin: 1.5rem 0; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { margin-bottom: 0.5rem; text-align: left; color: var(--soft); }
th, td { padding: 0.3rem 0.5rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
.segments td:first-child { overflow-wrap: anywhere; }
th { border-bottom-color: var(--soft); vertical-align: bottom; white-space: normal; }
.bar { width: 70%; }
.bar span { display: block; height: 1.1rem; min-width: 1px; border-radius: 2px; }
.bar .promoter { background: var(--promoter); }
.bar .passive { background: var(--passive); }
.bar .detractor { background: var(--detractor); }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.875rem; }
@media (max-width: 40rem) {
	table { font-size: 0.78rem; }
	th, td { padding: 0.3rem 0.2rem; }
	th:nth-child(n + 7), td:nth-child(n + 7), .segments th:nth-child(n + 5), .segments td:nth-child(n + 5) { display: none; }
}
</style>
</head>
<body>
HTML
printf '%s\n' "$body"
cat <<'HTML'
<footer>
<p>The score is the percentage of promoters (9 and 10) minus that of detractors (0 to 6), from -100 to 100. Intervals are
score intervals at 95 %. A change is called higher or lower where its p-value is below 0.05: chance alone would then explain
one as large in fewer than 5 of 100 cases.</p>
</footer>
</body>
</html>
HTML
