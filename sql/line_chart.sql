-- nps_line_chart, periods: the line, its band, gaps, significant changes, the target and the last value.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET extra_float_digits = 1;

-- Ten periods by hand, in all three categories: 0 has no responses, each other has 10 x scale.
CREATE TABLE periods (i integer, scale bigint, detractors bigint, passives bigint, promoters bigint);
INSERT INTO periods VALUES (1, 10, 2, 3, 5), (2, 10, 2, 2, 6), (3, 2, 5, 3, 2), (4, 30, 1, 3, 6), (5, 30, 4, 3, 3), (6, 0, 0, 0, 0), (7, 40, 1, 1, 8), (8, 0, 0, 0, 0), (9, 20, 0, 4, 6), (10, 20, 0, 4, 6);
CREATE VIEW by_period AS
SELECT i, to_char(date '2023-12-01' + i * interval '1 month', 'YYYY-MM') AS label, summary_of(scale * detractors, scale * passives, scale * promoters) AS summary,
	CASE WHEN scale > 0 THEN 10 * (promoters - detractors) END AS score, 10 * scale AS responses
FROM periods;
CREATE TABLE lines AS SELECT nps_line_chart(label, summary, 'By month', 40 ORDER BY i) AS svg FROM by_period;
SELECT parses(svg), attribute(svg, 'width') || ' x ' || attribute(svg, 'height') AS size, occurrences(svg, '<g class="nps-period">') AS periods, occurrences(svg, 'class="nps-reference"') AS targets FROM lines;

-- Each score is a point where the axis says, at the same distance from the next; a period without responses has none.
CREATE TABLE drawn_periods AS
SELECT i, label, summary, score, responses, origin, px, part, attribute(point, 'cx')::numeric AS x, attribute(point, 'cy')::numeric AS y, attribute(point, 'fill') AS fill
FROM lines, level_axis_of(svg), groups_of(svg, 'period') JOIN by_period ON i = place LEFT JOIN LATERAL (SELECT tag AS point FROM marks_of(part, 'point')) p ON true;
SELECT count(*) FILTER (WHERE (y IS NULL) <> (score IS NULL)) AS missing_or_too_many, max(abs(y - (origin - score * px))) <= 0.0501 AS points_right,
	count(DISTINCT round((x - first_x) / nullif(i - 1, 0))) AS distances, bool_and((fill = '#ffffff') = (responses < 30)) AS hollow_below_30
FROM drawn_periods, LATERAL (SELECT min(x) AS first_x FROM drawn_periods) f WHERE i < 11;

-- The line goes through the points, in three parts; the band has the ends of the intervals as nps() gives them, and ends
-- with the line. A period between two gaps has a whisker instead.
SELECT replace(attribute(tag, 'd'), 'L', ' ') = by_hand AS goes_through_the_points
FROM lines, marks_of(svg, 'line'), LATERAL (SELECT string_agg(CASE WHEN before IS NULL THEN 'M' ELSE ' ' END || x || ' ' || y, '' ORDER BY i) AS by_hand
	FROM (SELECT i, x, y, lag(y) OVER w AS before, lead(y) OVER w AS after FROM drawn_periods WINDOW w AS (ORDER BY i)) d
	WHERE y IS NOT NULL AND coalesce(before, after) IS NOT NULL) h;
WITH corners AS (
	SELECT x, y, row_number() OVER (PARTITION BY x ORDER BY y) AS below
	FROM (SELECT split_part(corner, ' ', 1)::numeric AS x, split_part(corner, ' ', 2)::numeric AS y
		FROM lines, marks_of(svg, 'band'), regexp_split_to_table(trim(TRAILING 'z' FROM substr(attribute(tag, 'd'), 2)), 'L') corner) c
)
SELECT count(*) AS corners, count(DISTINCT x) AS periods, max(abs(c.y - (origin - CASE below WHEN 1 THEN (estimate).ci_upper ELSE (estimate).ci_lower END * px))) <= 0.0501 AS at_the_limits
FROM corners c JOIN (SELECT *, nps_estimate(summary) AS estimate FROM drawn_periods) d USING (x);
SELECT i, abs(attribute(tag, 'y1')::float8 - (origin - (estimate).ci_upper * px)) <= 0.0501 AND abs(attribute(tag, 'y2')::float8 - (origin - (estimate).ci_lower * px)) <= 0.0501 AS at_the_limits
FROM (SELECT i, x, origin, px, nps_estimate(summary) AS estimate FROM drawn_periods) d JOIN (SELECT tag FROM lines, marks_of(svg, 'whisker')) w ON attribute(tag, 'x1')::numeric = x;

