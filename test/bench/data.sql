-- The benchmarks' data, the same every time: responses of three years by 20 segments and by as many
-- customers as a tenth of the rows, their score in three types, their segment and time in another. psql variable: rows.
SELECT setseed(0.42) \g /dev/null

CREATE UNLOGGED TABLE bench AS
SELECT day, segment, customer, s::nps_score AS score, s::smallint AS small_score, s AS int_score, at, 'segment ' || segment AS segment_name
FROM (SELECT date '2023-01-01' + (i * 1096 / :rows)::integer AS day, (random() * 19)::integer AS segment,
		(random() * (:rows / 10))::integer AS customer,
		timestamp '2023-01-01' + i * (interval '1096 days' / :rows) AS at,
		CASE WHEN r < 0.08 THEN (r * 87)::integer WHEN r < 0.20 THEN 7 WHEN r < 0.44 THEN 8 WHEN r < 0.61 THEN 9 ELSE 10 END AS s
	FROM (SELECT i, random() AS r FROM generate_series(1, :rows::bigint) i) rolled) drawn;

-- A tenth of it for the windows, and the stored summaries.
CREATE UNLOGGED TABLE timeline AS SELECT row_number() OVER () AS id, day, score, int_score FROM bench LIMIT :rows / 10;
UPDATE timeline SET day = date '2023-01-01' + (id * 1096 * 10 / :rows)::integer;
CREATE UNLOGGED TABLE daily AS SELECT day, nps_agg(score) AS summary FROM bench GROUP BY 1;
CREATE UNLOGGED TABLE timeline_daily AS SELECT day, nps_agg(score) AS summary FROM timeline GROUP BY 1;
CREATE UNLOGGED TABLE summaries AS SELECT customer % 20 AS segment, nps_agg(score) AS summary FROM bench GROUP BY customer;
CREATE UNLOGGED TABLE pairs AS SELECT nps_agg(score) FILTER (WHERE day < '2024-07-01') AS before, nps_agg(score) FILTER (WHERE day >= '2024-07-01') AS after FROM bench GROUP BY customer;
-- For queries that should take no time.
CREATE UNLOGGED TABLE thousand AS SELECT segment, score FROM bench LIMIT 1000;
CREATE INDEX bench_customer ON bench (customer);
VACUUM ANALYZE thousand, bench, timeline, daily, timeline_daily, summaries, pairs;
