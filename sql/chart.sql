-- nps_chart, columns: what is in the picture, and where; and what all charts have in common: texts, colours, limits.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET extra_float_digits = 1;

-- 1, 7 and 60 columns: a point, a whisker and bars each; labels, counts and figures where they have room.
CREATE TABLE surveys AS
SELECT i, (i * 7) % 13 AS detractors, (i * 5) % 11 AS passives, 1 + (i * i) % 29 AS promoters FROM generate_series(1, 60) i;
CREATE TABLE charts AS
SELECT n, (SELECT nps_chart('Week ' || i, summary_of(detractors, passives, promoters), 'By week' ORDER BY i) FROM surveys WHERE i <= n) AS svg
FROM unnest(ARRAY[1, 7, 60]) n;
SELECT n, parses(svg), occurrences(svg, '<g class="nps-column">') AS columns, occurrences(svg, 'class="nps-whisker"') AS whiskers,
	occurrences(svg, 'class="nps-point"') - 2 AS points, occurrences(svg, 'class="nps-score"') AS scores,
	occurrences(svg, 'class="nps-count"') AS counts, occurrences(svg, 'class="nps-label"') > 0 AS are_labelled, occurrences(svg, 'rotate\(-45') > 0 AS turned
FROM charts ORDER BY n;

-- Where the axes are, as their figures say: the score's in px a point, and the line of 0; that of the shares.
CREATE FUNCTION level_axis_of(svg text) RETURNS TABLE (origin numeric, px numeric, lowest numeric, highest numeric) LANGUAGE sql IMMUTABLE AS $$
	SELECT min(y) FILTER (WHERE points = highest) + highest * px, px, lowest, highest
	FROM (SELECT *, (max(y) FILTER (WHERE points = lowest) OVER () - min(y) FILTER (WHERE points = highest) OVER ()) / nullif(highest - lowest, 0) AS px
		FROM (SELECT match[1]::numeric AS y, replace(match[2], '&#8722;', '-')::numeric AS points,
				min(replace(match[2], '&#8722;', '-')::numeric) OVER () AS lowest, max(replace(match[2], '&#8722;', '-')::numeric) OVER () AS highest
			FROM regexp_matches(svg, '<line class="nps-(?:grid|zero)" x1="[0-9.]+" y1="([0-9.]+)"[^>]*>\s*<text[^>]*>([^<]*)<', 'g') AS match
			WHERE svg !~ 'nps-break' OR match[2] <> '0') ticks) scaled
	GROUP BY px, lowest, highest
$$;
CREATE TABLE drawn AS
SELECT n, place, detractors, passives, promoters, responses, origin, px, 100.0 * (promoters - detractors) / responses AS score,
	attribute(point, 'cx')::numeric AS x, attribute(point, 'cy')::numeric AS y, attribute(point, 'r')::numeric AS r, attribute(point, 'fill') AS fill,
	attribute(whisker, 'y1')::numeric AS upper, attribute(whisker, 'y2')::numeric AS lower, attribute(whisker, 'x1')::numeric AS whisker_x, part
FROM charts, level_axis_of(svg), groups_of(svg, 'column'), LATERAL (SELECT *, detractors + passives + promoters AS responses FROM surveys WHERE i = place) s,
	LATERAL (SELECT tag AS point FROM marks_of(part, 'point')) p, LATERAL (SELECT tag AS whisker FROM marks_of(part, 'whisker')) w;
SELECT n, count(*), max(abs(y - (origin - score * px))) <= 0.0501 AS points_right, bool_and(upper < y AND y < lower AND whisker_x = x) AS whiskers_around_them,
	bool_and(coalesce(text_of(part, 'score') IN (replace(round(score, 1)::text, '-', '&#8722;'), replace(round(score)::text, '-', '&#8722;')), n = 60)) AS figures_right,
	bool_and(coalesce(text_of(part, 'count') = responses::text, n = 60)) AS counts_right
FROM drawn GROUP BY n ORDER BY n;

-- The figure stands beside its point, at its height, and before the next column.
SELECT n, bool_and(attribute(tag, 'x')::numeric - x BETWEEN r AND r + 6) AS beside, bool_and(abs(attribute(tag, 'y')::numeric - 0.35 * 18 - y) < 0.11) AS at_its_height
FROM drawn, marks_of(part, 'score') GROUP BY n ORDER BY n;

