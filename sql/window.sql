-- Windows: every kind of frame gives the row that recomputation gives.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';

CREATE TEMP TABLE timeline AS
SELECT id, answered_at, segment, score, score::integer AS i4, score::smallint AS i2, score::bigint AS i8, score::numeric AS n, score::double precision AS f8
FROM answers WHERE id <= 400;

-- wrong_rows(): rows where the aggregate over the frame differs from one computed afresh over array_agg's rows of the same frame.
CREATE FUNCTION wrong_rows(frame text, score_column text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	wrong bigint;
	rows bigint;
BEGIN
	EXECUTE format($query$
		SELECT count(*) FILTER (WHERE moving IS DISTINCT FROM (SELECT nps(x) FROM unnest(frame_scores) x)
			OR moving_summary IS DISTINCT FROM (SELECT nps_agg(x) FROM unnest(frame_scores) x)
			OR (moving).nps IS DISTINCT FROM (nps_estimate(moving_summary)).nps
			OR (moving).responses IS DISTINCT FROM (SELECT count(x) FROM unnest(frame_scores) x)
			OR (moving).promoters IS DISTINCT FROM (SELECT count(x) FROM unnest(frame_scores) x WHERE x::integer >= 9)),
			count(*)
		FROM (SELECT nps(%1$s) OVER w AS moving, nps_agg(%1$s) OVER w AS moving_summary, array_agg(%1$s) OVER w AS frame_scores
			FROM timeline WINDOW w AS (%2$s)) moved
	$query$, score_column, frame) INTO wrong, rows;
	RETURN format('%s rows, %s wrong', rows, wrong);
END $$;

SELECT frame, wrong_rows(frame, 'score')
FROM unnest(ARRAY[
	'ORDER BY id ROWS BETWEEN 30 PRECEDING AND CURRENT ROW',
	'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 10 FOLLOWING AND 20 FOLLOWING',
	'ORDER BY id ROWS BETWEEN 20 PRECEDING AND 10 PRECEDING',
	'ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
	'ORDER BY id',
	'ORDER BY answered_at RANGE BETWEEN ''90 days'' PRECEDING AND CURRENT ROW',
	'ORDER BY segment GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW',
	'ORDER BY id ROWS BETWEEN 9 PRECEDING AND 9 FOLLOWING EXCLUDE CURRENT ROW',
	'ORDER BY segment GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES',
	'PARTITION BY segment ORDER BY id ROWS BETWEEN 7 PRECEDING AND CURRENT ROW',
	'PARTITION BY segment']) frame;

-- The inverse of each type of score.
SELECT score_column, wrong_rows('ORDER BY id ROWS BETWEEN 30 PRECEDING AND CURRENT ROW', score_column)
FROM unnest(ARRAY['i2', 'i4', 'i8', 'n', 'f8']) score_column;

-- Summaries move as scores do: a window over days equals the raw rows of those days.
CREATE TEMP TABLE days AS SELECT answered_at, nps_agg(score) AS summary FROM answers GROUP BY answered_at;
SELECT count(*) AS days, count(*) FILTER (WHERE moving IS DISTINCT FROM
	(SELECT nps(score) FROM answers a WHERE a.answered_at BETWEEN moved.answered_at - 29 AND moved.answered_at)) AS wrong
FROM (SELECT answered_at, nps(summary) OVER (ORDER BY answered_at RANGE '29 days' PRECEDING) AS moving FROM days) moved;

-- A frame by the score itself, as by any integer.
SELECT count(*) FILTER (WHERE by_score IS DISTINCT FROM by_integer) AS wrong
FROM (SELECT count(*) OVER (ORDER BY score RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS by_score,
		count(*) OVER (ORDER BY i4 RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS by_integer
	FROM timeline) frames;
SELECT count(*) FILTER (WHERE by_score IS DISTINCT FROM by_integer) AS wrong
FROM (SELECT count(*) OVER (ORDER BY score DESC RANGE BETWEEN 3 PRECEDING AND 2 PRECEDING) AS by_score,
		count(*) OVER (ORDER BY i4 DESC RANGE BETWEEN 3 PRECEDING AND 2 PRECEDING) AS by_integer
	FROM timeline) frames;
-- An offset beyond any difference of scores takes in all of them.
SELECT count(*) AS rows, count(*) FILTER (WHERE within_300 = 356 AND farthest = 356) AS with_all
FROM (SELECT count(*) OVER (ORDER BY score RANGE BETWEEN 300 PRECEDING AND 300 FOLLOWING) AS within_300,
		count(*) OVER (ORDER BY score RANGE BETWEEN 2147483647 PRECEDING AND 2147483647 FOLLOWING) AS farthest
	FROM timeline WHERE score IS NOT NULL) frames;
SELECT failure('SELECT count(*) OVER (ORDER BY score RANGE -1 PRECEDING) FROM timeline');

-- FILTER over a window, and a result beside its predecessor.
SELECT count(*) FILTER (WHERE r IS DISTINCT FROM (SELECT nps(score) FROM timeline t WHERE t.segment = 1 AND t.id BETWEEN w.id - 30 AND w.id)) AS wrong
FROM (SELECT id, nps(score) FILTER (WHERE segment = 1) OVER (ORDER BY id ROWS 30 PRECEDING) AS r FROM timeline) w;
SELECT segment, lag(nps_agg(score)) OVER (ORDER BY segment) = (SELECT nps_agg(score) FROM answers a WHERE a.segment = answers.segment - 1) AS that_before
FROM answers GROUP BY segment ORDER BY segment;
