-- How many answers a survey needs, and what two surveys can tell apart.
SET search_path = public;

SELECT nps_sample_size(5) AS within_5, nps_sample_size(10) AS within_10, nps_sample_size(3) AS within_3,
	nps_sample_size(5, 0.95, 50, 20) AS usual_mix, nps_sample_size(5, 0.95, 50, 20, 1000) AS of_1000,
	nps_sample_size(5, confidence => 0.9) AS at_90_percent, nps_sample_size(margin => 5, population => 100) AS of_100;
-- Where all are expected to answer alike any number would do, by the approximation: so many that the score interval is as narrow, z^2 (40 - 1) and z^2 (20 - 1).
SELECT nps_sample_size(5, promoter_pct => 100, detractor_pct => 0) AS all_promoters, nps_sample_size(5, promoter_pct => 0, detractor_pct => 0) AS all_passives, nps_sample_size(500) AS any_will_do, nps_sample_size(5, population => 1) AS of_one;

-- For a margin beyond reach everybody has to be asked.
SELECT nps_sample_size(1e-9, population => 1000) AS nearly, nps_sample_size(1e-200, population => 1000) AS exactly;

-- A survey of that size has that margin: Wald's interval by hand.
SELECT margin, round((1.959963984540054 * (nps_from_counts(n / 2, 0, n / 2)).standard_error)::numeric, 1) AS margin_reached
FROM unnest(ARRAY[2, 5, 10]) margin, LATERAL (SELECT nps_sample_size(margin) AS n) size;

SELECT round(nps_detectable_difference(200, 200, 0.95, 0.8, 50, 20)::numeric, 1) AS two_of_200, round(nps_detectable_difference(1000, 100)::numeric, 1) AS worst_case,
	round(nps_detectable_difference(200, 200, power => 0.9)::numeric, 1) AS more_power;

-- NULL is no figure, but of the population it means any.
SELECT nps_sample_size(NULL) IS NULL AND nps_sample_size(5, NULL) IS NULL AND nps_sample_size(5, 0.95, 50, NULL) IS NULL AS unknown,
	nps_sample_size(5, 0.95, 50, 50, NULL) AS any_population, nps_detectable_difference(200, NULL) IS NULL AS no_second_survey;

SELECT call, failure('SELECT ' || call)
FROM unnest(ARRAY['nps_sample_size(0)', 'nps_sample_size(-5)', 'nps_sample_size(''NaN'')', 'nps_sample_size(''Infinity'')', 'nps_sample_size(5, 1)',
	'nps_sample_size(5, 0.95, 80, 30)', 'nps_sample_size(5, 0.95, -1, 30)', 'nps_sample_size(5, 0.95, ''NaN'', 30)', 'nps_sample_size(5, population => 0)',
	'nps_sample_size(1e-12)', 'nps_sample_size(5.66e-8)', 'nps_sample_size(1e-100, 0.95, 100, 0)', 'nps_detectable_difference(0, 10)', 'nps_detectable_difference(10, -1)', 'nps_detectable_difference(10, 10, 0)',
	'nps_detectable_difference(10, 10, 0.95, 1)', 'nps_detectable_difference(10, 10, 0.95, 0)', 'nps_detectable_difference(10, 10, 0.95, ''NaN'')',
	'nps_detectable_difference(10, 10, 0.95, 0.8, 60, 50)']) call;
