-- The answers of the database that objects.sql makes, for psql: the same text before and after a dump, an
-- upgrade or a move, on whatever major. Floats that are stored come in full, those computed here rounded. Nothing
-- is left changed.
\set ON_ERROR_STOP on
\set QUIET on
\encoding UTF8
SET datestyle = 'ISO, YMD';
SET max_parallel_workers_per_gather = 0;

\echo '== what is stored, as text'
COPY (SELECT * FROM responses ORDER BY id) TO STDOUT;
COPY (SELECT * FROM every_type ORDER BY id) TO STDOUT;
COPY (SELECT * FROM scores ORDER BY score) TO STDOUT;
COPY (SELECT * FROM follow_ups ORDER BY id) TO STDOUT;
COPY (SELECT * FROM labels ORDER BY id) TO STDOUT;
COPY (SELECT * FROM distinct_summaries ORDER BY summary) TO STDOUT;
COPY (SELECT * FROM distinct_weighted_summaries ORDER BY summary) TO STDOUT;
COPY (SELECT * FROM distinct_clustered_summaries ORDER BY summary) TO STDOUT;
COPY (SELECT * FROM daily ORDER BY day, segment) TO STDOUT;

\echo '== and as bytes'
COPY (SELECT md5(string_agg(encode(nps_score_send(score), 'hex'), ' ' ORDER BY id)) FROM responses) TO STDOUT;
COPY (SELECT md5(string_agg(encode(nps_summary_send(summary) || nps_weighted_summary_send(weighted) || nps_clustered_summary_send(clustered)
	|| nps_paired_state_send(paired), 'hex'), ' ' ORDER BY id)) FROM every_type) TO STDOUT;

\echo '== by each index, and without any'
CREATE FUNCTION pg_temp.found() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	condition text;
	found text;
BEGIN
	FOREACH condition IN ARRAY ARRAY[
		'responses WHERE score >= 9', 'responses WHERE score = 7', 'responses WHERE 7::smallint = score', 'responses WHERE score IN (0, 10)',
		'responses WHERE score BETWEEN 3 AND 5', 'responses WHERE score < ''4'' AND segment = ''segment 1''', 'responses WHERE score IS NULL',
		'responses WHERE nps_is_detractor(score) AND answered_at < ''2024-03-01''', 'responses WHERE nps_category(score) = ''passive''',
		'responses WHERE nps_is_detractor(score)', 'follow_ups WHERE nps_is_detractor(target)', 'follow_ups WHERE NOT nps_is_promoter(target)', 'responses WHERE category = ''promoter''', 'responses WHERE category > ''detractor''',
		'distinct_summaries WHERE summary = ''{1,0,0,0,0,0,0,0,0,0,0}''', 'distinct_summaries WHERE summary > ''{0,1,0,0,0,0,0,0,0,0,0}''',
		'distinct_weighted_summaries WHERE summary = (SELECT max(weighted::text)::nps_weighted_summary FROM daily WHERE segment = ''segment 2'')',
		'distinct_weighted_summaries WHERE summary >= ''{0,0,1,0,0,0.5,0,0,0.25}''',
		'distinct_clustered_summaries WHERE summary = (SELECT max(summary::text)::nps_clustered_summary FROM clustered_segments)',
		'distinct_clustered_summaries WHERE summary >= ''{50,10,20,20,30,10,50}''',
		'every_type WHERE scores @> ARRAY[0, 10]::nps_score[]', 'every_type WHERE range @> 4::nps_score', 'every_type WHERE (result).nps > 0',
		'every_type WHERE scores < ARRAY[5]::nps_score[]', 'every_type WHERE answer > ROW(2, '''', NULL)::answer',
		'daily WHERE summary = ''{0,0,0,0,0,0,0,0,0,0,1}''', 'scores s JOIN follow_ups f ON f.score = s.score JOIN responses r ON f.target = r.score',
		'by_range WHERE score = 8', 'by_list WHERE score = 5', 'by_hash WHERE score = 3', 'by_category_of WHERE nps_category(score) = ''promoter''']
	LOOP
		EXECUTE 'SELECT count(*) FROM ' || condition INTO found;
		RETURN NEXT condition || ': ' || found;
	END LOOP;
END $$;
SET enable_seqscan = off;
COPY (SELECT * FROM pg_temp.found()) TO STDOUT;
SET enable_seqscan = on;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_bitmapscan = off;
COPY (SELECT * FROM pg_temp.found()) TO STDOUT;
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_bitmapscan;
SET enable_seqscan = off;
COPY (SELECT id, score FROM responses WHERE score IS NOT NULL ORDER BY score DESC, id LIMIT 7) TO STDOUT;
COPY (SELECT id, category FROM responses ORDER BY category, id LIMIT 7) TO STDOUT;
COPY (SELECT min(score), max(score) FROM responses) TO STDOUT;
RESET enable_seqscan;

