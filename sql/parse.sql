-- nps_parse: the number that a survey label begins with.
SET search_path = public;
SET lc_messages = 'C';
SET standard_conforming_strings = on;

SELECT label, nps_parse(label)
FROM unnest(ARRAY['10 - Extremely likely', '10 (Very Likely)', '10/10', '7/10', '7 / 10 points', ' 7 ', '0: Not at all',
	'0 = Not at all', '8. Likely', '9 out of 10', '+5', '3 [neutral]', '10 – très probable', E'6\tok', '5!',
	'9 (10 is best)', '8 [0-10]', '7 {5}']) label;

-- The no-break space and the byte order mark of files from elsewhere are blanks.
SELECT nps_parse(U&'\00a010\00a0- sure') AS ten, nps_parse(U&'\feff9') AS nine;

-- A whole number as spreadsheets and data frames write it in a column with blanks.
SELECT label, nps_parse(label)
FROM unnest(ARRAY['9.0', '10.00', ' 0.0 ', '7.000000', '9.0 - Likely', '9.0/10', '8.0 (eight)', '+5.0']) label;

-- Blank, or not beginning with a number: no answer.
SELECT label, nps_parse(label) IS NULL AS no_answer
FROM unnest(ARRAY['', '   ', '#ERROR!', 'Score: 7', 'n/a', '- 7', '(9)', NULL]) label;

-- A number that is no score, or not the whole answer: never guessed at.
SELECT label, split_part(failure(format('SELECT nps_parse(%L)', label)), ' (A', 1) AS failure
FROM unnest(ARRAY['11 - Off the scale', '-1', '100', '123456789012345678901', '8.5 stars', '9,5', '9, 10', '7-8',
	'7 - 8', '7–8', '7/5', '10/100', '10/10/2024', '2024-01-31', '7th', '1e1', '70%', '10 %', '5/10%', '5_0', '5_points', '6;7',
	'10''000', '7<8', '8½', '8 ½', '7²', '1０', '10点',
	'11.0', '-1.0', '9.05', '9.50', '9.0.1', '9.0th', '9.0 %', '8.0 9', '7/10.0']) label;

-- So are numbers, signs and percent signs beyond ASCII.
SELECT label, split_part(failure(format('SELECT nps_parse(%L)', label)), ' (A', 1) AS failure
FROM unnest(ARRAY['9 ％', '9％', '9 ‰', '9 ‱', '9 ٪', '9/10 ％', '8 ⅓', '8 - ⅓', '3 ٤', '3 ४', '3 ① ', '7²', '７', '٩', '½', '-½', '−5', '–5', '－5', '＋5', '‐5', '—5', '―5', '+５',
	'.5', '-.5', ',5']) label;

-- And the error says what would be read.
SELECT failure($$SELECT nps_parse('7-8')$$);
