-- A database that uses everything of nps, for psql: each type as a column, in arrays, domains and
-- composites of the user's own, in keys, indexes of each kind, partitions, generated columns,
-- constraints, defaults, views, aggregates, functions and a trigger. answers.sql prints what comes of it.
-- The syntax is that of PostgreSQL 13, so that it can be dumped by one major and restored by another.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS nps;

--
-- Raw responses: two years, four segments, every ninth without a score
--

CREATE TABLE responses (
	id integer PRIMARY KEY,
	answered_at date NOT NULL,
	segment text NOT NULL,
	score nps_score DEFAULT 8,
	weight double precision,
	category nps_category GENERATED ALWAYS AS (nps_category(score)) STORED,
	points integer GENERATED ALWAYS AS (nps_points(score)) STORED,
	promoter boolean GENERATED ALWAYS AS (nps_is_promoter(score)) STORED,
	CONSTRAINT known_category CHECK (score IS NULL OR nps_category(score) IN ('detractor', 'passive', 'promoter')),
	CONSTRAINT score_in_range CHECK (score >= 0 AND 10 >= score AND score <> 99),
	CONSTRAINT score_between CHECK (score BETWEEN 0 AND 10),
	CONSTRAINT weight_with_score CHECK (score IS NOT NULL OR weight IS NULL)
);
INSERT INTO responses (id, answered_at, segment, score, weight)
SELECT i, date '2024-01-01' + i % 731, 'segment ' || (i * 13) % 4,
	CASE WHEN i % 9 > 0 THEN (i * i / 7 + i / 11) % 11 END, CASE WHEN i % 9 > 0 THEN 0.3 + (i * 7 % 23) / 10.0 END
FROM generate_series(1, 2000) i;

CREATE INDEX by_score ON responses (score);
CREATE INDEX by_score_hash ON responses USING hash (score);
CREATE INDEX by_score_of_blocks ON responses USING brin (score);
CREATE INDEX by_score_downwards ON responses (segment, score DESC NULLS LAST) INCLUDE (weight);
CREATE INDEX detractors_only ON responses (answered_at) WHERE nps_is_detractor(score);
CREATE INDEX promoters_only ON responses (score, id) WHERE score >= 9;
CREATE INDEX by_category ON responses (nps_category(score));
CREATE INDEX by_is_detractor ON responses (nps_is_detractor(score), id);
CREATE INDEX by_stored_category ON responses (category);
CREATE STATISTICS segment_and_score ON segment, score FROM responses;

--
-- Keys of our types, and references to them
--

CREATE TABLE scores (score nps_score PRIMARY KEY, name text UNIQUE);
INSERT INTO scores SELECT i, nps_category(i) || ' ' || i FROM generate_series(0, 10) i;

-- One reference from a score, one from a plain integer.
CREATE TABLE follow_ups (
	id integer PRIMARY KEY,
	score nps_score REFERENCES scores,
	target integer REFERENCES scores (score),
	UNIQUE (id, score)
);
INSERT INTO follow_ups SELECT i, i % 11, 10 - i % 5 FROM generate_series(1, 30) i;
CREATE INDEX low_targets ON follow_ups (id) WHERE nps_is_detractor(target);

CREATE TABLE distinct_summaries (summary nps_summary PRIMARY KEY, days integer);
INSERT INTO distinct_summaries
SELECT summary, count(*) FROM (SELECT nps_agg(score) AS summary FROM responses WHERE id <= 900 GROUP BY answered_at) days GROUP BY summary;
CREATE INDEX distinct_summaries_hash ON distinct_summaries USING hash (summary);

CREATE TABLE distinct_weighted_summaries (summary nps_weighted_summary PRIMARY KEY, days integer);
INSERT INTO distinct_weighted_summaries
SELECT summary, count(*)
FROM (SELECT nps_weighted_agg(score, weight ORDER BY id) AS summary FROM responses WHERE id <= 900 GROUP BY answered_at) days GROUP BY summary;
CREATE INDEX distinct_weighted_summaries_hash ON distinct_weighted_summaries USING hash (summary);

