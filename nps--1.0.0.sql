/* nps--1.0.0.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION nps" to load this file. \quit

--
-- nps_score: one response
--

CREATE TYPE nps_score;

CREATE FUNCTION nps_score_in(cstring) RETURNS nps_score
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_out(nps_score) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_recv(internal) RETURNS nps_score
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_send(nps_score) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE nps_score (
	INPUT = nps_score_in,
	OUTPUT = nps_score_out,
	RECEIVE = nps_score_recv,
	SEND = nps_score_send,
	INTERNALLENGTH = 1,
	PASSEDBYVALUE,
	ALIGNMENT = char,
	STORAGE = plain,
	CATEGORY = 'N'
);
COMMENT ON TYPE nps_score IS 'one response: a whole number from 0 to 10';

-- Casts. A value that is no score is an error, never rounded.

CREATE FUNCTION nps_score(smallint) RETURNS nps_score
	AS 'MODULE_PATHNAME', 'nps_score_from_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score(integer) RETURNS nps_score
	AS 'MODULE_PATHNAME', 'nps_score_from_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score(bigint) RETURNS nps_score
	AS 'MODULE_PATHNAME', 'nps_score_from_int8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score(numeric) RETURNS nps_score
	AS 'MODULE_PATHNAME', 'nps_score_cast_numeric'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score(real) RETURNS nps_score
	AS 'MODULE_PATHNAME', 'nps_score_cast_float4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score(double precision) RETURNS nps_score
	AS 'MODULE_PATHNAME', 'nps_score_cast_float8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_int2(nps_score) RETURNS smallint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_int4(nps_score) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_int8(nps_score) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_numeric(nps_score) RETURNS numeric
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_float4(nps_score) RETURNS real
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_float8(nps_score) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_to_json(nps_score) RETURNS json
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE CAST (smallint AS nps_score) WITH FUNCTION nps_score(smallint) AS ASSIGNMENT;
COMMENT ON CAST (smallint AS nps_score) IS 'a number as a score; one that is no whole number from 0 to 10 is an error, never rounded';
CREATE CAST (integer AS nps_score) WITH FUNCTION nps_score(integer) AS ASSIGNMENT;
COMMENT ON CAST (integer AS nps_score) IS 'a number as a score; one that is no whole number from 0 to 10 is an error, never rounded';
CREATE CAST (bigint AS nps_score) WITH FUNCTION nps_score(bigint) AS ASSIGNMENT;
COMMENT ON CAST (bigint AS nps_score) IS 'a number as a score; one that is no whole number from 0 to 10 is an error, never rounded';
CREATE CAST (numeric AS nps_score) WITH FUNCTION nps_score(numeric) AS ASSIGNMENT;
COMMENT ON CAST (numeric AS nps_score) IS 'a number as a score; one that is no whole number from 0 to 10 is an error, never rounded';
CREATE CAST (real AS nps_score) WITH FUNCTION nps_score(real) AS ASSIGNMENT;
COMMENT ON CAST (real AS nps_score) IS 'a number as a score; one that is no whole number from 0 to 10 is an error, never rounded';
CREATE CAST (double precision AS nps_score) WITH FUNCTION nps_score(double precision) AS ASSIGNMENT;
COMMENT ON CAST (double precision AS nps_score) IS 'a number as a score; one that is no whole number from 0 to 10 is an error, never rounded';
CREATE CAST (nps_score AS smallint) WITH FUNCTION nps_score_to_int2(nps_score) AS ASSIGNMENT;
COMMENT ON CAST (nps_score AS smallint) IS 'the score as a number';
CREATE CAST (nps_score AS integer) WITH FUNCTION nps_score_to_int4(nps_score) AS IMPLICIT;
COMMENT ON CAST (nps_score AS integer) IS 'the score as a number';
CREATE CAST (nps_score AS bigint) WITH FUNCTION nps_score_to_int8(nps_score) AS ASSIGNMENT;
COMMENT ON CAST (nps_score AS bigint) IS 'the score as a number';
CREATE CAST (nps_score AS numeric) WITH FUNCTION nps_score_to_numeric(nps_score) AS IMPLICIT;
COMMENT ON CAST (nps_score AS numeric) IS 'the score as a number';
CREATE CAST (nps_score AS real) WITH FUNCTION nps_score_to_float4(nps_score) AS ASSIGNMENT;
COMMENT ON CAST (nps_score AS real) IS 'the score as a number';
CREATE CAST (nps_score AS double precision) WITH FUNCTION nps_score_to_float8(nps_score) AS IMPLICIT;
COMMENT ON CAST (nps_score AS double precision) IS 'the score as a number';
CREATE CAST (nps_score AS json) WITH FUNCTION nps_score_to_json(nps_score);
COMMENT ON CAST (nps_score AS json) IS 'the score as a JSON number';

-- Comparison, with integers too, in both directions. Leakproof as that of integers is: row security may use an index for it.

CREATE FUNCTION nps_score_lt(nps_score, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_le(nps_score, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_eq(nps_score, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_ge(nps_score, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_gt(nps_score, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_ne(nps_score, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_cmp(nps_score, nps_score) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_lt(nps_score, smallint) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_le(nps_score, smallint) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_eq(nps_score, smallint) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_ge(nps_score, smallint) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_gt(nps_score, smallint) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_ne(nps_score, smallint) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int2_cmp(nps_score, smallint) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_lt(nps_score, integer) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_le(nps_score, integer) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_eq(nps_score, integer) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_ge(nps_score, integer) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_gt(nps_score, integer) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_ne(nps_score, integer) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_score_int4_cmp(nps_score, integer) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_lt(smallint, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_le(smallint, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_eq(smallint, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_ge(smallint, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_gt(smallint, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_ne(smallint, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int2_score_cmp(smallint, nps_score) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_lt(integer, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_le(integer, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_eq(integer, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_ge(integer, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_gt(integer, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_ne(integer, nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nps_int4_score_cmp(integer, nps_score) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_in_range(nps_score, nps_score, integer, boolean, boolean) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_hash(nps_score) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_hash_extended(nps_score, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR < (
	LEFTARG = nps_score, RIGHTARG = nps_score, FUNCTION = nps_score_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_score, nps_score) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = nps_score, RIGHTARG = nps_score, FUNCTION = nps_score_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_score, nps_score) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = nps_score, RIGHTARG = nps_score, FUNCTION = nps_score_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_score, nps_score) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = nps_score, RIGHTARG = nps_score, FUNCTION = nps_score_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_score, nps_score) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = nps_score, RIGHTARG = nps_score, FUNCTION = nps_score_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_score, nps_score) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = nps_score, RIGHTARG = nps_score, FUNCTION = nps_score_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_score, nps_score) IS 'not equal';
CREATE OPERATOR < (
	LEFTARG = nps_score, RIGHTARG = smallint, FUNCTION = nps_score_int2_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_score, smallint) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = nps_score, RIGHTARG = smallint, FUNCTION = nps_score_int2_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_score, smallint) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = nps_score, RIGHTARG = smallint, FUNCTION = nps_score_int2_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_score, smallint) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = nps_score, RIGHTARG = smallint, FUNCTION = nps_score_int2_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_score, smallint) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = nps_score, RIGHTARG = smallint, FUNCTION = nps_score_int2_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_score, smallint) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = nps_score, RIGHTARG = smallint, FUNCTION = nps_score_int2_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_score, smallint) IS 'not equal';
CREATE OPERATOR < (
	LEFTARG = nps_score, RIGHTARG = integer, FUNCTION = nps_score_int4_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_score, integer) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = nps_score, RIGHTARG = integer, FUNCTION = nps_score_int4_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_score, integer) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = nps_score, RIGHTARG = integer, FUNCTION = nps_score_int4_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_score, integer) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = nps_score, RIGHTARG = integer, FUNCTION = nps_score_int4_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_score, integer) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = nps_score, RIGHTARG = integer, FUNCTION = nps_score_int4_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_score, integer) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = nps_score, RIGHTARG = integer, FUNCTION = nps_score_int4_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_score, integer) IS 'not equal';
CREATE OPERATOR < (
	LEFTARG = smallint, RIGHTARG = nps_score, FUNCTION = nps_int2_score_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (smallint, nps_score) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = smallint, RIGHTARG = nps_score, FUNCTION = nps_int2_score_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (smallint, nps_score) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = smallint, RIGHTARG = nps_score, FUNCTION = nps_int2_score_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (smallint, nps_score) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = smallint, RIGHTARG = nps_score, FUNCTION = nps_int2_score_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (smallint, nps_score) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = smallint, RIGHTARG = nps_score, FUNCTION = nps_int2_score_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (smallint, nps_score) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = smallint, RIGHTARG = nps_score, FUNCTION = nps_int2_score_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (smallint, nps_score) IS 'not equal';
CREATE OPERATOR < (
	LEFTARG = integer, RIGHTARG = nps_score, FUNCTION = nps_int4_score_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (integer, nps_score) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = integer, RIGHTARG = nps_score, FUNCTION = nps_int4_score_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (integer, nps_score) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = integer, RIGHTARG = nps_score, FUNCTION = nps_int4_score_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (integer, nps_score) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = integer, RIGHTARG = nps_score, FUNCTION = nps_int4_score_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (integer, nps_score) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = integer, RIGHTARG = nps_score, FUNCTION = nps_int4_score_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (integer, nps_score) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = integer, RIGHTARG = nps_score, FUNCTION = nps_int4_score_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (integer, nps_score) IS 'not equal';

-- Between the integers themselves the operator families need members as well, for joins and
-- merges across more than two types. The built-in operators cannot be those members: an
-- operator that belongs to a second family changes how the planner groups equal values in
-- every query of the database. These stand for them, under names that nobody types.

CREATE OPERATOR #<# (
	LEFTARG = smallint, RIGHTARG = smallint, FUNCTION = pg_catalog.int2lt,
	COMMUTATOR = #>#,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR #<=# (
	LEFTARG = smallint, RIGHTARG = smallint, FUNCTION = pg_catalog.int2le,
	COMMUTATOR = #>=#,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR #=# (
	LEFTARG = smallint, RIGHTARG = smallint, FUNCTION = pg_catalog.int2eq,
	COMMUTATOR = #=#,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
CREATE OPERATOR #>=# (
	LEFTARG = smallint, RIGHTARG = smallint, FUNCTION = pg_catalog.int2ge,
	COMMUTATOR = #<=#,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE OPERATOR #># (
	LEFTARG = smallint, RIGHTARG = smallint, FUNCTION = pg_catalog.int2gt,
	COMMUTATOR = #<#,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR #<# (
	LEFTARG = smallint, RIGHTARG = integer, FUNCTION = pg_catalog.int24lt,
	COMMUTATOR = #>#,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR #<=# (
	LEFTARG = smallint, RIGHTARG = integer, FUNCTION = pg_catalog.int24le,
	COMMUTATOR = #>=#,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR #=# (
	LEFTARG = smallint, RIGHTARG = integer, FUNCTION = pg_catalog.int24eq,
	COMMUTATOR = #=#,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
CREATE OPERATOR #>=# (
	LEFTARG = smallint, RIGHTARG = integer, FUNCTION = pg_catalog.int24ge,
	COMMUTATOR = #<=#,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE OPERATOR #># (
	LEFTARG = smallint, RIGHTARG = integer, FUNCTION = pg_catalog.int24gt,
	COMMUTATOR = #<#,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR #<# (
	LEFTARG = integer, RIGHTARG = smallint, FUNCTION = pg_catalog.int42lt,
	COMMUTATOR = #>#,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR #<=# (
	LEFTARG = integer, RIGHTARG = smallint, FUNCTION = pg_catalog.int42le,
	COMMUTATOR = #>=#,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR #=# (
	LEFTARG = integer, RIGHTARG = smallint, FUNCTION = pg_catalog.int42eq,
	COMMUTATOR = #=#,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
CREATE OPERATOR #>=# (
	LEFTARG = integer, RIGHTARG = smallint, FUNCTION = pg_catalog.int42ge,
	COMMUTATOR = #<=#,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE OPERATOR #># (
	LEFTARG = integer, RIGHTARG = smallint, FUNCTION = pg_catalog.int42gt,
	COMMUTATOR = #<#,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR #<# (
	LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_catalog.int4lt,
	COMMUTATOR = #>#,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR #<=# (
	LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_catalog.int4le,
	COMMUTATOR = #>=#,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR #=# (
	LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_catalog.int4eq,
	COMMUTATOR = #=#,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
CREATE OPERATOR #>=# (
	LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_catalog.int4ge,
	COMMUTATOR = #<=#,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE OPERATOR #># (
	LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_catalog.int4gt,
	COMMUTATOR = #<#,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

CREATE OPERATOR FAMILY nps_score_ops USING btree;
CREATE OPERATOR CLASS nps_score_ops DEFAULT FOR TYPE nps_score USING btree FAMILY nps_score_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 nps_score_cmp(nps_score, nps_score),
	FUNCTION 2 nps_score_sortsupport(internal),
	FUNCTION 3 (nps_score, integer) nps_score_in_range(nps_score, nps_score, integer, boolean, boolean),
	FUNCTION 4 pg_catalog.btequalimage(oid);
ALTER OPERATOR FAMILY nps_score_ops USING btree ADD
	OPERATOR 1 < (nps_score, smallint),
	OPERATOR 2 <= (nps_score, smallint),
	OPERATOR 3 = (nps_score, smallint),
	OPERATOR 4 >= (nps_score, smallint),
	OPERATOR 5 > (nps_score, smallint),
	FUNCTION 1 (nps_score, smallint) nps_score_int2_cmp(nps_score, smallint),
	OPERATOR 1 < (nps_score, integer),
	OPERATOR 2 <= (nps_score, integer),
	OPERATOR 3 = (nps_score, integer),
	OPERATOR 4 >= (nps_score, integer),
	OPERATOR 5 > (nps_score, integer),
	FUNCTION 1 (nps_score, integer) nps_score_int4_cmp(nps_score, integer),
	OPERATOR 1 < (smallint, nps_score),
	OPERATOR 2 <= (smallint, nps_score),
	OPERATOR 3 = (smallint, nps_score),
	OPERATOR 4 >= (smallint, nps_score),
	OPERATOR 5 > (smallint, nps_score),
	FUNCTION 1 (smallint, nps_score) nps_int2_score_cmp(smallint, nps_score),
	OPERATOR 1 < (integer, nps_score),
	OPERATOR 2 <= (integer, nps_score),
	OPERATOR 3 = (integer, nps_score),
	OPERATOR 4 >= (integer, nps_score),
	OPERATOR 5 > (integer, nps_score),
	FUNCTION 1 (integer, nps_score) nps_int4_score_cmp(integer, nps_score),
	OPERATOR 1 #<# (smallint, smallint),
	OPERATOR 2 #<=# (smallint, smallint),
	OPERATOR 3 #=# (smallint, smallint),
	OPERATOR 4 #>=# (smallint, smallint),
	OPERATOR 5 #># (smallint, smallint),
	FUNCTION 1 (smallint, smallint) pg_catalog.btint2cmp(smallint, smallint),
	OPERATOR 1 #<# (smallint, integer),
	OPERATOR 2 #<=# (smallint, integer),
	OPERATOR 3 #=# (smallint, integer),
	OPERATOR 4 #>=# (smallint, integer),
	OPERATOR 5 #># (smallint, integer),
	FUNCTION 1 (smallint, integer) pg_catalog.btint24cmp(smallint, integer),
	OPERATOR 1 #<# (integer, smallint),
	OPERATOR 2 #<=# (integer, smallint),
	OPERATOR 3 #=# (integer, smallint),
	OPERATOR 4 #>=# (integer, smallint),
	OPERATOR 5 #># (integer, smallint),
	FUNCTION 1 (integer, smallint) pg_catalog.btint42cmp(integer, smallint),
	OPERATOR 1 #<# (integer, integer),
	OPERATOR 2 #<=# (integer, integer),
	OPERATOR 3 #=# (integer, integer),
	OPERATOR 4 #>=# (integer, integer),
	OPERATOR 5 #># (integer, integer),
	FUNCTION 1 (integer, integer) pg_catalog.btint4cmp(integer, integer),
	FUNCTION 2 (smallint, smallint) pg_catalog.btint2sortsupport(internal),
	FUNCTION 2 (integer, integer) pg_catalog.btint4sortsupport(internal);

CREATE OPERATOR FAMILY nps_score_ops USING hash;
CREATE OPERATOR CLASS nps_score_ops DEFAULT FOR TYPE nps_score USING hash FAMILY nps_score_ops AS
	OPERATOR 1 =,
	FUNCTION 1 nps_score_hash(nps_score),
	FUNCTION 2 nps_score_hash_extended(nps_score, bigint);
ALTER OPERATOR FAMILY nps_score_ops USING hash ADD
	OPERATOR 1 = (nps_score, smallint),
	OPERATOR 1 = (nps_score, integer),
	OPERATOR 1 = (smallint, nps_score),
	OPERATOR 1 = (integer, nps_score),
	OPERATOR 1 #=# (smallint, smallint),
	OPERATOR 1 #=# (smallint, integer),
	OPERATOR 1 #=# (integer, smallint),
	OPERATOR 1 #=# (integer, integer),
	FUNCTION 1 (smallint, smallint) pg_catalog.hashint2(smallint),
	FUNCTION 2 (smallint, smallint) pg_catalog.hashint2extended(smallint, bigint),
	FUNCTION 1 (integer, integer) pg_catalog.hashint4(integer),
	FUNCTION 2 (integer, integer) pg_catalog.hashint4extended(integer, bigint);

-- The lowest and highest score of each block range, for large tables whose rows lie in the order of the score.

CREATE OPERATOR FAMILY nps_score_minmax_ops USING brin;
CREATE OPERATOR CLASS nps_score_minmax_ops DEFAULT FOR TYPE nps_score USING brin FAMILY nps_score_minmax_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);
ALTER OPERATOR FAMILY nps_score_minmax_ops USING brin ADD
	OPERATOR 1 < (nps_score, smallint),
	OPERATOR 2 <= (nps_score, smallint),
	OPERATOR 3 = (nps_score, smallint),
	OPERATOR 4 >= (nps_score, smallint),
	OPERATOR 5 > (nps_score, smallint),
	OPERATOR 1 < (nps_score, integer),
	OPERATOR 2 <= (nps_score, integer),
	OPERATOR 3 = (nps_score, integer),
	OPERATOR 4 >= (nps_score, integer),
	OPERATOR 5 > (nps_score, integer);

CREATE FUNCTION nps_score_smaller(nps_score, nps_score) RETURNS nps_score
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_score_larger(nps_score, nps_score) RETURNS nps_score
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE min(nps_score) (
	SFUNC = nps_score_smaller, STYPE = nps_score, COMBINEFUNC = nps_score_smaller,
	SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(nps_score) IS 'lowest response';
CREATE AGGREGATE max(nps_score) (
	SFUNC = nps_score_larger, STYPE = nps_score, COMBINEFUNC = nps_score_larger,
	SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(nps_score) IS 'highest response';

--
-- nps_category: what a response is
--

CREATE TYPE nps_category AS ENUM ('detractor', 'passive', 'promoter');
COMMENT ON TYPE nps_category IS 'category of a response: detractor (0-6), passive (7-8) or promoter (9-10)';

CREATE FUNCTION nps_category(score nps_score) RETURNS nps_category
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_category(nps_score) IS
	'category of a response: detractor, passive or promoter';
CREATE FUNCTION nps_category(score integer) RETURNS nps_category
	AS 'MODULE_PATHNAME', 'nps_category_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_category(integer) IS
	'category of a response: detractor, passive or promoter';
CREATE FUNCTION nps_points(score nps_score) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_points(nps_score) IS
	'-100, 0 or 100 for a detractor, passive or promoter: their average is the Net Promoter Score';
CREATE FUNCTION nps_points(score integer) RETURNS integer
	AS 'MODULE_PATHNAME', 'nps_points_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_points(integer) IS
	'-100, 0 or 100 for a detractor, passive or promoter: their average is the Net Promoter Score';

-- The predicates are planned as ranges of the score. An integer outside 0 to 10 is in no category.

CREATE FUNCTION nps_category_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_is_detractor(score nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_detractor(nps_score) IS
	'is the response a detractor, 0 to 6?';
CREATE FUNCTION nps_is_detractor(score smallint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'nps_is_detractor_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_detractor(smallint) IS
	'is the response a detractor, 0 to 6?';
CREATE FUNCTION nps_is_detractor(score integer) RETURNS boolean
	AS 'MODULE_PATHNAME', 'nps_is_detractor_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_detractor(integer) IS
	'is the response a detractor, 0 to 6?';
CREATE FUNCTION nps_is_passive(score nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_passive(nps_score) IS
	'is the response a passive, 7 or 8?';
CREATE FUNCTION nps_is_passive(score smallint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'nps_is_passive_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_passive(smallint) IS
	'is the response a passive, 7 or 8?';
CREATE FUNCTION nps_is_passive(score integer) RETURNS boolean
	AS 'MODULE_PATHNAME', 'nps_is_passive_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_passive(integer) IS
	'is the response a passive, 7 or 8?';
CREATE FUNCTION nps_is_promoter(score nps_score) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_promoter(nps_score) IS
	'is the response a promoter, 9 or 10?';
CREATE FUNCTION nps_is_promoter(score smallint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'nps_is_promoter_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_promoter(smallint) IS
	'is the response a promoter, 9 or 10?';
CREATE FUNCTION nps_is_promoter(score integer) RETURNS boolean
	AS 'MODULE_PATHNAME', 'nps_is_promoter_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_category_support;
COMMENT ON FUNCTION nps_is_promoter(integer) IS
	'is the response a promoter, 9 or 10?';

CREATE FUNCTION nps_parse(label text) RETURNS nps_score
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_parse(text) IS
	'the whole number that a survey label begins with, as in "10 - Extremely likely"; NULL where there is none';

--
-- nps_summary: the counts of a set of responses
--

CREATE TYPE nps_summary;

CREATE FUNCTION nps_summary_in(cstring) RETURNS nps_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_out(nps_summary) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_recv(internal) RETURNS nps_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_send(nps_summary) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE nps_summary (
	INPUT = nps_summary_in,
	OUTPUT = nps_summary_out,
	RECEIVE = nps_summary_recv,
	SEND = nps_summary_send,
	INTERNALLENGTH = 88,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 's',
	PREFERRED = true
);
COMMENT ON TYPE nps_summary IS 'the counts of a set of responses by score, 0 to 10: stores and merges without loss';

CREATE FUNCTION nps_summary(bigint[]) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_summary_from_array'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_summary(bigint[]) IS 'summary of eleven ready-made counts';
CREATE FUNCTION nps_counts(summary nps_summary) RETURNS bigint[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_counts(nps_summary) IS 'the eleven counts of the scores 0 to 10';
CREATE FUNCTION nps_summary_to_json(nps_summary) RETURNS json
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE CAST (bigint[] AS nps_summary) WITH FUNCTION nps_summary(bigint[]);
COMMENT ON CAST (bigint[] AS nps_summary) IS 'summary of eleven ready-made counts';
CREATE CAST (nps_summary AS bigint[]) WITH FUNCTION nps_counts(nps_summary);
COMMENT ON CAST (nps_summary AS bigint[]) IS 'the eleven counts of the scores 0 to 10';
CREATE CAST (nps_summary AS json) WITH FUNCTION nps_summary_to_json(nps_summary);
COMMENT ON CAST (nps_summary AS json) IS 'the eleven counts as a JSON array';

CREATE FUNCTION nps_responses(summary nps_summary) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_responses(nps_summary) IS 'number of responses in a summary';
CREATE FUNCTION nps_mean(summary nps_summary) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_mean(nps_summary) IS 'mean response, 0 to 10; NULL without responses';

CREATE FUNCTION nps_summary_add(nps_summary, nps_summary) RETURNS nps_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_subtract(nps_summary, nps_summary) RETURNS nps_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR + (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (nps_summary, nps_summary) IS 'merge two sets of responses';
CREATE OPERATOR - (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_subtract
);
COMMENT ON OPERATOR - (nps_summary, nps_summary) IS 'take a set of responses out of one that holds it';

-- Comparison by the counts, for DISTINCT, GROUP BY and joins; the order means nothing.

CREATE FUNCTION nps_summary_lt(nps_summary, nps_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_le(nps_summary, nps_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_eq(nps_summary, nps_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_ge(nps_summary, nps_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_gt(nps_summary, nps_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_ne(nps_summary, nps_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_cmp(nps_summary, nps_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_hash(nps_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_summary_hash_extended(nps_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR < (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_summary, nps_summary) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_summary, nps_summary) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_summary, nps_summary) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_summary, nps_summary) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_summary, nps_summary) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_summary, nps_summary) IS 'not equal';

CREATE OPERATOR FAMILY nps_summary_ops USING btree;
CREATE OPERATOR CLASS nps_summary_ops DEFAULT FOR TYPE nps_summary USING btree FAMILY nps_summary_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 nps_summary_cmp(nps_summary, nps_summary),
	FUNCTION 4 pg_catalog.btequalimage(oid);
CREATE OPERATOR FAMILY nps_summary_ops USING hash;
CREATE OPERATOR CLASS nps_summary_ops DEFAULT FOR TYPE nps_summary USING hash FAMILY nps_summary_ops AS
	OPERATOR 1 =,
	FUNCTION 1 nps_summary_hash(nps_summary),
	FUNCTION 2 nps_summary_hash_extended(nps_summary, bigint);

--
-- nps_weighted_summary: what a set of weighted responses amounts to
--

CREATE TYPE nps_weighted_summary;

CREATE FUNCTION nps_weighted_summary_in(cstring) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_out(nps_weighted_summary) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_recv(internal) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_send(nps_weighted_summary) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE nps_weighted_summary (
	INPUT = nps_weighted_summary_in,
	OUTPUT = nps_weighted_summary_out,
	RECEIVE = nps_weighted_summary_recv,
	SEND = nps_weighted_summary_send,
	INTERNALLENGTH = 72,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 's'
);
COMMENT ON TYPE nps_weighted_summary IS
	'counts of weighted responses by category, with sums of weights and of squared weights: stores and merges';

CREATE FUNCTION nps_weighted_summary_add(nps_weighted_summary, nps_weighted_summary) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR + (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (nps_weighted_summary, nps_weighted_summary) IS 'merge two sets of weighted responses';

-- Comparison by the figures, for DISTINCT, GROUP BY and joins; the order means nothing.

CREATE FUNCTION nps_weighted_summary_lt(nps_weighted_summary, nps_weighted_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_le(nps_weighted_summary, nps_weighted_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_eq(nps_weighted_summary, nps_weighted_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_ge(nps_weighted_summary, nps_weighted_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_gt(nps_weighted_summary, nps_weighted_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_ne(nps_weighted_summary, nps_weighted_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_cmp(nps_weighted_summary, nps_weighted_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_hash(nps_weighted_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_weighted_summary_hash_extended(nps_weighted_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR < (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_weighted_summary, nps_weighted_summary) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_weighted_summary, nps_weighted_summary) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_weighted_summary, nps_weighted_summary) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_weighted_summary, nps_weighted_summary) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_weighted_summary, nps_weighted_summary) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = nps_weighted_summary, RIGHTARG = nps_weighted_summary, FUNCTION = nps_weighted_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_weighted_summary, nps_weighted_summary) IS 'not equal';

CREATE OPERATOR FAMILY nps_weighted_summary_ops USING btree;
CREATE OPERATOR CLASS nps_weighted_summary_ops DEFAULT FOR TYPE nps_weighted_summary USING btree FAMILY nps_weighted_summary_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 nps_weighted_summary_cmp(nps_weighted_summary, nps_weighted_summary),
	FUNCTION 4 pg_catalog.btequalimage(oid);
CREATE OPERATOR FAMILY nps_weighted_summary_ops USING hash;
CREATE OPERATOR CLASS nps_weighted_summary_ops DEFAULT FOR TYPE nps_weighted_summary USING hash FAMILY nps_weighted_summary_ops AS
	OPERATOR 1 =,
	FUNCTION 1 nps_weighted_summary_hash(nps_weighted_summary),
	FUNCTION 2 nps_weighted_summary_hash_extended(nps_weighted_summary, bigint);

--
-- nps_clustered_summary: what a set of accounts with several responses each amounts to
--

CREATE TYPE nps_clustered_summary;

CREATE FUNCTION nps_clustered_summary_in(cstring) RETURNS nps_clustered_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_out(nps_clustered_summary) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_recv(internal) RETURNS nps_clustered_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_send(nps_clustered_summary) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE nps_clustered_summary (
	INPUT = nps_clustered_summary_in,
	OUTPUT = nps_clustered_summary_out,
	RECEIVE = nps_clustered_summary_recv,
	SEND = nps_clustered_summary_send,
	INTERNALLENGTH = 80,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 's'
);
COMMENT ON TYPE nps_clustered_summary IS
	'accounts with several responses each: counts, and exact sums over the accounts: stores and merges without loss';

CREATE FUNCTION nps_clustered_summary_add(nps_clustered_summary, nps_clustered_summary) RETURNS nps_clustered_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_subtract(nps_clustered_summary, nps_clustered_summary) RETURNS nps_clustered_summary
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_to_json(nps_clustered_summary) RETURNS json
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE CAST (nps_clustered_summary AS json) WITH FUNCTION nps_clustered_summary_to_json(nps_clustered_summary);
COMMENT ON CAST (nps_clustered_summary AS json) IS 'the figures of the accounts as a JSON array';

CREATE OPERATOR + (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (nps_clustered_summary, nps_clustered_summary) IS 'merge two sets of accounts, none of which is in both';

CREATE OPERATOR - (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_subtract
);
COMMENT ON OPERATOR - (nps_clustered_summary, nps_clustered_summary) IS 'take a set of accounts out of one that holds it';

-- Comparison by the figures, for DISTINCT, GROUP BY and joins; the order means nothing.

CREATE FUNCTION nps_clustered_summary_lt(nps_clustered_summary, nps_clustered_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_le(nps_clustered_summary, nps_clustered_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_eq(nps_clustered_summary, nps_clustered_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_ge(nps_clustered_summary, nps_clustered_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_gt(nps_clustered_summary, nps_clustered_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_ne(nps_clustered_summary, nps_clustered_summary) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_cmp(nps_clustered_summary, nps_clustered_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_hash(nps_clustered_summary) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_clustered_summary_hash_extended(nps_clustered_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR < (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_clustered_summary, nps_clustered_summary) IS 'less than';
CREATE OPERATOR <= (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_clustered_summary, nps_clustered_summary) IS 'less than or equal';
CREATE OPERATOR = (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_clustered_summary, nps_clustered_summary) IS 'equal';
CREATE OPERATOR >= (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_clustered_summary, nps_clustered_summary) IS 'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_clustered_summary, nps_clustered_summary) IS 'greater than';
CREATE OPERATOR <> (
	LEFTARG = nps_clustered_summary, RIGHTARG = nps_clustered_summary, FUNCTION = nps_clustered_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_clustered_summary, nps_clustered_summary) IS 'not equal';

CREATE OPERATOR FAMILY nps_clustered_summary_ops USING btree;
CREATE OPERATOR CLASS nps_clustered_summary_ops DEFAULT FOR TYPE nps_clustered_summary USING btree FAMILY nps_clustered_summary_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 nps_clustered_summary_cmp(nps_clustered_summary, nps_clustered_summary),
	FUNCTION 4 pg_catalog.btequalimage(oid);
CREATE OPERATOR FAMILY nps_clustered_summary_ops USING hash;
CREATE OPERATOR CLASS nps_clustered_summary_ops DEFAULT FOR TYPE nps_clustered_summary USING hash FAMILY nps_clustered_summary_ops AS
	OPERATOR 1 =,
	FUNCTION 1 nps_clustered_summary_hash(nps_clustered_summary),
	FUNCTION 2 nps_clustered_summary_hash_extended(nps_clustered_summary, bigint);

--
-- nps_result: one report row
--

CREATE TYPE nps_result AS (
	nps double precision,
	ci_lower double precision,
	ci_upper double precision,
	responses bigint,
	promoters bigint,
	passives bigint,
	detractors bigint,
	promoter_pct double precision,
	passive_pct double precision,
	detractor_pct double precision,
	standard_error double precision,
	effective_responses double precision
);
COMMENT ON TYPE nps_result IS 'one report row: score, confidence interval, counts and shares; points and percent, unrounded';
COMMENT ON COLUMN nps_result.nps IS 'Net Promoter Score, -100 to 100 points; NULL without responses, as every figure that follows';
COMMENT ON COLUMN nps_result.ci_lower IS 'lower limit of the confidence interval, in points';
COMMENT ON COLUMN nps_result.ci_upper IS 'upper limit of the confidence interval, in points';
COMMENT ON COLUMN nps_result.responses IS 'number of responses; 0 without any, as the three counts that follow';
COMMENT ON COLUMN nps_result.promoters IS 'number of promoters, 9-10';
COMMENT ON COLUMN nps_result.passives IS 'number of passives, 7-8';
COMMENT ON COLUMN nps_result.detractors IS 'number of detractors, 0-6';
COMMENT ON COLUMN nps_result.promoter_pct IS 'promoters in percent of the responses';
COMMENT ON COLUMN nps_result.passive_pct IS 'passives in percent of the responses';
COMMENT ON COLUMN nps_result.detractor_pct IS 'detractors in percent of the responses';
COMMENT ON COLUMN nps_result.standard_error IS 'standard error of the score, in points';
COMMENT ON COLUMN nps_result.effective_responses IS 'what the responses are worth: their number, fewer where they are weighted or of accounts, more of a small population; NULL where all of that answered';

CREATE FUNCTION nps_estimate(
		summary nps_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'score',
		detractor_max integer DEFAULT 6, promoter_min integer DEFAULT 9, population bigint DEFAULT NULL)
	RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_estimate(nps_summary, double precision, text, integer, integer, bigint) IS
	'result row of a summary at any confidence, method and cut-offs, also of a small population';
CREATE FUNCTION nps_estimate(
		summary nps_weighted_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_result
	AS 'MODULE_PATHNAME', 'nps_estimate_weighted'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_estimate(nps_weighted_summary, double precision, text) IS
	'result row of a weighted summary at any confidence';
CREATE FUNCTION nps_estimate(
		summary nps_clustered_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_result
	AS 'MODULE_PATHNAME', 'nps_estimate_clustered'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_estimate(nps_clustered_summary, double precision, text) IS
	'result row of accounts with several responses each at any confidence';
CREATE FUNCTION nps_from_counts(
		promoters numeric, passives numeric, detractors numeric,
		confidence double precision DEFAULT 0.95, method text DEFAULT 'score', population bigint DEFAULT NULL)
	RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_from_counts(numeric, numeric, numeric, double precision, text, bigint) IS
	'result row of ready-made counts: integers, or the numeric that sum() gives of them';
CREATE FUNCTION nps_round(result nps_result, digits integer DEFAULT 1) RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_result, integer) IS 'result row with every figure rounded, for reports';
CREATE FUNCTION nps_format(result nps_result, digits integer DEFAULT 1) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_format(nps_result, integer) IS 'result row as one readable cell: 48.4 [44.0, 52.5] n=889';
CREATE FUNCTION nps_format(summary nps_summary, digits integer DEFAULT 1) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_format_summary'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_format(nps_summary, integer) IS 'the result of a summary as one readable cell: 48.4 [44.0, 52.5] n=889';
CREATE FUNCTION nps_format(summary nps_weighted_summary, digits integer DEFAULT 1) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_format_weighted_summary'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_format(nps_weighted_summary, integer) IS 'the result of a weighted summary as one readable cell: 48.4 [44.0, 52.5] n=889';
CREATE FUNCTION nps_format(summary nps_clustered_summary, digits integer DEFAULT 1) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_format_clustered_summary'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_format(nps_clustered_summary, integer) IS 'the result of a clustered summary as one readable cell: 48.4 [44.0, 52.5] n=889';
CREATE FUNCTION nps_rating(nps double precision) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_rating(double precision) IS
	'a score in words: negative, low (from 0), satisfactory (from 30) or excellent (from 50)';
CREATE FUNCTION nps_rating(result nps_result) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_rating_result'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_rating(nps_result) IS
	'the score of a result row in words: negative, low (from 0), satisfactory (from 30) or excellent (from 50)';
CREATE FUNCTION nps_result_to_float8(nps_result) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_result_to_numeric(nps_result) RETURNS numeric
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE CAST (nps_result AS double precision) WITH FUNCTION nps_result_to_float8(nps_result);
COMMENT ON CAST (nps_result AS double precision) IS 'the Net Promoter Score of a result row alone, in points';
CREATE CAST (nps_result AS numeric) WITH FUNCTION nps_result_to_numeric(nps_result);
COMMENT ON CAST (nps_result AS numeric) IS 'the Net Promoter Score of a result row alone, in points';

--
-- nps_test_result: is it a change?
--

CREATE TYPE nps_test_result AS (
	difference double precision,
	ci_lower double precision,
	ci_upper double precision,
	standard_error double precision,
	z double precision,
	p_value double precision,
	significant boolean
);
COMMENT ON TYPE nps_test_result IS 'one test of a difference between two scores: difference, interval, p-value, verdict; points, unrounded';
COMMENT ON COLUMN nps_test_result.difference IS 'the first score minus the second, in points; NULL without responses, as every column that follows';
COMMENT ON COLUMN nps_test_result.ci_lower IS 'lower limit of the confidence interval of the difference, in points';
COMMENT ON COLUMN nps_test_result.ci_upper IS 'upper limit of the confidence interval of the difference, in points';
COMMENT ON COLUMN nps_test_result.standard_error IS 'standard error of the difference, in points';
COMMENT ON COLUMN nps_test_result.z IS 'test statistic, standard normal where there is no true difference, Student''s t of accounts; NULL where infinite, and of method anytime';
COMMENT ON COLUMN nps_test_result.p_value IS 'probability of a statistic as far from 0 where there is no true difference';
COMMENT ON COLUMN nps_test_result.significant IS 'is p_value below 1 - confidence?';

CREATE FUNCTION nps_round(test nps_test_result, digits integer DEFAULT 1) RETURNS nps_test_result
	AS 'MODULE_PATHNAME', 'nps_round_test'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_test_result, integer) IS 'test row with every figure rounded, the p-value to 3 digits more, for reports';
CREATE FUNCTION nps_format(test nps_test_result, digits integer DEFAULT 1) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_format_test'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_format(nps_test_result, integer) IS 'test row as one readable cell: -21.1 [-37.5, -4.7] p=0.012';

CREATE FUNCTION nps_test(
		a nps_summary, b nps_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(nps_summary, nps_summary, double precision, text) IS
	'test of the difference between two independent surveys, a minus b';
CREATE FUNCTION nps_test(
		a nps_summary, benchmark double precision, confidence double precision DEFAULT 0.95,
		method text DEFAULT 'score', population bigint DEFAULT NULL)
	RETURNS nps_test_result
	AS 'MODULE_PATHNAME', 'nps_test_against'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(nps_summary, double precision, double precision, text, bigint) IS
	'test of the difference between a survey, also of a small population, and a fixed score, a minus benchmark';
CREATE FUNCTION nps_test(
		a nps_weighted_summary, b nps_weighted_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result
	AS 'MODULE_PATHNAME', 'nps_test_weighted'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(nps_weighted_summary, nps_weighted_summary, double precision, text) IS
	'test of the difference between two independent weighted surveys, a minus b';
CREATE FUNCTION nps_test(
		a nps_weighted_summary, benchmark double precision, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result
	AS 'MODULE_PATHNAME', 'nps_test_weighted_against'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(nps_weighted_summary, double precision, double precision, text) IS
	'test of the difference between a weighted survey and a fixed score, a minus benchmark';

CREATE FUNCTION nps_test(
		a nps_clustered_summary, b nps_clustered_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result
	AS 'MODULE_PATHNAME', 'nps_test_clustered'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(nps_clustered_summary, nps_clustered_summary, double precision, text) IS
	'test of the difference between two independent sets of accounts, a minus b';
CREATE FUNCTION nps_test(
		a nps_clustered_summary, benchmark double precision, confidence double precision DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result
	AS 'MODULE_PATHNAME', 'nps_test_clustered_against'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(nps_clustered_summary, double precision, double precision, text) IS
	'test of the difference between a set of accounts and a fixed score, a minus benchmark';

--
-- Probabilities: how sure is it that the true score is above a target, or above another?
--

CREATE FUNCTION nps_probability(a nps_summary, target double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'nps_probability_target'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_probability(nps_summary, double precision) IS
	'probability, 0 to 1, that the true score exceeds a target in points';
CREATE FUNCTION nps_probability(a nps_summary, b nps_summary, margin double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_probability(nps_summary, nps_summary, double precision) IS
	'probability, 0 to 1, that the true score of a exceeds that of b by more than a margin in points';

--
-- Segments: did the score change, or the mix?
--

CREATE TYPE nps_contribution_result AS (
	share_a double precision,
	share_b double precision,
	rate double precision,
	mix double precision,
	contribution double precision
);
COMMENT ON TYPE nps_contribution_result IS 'what one segment contributed to a change of the total score, a minus b; points and percent, unrounded';
COMMENT ON COLUMN nps_contribution_result.share_a IS 'the segment in percent of the responses of a; NULL where a whole survey has none, as every column that follows';
COMMENT ON COLUMN nps_contribution_result.share_b IS 'the segment in percent of the responses of b';
COMMENT ON COLUMN nps_contribution_result.rate IS 'what the change of the segment''s own score contributed, in points; 0 where one survey lacks the segment';
COMMENT ON COLUMN nps_contribution_result.mix IS 'what the change of the segment''s share contributed, in points';
COMMENT ON COLUMN nps_contribution_result.contribution IS 'rate + mix; over all segments they sum to the change of the total score';

CREATE TYPE nps_mix_result AS (
	difference double precision,
	rate double precision,
	mix double precision,
	ci_lower double precision,
	ci_upper double precision,
	standard_error double precision,
	z double precision,
	p_value double precision,
	significant boolean
);
COMMENT ON TYPE nps_mix_result IS 'a change of the total score taken apart, and a test of whether the segments'' own scores changed; points, unrounded';
COMMENT ON COLUMN nps_mix_result.difference IS 'the total score of a minus that of b, in points; NULL where a survey has no responses, as every column that follows';
COMMENT ON COLUMN nps_mix_result.rate IS 'what the segments'' own scores contributed, in points';
COMMENT ON COLUMN nps_mix_result.mix IS 'what the changed mix of segments contributed, in points';
COMMENT ON COLUMN nps_mix_result.ci_lower IS 'lower limit of the confidence interval of rate; NULL where no segment is in both surveys, as every column that follows';
COMMENT ON COLUMN nps_mix_result.ci_upper IS 'upper limit of the confidence interval of rate';
COMMENT ON COLUMN nps_mix_result.standard_error IS 'standard error of rate where no segment''s true score changed, in points';
COMMENT ON COLUMN nps_mix_result.z IS 'test statistic, standard normal where no segment''s true score changed';
COMMENT ON COLUMN nps_mix_result.p_value IS 'probability of a statistic as far from 0 where no segment''s true score changed';
COMMENT ON COLUMN nps_mix_result.significant IS 'is p_value below 0.05?';

CREATE FUNCTION nps_contribution(a nps_summary, b nps_summary, total_a nps_summary, total_b nps_summary)
	RETURNS nps_contribution_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_contribution(nps_summary, nps_summary, nps_summary, nps_summary) IS
	'what one segment contributed to the change of the total score, a minus b; NULL is no responses';
CREATE FUNCTION nps_round(contribution nps_contribution_result, digits integer DEFAULT 1) RETURNS nps_contribution_result
	AS 'MODULE_PATHNAME', 'nps_round_contribution'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_contribution_result, integer) IS 'contribution with every figure rounded, for reports';
CREATE FUNCTION nps_round(mix nps_mix_result, digits integer DEFAULT 1) RETURNS nps_mix_result
	AS 'MODULE_PATHNAME', 'nps_round_mix'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_mix_result, integer) IS 'mix row with every figure rounded, the p-value to 3 digits more, for reports';

CREATE FUNCTION nps_pairs_accum(nps_summary[], nps_summary, nps_summary) RETURNS nps_summary[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_mix_final(nps_summary[]) RETURNS nps_mix_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE nps_mix_test(a nps_summary, b nps_summary) (
	SFUNC = nps_pairs_accum, STYPE = nps_summary[], FINALFUNC = nps_mix_final, COMBINEFUNC = pg_catalog.array_cat,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_mix_test(nps_summary, nps_summary) IS
	'over segments: a change of the total score, a minus b, taken apart into rate and mix, with a test of the rate; NULL is no responses';

--
-- Periods: is the score rising, is one out of the ordinary?
--

CREATE TYPE nps_trend_result AS (
	slope double precision,
	ci_lower double precision,
	ci_upper double precision,
	standard_error double precision,
	p_value double precision,
	significant boolean,
	periods bigint
);
COMMENT ON TYPE nps_trend_result IS 'a straight line through the scores of periods: slope, interval, p-value, verdict; points a unit of x, unrounded';
COMMENT ON COLUMN nps_trend_result.slope IS 'points a unit of x; NULL where x does not vary, as every column but periods';
COMMENT ON COLUMN nps_trend_result.ci_lower IS 'lower limit of the 95 % confidence interval; NULL below three periods, and where all answers are in one category';
COMMENT ON COLUMN nps_trend_result.ci_upper IS 'upper limit of the 95 % confidence interval';
COMMENT ON COLUMN nps_trend_result.standard_error IS 'standard error of the slope: the larger of that by sampling and that by the distances from the line; NULL below three periods';
COMMENT ON COLUMN nps_trend_result.p_value IS 'probability of such a slope where there is no trend, by the less certain of the two; NULL below three periods';
COMMENT ON COLUMN nps_trend_result.significant IS 'is p_value below 0.05?';
COMMENT ON COLUMN nps_trend_result.periods IS 'number of periods with responses';

CREATE FUNCTION nps_round(trend nps_trend_result, digits integer DEFAULT 1) RETURNS nps_trend_result
	AS 'MODULE_PATHNAME', 'nps_round_trend'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_trend_result, integer) IS 'trend with every figure rounded, the p-value to 3 digits more, for reports';

CREATE FUNCTION nps_trend_accum(double precision[], double precision, nps_summary) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_trend_combine(double precision[], double precision[]) RETURNS double precision[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_trend_final(double precision[]) RETURNS nps_trend_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE nps_trend(x double precision, summary nps_summary) (
	SFUNC = nps_trend_accum, STYPE = double precision[], FINALFUNC = nps_trend_final, COMBINEFUNC = nps_trend_combine,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_trend(double precision, nps_summary) IS
	'over periods: the slope of the score in x, points a unit of x, with its 95 % confidence interval and test';

CREATE TYPE nps_control_result AS (
	nps double precision,
	z double precision,
	lower double precision,
	upper double precision,
	outside boolean
);
COMMENT ON TYPE nps_control_result IS 'one period against its control limits; points, unrounded';
COMMENT ON COLUMN nps_control_result.nps IS 'Net Promoter Score of the period; NULL where the period or the centre has no responses, as every column that follows';
COMMENT ON COLUMN nps_control_result.z IS 'how many standard deviations by chance alone the period lies from the centre; NULL where infinite';
COMMENT ON COLUMN nps_control_result.lower IS 'lower control limit, in points: three standard deviations, times the dispersion, below the centre';
COMMENT ON COLUMN nps_control_result.upper IS 'upper control limit, in points';
COMMENT ON COLUMN nps_control_result.outside IS 'does the period lie beyond its limits?';

CREATE FUNCTION nps_control(x nps_summary, centre nps_summary, dispersion double precision DEFAULT 1)
	RETURNS nps_control_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_control(nps_summary, nps_summary, double precision) IS
	'control limits of one period around the centre, the summary of periods that were in order';
CREATE FUNCTION nps_round(control nps_control_result, digits integer DEFAULT 1) RETURNS nps_control_result
	AS 'MODULE_PATHNAME', 'nps_round_control'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_control_result, integer) IS 'control row with every figure rounded, for reports';

--
-- Planning a survey
--

CREATE FUNCTION nps_sample_size(
		margin double precision, confidence double precision DEFAULT 0.95,
		promoter_pct double precision DEFAULT 50, detractor_pct double precision DEFAULT 50,
		population bigint DEFAULT NULL)
	RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_sample_size(double precision, double precision, double precision, double precision, bigint) IS
	'responses needed for an interval of plus or minus margin points';
CREATE FUNCTION nps_detectable_difference(
		responses_a bigint, responses_b bigint, confidence double precision DEFAULT 0.95,
		power double precision DEFAULT 0.8,
		promoter_pct double precision DEFAULT 50, detractor_pct double precision DEFAULT 50)
	RETURNS double precision
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_detectable_difference(bigint, bigint, double precision, double precision, double precision, double precision) IS
	'smallest difference in points that two surveys of these sizes would find';

--
-- Text bars
--

CREATE FUNCTION nps_bar(summary nps_summary, width integer DEFAULT 20) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_bar(nps_summary, integer) IS
	'text bar of detractors, passives and promoters in three shades, width characters in all';
CREATE FUNCTION nps_bar(result nps_result, width integer DEFAULT 20) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_bar_result'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_bar(nps_result, integer) IS
	'text bar of the shares of a result row: detractors, passives and promoters in three shades';
CREATE FUNCTION nps_histogram(summary nps_summary)
	RETURNS TABLE(score nps_score, responses bigint, pct double precision, bar text)
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 11;
COMMENT ON FUNCTION nps_histogram(nps_summary) IS 'eleven rows, a score each: count, percentage and text bar';

--
-- Aggregates: nps() gives a result row, nps_agg() the summary that it is made of. Over the
-- same argument the two share one transition.
--

CREATE FUNCTION nps_final(nps_summary) RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_summary, nps_score) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_score'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_accum_support;
CREATE FUNCTION nps_accum_inv(nps_summary, nps_score) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_score'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_summary, smallint) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_accum_support;
CREATE FUNCTION nps_accum_inv(nps_summary, smallint) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_summary, integer) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_accum_support;
CREATE FUNCTION nps_accum_inv(nps_summary, integer) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_summary, bigint) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_accum_support;
CREATE FUNCTION nps_accum_inv(nps_summary, bigint) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_summary, numeric) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_numeric'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_accum_support;
CREATE FUNCTION nps_accum_inv(nps_summary, numeric) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_numeric'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_summary, double precision) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_float8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT nps_accum_support;
CREATE FUNCTION nps_accum_inv(nps_summary, double precision) RETURNS nps_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_float8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE nps_agg(nps_score) (
	SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(nps_score) IS 'summary of responses: the count of each score, to store and merge';
CREATE AGGREGATE nps_agg(smallint) (
	SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(smallint) IS 'summary of responses: the count of each score, to store and merge';
CREATE AGGREGATE nps_agg(integer) (
	SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(integer) IS 'summary of responses: the count of each score, to store and merge';
CREATE AGGREGATE nps_agg(bigint) (
	SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(bigint) IS 'summary of responses: the count of each score, to store and merge';
CREATE AGGREGATE nps_agg(numeric) (
	SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(numeric) IS 'summary of responses: the count of each score, to store and merge';
CREATE AGGREGATE nps_agg(double precision) (
	SFUNC = nps_accum, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(double precision) IS 'summary of responses: the count of each score, to store and merge';
CREATE AGGREGATE nps_agg(nps_summary) (
	SFUNC = nps_summary_add, STYPE = nps_summary, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_summary_add, MINVFUNC = nps_summary_subtract, MSTYPE = nps_summary, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(nps_summary) IS 'one summary of stored summaries, merged';
CREATE AGGREGATE nps(nps_score) (
	SFUNC = nps_accum, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(nps_score) IS 'Net Promoter Score of responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(smallint) (
	SFUNC = nps_accum, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(smallint) IS 'Net Promoter Score of responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(integer) (
	SFUNC = nps_accum, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(integer) IS 'Net Promoter Score of responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(bigint) (
	SFUNC = nps_accum, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(bigint) IS 'Net Promoter Score of responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(numeric) (
	SFUNC = nps_accum, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(numeric) IS 'Net Promoter Score of responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(double precision) (
	SFUNC = nps_accum, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(double precision) IS 'Net Promoter Score of responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(nps_summary) (
	SFUNC = nps_summary_add, STYPE = nps_summary, FINALFUNC = nps_final, COMBINEFUNC = nps_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	MSFUNC = nps_summary_add, MINVFUNC = nps_summary_subtract, MSTYPE = nps_summary, MFINALFUNC = nps_final, MINITCOND = '{0,0,0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(nps_summary) IS 'Net Promoter Score of stored summaries, pooled: a result row with a 95 % confidence interval';

-- Weighted aggregates. They have no inverse: what a sum of floats has taken in cannot be taken out.
CREATE FUNCTION nps_weighted_final(nps_weighted_summary) RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_weighted_summary, nps_score, double precision) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_score'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_weighted_summary, integer, double precision) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_weighted_summary, numeric, double precision) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_numeric'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_weighted_summary, double precision, double precision) RETURNS nps_weighted_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_float8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE nps_weighted_agg(nps_score, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted_agg(nps_score, double precision) IS
	'weighted summary of responses, each with its weight, to store and merge';
CREATE AGGREGATE nps_weighted_agg(integer, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted_agg(integer, double precision) IS
	'weighted summary of responses, each with its weight, to store and merge';
CREATE AGGREGATE nps_weighted_agg(numeric, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted_agg(numeric, double precision) IS
	'weighted summary of responses, each with its weight, to store and merge';
CREATE AGGREGATE nps_weighted_agg(double precision, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted_agg(double precision, double precision) IS
	'weighted summary of responses, each with its weight, to store and merge';
CREATE AGGREGATE nps_agg(nps_weighted_summary) (
	SFUNC = nps_weighted_summary_add, STYPE = nps_weighted_summary, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(nps_weighted_summary) IS
	'one weighted summary of stored ones, merged';
CREATE AGGREGATE nps_weighted(nps_score, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, FINALFUNC = nps_weighted_final, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted(nps_score, double precision) IS
	'weighted Net Promoter Score of responses, each with its weight: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps_weighted(integer, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, FINALFUNC = nps_weighted_final, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted(integer, double precision) IS
	'weighted Net Promoter Score of responses, each with its weight: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps_weighted(numeric, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, FINALFUNC = nps_weighted_final, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted(numeric, double precision) IS
	'weighted Net Promoter Score of responses, each with its weight: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps_weighted(double precision, double precision) (
	SFUNC = nps_accum, STYPE = nps_weighted_summary, FINALFUNC = nps_weighted_final, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_weighted(double precision, double precision) IS
	'weighted Net Promoter Score of responses, each with its weight: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(nps_weighted_summary) (
	SFUNC = nps_weighted_summary_add, STYPE = nps_weighted_summary, FINALFUNC = nps_weighted_final, COMBINEFUNC = nps_weighted_summary_add,
	INITCOND = '{0,0,0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(nps_weighted_summary) IS
	'weighted Net Promoter Score of stored summaries, pooled: a result row with a 95 % confidence interval';

-- Aggregates over accounts: one nps_summary is all responses of one account.
CREATE FUNCTION nps_clustered_final(nps_clustered_summary) RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum(nps_clustered_summary, nps_summary) RETURNS nps_clustered_summary
	AS 'MODULE_PATHNAME', 'nps_accum_cluster'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_accum_inv(nps_clustered_summary, nps_summary) RETURNS nps_clustered_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_cluster'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE nps_clustered_agg(nps_summary) (
	SFUNC = nps_accum, STYPE = nps_clustered_summary, COMBINEFUNC = nps_clustered_summary_add,
	INITCOND = '{0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_clustered_summary, MINITCOND = '{0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_clustered_agg(nps_summary) IS
	'clustered summary of accounts, of each the summary of all its responses, to store and merge';
CREATE AGGREGATE nps_agg(nps_clustered_summary) (
	SFUNC = nps_clustered_summary_add, STYPE = nps_clustered_summary, COMBINEFUNC = nps_clustered_summary_add,
	INITCOND = '{0,0,0,0,0,0,0}',
	MSFUNC = nps_clustered_summary_add, MINVFUNC = nps_clustered_summary_subtract, MSTYPE = nps_clustered_summary, MINITCOND = '{0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_agg(nps_clustered_summary) IS
	'one clustered summary of stored ones, merged; no account may be in two of them';
CREATE AGGREGATE nps_clustered(nps_summary) (
	SFUNC = nps_accum, STYPE = nps_clustered_summary, FINALFUNC = nps_clustered_final, COMBINEFUNC = nps_clustered_summary_add,
	INITCOND = '{0,0,0,0,0,0,0}',
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = nps_clustered_summary, MFINALFUNC = nps_clustered_final, MINITCOND = '{0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_clustered(nps_summary) IS
	'Net Promoter Score of accounts, of each the summary of all its responses: a result row with a 95 % confidence interval';
CREATE AGGREGATE nps(nps_clustered_summary) (
	SFUNC = nps_clustered_summary_add, STYPE = nps_clustered_summary, FINALFUNC = nps_clustered_final, COMBINEFUNC = nps_clustered_summary_add,
	INITCOND = '{0,0,0,0,0,0,0}',
	MSFUNC = nps_clustered_summary_add, MINVFUNC = nps_clustered_summary_subtract, MSTYPE = nps_clustered_summary, MFINALFUNC = nps_clustered_final, MINITCOND = '{0,0,0,0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(nps_clustered_summary) IS
	'Net Promoter Score of stored clustered summaries, pooled: a result row with a 95 % confidence interval';

-- The same customers asked twice. The state travels between servers, as text or as bytes, and is validated there;
-- nobody has to store it. A NULL wave means that the account gave no responses in it, so that the transition is not strict.
CREATE TYPE nps_paired_state;

CREATE FUNCTION nps_paired_state_in(cstring) RETURNS nps_paired_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_paired_state_out(nps_paired_state) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_paired_state_recv(internal) RETURNS nps_paired_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_paired_state_send(nps_paired_state) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE nps_paired_state (
	INPUT = nps_paired_state_in,
	OUTPUT = nps_paired_state_out,
	RECEIVE = nps_paired_state_recv,
	SEND = nps_paired_state_send,
	INTERNALLENGTH = 232,
	ALIGNMENT = double,
	STORAGE = plain
);
COMMENT ON TYPE nps_paired_state IS 'the state of nps_paired_test: exact sums over the accounts of two waves';

CREATE FUNCTION nps_paired_accum(nps_paired_state, nps_summary, nps_summary) RETURNS nps_paired_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_paired_state_add(nps_paired_state, nps_paired_state) RETURNS nps_paired_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_paired_final(nps_paired_state) RETURNS nps_test_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE nps_paired_test(a nps_summary, b nps_summary) (
	SFUNC = nps_paired_accum, STYPE = nps_paired_state, FINALFUNC = nps_paired_final, COMBINEFUNC = nps_paired_state_add,
	INITCOND = '{0,{0,0,0,0,0,0,0},{0,0,0,0,0,0,0},0,0,0,0}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_paired_test(nps_summary, nps_summary) IS
	'test of the difference between two waves of the same accounts, a minus b, at 95 % confidence; of each account its responses in either wave';

--
-- Segments side by side
--

CREATE TYPE nps_heterogeneity_result AS (
	segments bigint,
	chi_square double precision,
	df double precision,
	p_value double precision,
	i_squared double precision,
	spread double precision,
	prior_responses double precision
);
COMMENT ON TYPE nps_heterogeneity_result IS 'whether segments differ at all, and by how much; unrounded';
COMMENT ON COLUMN nps_heterogeneity_result.segments IS 'segments with responses';
COMMENT ON COLUMN nps_heterogeneity_result.chi_square IS 'test statistic: chi-square where all segments have one true score; NULL with fewer than two segments';
COMMENT ON COLUMN nps_heterogeneity_result.df IS 'its degrees of freedom: segments - 1';
COMMENT ON COLUMN nps_heterogeneity_result.p_value IS 'probability of a statistic as large where there is no true difference';
COMMENT ON COLUMN nps_heterogeneity_result.i_squared IS 'share of the statistic beyond what chance gives, 0 to 1';
COMMENT ON COLUMN nps_heterogeneity_result.spread IS 'standard deviation of the true scores of the segments, in points; NULL where each has one response';
COMMENT ON COLUMN nps_heterogeneity_result.prior_responses IS 'for nps_shrink: responses of the whole that a segment is worth being given; NULL where nothing varies';

CREATE FUNCTION nps_heterogeneity_final(nps_summary[]) RETURNS nps_heterogeneity_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE nps_heterogeneity(nps_summary) (
	SFUNC = pg_catalog.array_append, STYPE = nps_summary[], FINALFUNC = nps_heterogeneity_final,
	COMBINEFUNC = pg_catalog.array_cat,
	INITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_heterogeneity(nps_summary) IS
	'over segments, a summary each: do their scores differ at all, and by how much';
CREATE FUNCTION nps_round(heterogeneity nps_heterogeneity_result, digits integer DEFAULT 1) RETURNS nps_heterogeneity_result
	AS 'MODULE_PATHNAME', 'nps_round_heterogeneity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_round(nps_heterogeneity_result, integer) IS 'heterogeneity row with every figure rounded, the p-value to 3 digits more, for reports';

CREATE FUNCTION nps_shrink(
		x nps_summary, total nps_summary, prior_responses double precision, confidence double precision DEFAULT 0.95)
	RETURNS nps_result
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_shrink(nps_summary, nps_summary, double precision, double precision) IS
	'result row of a segment drawn towards the whole, for fair league tables; the counts stay the segment''s';

--
-- Pictures: the rows in the order of the aggregate's own ORDER BY, so that there is nothing to combine.
--

CREATE FUNCTION nps_chart_add(internal, text, nps_summary, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'nps_chart_add_summary'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_chart_add(internal, text, nps_result, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'nps_chart_add_result'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_chart_final(internal) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE nps_chart(label text, x nps_summary, title text) (
	SFUNC = nps_chart_add, STYPE = internal,
	FINALFUNC = nps_chart_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE nps_chart(label text, x nps_result, title text) (
	SFUNC = nps_chart_add, STYPE = internal,
	FINALFUNC = nps_chart_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_chart(text, nps_summary, text) IS
	'chart as SVG: a column per row with score, interval, shares and number of responses';
COMMENT ON AGGREGATE nps_chart(text, nps_result, text) IS
	'chart as SVG: a column per row with score, interval, shares and number of responses';

CREATE FUNCTION nps_line_chart_add(internal, text, nps_summary, text, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'nps_chart_add_summary'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_line_chart_add(internal, text, nps_result, text, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'nps_chart_add_result'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_line_chart_final(internal) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE nps_line_chart(label text, x nps_summary, title text, target float8) (
	SFUNC = nps_line_chart_add, STYPE = internal,
	FINALFUNC = nps_line_chart_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE nps_line_chart(label text, x nps_result, title text, target float8) (
	SFUNC = nps_line_chart_add, STYPE = internal,
	FINALFUNC = nps_line_chart_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_line_chart(text, nps_summary, text, float8) IS
	'chart as SVG, for periods: a line of scores in the band of their intervals, with its target, if any';
COMMENT ON AGGREGATE nps_line_chart(text, nps_result, text, float8) IS
	'chart as SVG, for periods: a line of scores in the band of their intervals, with its target, if any';

CREATE FUNCTION nps_ranking_chart_add(internal, text, nps_summary, text, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'nps_chart_add_summary'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_ranking_chart_add(internal, text, nps_result, text, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'nps_chart_add_result'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_ranking_chart_final(internal) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE nps_ranking_chart(label text, x nps_summary, title text, target float8) (
	SFUNC = nps_ranking_chart_add, STYPE = internal,
	FINALFUNC = nps_ranking_chart_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE nps_ranking_chart(label text, x nps_result, title text, target float8) (
	SFUNC = nps_ranking_chart_add, STYPE = internal,
	FINALFUNC = nps_ranking_chart_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps_ranking_chart(text, nps_summary, text, float8) IS
	'chart as SVG, for segments: a line per row with score, interval and number of responses, against a target or the total';
COMMENT ON AGGREGATE nps_ranking_chart(text, nps_result, text, float8) IS
	'chart as SVG, for segments: a line per row with score, interval and number of responses, against a target or the total';