\echo '== partitions'
COPY (SELECT p.relname, score, count(*) FROM by_range t JOIN pg_class p ON p.oid = t.tableoid GROUP BY 1, 2 ORDER BY 1, 2) TO STDOUT;
COPY (SELECT p.relname, score, count(*) FROM by_list t JOIN pg_class p ON p.oid = t.tableoid GROUP BY 1, 2 ORDER BY 1, 2) TO STDOUT;
COPY (SELECT p.relname, score, count(*) FROM by_hash t JOIN pg_class p ON p.oid = t.tableoid GROUP BY 1, 2 ORDER BY 1, 2) TO STDOUT;
COPY (SELECT p.relname, score, count(*) FROM by_category_of t JOIN pg_class p ON p.oid = t.tableoid GROUP BY 1, 2 ORDER BY 1, 2) TO STDOUT;
COPY (SELECT p.relname, id FROM by_summary_hash t JOIN pg_class p ON p.oid = t.tableoid ORDER BY 1, 2) TO STDOUT;

\echo '== reports'
COPY (SELECT quarter, round(nps::numeric, 6), round(ci_lower::numeric, 6), round(ci_upper::numeric, 6), responses, promoters, passives, detractors,
	round(promoter_pct::numeric, 6), round(passive_pct::numeric, 6), round(detractor_pct::numeric, 6), round(standard_error::numeric, 6), effective_responses
	FROM quarters ORDER BY quarter) TO STDOUT;
COPY (SELECT segment, category, nps, ci_lower, ci_upper, responses, promoters, passives, detractors, promoter_pct, passive_pct, detractor_pct,
	standard_error, effective_responses, lowest, highest, round(mean::numeric, 6) FROM segments ORDER BY segment, category) TO STDOUT;
COPY (SELECT quarter, round(difference::numeric, 6), round(ci_lower::numeric, 6), round(ci_upper::numeric, 6), round(standard_error::numeric, 6),
	round(z::numeric, 6), round(p_value::numeric, 6), significant, two_quarters FROM changes ORDER BY quarter) TO STDOUT;
COPY (SELECT * FROM rolling WHERE id % 50 = 0 ORDER BY id) TO STDOUT;
COPY (SELECT segment, round(nps::numeric, 6), round(ci_lower::numeric, 6), round(ci_upper::numeric, 6), responses, promoters, passives, detractors,
	round(promoter_pct::numeric, 6), round(standard_error::numeric, 6), round(effective_responses::numeric, 6) FROM weighted_segments ORDER BY segment) TO STDOUT;
COPY (SELECT segment, round(nps::numeric, 6), round(ci_lower::numeric, 6), round(ci_upper::numeric, 6), responses, round(standard_error::numeric, 6),
	round(effective_responses::numeric, 6), summary, nps_format(against, 4) FROM clustered_segments ORDER BY segment) TO STDOUT;
COPY (SELECT round(difference::numeric, 6), round(ci_lower::numeric, 6), round(ci_upper::numeric, 6), round(standard_error::numeric, 6),
	round(z::numeric, 6), round(p_value::numeric, 6), significant FROM asked_twice) TO STDOUT;
COPY (SELECT segment, nps_round(contribution, 6) FROM contributions ORDER BY segment) TO STDOUT;
COPY (SELECT segments, nps_round(test, 6) FROM rate_and_mix) TO STDOUT;
COPY (SELECT segment, nps_round(trend, 6) FROM trends ORDER BY segment) TO STDOUT;
COPY (SELECT quarter, nps_round(control, 6) FROM control_chart ORDER BY quarter) TO STDOUT;
COPY (SELECT segment, nps_round(at_every_look, 6), nps_round(against, 6), nps_round(of_five_thousand, 6) FROM looked_at_again ORDER BY segment) TO STDOUT;
COPY (SELECT segment, score, responses, round(pct::numeric, 6), bar, whole, rating FROM bars ORDER BY segment, score) TO STDOUT;
COPY (SELECT id, score, equal, promoter, detractor, passive, next, or_zero, high, round(half, 1) FROM comparisons WHERE id <= 30 ORDER BY id) TO STDOUT;
COPY (SELECT count(*), sum(id), nps_format(nps(score)) FROM promoters_to_check) TO STDOUT;
COPY (SELECT count(*), sum(id), nps_format(nps(score)) FROM passives) TO STDOUT;
COPY (SELECT segment, merged, nps_format(result, 4) FROM with_own_aggregates ORDER BY segment) TO STDOUT;
COPY (SELECT day, nps_responses(merged(summary) OVER w), nps_format(merged_result(summary) OVER w) FROM daily
	WHERE segment = 'segment 1' WINDOW w AS (ORDER BY day ROWS 3 PRECEDING) ORDER BY day LIMIT 20) TO STDOUT;
