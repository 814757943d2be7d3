-- Method anytime: an interval, and a test, that hold at every look.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET standard_conforming_strings = on;
CREATE FUNCTION pg_temp.pmd(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql IMMUTABLE AS
	$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::nps_summary $$;

-- What must be passed, by hand: ln(1/alpha) and the regret of n answers, which is the sum of ln(i / (i - 1/2)).
CREATE FUNCTION pg_temp.bound(n integer, confidence double precision) RETURNS double precision LANGUAGE sql AS
	$$ SELECT -ln(1 - confidence) + sum(ln(i / (i - 0.5::double precision))) FROM generate_series(1, n) i $$;

-- Where all answers are alike the limits are powers: the likelihood of n answers of one kind is a share to the n.
SELECT n, confidence, abs(p.ci_lower - (200 * exp(-bound / n) - 100)) < 1e-9 AND p.ci_upper = 100 AS promoters,
	abs(m.ci_upper - (100 - 100 * exp(-bound / n))) < 1e-9 AND m.ci_lower = -m.ci_upper AS passives,
	d.ci_lower = -100 AND d.ci_upper = -p.ci_lower AS detractors
FROM unnest(ARRAY[1, 2, 10, 500]) n, unnest(ARRAY[0.9, 0.95, 0.999]) confidence, pg_temp.bound(n, confidence) bound,
	nps_from_counts(n, 0, 0, confidence, 'anytime') p, nps_from_counts(0, n, 0, confidence, 'anytime') m, nps_from_counts(0, 0, n, confidence, 'anytime') d
ORDER BY n, confidence;

-- As many promoters as detractors and no passives, against a score t: the most likely shares are (1 + t)/2 and (1 - t)/2, so that n = 2k answers
-- are (1 - t^2)^-k times as likely at their own. The p-value is the regret over that, and at the limits it is alpha.
SELECT k, t, round(p_value::numeric, 12) = round(least(1, exp(pg_temp.bound(2 * k, 0) + k * ln(1 - (t / 100.0::double precision) ^ 2)))::numeric, 12) AS p_value,
	significant = (p_value < 0.05) AS significant, z IS NULL AS no_z
FROM unnest(ARRAY[1, 20, 300]) k, unnest(ARRAY[0, 10, 50, -90]) t, nps_test(pg_temp.pmd(k, 0, k), t, 0.95, 'anytime')
ORDER BY k, t;
SELECT k, abs(nps) < 1e-12 AS centred, abs(ci_upper - 100 * sqrt(1 - exp(-pg_temp.bound(2 * k, 0.95) / k))) < 1e-9 AS upper, abs(ci_lower + ci_upper) < 1e-9 AS lower
FROM unnest(ARRAY[1, 20, 300]) k, nps_from_counts(k, 0, k, 0.95, 'anytime') ORDER BY k;

-- Other mixes, by the likelihood maximised directly in 34-digit arithmetic.
SELECT p, m, d, confidence, abs(e.ci_lower - lower) < 1e-9 AND abs(e.ci_upper - upper) < 1e-9 AS interval,
	abs(t.ci_lower + benchmark - lower) < 1e-9 AND abs(t.ci_upper + benchmark - upper) < 1e-9 AND abs(t.p_value - v.p_value) < 1e-9 AS test
FROM (VALUES
	(2, 1, 1, 0.9, -76.0627243652279, 93.8728486680653, 50, 1.0),
	(2, 1, 1, 0.95, -81.2527643905731, 95.7294852532025, 0, 1.0),
	(9, 0, 1, 0.9, -4.3547963858134, 99.8626284407305, 30, 1.0),
	(9, 0, 1, 0.95, -12.1505905121785, 99.9315269555565, 30, 1.0),
	(5, 3, 2, 0.9, -43.8178777457423, 82.9963053795204, -25, 0.641486709598165),
	(5, 3, 2, 0.95, -49.2103953363541, 85.5317153237177, 70, 0.916622775587396),
	(19, 1, 0, 0.95, 49.9121374860981, 99.9881460602889, 70, 0.618318872145378),
	(19, 1, 0, 0.99, 38.321056130932, 99.997633482118, 30, 0.00289135302365598),
	(10, 10, 10, 0.9, -43.3181708550502, 43.3181708550502, 30, 1.0),
	(10, 10, 10, 0.95, -46.1818618159799, 46.1818618159799, 50, 0.0178761204090577),
	(93, 32, 9, 0.9, 43.3016452370033, 77.5735293079675, 30, 3.44238690117687e-5),
	(93, 32, 9, 0.95, 41.9252985330806, 78.3649530594786, 50, 1.0),
	(1, 98, 1, 0.9, -7.3299231199407, 7.3299231199407, 70, 2.89231652058734e-49),
	(1, 98, 1, 0.95, -8.05879961139857, 8.05879961139857, -25, 2.60488070386654e-10),
	(250, 130, 120, 0.9, 13.0248882740403, 38.3093650232422, 50, 8.56445012364822e-10),
	(250, 130, 120, 0.95, 12.2794569706935, 38.9781069399213, 10, 0.00478112031922002),
	(500000, 300000, 200000, 0.9, 29.6542363940961, 30.3451734378487, -25, 0),
	(500000, 300000, 200000, 0.95, 29.6421860068638, 30.3571820092405, 30, 1.0)
	) AS v (p, m, d, confidence, lower, upper, benchmark, p_value),
	nps_estimate(pg_temp.pmd(p, m, d), confidence, 'anytime') e, nps_test(pg_temp.pmd(p, m, d), benchmark, confidence, 'anytime') t;

-- Two surveys: both likelihoods maximised directly, under the tie of their scores.
SELECT a, b, abs(difference - expected) < 1e-9 AS difference, abs(ci_lower - lower) < 1e-8 AND abs(ci_upper - upper) < 1e-8 AS interval,
	abs(t.p_value - v.p_value) < 1e-9 AS p_value, significant, z IS NULL AS no_z, t.standard_error = (nps_test(a, b)).standard_error AS error_of_score
FROM (VALUES
	(pg_temp.pmd(93, 32, 9), pg_temp.pmd(49, 30, 8), 15.5601303826, -20.9577131227, 54.2271429111, 1),
	(pg_temp.pmd(60, 30, 10), pg_temp.pmd(20, 30, 50), 80, 34.0668850909, 119.605371688, 5.04502387554e-09),
	(pg_temp.pmd(10, 0, 0), pg_temp.pmd(0, 0, 10), 200, 89.4731954973, 200, 3.07186984727e-05),
	(pg_temp.pmd(10, 0, 0), pg_temp.pmd(20, 0, 0), 0, -98.7613231029, 57.7054625805, 1)) AS v (a, b, expected, lower, upper, p_value),
	nps_test(a, b, method => 'anytime') t;

-- Wider than the interval for one look, around the same score, wider still at more confidence; the rest of the row is the same.
SELECT count(*) AS surveys, count(*) FILTER (WHERE e.ci_lower <= s.ci_lower AND s.ci_upper <= e.ci_upper) AS wider,
	count(*) FILTER (WHERE w.ci_lower <= e.ci_lower AND e.ci_upper <= w.ci_upper) AS nested,
	count(*) FILTER (WHERE (e.nps, e.responses, e.standard_error, e.effective_responses) = (s.nps, s.responses, s.standard_error, s.effective_responses)) AS rest_stays
FROM generate_series(0, 6) p, generate_series(0, 6) m, generate_series(0, 6) d,
	nps_from_counts(p, m, d, 0.95, 'anytime') e, nps_from_counts(p, m, d, 0.99, 'anytime') w, nps_from_counts(p, m, d, 0.95) s
WHERE p + m + d > 0;

-- A survey looked at after every answer: the running interval of each look holds the score of all of them.
SELECT count(*) AS looks, count(*) FILTER (WHERE looks.ci_lower <= whole.nps AND whole.nps <= looks.ci_upper) AS hold
FROM (SELECT (nps_estimate(nps_agg(score) OVER (ORDER BY id), 0.95, 'anytime')).* FROM answers WHERE score IS NOT NULL) looks,
	(SELECT (nps(score)).nps FROM answers) whole;

-- None of nothing; large counts; a score that cannot be.
SELECT nps_from_counts(0, 0, 0, 0.95, 'anytime'), nps_test(pg_temp.pmd(0, 0, 0), 50, 0.95, 'anytime'), nps_test(pg_temp.pmd(1, 1, 1), pg_temp.pmd(0, 0, 0), 0.95, 'anytime'),
	nps_test(NULL::nps_summary, 50, 0.95, 'anytime') IS NULL AS no_survey;
SELECT nps_format(nps_from_counts(4000000000, 3000000000, 1000000000, 0.95, 'anytime'), 6) AS billions,
	nps_format(nps_from_counts(9223372036854775807, 0, 0, 0.95, 'anytime'), 6) AS the_last,
	(nps_test(pg_temp.pmd(4000000000, 3000000000, 1000000000), pg_temp.pmd(4000000000, 3000000000, 1000000000), 0.95, 'anytime')).p_value;
SELECT (nps_test(pg_temp.pmd(5, 3, 2), 100, 0.95, 'anytime')).p_value AS impossible, (nps_test(pg_temp.pmd(5, 0, 0), 100, 0.95, 'anytime')).p_value AS met,
	(nps_test(pg_temp.pmd(5, 0, 0), -100, 0.95, 'anytime')).p_value AS opposite;

-- Weights have no anytime: answers must count the same. Nor has a method of another name.
CREATE TEMP TABLE weighted_survey AS SELECT nps_weighted_agg(score, segment + 1) AS weighted FROM answers;
SELECT call, failure('SELECT ' || call || ' FROM weighted_survey')
FROM unnest(ARRAY['nps_estimate(weighted, 0.95, ''anytime'')', 'nps_test(weighted, weighted, 0.95, ''anytime'')', 'nps_test(weighted, 50, 0.95, ''anytime'')',
	'nps_estimate(weighted, 0.95, ''wald'')', 'nps_estimate(weighted, 0.95, ''waldo'')', 'nps_test(weighted, weighted, 0.95, ''waldo'')', 'nps_test(weighted, 50, 0.95, ''mover'')']) call;
SELECT call, failure('SELECT ' || call || ' FROM answers')
FROM unnest(ARRAY['nps_test(nps_agg(score), 50, 0.95, ''wald'')', 'nps_test(nps_agg(score), nps_agg(score), 0.95, ''adjusted_wald'')']) call;
SELECT nps_estimate(weighted, 0.9, 'score') = nps_estimate(weighted, 0.9) AS same, nps_test(weighted, 50, 0.9, 'score') = nps_test(weighted, 50, 0.9) AS same_test FROM weighted_survey;
