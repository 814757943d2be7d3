-- nps_probability: how sure is it that the true score is above a target, or above another?
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;

-- A survey as promoters/passives/detractors.
CREATE FUNCTION survey_of(pmd text) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS $$
	SELECT ARRAY[split_part(pmd, '/', 3)::bigint, 0, 0, 0, 0, 0, 0, split_part(pmd, '/', 2)::bigint, 0, 0, split_part(pmd, '/', 1)::bigint]::nps_summary $$;

-- Reference values of 34-digit arithmetic.
SELECT survey, target, round(nps_probability(survey_of(survey), target)::numeric, 10) AS above
FROM (VALUES ('1/0/0', 0), ('1/0/0', 30), ('0/1/0', 50), ('5/3/2', 0), ('5/3/2', 30), ('5/3/2', 50), ('49/30/8', 50), ('4000000000/0/0', 50),
	('2000000000/1500000000/500000000', 37.495598282)) AS v (survey, target);
SELECT a, b, margin, round(nps_probability(survey_of(a), survey_of(b), margin)::numeric, 10) AS exceeds
FROM (VALUES ('93/32/9', '49/30/8', 0), ('93/32/9', '49/30/8', 5), ('5000/3000/2000', '4900/3100/2000', 2), ('15/10/5', '15/10/5', 0), ('8/3/2', '5/5/4', 0),
	('20/15/5', '2000000000/1500000000/500000000', 0), ('2000000000/1500000000/500000000', '1999900000/1500100000/500000000', 0)) AS v (a, b, margin);
SELECT nps_probability(survey_of('93/32/9'), survey_of('49/30/8')) = nps_probability(survey_of('93/32/9'), survey_of('49/30/8'), margin => 0) AS margin_is_0;

-- By hand: the prior's half response in each group and the responses are a density over all shares, added up on a grid.
CREATE TEMP TABLE grid AS
SELECT share.p - share.d AS score, mix.a, mix.m, mix.b, power(share.p, mix.a - 0.5) * power(1 - share.p - share.d, mix.m - 0.5) * power(share.d, mix.b - 0.5) AS density
FROM (VALUES (5, 3, 2), (2, 6, 3), (9, 4, 5)) AS mix (a, m, b),
	(SELECT (i - 0.5::float8) / 200 AS p, (j - 0.5::float8) / 200 AS d FROM generate_series(1, 200) i, generate_series(1, 200) j WHERE i + j <= 200) share;
SELECT a, m, b, target, abs(nps_probability(survey_of(format('%s/%s/%s', a, m, b)), target) - sum(density) FILTER (WHERE score > target / 100) / sum(density)) < 0.004 AS as_by_hand
FROM grid, unnest(ARRAY[-41.1, 0.2, 33.3]) target GROUP BY 1, 2, 3, 4 ORDER BY 1, 4;
CREATE TEMP TABLE shares AS SELECT a, round(score * 100) AS points, sum(density) / sum(sum(density)) OVER (PARTITION BY a) AS share FROM grid GROUP BY 1, 2;
SELECT x.a, y.a AS b, margin, abs(nps_probability(survey_of(CASE x.a WHEN 5 THEN '5/3/2' WHEN 2 THEN '2/6/3' ELSE '9/4/5' END),
		survey_of(CASE y.a WHEN 5 THEN '5/3/2' WHEN 2 THEN '2/6/3' ELSE '9/4/5' END), margin)
	- sum(x.share * y.share) FILTER (WHERE x.points - y.points > margin)) < 0.004 AS as_by_hand
FROM shares x, shares y, unnest(ARRAY[0.5, 20.5, 44.5]) margin WHERE x.a <> y.a GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- The more is asked for, the less likely; what is not above is below; the reverse is the rest.
SELECT count(*) AS surveys, bool_and(p BETWEEN 0 AND 1) AS probabilities, bool_and(p <= before) IS TRUE AS falls, bool_and(abs(p + mirror - 1) < 1e-9) AS mirror
FROM (SELECT nps_probability(s, target) AS p, lag(nps_probability(s, target)) OVER (PARTITION BY id ORDER BY target) AS before,
		nps_probability(survey_of(format('%s/%s/%s', n.detractors, n.passives, n.promoters)), -target) AS mirror
	FROM (SELECT id % 50 AS id, nps_agg(score) AS s FROM answers WHERE id < 1000 GROUP BY 1) v, nps_estimate(s) n, generate_series(-100, 100, 4) target) targets;
SELECT count(*) AS pairs, bool_and(p BETWEEN 0 AND 1) AS probabilities, bool_and(abs(p + reverse - 1) < 1e-9) AS reverse, bool_and(further <= p) AS falls
FROM (SELECT nps_probability(a.s, b.s) AS p, nps_probability(b.s, a.s) AS reverse, nps_probability(a.s, b.s, 10) AS further
	FROM (SELECT id % 20 AS id, nps_agg(score) AS s FROM answers GROUP BY 1) a JOIN (SELECT id % 20 AS id, nps_agg(score) AS s FROM answers GROUP BY 1) b ON a.id < b.id) v;

-- Nothing is above 100, all is above -100, and nobody is 200 points better.
SELECT nps_probability(survey_of('10/0/0'), 100) AS above_all, nps_probability(survey_of('0/0/10'), -100) AS above_nothing,
	nps_probability(survey_of('10/0/0'), survey_of('0/0/10'), 200) AS by_200, nps_probability(survey_of('10/0/0'), survey_of('0/0/10'), 1e300) AS by_more,
	nps_probability(survey_of('9223372036854775807/0/0'), 99) AS largest, nps_probability(survey_of('9223372036854775807/0/0'), survey_of('0/0/9223372036854775807'), 199) AS apart;

-- Without responses no answer: a prior alone is none.
SELECT nps_probability(survey_of('0/0/0'), 0) AS nobody, nps_probability(survey_of('0/0/0'), survey_of('1/1/1')) AS a, nps_probability(survey_of('1/1/1'), survey_of('0/0/0')) AS b,
	nps_probability(NULL::nps_summary, 0) AS none, nps_probability(survey_of('1/1/1'), NULL::float8) AS no_target, nps_probability(survey_of('1/1/1'), survey_of('1/1/1'), NULL) AS no_margin;

SELECT failure($$SELECT nps_probability(survey_of('1/1/1'), 100.5)$$);
SELECT failure($$SELECT nps_probability(survey_of('1/1/1'), survey_of('1/1/1'), -5)$$);
SELECT target, left(failure(format('SELECT nps_probability(survey_of(''1/1/1''), %L::float8)', target)), 5) AS target_failure,
	left(failure(format('SELECT nps_probability(survey_of(''1/1/1''), survey_of(''1/1/1''), %L)', target)), 5) AS margin_failure
FROM unnest(ARRAY['-100.1', '1e300', 'NaN', 'Infinity', '-Infinity', '-1e-300']) target;