-- Accounts are customers' numbers by their last digits; each has several responses.
CREATE TABLE distinct_clustered_summaries (summary nps_clustered_summary PRIMARY KEY, segments integer);
INSERT INTO distinct_clustered_summaries
SELECT summary, count(*) FROM (SELECT nps_clustered_agg(summary) AS summary
	FROM (SELECT id % 97 AS account, segment, nps_agg(score) AS summary FROM responses GROUP BY 1, 2) accounts GROUP BY segment) segments GROUP BY summary;
CREATE INDEX distinct_clustered_summaries_hash ON distinct_clustered_summaries USING hash (summary);

--
-- Every type as a column, in an array, in a domain, in composites and ranges
--

CREATE DOMAIN recommendation AS nps_score DEFAULT '5' CONSTRAINT answered CHECK (VALUE IS NOT NULL AND VALUE >= 1);
CREATE DOMAIN warm_recommendation AS recommendation CHECK (nps_is_promoter(VALUE));
CREATE DOMAIN survey AS nps_summary CHECK (nps_responses(VALUE) > 0);
CREATE TYPE answer AS (score nps_score, label text, category nps_category);
CREATE TYPE score_range AS RANGE (subtype = nps_score);

CREATE TABLE every_type (
	id integer PRIMARY KEY,
	score nps_score DEFAULT '9',
	category nps_category DEFAULT 'passive',
	summary nps_summary DEFAULT '{0,0,0,0,0,0,0,0,0,0,0}',
	weighted nps_weighted_summary DEFAULT '{0,0,0,0,0,0,0,0,0}',
	clustered nps_clustered_summary DEFAULT '{0,0,0,0,0,0,0}',
	paired nps_paired_state DEFAULT '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}',
	result nps_result DEFAULT nps_from_counts(3, 2, 1),
	test nps_test_result DEFAULT nps_test('{1,0,0,0,0,0,0,2,0,0,9}'::nps_summary, '{2,0,0,0,0,0,0,2,0,0,5}'::nps_summary),
	scores nps_score[] DEFAULT ARRAY[1, 2, 3]::nps_score[],
	categories nps_category[] DEFAULT '{promoter,detractor}',
	summaries nps_summary[],
	weighteds nps_weighted_summary[],
	clustereds nps_clustered_summary[],
	paireds nps_paired_state[],
	results nps_result[],
	tests nps_test_result[],
	recommended recommendation,
	warmly warm_recommendation DEFAULT 10,
	surveyed survey DEFAULT '{1,0,0,0,0,0,0,0,0,0,0}',
	recommendations recommendation[],
	answer answer,
	answers answer[],
	range score_range,
	contribution nps_contribution_result DEFAULT nps_contribution('{1,0,0,0,0,0,0,2,0,0,5}', NULL, '{3,0,0,0,0,0,0,3,0,0,6}', '{1,0,0,0,0,0,0,1,0,0,1}'),
	mix nps_mix_result DEFAULT '(-5.5,-4,-1.5,-12,4,4.08,-0.98,0.3271,f)',
	trend nps_trend_result DEFAULT '(1.25,-0.75,3.25,1.02,0.2204,f,8)',
	control nps_control_result DEFAULT nps_control('{1,0,0,0,0,0,0,2,0,0,9}', '{20,0,0,0,0,0,0,20,0,0,50}', 1.25),
	contributions nps_contribution_result[] DEFAULT '{"(50,40.25,-1.5,0.25,-1.25)",NULL,"(,,,,)"}',
	mixes nps_mix_result[] DEFAULT '{"(60,0,60,,,,,,)"}',
	trends nps_trend_result[] DEFAULT '{"(-25,,,,,,2)","(,,,,,,0)"}',
	controls nps_control_result[] DEFAULT '{"(99,,100,100,t)"}',
	heterogeneity nps_heterogeneity_result DEFAULT '(2,3.5,1,0.0625,0.75,56,1.125)',
	heterogeneities nps_heterogeneity_result[] DEFAULT ARRAY['(1,,0,,,,)', NULL]::nps_heterogeneity_result[]
);
INSERT INTO every_type (id) VALUES (0);
INSERT INTO every_type
SELECT d.day, d.last, nps_category(d.last), d.summary, d.weighted, d.clustered,
	nps_paired_accum('{0,{0,0,0,0,0,0,0},{0,0,0,0,0,0,0},0,0,0,0}', d.summary, nps_agg(d.last) OVER ()), d.result, nps_test(d.summary, 25), d.scores,
	ARRAY(SELECT nps_category(s) FROM unnest(d.scores) s), ARRAY[d.summary, NULL, d.summary + d.summary],
	ARRAY[d.weighted, d.weighted + d.weighted], ARRAY[d.clustered, d.clustered + d.clustered],
	ARRAY['{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', NULL]::nps_paired_state[], ARRAY[d.result, nps_round(d.result)], ARRAY[nps_test(d.summary, 25), NULL],
	GREATEST(d.last, 1)::nps_score, 9 + d.day % 2, d.summary, ARRAY[GREATEST(d.last, 1)::nps_score, 4]::recommendation[],
	ROW(d.last, d.last || ' of 10', nps_category(d.last))::answer,
	ARRAY[ROW(d.last, NULL, NULL)::answer, ROW(NULL, 'no, "never"', 'detractor')::answer],
	score_range(LEAST(d.last, 5)::nps_score, '9', '[]')