-- Both ends of a whisker read back from the picture in points: there Tango's statistic, by his own formula, is the
-- normal quantile, as well as a tenth of a px allows.
SELECT n, count(*) AS ends, bool_and((abs(abs(z) - 1.959964) < 0.02) IS TRUE) AS at_the_quantile
FROM (SELECT n, (promoters - detractors - responses * delta)
			/ sqrt(responses * (2 * (sqrt(b ^ 2 - 8 * responses * c) - b) / (4 * responses) + delta * (1 - delta))) AS z
	FROM (SELECT *, -promoters - detractors + (2 * responses - promoters + detractors) * delta AS b, -detractors * delta * (1 - delta) AS c
		FROM (SELECT *, ((origin - limit_y) / px / 100)::double precision AS delta
			FROM drawn, unnest(ARRAY[upper, lower]) limit_y WHERE promoters < responses AND detractors < responses) ends) coefficients) statistics
GROUP BY n ORDER BY n;

-- The bars: from below detractors, passives, promoters, without gaps, empty ones left out.
CREATE VIEW shares AS
SELECT n, place, category, share_0, share_100, attribute(tag, 'y')::numeric AS y, attribute(tag, 'height')::numeric AS height,
	share_0 - (share_0 - share_100) * (to_here - share) AS from_y, share_0 - (share_0 - share_100) * to_here AS to_y
FROM drawn JOIN (SELECT n, max(attribute(tag, 'y1')::numeric) AS share_0, min(attribute(tag, 'y1')::numeric) AS share_100 FROM charts, marks_of(svg, 'share-grid') GROUP BY n) axes USING (n),
	LATERAL (SELECT tag, CASE attribute(tag, 'fill') WHEN '#e8743b' THEN 'detractors' WHEN '#d7dadd' THEN 'passives' WHEN '#0072b2' THEN 'promoters' END AS category
		FROM marks_of(part, 'share')) rects
FULL JOIN LATERAL (VALUES ('detractors', 1.0 * detractors / responses, 1.0 * detractors / responses),
	('passives', 1.0 * passives / responses, 1.0 * (detractors + passives) / responses),
	('promoters', 1.0 * promoters / responses, 1.0)) AS v (category, share, to_here) USING (category)
WHERE share IS DISTINCT FROM 0.0;
SELECT n, category, count(*) = count(y) AS all_drawn, max(abs(y - to_y)) <= 0.0501 AS tops_right, max(abs(y + height - from_y)) <= 0.1001 AS ends_right
FROM shares GROUP BY n, category ORDER BY n, category;
SELECT n, occurrences(svg, 'class="nps-share"') AS drawn, (SELECT sum((detractors > 0)::int + (passives > 0)::int + (promoters > 0)::int) FROM surveys WHERE i <= n) AS by_hand
FROM charts ORDER BY n;

-- Few responses make a hollow point: 29, not 30. The legend says so only where there is one.
SELECT n, bool_and((fill = '#ffffff') = (responses < 30)) AS hollow_below_30 FROM drawn GROUP BY n ORDER BY n;
SELECT responses, attribute(tag, 'fill') AS fill, svg ~ '>below 30 responses<' AS is_explained, svg ~ 'fill="#ffffff"[^<]*<text[^>]*>below 30 responses<' AS beside_a_hollow_one
FROM unnest(ARRAY[29, 30]) responses, LATERAL (SELECT nps_chart('a', summary_of(9, 9, own - 18), NULL) FROM (SELECT responses AS own) o) c (svg),
	groups_of(svg, 'column'), marks_of(part, 'point') ORDER BY responses;

