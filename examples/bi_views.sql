-- Flat views for BI tools: one row a point of the chart, columns of plain types only (date, text, boolean, integer,
-- double precision), so that every tool that reads PostgreSQL can plot them. Needs the extension nps, or hosted/nps.sql:
-- that has no nps_shrink, so that the columns shrunk_... are NULL there.
--
--   psql -v responses=my_table -v day=created_at -v score=score -v segment=plan -f bi_views.sql
--
-- sets them up on a table of your own, and without any variable on that of the demo, carpentries.sql. Names are given as
-- they are, -v responses='My Answers', and quoted here; -v schema=... for a table that is not on the search path.
--
--   responses   the table or view with the answers                        (demo: responses)
--   day         when an answer was given: a date, a timestamp, or text that reads as one   (answered_at)
--   score       the answer, 0 to 10, of any number type, or text that begins with it       (score)
--   segment     what to compare, of any type; without it all are one segment, "all"        (demo: pace)
--   target      a score to be measured against, in points, if there is one: -v target=50
--
-- A timestamp with time zone becomes a day in the time zone of the session that runs this file, which is written into
-- the views: a day must not depend on who asks. PGTZ=Europe/Berlin psql ... chooses another. An answer without a
-- day is left out.
--
--   nps_answers                one row a response; all other views read this one
--   nps_latest                 one row: the last complete quarter, its change, the target
--   nps_quarterly              one row a quarter, with the change against the quarter before
--   nps_monthly                one row a month, with the change against the month before
--   nps_rolling                one row a day: the responses of the 90 days up to it
--   nps_by_segment             one row a segment, with a score for rankings and the difference from all others
--   nps_quarterly_by_segment   one row a quarter and segment, with the change against the quarter before
--   nps_monthly_by_segment     one row a month and segment, with the change against the month before
--   nps_changes                two rows a quarter: against the quarter before, against the same quarter last year
--   nps_distribution           one row for each of the answers 0 to 10
--
-- The period that is still running has a row like any other, often of few answers: is_complete tells it apart, and
-- nps_latest never shows it.
--
-- Figures are in points or percent and unrounded: let the tool format them. Intervals are at 95 %; a p-value below
-- 0.05 is a clear change, and verdict says so in words: with many segments, one in twenty of those that did not change
-- is called changed. Never let a tool average or add up the column nps: an average of averages is another
-- figure. Counts may be added up: 100.0 * (sum(promoters) - sum(detractors)) / sum(responses) is the score of any
-- rows of the same view, and nps_from_counts(sum(promoters), sum(passives), sum(detractors)) is their row
-- with its interval. (The days of nps_rolling overlap.)
--
-- Counts are integer, which JavaScript reads as numbers; bigint would arrive as text. A count above 2147483647 is
-- an error, "integer out of range", and no wrong figure: take ::integer away from the view then.
--
-- Who may read a view needs no right on the table: GRANT SELECT ON nps_quarterly TO ... is enough.
--
-- What it costs: each query reads all responses, nps_rolling twice; two million of them take about half a second. Where
-- that is too long, store a view, CREATE MATERIALIZED VIEW stored_quarterly AS TABLE nps_quarterly, and have a job
-- refresh it: see scheduled_report.sql. This file can be run again at any time, also for another table.

\set ON_ERROR_STOP on

-- == what was given, and what stands in for the rest

\if :{?responses}
	\set nps_table :responses
	\set nps_segment ''
\else
	\set nps_table responses
	\set nps_segment pace
\endif
\if :{?schema}
	\set nps_schema :schema
\else
	\set nps_schema ''
\endif
\if :{?day}
	\set nps_day :day
\else
	\set nps_day answered_at
\endif
\if :{?score}
	\set nps_score :score
\else
	\set nps_score score
\endif
\if :{?segment}
	\set nps_segment :segment
\endif
\if :{?target}
	\set nps_target :target
\else
	\set nps_target ''
\endif

BEGIN;

SELECT current_setting('TimeZone') AS nps_zone,
	CASE WHEN :'nps_schema' = '' THEN format('%I', :'nps_table') ELSE format('%I.%I', :'nps_schema', :'nps_table') END AS nps_source,
	CASE WHEN :'nps_segment' = '' THEN quote_literal('all') ELSE format('COALESCE(%I::text, ''(not said)'')', :'nps_segment') END AS nps_segment_of,
	COALESCE(quote_literal(NULLIF(:'nps_target', '')::double precision), 'NULL') AS nps_target_points \gset

