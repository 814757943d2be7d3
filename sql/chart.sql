-- Charts: what is in the SVG, and where, by regular expressions over its text.
CREATE FUNCTION summary_of(detractors bigint, passives bigint, promoters bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary$$;

-- How often it occurs.
CREATE FUNCTION occurrences(svg text, pattern text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
	$$SELECT count(*) FROM regexp_matches(svg, pattern, 'g')$$;

-- Its columns, in order; and what stands between the tags of one class in a column.
CREATE FUNCTION columns_of(svg text) RETURNS TABLE (place bigint, part text) LANGUAGE sql IMMUTABLE AS
	$$SELECT ordinality, match[1] FROM regexp_matches(svg, '<g class="nps-column">(.*?)</g>', 'g') WITH ORDINALITY m (match)$$;
CREATE FUNCTION text_of(part text, class text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT substring(part FROM '<text class="nps-' || class || '"[^>]*>([^<]*)</text>')$$;
CREATE FUNCTION tooltip_of(part text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT substring(part FROM '<title>([^<]*)</title>')$$;

-- Does the server's own parser take it? A server without one has no say.
CREATE FUNCTION parses(svg text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	RETURN XMLPARSE(DOCUMENT svg) IS NOT NULL;
EXCEPTION
	WHEN feature_not_supported THEN RETURN true;
	WHEN OTHERS THEN RETURN false;
END $$;

-- The smallest chart, all of it.
\pset format unaligned
SELECT nps_chart('2026Q1', summary_of(1, 2, 3), 'Answers');
\pset format aligned

-- 1, 7 and 60 columns: a point, a whisker, a label and n each; figures where they have room.
CREATE TABLE surveys AS
SELECT i, (i * 7) % 13 AS detractors, (i * 5) % 11 AS passives, 1 + (i * i) % 29 AS promoters FROM generate_series(1, 60) i;
CREATE TABLE charts AS
SELECT n, (SELECT nps_chart('Week ' || i, summary_of(detractors, passives, promoters), 'By week' ORDER BY i) FROM surveys WHERE i <= n) AS svg
FROM unnest(ARRAY[1, 7, 60]) n;
SELECT n, parses(svg), occurrences(svg, '<g class="nps-column">') AS columns, occurrences(svg, 'class="nps-whisker"') AS whiskers,
	occurrences(svg, 'class="nps-point"') AS points, occurrences(svg, 'class="nps-label"') AS labels,
	occurrences(svg, 'class="nps-count"') AS counts, occurrences(svg, 'class="nps-score"') AS scores,
	occurrences(svg, 'rotate\(-45') AS turned
FROM charts;

-- Where the axes are, as their figures say; then score and shares by hand, in px.
CREATE VIEW axes AS
SELECT n, max(y) FILTER (WHERE figure = '&#8722;100') AS lowest, max(y) FILTER (WHERE figure = '100') AS highest,
	max(y) FILTER (WHERE figure = '0 %') AS share_0, max(y) FILTER (WHERE figure = '100 %') AS share_100
FROM (SELECT n, match[1]::numeric AS y, match[2] AS figure
	FROM charts, regexp_matches(svg, 'class="nps-grid" d="M[0-9.]+ ([0-9.]+)H[^>]*/><text[^>]*>([^<]*)<', 'g') AS match) grid
GROUP BY n;
CREATE VIEW drawn AS
SELECT n, place, detractors, passives, promoters, responses, lowest, highest, share_0, share_100,
	100.0 * (promoters - detractors) / responses AS score,
	substring(part FROM 'class="nps-point" cx="[0-9.]+" cy="([0-9.]+)"')::numeric AS point,
	substring(part FROM 'class="nps-whisker" d="M[0-9.]+ ([0-9.]+)H')::numeric AS upper,
	substring(part FROM 'class="nps-whisker" d="[^"]*V([0-9.]+)M')::numeric AS lower,
	part
FROM charts JOIN axes USING (n), columns_of(svg), LATERAL (SELECT *, detractors + passives + promoters AS responses FROM surveys WHERE i = place) s;
SELECT n, count(*), max(abs(point - (lowest - (score + 100) / 200 * (lowest - highest)))) <= 0.0501 AS points_right,
	bool_and((upper < point AND point < lower AND highest <= upper AND lower <= lowest) IS TRUE) AS whiskers_around_them,
	bool_and(text_of(part, 'score') IS NULL OR text_of(part, 'score') = replace(round(score, 1)::text, '-', '&#8722;')) AS figures_right,
	bool_and((text_of(part, 'count') = responses::text) IS TRUE) AS counts_right
FROM drawn GROUP BY n ORDER BY n;

-- Both ends of a whisker read back from the picture in points: there Tango's statistic, by his own formula, is the
-- normal quantile, as well as a tenth of a px allows.
SELECT n, count(*) AS ends, bool_and((abs(abs(z) - 1.959964) < 0.02) IS TRUE) AS at_the_quantile
FROM (SELECT n, (promoters - detractors - responses * delta)
			/ sqrt(responses * (2 * (sqrt(b ^ 2 - 8 * responses * c) - b) / (4 * responses) + delta * (1 - delta))) AS z
	FROM (SELECT *, -promoters - detractors + (2 * responses - promoters + detractors) * delta AS b, -detractors * delta * (1 - delta) AS c
		FROM (SELECT *, ((lowest - y) / (lowest - highest) * 2 - 1)::double precision AS delta
			FROM drawn, unnest(ARRAY[upper, lower]) y WHERE promoters < responses AND detractors < responses) ends) coefficients) statistics
GROUP BY n ORDER BY n;

-- The bars: from below detractors, passives, promoters, without gaps, empty ones left out.
CREATE VIEW shares AS
SELECT n, place, category, share_0, share_100, y::numeric, height::numeric,
	share_0 - (share_0 - share_100) * (to_here - share) AS from_y, share_0 - (share_0 - share_100) * to_here AS to_y
FROM drawn, LATERAL (SELECT ordinality, match[1] AS y, match[2] AS height,
		CASE match[3] WHEN '#d55e00' THEN 'detractors' WHEN '#f0e442' THEN 'passives' WHEN '#56b4e9' THEN 'promoters' END AS category
	FROM regexp_matches(part, 'class="nps-share" x="[0-9.]+" y="([0-9.]+)" width="[0-9.]+" height="([0-9.]+)" fill="([^"]*)"', 'g') WITH ORDINALITY m (match)) rects
FULL JOIN LATERAL (VALUES ('detractors', 1.0 * detractors / responses, 1.0 * detractors / responses),
	('passives', 1.0 * passives / responses, 1.0 * (detractors + passives) / responses),
	('promoters', 1.0 * promoters / responses, 1.0)) AS v (category, share, to_here) USING (category)
WHERE share IS DISTINCT FROM 0.0;
SELECT n, category, count(*) = count(y) AS all_drawn, max(abs(y - to_y)) <= 0.0501 AS tops_right, max(abs(y + height - from_y)) <= 0.1001 AS ends_right
FROM shares GROUP BY n, category ORDER BY n, category;
SELECT n, occurrences(svg, 'class="nps-share"') AS drawn, (SELECT sum((detractors > 0)::int + (passives > 0)::int + (promoters > 0)::int) FROM surveys WHERE i <= n) AS by_hand
FROM charts ORDER BY n;

-- The words for screen readers and in tooltips: those of nps_format.
SELECT n, bool_and(tooltip_of(part) LIKE
	replace(format('Week %s: %s], n = %s; %%', place, split_part(nps_format(nps_estimate(summary_of(detractors, passives, promoters))), ']', 1), responses), '-', '&#8722;') IS TRUE) AS tooltips_right
FROM drawn GROUP BY n ORDER BY n;
SELECT n, svg ~ ('^<svg xmlns="http://www.w3.org/2000/svg" [^>]*role="img" aria-labelledby="(nps-[0-9a-f]{8}-title) (nps-[0-9a-f]{8}-desc)"[^>]*>\s*'
	'<title id="\1">By week</title>\s*<desc id="\2">') AS is_labelled,
	(SELECT bool_and((strpos(substring(svg FROM '<desc[^>]*>([^<]*)'), tooltip_of(part)) > 0) IS TRUE) FROM columns_of(svg)) AS described
FROM charts ORDER BY n;
SELECT count(DISTINCT substring(svg FROM 'id="([^"]*)"')) AS ids FROM charts;

-- It needs nothing from elsewhere.
SELECT bool_or(replace(svg, 'http://www.w3.org/2000/svg', '') ~* 'http|url\(|href|<style|<script|@import') AS refers_to_anything FROM charts;

-- Text: escaped; what XML forbids is marked, line ends are blanks.
\pset format unaligned
SELECT text_of(part, 'label') AS shown, substring(tooltip_of(part) FROM '^(.*): no responses$') AS tooltip, parses(svg)
FROM unnest(ARRAY['<&"''>', ']]>', '<script>alert(1)</script>', E'a\tb\r\nc', E'a\x01\x08\x1b[0mz', U&'\FFFE\FFFF', U&'\+01F600', '&amp;', '%s%n%d', '']) label,
	LATERAL (SELECT nps_chart(own, NULL, own) AS svg FROM (SELECT label AS own) o) c, columns_of(svg);
\pset format aligned
SELECT text_of(svg, 'title') AS title, substring(svg FROM '<title id[^>]*>([^<]*)') AS whole
FROM (SELECT nps_chart('a', summary_of(1, 1, 1), '<b>"Q1" & ''Q2''</b>') AS svg) c;

-- No label, no responses, no summary, no title, no rows; the first title counts.
SELECT text_of(part, 'label') AS label, text_of(part, 'count') AS n, occurrences(part, 'nps-(point|whisker|share|score)') AS marks, tooltip_of(part) AS tooltip
FROM (SELECT nps_chart(label, summary, title ORDER BY label) AS svg
	FROM (VALUES ('a', summary_of(0, 0, 0), NULL), ('b', NULL, NULL), (NULL, summary_of(0, 0, 4), NULL)) AS v (label, summary, title)) c, columns_of(svg);
SELECT text_of(nps_chart('a', NULL, NULL), 'title') AS without_title, text_of(nps_chart('a', NULL, ''), 'title') AS blank_title,
	text_of((SELECT nps_chart(label, NULL, title ORDER BY label) FROM (VALUES ('a', NULL), ('b', 'B'), ('c', 'C')) v (label, title)), 'title') AS first_title;
SELECT nps_chart('a', summary_of(1, 1, 1), 'none') IS NULL AS of_no_rows FROM surveys WHERE i > 60;

-- Long labels have an ellipsis between their beginning and their end, between whole characters, and are whole in the tooltip.
SELECT n, what, bool_and(text_of(part, 'label') ~ '.&#8230;.') AS shortened, bool_and(label LIKE replace(text_of(part, 'label'), '&#8230;', '%')) AS whole_characters,
	min(char_length(text_of(part, 'label'))) - 7 AS shown, bool_and(strpos(tooltip_of(part), label || ': ') = 1) AS whole_in_tooltip, bool_and(parses(svg)) AS parses
FROM (VALUES (1, 'Latin', repeat('abcd ', 30)), (1, 'accents', repeat(U&'\00E9\00E8', 50)), (1, 'Japanese', repeat(U&'\65E5\672C', 40)), (1, 'emoji', repeat(U&'\+01F600\+01F601', 40)),
	(60, 'Latin', repeat('abcd ', 30)), (60, 'Japanese', repeat(U&'\65E5\672C', 40))) AS v (n, what, label),
	LATERAL (SELECT nps_chart(own, summary_of(1, 1, 1), NULL) AS svg FROM (SELECT label AS own FROM generate_series(1, n)) o) c, columns_of(svg)
GROUP BY n, what ORDER BY n, what;
SELECT char_length(substring(svg FROM '<title id[^>]*>([^<]*)')) AS whole_title, char_length(text_of(svg, 'title')) < 60 AS shortened
FROM (SELECT nps_chart('a', NULL, repeat('long title ', 100)) AS svg) c;

-- So names that begin alike stay apart.
SELECT count(*) AS labels, count(DISTINCT text_of(part, 'label')) AS apart, min(text_of(part, 'label')) AS first
FROM (SELECT nps_chart(format('Customers of the region number %s', i), NULL, NULL ORDER BY i) AS svg FROM generate_series(1, 60) i) c, columns_of(svg);

-- The order is the aggregate's own.
SELECT (SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM columns_of(up)) AS ascending,
	(SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM columns_of(down)) AS descending
FROM (SELECT nps_chart(i::text, NULL, NULL ORDER BY i) AS up, nps_chart(i::text, NULL, NULL ORDER BY i DESC) FILTER (WHERE i > 2) AS down
	FROM generate_series(1, 5) i) c;

-- In a window it grows row by row: the final function leaves the state alone.
SELECT i, (SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM columns_of(growing)) AS growing,
	(SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM columns_of(sliding)) AS sliding,
	growing = (SELECT nps_chart(o.i::text, summary_of(o.detractors, o.passives, o.promoters), 'W' ORDER BY o.i) FROM surveys o WHERE o.i <= w.i) AS same
FROM (SELECT i, nps_chart(i::text, summary_of(detractors, passives, promoters), 'W') OVER (ORDER BY i) AS growing,
		nps_chart(i::text, summary_of(detractors, passives, promoters), 'W') OVER (ORDER BY i ROWS 1 PRECEDING) AS sliding
	FROM surveys WHERE i <= 4) w ORDER BY i;

-- By group.
SELECT segment, occurrences(nps_chart(quarter, summary, segment::text ORDER BY quarter), 'nps-column') AS columns
FROM (SELECT segment, to_char(answered_at, 'YYYY"Q"Q') AS quarter, nps_agg(score) AS summary FROM answers GROUP BY 1, 2) q
GROUP BY segment ORDER BY segment;

-- No setting changes a byte.
CREATE TABLE usual AS SELECT md5(svg) AS md5 FROM charts ORDER BY n;
SET extra_float_digits = -15;
SET bytea_output = escape;
SELECT count(*) AS charts, bool_and(md5(svg) IN (SELECT md5 FROM usual)) AS same
FROM (SELECT (SELECT nps_chart('Week ' || i, summary_of(detractors, passives, promoters), 'By week' ORDER BY i) FROM surveys WHERE i <= n) AS svg FROM unnest(ARRAY[1, 7, 60]) n) again;
RESET extra_float_digits;
RESET bytea_output;

-- Extremes: the largest counts, only one category, and as many columns as there may be.
SELECT tooltip_of(part) AS tooltip, text_of(part, 'count') AS n
FROM (SELECT nps_chart(i::text, summary, NULL ORDER BY i) AS svg FROM (VALUES (1, summary_of(9223372036854775807, 0, 0)), (2, summary_of(0, 9223372036854775807, 0)),
	(3, summary_of(0, 0, 9223372036854775807)), (4, summary_of(1, 0, 0))) v (i, summary)) c, columns_of(svg);
SELECT occurrences(nps_chart(i::text, summary_of(i, 1, 1), NULL ORDER BY i), 'nps-column') AS columns FROM generate_series(1, 500) i;
SELECT failure('SELECT nps_chart(i::text, NULL, NULL) FROM generate_series(1, 501) i');