FROM (SELECT id % 40 + 1 AS day, min(score)::integer AS last, nps_agg(score) AS summary, nps_weighted_agg(score, weight ORDER BY id) AS weighted,
		nps_accum('{1,1,2,3,4,12,36}'::nps_clustered_summary, nps_agg(score)) AS clustered, nps(score) AS result, array_agg(score ORDER BY id) AS scores
	FROM responses WHERE id <= 800 AND score IS NOT NULL GROUP BY 1) d;
INSERT INTO every_type (id, score, category, summary, weighted, result, test, scores, warmly, surveyed, recommended)
VALUES (99, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 9, '{9223372036854775807,0,0,0,0,0,0,0,0,0,0}', 1);

CREATE INDEX scores_within ON every_type USING gin (scores);
CREATE INDEX range_within ON every_type USING gist (range);
CREATE INDEX by_result_field ON every_type (((result).nps));
CREATE INDEX by_array ON every_type (scores);
CREATE INDEX by_row ON every_type (answer);

--
-- Partitions by score: ranges, lists, hashes, and lists of the category that an expression gives
--

CREATE TABLE by_range (id integer, score nps_score, segment text, PRIMARY KEY (score, id)) PARTITION BY RANGE (score);
CREATE TABLE by_range_detractors PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO (7);
CREATE TABLE by_range_passives PARTITION OF by_range FOR VALUES FROM (7) TO (9);
CREATE TABLE by_range_promoters PARTITION OF by_range FOR VALUES FROM (9) TO (MAXVALUE);

CREATE TABLE by_list (id integer, score nps_score, segment text) PARTITION BY LIST (score);
CREATE TABLE by_list_extremes PARTITION OF by_list FOR VALUES IN (0, 10);
CREATE TABLE by_list_middle PARTITION OF by_list FOR VALUES IN (4, 5, 6) PARTITION BY RANGE (score);
CREATE TABLE by_list_middle_low PARTITION OF by_list_middle FOR VALUES FROM (4) TO (6);
CREATE TABLE by_list_middle_high PARTITION OF by_list_middle FOR VALUES FROM (6) TO (7);
CREATE TABLE by_list_none PARTITION OF by_list FOR VALUES IN (NULL);
CREATE TABLE by_list_others PARTITION OF by_list DEFAULT;

CREATE TABLE by_hash (id integer, score nps_score, segment text) PARTITION BY HASH (score);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);

CREATE TABLE by_category_of (id integer, score nps_score, segment text) PARTITION BY LIST (nps_category(score));
CREATE TABLE by_category_of_promoters PARTITION OF by_category_of FOR VALUES IN ('promoter');
CREATE TABLE by_category_of_others PARTITION OF by_category_of DEFAULT;

