-- nps_ranking_chart, segments: rows in their order, points, whiskers, score and n; the target or the total as a line.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET extra_float_digits = 1;

CREATE TABLE segments (segment text, detractors bigint, passives bigint, promoters bigint);
INSERT INTO segments VALUES ('North', 20, 30, 50), ('South', 5, 25, 70), ('East', 60, 20, 20), ('West', 1, 4, 5), ('Nowhere', 0, 0, 0);
CREATE VIEW ranked_segments AS
SELECT row_number() OVER (ORDER BY promoters - detractors DESC, segment) AS rank, segment, summary_of(detractors, passives, promoters) AS summary, detractors + passives + promoters AS responses,
	100.0 * (promoters - detractors) / nullif(detractors + passives + promoters, 0) AS score
FROM segments;
CREATE TABLE rankings AS SELECT nps_ranking_chart(segment, summary, 'By segment', NULL ORDER BY rank) AS svg FROM ranked_segments;
SELECT parses(svg), attribute(svg, 'width') || ' x ' || attribute(svg, 'height') AS size FROM rankings;

-- In the aggregate's order, from above; the score and the number of responses at the right, in columns of their own.
SELECT place, segment, text_of(part, 'label') AS label, text_of(part, 'score') AS score, text_of(part, 'count') AS n, occurrences(part, 'nps-(point|whisker)') AS marks
FROM rankings, groups_of(svg, 'segment') JOIN ranked_segments ON rank = place ORDER BY place;
SELECT count(DISTINCT attribute(score, 'x')) AS columns_of_scores, count(DISTINCT attribute(n, 'x')) AS columns_of_counts, min(attribute(score, 'x')::numeric) > max(panel) AS right_of_the_panel,
	min(attribute(n, 'x')::numeric) > max(attribute(score, 'x')::numeric) AS then_counts,
	bool_and(attribute(n, 'y') = attribute(label, 'y') AND coalesce(attribute(score, 'y') = attribute(label, 'y'), true)) AS on_one_line
FROM rankings, groups_of(svg, 'segment'), LATERAL (SELECT max(attribute(tag, 'x1')::numeric) AS panel FROM marks_of(svg, 'grid')) g, LATERAL (SELECT tag AS n FROM marks_of(part, 'count')) n,
	LATERAL (SELECT tag AS label FROM marks_of(part, 'label')) l LEFT JOIN LATERAL (SELECT tag AS score FROM marks_of(part, 'score')) s ON true;

-- Where the axis is, as its figures say; points and whiskers are where the scores and the intervals of nps() are.
CREATE FUNCTION upright_axis_of(svg text) RETURNS TABLE (origin numeric, px numeric, lowest numeric, highest numeric) LANGUAGE sql IMMUTABLE AS $$
	SELECT max(x) FILTER (WHERE points = highest) - highest * px, px, lowest, highest
	FROM (SELECT *, (max(x) FILTER (WHERE points = highest) OVER () - max(x) FILTER (WHERE points = lowest) OVER ()) / nullif(highest - lowest, 0) AS px
		FROM (SELECT match[1]::numeric AS x, replace(match[2], '&#8722;', '-')::numeric AS points,
				min(replace(match[2], '&#8722;', '-')::numeric) OVER () AS lowest, max(replace(match[2], '&#8722;', '-')::numeric) OVER () AS highest
			FROM regexp_matches(svg, '<line class="nps-(?:grid|zero)" x1="([0-9.]+)"[^>]*>\s*<text[^>]*>([^<]*)<', 'g') AS match
			WHERE svg !~ 'nps-break' OR match[2] <> '0') ticks) scaled
	GROUP BY px, lowest, highest
$$;
SELECT segment, abs(attribute(point, 'cx')::numeric - (origin + score * px)) <= 0.1501 AS point_right, attribute(point, 'cy') = attribute(whisker, 'y1') AND attribute(whisker, 'y1') = attribute(whisker, 'y2') AS on_its_line,
	abs(attribute(whisker, 'x1')::float8 - (origin + (estimate).ci_lower * px)) <= 0.1501 AND abs(attribute(whisker, 'x2')::float8 - (origin + (estimate).ci_upper * px)) <= 0.1501 AS whisker_right,
	(attribute(point, 'fill') = '#ffffff') = (responses < 30) AS hollow_below_30
FROM rankings, upright_axis_of(svg), groups_of(svg, 'segment') JOIN (SELECT *, nps_estimate(summary) AS estimate FROM ranked_segments) s ON rank = place,
	LATERAL (SELECT tag AS point FROM marks_of(part, 'point')) p, LATERAL (SELECT tag AS whisker FROM marks_of(part, 'whisker')) w ORDER BY place;