-- The types of the columns, without reading a row; min() looks through a domain.
SELECT pg_typeof((SELECT min(:"nps_day") FROM :nps_source LIMIT 0)) = 'timestamptz'::regtype AS nps_has_zone,
	pg_typeof((SELECT min(:"nps_score") FROM :nps_source LIMIT 0)) IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype) AS nps_has_labels \gset

SELECT CASE WHEN :'nps_has_zone' THEN format('(%I AT TIME ZONE %L)::date', :'nps_day', :'nps_zone')
		ELSE format('%I::date', :'nps_day') END AS nps_day_of,
	CASE WHEN :'nps_has_labels' THEN format('nps_parse(%I::text)', :'nps_score')
		ELSE format('%I::nps_score', :'nps_score') END AS nps_score_of \gset

-- What the script for hosted servers lacks, and what stands in for it.
SELECT to_regproc('nps_shrink') IS NOT NULL AS nps_shrinks \gset
\if :nps_shrinks
	\set nps_among 'nps_heterogeneity(summary) OVER ()'
	\set nps_shrunk 'nps_shrink(summary, whole, CASE WHEN (among).segments >= 5 THEN (among).prior_responses END)'
\else
	\set nps_among NULL
	\set nps_shrunk 'nps_estimate(NULL::nps_summary)'
\endif

-- A target that cannot be a score is an error.
SELECT FROM nps_test('{0,0,0,0,0,0,0,0,0,0,0}'::nps_summary, :nps_target_points::double precision) \g /dev/null

-- == nps_answers: the only view that knows your table

CREATE OR REPLACE VIEW nps_answers AS
SELECT day, segment, score::integer AS score
FROM (SELECT :nps_day_of AS day, :nps_segment_of AS segment, :nps_score_of AS score FROM :nps_source) answers
WHERE isfinite(day);

-- == nps_latest

CREATE OR REPLACE VIEW nps_latest AS
SELECT quarter, period_end, to_char(quarter::timestamp, 'YYYY"Q"Q') AS label,
	result.nps, result.ci_lower, result.ci_upper, nps_rating(result.nps) AS rating,
	result.responses::integer, unanswered::integer, result.promoters::integer, result.passives::integer, result.detractors::integer,
	result.promoter_pct, result.passive_pct, result.detractor_pct,
	to_char(quarter - interval '3 months', 'YYYY"Q"Q') AS label_before, result_before.nps AS nps_before, result_before.responses::integer AS responses_before,
	test.difference AS change, test.ci_lower AS change_ci_lower, test.ci_upper AS change_ci_upper, test.p_value AS change_p_value,
	CASE WHEN test.p_value IS NULL THEN 'nothing to compare'
		WHEN NOT test.significant THEN 'no clear change'
		WHEN test.difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict,
	target, target_test.p_value AS target_p_value,
	CASE WHEN target IS NULL THEN 'no target'
		WHEN NOT target_test.significant THEN 'not clearly off target'
		WHEN target_test.difference > 0 THEN 'above target'
		ELSE 'below target'
	END AS target_verdict
FROM (SELECT quarter::date, (quarter + interval '3 months' - interval '1 day')::date AS period_end, summary, unanswered,
		nps_agg(summary) OVER (ORDER BY quarter RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING) AS summary_before
	FROM (SELECT date_trunc('quarter', day::timestamp) AS quarter, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1) quarters) both_quarters
CROSS JOIN (VALUES (:nps_target_points::double precision)) AS targets (target)
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_estimate(summary_before) AS result_before
CROSS JOIN nps_test(summary, summary_before) AS test
CROSS JOIN nps_test(summary, target) AS target_test
WHERE period_end < (now() AT TIME ZONE :'nps_zone')::date AND nps_responses(summary) > 0
ORDER BY quarter DESC LIMIT 1;

-- == nps_quarterly

CREATE OR REPLACE VIEW nps_quarterly AS
SELECT quarter, period_end, to_char(quarter::timestamp, 'YYYY"Q"Q') AS label, period_end < (now() AT TIME ZONE :'nps_zone')::date AS is_complete,
	result.nps, result.ci_lower, result.ci_upper, responses::integer, unanswered::integer, promoters::integer, passives::integer, detractors::integer,
	promoter_pct, passive_pct, detractor_pct,
	difference AS change, test.ci_lower AS change_ci_lower, test.ci_upper AS change_ci_upper, p_value AS change_p_value,
	CASE WHEN p_value IS NULL THEN 'nothing to compare'
		WHEN NOT significant THEN 'no clear change'
		WHEN difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict
