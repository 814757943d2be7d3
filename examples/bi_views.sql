-- Flat views for BI tools: one row a point of the chart, columns of plain types only (date, text, bigint,
-- double precision), so that every tool that reads PostgreSQL can plot them. Needs the extension nps.
--
--   nps_answers        one row a response; all other views read this one
--   nps_quarterly      one row a quarter, with the change against the quarter before
--   nps_monthly        one row a month, with the change against the month before
--   nps_rolling        one row a day: the responses of the 90 days up to it
--   nps_by_segment     one row a segment
--   nps_changes        two rows a quarter: against the quarter before, against the same quarter last year
--   nps_distribution   one row for each of the answers 0 to 10
--
-- To use them on a table of your own, change nps_answers and nothing else: its table and its three
-- columns. A timestamp with time zone becomes a day in a time zone that you write out:
-- (answered_at AT TIME ZONE 'Europe/Berlin')::date. Without segments, write 'all' AS segment. A response
-- without a day has no place here: leave it out with WHERE answered_at IS NOT NULL.
--
-- Figures are in points or percent and unrounded: let the tool format them. Intervals are at 95 %; a p-value below
-- 0.05 is a clear change. Never let a tool average or add up the column nps: an average of averages is
-- another figure. Counts may be added up: 100.0 * (sum(promoters) - sum(detractors)) / sum(responses) is the
-- score of any rows of nps_quarterly, nps_monthly or nps_by_segment, and
-- nps_from_counts(sum(promoters), sum(passives), sum(detractors)) is their row with its interval. (The days of
-- nps_rolling overlap.)
--
-- Who may read a view needs no right on the table: GRANT SELECT ON nps_quarterly TO ... is enough.
--
-- What it costs: each query reads all responses, nps_rolling twice; two million of them take about half a second. Where
-- that is too long, store a view, CREATE MATERIALIZED VIEW stored_quarterly AS TABLE nps_quarterly, and have a job
-- refresh it: see scheduled_report.sql. This file can be run again at any time.

BEGIN;

-- == nps_answers: the only view that knows your table

CREATE OR REPLACE VIEW nps_answers AS
SELECT answered_at AS day, COALESCE(pace, '(not said)') AS segment, score::bigint AS score
FROM responses;

-- == nps_quarterly

CREATE OR REPLACE VIEW nps_quarterly AS
SELECT quarter, nps, result.ci_lower, result.ci_upper, responses, unanswered, promoters, passives, detractors,
	promoter_pct, passive_pct, detractor_pct, difference AS change, p_value AS change_p_value
FROM (SELECT quarter, summary, unanswered, nps_agg(summary) OVER quarter_before AS summary_before
	FROM (SELECT date_trunc('quarter', day::timestamp)::date AS quarter, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1) quarters
	WINDOW quarter_before AS (ORDER BY quarter RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING)) both_quarters
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_monthly

CREATE OR REPLACE VIEW nps_monthly AS
SELECT month, nps, result.ci_lower, result.ci_upper, responses, unanswered, promoters, passives, detractors,
	promoter_pct, passive_pct, detractor_pct, difference AS change, p_value AS change_p_value
FROM (SELECT month, summary, unanswered, nps_agg(summary) OVER month_before AS summary_before
	FROM (SELECT date_trunc('month', day::timestamp)::date AS month, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1) months
	WINDOW month_before AS (ORDER BY month RANGE BETWEEN '1 month' PRECEDING AND '1 month' PRECEDING)) both_months
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_rolling

-- Every day from the first answer to the last, also those without one: a line over time has no holes.
CREATE OR REPLACE VIEW nps_rolling AS
SELECT day, (result).nps, (result).ci_lower, (result).ci_upper, (result).responses,
	(result).promoters, (result).passives, (result).detractors,
	(result).promoter_pct, (result).passive_pct, (result).detractor_pct
FROM (SELECT day, nps(summary) OVER (ORDER BY day RANGE BETWEEN '89 days' PRECEDING AND CURRENT ROW) AS result
	FROM (SELECT generate_series(min(day)::timestamp, max(day)::timestamp, '1 day')::date AS day FROM nps_answers) calendar
	LEFT JOIN (SELECT day, nps_agg(score) AS summary FROM nps_answers GROUP BY day) days USING (day)) windows;

-- == nps_by_segment

CREATE OR REPLACE VIEW nps_by_segment AS
SELECT segment, (result).nps, (result).ci_lower, (result).ci_upper, (result).responses, unanswered,
	(result).promoters, (result).passives, (result).detractors,
	(result).promoter_pct, (result).passive_pct, (result).detractor_pct
FROM (SELECT segment, nps(score) AS result, count(*) FILTER (WHERE score IS NULL) AS unanswered
	FROM nps_answers GROUP BY segment) segments;

