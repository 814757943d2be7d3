-- All that the extension nps consists of, for psql: a line for each attribute of each of its objects, sorted,
-- "object, attribute, value". Objects are named, never numbered, and the extension's own schema is left
-- out, so that two databases whose extension is the same give the same text.
\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
SET search_path = pg_catalog, pg_temp;
-- The names of the extension and of pg_catalog are visible and so come without their schema; all others with it.
SELECT set_config('search_path', quote_ident(nspname) || ', pg_temp', false) AS path
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'nps' \gset
COPY (
	WITH extension AS (
		SELECT * FROM pg_extension WHERE extname = 'nps'
	), members AS (
		SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS name
		FROM pg_depend d JOIN extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
		WHERE d.deptype = 'e'
	), family_members AS (
		SELECT 'pg_amop'::regclass AS classid, o.oid AS objid, pg_describe_object('pg_amop'::regclass, o.oid, 0) AS name
		FROM pg_amop o JOIN members m ON m.classid = 'pg_opfamily'::regclass AND m.objid = o.amopfamily
		UNION ALL
		SELECT 'pg_amproc'::regclass, p.oid, pg_describe_object('pg_amproc'::regclass, p.oid, 0)
		FROM pg_amproc p JOIN members m ON m.classid = 'pg_opfamily'::regclass AND m.objid = p.amprocfamily
	), rows_of_composites AS (
		SELECT 'pg_class'::regclass AS classid, t.typrelid AS objid, m.name
		FROM pg_type t JOIN members m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
		WHERE t.typrelid <> 0
	), parts AS (
		TABLE members UNION ALL TABLE family_members UNION ALL TABLE rows_of_composites
	), schemas AS (
		SELECT n.oid, CASE WHEN n.oid = e.extnamespace THEN '@extschema@' ELSE nspname END AS name
		FROM pg_namespace n, extension e
	), definitions (name, definition) AS (
		-- The row of each catalog as it is, but with names where it has numbers.
		SELECT 'extension'::text, jsonb_build_object('relocatable', extrelocatable, 'configuration', extconfig::regclass[], 'condition', extcondition)
		FROM extension
		UNION ALL
		SELECT m.name, to_jsonb(p) || jsonb_build_object('oid', NULL, 'pronamespace', s.name, 'proowner', pg_get_userbyid(p.proowner),
			'prolang', l.lanname, 'provariadic', p.provariadic::regtype, 'prosupport', p.prosupport::oid::regprocedure, 'prorettype', p.prorettype::regtype,
			'proargtypes', NULL, 'proallargtypes', NULL, 'proargdefaults', NULL, 'protrftypes', p.protrftypes::regtype[],
			'arguments', pg_get_function_arguments(p.oid), 'identity', pg_get_function_identity_arguments(p.oid),
			'result', pg_get_function_result(p.oid))
		FROM members m JOIN pg_proc p ON p.oid = m.objid JOIN pg_language l ON l.oid = p.prolang JOIN schemas s ON s.oid = p.pronamespace
		WHERE m.classid = 'pg_proc'::regclass
		UNION ALL
		SELECT m.name, to_jsonb(a) || jsonb_build_object('aggfnoid', NULL, 'aggtransfn', a.aggtransfn::oid::regprocedure,
			'aggfinalfn', a.aggfinalfn::oid::regprocedure, 'aggcombinefn', a.aggcombinefn::oid::regprocedure,
			'aggserialfn', a.aggserialfn::oid::regprocedure, 'aggdeserialfn', a.aggdeserialfn::oid::regprocedure,
			'aggmtransfn', a.aggmtransfn::oid::regprocedure, 'aggminvtransfn', a.aggminvtransfn::oid::regprocedure,
			'aggmfinalfn', a.aggmfinalfn::oid::regprocedure, 'aggsortop', a.aggsortop::regoperator,
			'aggtranstype', a.aggtranstype::regtype, 'aggmtranstype', a.aggmtranstype::regtype)
		FROM members m JOIN pg_aggregate a ON a.aggfnoid = m.objid
		WHERE m.classid = 'pg_proc'::regclass
		UNION ALL
		-- An array type's name in the catalog gives way where another type has it.
		SELECT m.name, to_jsonb(t) || jsonb_build_object('oid', NULL, 'typname', CASE WHEN t.typcategory = 'A' THEN NULL ELSE t.typname END,
			'typnamespace', s.name, 'typowner', pg_get_userbyid(t.typowner), 'typrelid', t.typrelid <> 0,
			'typelem', t.typelem::regtype, 'typarray', t.typarray::regtype, 'typbasetype', t.typbasetype::regtype,
			'typinput', t.typinput::oid::regprocedure, 'typoutput', t.typoutput::oid::regprocedure, 'typreceive', t.typreceive::oid::regprocedure,
			'typsend', t.typsend::oid::regprocedure, 'typmodin', t.typmodin::oid::regprocedure, 'typmodout', t.typmodout::oid::regprocedure,
			'typanalyze', t.typanalyze::oid::regprocedure, 'typcollation', t.typcollation::regcollation)
		FROM members m JOIN pg_type t ON t.oid = m.objid JOIN schemas s ON s.oid = t.typnamespace
		WHERE m.classid = 'pg_type'::regclass
		UNION ALL
		SELECT m.name, jsonb_build_object('label ' || row_number() OVER (PARTITION BY e.enumtypid ORDER BY e.enumsortorder), e.enumlabel)
		FROM members m JOIN pg_enum e ON e.enumtypid = m.objid
		WHERE m.classid = 'pg_type'::regclass
		UNION ALL
		SELECT r.name, jsonb_build_object('relkind', c.relkind, 'relowner', pg_get_userbyid(c.relowner), 'relacl', c.relacl, 'reloptions', c.reloptions)
		FROM rows_of_composites r JOIN pg_class c ON c.oid = r.objid
		UNION ALL
		-- A server may count the versions of a column in its options; that is its own affair.
		SELECT format('column %s of %s', a.attnum, r.name), to_jsonb(a) || jsonb_build_object('attrelid', NULL,
			'atttypid', format_type(a.atttypid, a.atttypmod), 'attcollation', a.attcollation::regcollation,
			'attoptions', (SELECT jsonb_agg(o) FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg_attver=%'))
		FROM rows_of_composites r JOIN pg_attribute a ON a.attrelid = r.objid
		UNION ALL
		SELECT m.name, to_jsonb(o) || jsonb_build_object('oid', NULL, 'oprnamespace', s.name, 'oprowner', pg_get_userbyid(o.oprowner),
			'oprleft', o.oprleft::regtype, 'oprright', o.oprright::regtype, 'oprresult', o.oprresult::regtype, 'oprcom', o.oprcom::regoperator,
			'oprnegate', o.oprnegate::regoperator, 'oprcode', o.oprcode::oid::regprocedure, 'oprrest', o.oprrest::oid::regprocedure,
			'oprjoin', o.oprjoin::oid::regprocedure)
		FROM members m JOIN pg_operator o ON o.oid = m.objid JOIN schemas s ON s.oid = o.oprnamespace
		WHERE m.classid = 'pg_operator'::regclass
		UNION ALL
		SELECT m.name, to_jsonb(f) || jsonb_build_object('oid', NULL, 'opfmethod', a.amname, 'opfnamespace', s.name, 'opfowner', pg_get_userbyid(f.opfowner))
		FROM members m JOIN pg_opfamily f ON f.oid = m.objid JOIN pg_am a ON a.oid = f.opfmethod JOIN schemas s ON s.oid = f.opfnamespace
		WHERE m.classid = 'pg_opfamily'::regclass
		UNION ALL
		SELECT m.name, to_jsonb(c) || jsonb_build_object('oid', NULL, 'opcmethod', a.amname, 'opcnamespace', s.name, 'opcowner', pg_get_userbyid(c.opcowner),
			'opcfamily', pg_describe_object('pg_opfamily'::regclass, c.opcfamily, 0), 'opcintype', c.opcintype::regtype, 'opckeytype', c.opckeytype::regtype)
		FROM members m JOIN pg_opclass c ON c.oid = m.objid JOIN pg_am a ON a.oid = c.opcmethod JOIN schemas s ON s.oid = c.opcnamespace
		WHERE m.classid = 'pg_opclass'::regclass
		UNION ALL
		SELECT f.name, to_jsonb(o) || jsonb_build_object('oid', NULL, 'amopfamily', NULL, 'amopmethod', NULL, 'amoplefttype', o.amoplefttype::regtype,
			'amoprighttype', o.amoprighttype::regtype, 'amopopr', o.amopopr::regoperator,
			'amopsortfamily', pg_describe_object('pg_opfamily'::regclass, NULLIF(o.amopsortfamily, 0), 0))
		FROM family_members f JOIN pg_amop o ON o.oid = f.objid
		WHERE f.classid = 'pg_amop'::regclass
		UNION ALL
		SELECT f.name, to_jsonb(p) || jsonb_build_object('oid', NULL, 'amprocfamily', NULL, 'amproclefttype', p.amproclefttype::regtype,
			'amprocrighttype', p.amprocrighttype::regtype, 'amproc', p.amproc::oid::regprocedure)
		FROM family_members f JOIN pg_amproc p ON p.oid = f.objid
		WHERE f.classid = 'pg_amproc'::regclass
		UNION ALL
		SELECT m.name, to_jsonb(c) || jsonb_build_object('oid', NULL, 'castsource', c.castsource::regtype, 'casttarget', c.casttarget::regtype,
			'castfunc', c.castfunc::regprocedure)
		FROM members m JOIN pg_cast c ON c.oid = m.objid
		WHERE m.classid = 'pg_cast'::regclass
	), attributes (name, attribute, value) AS (
		SELECT d.name, a.key, a.value FROM definitions d, jsonb_each_text(jsonb_strip_nulls(d.definition)) a
		UNION ALL
		SELECT name, 'is a member', classid::regclass::text FROM members
		UNION ALL
		SELECT name, 'is a member of a kind that is not compared', classid::regclass::text FROM members
		WHERE classid NOT IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_opfamily'::regclass, 'pg_opclass'::regclass, 'pg_cast'::regclass)
			OR classid = 'pg_type'::regclass AND objid IN (SELECT oid FROM pg_type WHERE typtype NOT IN ('b', 'c', 'e'))
		UNION ALL
		SELECT p.name, CASE WHEN c.objsubid = 0 THEN 'comment' ELSE 'comment on column ' || a.attname END, c.description
		FROM parts p JOIN pg_description c ON c.classoid = p.classid AND c.objoid = p.objid
		LEFT JOIN pg_attribute a ON p.classid = 'pg_class'::regclass AND a.attrelid = p.objid AND a.attnum = c.objsubid AND c.objsubid > 0
		UNION ALL
		SELECT p.name, 'security label of ' || l.provider || ' on ' || l.objsubid, l.label
		FROM parts p JOIN pg_seclabel l ON l.classoid = p.classid AND l.objoid = p.objid
		UNION ALL
		SELECT p.name, 'initial rights on ' || i.objsubid, i.initprivs::text
		FROM parts p JOIN pg_init_privs i ON i.classoid = p.classid AND i.objoid = p.objid
		UNION ALL
		SELECT p.name, format('depends (%s) on', d.deptype),
			CASE WHEN s.name IS NOT NULL THEN 'schema ' || s.name ELSE pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) END
		FROM parts p JOIN pg_depend d ON d.classid = p.classid AND d.objid = p.objid
		LEFT JOIN schemas s ON d.refclassid = 'pg_namespace'::regclass AND s.oid = d.refobjid
	)
	SELECT name, attribute, value FROM attributes ORDER BY name COLLATE "C", attribute COLLATE "C", value COLLATE "C"
) TO STDOUT;
RESET search_path;
