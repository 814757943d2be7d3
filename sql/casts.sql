-- Casts to and from every number. A number that is no score is an error, never rounded.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET extra_float_digits = 1;
SET quote_all_identifiers = off;

SELECT count(*) AS all_eleven
FROM generate_series(0, 10) i
WHERE i::smallint::nps_score::smallint = i AND i::integer::nps_score::integer = i
	AND i::bigint::nps_score::bigint = i AND i::numeric::nps_score::numeric = i
	AND i::real::nps_score::real = i AND i::double precision::nps_score::double precision = i
	AND i::numeric(6, 3)::nps_score::text::integer = i;

SELECT type, value, failure(format('SELECT %L::%s::nps_score', value, type))
FROM (VALUES
	('smallint', '11'), ('smallint', '-1'), ('integer', '11'), ('integer', '-2147483648'), ('bigint', '4294967301'),
	('bigint', '-1'), ('numeric', '9.5'), ('numeric', '9.00000000000000000001'), ('numeric', '10.0000001'),
	('numeric', '-0.5'), ('numeric', '-1'), ('numeric', '11'), ('numeric', '1e100'), ('numeric', 'NaN'), ('real', '6.5'), ('real', 'NaN'),
	('real', 'Infinity'), ('double precision', '6.999999999999999'), ('double precision', '10.000000000000002'),
	('double precision', '-1e-300'), ('double precision', 'NaN'), ('double precision', '-Infinity'),
	('double precision', '1e308')
) AS v (type, value);
SELECT 7.000::nps_score AS trailing_zeros, '-0'::double precision::nps_score AS minus_zero, '1e1'::numeric::nps_score AS exponent;

-- Which casts apply by themselves.
SELECT castsource::regtype, casttarget::regtype, castcontext
FROM pg_cast WHERE 'nps_score'::regtype IN (castsource, casttarget) ORDER BY 1, 2;

-- So a score stands wherever a number can, with the type of its partner...
SELECT pg_typeof(score + 1) AS plus_1, pg_typeof(score + 1::smallint) AS plus_small, pg_typeof(score + 1::bigint) AS plus_big,
	pg_typeof(score + 1.5) AS plus_1_5, pg_typeof(score * 1.5::double precision) AS times_float,
	pg_typeof(COALESCE(score, 0)) AS coalesced, pg_typeof(CASE WHEN true THEN score ELSE 0 END) AS by_case,
	pg_typeof(GREATEST(score, 3.5)) AS greatest, pg_typeof(round(score, 1)) AS rounded, pg_typeof(score % 2) AS modulo
FROM (VALUES (7::nps_score)) AS v (score);
SELECT score + 1 AS eight, score + 1.5 AS eight_and_a_half, COALESCE(NULL, score, 0) AS seven, round(score, 1) AS seven_0,
	score::text || '!' AS as_text
FROM (VALUES (7::nps_score)) AS v (score);

-- ...in the aggregates of numbers...
SELECT round(avg(score)::numeric, 3) = round(avg(score::integer), 3) AS avg, sum(score) = sum(score::integer) AS sum,
	sum(score * 0.5) = sum(score::integer * 0.5) AS weighted,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY score) = percentile_cont(0.5) WITHIN GROUP (ORDER BY score::integer) AS median,
	percentile_disc(0.9) WITHIN GROUP (ORDER BY score) = percentile_disc(0.9) WITHIN GROUP (ORDER BY score::integer) AS disc,
	round(stddev(score)::numeric, 3) = round(stddev(score::integer), 3) AS stddev
FROM answers;

-- ...and in columns of any number, both ways.
CREATE TEMP TABLE numbers (i2 smallint, i4 integer, i8 bigint, n numeric, f4 real, f8 double precision, score nps_score);
INSERT INTO numbers (i2, i4, i8, n, f4, f8) SELECT s, s, s, s, s, s FROM (VALUES (7::nps_score)) AS v (s);
UPDATE numbers SET score = i2; UPDATE numbers SET score = i8; UPDATE numbers SET score = n; UPDATE numbers SET score = f8;
SELECT * FROM numbers;
SELECT failure('UPDATE numbers SET score = n + 0.5');
SELECT failure('INSERT INTO numbers (score) VALUES (''7''::text)');

-- JSON prints a number, and NULL as null.
SELECT to_json(7::nps_score), to_jsonb(7::nps_score), row_to_json(r)
FROM (SELECT 7::nps_score AS score, NULL::nps_score AS blank, ARRAY[1, 2]::nps_score[] AS many, 'x' AS label) r;