-- == nps_changes

CREATE OR REPLACE VIEW nps_changes AS
SELECT quarter, compared_with, result.nps, result.responses,
	result_before.nps AS nps_before, result_before.responses AS responses_before,
	difference, test.ci_lower, test.ci_upper, p_value,
	CASE WHEN p_value IS NULL THEN 'nothing to compare'
		WHEN NOT significant THEN 'no clear change'
		WHEN difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict
FROM (SELECT quarter, summary,
		nps_agg(summary) OVER (ORDER BY quarter RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING) AS quarter_before,
		nps_agg(summary) OVER (ORDER BY quarter RANGE BETWEEN '1 year' PRECEDING AND '1 year' PRECEDING) AS year_before
	FROM (SELECT date_trunc('quarter', day::timestamp)::date AS quarter, nps_agg(score) AS summary
		FROM nps_answers GROUP BY 1) quarters) with_earlier
CROSS JOIN LATERAL (VALUES ('quarter before', quarter_before), ('same quarter last year', year_before))
	AS comparisons (compared_with, summary_before)
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_estimate(summary_before) AS result_before
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_distribution

CREATE OR REPLACE VIEW nps_distribution AS
SELECT score::bigint AS score, nps_category(score)::text AS category, responses, pct
FROM nps_histogram((SELECT nps_agg(score) FROM nps_answers));

-- == comments: units, and what NULL means; most BI tools show them beside the column

COMMENT ON VIEW nps_answers IS 'One row a response: what the other nps views read';
COMMENT ON COLUMN nps_answers.day IS 'Day of the answer; never NULL';
COMMENT ON COLUMN nps_answers.segment IS 'Segment of the one who answered; (not said) where it is not known; never NULL';
COMMENT ON COLUMN nps_answers.score IS 'The answer, 0 to 10; NULL where the question was left blank';

COMMENT ON VIEW nps_quarterly IS 'Net Promoter Score a quarter';
COMMENT ON COLUMN nps_quarterly.quarter IS 'First day of the quarter; quarters without any row are missing; never NULL';
COMMENT ON COLUMN nps_quarterly.nps IS 'Net Promoter Score, points from -100 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_quarterly.ci_lower IS 'Lower end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_quarterly.ci_upper IS 'Upper end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_quarterly.responses IS 'Number of answers that hold a score; never NULL';
COMMENT ON COLUMN nps_quarterly.unanswered IS 'Number of rows without a score, which count for nothing else; never NULL';
COMMENT ON COLUMN nps_quarterly.promoters IS 'Number of answers 9 and 10; never NULL';
COMMENT ON COLUMN nps_quarterly.passives IS 'Number of answers 7 and 8; never NULL';
COMMENT ON COLUMN nps_quarterly.detractors IS 'Number of answers 0 to 6; never NULL';
COMMENT ON COLUMN nps_quarterly.promoter_pct IS 'Promoters as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_quarterly.passive_pct IS 'Passives as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_quarterly.detractor_pct IS 'Detractors as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_quarterly.change IS 'nps minus that of the quarter before, points; NULL where either has no responses';
COMMENT ON COLUMN nps_quarterly.change_p_value IS 'Probability, 0 to 1, of a change as large by chance alone; below 0.05 it is news; NULL where either quarter has no responses';

COMMENT ON VIEW nps_monthly IS 'Net Promoter Score a month';
COMMENT ON COLUMN nps_monthly.month IS 'First day of the month; months without any row are missing; never NULL';
COMMENT ON COLUMN nps_monthly.nps IS 'Net Promoter Score, points from -100 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_monthly.ci_lower IS 'Lower end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_monthly.ci_upper IS 'Upper end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_monthly.responses IS 'Number of answers that hold a score; never NULL';
COMMENT ON COLUMN nps_monthly.unanswered IS 'Number of rows without a score, which count for nothing else; never NULL';
COMMENT ON COLUMN nps_monthly.promoters IS 'Number of answers 9 and 10; never NULL';
COMMENT ON COLUMN nps_monthly.passives IS 'Number of answers 7 and 8; never NULL';
COMMENT ON COLUMN nps_monthly.detractors IS 'Number of answers 0 to 6; never NULL';
COMMENT ON COLUMN nps_monthly.promoter_pct IS 'Promoters as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_monthly.passive_pct IS 'Passives as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_monthly.detractor_pct IS 'Detractors as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_monthly.change IS 'nps minus that of the month before, points; NULL where either has no responses';
COMMENT ON COLUMN nps_monthly.change_p_value IS 'Probability, 0 to 1, of a change as large by chance alone; below 0.05 it is news; NULL where either month has no responses';

