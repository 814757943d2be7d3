-- The extension as a whole, and what the other tests share.
--
-- First of all: the plans of queries on plain integers must not change by installing it.
-- They are noted before, and compared after.
SET search_path = public;
SET client_min_messages = warning;
\set VERBOSITY terse
CREATE TABLE small (i2 smallint, i4 integer, i8 bigint) WITH (autovacuum_enabled = off);
CREATE TABLE large (i2 smallint, i4 integer, i8 bigint, PRIMARY KEY (i4)) WITH (autovacuum_enabled = off);
INSERT INTO small SELECT i, i, i FROM generate_series(1, 100) i;
INSERT INTO large SELECT i % 1000, i, i FROM generate_series(1, 5000) i;
CREATE INDEX ON large (i2);
ANALYZE small, large;

-- plan(query): its plan as one text, costs and row estimates included where wanted.
CREATE FUNCTION plan(query text, costs boolean DEFAULT false) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (COSTS %s) %s', CASE WHEN costs THEN 'on' ELSE 'off' END, query) LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END $$;

CREATE TABLE integer_plans AS
SELECT join_method, query, NULL::text AS before, NULL::text AS after
FROM (VALUES ('enable_hashjoin'), ('enable_mergejoin'), ('enable_nestloop')) AS m (join_method),
	(VALUES
		('SELECT * FROM small s JOIN large l ON s.i4 = l.i4'),
		('SELECT * FROM small s JOIN large l ON s.i2 = l.i4'),
		('SELECT * FROM small s JOIN large l ON s.i4 = l.i2 AND l.i2 <= 50'),
		('SELECT * FROM small a JOIN large b ON a.i4 = b.i4 JOIN large c ON b.i4 = c.i4 WHERE a.i4 = 42'),
		('SELECT * FROM small a, large b, large c WHERE a.i2 = b.i4 AND b.i4 = c.i8 ORDER BY c.i8'),
		('SELECT i4, count(*) FROM large GROUP BY i4 HAVING i4 BETWEEN 3 AND 9'),
		('SELECT * FROM large WHERE i4 IN (SELECT i2 FROM small) ORDER BY i4 LIMIT 3')
	) AS q (query);

CREATE FUNCTION plan_with_only(join_method text, query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL enable_hashjoin = off;
	SET LOCAL enable_mergejoin = off;
	SET LOCAL enable_nestloop = off;
	PERFORM set_config(join_method, 'on', true);
	RETURN plan(query, true);
END $$;

UPDATE integer_plans SET before = plan_with_only(join_method, query);

CREATE EXTENSION nps;

UPDATE integer_plans SET after = plan_with_only(join_method, query);
SELECT count(*) AS plans, count(*) FILTER (WHERE before = after) AS unchanged FROM integer_plans;

-- The reason: no built-in operator belongs to a family of ours.
SELECT opcname, amname, amvalidate(c.oid),
	(SELECT count(*) FROM pg_amop o WHERE o.amopfamily = c.opcfamily AND o.amopopr < 16384) AS built_in_members
FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod
WHERE opcname LIKE 'nps%'
ORDER BY 1, 2;

-- Every function may run in a parallel worker and in an index.
CREATE VIEW nps_functions AS
SELECT p.* FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'nps';

SELECT count(*) > 100 AS there_are_functions,
	count(*) FILTER (WHERE proparallel <> 's') AS not_parallel_safe,
	count(*) FILTER (WHERE provolatile <> 'i') AS not_immutable
FROM nps_functions;

-- What is not strict would be called with NULLs; aggregates never are strict, their transitions are.
SELECT proname FROM nps_functions WHERE NOT proisstrict AND prokind = 'f' ORDER BY 1;

-- Aggregates of one name take the same number of arguments, which PostgreSQL's opr_sanity asks of its own: else
-- agg(a ORDER BY b, c), written for agg(a, b ORDER BY c), would be legal and mean something else.
SELECT a.oid::regprocedure, b.oid::regprocedure
FROM nps_functions a JOIN nps_functions b ON b.proname = a.proname AND b.pronargs > a.pronargs
WHERE a.prokind = 'a' AND b.prokind = 'a';

-- Each type, operator, aggregate and function that users name has a comment. Not counted are array types,
-- the stand-ins for built-in operators, and functions that only serve a type, operator, cast or aggregate.
SELECT pg_describe_object(d.classid, d.objid, 0) AS without_comment
FROM pg_depend d
JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'nps'
WHERE d.deptype = 'e'
	AND d.classid IN ('pg_type'::regclass, 'pg_operator'::regclass, 'pg_proc'::regclass)
	AND NOT EXISTS (SELECT FROM pg_description c WHERE c.classoid = d.classid AND c.objoid = d.objid AND c.objsubid = 0)
	AND NOT (d.classid = 'pg_type'::regclass AND d.objid::regtype::text LIKE '%[]')
	AND NOT (d.classid = 'pg_operator'::regclass AND d.objid::regoperator::text LIKE '#%#(%')
	AND NOT (d.classid = 'pg_proc'::regclass AND d.objid IN (
		SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend]::oid[]) FROM pg_type
		UNION ALL SELECT oprcode FROM pg_operator
		UNION ALL SELECT amproc FROM pg_amproc
		UNION ALL SELECT castfunc FROM pg_cast
		UNION ALL SELECT prosupport FROM pg_proc
		UNION ALL SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggminvtransfn]::oid[]) FROM pg_aggregate));

-- Anybody who may create objects in the database may install it, into any schema.
SELECT superuser, trusted, relocatable FROM pg_available_extension_versions WHERE name = 'nps';
CREATE SCHEMA elsewhere;
ALTER EXTENSION nps SET SCHEMA elsewhere;
SELECT elsewhere.nps_format(elsewhere.nps(i)) FROM generate_series(0, 10) i;
SELECT elsewhere.nps_category(7), '3'::elsewhere.nps_score OPERATOR(elsewhere.<=) 6 AS at_most_6;
ALTER EXTENSION nps SET SCHEMA public;

-- planner_as_shipped(): from here on the planner's settings are those that PostgreSQL comes with, for tests of plans.
CREATE FUNCTION planner_as_shipped() RETURNS boolean LANGUAGE sql SET lc_messages = 'C' AS $$
	SELECT bool_and(set_config(name, boot_val, false) IS NOT NULL) FROM pg_settings WHERE category LIKE 'Query Tuning%'
$$;

-- failure(statement): what it raises, as "SQLSTATE message (DETAIL) [HINT]"; NULL where it does not.
CREATE FUNCTION failure(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ' ' || message || coalesce(' (' || nullif(detail, '') || ')', '')
		|| coalesce(' [' || nullif(hint, '') || ']', '');
END $$;

-- Answers for the tests: two years, four segments, every ninth without a score.
CREATE TABLE answers WITH (autovacuum_enabled = off) AS
SELECT i AS id, date '2024-01-01' + i % 731 AS answered_at, (i * 13) % 4 AS segment,
	CASE WHEN i % 9 = 0 THEN NULL ELSE (i * i / 7 + i / 11) % 11 END::nps_score AS score
FROM generate_series(1, 3000) i;
ANALYZE answers;

-- The same figures by hand, from plain SQL alone.
CREATE VIEW answers_by_hand AS
SELECT segment, answered_at, score::integer AS score,
	(score::integer >= 9)::integer AS promoter, (score::integer IN (7, 8))::integer AS passive,
	(score::integer <= 6)::integer AS detractor
FROM answers WHERE score IS NOT NULL;