FROM (SELECT quarter::date, (quarter + interval '3 months' - interval '1 day')::date AS period_end, summary, unanswered,
		nps_agg(summary) OVER quarter_before AS summary_before
	FROM (SELECT date_trunc('quarter', day::timestamp) AS quarter, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1) quarters
	WINDOW quarter_before AS (ORDER BY quarter RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING)) both_quarters
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_monthly

CREATE OR REPLACE VIEW nps_monthly AS
SELECT month, period_end, to_char(month::timestamp, 'YYYY-MM') AS label, period_end < (now() AT TIME ZONE :'nps_zone')::date AS is_complete,
	result.nps, result.ci_lower, result.ci_upper, responses::integer, unanswered::integer, promoters::integer, passives::integer, detractors::integer,
	promoter_pct, passive_pct, detractor_pct,
	difference AS change, test.ci_lower AS change_ci_lower, test.ci_upper AS change_ci_upper, p_value AS change_p_value,
	CASE WHEN p_value IS NULL THEN 'nothing to compare'
		WHEN NOT significant THEN 'no clear change'
		WHEN difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict
FROM (SELECT month::date, (month + interval '1 month' - interval '1 day')::date AS period_end, summary, unanswered,
		nps_agg(summary) OVER month_before AS summary_before
	FROM (SELECT date_trunc('month', day::timestamp) AS month, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1) months
	WINDOW month_before AS (ORDER BY month RANGE BETWEEN '1 month' PRECEDING AND '1 month' PRECEDING)) both_months
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_rolling

-- Every day from the first answer to the last, also those without one: a line over time has no holes.
CREATE OR REPLACE VIEW nps_rolling AS
SELECT day, (result).nps, (result).ci_lower, (result).ci_upper, (result).responses::integer,
	(result).promoters::integer, (result).passives::integer, (result).detractors::integer,
	(result).promoter_pct, (result).passive_pct, (result).detractor_pct
FROM (SELECT day, nps(summary) OVER (ORDER BY day RANGE BETWEEN '89 days' PRECEDING AND CURRENT ROW) AS result
	FROM (SELECT generate_series(min(day)::timestamp, max(day)::timestamp, '1 day')::date AS day FROM nps_answers) calendar
	LEFT JOIN (SELECT day, nps_agg(score) AS summary FROM nps_answers GROUP BY day) days USING (day)) windows;

-- == nps_by_segment

-- Beside the score itself: the score drawn towards the whole, by which segments of few responses can be ranked with the
-- others, where there are five or more; and the difference from all other segments.
CREATE OR REPLACE VIEW nps_by_segment AS
SELECT segment, result.nps, result.ci_lower, result.ci_upper, result.responses::integer, unanswered::integer,
	result.promoters::integer, result.passives::integer, result.detractors::integer,
	result.promoter_pct, result.passive_pct, result.detractor_pct,
	shrunk.nps AS shrunk_nps, shrunk.ci_lower AS shrunk_ci_lower, shrunk.ci_upper AS shrunk_ci_upper,
	difference, test.ci_lower AS difference_ci_lower, test.ci_upper AS difference_ci_upper, p_value AS difference_p_value,
	row_number() OVER (ORDER BY result.nps DESC NULLS LAST, segment)::integer AS sort_key
FROM (SELECT segment, summary, unanswered, nps_agg(summary) OVER () AS whole, :nps_among AS among
	FROM (SELECT segment, nps_agg(score) AS summary, count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY segment) segments) with_whole
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN :nps_shrunk AS shrunk
CROSS JOIN nps_test(summary, whole - summary) AS test;

-- == nps_quarterly_by_segment

CREATE OR REPLACE VIEW nps_quarterly_by_segment AS
SELECT quarter, period_end, to_char(quarter::timestamp, 'YYYY"Q"Q') AS label, period_end < (now() AT TIME ZONE :'nps_zone')::date AS is_complete, segment, 
	result.nps, result.ci_lower, result.ci_upper, responses::integer, unanswered::integer, promoters::integer, passives::integer, detractors::integer,
	promoter_pct, passive_pct, detractor_pct,
	difference AS change, test.ci_lower AS change_ci_lower, test.ci_upper AS change_ci_upper, p_value AS change_p_value,
	CASE WHEN p_value IS NULL THEN 'nothing to compare'
		WHEN NOT significant THEN 'no clear change'
		WHEN difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict,
	row_number() OVER (PARTITION BY quarter ORDER BY result.nps DESC NULLS LAST, segment)::integer AS sort_key