-- Significant changes, by nps_test: a wider part of the line, its points below, in the colour of the direction; the words
-- say it, too. 40 to -30 to 50 to -10 are; 30 to 40 of 100 are not; 60 to 60 is none, and over a gap nothing is compared.
CREATE VIEW changes AS
SELECT i, (test).difference, (test).p_value < 0.05 AS is_significant
FROM (SELECT i, nps_test(summary, lag(summary) OVER (ORDER BY i)) AS test FROM by_period) t;
SELECT d.i, text_of(part, 'change-figure') AS points, attribute(tag, 'fill') AS colour, substring(tooltip_of(part) FROM '; (significant.*)$') AS words
FROM drawn_periods d LEFT JOIN LATERAL marks_of(part, 'change') ON true
WHERE d.i IN (SELECT i FROM changes WHERE is_significant) OR part ~ 'nps-change' OR tooltip_of(part) ~ 'significant' ORDER BY d.i;
SELECT d.i, attribute(tag, 'stroke') AS colour, attribute(tag, 'y2')::numeric = d.y AND attribute(tag, 'y1')::numeric = (SELECT b.y FROM drawn_periods b WHERE b.i = d.i - 1) AS between_the_points
FROM lines, marks_of(svg, 'changed-line') JOIN drawn_periods d ON attribute(tag, 'x2')::numeric = x ORDER BY d.i;
SELECT nps_line_chart(label, nps_estimate(summary), NULL, NULL ORDER BY i) ~ 'nps-change|significant' AS results_have_some FROM by_period;

-- The target is a line at its height, and in the words; the first one counts, and there may be none.
SELECT abs(attribute(tag, 'y1')::numeric - (origin - 40 * px)) <= 0.0501 AND attribute(tag, 'y1') = attribute(tag, 'y2') AS at_40, svg ~ '>target 40\.0<' AS is_explained,
	substring(svg FROM '<desc[^>]*>[^<]*(The target is [^ ]*) ') AS words
FROM lines, level_axis_of(svg), marks_of(svg, 'reference');
SELECT substring(nps_line_chart(label, summary, NULL, nullif(i, 1) * 10 ORDER BY i) FROM '>(target [^<]*)<') AS first_target, nps_line_chart(label, summary, NULL, NULL ORDER BY i) ~ 'target|reference' AS has_one_without FROM by_period;
SELECT target, axis_shown(nps_line_chart('a', summary_of(100, 100, 300), NULL, target)) FROM unnest(ARRAY[-100, 0, 45.5, 100]::float8[]) target GROUP BY target ORDER BY target;
SELECT kind, failure(format('SELECT %s(NULL, NULL::%s, NULL, target) FROM unnest(ARRAY[NULL, 5, %L::float8]) target', aggregate, kind, target)) AS failure
FROM (VALUES ('nps_line_chart', 'nps_summary', '100.1'), ('nps_line_chart', 'nps_result', '-Infinity'), ('nps_ranking_chart', 'nps_summary', 'NaN'), ('nps_ranking_chart', 'nps_result', '-101')) v (aggregate, kind, target);

-- The last score is the largest text, beside its point; also where periods without a score follow. Other figures are not repeated there.
SELECT name, text_of(svg, 'last') AS last, (SELECT max(attribute(tag, 'font-size')::numeric) FROM regexp_matches(svg, '(<text [^>]*)>', 'g') m (match), LATERAL (SELECT match[1] AS tag) t) = attribute(last.tag, 'font-size')::numeric AS is_largest,
	attribute(last.tag, 'x')::numeric - attribute(point.tag, 'cx')::numeric AS beside, text_of(svg, 'count') AS n
FROM (SELECT 'all' AS name, nps_line_chart(label, summary, NULL, NULL ORDER BY i) AS svg FROM by_period UNION ALL SELECT 'up to a gap', nps_line_chart(label, summary, NULL, NULL ORDER BY i) FROM by_period WHERE i <= 6
		UNION ALL SELECT 'one period', nps_line_chart(label, summary, NULL, NULL ORDER BY i) FROM by_period WHERE i = 3) c,
	marks_of(svg, 'last') last, LATERAL (SELECT tag FROM marks_of(svg, 'point') WHERE tag !~ 'cx="12"' ORDER BY place DESC LIMIT 1) point ORDER BY name;

-- Figures at the points, above or below, never on the line; the last label is always there, others as they have room.
SELECT n, count(*) FILTER (WHERE part ~ 'nps-score') AS scores, count(*) FILTER (WHERE part ~ 'nps-last') AS last, count(*) FILTER (WHERE part ~ 'nps-point') AS points,
	count(*) FILTER (WHERE part ~ 'nps-label') > 0 AS are_labelled, bool_or(place = n AND part ~ 'nps-label') AS is_last_labelled,
	bool_and(NOT part ~ 'nps-score' OR abs(attribute(figure, 'y')::numeric - attribute(point, 'cy')::numeric) BETWEEN 6 AND 40 AND attribute(figure, 'x') = attribute(point, 'cx')) AS at_their_points
