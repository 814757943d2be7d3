-- Stored roll-ups that stay current: one summary a day and segment, kept next to the raw responses.
--
-- Three ways to keep the same daily_nps(day, segment, summary). Pick one:
--
--             how fresh             cost of a write                   what is stored besides
--   job       as of its last run    small: notes the changed days,    the notes, until the next run
--                                   waits for nobody
--   triggers  at every commit       one upsert a day and segment;     nothing
--                                   writers to the same day and
--                                   segment wait for each other
--   view      as of its last        none                              a table for months that are gone;
--             refresh                                                 each refresh reads all raw rows
--
-- Reports that may be minutes old, many writers: job. Reports that must agree with the raw rows at any
-- moment, few or short transactions: triggers. Raw rows that are read through in seconds, or a table
-- that must not have triggers: view. In each, a day and segment is one row of about 150 bytes.
--
-- Run it whole, or copy from it section by section; it needs the extension nps:
--   psql -v way=job -f examples/rollup.sql        (or way=triggers, or way=view)
--
-- makes a table of its own to show it on. On yours, in one call with bi_views.sql, which knows its names and the day of an
-- answer; its raw rows then stay as they are, and the section drop is left out:
--   psql -v responses=my_table -v day=created_at -v score=score -v segment=plan -f examples/bi_views.sql \
--     -v way=job -f examples/rollup.sql
-- A day that is text does for way=view only.

\if :{?way}
\else
	\set way triggers
\endif
SELECT :'way' = 'job' AS job, :'way' = 'triggers' AS triggers, :'way' = 'view' AS view \gset

-- What bi_views.sql has found out in the same call, or else the table of this file. The time zone is written out: a day
-- must not depend on who asks.
\if :{?nps_source}
	\set example false
\else
	\set example true
	\set nps_source responses
	\set nps_day_of '(answered_at AT TIME ZONE \'UTC\')::date'
	\set nps_segment_of segment
	\set nps_score_of score
\endif

-- The rows of the table, and in a trigger those that a statement has added and removed, as day, segment and score.
SELECT template AS raw, replace(template, :'nps_source' || ') AS named', 'added) AS named') AS added,
	replace(template, :'nps_source' || ') AS named', 'removed) AS named') AS removed
FROM (SELECT '(SELECT day, segment, score FROM (SELECT ' || :'nps_day_of' || ' AS day, ' || :'nps_segment_of' || ' AS segment, '
	|| :'nps_score_of' || ' AS score FROM ' || :'nps_source' || ') AS named WHERE isfinite(day)) AS answers' AS template) templates \gset

-- == raw: the raw responses, a partition a month

\if :example

-- Write through this table, not to a partition of its own: only then its triggers fire. A response
-- whose month has no partition is refused; have no default partition where months are dropped.
CREATE TABLE responses (
	answered_at timestamptz NOT NULL,
	segment text NOT NULL,
	score nps_score
) PARTITION BY RANGE (answered_at);

