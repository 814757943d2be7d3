-- What the comparison operators say of themselves, against PostgreSQL's own of the same name: commutator, negator, estimators
-- and whether they hash and merge. Those between integers, #<# to #>#, stand for built-in ones and have no <>.
SET search_path = public;
SET client_min_messages = warning;
SET standard_conforming_strings = on;
SET quote_all_identifiers = off;
CREATE TEMP VIEW our_operators AS
SELECT o.oid, o.oprname::text AS name, btrim(o.oprname, '#') AS plain_name, o.oprleft, o.oprright, o.oprcode, o.oprcom, o.oprnegate, o.oprrest, o.oprjoin, o.oprcanmerge, o.oprcanhash
FROM pg_operator o
JOIN pg_depend d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'nps'
WHERE o.oprname ~ '[<>=]';
SELECT oprleft::regtype AS "left", oprright::regtype AS "right", string_agg(name, ' ' ORDER BY plain_name) AS operators
FROM our_operators WHERE ARRAY[oprleft, oprright] && ARRAY['nps_score'::regtype, 'integer'::regtype, 'smallint'::regtype]::oid[] GROUP BY 1, 2 ORDER BY oprleft::regtype::text, oprright::regtype::text;

-- as_declared(operator): all that in names, the hash marks aside.
CREATE FUNCTION as_declared(operator oid) RETURNS text LANGUAGE sql AS $$
	SELECT format('commutator %s, negator %s, %s, %s, merges %s, hashes %s', btrim(c.oprname, '#'), coalesce(n.oprname, 'none'), o.oprrest, o.oprjoin, o.oprcanmerge, o.oprcanhash)
	FROM pg_operator o LEFT JOIN pg_operator c ON c.oid = o.oprcom LEFT JOIN pg_operator n ON n.oid = o.oprnegate
	WHERE o.oid = operator
$$;
SELECT plain_name AS operator, as_declared(b.oid) AS "as", bool_and(as_declared(o.oid) = as_declared(b.oid)) AS ours_too
FROM our_operators o JOIN pg_operator b ON b.oprname = plain_name AND b.oprleft = 'integer'::regtype AND b.oprright = 'integer'::regtype AND b.oid < 16384
WHERE name = plain_name
GROUP BY 1, 2 ORDER BY 1;
SELECT o.oid::regoperator AS unlike, as_declared(o.oid)
FROM our_operators o JOIN pg_operator b ON b.oprname = plain_name AND b.oprleft = 'integer'::regtype AND b.oprright = 'integer'::regtype AND b.oid < 16384
WHERE as_declared(o.oid) <> CASE WHEN name LIKE '#%' THEN regexp_replace(as_declared(b.oid), 'negator [^,]*', 'negator none') ELSE as_declared(b.oid) END;

-- The commutator takes the types the other way round and has this one for its own; the negator takes the same.
SELECT o.oid::regoperator AS wrong_partner
FROM our_operators o LEFT JOIN our_operators c ON c.oid = o.oprcom LEFT JOIN our_operators n ON n.oid = o.oprnegate
WHERE (c.oprleft, c.oprright, c.oprcom) IS DISTINCT FROM (o.oprright, o.oprleft, o.oid)
	OR (o.oprnegate <> 0 AND (n.oprleft, n.oprright, n.oprnegate) IS DISTINCT FROM (o.oprleft, o.oprright, o.oid));

-- Those that stand for built-in ones are the same functions.
SELECT count(*) AS stand_ins, count(*) FILTER (WHERE o.oprcode = b.oprcode) AS same_functions
FROM our_operators o JOIN pg_operator b ON b.oprname = o.plain_name AND b.oprleft = o.oprleft AND b.oprright = o.oprright AND b.oid < 16384
WHERE o.name LIKE '#%';

