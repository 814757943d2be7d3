-- Types that their owner has altered: the functions say so, and neither read nor make a row of them.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;

-- refusals(alteration): what the calls raise while the type is altered, each in a transaction of its own that is taken back.
CREATE FUNCTION refusals(alteration text, calls text[]) RETURNS TABLE (call text, raises text) LANGUAGE plpgsql AS $$
BEGIN
	BEGIN
		EXECUTE alteration;
		SELECT array_agg(format('%s|%s', c, failure('SELECT ' || c))) INTO calls FROM unnest(calls) c;
		RAISE EXCEPTION USING ERRCODE = 'NPS00';
	EXCEPTION WHEN SQLSTATE 'NPS00' THEN NULL;
	END;
	RETURN QUERY SELECT split_part(c, '|', 1), split_part(c, '|', 2) FROM unnest(calls) c;
END $$;

-- As many columns, one of another type; one more; one less.
SELECT * FROM refusals('ALTER TYPE nps_result ALTER ATTRIBUTE responses TYPE integer', ARRAY['nps(9)', 'nps_weighted(9, 1)', 'nps_from_counts(1, 1, 1)',
	'nps_format(''(1,0,2,1,1,0,0,100,0,0,0,1)''::nps_result)', 'nps_round(''(1,0,2,1,1,0,0,100,0,0,0,1)''::nps_result)',
	'nps_bar(''(1,0,2,1,1,0,0,100,0,0,0,1)''::nps_result)', '''(1,0,2,1,1,0,0,100,0,0,0,1)''::nps_result::numeric']);
SELECT * FROM refusals('ALTER TYPE nps_result ADD ATTRIBUTE note text', ARRAY['nps(9)', 'nps_rating(''(1,0,2,1,1,0,0,100,0,0,0,1,x)''::nps_result)']);
SELECT * FROM refusals('ALTER TYPE nps_result DROP ATTRIBUTE effective_responses', ARRAY['nps(9)', 'nps_format(''(1,0,2,1,1,0,0,100,0,0,0)''::nps_result)']);
SELECT * FROM refusals('ALTER TYPE nps_test_result ALTER ATTRIBUTE significant TYPE text',
	ARRAY['nps_test(nps_agg(9), 50)', 'nps_format(''(1,0,2,1,1,0.3,f)''::nps_test_result)', 'nps_round(''(1,0,2,1,1,0.3,f)''::nps_test_result)']);

-- A category that is not there.
SELECT * FROM refusals('ALTER TYPE nps_category RENAME VALUE ''passive'' TO ''neutral''', ARRAY['nps_category(9::nps_score)', 'nps_category(8)']);

-- All is as before.
SELECT (nps(score)).nps AS again, nps_category(8) FROM (VALUES (10), (9), (8), (3)) AS v (score);