COMMENT ON VIEW nps_rolling IS 'Net Promoter Score of the trailing 90 days, a row a day';
COMMENT ON COLUMN nps_rolling.day IS 'Last of the 90 days that the row is about, from the first answer to the last; the first 89 rows look back on fewer days; never NULL';
COMMENT ON COLUMN nps_rolling.nps IS 'Net Promoter Score, points from -100 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_rolling.ci_lower IS 'Lower end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_rolling.ci_upper IS 'Upper end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_rolling.responses IS 'Number of answers that hold a score; never NULL';
COMMENT ON COLUMN nps_rolling.promoters IS 'Number of answers 9 and 10; never NULL';
COMMENT ON COLUMN nps_rolling.passives IS 'Number of answers 7 and 8; never NULL';
COMMENT ON COLUMN nps_rolling.detractors IS 'Number of answers 0 to 6; never NULL';
COMMENT ON COLUMN nps_rolling.promoter_pct IS 'Promoters as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_rolling.passive_pct IS 'Passives as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_rolling.detractor_pct IS 'Detractors as percent of responses, 0 to 100; NULL where there are no responses';

COMMENT ON VIEW nps_by_segment IS 'Net Promoter Score of each segment over the whole time';
COMMENT ON COLUMN nps_by_segment.segment IS 'Segment of those who answered; (not said) where it is not known; never NULL';
COMMENT ON COLUMN nps_by_segment.nps IS 'Net Promoter Score, points from -100 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_by_segment.ci_lower IS 'Lower end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_by_segment.ci_upper IS 'Upper end of the 95 % interval of nps, points; NULL where there are no responses';
COMMENT ON COLUMN nps_by_segment.responses IS 'Number of answers that hold a score; never NULL';
COMMENT ON COLUMN nps_by_segment.unanswered IS 'Number of rows without a score, which count for nothing else; never NULL';
COMMENT ON COLUMN nps_by_segment.promoters IS 'Number of answers 9 and 10; never NULL';
COMMENT ON COLUMN nps_by_segment.passives IS 'Number of answers 7 and 8; never NULL';
COMMENT ON COLUMN nps_by_segment.detractors IS 'Number of answers 0 to 6; never NULL';
COMMENT ON COLUMN nps_by_segment.promoter_pct IS 'Promoters as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_by_segment.passive_pct IS 'Passives as percent of responses, 0 to 100; NULL where there are no responses';
COMMENT ON COLUMN nps_by_segment.detractor_pct IS 'Detractors as percent of responses, 0 to 100; NULL where there are no responses';

COMMENT ON VIEW nps_changes IS 'Each quarter against the quarter before and against the same quarter last year';
COMMENT ON COLUMN nps_changes.quarter IS 'First day of the quarter; quarters without any row are missing; never NULL';
COMMENT ON COLUMN nps_changes.compared_with IS 'quarter before, or same quarter last year; never NULL';
COMMENT ON COLUMN nps_changes.nps IS 'Net Promoter Score of the quarter, points from -100 to 100; NULL where it has no responses';
COMMENT ON COLUMN nps_changes.responses IS 'Number of answers that hold a score, in the quarter; never NULL';
COMMENT ON COLUMN nps_changes.nps_before IS 'Net Promoter Score of the quarter compared with, points from -100 to 100; NULL where it has no responses';
COMMENT ON COLUMN nps_changes.responses_before IS 'Number of answers that hold a score, in the quarter compared with; 0 where there is none; never NULL';
COMMENT ON COLUMN nps_changes.difference IS 'nps minus nps_before, points from -200 to 200; NULL where either has no responses';
COMMENT ON COLUMN nps_changes.ci_lower IS 'Lower end of the 95 % interval of difference, points; NULL where either quarter has no responses';
COMMENT ON COLUMN nps_changes.ci_upper IS 'Upper end of the 95 % interval of difference, points; NULL where either quarter has no responses';
COMMENT ON COLUMN nps_changes.p_value IS 'Probability, 0 to 1, of a difference as large by chance alone; NULL where either quarter has no responses';
COMMENT ON COLUMN nps_changes.verdict IS 'higher or lower where p_value is below 0.05, else no clear change; nothing to compare where either quarter has no responses; never NULL';

COMMENT ON VIEW nps_distribution IS 'How often each answer was given over the whole time: eleven rows';
COMMENT ON COLUMN nps_distribution.score IS 'The answer, 0 to 10; never NULL';
COMMENT ON COLUMN nps_distribution.category IS 'detractor (0 to 6), passive (7 and 8) or promoter (9 and 10); never NULL';
COMMENT ON COLUMN nps_distribution.responses IS 'Number of times that the answer was given; never NULL';
COMMENT ON COLUMN nps_distribution.pct IS 'That number as percent of all responses, 0 to 100; NULL where there are none';

COMMIT;
