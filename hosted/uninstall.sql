-- Removes what hosted/nps.sql made, from the first schema of the search_path. It stops where a table or a view still
-- uses any of it: doc/hosted.md says how to keep the answers.
--
--   psql -1 -v ON_ERROR_STOP=1 -f uninstall.sql

DO $$
DECLARE
	input text; member regprocedure;
BEGIN
	-- Aggregates stand on functions, and functions on types; the checks of the types are the last functions to go.
	FOREACH input IN ARRAY ARRAY['smallint', 'integer', 'bigint', 'numeric', 'float8', 'nps_summary'] LOOP
		EXECUTE format('DROP AGGREGATE %1$I.nps(%2$s), %1$I.nps_agg(%2$s)', current_schema(), input);
	END LOOP;
	DROP CAST (nps_result AS float8);
	DROP CAST (nps_result AS numeric);
	DROP OPERATOR +(nps_summary, nps_summary);
	DROP OPERATOR -(nps_summary, nps_summary);
	FOR member IN
		SELECT oid FROM pg_proc
		WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
			AND proname IN ('nps_is_detractor', 'nps_is_passive', 'nps_is_promoter', 'nps_category', 'nps_points', 'nps_parse',
				'nps_accum', 'nps_accum_inv', 'nps_tally', 'nps_tally_final', 'nps_add', 'nps_subtract', 'nps_as_summary', 'nps_summary_add',
				'nps_summary_subtract', 'nps_groups', 'nps_counts', 'nps_responses', 'nps_mean', 'nps_confidence_z',
				'nps_two_sided_p', 'nps_larger_root', 'nps_constrained_share', 'nps_constrained_variance',
				'nps_constrained_slope', 'nps_limit_distance', 'nps_survey', 'nps_balance', 'nps_difference_limit',
				'nps_check_method', 'nps_groups_row', 'nps_final', 'nps_estimate', 'nps_count', 'nps_from_counts', 'nps_test_row',
				'nps_test', 'nps_sample_size', 'nps_figure', 'nps_rounded', 'nps_round', 'nps_format', 'nps_rating', 'nps_shade',
				'nps_bar', 'nps_histogram', 'nps_result_to_float8', 'nps_result_to_numeric')
	LOOP
		EXECUTE 'DROP FUNCTION ' || member;
	END LOOP;
	DROP TYPE nps_score, nps_category, nps_summary, nps_result, nps_test_result;
	DROP FUNCTION nps_refuse_score(text), nps_check_counts(bigint[]);
END $$;