CREATE TABLE by_summary_hash (id integer, summary nps_summary, weighted nps_weighted_summary) PARTITION BY HASH (summary, weighted);
CREATE TABLE by_summary_hash_0 PARTITION OF by_summary_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_summary_hash_1 PARTITION OF by_summary_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);

INSERT INTO by_range SELECT id, score, segment FROM responses WHERE score IS NOT NULL;
INSERT INTO by_list SELECT id, score, segment FROM responses;
INSERT INTO by_hash SELECT id, score, segment FROM responses;
INSERT INTO by_category_of SELECT id, score, segment FROM responses;
INSERT INTO by_summary_hash SELECT id, summary, weighted FROM every_type;
CREATE INDEX ON by_list (score);
CREATE INDEX ON by_hash USING hash (score);

--
-- Reports: a materialized roll-up, views of result rows, tests, windows, weights and bars
--

CREATE MATERIALIZED VIEW daily AS
SELECT answered_at AS day, segment, nps_agg(score) AS summary, nps_weighted_agg(score, weight ORDER BY id) AS weighted
FROM responses GROUP BY answered_at, segment;
CREATE UNIQUE INDEX daily_key ON daily (day, segment);
CREATE INDEX daily_by_summary ON daily (summary);

CREATE VIEW quarters AS
SELECT date_trunc('quarter', day)::date AS quarter, (nps(summary)).* FROM daily GROUP BY 1;

CREATE VIEW segments AS
SELECT segment, category, (nps_round(nps(score), 4)).*, min(score) AS lowest, max(score) AS highest, avg(score) AS mean
FROM responses GROUP BY GROUPING SETS ((segment), (category), ());

CREATE VIEW changes AS
SELECT quarter, (nps_test(summary, lag(summary) OVER (ORDER BY quarter), method => 'mover')).*, summary + lag(summary) OVER (ORDER BY quarter) AS two_quarters
FROM (SELECT date_trunc('quarter', answered_at)::date AS quarter, nps_agg(score) AS summary FROM responses GROUP BY 1) quarters;

