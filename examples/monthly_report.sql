-- The monthly report as a plain psql script, for cron or a systemd timer: keeps a summary a month and segment in the
-- table monthly_nps, and prints the month with its change against the month before.
--
--   psql -X -v ON_ERROR_STOP=1 -d survey -f monthly_report.sql                        the past month
--   psql -X -v ON_ERROR_STOP=1 -d survey -f monthly_report.sql -v month=2018-05-01    the month of that day
--
-- Needs the extension nps and the view nps_answers, which bi_views.sql makes on any table. It can be run again at any time.
-- Rights, crontab and timer: doc/scheduled.md.

\set ON_ERROR_STOP on
\set QUIET on
\pset footer off
\pset null '-'

\if :{?month}
	SELECT date_trunc('month', :'month'::timestamp)::date AS reported \gset
\else
	SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month')::date AS reported \gset
\endif

-- == keep: the same table and the same rows as those of scheduled_report.sql

-- Asked before, because CREATE TABLE IF NOT EXISTS wants the right to create even where the table is there.
SELECT to_regclass('monthly_nps') IS NULL AS first_run \gset
\if :first_run
	CREATE TABLE monthly_nps (
		month date,
		segment text,
		summary nps_summary NOT NULL,
		taken_at timestamptz NOT NULL,	-- when the summary was last found to have changed
		PRIMARY KEY (month, segment)
	);
\endif

-- The month and, once more, the one before it: answers that came late are in, answers that were removed are
-- out, and a run that was missed is made up for. The segments already kept are counted too, without a score, so
-- that one whose last answer was removed ends at zero answers instead of keeping what it had.
INSERT INTO monthly_nps AS kept (month, segment, summary, taken_at)
SELECT month, segment, nps_agg(score), now()
FROM (SELECT date_trunc('month', day::timestamp)::date AS month, segment, score
	FROM nps_answers
	WHERE day >= :'reported'::date - interval '1 month' AND day < :'reported'::date + interval '1 month'
	UNION ALL
	SELECT month, segment, NULL
	FROM monthly_nps
	WHERE month >= :'reported'::date - interval '1 month' AND month <= :'reported'
		AND EXISTS (SELECT FROM nps_answers WHERE day >= month AND day < month + interval '1 month')) two_months
GROUP BY month, segment
ORDER BY month, segment
ON CONFLICT (month, segment) DO UPDATE SET summary = excluded.summary, taken_at = excluded.taken_at
	WHERE kept.summary <> excluded.summary;

-- == report: from what is kept: it can be printed when the answers themselves are gone

SELECT 'NPS of ' || to_char(:'reported'::date, 'YYYY-MM') || ' with its 95 % interval, and the change against the month before' AS title \gset
\qecho :title

SELECT COALESCE(segment, 'all segments') AS segment, nps_format(nps_estimate(summary)) AS "this month",
	nps_format(nps_estimate(summary_before)) AS "month before",
	nps_format(change) AS change
FROM (SELECT segment, nps_agg(summary) FILTER (WHERE month = :'reported') AS summary,
		nps_agg(summary) FILTER (WHERE month < :'reported') AS summary_before
	FROM monthly_nps
	WHERE month >= :'reported'::date - interval '1 month' AND month <= :'reported'
	GROUP BY ROLLUP (segment)) segments
CROSS JOIN nps_test(summary, summary_before) change
ORDER BY segments.segment NULLS LAST;
