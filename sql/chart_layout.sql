-- Charts: nothing covers anything else or lies outside, whatever the labels and figures are. How wide a text is at least:
-- in every usual font a digit is no narrower than half its size, and a W no narrower than 0.8 of it.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;

CREATE TABLE layouts AS
SELECT what, label, (SELECT nps_chart(own, summary, 'Layout') FROM (SELECT label AS own, summary_of(detractors, passives, promoters) AS summary FROM generate_series(1, n)) o) AS svg
FROM (VALUES ('level labels', 7, 1, 1, 1, repeat('W', 10)), ('turned labels', 60, 1, 1, 1, repeat('W', 15)),
	('large counts', 60, 1000000, 1000000, 1000000, 'a'), ('small shares', 1, 1, 1, 98, 'a'), ('many columns', 60, 30, 30, 40, 'a'))
	AS v (what, n, detractors, passives, promoters, label);

-- The texts of one class: where they are, and by how much they are turned.
CREATE FUNCTION places_of(svg text, class text) RETURNS TABLE (place bigint, x numeric, y numeric, turned integer, shown text) LANGUAGE sql IMMUTABLE AS $$
	SELECT ordinality, m[1]::numeric, m[2]::numeric, -COALESCE(substring(m[3] FROM 'rotate\((\S+)')::integer, 0), m[4]
	FROM regexp_matches(svg, '<text class="nps-' || class || '" x="([0-9.]+)" y="([0-9.]+)"([^>]*)>([^<]*)', 'g') WITH ORDINALITY p (m)
$$;
-- How far it is from one to the next.
CREATE FUNCTION distance_of(svg text, class text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT min(distance) FROM (SELECT x - lag(x) OVER (ORDER BY place) AS distance FROM places_of(svg, class)) neighbours
$$;
CREATE FUNCTION height_of(svg text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT substring(svg FROM ' height="([0-9.]+)"')::numeric $$;
CREATE FUNCTION width_of(svg text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT substring(svg FROM ' width="([0-9.]+)"')::numeric $$;

-- Level labels that have room in a chart of usual width are whole, and do not touch.
SELECT count(*) AS labels, bool_and(turned = 0) AS level, bool_and(shown = label) AS whole, distance_of(svg, 'label') > 10 * 0.8 * 12 AS apart
FROM layouts, places_of(svg, 'label') WHERE what = 'level labels' GROUP BY svg;

-- Turned ones end under their columns: lines of 12 px lie apart, the first begins inside on the left, and all end above the lower edge.
SELECT count(*) AS labels, bool_and(turned = 45) AS turned, distance_of(svg, 'label') * sqrt(0.5) > 12 AS apart,
	bool_and(x - 15 * 0.8 * 12 * sqrt(0.5) > 0) AS inside, bool_and(y + 15 * 0.8 * 12 * sqrt(0.5) < height_of(svg)) AS above_the_edge
FROM layouts, places_of(svg, 'label') WHERE what = 'turned labels' GROUP BY svg;

-- Numbers of responses of seven digits: turned where columns are narrow, and above the labels.
SELECT count(*) AS counts, bool_and(turned = 90 OR distance_of(svg, 'count') > 7 * 0.5 * 11) AS apart, bool_and(shown = '3000000') AS shown,
	bool_and(y + 7 * 0.5 * 11 < (SELECT min(l.y) - 12 FROM places_of(svg, 'label') l)) AS above_the_labels
FROM layouts, places_of(svg, 'count') WHERE what = 'large counts' GROUP BY svg;

-- The percentage of a part stands in it where that is high and wide enough.
SELECT what, count(*) AS parts, count(m[3]) AS with_a_figure, bool_and(m[3] IS NULL OR (m[2]::numeric > 11 AND m[1]::numeric > char_length(m[3]) * 0.5 * 11)) AS in_it
FROM layouts, regexp_matches(svg, 'class="nps-share"[^>]* width="([0-9.]+)" height="([0-9.]+)"[^>]*/>(?:<text[^>]*>([^<]*)</text>)?', 'g') m
WHERE what IN ('small shares', 'many columns', 'level labels') GROUP BY what ORDER BY what;

-- The last column ends inside, too.
SELECT what, max(x) < width_of(svg) AS inside FROM layouts, places_of(svg, 'count') GROUP BY what, svg ORDER BY what;

-- What is left of a long label or title is escaped at either end.
SELECT text_of(part, 'label') ~ '^&lt;W+&#8230;W+&gt;$' AS label, text_of(svg, 'title') ~ '^&lt;W+&#8230;W+&gt;$' AS title, parses(svg)
FROM (SELECT nps_chart(long, summary_of(1, 1, 1), long) AS svg FROM (SELECT '<' || repeat('W', 100) || '>' AS long) l) c, columns_of(svg);