CREATE VIEW rolling AS
SELECT id, nps_format(nps(score) OVER last_ninety) AS of_ninety_days, nps_agg(score) OVER last_ten AS of_ten_rows,
	nps_format(nps_weighted(score, weight) OVER last_ten) AS weighted, count(*) OVER (ORDER BY score RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near_score
FROM responses
WINDOW last_ninety AS (ORDER BY answered_at RANGE BETWEEN '89 days' PRECEDING AND CURRENT ROW),
	last_ten AS (ORDER BY id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW EXCLUDE TIES);

CREATE VIEW weighted_segments AS
SELECT segment, (nps_weighted(score, weight ORDER BY id)).* FROM responses GROUP BY segment;

CREATE VIEW clustered_segments AS
SELECT segment, (nps_clustered(summary)).*, nps_clustered_agg(summary) AS summary, nps_test(nps_clustered_agg(summary), 10) AS against
FROM (SELECT id % 97 AS account, segment, nps_agg(score) AS summary FROM responses GROUP BY 1, 2) accounts GROUP BY segment;

CREATE VIEW asked_twice AS
SELECT (nps_paired_test(first, second)).*
FROM (SELECT id % 97 AS account, nps_agg(score) FILTER (WHERE answered_at < '2024-07-01') AS first,
		nps_agg(score) FILTER (WHERE answered_at >= '2024-07-01') AS second FROM responses GROUP BY 1) accounts;

CREATE VIEW half_years AS
SELECT segment, nps_agg(score) FILTER (WHERE answered_at >= '2024-07-01') AS after, nps_agg(score) FILTER (WHERE answered_at < '2024-07-01') AS before
FROM responses GROUP BY segment;
CREATE VIEW contributions AS
SELECT segment, nps_contribution(after, before, nps_agg(after) OVER (), nps_agg(before) OVER ()) AS contribution FROM half_years;
CREATE VIEW rate_and_mix AS
SELECT count(*) AS segments, nps_mix_test(after, before) AS test FROM half_years;

CREATE VIEW trends AS
SELECT segment, nps_trend(day - date '2024-01-01', summary) AS trend FROM daily GROUP BY segment;
CREATE VIEW control_chart AS
SELECT quarter, nps_control(summary, nps_agg(summary) OVER (), 1.25) AS control
FROM (SELECT date_trunc('quarter', day)::date AS quarter, nps_agg(summary) AS summary FROM daily GROUP BY 1) quarters;

CREATE VIEW looked_at_again AS
SELECT segment, nps_estimate(nps_agg(score), 0.95, 'anytime') AS at_every_look, nps_test(nps_agg(score), 10, method => 'anytime') AS against,
	nps_estimate(nps_agg(score), population => 5000) AS of_five_thousand
FROM responses GROUP BY segment;

CREATE VIEW league_table AS
SELECT segment, (nps_shrink(summary, nps_agg(summary) OVER (), prior_responses(nps_heterogeneity(summary) OVER ()))).*,
	nps_probability(summary, 10) AS above_10, nps_probability(summary, nps_agg(summary) OVER () - summary) AS above_the_others
FROM (SELECT segment, nps_agg(score) AS summary FROM responses GROUP BY 1) segments;

CREATE VIEW bars AS
SELECT d.segment, h.score, h.responses, h.pct, h.bar, nps_bar(d.summary, 12) AS whole, nps_rating((nps_estimate(d.summary)).nps) AS rating
FROM (SELECT segment, nps_agg(summary) AS summary FROM daily GROUP BY segment) d, LATERAL nps_histogram(d.summary) h;

CREATE VIEW comparisons AS
SELECT id, score, score = 7 AS equal, 9 <= score AS promoter, score < 7::smallint AS detractor, score IN (7, 8) AS passive,
	score + 1 AS next, COALESCE(score, 0) AS or_zero, CASE WHEN score > 5 THEN score ELSE -1 END AS high, score::numeric / 2 AS half
FROM responses;

CREATE VIEW passives AS
SELECT id, score FROM responses WHERE nps_is_passive(score);

CREATE VIEW promoters_to_check AS
SELECT id, score FROM responses WHERE score >= 9 WITH CHECK OPTION;

--
-- The user's own aggregates, functions and trigger
--

CREATE AGGREGATE merged(nps_summary) (
	SFUNC = nps_summary_add, STYPE = nps_summary, COMBINEFUNC = nps_summary_add, INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}', PARALLEL = SAFE
);
CREATE AGGREGATE merged_result(nps_summary) (
	SFUNC = nps_summary_add, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}', MSFUNC = nps_summary_add, MINVFUNC = nps_summary_subtract, MSTYPE = nps_summary,
	MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}'
);
CREATE VIEW with_own_aggregates AS
SELECT segment, merged(summary) AS merged, merged_result(summary) AS result FROM daily GROUP BY segment;

CREATE FUNCTION swing(now nps_summary, before nps_summary DEFAULT '{1,0,0,0,0,0,0,0,0,0,0}') RETURNS nps_test_result
	LANGUAGE sql IMMUTABLE AS $$ SELECT nps_test(now, before) $$;
CREATE FUNCTION lowest_of(VARIADIC scores nps_score[]) RETURNS nps_score LANGUAGE plpgsql AS $$
DECLARE
	lowest nps_score := 10;
	score nps_score;
BEGIN
	FOREACH score IN ARRAY scores LOOP
		lowest := LEAST(lowest, score);
	END LOOP;
	RETURN lowest;
END $$;

-- refused(statement): the SQLSTATE that it raises; "taken" where it does not.
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'taken';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TABLE labels (id integer PRIMARY KEY, label text, score nps_score);
CREATE FUNCTION read_label() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.score := nps_parse(NEW.label);
	RETURN NEW;
END $$;
CREATE TRIGGER read_label BEFORE INSERT OR UPDATE ON labels FOR EACH ROW EXECUTE FUNCTION read_label();
INSERT INTO labels (id, label) VALUES (1, '10 - Extremely likely'), (2, ' 7 '), (3, '0: Not at all'), (4, NULL), (5, 'n/a');

ANALYZE;