COPY (SELECT round((swing(summary)).p_value::numeric, 6), round((swing(summary, summary + summary)).ci_upper::numeric, 6) FROM daily ORDER BY day, segment LIMIT 3) TO STDOUT;
COPY (SELECT lowest_of('7', '3', '9'), lowest_of(VARIADIC scores) FROM every_type WHERE id = 7) TO STDOUT;
COPY (SELECT to_json(score), to_json(summary), row_to_json(answer), to_json(categories) FROM every_type WHERE id <= 3 ORDER BY id) TO STDOUT;
COPY (SELECT nps_counts(summary), summary::bigint[]::nps_summary = summary, nps_format(result), (result).responses, nps_round(result, 3),
	round(result::numeric, 6), round(nps_mean(summary)::numeric, 6), nps_format(nps_estimate(weighted, 0.9)) FROM every_type ORDER BY id) TO STDOUT;
COPY (SELECT DISTINCT category, summary = '{0,0,0,0,0,0,0,0,0,0,0}' FROM every_type ORDER BY 1, 2) TO STDOUT;
COPY (SELECT nps_sample_size(5), nps_sample_size(5, population => 1000), round(nps_detectable_difference(400, 400)::numeric, 6)) TO STDOUT;

\echo '== constraints, defaults, triggers: tried and undone'
BEGIN;
COPY (SELECT statement, refused(statement) FROM unnest(ARRAY[
	'INSERT INTO responses (id, answered_at, segment, score) VALUES (9001, ''2025-01-01'', ''new'', 11)',
	'INSERT INTO responses (id, answered_at, segment, score) VALUES (9001, ''2025-01-01'', ''new'', 9.5)',
	'INSERT INTO responses (id, answered_at, segment, score, weight) VALUES (9001, ''2025-01-01'', ''new'', NULL, 1)',
	'INSERT INTO scores VALUES (7, ''again'')',
	'INSERT INTO distinct_summaries SELECT summary, 1 FROM distinct_summaries LIMIT 1',
	'INSERT INTO distinct_weighted_summaries SELECT summary, 1 FROM distinct_weighted_summaries LIMIT 1',
	'DELETE FROM scores WHERE score = 3',
	'UPDATE follow_ups SET target = 11 WHERE id = 1',
	'INSERT INTO every_type (id, recommended) VALUES (9001, 0)',
	'INSERT INTO every_type (id, warmly) VALUES (9001, 8)',
	'INSERT INTO every_type (id, surveyed) VALUES (9001, ''{0,0,0,0,0,0,0,0,0,0,0}'')',
	'INSERT INTO every_type (id, recommendations) VALUES (9001, ''{3,0}'')',
	'INSERT INTO by_list_extremes VALUES (9001, 5, ''new'')',
	'INSERT INTO by_category_of_promoters VALUES (9001, 5, ''new'')',
	'UPDATE promoters_to_check SET score = 8 WHERE id = 8',
	'INSERT INTO labels (id, label) VALUES (9001, ''11 - too likely'')',
	'INSERT INTO responses (id, answered_at, segment) VALUES (9001, ''2025-01-01'', ''new'')',
	'UPDATE responses SET score = 10 WHERE id = 9001',
	'INSERT INTO responses (id, answered_at, segment, score) VALUES (9002, ''2025-01-02'', ''new'', 2)',
	'INSERT INTO every_type (id) VALUES (9001)',
	'INSERT INTO by_range VALUES (9001, 6, ''new''), (9002, 7, ''new''), (9003, 9, ''new'')',
	'INSERT INTO by_hash VALUES (9001, 0, ''new''), (9002, 4, ''new''), (9003, NULL, ''new'')',
	'UPDATE by_range SET score = 10 WHERE id = 9001',
	'INSERT INTO labels (id, label) VALUES (9001, ''6 - so so'')']) WITH ORDINALITY AS s (statement, position) ORDER BY position) TO STDOUT;
COPY (SELECT * FROM responses WHERE id > 9000 ORDER BY id) TO STDOUT;
COPY (SELECT id, score, category, summary, weighted, clustered, paired, nps_round(result, 6), round((test).difference::numeric, 6), scores, categories, recommended, warmly, surveyed
	FROM every_type WHERE id > 9000) TO STDOUT;
COPY (SELECT p.relname, id, score FROM by_range t JOIN pg_class p ON p.oid = t.tableoid WHERE id > 9000 ORDER BY id) TO STDOUT;
COPY (SELECT p.relname, id, score FROM by_hash t JOIN pg_class p ON p.oid = t.tableoid WHERE id > 9000 ORDER BY id) TO STDOUT;
COPY (SELECT * FROM labels WHERE id > 9000) TO STDOUT;
REFRESH MATERIALIZED VIEW daily;
COPY (SELECT * FROM daily WHERE day >= '2025-01-01' ORDER BY day, segment LIMIT 5) TO STDOUT;
COPY (SELECT count(*), nps_format(nps(summary)) FROM daily) TO STDOUT;
ROLLBACK;
\echo '== end'
