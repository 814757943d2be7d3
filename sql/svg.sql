-- What the tests of charts share: reading an SVG by regular expressions, and finding what overlaps or leaves it. Here
-- on pictures made by hand, of which it is known.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET extra_float_digits = 1;

-- How often something occurs; an attribute of a tag.
CREATE FUNCTION occurrences(svg text, pattern text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
	$$SELECT count(*) FROM regexp_matches(svg, pattern, 'g')$$;
CREATE FUNCTION attribute(tag text, name text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT substring(tag FROM ' ' || name || '="([^"]*)"')$$;

-- The tags of a class, in order.
CREATE FUNCTION marks_of(svg text, class text) RETURNS TABLE (place bigint, tag text) LANGUAGE sql IMMUTABLE AS
	$$SELECT ordinality, match[1] FROM regexp_matches(svg, '(<[a-z]+ class="nps-' || class || '"[^>]*)>', 'g') WITH ORDINALITY m (match)$$;

-- The groups of a class, in order; and what is written in one in a class of text, or as its words.
CREATE FUNCTION groups_of(svg text, class text) RETURNS TABLE (place bigint, part text) LANGUAGE sql IMMUTABLE AS
	$$SELECT ordinality, match[1] FROM regexp_matches(svg, '<g class="nps-' || class || '">(.*?)</g>', 'g') WITH ORDINALITY m (match)$$;
CREATE FUNCTION text_of(part text, class text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT substring(part FROM '<text class="nps-' || class || '"[^>]*>([^<]*)</text>')$$;
CREATE FUNCTION tooltip_of(part text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT substring(part FROM '<title>([^<]*)</title>')$$;

-- What a browser shows for the references in a text.
CREATE FUNCTION unescaped(words text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT replace(replace(replace(replace(replace(replace(words, '&#8722;', U&'\2212'), '&#8230;', U&'\2026'), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&')$$;

-- How wide a text is in DejaVu Sans and its bold, which are as wide as any font that a browser takes for sans-serif: the
-- advances of ASCII, of the minus sign and of the ellipsis, in thousandths of its size; other letters for a whole one.
CREATE FUNCTION width_of(words text, size numeric, is_bold boolean) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(sum(coalesce((CASE WHEN is_bold
			THEN '{348,456,521,838,696,1002,872,306,457,457,523,838,380,415,380,365,696,696,696,696,696,696,696,696,696,696,400,400,838,838,838,580,1000,774,762,734,830,683,683,821,837,372,372,775,637,995,837,850,733,850,770,720,682,812,774,1103,771,724,725,457,365,457,838,500,500,675,716,593,716,678,435,716,712,343,343,665,343,1042,712,687,716,716,493,595,478,712,652,924,645,652,582,712,365,712,838,838,1000}'
			ELSE '{318,401,460,838,636,950,780,275,390,390,500,838,318,361,318,337,636,636,636,636,636,636,636,636,636,636,337,337,838,838,838,531,1000,684,686,698,770,632,575,775,752,295,295,656,557,863,748,787,603,787,695,635,611,732,684,989,685,611,685,390,337,390,838,500,500,613,635,550,635,615,352,635,634,278,278,579,278,974,634,612,635,635,411,521,392,634,592,818,592,592,525,636,337,636,838,838,1000}' END::integer[])
		[CASE letter WHEN U&'\2212' THEN 96 WHEN U&'\2026' THEN 97 ELSE CASE WHEN ascii(letter) < 127 THEN ascii(letter) - 31 END END], 1000)), 0) * size / 1000
	FROM unnest(string_to_array(unescaped(words), NULL)) letter
$$;

-- Every text that is not turned, as the box that it fills.
CREATE FUNCTION boxes_of(svg text) RETURNS TABLE (place bigint, words text, box box) LANGUAGE sql IMMUTABLE AS $$
	SELECT ordinality, words, box(point(x - width * shift, y - size * 0.93), point(x + width * (1 - shift), y + size * 0.24))
	FROM (SELECT ordinality, match[2] AS words, attribute(match[1], 'x')::float8 AS x, attribute(match[1], 'y')::float8 AS y, attribute(match[1], 'font-size')::float8 AS size,
			width_of(match[2], attribute(match[1], 'font-size')::numeric, attribute(match[1], 'font-weight') IS NOT NULL)::float8 AS width,
			CASE attribute(match[1], 'text-anchor') WHEN 'middle' THEN 0.5 WHEN 'end' THEN 1 ELSE 0 END AS shift
		FROM regexp_matches(svg, '<text( [^>]*)>([^<]*)</text>', 'g') WITH ORDINALITY m (match)
		WHERE attribute(match[1], 'transform') IS NULL AND match[2] <> '') texts
$$;

-- The ends of everything that is not text: of lines, rectangles, circles.
CREATE FUNCTION shapes_of(svg text) RETURNS TABLE (tag text, box box) LANGUAGE sql IMMUTABLE AS $$
	SELECT match[1], CASE match[2]
		WHEN 'line' THEN box(point(attribute(match[1], 'x1')::float8, attribute(match[1], 'y1')::float8), point(attribute(match[1], 'x2')::float8, attribute(match[1], 'y2')::float8))
		WHEN 'rect' THEN box(point(coalesce(attribute(match[1], 'x'), '0')::float8, coalesce(attribute(match[1], 'y'), '0')::float8),
			point(coalesce(attribute(match[1], 'x'), '0')::float8 + attribute(match[1], 'width')::float8, coalesce(attribute(match[1], 'y'), '0')::float8 + attribute(match[1], 'height')::float8))
		ELSE box(circle(point(attribute(match[1], 'cx')::float8, attribute(match[1], 'cy')::float8), attribute(match[1], 'r')::float8)) END
	FROM regexp_matches(svg, '(<(line|rect|circle) [^>]*)/>', 'g') AS match
$$;

-- Texts that overlap another or a mark of a score, by more than half a px; what is not inside the picture.
CREATE FUNCTION overlapping(svg text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
	WITH texts AS MATERIALIZED (SELECT place, words, box(box[0] - point(0.5, 0.5), box[1] + point(0.5, 0.5)) AS box FROM boxes_of(svg)),
		marks AS MATERIALIZED (SELECT * FROM shapes_of(svg) WHERE tag ~ '"nps-(point|whisker)"')
	SELECT a.words || ' / ' || b.words FROM texts a JOIN texts b ON a.place < b.place AND a.box && b.box
	UNION ALL SELECT words || ' / ' || tag FROM texts JOIN marks ON texts.box && marks.box
$$;
CREATE FUNCTION outside(svg text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
	SELECT words FROM (SELECT words, box FROM boxes_of(svg) UNION ALL SELECT tag, box FROM shapes_of(svg)) things,
		regexp_matches(svg, 'viewBox="0 0 ([0-9.]+) ([0-9.]+)"') AS size
	WHERE NOT box <@ box(point(-0.1, -0.1), point(size[1]::float8 + 0.1, size[2]::float8 + 0.1))
$$;

-- Does the server's own parser take it? A server without one has no say.
CREATE FUNCTION parses(svg text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	RETURN XMLPARSE(DOCUMENT svg) IS NOT NULL;
EXCEPTION
	WHEN feature_not_supported THEN RETURN true;
	WHEN OTHERS THEN RETURN false;
END $$;

-- Counts by category as a summary.
CREATE FUNCTION summary_of(detractors bigint, passives bigint, promoters bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary$$;

-- By hand: 0.278 + 0.636 of 100, and in bold 0.343 + 0.696; three letters of whole width; 0.780.
SELECT round(width_of('i8', 100, false), 1) AS plain, round(width_of('i8', 100, true), 1) AS bold, round(width_of(U&'\65E5\672C\8A9E', 10, false), 1) AS japanese,
	round(width_of('&amp;', 100, false), 1) AS ampersand, width_of('', 10, true) = 0 AS nothing;

-- 8 is 63.6 wide and 117 high: neighbours, one that overlaps, one that leaves at the left, one at the top.
CREATE FUNCTION by_hand(texts text) RETURNS text LANGUAGE sql IMMUTABLE AS
	$$SELECT '<svg viewBox="0 0 1000 500">' || texts || '</svg>'$$;
SELECT name, (SELECT string_agg(o, ', ') FROM overlapping(by_hand(texts)) o) AS overlapping, (SELECT string_agg(o, ', ') FROM outside(by_hand(texts)) o) AS outside
FROM (VALUES (1, 'neighbours', '<text x="100" y="200" font-size="100">8</text><text x="163" y="200" font-size="100">a</text>'),
	(2, 'overlap', '<text x="100" y="200" font-size="100">8</text><text x="160" y="200" font-size="100">a</text>'),
	(3, 'below', '<text x="100" y="200" font-size="100">8</text><text x="100" y="318" font-size="100">a</text>'),
	(4, 'too near', '<text x="100" y="200" font-size="100">8</text><text x="100" y="315" font-size="100">a</text>'),
	(5, 'left', '<text x="63" y="200" font-size="100" text-anchor="end">8</text>'),
	(6, 'top', '<text x="63" y="92" font-size="100">8</text>'),
	(7, 'middle', '<text x="32" y="93" font-size="100" text-anchor="middle">8</text>'),
	(8, 'turned', '<text x="0" y="0" font-size="100" transform="rotate(-45 0 0)">8</text>'),
	(9, 'beside a point', '<text x="100" y="200" font-size="100">8</text><circle class="nps-point" cx="95" cy="180" r="5"/>'),
	(10, 'on a point', '<text x="100" y="200" font-size="100">8</text><circle class="nps-point" cx="97" cy="180" r="5"/>'),
	(11, 'on a whisker', '<text x="100" y="200" font-size="100">8</text><line class="nps-whisker" x1="110" y1="0" x2="110" y2="400"/>'),
	(12, 'a line outside', '<line class="z" x1="110" y1="0" x2="1010" y2="400"/>'),
	(13, 'on a gridline', '<text x="100" y="200" font-size="100">8</text><line class="nps-grid" x1="0" y1="180" x2="110" y2="180"/>')) v (i, name, texts) ORDER BY i;
