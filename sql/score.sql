-- nps_score: input, output, storage.
SET search_path = public;
SET client_min_messages = warning;
SET lc_messages = 'C';
SET bytea_output = hex;
SET quote_all_identifiers = off;
SET array_nulls = on;

SELECT string_agg(s::nps_score::text, ' ' ORDER BY s::nps_score)
FROM unnest(ARRAY['0', '10', '3', '7', ' 5 ', '+9', '08', '-0']) s;

-- Spreadsheets and data frames write a whole number with a point and zeros where the column has blanks.
SELECT string_agg(s::nps_score::text, ' ' ORDER BY s::nps_score)
FROM unnest(ARRAY['9.0', '10.00', ' 5.0 ', '+7.000', '08.0', '-0.0', '3.' || repeat('0', 100)]) s;
CREATE TEMP TABLE data_frame (id integer, score nps_score, other nps_score);
\copy data_frame FROM STDIN (FORMAT csv, HEADER)
id,score,other
1,9.0,7.0
2,,
3,10.0,0.0
\.
SELECT * FROM data_frame ORDER BY id;

SELECT text, split_part(failure(format('SELECT %L::nps_score', text)), ' (A', 1) AS failure
FROM unnest(ARRAY['', ' ', 'abc', '9.5', '7 8', '1e1', '0x7', '10 - likely', '-', '+', '--1', '11', '-1',
	'99999999999999999999999', '4294967301', '9.', '.0', '9 .0', '9. 0', '9.05', '9.0.0', '9.0e0', '9,0', '9.0 0', '10.5', '11.0', '-1.0', '12345.00', '0.']) text;

-- The error says where labels go.
SELECT failure($$SELECT 'nine'::nps_score$$);

-- One byte, by value, numeric to the parser.
SELECT typlen, typbyval, typcategory, typispreferred, typstorage FROM pg_type WHERE oid = 'nps_score'::regtype;
SELECT pg_column_size(7::nps_score) AS bytes, pg_column_size(array_fill(7::nps_score, ARRAY[100])) AS hundred_in_an_array;

-- Binary: one byte, and every value comes back through COPY.
SELECT nps_score_send(10::nps_score) AS binary;
CREATE TEMP TABLE every_score AS SELECT i AS id, i::nps_score AS score FROM generate_series(0, 10) i;
INSERT INTO every_score VALUES (11, NULL);
CREATE TEMP TABLE copied (LIKE every_score);
\copy every_score TO 'results/score.copy' (FORMAT binary)
\copy copied FROM 'results/score.copy' (FORMAT binary)
SELECT count(*) AS same FROM every_score e JOIN copied c ON c.id = e.id AND c.score IS NOT DISTINCT FROM e.score;
\copy every_score TO 'results/score.copy'
\copy copied FROM 'results/score.copy'
SELECT count(*) AS same FROM every_score e JOIN copied c ON c.id = e.id AND c.score IS NOT DISTINCT FROM e.score;

-- A bad byte is refused: smallint's binary form has two, "char" any.
CREATE TEMP TABLE bad_byte (c "char");
INSERT INTO bad_byte VALUES (E'\x0b');
\copy bad_byte TO 'results/bad_byte.copy' (FORMAT binary)
CREATE TEMP TABLE receives (score nps_score);
\copy receives FROM 'results/bad_byte.copy' (FORMAT binary)
CREATE TEMP TABLE two_bytes (c smallint);
INSERT INTO two_bytes VALUES (7);
\copy two_bytes TO 'results/two_bytes.copy' (FORMAT binary)
\copy receives FROM 'results/two_bytes.copy' (FORMAT binary)
SELECT count(*) AS refused FROM receives;

-- Wherever a type can stand: keys, arrays, domains, generated columns.
CREATE TEMP TABLE uses (
	score nps_score PRIMARY KEY DEFAULT 5,
	many nps_score[],
	at_least_1 nps_score CHECK (at_least_1 >= 1),
	category nps_category GENERATED ALWAYS AS (nps_category(score)) STORED
);
INSERT INTO uses (score, many) VALUES (3, '{1,NULL,10}'), (9, ARRAY[]::nps_score[]), (DEFAULT, ARRAY[7, 8]::nps_score[]);
SELECT score, many, category FROM uses ORDER BY score;
SELECT failure('INSERT INTO uses (score) VALUES (3)');
SELECT failure('INSERT INTO uses (score, at_least_1) VALUES (4, 0)');
SELECT failure('INSERT INTO uses (score) VALUES (11)');

CREATE DOMAIN one_to_ten AS nps_score CHECK (VALUE >= 1);
SELECT failure('SELECT 0::one_to_ten'), 4::one_to_ten + 1 AS five, 4::one_to_ten = 4 AS equal, nps_category(9::one_to_ten);
SELECT nps_format(nps(score)) FROM (SELECT i::one_to_ten AS score FROM generate_series(1, 10) i) domain_values;
DROP DOMAIN one_to_ten;

-- Lowest and highest, with NULLs, in groups and over nothing.
SELECT min(score), max(score), min(score) FILTER (WHERE score IS NULL) AS of_nothing FROM every_score;
SELECT DISTINCT score FROM answers ORDER BY score DESC NULLS LAST;
