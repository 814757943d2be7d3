-- Scheduled by pg_cron: a summary a month and segment, kept in a table, and a roll-up that is refreshed.
--
-- Needs the extensions nps and pg_cron (Debian: postgresql-15-cron) and the view nps_answers, which bi_views.sql makes on
-- any table. Run it as the role that the jobs are to run as. It can be run again: jobs are known by their names, and replaced. Without pg_cron: monthly_report.sql.
-- How to set pg_cron up, which rights the role needs, what to do when a job fails: doc/scheduled.md.

-- == monthly_nps: what was reported

-- A summary, not a score: any confidence, any group of segments and any quarter can be had from it later.
CREATE TABLE IF NOT EXISTS monthly_nps (
	month date,
	segment text,
	summary nps_summary NOT NULL,
	taken_at timestamptz NOT NULL,	-- when the summary was last found to have changed
	PRIMARY KEY (month, segment)
);

-- On the 2nd of each month at 03:15 GMT, when the month before has ended in every time zone. The job takes that month
-- and, once more, the one before it: answers that came late are in, answers that were removed are out, and
-- a run that was missed is made up for. After that a month stays as it is. A run that finds nothing new
-- changes nothing. The segments already kept are counted too, without a score, so that one whose last answer
-- was removed ends at zero answers; but a month of which no row is left was dropped, and stays as kept.
SELECT cron.schedule('monthly NPS', '15 3 2 * *', $job$
	INSERT INTO monthly_nps AS kept (month, segment, summary, taken_at)
	SELECT month, segment, nps_agg(score), now()
	FROM (SELECT date_trunc('month', day::timestamp)::date AS month, segment, score
		FROM nps_answers
		WHERE day >= date_trunc('month', now() AT TIME ZONE 'UTC') - interval '2 months'
			AND day < date_trunc('month', now() AT TIME ZONE 'UTC')
		UNION ALL
		SELECT month, segment, NULL
		FROM monthly_nps
		WHERE month >= date_trunc('month', now() AT TIME ZONE 'UTC') - interval '2 months'
			AND month < date_trunc('month', now() AT TIME ZONE 'UTC')
			AND EXISTS (SELECT FROM nps_answers WHERE day >= month AND day < month + interval '1 month')) two_months
	GROUP BY month, segment
	ORDER BY month, segment
	ON CONFLICT (month, segment) DO UPDATE SET summary = excluded.summary, taken_at = excluded.taken_at
		WHERE kept.summary <> excluded.summary
$job$);

-- == daily_nps: the roll-up that dashboards read

-- The simplest of the three ways of rollup.sql. Those who took its first way schedule SELECT refresh_daily_nps() here.
CREATE MATERIALIZED VIEW IF NOT EXISTS daily_nps AS
SELECT day, segment, nps_agg(score) AS summary FROM nps_answers GROUP BY 1, 2;

-- REFRESH ... CONCURRENTLY needs it: readers go on with the old rows meanwhile.
CREATE UNIQUE INDEX IF NOT EXISTS daily_nps_key ON daily_nps (day, segment);

SELECT cron.schedule('daily NPS', '*/10 * * * *', 'REFRESH MATERIALIZED VIEW CONCURRENTLY daily_nps');