-- In the families each has the place of its name, and no combination of types is incomplete.
CREATE TEMP VIEW our_members AS
SELECT f.opfname, m.amname, a.amoplefttype, a.amoprighttype, a.amopstrategy, o.plain_name, o.oprcanmerge, o.oprcanhash, o.oid
FROM pg_amop a JOIN our_operators o ON o.oid = a.amopopr JOIN pg_opfamily f ON f.oid = a.amopfamily JOIN pg_am m ON m.oid = f.opfmethod;
SELECT amname, opfname, count(*) AS members, count(DISTINCT (amoplefttype, amoprighttype)) AS combinations, string_agg(DISTINCT amopstrategy || ' ' || plain_name, ', ') AS places
FROM our_members WHERE opfname LIKE 'nps_score%' GROUP BY 1, 2 ORDER BY 1, 2;
SELECT o.oid::regoperator AS hashes_or_merges_without_a_family
FROM our_operators o
WHERE o.oprcanmerge <> EXISTS (SELECT FROM our_members m WHERE m.oid = o.oid AND m.amname = 'btree' AND m.amopstrategy = 3)
	OR o.oprcanhash <> EXISTS (SELECT FROM our_members m WHERE m.oid = o.oid AND m.amname = 'hash');

-- What supports the families for integers is what supports PostgreSQL's own.
SELECT m.amname, count(*) AS functions, count(*) FILTER (WHERE EXISTS (SELECT FROM pg_amproc b JOIN pg_opfamily bf ON bf.oid = b.amprocfamily
	WHERE bf.opfname = 'integer_ops' AND bf.opfmethod = m.oid AND (b.amproclefttype, b.amprocrighttype, b.amprocnum, b.amproc) = (p.amproclefttype, p.amprocrighttype, p.amprocnum, p.amproc))) AS as_built_in
FROM pg_amproc p JOIN pg_opfamily f ON f.oid = p.amprocfamily JOIN pg_am m ON m.oid = f.opfmethod
WHERE f.opfname = 'nps_score_ops' AND 'nps_score'::regtype NOT IN (p.amproclefttype, p.amprocrighttype)
GROUP BY 1 ORDER BY 1;
SELECT p.amproclefttype::regtype AS "left", p.amprocrighttype::regtype AS "right", m.amname, p.amprocnum, p.amproc
FROM pg_amproc p JOIN pg_opfamily f ON f.oid = p.amprocfamily JOIN pg_am m ON m.oid = f.opfmethod
WHERE f.opfname = 'nps_score_ops' AND 'nps_score'::regtype IN (p.amproclefttype, p.amprocrighttype)
ORDER BY p.amproclefttype::regtype::text, p.amprocrighttype::regtype::text, m.amname, p.amprocnum;

-- Each comparison function of the btree family has the sign of the difference.
CREATE FUNCTION wrong_signs(compare regprocedure, left_type regtype, right_type regtype) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	wrong bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM generate_series(0, 10) a, generate_series(0, 10) b WHERE sign(%s(a::%s, b::%s)) <> sign(a - b)', compare::regproc, left_type, right_type) INTO wrong;
	RETURN wrong;
END $$;
SELECT count(*) AS combinations, sum(wrong_signs(p.amproc, p.amproclefttype, p.amprocrighttype)) AS wrong
FROM pg_amproc p JOIN pg_opfamily f ON f.oid = p.amprocfamily JOIN pg_am m ON m.oid = f.opfmethod
WHERE f.opfname = 'nps_score_ops' AND m.amname = 'btree' AND p.amprocnum = 1;
SELECT nps_score_int4_cmp(score, 2147483647) < 0 AND nps_score_int4_cmp(score, -2147483648) > 0 AND nps_score_int2_cmp(score, 32767::smallint) < 0
	AND nps_score_int2_cmp(score, (-32768)::smallint) > 0 AND nps_int4_score_cmp(2147483647, score) > 0 AND nps_int4_score_cmp(-2147483648, score) < 0
	AND nps_int2_score_cmp(32767::smallint, score) > 0 AND nps_int2_score_cmp((-32768)::smallint, score) < 0 AS at_the_ends
FROM (VALUES (0::nps_score), (10::nps_score)) AS v (score);