FROM (SELECT quarter::date, (quarter + interval '3 months' - interval '1 day')::date AS period_end, segment, summary, unanswered,
		nps_agg(summary) OVER quarter_before AS summary_before
	FROM (SELECT date_trunc('quarter', day::timestamp) AS quarter, segment, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1, segment) quarters
	WINDOW quarter_before AS (PARTITION BY segment ORDER BY quarter RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING)) both_quarters
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_monthly_by_segment

CREATE OR REPLACE VIEW nps_monthly_by_segment AS
SELECT month, period_end, to_char(month::timestamp, 'YYYY-MM') AS label, period_end < (now() AT TIME ZONE :'nps_zone')::date AS is_complete, segment, 
	result.nps, result.ci_lower, result.ci_upper, responses::integer, unanswered::integer, promoters::integer, passives::integer, detractors::integer,
	promoter_pct, passive_pct, detractor_pct,
	difference AS change, test.ci_lower AS change_ci_lower, test.ci_upper AS change_ci_upper, p_value AS change_p_value,
	CASE WHEN p_value IS NULL THEN 'nothing to compare'
		WHEN NOT significant THEN 'no clear change'
		WHEN difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict,
	row_number() OVER (PARTITION BY month ORDER BY result.nps DESC NULLS LAST, segment)::integer AS sort_key
FROM (SELECT month::date, (month + interval '1 month' - interval '1 day')::date AS period_end, segment, summary, unanswered,
		nps_agg(summary) OVER month_before AS summary_before
	FROM (SELECT date_trunc('month', day::timestamp) AS month, segment, nps_agg(score) AS summary,
			count(*) FILTER (WHERE score IS NULL) AS unanswered
		FROM nps_answers GROUP BY 1, segment) months
	WINDOW month_before AS (PARTITION BY segment ORDER BY month RANGE BETWEEN '1 month' PRECEDING AND '1 month' PRECEDING)) both_months
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_changes

CREATE OR REPLACE VIEW nps_changes AS
SELECT quarter, period_end, to_char(quarter::timestamp, 'YYYY"Q"Q') AS label, period_end < (now() AT TIME ZONE :'nps_zone')::date AS is_complete,
	compared_with, result.nps, result.responses::integer,
	result_before.nps AS nps_before, result_before.responses::integer AS responses_before,
	difference, test.ci_lower, test.ci_upper, p_value,
	CASE WHEN p_value IS NULL THEN 'nothing to compare'
		WHEN NOT significant THEN 'no clear change'
		WHEN difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict
FROM (SELECT quarter::date, (quarter + interval '3 months' - interval '1 day')::date AS period_end, summary,
		nps_agg(summary) OVER (ORDER BY quarter RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING) AS quarter_before,
		nps_agg(summary) OVER (ORDER BY quarter RANGE BETWEEN '1 year' PRECEDING AND '1 year' PRECEDING) AS year_before
	FROM (SELECT date_trunc('quarter', day::timestamp) AS quarter, nps_agg(score) AS summary
		FROM nps_answers GROUP BY 1) quarters) with_earlier
CROSS JOIN LATERAL (VALUES ('quarter before', quarter_before), ('same quarter last year', year_before))
	AS comparisons (compared_with, summary_before)
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_estimate(summary_before) AS result_before
CROSS JOIN nps_test(summary, summary_before) AS test;

-- == nps_distribution

CREATE OR REPLACE VIEW nps_distribution AS
SELECT score::integer AS score, nps_category(score)::text AS category, responses::integer, pct
FROM nps_histogram((SELECT nps_agg(score) FROM nps_answers));

-- == accounts with several answers each

-- Where several people of one account answer, or one customer each month, the intervals above are too narrow: answers of
-- one account are alike. An account-based view counts accounts as what was drawn. It is not made here, since it needs
-- a column that tells the accounts apart; with its name in place of account:
--
--   CREATE VIEW nps_quarterly_of_accounts AS
--   SELECT quarter, accounts::integer, (result).nps, (result).ci_lower, (result).ci_upper, (result).responses::integer
--   FROM (SELECT quarter, count(*) FILTER (WHERE nps_responses(summary) > 0) AS accounts, nps_clustered(summary) AS result
--       FROM (SELECT date_trunc('quarter', answered_at)::date AS quarter, account, nps_agg(score) AS summary
--           FROM responses GROUP BY 1, account) of_account
--       GROUP BY quarter) quarters;
--
-- An answer whose account is not known would be one of a single large account: leave it out, or give it a key of its own.