-- The axis follows the data, and 0 is always on it: where it would leave more than half of it empty there is a break.
CREATE FUNCTION axis_shown(svg text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT format('%s to %s', round(lowest), round(highest)) || CASE WHEN svg ~ 'nps-break' THEN ', break, 0' ELSE '' END || CASE WHEN svg ~ 'nps-zero' THEN '' ELSE ', without 0' END
	FROM level_axis_of(svg)
$$;
SELECT name, axis_shown(nps_chart(i::text, x, NULL ORDER BY i))
FROM (VALUES ('around 0', 1, '(5,-45,38,50,,,,,,,,)'::nps_result), ('around 0', 2, '(5,-12,21,50,,,,,,,,)'), ('positive', 1, '(50,41,59,50,,,,,,,,)'), ('positive', 2, '(70,62,84,50,,,,,,,,)'),
	('far from 0', 1, '(80,76,84,500,,,,,,,,)'), ('far from 0', 2, '(78,73,82,500,,,,,,,,)'), ('far below 0', 1, '(-80,-84,-76,500,,,,,,,,)'),
	('not so far', 1, '(20,14,29,500,,,,,,,,)'), ('all of it', 1, '(0,-100,100,1,,,,,,,,)'), ('nothing to see', 1, NULL), ('100 only', 1, '(100,100,100,1000000,,,,,,,,)'),
	('-100 only', 1, '(-100,-100,-100,1000000,,,,,,,,)'), ('half a point', 1, '(48.2,48.1,48.3,9000000,,,,,,,,)'), ('half a point', 2, '(48.6,48.5,48.7,9000000,,,,,,,,)')) v (name, i, x)
GROUP BY name ORDER BY name;

-- The words for screen readers and in tooltips: those of nps_format.
SELECT n, bool_and(tooltip_of(part) LIKE
	replace(format('Week %s: %s], n = %s; %%', place, split_part(nps_format(nps_estimate(summary_of(detractors, passives, promoters))), ']', 1), responses), '-', '&#8722;') IS TRUE) AS tooltips_right
FROM drawn GROUP BY n ORDER BY n;
SELECT n, svg ~ ('^<svg xmlns="http://www.w3.org/2000/svg" id="(nps-[0-9a-f]{8})" [^>]*role="img" aria-labelledby="\1-title \1-desc"[^>]*>\s*'
	'<title id="\1-title">By week</title>\s*<desc id="\1-desc">') AS is_labelled,
	(SELECT bool_and((strpos(substring(svg FROM '<desc[^>]*>([^<]*)'), tooltip_of(part)) > 0) IS TRUE) FROM groups_of(svg, 'column')) AS described
FROM charts ORDER BY n;

-- Charts of one page do not clash: their ids differ, and each style sheet speaks of its own chart alone.
SELECT count(DISTINCT id) AS ids, bool_and(rest !~ '#nps-' AND occurrences(rest, '\{') = 1) AS only_of_their_own
FROM (SELECT attribute(svg, 'id') AS id, regexp_replace(substring(svg FROM '<style>(.*)</style>'), '#' || attribute(svg, 'id') || '( \[(fill|stroke)="#[0-9a-f]{6}"\]\{(fill|stroke):#[0-9a-f]{6}\}|\{max-width:100%;height:auto\})', '', 'g') AS rest
	FROM charts) styles;

-- Each colour has another on a dark background, and every one that is used is in the style sheet.
CREATE FUNCTION without_dark(svg text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
	SELECT DISTINCT match[1] FROM regexp_matches(svg, '<[a-z]+ [^>]*?((?:fill|stroke)="[^"]*")', 'g') AS match
	WHERE match[1] <> 'fill="none"' AND strpos(svg, '[' || match[1] || ']{') = 0
$$;
SELECT n, (SELECT string_agg(c, ' ') FROM without_dark(svg) c) AS without_dark FROM charts ORDER BY n;

-- It needs nothing from elsewhere.
SELECT bool_or(replace(svg, 'http://www.w3.org/2000/svg', '') ~* 'http|url\(|href|<script|@import|@font|expression|javascript') AS refers_to_anything FROM charts;

-- Text: escaped; what XML forbids is marked, line ends are blanks.
\pset format unaligned
SELECT text_of(part, 'label') AS shown, substring(tooltip_of(part) FROM '^(.*): no responses$') AS tooltip, parses(svg)
FROM unnest(ARRAY['<&"''>', ']]>', '<script>alert(1)</script>', E'a\tb\r\nc', E'a\x01\x08\x1b[0mz', U&'\FFFE\FFFF', U&'\+01F600', '&amp;', '%s%n%d', '']) label,
	LATERAL (SELECT nps_chart(own, NULL::nps_summary, own) AS svg FROM (SELECT label AS own) o) c, groups_of(svg, 'column');
-- Letters from right to left are kept apart from the figures after them; what would turn the rest around is marked.
SELECT text_of(part, 'label') AS shown, tooltip_of(part) AS tooltip
FROM unnest(ARRAY[U&'\05E9\05DC\05D5\05DD', U&'a\202Eb', U&'\2067c\2069']) label, LATERAL (SELECT nps_chart(own, NULL::nps_summary, NULL) AS svg FROM (SELECT label AS own) o) c, groups_of(svg, 'column');
\pset format aligned
SELECT text_of(svg, 'title') AS title, substring(svg FROM '<title id[^>]*>([^<]*)') AS whole
FROM (SELECT nps_chart('a', summary_of(1, 1, 1), '<b>"Q1" & ''Q2''</b>') AS svg) c;

-- No label, no responses, no summary, no title, no rows; the first title counts.
SELECT text_of(part, 'label') AS label, text_of(part, 'count') AS n, occurrences(part, 'nps-(point|whisker|share|score)"') AS marks, tooltip_of(part) AS tooltip
FROM (SELECT nps_chart(label, summary, title ORDER BY label) AS svg
	FROM (VALUES ('a', summary_of(0, 0, 0), NULL), ('b', NULL, NULL), (NULL, summary_of(0, 0, 4), NULL)) AS v (label, summary, title)) c, groups_of(svg, 'column');
SELECT text_of(nps_chart('a', NULL::nps_summary, NULL), 'title') AS without_title, text_of(nps_chart('a', NULL::nps_result, ''), 'title') AS blank_title,
	text_of((SELECT nps_chart(label, NULL::nps_summary, title ORDER BY label) FROM (VALUES ('a', NULL), ('b', 'B'), ('c', 'C')) v (label, title)), 'title') AS first_title;
SELECT nps_chart('a', summary_of(1, 1, 1), 'none') IS NULL AS of_no_summaries, nps_chart('a', nps_estimate(summary_of(1, 1, 1)), 'none') IS NULL AS of_no_results FROM surveys WHERE i > 60;

-- Of long labels only the beginning and the end are kept, 100 characters, and of a very long one the beginning; where there is less room, less of both is shown,
-- whole characters, with an ellipsis between.
SELECT n, what, bool_and(text_of(part, 'label') ~ '.&#8230;.') AS shortened, bool_and(label LIKE replace(text_of(part, 'label'), '&#8230;', '%')) AS whole_characters,
	bool_and(unescaped(tooltip_of(part)) ~ ('^(&#8296;)?' || left(label, 50) || '\.\.\.' || right(label, 50) || '(&#8297;)?: ')) AS both_ends_in_tooltip, bool_and(parses(svg)) AS parses
FROM (VALUES (1, 'Latin', repeat('abcd ', 30)), (1, 'accents', repeat(U&'\00E9\00E8', 52)), (1, 'Japanese', repeat(U&'\65E5\672C', 55)), (1, 'emoji', repeat(U&'\+01F600\+01F601', 55)),
	(60, 'Latin', repeat('abcd ', 30)), (60, 'Japanese', repeat(U&'\65E5\672C', 55))) AS v (n, what, label),
	LATERAL (SELECT nps_chart(own, summary_of(1, 1, 1), NULL) AS svg FROM (SELECT label AS own FROM generate_series(1, n)) o) c, groups_of(svg, 'column')
WHERE text_of(part, 'label') IS NOT NULL
GROUP BY n, what ORDER BY n, what;
SELECT length, char_length(regexp_replace(tooltip_of(part), ':.*', '')) AS kept
FROM unnest(ARRAY[99, 100, 101, 1000000]) length, LATERAL (SELECT nps_chart(repeat('x', own), NULL::nps_summary, NULL) FROM (SELECT length AS own) o) c (svg), groups_of(svg, 'column') ORDER BY length;

-- So names that begin alike stay apart.
SELECT count(text_of(part, 'label')) > 10 AS are_labelled, count(text_of(part, 'label')) = count(DISTINCT text_of(part, 'label')) AS apart
FROM (SELECT nps_chart(format('Customers of the region number %s', i), NULL::nps_summary, NULL ORDER BY i) AS svg FROM generate_series(1, 30) i) c, groups_of(svg, 'column');

-- A title has two lines, between words; what does not fit on them has an ellipsis, and is whole in the title for screen readers,
-- but for a very long one.
SELECT left(title, 30) AS title, array_agg(match[1]) AS lines
FROM unnest(ARRAY['Score by quarter', 'The score of all of our customers by quarter', repeat('long title ', 20), repeat('W', 60)]) title,
	LATERAL (SELECT nps_chart('a', NULL::nps_summary, own) AS svg FROM (SELECT title AS own) o) c, regexp_matches(svg, '<text class="nps-title"[^>]*>([^<]*)<', 'g') AS match
GROUP BY title ORDER BY length(title);
SELECT char_length(substring(svg FROM '<title id[^>]*>([^<]*)')) AS whole_title, char_length(substring(nps_chart('a', NULL::nps_summary, repeat('long title ', 100)) FROM '<title id[^>]*>([^<]*)')) AS longest_kept
FROM (SELECT nps_chart('a', NULL::nps_summary, repeat('long title ', 20)) AS svg) c GROUP BY svg;

-- The order is the aggregate's own.
SELECT (SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM groups_of(up, 'column')) AS ascending,
	(SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM groups_of(down, 'column')) AS descending
FROM (SELECT nps_chart(i::text, NULL::nps_summary, NULL ORDER BY i) AS up, nps_chart(i::text, NULL::nps_summary, NULL ORDER BY i DESC) FILTER (WHERE i > 2) AS down
	FROM generate_series(1, 5) i) c;

-- In a window it grows row by row: the final function leaves the state alone.
SELECT i, (SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM groups_of(growing, 'column')) AS growing,
	(SELECT string_agg(text_of(part, 'label'), ' ' ORDER BY place) FROM groups_of(sliding, 'column')) AS sliding,
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
SET extra_float_digits = 1;
SET bytea_output = hex;

-- A result draws what its summary does; only its confidence is not known.
SELECT n, substring(svg FROM '<g class="nps-column">.*')
	= (SELECT substring(nps_chart('Week ' || i, nps_estimate(summary_of(detractors, passives, promoters)), 'By week' ORDER BY i) FROM '<g class="nps-column">.*') FROM surveys WHERE i <= n) AS same
FROM charts ORDER BY n;
SELECT text_of(nps_chart('a', summary_of(1, 1, 1), NULL), 'legend') AS of_a_summary, text_of(nps_chart('a', nps_estimate(summary_of(1, 1, 1), 0.8), NULL), 'legend') AS of_a_result,
	text_of(nps_chart('a', '(40,,,1,,,,,,,,)'::nps_result, NULL), 'legend') AS without_interval;

-- Results of every origin: weighted, clustered, of another confidence. The words are those of nps_format.
SELECT label, replace(tooltip_of(part), '&#8722;', '-') LIKE label || ': ' || replace(nps_format(x), ' n=', ', n = ') || '; %' AS as_formatted
FROM (VALUES ('80 %', nps_estimate(summary_of(10, 20, 30), 0.8)), ('99 %', nps_estimate(summary_of(10, 20, 30), 0.99)),
		('clustered', (SELECT nps_clustered(summary_of(i % 2, i % 3, i)) FROM generate_series(1, 8) i)),
		('one account', (SELECT nps_clustered(summary_of(1, 2, 3)))),
		('weighted', (SELECT nps_weighted(score, weight) FROM (VALUES (10, 1.0::float8), (9, 2), (3, 1)) v (score, weight)))) v (label, x),
	LATERAL (SELECT nps_chart(own, result, NULL) FROM (SELECT label AS own, x AS result) o) c (svg), groups_of(svg, 'column') ORDER BY label;

-- Results made by hand: what is there is drawn.
SELECT label, attribute(point, 'cy') IS NOT NULL AS point, attribute(whisker, 'y1') IS NOT NULL AS whisker, occurrences(part, 'nps-share"') AS shares, text_of(part, 'count') AS n, tooltip_of(part) AS tooltip
FROM (VALUES ('1 score alone', '(40,,,,,,,,,,,)'::nps_result), ('2 no score', '(,-1,1,7,,,,20,30,50,,)'), ('3 one limit', '(40,30,,9,,,,,,,,)'), ('4 two shares', '(40,30,50,9,,,,60,,20,,)'),
	('5 nothing', '(,,,,,,,,,,,)'), ('6 NULL', NULL), ('7 no responses', '(,,,0,0,0,0,,,,,)'), ('8 outside its interval', '(40,50,60,9,,,,60,20,20,,)'), ('9 rounded up', '(0,-10,10,9,,,,100,0,100,,)')) v (label, x),
	LATERAL (SELECT nps_chart(own, result, NULL) FROM (SELECT label AS own, x AS result) o) c (svg), groups_of(svg, 'column')
	LEFT JOIN LATERAL (SELECT tag AS point FROM marks_of(part, 'point')) p ON true LEFT JOIN LATERAL (SELECT tag AS whisker FROM marks_of(part, 'whisker')) w ON true ORDER BY label;
SELECT sum(attribute(tag, 'height')::numeric) AS height_of_rounded_up
FROM (SELECT nps_chart('a', '(0,-10,10,9,,,,100,0,100,,)'::nps_result, NULL)) c (svg), groups_of(svg, 'column'), marks_of(part, 'share');

-- And what cannot be is refused.
SELECT result, failure(format('SELECT nps_chart(NULL, %L::nps_result, NULL)', result))
FROM unnest(ARRAY['(NaN,,,,,,,,,,,)', '(Infinity,,,,,,,,,,,)', '(100.1,,,,,,,,,,,)', '(40,NaN,50,,,,,,,,,)', '(40,30,-Infinity,,,,,,,,,)', '(40,50,30,,,,,,,,,)', '(40,-101,30,,,,,,,,,)',
	'(40,,,,,,,NaN,0,0,,)', '(40,,,,,,,-1,0,0,,)', '(40,,,,,,,0,101,0,,)', '(40,,,-1,,,,,,,,)']) result;

-- Extremes: the largest counts, only one category, and as many columns as there may be.
SELECT tooltip_of(part) AS tooltip, text_of(part, 'count') AS n
FROM (SELECT nps_chart(i::text, summary, NULL ORDER BY i) AS svg FROM (VALUES (1, summary_of(9223372036854775807, 0, 0)), (2, summary_of(0, 9223372036854775807, 0)),
	(3, summary_of(0, 0, 9223372036854775807)), (4, summary_of(1, 0, 0))) v (i, summary)) c, groups_of(svg, 'column');
SELECT occurrences(nps_chart(i::text, summary_of(i, 1, 1), NULL ORDER BY i), 'nps-column') AS columns FROM generate_series(1, 500) i;
SELECT failure('SELECT nps_chart(i::text, NULL::nps_summary, NULL) FROM generate_series(1, 501) i');

-- No text overlaps another, a point or a whisker, and all lies within the picture, whatever the labels are.
CREATE TABLE labels AS
SELECT kind, i, label FROM generate_series(1, 60) i, LATERAL (VALUES ('month', to_char(date '2021-01-01' + i * interval '1 month', 'YYYY-MM')), ('number', i::text), ('wide', repeat('W', 1 + i * 7 % 40)),
	('words', 'Customers of region number ' || i), ('empty', ''), ('none', NULL), ('Japanese', repeat(U&'\65E5\672C', 1 + i % 30))) AS v (kind, label);
SELECT level, count(*) AS charts, string_agg(overlap, ', ') AS overlapping, string_agg(outside, ', ') AS outside, bool_and(width = 640) AS as_wide_as_any
FROM (SELECT level, (SELECT string_agg(o, ', ') FROM overlapping(svg) o) AS overlap, (SELECT string_agg(o, ', ') FROM outside(svg) o) AS outside, attribute(svg, 'width')::numeric AS width
	FROM (SELECT level, nps_chart(label, summary_of(CASE level WHEN 'positive' THEN 1 ELSE i * 7 % 13 END, i * 5 % 11, CASE level WHEN 'negative' THEN 0 ELSE 1 + i * i % 29 END * CASE level WHEN 'large' THEN 1000000000000000 ELSE 1 END),
			repeat('A title of words ', 4) ORDER BY i) AS svg
		FROM labels, unnest(ARRAY[1, 2, 10, 30]) n, unnest(ARRAY['positive', 'negative', 'around 0', 'large']) level WHERE i <= n GROUP BY kind, n, level) c) found
GROUP BY level ORDER BY level;
-- Turned labels are a line apart.
SELECT count(*) > 0 AS are_turned, min(distance) * 0.70710678 >= 21 AS are_apart
FROM (SELECT attribute(tag, 'x')::numeric - lag(attribute(tag, 'x')::numeric) OVER (ORDER BY place) AS distance
	FROM (SELECT nps_chart(label, summary_of(1, 1, 1), NULL ORDER BY i) AS svg FROM labels WHERE kind = 'words') c, marks_of(svg, 'label')) d;