-- Without a target the line is the total of the summaries: 100 x (145 - 86) / 310 by hand, 19.0. With one it is that. Results
-- do not say what they are together.
SELECT svg ~ '>total 19\.0<' AS is_explained, abs(attribute(tag, 'x1')::numeric - (origin + 59 / 3.1 * px)) <= 0.1501 AND attribute(tag, 'x1') = attribute(tag, 'x2') AS at_the_total,
	substring(svg FROM '<desc[^>]*>[^<]*(The total is [^ ]*) ') AS words
FROM rankings, upright_axis_of(svg), marks_of(svg, 'reference');
SELECT substring(nps_ranking_chart(segment, summary, NULL, -20) FROM '>(t[^<]* &#8722;[^<]*)<') AS target, nps_ranking_chart(segment, nps_estimate(summary), NULL, NULL) ~ 'reference|>total' AS results_have_a_total,
	nps_ranking_chart(segment, nps_estimate(summary), NULL, 20) ~ '>target 20\.0<' AS results_have_a_target FROM ranked_segments;
SELECT failure('SELECT nps_ranking_chart(NULL, summary_of(9223372036854775807, 0, 0), NULL, NULL) FROM generate_series(1, 2)') AS too_many, nps_ranking_chart(NULL, NULL::nps_summary, NULL, NULL) ~ 'total' AS of_nothing;

-- A few rows share a slide, more make the chart longer; a row is a line of text high.
SELECT n, attribute(svg, 'width') || ' x ' || attribute(svg, 'height') AS size, attribute(svg, 'height')::numeric > n * 27 AS has_room
FROM (SELECT n, nps_ranking_chart('Segment ' || i, summary_of(i, 1, 1), 'A title', NULL ORDER BY i) AS svg FROM generate_series(1, 500) i, unnest(ARRAY[1, 5, 10, 500]) n WHERE i <= n GROUP BY n) c ORDER BY n;
SELECT failure('SELECT nps_ranking_chart(i::text, NULL::nps_result, NULL, NULL) FROM generate_series(1, 501) i');
SELECT nps_ranking_chart('a', summary_of(1, 1, 1), NULL, 0) IS NULL AS of_no_summaries, nps_ranking_chart('a', NULL::nps_result, NULL, 0) IS NULL AS of_no_results FROM ranked_segments WHERE false;

-- Shrunk scores, as every other result; a row without an interval has none.
SELECT place, text_of(part, 'score') = replace(round((nps_shrink(summary, total, 50)).nps::numeric, 1)::text, '-', '&#8722;') AS score_right, text_of(part, 'count') = responses::text AS n_right
FROM (SELECT nps_ranking_chart(segment, nps_shrink(summary, total, 50), NULL, NULL ORDER BY rank) AS svg, total FROM ranked_segments, (SELECT nps_agg(summary) AS total FROM ranked_segments) t GROUP BY total) c,
	groups_of(svg, 'segment') JOIN ranked_segments ON rank = place WHERE responses > 0 ORDER BY place;
SELECT occurrences(svg, 'nps-point') - 1 AS points, occurrences(svg, 'nps-whisker') AS whiskers, text_of(svg, 'score') AS score, text_of(svg, 'count') AS n
FROM (SELECT nps_ranking_chart('a', '(40,,,,,,,,,,,)'::nps_result, NULL, NULL)) c (svg);

-- No text overlaps another, a point or a whisker, all lies within the picture and has another colour on a dark background.
SELECT level, count(*) AS charts, string_agg(overlap, ', ') AS overlapping, string_agg(outside, ', ') AS outside, string_agg(without_dark, ', ') AS without_dark
FROM (SELECT level, (SELECT string_agg(o, ', ') FROM overlapping(svg) o) AS overlap, (SELECT string_agg(o, ', ') FROM outside(svg) o) AS outside, (SELECT string_agg(o, ', ') FROM without_dark(svg) o) AS without_dark
	FROM (SELECT level, nps_ranking_chart(label, CASE WHEN i % 9 <> 0 THEN summary_of(CASE level WHEN 'positive' THEN 1 WHEN 'far below' THEN 900000 ELSE i * 7 % 13 END, i * 5 % 11,
				CASE level WHEN 'negative' THEN 0 ELSE 1 + i * i % 29 END * CASE level WHEN 'large' THEN 1000000000000000 WHEN 'far above' THEN 1000 ELSE 1 END) END,
			repeat('A title of words ', 4), CASE WHEN n % 2 = 0 AND level !~ 'far' THEN 10 * n % 100 END ORDER BY i) AS svg
		FROM labels, unnest(ARRAY[1, 2, 10, 30]) n, unnest(ARRAY['positive', 'negative', 'around 0', 'large', 'far above', 'far below']) level WHERE i <= n GROUP BY kind, n, level) c) found
GROUP BY level ORDER BY level;