CREATE TABLE responses_2025_12 PARTITION OF responses FOR VALUES FROM ('2025-12-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE responses_2026_01 PARTITION OF responses FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE responses_2026_02 PARTITION OF responses FOR VALUES FROM ('2026-02-01 00:00+00') TO ('2026-03-01 00:00+00');
CREATE TABLE responses_2026_03 PARTITION OF responses FOR VALUES FROM ('2026-03-01 00:00+00') TO ('2026-04-01 00:00+00');

\endif

-- == keep: the summaries, in one of three ways

-- Creating a trigger waits for writers and holds new ones off until COMMIT: so that the summaries of what
-- is already there, made in the same transaction, miss nothing. SET search_path FROM CURRENT
-- lets the functions find these tables whoever writes. psql fills {added}, {removed} and {raw} in before the server sees them.

-- --- job: writers note the days they change, a job recomputes those days ---

\if :job
BEGIN;

CREATE INDEX ON :nps_source ((:nps_day_of));

CREATE TABLE daily_nps (day date, segment text, summary nps_summary NOT NULL, PRIMARY KEY (day, segment));
CREATE TABLE changed_days (day date NOT NULL, segment text NOT NULL);

SELECT replace(replace(replace($create$
CREATE FUNCTION note_changed_days() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP IN ('INSERT', 'UPDATE') THEN
		INSERT INTO changed_days SELECT DISTINCT day, segment FROM {added};
	END IF;
	IF TG_OP IN ('UPDATE', 'DELETE') THEN
		INSERT INTO changed_days SELECT DISTINCT day, segment FROM {removed};
	END IF;
	IF TG_OP = 'TRUNCATE' THEN
		-- An older snapshot would not show all rows that TRUNCATE takes away.
		IF current_setting('transaction_isolation') <> 'read committed' THEN
			RAISE 'TRUNCATE of % needs isolation level read committed', TG_RELID::regclass USING ERRCODE = '0A000';
		END IF;
		INSERT INTO changed_days SELECT DISTINCT day, segment FROM {raw};
	END IF;
	RETURN NULL;
END $$;
$create$, '{added}', :'added'), '{removed}', :'removed'), '{raw}', :'raw') \gexec

CREATE TRIGGER daily_nps_insert AFTER INSERT ON :nps_source
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_changed_days();
CREATE TRIGGER daily_nps_update AFTER UPDATE ON :nps_source
	REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_changed_days();
CREATE TRIGGER daily_nps_delete AFTER DELETE ON :nps_source
	REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION note_changed_days();
CREATE TRIGGER daily_nps_truncate BEFORE TRUNCATE ON :nps_source
	FOR EACH STATEMENT EXECUTE FUNCTION note_changed_days();

-- A note commits together with its rows: one that commits late is still there for the next run. One
-- statement takes the notes and counts the rows, so both are of the same moment; run twice, it finds none.
SELECT replace($create$
CREATE FUNCTION refresh_daily_nps() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	changed bigint;
BEGIN
	LOCK TABLE changed_days IN SHARE UPDATE EXCLUSIVE MODE;	-- one job at a time; writers go on
	WITH taken AS (DELETE FROM changed_days RETURNING day, segment)
	INSERT INTO daily_nps AS kept (day, segment, summary)
	SELECT day, segment, (SELECT nps_agg(score) FROM {raw}
		WHERE answers.day = days.day AND answers.segment = days.segment)
	FROM (SELECT DISTINCT day, segment FROM taken) days
	ON CONFLICT (day, segment) DO UPDATE SET summary = excluded.summary WHERE kept.summary <> excluded.summary;
	GET DIAGNOSTICS changed = ROW_COUNT;
	RETURN changed;
END $$;
$create$, '{raw}', :'raw') \gexec

INSERT INTO daily_nps
SELECT day, segment, nps_agg(score) FROM :raw GROUP BY 1, 2;

COMMIT;
\endif

-- --- triggers: every statement adds and takes out what it changed ---

-- Each statement locks its days in the order of the key: transactions of one statement do not deadlock over
-- summaries. Those of several statements can, as over any table: repeat them on SQLSTATE 40P01.

\if :triggers
BEGIN;

CREATE TABLE daily_nps (day date, segment text, summary nps_summary NOT NULL, PRIMARY KEY (day, segment));

SELECT replace(replace(replace($create$
CREATE FUNCTION keep_daily_nps() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO daily_nps AS kept (day, segment, summary)
		SELECT day, segment, nps_agg(score) FROM {added} GROUP BY 1, 2 ORDER BY 1, 2
		ON CONFLICT (day, segment) DO UPDATE SET summary = kept.summary + excluded.summary;
	ELSIF TG_OP = 'UPDATE' THEN
		-- Add first; a blank score adds nothing, but has the day it leaves locked in its turn.
		INSERT INTO daily_nps AS kept (day, segment, summary)
		SELECT day, segment, nps_agg(score)
		FROM (SELECT day, segment, score FROM {added}
			UNION ALL SELECT day, segment, NULL FROM {removed}) both_sides
		GROUP BY 1, 2 ORDER BY 1, 2
		ON CONFLICT (day, segment) DO UPDATE SET summary = kept.summary + excluded.summary;

		UPDATE daily_nps AS kept SET summary = kept.summary - gone.summary
		FROM (SELECT day, segment, nps_agg(score) AS summary FROM {removed} GROUP BY 1, 2) gone
		WHERE kept.day = gone.day AND kept.segment = gone.segment;
	ELSIF TG_OP = 'DELETE' THEN
		PERFORM FROM daily_nps
		WHERE (day, segment) IN (SELECT day, segment FROM {removed})
		ORDER BY day, segment FOR UPDATE;

		UPDATE daily_nps AS kept SET summary = kept.summary - gone.summary
		FROM (SELECT day, segment, nps_agg(score) AS summary FROM {removed} GROUP BY 1, 2) gone
		WHERE kept.day = gone.day AND kept.segment = gone.segment;
	ELSE
		-- TRUNCATE. An older snapshot would not show all rows that it takes away.
		IF current_setting('transaction_isolation') <> 'read committed' THEN
			RAISE 'TRUNCATE of % needs isolation level read committed', TG_RELID::regclass USING ERRCODE = '0A000';
		END IF;
		UPDATE daily_nps AS kept SET summary = kept.summary - gone.summary
		FROM (SELECT day, segment, nps_agg(score) AS summary FROM {raw} GROUP BY 1, 2) gone
		WHERE kept.day = gone.day AND kept.segment = gone.segment;
	END IF;
	RETURN NULL;
END $$;
$create$, '{added}', :'added'), '{removed}', :'removed'), '{raw}', :'raw') \gexec

CREATE TRIGGER daily_nps_insert AFTER INSERT ON :nps_source
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_daily_nps();
CREATE TRIGGER daily_nps_update AFTER UPDATE ON :nps_source
	REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_daily_nps();
CREATE TRIGGER daily_nps_delete AFTER DELETE ON :nps_source
	REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_daily_nps();
CREATE TRIGGER daily_nps_truncate BEFORE TRUNCATE ON :nps_source
	FOR EACH STATEMENT EXECUTE FUNCTION keep_daily_nps();

INSERT INTO daily_nps
SELECT day, segment, nps_agg(score) FROM :raw GROUP BY 1, 2;

COMMIT;
\endif

-- --- view: PostgreSQL recomputes all of it; readers see the old rows meanwhile ---

\if :view
BEGIN;

-- The summaries of months whose raw rows are gone.
CREATE TABLE archived_nps (day date, segment text, summary nps_summary NOT NULL, PRIMARY KEY (day, segment));

CREATE MATERIALIZED VIEW daily_nps AS
SELECT day, segment, nps_agg(summary) AS summary
FROM (SELECT day, segment, nps_agg(score) AS summary FROM :raw GROUP BY 1, 2
	UNION ALL SELECT day, segment, summary FROM archived_nps) days
GROUP BY day, segment;

-- REFRESH ... CONCURRENTLY needs it.
CREATE UNIQUE INDEX ON daily_nps (day, segment);

COMMIT;
\endif

-- == refresh: from a scheduler, as often as the reports need it

\if :job
SELECT refresh_daily_nps() AS "days changed";
\endif

\if :view
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_nps;
\endif

-- == report: quarters from the daily summaries, the same rows as from the raw responses

SELECT date_trunc('quarter', day::timestamp)::date AS quarter, (nps_round(nps(summary))).*
FROM daily_nps GROUP BY 1 ORDER BY 1;

-- == audit: days whose summary differs from the raw responses (none, right after a refresh)

SELECT day, segment, kept.summary AS kept, raw.summary AS raw
FROM daily_nps AS kept
FULL JOIN (SELECT day, segment, nps_agg(score) AS summary FROM :raw GROUP BY 1, 2) AS raw
	USING (day, segment)
WHERE day >= (SELECT min(day) FROM :raw)
	AND kept.summary IS DISTINCT FROM raw.summary
	AND GREATEST(nps_responses(kept.summary), nps_responses(raw.summary)) > 0;

-- == drop: an old month's raw responses go, its summaries stay

\if :example

-- DETACH and DROP fire no trigger. What has to be saved is saved in the same transaction, while no
-- writer is under way. Locks in this order: the job's own first.

\if :job
BEGIN;
LOCK TABLE changed_days IN SHARE UPDATE EXCLUSIVE MODE;
LOCK TABLE responses IN ACCESS EXCLUSIVE MODE;
SELECT refresh_daily_nps() AS "days changed";	-- or a note left over would find no rows, later
ALTER TABLE responses DETACH PARTITION responses_2025_12;
DROP TABLE responses_2025_12;
COMMIT;
\endif

\if :triggers
BEGIN;
ALTER TABLE responses DETACH PARTITION responses_2025_12;
DROP TABLE responses_2025_12;
COMMIT;
\endif

\if :view
BEGIN;
LOCK TABLE responses IN ACCESS EXCLUSIVE MODE;
INSERT INTO archived_nps
SELECT (answered_at AT TIME ZONE 'UTC')::date, segment, nps_agg(score) FROM responses_2025_12 GROUP BY 1, 2;
ALTER TABLE responses DETACH PARTITION responses_2025_12;
DROP TABLE responses_2025_12;
COMMIT;

-- A refresh that was waiting meanwhile saw neither the raw month nor its archive: refresh once more.
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_nps;
\endif

\endif
