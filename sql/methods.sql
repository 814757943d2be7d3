-- The six methods of one survey, by name.
SET search_path = public;
SET client_min_messages = warning;

SELECT method, nps_format(nps_from_counts(314, 179, 35, 0.95, method), 4) AS carpentries,
	nps_format(nps_from_counts(10, 0, 0, 0.95, method), 4) AS ten_promoters,
	nps_format(nps_from_counts(1, 1, 1, 0.9, method), 4) AS one_of_each
FROM unnest(ARRAY['score', 'adjusted_wald', 'bonett_price', 'agresti_min', 'newcombe', 'wald']) method;

-- Only the interval differs; a summary gives the same as its counts.
SELECT method, nps_estimate(s, 0.9, method) = nps_from_counts(3, 2, 1, 0.9, method) AS from_summary,
	(nps_estimate(s, 0.9, method)).nps = (nps_estimate(s)).nps AND (nps_estimate(s, 0.9, method)).standard_error = (nps_estimate(s)).standard_error AS rest_stays
FROM unnest(ARRAY['score', 'adjusted_wald', 'bonett_price', 'agresti_min', 'newcombe', 'wald']) method,
	(VALUES ('{1,0,0,0,0,0,0,2,0,3,0}'::nps_summary)) AS v (s);

-- Wald by hand: 1.959964 standard errors either way.
SELECT abs((r).ci_upper - ((r).nps + 1.959963984540054 * (r).standard_error)) < 1e-9 AS upper,
	abs((r).ci_lower - ((r).nps - 1.959963984540054 * (r).standard_error)) < 1e-9 AS lower
FROM (SELECT nps_from_counts(55, 30, 15, method => 'wald') AS r) wald;

-- Every method stays within -100 and 100 and gives nothing for nothing.
SELECT method, count(*) AS surveys, count(*) FILTER (WHERE (r).ci_lower >= -100 AND (r).ci_lower <= (r).ci_upper AND (r).ci_upper <= 100) AS within
FROM unnest(ARRAY['score', 'adjusted_wald', 'bonett_price', 'agresti_min', 'newcombe', 'wald']) method,
	generate_series(0, 6) p, generate_series(0, 6) m, generate_series(0, 6) d, nps_from_counts(p, m, d, 0.99, method) r
WHERE p + m + d > 0 GROUP BY method ORDER BY method;
SELECT DISTINCT nps_from_counts(0, 0, 0, 0.9, method) FROM unnest(ARRAY['score', 'adjusted_wald', 'bonett_price', 'agresti_min', 'newcombe', 'wald']) method;
