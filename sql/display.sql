-- Text bars.
SET search_path = public;
SET client_min_messages = warning;
SET extra_float_digits = 1;

SELECT p, m, d, nps_bar(summary) AS bar, nps_bar(summary, 7) AS short, length(nps_bar(summary, 33)) AS width
FROM (VALUES (10, 0, 0), (0, 10, 0), (0, 0, 10), (5, 3, 2), (1, 1, 1), (501, 317, 71), (0, 0, 0)) AS v (p, m, d),
	LATERAL (SELECT ARRAY[d, 0, 0, 0, 0, 0, 0, m, 0, 0, p]::bigint[]::nps_summary) AS s (summary);

-- Exactly as wide as asked, for every mix and width.
SELECT count(*) AS bars, count(*) FILTER (WHERE length(nps_bar(ARRAY[d, 0, 0, 0, 0, 0, 0, m, 0, 0, p]::bigint[]::nps_summary, width)) IS DISTINCT FROM width) AS wrong
FROM generate_series(0, 9) p, generate_series(0, 9) m, generate_series(0, 9) d, generate_series(1, 30, 7) width;
SELECT length(nps_bar('{3,0,0,0,0,0,0,2,0,3,0}'::nps_summary, 1000)) AS widest;

-- Eleven rows, a score each.
SELECT score, responses, round(pct::numeric, 1) AS pct, bar FROM nps_histogram('{0,2,4,6,5,21,33,106,211,150,351}');
SELECT count(*) AS rows, sum(responses) AS responses, count(pct) AS percentages, count(bar) AS bars, max(length(bar)) AS longest FROM nps_histogram('{0,0,0,0,0,0,0,0,0,0,0}');
SELECT sum(pct) AS percent, sum(responses) FROM nps_histogram((SELECT nps_agg(score) FROM (VALUES (1), (9), (9), (10)) AS v (score)));
SELECT count(*) AS of_no_summary FROM nps_histogram(NULL);

-- A result's bar is its summary's; weighted, it shows the weighted shares: half of the weight is one detractor's.
SELECT count(*) AS bars, count(*) FILTER (WHERE nps_bar(summary, width) IS DISTINCT FROM nps_bar(nps_estimate(summary), width)) AS wrong
FROM generate_series(0, 9) p, generate_series(0, 9) m, generate_series(0, 9) d, generate_series(1, 30, 7) width,
	LATERAL (SELECT ARRAY[d, 0, 0, 0, 0, 0, 0, m, 0, 0, p]::bigint[]::nps_summary) AS s (summary);
SELECT nps_bar(nps_weighted(score, weight), 8) AS weighted FROM (VALUES (3, 2), (8, 1), (10, 1)) AS v (score, weight);