FROM (SELECT n, nps_line_chart(to_char(date '2020-01-01' + i * interval '1 month', 'YYYY-MM'), summary_of(i * 7 % 13, i * 5 % 11, 40 + i * i % 29), NULL, NULL ORDER BY i) AS svg
		FROM generate_series(1, 60) i, unnest(ARRAY[1, 2, 10, 30, 60]) n WHERE i <= n GROUP BY n) c, groups_of(svg, 'period')
	LEFT JOIN LATERAL (SELECT tag AS figure FROM marks_of(part, 'score')) f ON true LEFT JOIN LATERAL (SELECT tag AS point FROM marks_of(part, 'point')) p ON true
GROUP BY n ORDER BY n;

-- A result draws what its summary does, but for the changes; parts of it alone are drawn, too.
SELECT (SELECT string_agg(tag, '') FROM marks_of(of_summaries, '(?:point|line|band)')) = (SELECT string_agg(tag, '') FROM marks_of(of_results, '(?:point|line|band)')) AS same
FROM (SELECT nps_line_chart(label, summary, NULL, NULL ORDER BY i) AS of_summaries, nps_line_chart(label, nps_estimate(summary), NULL, NULL ORDER BY i) AS of_results FROM by_period WHERE i < 3) c;
SELECT occurrences(svg, 'nps-band') AS bands, occurrences(svg, 'nps-whisker') AS whiskers, occurrences(svg, '<circle') AS points, occurrences(substring(svg FROM 'nps-line" d="([^"]*)'), '[ML]') AS line, text_of(svg, 'last') AS last, text_of(svg, 'count') AS n
FROM (SELECT nps_line_chart(i::text, x, NULL, NULL ORDER BY i) AS svg FROM (VALUES (1, '(10,5,15,50,,,,,,,,)'::nps_result), (2, '(20,,,50,,,,,,,,)'), (3, '(30,20,,50,,,,,,,,)'), (4, '(40,30,50,,,,,,,,,)'), (5, NULL)) v (i, x)) c;
SELECT occurrences(svg, 'nps-(point|last|score|band|line|count)"') AS marks_of_nothing, occurrences(svg, 'nps-label') AS labels FROM (SELECT nps_line_chart(i::text, NULL::nps_summary, NULL, NULL) FROM generate_series(1, 3) i) c (svg);
SELECT nps_line_chart('a', summary_of(1, 1, 1), NULL, 0) IS NULL AS of_no_summaries, nps_line_chart('a', NULL::nps_result, NULL, 0) IS NULL AS of_no_results FROM by_period WHERE false;
SELECT failure('SELECT nps_line_chart(i::text, NULL::nps_summary, NULL, NULL) FROM generate_series(1, 501) i');

-- In a window it grows row by row.
SELECT i, occurrences(svg, '<g class="nps-period">') AS periods FROM (SELECT i, nps_line_chart(label, summary, NULL, NULL) OVER (ORDER BY i) AS svg FROM by_period) w WHERE i IN (1, 2, 10) ORDER BY i;

-- No text overlaps another, a point or a whisker, all lies within the picture and has another colour on a dark background.
SELECT level, count(*) AS charts, string_agg(overlap, ', ') AS overlapping, string_agg(outside, ', ') AS outside, string_agg(without_dark, ', ') AS without_dark
FROM (SELECT level, (SELECT string_agg(o, ', ') FROM overlapping(svg) o) AS overlap, (SELECT string_agg(o, ', ') FROM outside(svg) o) AS outside, (SELECT string_agg(o, ', ') FROM without_dark(svg) o) AS without_dark
	FROM (SELECT level, nps_line_chart(label, CASE WHEN i % 9 <> 0 AND (level <> 'gaps' OR i % 3 > 0 AND i % 7 <> 2) THEN summary_of(CASE level WHEN 'positive' THEN 1 ELSE i * 7 % 13 END, i * 5 % 11,
				CASE level WHEN 'negative' THEN 0 ELSE 1 + i * i % 29 END * CASE level WHEN 'large' THEN 1000000000000000 ELSE 1 END) END,
			repeat('A title of words ', 4), CASE WHEN n % 2 = 0 THEN 10 * n % 100 END ORDER BY i) AS svg
		FROM labels, unnest(ARRAY[1, 2, 10, 30]) n, unnest(ARRAY['positive', 'negative', 'around 0', 'large', 'gaps']) level WHERE i <= n GROUP BY kind, n, level) c) found
GROUP BY level ORDER BY level;
