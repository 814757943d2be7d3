-- NPS on Citus: responses on many servers, summaries where they are needed.
--
-- Needs Citus 12.1 or later, and the extension nps installed on the coordinator and on every worker. ./dev citus runs
-- these statements on three servers where there is Citus. test/t/shards.pl runs them on one, where nothing is
-- distributed, and tests the path that Citus takes with an aggregate: a state per shard, to the coordinator,
-- combined there, the final function.

CREATE EXTENSION IF NOT EXISTS citus;
-- On the coordinator; Citus creates it on the workers, where its files have to be installed.
CREATE EXTENSION IF NOT EXISTS nps;

-- 1. The responses, distributed by customer: what is asked about one customer is asked of one shard, and
-- what is joined by customer stays on it.

CREATE TABLE responses (
	customer_id bigint NOT NULL,
	answered_at date NOT NULL,
	segment integer NOT NULL,
	score nps_score,
	weight double precision
);
SELECT create_distributed_table('responses', 'customer_id');

-- 2. The check. An aggregate that Citus can neither push down nor split is an error from here on, instead of
-- pulling the responses to the coordinator. Not caught are a window that is not partitioned by the distribution
-- column, a materialised CTE and a subquery with LIMIT: the plan shows them, as below.

SET citus.coordinator_aggregation_strategy = 'disabled';

-- 3. What is pushed down.

-- By the distribution column: the whole aggregate, with its final function. Only results travel.
SELECT customer_id, nps_format(nps(score)) AS nps
FROM responses GROUP BY customer_id ORDER BY customer_id LIMIT 20;

-- By anything else, or as one figure: a summary a group and shard, which the coordinator merges and makes
-- the result of. The rows are those of one table that holds all responses.
SELECT segment, (nps_round(nps(score))).* FROM responses GROUP BY segment ORDER BY segment;
SELECT nps_format(nps(score)) AS all_responses FROM responses;
SELECT date_trunc('quarter', answered_at)::date AS quarter, nps_bar(nps_agg(score)) AS bar
FROM responses GROUP BY 1 ORDER BY 1;

-- Weighted, and with FILTER: the same way.
SELECT segment, nps_format(nps_weighted(score, weight)) AS weighted,
	nps_format(nps(score) FILTER (WHERE answered_at >= date '2026-01-01')) AS this_year
FROM responses GROUP BY segment ORDER BY segment;

-- A condition on the category runs on the shards, and there as a range of scores: an index on
-- (segment, score) serves it.
CREATE INDEX ON responses (segment, score);
SELECT count(*) AS detractors FROM responses WHERE nps_is_detractor(score) AND segment = 7;

-- The plan says after "Query:" what a shard is asked: worker_partial_agg, or worker_binary_partial_agg from Citus 14 on.
-- Where that is the score itself, responses travel.
EXPLAIN (VERBOSE, COSTS OFF) SELECT segment, nps(score) FROM responses GROUP BY segment;

-- Not split: DISTINCT or ORDER BY inside the aggregate, unless grouped by the distribution column. This one
-- is an error under the check.
-- SELECT segment, nps(DISTINCT score) FROM responses GROUP BY segment;

-- 4. The roll-up by customer: a summary a customer and day, distributed by the same column and co-located.
-- INSERT ... SELECT grouped by that column then runs on each shard by itself, and no row leaves it.

CREATE TABLE daily_by_customer (
	customer_id bigint,
	day date,
	summary nps_summary NOT NULL,
	PRIMARY KEY (customer_id, day)
);
SELECT create_distributed_table('daily_by_customer', 'customer_id', colocate_with => 'responses');

-- 5. The roll-up by segment, for reports: small, since it has no customer any more. It is distributed by the
-- segment, so that a segment's days are on one shard and its quarters are computed there. (A thousand
-- segments a year are 365,000 rows: a table on the coordinator does as well.)

CREATE TABLE daily_by_segment (
	segment integer,
	day date,
	summary nps_summary NOT NULL,
	PRIMARY KEY (segment, day)
);
SELECT create_distributed_table('daily_by_segment', 'segment');

-- 6. Every night: yesterday, and the week before it, since answers arrive late. Whole days are counted anew
-- and replace what was there, so that it can be repeated at will.

BEGIN;
-- Within each shard.
INSERT INTO daily_by_customer
SELECT customer_id, answered_at, nps_agg(score)
FROM responses
WHERE answered_at >= current_date - 8 AND answered_at < current_date
GROUP BY customer_id, answered_at
ON CONFLICT (customer_id, day) DO UPDATE SET summary = EXCLUDED.summary;

-- From shard to shard: the summaries of each are merged on the coordinator, and only summaries travel.
INSERT INTO daily_by_segment
SELECT segment, answered_at, nps_agg(score)
FROM responses
WHERE answered_at >= current_date - 8 AND answered_at < current_date
GROUP BY segment, answered_at
ON CONFLICT (segment, day) DO UPDATE SET summary = EXCLUDED.summary;
COMMIT;

-- 7. Reports read summaries. nps(summary) and nps_agg(summary) are pushed down and split like the others.

SELECT segment, date_trunc('quarter', day)::date AS quarter, nps_format(nps(summary)) AS nps
FROM daily_by_segment GROUP BY 1, 2 ORDER BY 1, 2;
SELECT date_trunc('quarter', day)::date AS quarter, nps_format(nps(summary)) AS all_segments
FROM daily_by_segment GROUP BY 1 ORDER BY 1;
SELECT customer_id, nps_format(nps(summary)) AS nps
FROM daily_by_customer GROUP BY customer_id ORDER BY customer_id LIMIT 20;

-- The roll-up against the responses themselves: no row means equal.
SELECT COALESCE(raw.day, stored.day) AS differing_day
FROM (SELECT answered_at AS day, nps_agg(score) AS summary FROM responses
	WHERE answered_at >= current_date - 8 AND answered_at < current_date GROUP BY 1) raw
FULL JOIN (SELECT day, nps_agg(summary) AS summary FROM daily_by_segment
	WHERE day >= current_date - 8 AND day < current_date GROUP BY 1) stored USING (day)
WHERE raw.summary IS DISTINCT FROM stored.summary;