-- == comments: units, and what NULL means; most BI tools show them beside the column

COMMENT ON VIEW nps_answers IS 'One row a response: what the other nps views read';
COMMENT ON VIEW nps_latest IS 'Net Promoter Score of the last complete quarter that has responses, its change and the target: one row, or none where no quarter is complete';
COMMENT ON VIEW nps_quarterly IS 'Net Promoter Score a quarter';
COMMENT ON VIEW nps_monthly IS 'Net Promoter Score a month';
COMMENT ON VIEW nps_rolling IS 'Net Promoter Score of the trailing 90 days, a row a day';
COMMENT ON VIEW nps_by_segment IS 'Net Promoter Score of each segment over the whole time';
COMMENT ON VIEW nps_quarterly_by_segment IS 'Net Promoter Score of each segment a quarter';
COMMENT ON VIEW nps_monthly_by_segment IS 'Net Promoter Score of each segment a month';
COMMENT ON VIEW nps_changes IS 'Changes of the Net Promoter Score: each quarter against the one before and the same of last year';
COMMENT ON VIEW nps_distribution IS 'How often each answer was given over the whole time: eleven rows';

-- A column is called the same wherever it means the same; where it means something else, the view is named.
SELECT format('COMMENT ON COLUMN %I.%I IS %L', view, "column", (array_agg(meaning ORDER BY of_view NULLS LAST))[1])
FROM (VALUES
	(NULL, 'quarter', 'First day of the quarter; quarters without any row are missing; never NULL'),
	(NULL, 'month', 'First day of the month; months without any row are missing; never NULL'),
	(NULL, 'period_end', 'Last day of the period; never NULL'),
	(NULL, 'label', 'The period as a chart or a title shows it, 2018Q3 or 2018-09; sorts by time; never NULL'),
	(NULL, 'is_complete', 'False while the period is running, and where it lies ahead; never NULL'),
	(NULL, 'segment', 'Segment of those who answered; (not said) where it is not known; never NULL'),
	(NULL, 'nps', 'Net Promoter Score, points from -100 to 100; NULL where there are no responses'),
	(NULL, 'ci_lower', 'Lower end of the 95 % interval of nps, points; NULL where there are no responses'),
	(NULL, 'ci_upper', 'Upper end of the 95 % interval of nps, points; NULL where there are no responses'),
	(NULL, 'rating', 'negative below 0, low below 30, satisfactory below 50, excellent from 50; never NULL'),
	(NULL, 'responses', 'Number of answers that hold a score; never NULL'),
	(NULL, 'unanswered', 'Number of rows without a score, which count for nothing else; never NULL'),
	(NULL, 'promoters', 'Number of answers 9 and 10; never NULL'),
	(NULL, 'passives', 'Number of answers 7 and 8; never NULL'),
	(NULL, 'detractors', 'Number of answers 0 to 6; never NULL'),
	(NULL, 'promoter_pct', 'Promoters as percent of responses, 0 to 100; NULL where there are no responses'),
	(NULL, 'passive_pct', 'Passives as percent of responses, 0 to 100; NULL where there are no responses'),
	(NULL, 'detractor_pct', 'Detractors as percent of responses, 0 to 100; NULL where there are no responses'),
	(NULL, 'label_before', 'The quarter before, such as 2018Q2; never NULL'),
	(NULL, 'nps_before', 'Net Promoter Score of what is compared with, points from -100 to 100; NULL where it has no responses'),
	(NULL, 'responses_before', 'Number of answers that hold a score, in what is compared with; 0 where there is none; never NULL'),
	(NULL, 'change', 'nps minus that of the period before, points; NULL where either has no responses'),
	(NULL, 'change_ci_lower', 'Lower end of the 95 % interval of change, points; NULL where either period has no responses'),
	(NULL, 'change_ci_upper', 'Upper end of the 95 % interval of change, points; NULL where either period has no responses'),
	(NULL, 'change_p_value', 'Probability, 0 to 1, of a change as large by chance alone; below 0.05 it is news; NULL where either period has no responses'),
	(NULL, 'verdict', 'The change in words: higher or lower where its p-value is below 0.05, else no clear change; nothing to compare where either period has no responses; never NULL'),
	(NULL, 'shrunk_nps', 'Score drawn towards that of all segments, the more the fewer responses; for rankings; points; NULL where there are no responses, or fewer than five segments'),
	(NULL, 'shrunk_ci_lower', 'Lower end of the 95 % interval of shrunk_nps, points; NULL where shrunk_nps is'),
	(NULL, 'shrunk_ci_upper', 'Upper end of the 95 % interval of shrunk_nps, points; NULL where shrunk_nps is'),
	('nps_by_segment', 'difference', 'nps minus that of all other segments together, points; NULL where either has no responses'),
	(NULL, 'difference_p_value', 'Probability, 0 to 1, of a difference as large by chance alone, for one segment picked before looking; NULL where either has no responses'),
	(NULL, 'sort_key', 'Place in the order of scores, 1 the highest, within its period if there is one; segments without responses last; never NULL'),
	(NULL, 'target', 'The target, points from -100 to 100; NULL where none was given'),
	(NULL, 'target_p_value', 'Probability, 0 to 1, of a distance from the target as large by chance alone; NULL where there is no target'),
	(NULL, 'target_verdict', 'above target or below target where target_p_value is below 0.05, else not clearly off target; no target where none was given; never NULL'),
	('nps_answers', 'day', 'Day of the answer; never NULL'),
	('nps_answers', 'segment', 'Segment of the one who answered; (not said) where it is not known; never NULL'),
	('nps_answers', 'score', 'The answer, 0 to 10; NULL where the question was left blank'),
	('nps_rolling', 'day', 'Last of the 90 days that the row is about, from the first answer to the last; the first 89 rows look back on fewer days; never NULL'),
	('nps_by_segment', 'shrunk_nps', 'nps drawn towards that of all segments, the more the fewer responses: for rankings; points; NULL where there are no responses, or fewer than five segments with any'),
	('nps_by_segment', 'shrunk_ci_lower', 'Lower end of the 95 % interval of shrunk_nps, points; NULL where shrunk_nps is'),
	('nps_by_segment', 'shrunk_ci_upper', 'Upper end of the 95 % interval of shrunk_nps, points; NULL where shrunk_nps is'),
	('nps_by_segment', 'difference', 'nps minus that of all other segments together, points from -200 to 200; NULL where either has no responses'),
	('nps_by_segment', 'difference_ci_lower', 'Lower end of the 95 % interval of difference, points; NULL where difference is'),
	('nps_by_segment', 'difference_ci_upper', 'Upper end of the 95 % interval of difference, points; NULL where difference is'),
	('nps_by_segment', 'difference_p_value', 'Probability, 0 to 1, of a difference as large by chance alone, of a segment picked before looking; NULL where difference is'),
	('nps_changes', 'compared_with', 'quarter before, or same quarter last year; never NULL'),
	('nps_changes', 'difference', 'nps minus nps_before, points from -200 to 200; NULL where either has no responses'),
	('nps_changes', 'ci_lower', 'Lower end of the 95 % interval of difference, points; NULL where either quarter has no responses'),
	('nps_changes', 'ci_upper', 'Upper end of the 95 % interval of difference, points; NULL where either quarter has no responses'),
	('nps_changes', 'p_value', 'Probability, 0 to 1, of a difference as large by chance alone; NULL where either quarter has no responses'),
	('nps_distribution', 'score', 'The answer, 0 to 10; never NULL'),
	('nps_distribution', 'category', 'detractor (0 to 6), passive (7 and 8) or promoter (9 and 10); never NULL'),
	('nps_distribution', 'responses', 'Number of times that the answer was given; never NULL'),
	('nps_distribution', 'pct', 'That number as percent of all responses, 0 to 100; NULL where there are none')) AS meanings (of_view, "column", meaning)
JOIN (SELECT attrelid::regclass::text AS view, attname::text AS "column"
	FROM pg_attribute
	WHERE attrelid IN ('nps_answers'::regclass, 'nps_latest'::regclass, 'nps_quarterly'::regclass, 'nps_monthly'::regclass, 'nps_rolling'::regclass,
		'nps_by_segment'::regclass, 'nps_quarterly_by_segment'::regclass, 'nps_monthly_by_segment'::regclass, 'nps_changes'::regclass,
		'nps_distribution'::regclass)) AS columns USING ("column")
WHERE of_view IS NULL OR of_view = view
GROUP BY view, "column"
ORDER BY view, "column"
\gexec

COMMIT;
