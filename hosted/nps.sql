-- nps where no C extension can be installed: the Net Promoter Score by plain SQL and PL/pgSQL.
--
-- The same names, arguments, columns, NULLs and answers as the extension nps, slower; what is left to the
-- extension is listed in doc/hosted.md. Any role may run this file in a schema where it may create objects,
-- on PostgreSQL 13 to 19, and run it again: everything goes to the first schema of the search_path.
--
--   psql -1 -v ON_ERROR_STOP=1 -f nps.sql
--
-- What reads top to bottom: the types; what a response is; counting responses; the score interval;
-- the difference of two surveys; the rows that queries see; figures for people.

-- Beside the extension it would put its own functions in place of that one's.
DO $$ BEGIN
	IF EXISTS (SELECT FROM pg_extension WHERE extname = 'nps' AND extnamespace = quote_ident(current_schema())::regnamespace) THEN
		RAISE EXCEPTION 'the extension nps is in schema "%" already', current_schema()
			USING ERRCODE = '42710', HINT = 'This script is for servers without it.';
	END IF;
END $$;

--
-- Types
--

CREATE OR REPLACE FUNCTION nps_refuse_score(value text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RAISE EXCEPTION 'value "%" is out of range for type nps_score', value
		USING ERRCODE = '22003', DETAIL = 'A score is a whole number from 0 to 10.';
END $$;

-- One response. PostgreSQL rounds a fraction that is assigned to a column of this type; the aggregates refuse it.
DO $$ BEGIN
	CREATE DOMAIN nps_score AS smallint CHECK (VALUE BETWEEN 0 AND 10 OR nps_refuse_score(VALUE::text));
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN
	CREATE TYPE nps_category AS ENUM ('detractor', 'passive', 'promoter');
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

-- Are these the counts of the scores 0 to 10? Anything else raises 22P02 or 22003.
CREATE OR REPLACE FUNCTION nps_check_counts(counts bigint[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF array_ndims(counts) IS DISTINCT FROM 1 OR array_lower(counts, 1) <> 1 OR array_length(counts, 1) <> 11
		OR array_position(counts, NULL) IS NOT NULL THEN
		RAISE EXCEPTION 'malformed array for type nps_summary'
			USING ERRCODE = '22P02', DETAIL = 'The counts of the scores 0 to 10 are expected: eleven, none of them NULL.';
	ELSIF 0 > ANY (counts) THEN
		RAISE EXCEPTION 'value is out of range for type nps_summary'
			USING ERRCODE = '22003', DETAIL = 'A count of responses cannot be negative.';
	END IF;
	-- PostgreSQL raises 22003 for a total beyond bigint.
	RETURN counts[1] + counts[2] + counts[3] + counts[4] + counts[5] + counts[6] + counts[7] + counts[8] + counts[9] + counts[10]
		+ counts[11] >= 0;
END $$;

-- The eleven counts of a set of responses.
DO $$ BEGIN
	CREATE DOMAIN nps_summary AS bigint[] CHECK (nps_check_counts(VALUE));
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

-- Figures in points or percent, unrounded; without responses the counts are 0 and every figure is NULL.
DO $$ BEGIN
	CREATE TYPE nps_result AS (
		nps float8, ci_lower float8, ci_upper float8,
		responses bigint, promoters bigint, passives bigint, detractors bigint,
		promoter_pct float8, passive_pct float8, detractor_pct float8,
		standard_error float8, effective_responses float8);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN
	CREATE TYPE nps_test_result AS (
		difference float8, ci_lower float8, ci_upper float8,
		standard_error float8, z float8, p_value float8, significant boolean);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

--
-- What a response is. The predicates are conditions that PostgreSQL puts in line, so that they use an index on the column;
-- it would not if they were STRICT.
--

CREATE OR REPLACE FUNCTION nps_is_detractor(score smallint) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT score BETWEEN 0 AND 6';
CREATE OR REPLACE FUNCTION nps_is_detractor(score integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT score BETWEEN 0 AND 6';
CREATE OR REPLACE FUNCTION nps_is_passive(score smallint) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT score BETWEEN 7 AND 8';
CREATE OR REPLACE FUNCTION nps_is_passive(score integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT score BETWEEN 7 AND 8';
CREATE OR REPLACE FUNCTION nps_is_promoter(score smallint) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT score BETWEEN 9 AND 10';
CREATE OR REPLACE FUNCTION nps_is_promoter(score integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT score BETWEEN 9 AND 10';

CREATE OR REPLACE FUNCTION nps_category(score integer) RETURNS nps_category LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF score NOT BETWEEN 0 AND 10 THEN
		PERFORM nps_refuse_score(score::text);
	END IF;
	RETURN CASE WHEN score <= 6 THEN 'detractor' WHEN score <= 8 THEN 'passive' ELSE 'promoter' END;
END $$;

-- -100, 0 or 100: the average of these is the Net Promoter Score.
CREATE OR REPLACE FUNCTION nps_points(score integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS $$ SELECT CASE nps_category(score) WHEN 'detractor' THEN -100 WHEN 'passive' THEN 0 ELSE 100 END $$;

-- The whole number that a survey label begins with, as in "10 - Extremely likely"; NULL for text that does not
-- begin with a number. A label that can be read in two ways raises 22P02; a number that is no score, 22003.
CREATE OR REPLACE FUNCTION nps_parse(label text) RETURNS nps_score LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	-- Blanks, with the no-break space and the byte order mark; digits, with those and the numbers of other
	-- scripts; signs, with what is typed or set for a minus; per cent, per mille and the like. All inside [].
	blank CONSTANT text := ' \t\n\f\r\u00A0\uFEFF';
	digit CONSTANT text := '0-9\u00B2\u00B3\u00B9\u00BC-\u00BE\u0660-\u0669\u06F0-\u06F9\u07C0-\u07C9\u0966-\u096F'
		'\u09E6-\u09EF\u09F4-\u09F9\u0A66-\u0A6F\u0AE6-\u0AEF\u0B66-\u0B6F\u0BE6-\u0BF2\u0C66-\u0C6F\u0CE6-\u0CEF'
		'\u0D66-\u0D78\u0E50-\u0E59\u0ED0-\u0ED9\u0F20-\u0F33\u1040-\u1049\u17E0-\u17E9\u1810-\u1819\u2070\u2074-\u2079'
		'\u2080-\u2089\u2150-\u2182\u2185-\u2189\u2460-\u249B\u24EA-\u24FF\u2776-\u2793\u3007\u3021-\u3029\u3220-\u3229'
		'\u3280-\u3289\uFF10-\uFF19';
	sign CONSTANT text := '+\-\u2010-\u2015\u2212\uFE63\uFF0B\uFF0D';
	percent CONSTANT text := '%\u2030\u2031\u0609\u060A\u066A\uFE6A\uFF05';
	answer text COLLATE "C" := regexp_replace(label COLLATE "C", '^[' || blank || ']+', '');
	parts text[] := regexp_match(answer, '^([-+]?)([0-9]+)(?:\.0+)?(.*)$');
	-- What follows the number, and what follows that without "/10", the answer's scale.
	after text COLLATE "C" := parts[3];
	rest text COLLATE "C" := regexp_replace(after, format('^[%1$s]*(?:/[%1$s]*10(?![0-9]))?[%1$s]*', blank), '');
BEGIN
	IF parts IS NULL AND answer !~ format('^[%s]?[.,]?[%s]', sign, digit) THEN
		RETURN NULL;
	END IF;
	IF parts IS NULL OR after ~ format('^[A-Za-z_]|^[^\u0001-\u007F%s]', blank) OR rest ~ format('^[%s]', percent)
		OR rest ~ format('^[^A-Za-z([{]*[%s]', digit) THEN
		RAISE EXCEPTION 'invalid input syntax for type nps_score: "%"', label
			USING ERRCODE = '22P02', DETAIL = 'A score is a whole number from 0 to 10.',
				HINT = 'A label has to begin with one whole number, the answer, as in "9", "9 - likely" or "9/10".';
	END IF;
	IF parts[2] !~ '^0*([0-9]|10)$' OR (parts[1] = '-' AND parts[2] ~ '[1-9]') THEN
		PERFORM nps_refuse_score(label);
	END IF;
	RETURN parts[2];
END $$;

--
-- Counting responses. The state of an aggregate is the eleven counts, but for nps() of responses.
--

CREATE OR REPLACE FUNCTION nps_accum(state bigint[], score anyelement) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF score = ANY ('{0,1,2,3,4,5,6,7,8,9,10}') THEN
		state[score + 1] := state[score + 1] + 1;
		RETURN state;
	END IF;
	RAISE EXCEPTION 'value "%" is out of range for type nps_score', score
		USING ERRCODE = '22003', DETAIL = 'A score is a whole number from 0 to 10.';
END $$;

-- nps() needs the three categories alone, and a number is the cheaper state, since PostgreSQL copies an array for every row:
-- promoters are its ones, passives its 10^20s, detractors its 10^40s.
CREATE OR REPLACE FUNCTION nps_tally(state numeric, score anyelement) RETURNS numeric LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF score = ANY ('{0,1,2,3,4,5,6,7,8,9,10}') THEN
		RETURN state + CASE WHEN score <= 6 THEN 1e40 WHEN score <= 8 THEN 1e20 ELSE 1 END;
	END IF;
	RAISE EXCEPTION 'value "%" is out of range for type nps_score', score
		USING ERRCODE = '22003', DETAIL = 'A score is a whole number from 0 to 10.';
END $$;

-- Takes out a response that was counted: a window moves on.
CREATE OR REPLACE FUNCTION nps_accum_inv(state bigint[], score anyelement) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	state[score + 1] := state[score + 1] - 1;
	RETURN state;
END $$;

CREATE OR REPLACE FUNCTION nps_add(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN ARRAY[a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4], a[5] + b[5], a[6] + b[6], a[7] + b[7], a[8] + b[8],
		a[9] + b[9], a[10] + b[10], a[11] + b[11]];
END $$;

CREATE OR REPLACE FUNCTION nps_subtract(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN ARRAY[a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4], a[5] - b[5], a[6] - b[6], a[7] - b[7], a[8] - b[8],
		a[9] - b[9], a[10] - b[10], a[11] - b[11]];
END $$;

-- The state as a summary: the final function of every nps_agg().
CREATE OR REPLACE FUNCTION nps_as_summary(state bigint[]) RETURNS nps_summary LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
	AS $$ BEGIN RETURN state; END $$;

CREATE OR REPLACE FUNCTION nps_summary_add(a nps_summary, b nps_summary) RETURNS nps_summary
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$ BEGIN RETURN nps_add(a, b); END $$;

-- A count below zero is 22003.
CREATE OR REPLACE FUNCTION nps_summary_subtract(a nps_summary, b nps_summary) RETURNS nps_summary
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$ BEGIN RETURN nps_subtract(a, b); END $$;

DO $$ BEGIN
	CREATE OPERATOR + (LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_add, COMMUTATOR = +);
EXCEPTION WHEN duplicate_function THEN NULL; END $$;
DO $$ BEGIN
	CREATE OPERATOR - (LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_subtract);
EXCEPTION WHEN duplicate_function THEN NULL; END $$;

-- Promoters, passives and detractors.
CREATE OR REPLACE FUNCTION nps_groups(counts bigint[]) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN ARRAY[counts[10] + counts[11], counts[8] + counts[9],
		counts[1] + counts[2] + counts[3] + counts[4] + counts[5] + counts[6] + counts[7]];
END $$;

CREATE OR REPLACE FUNCTION nps_counts(summary nps_summary) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS 'SELECT summary::bigint[]';

CREATE OR REPLACE FUNCTION nps_responses(summary nps_summary) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT summary[1] + summary[2] + summary[3] + summary[4] + summary[5] + summary[6] + summary[7] + summary[8] + summary[9]
		+ summary[10] + summary[11]
$$;

-- The mean answer, 0 to 10; NULL where there is none.
CREATE OR REPLACE FUNCTION nps_mean(summary nps_summary) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE WHEN sum(count) > 0 THEN least(10, sum((score - 1) * count::float8) / sum(count)::float8) END
	FROM unnest(summary) WITH ORDINALITY AS counts (count, score)
$$;

--
-- The score interval: all scores that a score test would not reject. Here a score, theta, is the share of
-- promoters less that of detractors, from -1 to 1.
--
-- Tango, T. (1998), Statistics in Medicine 17, 891-908; Rocks, B. (2016), The American Statistician 70, 365-372.
--

-- The z of a two-sided confidence. Wichura, M. J. (1988), Algorithm AS 241, Applied Statistics 37, 477-484.
CREATE OR REPLACE FUNCTION nps_confidence_z(confidence float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	-- No smaller, so that nothing made of its square leaves the range of a float; no limit can tell.
	q float8 := greatest(confidence, 1e-50) / 2;
	r float8 := 0.180625 - q * q;
BEGIN
	IF confidence = 0.95 THEN
		RETURN 1.9599639845400545;
	END IF;
	IF NOT (confidence > 0 AND confidence < 1) THEN
		RAISE EXCEPTION 'confidence must lie between 0 and 1, not %', confidence
			USING ERRCODE = '22023', HINT = 'Give 0.95 for 95 %.';
	END IF;
	IF confidence <= 0.85 THEN
		RETURN q * (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
				+ 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
				+ 1.3314166789178437745e2) * r + 3.3871328727963666080e0)
			/ (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
				+ 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
				+ 4.2313330701600911252e1) * r + 1.0);
	END IF;
	r := sqrt(-ln((1 - confidence) / 2));
	IF r <= 5 THEN
		r := r - 1.6;
		RETURN (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
				+ 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
				+ 4.63033784615654529590e0) * r + 1.42343711074968357734e0)
			/ (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
				+ 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
				+ 2.05319162663775882187e0) * r + 1.0);
	END IF;
	r := r - 5;
	RETURN (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
			+ 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
			+ 5.46378491116411436990e0) * r + 6.65790464350110377720e0)
		/ (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
			+ 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
			+ 5.99832206555887937690e-1) * r + 1.0);
END $$;

-- The probability of a standard normal beyond z on either side: a series near 0, a continued fraction beyond.
CREATE OR REPLACE FUNCTION nps_two_sided_p(z float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	x float8 := abs(z);
	term float8 := x;
	total float8 := x;
	k integer := 1;
BEGIN
	IF x < 1e-16 OR x > 38 THEN
		RETURN CASE WHEN x < 1 THEN 1 ELSE 0 END;
	END IF;
	IF x < 2 THEN
		WHILE term > 1e-17 * total LOOP
			k := k + 2;
			term := term * x * x / k;
			total := total + term;
		END LOOP;
		RETURN 1 - sqrt(2 / pi()) * exp(-x * x / 2) * total;
	END IF;
	FOR k IN REVERSE (160 / x)::integer..1 LOOP
		total := x + k / total;
	END LOOP;
	RETURN sqrt(2 / pi()) * exp(-x * x / 2) / total;
END $$;

-- A response under the hypothesis that the true score is delta: the shares that are most likely under it, by that of detractors (of
-- promoters where delta < 0); the variance; its slope in delta. PostgreSQL puts these formulas in line of what follows.

-- The larger root of 2x^2 + bx - c: each sign of b takes the form that does not cancel.
CREATE OR REPLACE FUNCTION nps_larger_root(b float8, c float8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN b <= 0 THEN (sqrt(b * b + 8 * c) - b) / 4 ELSE 2 * c / (b + sqrt(b * b + 8 * c)) END
$$;

CREATE OR REPLACE FUNCTION nps_constrained_share(promoters float8, detractors float8, delta float8)
	RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN delta < 0
		THEN nps_larger_root((2 - detractors + promoters) * -delta - (promoters + detractors), promoters * -delta * (1 + delta))
		ELSE nps_larger_root((2 - promoters + detractors) * delta - (promoters + detractors), detractors * delta * (1 - delta)) END
$$;

CREATE OR REPLACE FUNCTION nps_constrained_variance(share float8, delta float8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT 2 * share + abs(delta) * (1 - abs(delta))
$$;

CREATE OR REPLACE FUNCTION nps_constrained_slope(promoters float8, detractors float8, share float8, delta float8)
	RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN delta < 0
		THEN -1 - 2 * delta - coalesce(2 * (promoters * (1 + 2 * delta) - (2 - detractors + promoters) * share)
			/ nullif(4 * share - (2 - detractors + promoters) * delta - (promoters + detractors), 0), 0)
		ELSE 1 - 2 * delta + coalesce(2 * (detractors * (1 - 2 * delta) - (2 - promoters + detractors) * share)
			/ nullif(4 * share + (2 - promoters + detractors) * delta - (promoters + detractors), 0), 0) END
$$;

-- How far the upper limit lies above theta: the root of n u^2 - z^2 V(theta + u), by Newton's method from where
-- Wilson's formula would have it, inside a bracket that is halved where a step leaves it, and at every eighth.
CREATE OR REPLACE FUNCTION nps_limit_distance(
		promoters float8, passives float8, detractors float8, theta float8, n float8, z float8)
	RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	z2 float8 := z * z;
	variance float8 := passives * (promoters + detractors) + 4 * promoters * detractors;
	low float8 := 0;
	high float8 := 1 - theta;
	u float8 := (z * sqrt(n * variance + z2) - z2 * theta) / (n + z2);
	delta float8; share float8; excess float8; change float8;
BEGIN
	IF high <= 0 THEN
		RETURN 0;
	END IF;
	FOR step IN 1..400 LOOP
		IF NOT (u > low AND u < high) OR step % 8 = 0 THEN
			u := (low + high) / 2;
		END IF;
		delta := theta + u;
		share := nps_constrained_share(promoters, detractors, delta);
		excess := n * u * u - z2 * nps_constrained_variance(share, delta);
		change := excess / nullif(2 * n * u - z2 * nps_constrained_slope(promoters, detractors, share, delta), 0);
		IF abs(change) <= 1e-7 * u THEN
			RETURN u - change;
		END IF;
		low := CASE WHEN excess < 0 THEN u ELSE low END;
		high := CASE WHEN excess < 0 THEN high ELSE u END;
		EXIT WHEN high - low <= 4e-16 * u;
		u := coalesce(u - change, low);
	END LOOP;
	RETURN u;
END $$;

--
-- The difference of two surveys: the score test, and all differences that it would not reject. A survey is
-- {promoters, passives, detractors, theta, n}, the first three as shares.
--

CREATE OR REPLACE FUNCTION nps_survey(groups bigint[]) RETURNS float8[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	n float8 := groups[1] + groups[2] + groups[3];
BEGIN
	RETURN ARRAY[groups[1] / n, groups[2] / n, groups[3] / n, (groups[1] - groups[3]) / n, n];
END $$;

-- The two surveys under the hypothesis that theta of a is theta of b plus delta. Theta of b is where the slopes of the
-- likelihoods balance, between its own and that of a less delta; at an end the balance may vanish with a variance,
-- which is no root, so the search stays inside. Returns {variance of a, its slope, variance of b, its slope, theta of b,
-- how theta of b follows delta}.
CREATE OR REPLACE FUNCTION nps_balance(a float8[], b float8[], delta float8, start float8)
	RETURNS float8[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	lowest float8 := greatest(least(b[4], a[4] - delta), -1, -1 - delta);
	highest float8 := least(greatest(b[4], a[4] - delta), 1, 1 - delta);
	low float8 := lowest;
	high float8 := highest;
	theta float8 := start;
	-- Out of the arrays once: the formulas name each many times.
	promoters_a float8 := a[1]; detractors_a float8 := a[3]; score_a float8 := a[4]; n_a float8 := a[5];
	promoters_b float8 := b[1]; detractors_b float8 := b[3]; score_b float8 := b[4]; n_b float8 := b[5];
	theta_a float8; share float8; variance_a float8; variance_b float8; slope_a float8; slope_b float8;
	pull_a float8; pull_b float8; imbalance float8; slope float8; change float8;
BEGIN
	FOR step IN 1..400 LOOP
		IF NOT (theta > low AND theta < high) OR step % 8 = 0 THEN
			theta := (low + high) / 2;
		END IF;
		theta_a := theta + delta;
		share := nps_constrained_share(promoters_a, detractors_a, theta_a);
		variance_a := nps_constrained_variance(share, theta_a);
		slope_a := nps_constrained_slope(promoters_a, detractors_a, share, theta_a);
		share := nps_constrained_share(promoters_b, detractors_b, theta);
		variance_b := nps_constrained_variance(share, theta);
		slope_b := nps_constrained_slope(promoters_b, detractors_b, share, theta);
		pull_a := n_a * (score_a - theta_a);
		pull_b := n_b * (score_b - theta);
		imbalance := pull_a * variance_b + pull_b * variance_a;
		slope := pull_a * slope_b - n_a * variance_b + pull_b * slope_a - n_b * variance_a;
		change := imbalance / nullif(slope, 0);
		EXIT WHEN abs(change) <= 1e-7 * least(theta - lowest, highest - theta);
		IF high - low <= 4e-16 * abs(theta) + 1e-18 THEN
			change := 0;
			EXIT;
		END IF;
		low := CASE WHEN imbalance > 0 THEN theta ELSE low END;
		high := CASE WHEN imbalance > 0 THEN high ELSE theta END;
		theta := coalesce(theta - change, low);
	END LOOP;
	-- The last step, of which an error of its square is left.
	RETURN ARRAY[variance_a - slope_a * change, slope_a, variance_b - slope_b * change, slope_b, theta - change,
		coalesce((n_a * variance_b - pull_b * slope_a) / nullif(slope, 0), 0)];
END $$;

-- The limit of the difference above it, or below it where direction is -1: where the statistic is z in absolute value.
CREATE OR REPLACE FUNCTION nps_difference_limit(a float8[], b float8[], difference float8, z float8, direction integer)
	RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	z2 float8 := z * z;
	factor float8 := z2 * ((a[5] + b[5]) / (a[5] + b[5] - 1));
	-- About how far each survey's own limit lies from its score, by Wilson's formula: where the search starts.
	of_a float8 := (z * sqrt(a[5] * (a[2] * (a[1] + a[3]) + 4 * a[1] * a[3]) + z2) - direction * z2 * a[4]) / (a[5] + z2);
	of_b float8 := (z * sqrt(b[5] * (b[2] * (b[1] + b[3]) + 4 * b[1] * b[3]) + z2) + direction * z2 * b[4]) / (b[5] + z2);
	distance float8 := sqrt(of_a * of_a + of_b * of_b);
	theta float8 := b[4] - direction * coalesce(of_b * of_b / nullif(distance, 0), 0);
	low float8 := 0;
	high float8 := 2 - direction * difference;
	excess float8; change float8; at float8[];
BEGIN
	IF high <= 0 THEN
		RETURN 2 * direction;
	END IF;
	FOR step IN 1..400 LOOP
		IF NOT (distance > low AND distance < high) OR step % 8 = 0 THEN
			distance := (low + high) / 2;
		END IF;
		at := nps_balance(a, b, difference + direction * distance, theta);
		excess := distance * distance - factor * (at[1] / a[5] + at[3] / b[5]);
		change := excess / nullif(2 * distance
			- direction * factor * (at[2] * (1 + at[6]) / a[5] + at[4] * at[6] / b[5]), 0);
		-- An error of its square is left, unless theta of b stays at an end: there the slope is not exact.
		IF abs(change) <= (CASE at[6] WHEN 0 THEN 1e-11 ELSE 1e-7 END) * distance THEN
			RETURN difference + direction * (distance - change);
		END IF;
		low := CASE WHEN excess < 0 THEN distance ELSE low END;
		high := CASE WHEN excess < 0 THEN high ELSE distance END;
		EXIT WHEN high - low <= 4e-16 * distance + 1e-18;
		distance := coalesce(distance - change, low);
		theta := at[5] - direction * change * at[6];
	END LOOP;
	RETURN difference + direction * distance;
END $$;

--
-- The rows that queries see
--

-- Raises 22023 unless the method is the score method.
CREATE OR REPLACE FUNCTION nps_check_method(method text) RETURNS void LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF method <> 'score' THEN
		RAISE EXCEPTION 'unknown method "%"', method
			USING ERRCODE = '22023', HINT = 'Accepted methods: "score". The extension nps has more.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION nps_groups_row(groups bigint[], confidence float8)
	RETURNS nps_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	z float8 := nps_confidence_z(confidence);
	responses bigint := groups[1] + groups[2] + groups[3];
	p float8; m float8; d float8; theta float8; n float8; points float8;
BEGIN
	IF responses = 0 THEN
		RETURN '(,,,0,0,0,0,,,,,)'::nps_result;
	END IF;
	n := responses;
	p := groups[1] / n;
	m := groups[2] / n;
	d := groups[3] / n;
	theta := (groups[1] - groups[3]) / n;
	-- One division: 100 * (29 / 100.0) is 28.999999999999996. The limits are measured from the score, so that
	-- rounding cannot carry them across it.
	points := greatest(-100, least(100, 100::float8 * (groups[1] - groups[3]) / n));
	RETURN ROW(points,
		greatest(-100, points + 100 * (greatest(-1, theta - nps_limit_distance(d, m, p, -theta, n, z)) - theta)),
		least(100, points + 100 * (least(1, theta + nps_limit_distance(p, m, d, theta, n, z)) - theta)),
		responses, groups[1], groups[2], groups[3],
		least(100, 100::float8 * groups[1] / n), least(100, 100::float8 * groups[2] / n), least(100, 100::float8 * groups[3] / n),
		100 * sqrt((m * (p + d) + 4 * p * d) / n), n);
END $$;

-- The final function of every nps(): a 95 % score interval.
CREATE OR REPLACE FUNCTION nps_final(state bigint[]) RETURNS nps_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
	AS $$ BEGIN RETURN nps_groups_row(nps_groups(state), 0.95); END $$;

CREATE OR REPLACE FUNCTION nps_tally_final(state numeric) RETURNS nps_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN nps_groups_row(ARRAY[mod(state, 1e20), mod(div(state, 1e20), 1e20), div(state, 1e40)]::bigint[], 0.95);
END $$;

-- At any confidence and cut-offs.
CREATE OR REPLACE FUNCTION nps_estimate(
		summary nps_summary, confidence float8 DEFAULT 0.95, method text DEFAULT 'score',
		detractor_max integer DEFAULT 6, promoter_min integer DEFAULT 9)
	RETURNS nps_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	groups bigint[] := '{0,0,0}';
	category integer;
BEGIN
	PERFORM nps_check_method(method);
	IF NOT (0 <= detractor_max AND detractor_max < promoter_min AND promoter_min <= 10) THEN
		RAISE EXCEPTION 'cut-offs % and % are out of order', detractor_max, promoter_min
			USING ERRCODE = '22023', HINT = '0 <= detractor_max < promoter_min <= 10 is accepted.';
	END IF;
	FOR score IN 0..10 LOOP
		category := CASE WHEN score >= promoter_min THEN 1 WHEN score > detractor_max THEN 2 ELSE 3 END;
		groups[category] := groups[category] + summary[score + 1];
	END LOOP;
	RETURN nps_groups_row(groups, confidence);
END $$;

-- A ready-made count, which sum() gives as numeric; 22003 for a fraction, a negative or a value beyond bigint.
CREATE OR REPLACE FUNCTION nps_count(count numeric) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF count <> trunc(count) OR count > 9223372036854775807 THEN
		RAISE EXCEPTION '% is not a count of responses', count
			USING ERRCODE = '22003', DETAIL = 'A count is a whole number that fits type bigint.';
	END IF;
	IF count < 0 THEN
		RAISE EXCEPTION 'a count of responses cannot be negative' USING ERRCODE = '22003';
	END IF;
	RETURN count;
END $$;

CREATE OR REPLACE FUNCTION nps_from_counts(
		promoters numeric, passives numeric, detractors numeric,
		confidence float8 DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	PERFORM nps_check_method(method);
	RETURN nps_groups_row(ARRAY[nps_count(promoters), nps_count(passives), nps_count(detractors)], confidence);
END $$;

-- A test in points. An infinite statistic is NULL, and its p-value 0.
CREATE OR REPLACE FUNCTION nps_test_row(
		points float8, difference float8, lower float8, upper float8, standard_error float8, z float8, confidence float8)
	RETURNS nps_test_result LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	p_value float8 := coalesce(nps_two_sided_p(z), 0);
BEGIN
	RETURN ROW(points, greatest(-200, points + 100 * (lower - difference)), least(200, points + 100 * (upper - difference)),
		100 * standard_error, z, p_value, p_value < 1 - confidence);
END $$;

-- Is the score of one survey another than that of the other? a minus b.
CREATE OR REPLACE FUNCTION nps_test(a nps_summary, b nps_summary, confidence float8 DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	groups_a bigint[] := nps_groups(a);
	groups_b bigint[] := nps_groups(b);
	net_a numeric := groups_a[1] - groups_a[3];
	net_b numeric := groups_b[1] - groups_b[3];
	n_a numeric := groups_a[1] + groups_a[2] + groups_a[3];
	n_b numeric := groups_b[1] + groups_b[2] + groups_b[3];
	-- Of exact products: -1 point must not become -1.0000000000000009.
	net float8 := net_a * n_b - net_b * n_a;
	total float8 := n_a * n_b;
	z float8 := nps_confidence_z(confidence);
	of_a float8[]; of_b float8[]; equal float8[]; standard_error float8;
BEGIN
	PERFORM nps_check_method(method);
	IF total = 0 THEN
		RETURN '(,,,,,,)'::nps_test_result;
	END IF;
	of_a := nps_survey(groups_a);
	of_b := nps_survey(groups_b);
	equal := nps_balance(of_a, of_b, 0, (net_a + net_b)::float8 / (n_a + n_b)::float8);
	standard_error := sqrt((equal[1] / of_a[5] + equal[3] / of_b[5]) * ((of_a[5] + of_b[5]) / (of_a[5] + of_b[5] - 1)));
	RETURN nps_test_row(100 * net / total, net / total,
		nps_difference_limit(of_a, of_b, net / total, z, -1), nps_difference_limit(of_a, of_b, net / total, z, 1),
		standard_error, CASE WHEN net = 0 THEN 0 ELSE net / total / nullif(standard_error, 0) END, confidence);
END $$;

-- Is it another than a benchmark, in points?
CREATE OR REPLACE FUNCTION nps_test(
		a nps_summary, benchmark float8, confidence float8 DEFAULT 0.95, method text DEFAULT 'score')
	RETURNS nps_test_result LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	survey nps_result := nps_estimate(a, confidence, method);
	-- Nothing so near to 0 that its square leaves the range of a float.
	target float8 := CASE WHEN abs(benchmark) < 1e-100 THEN 0 ELSE benchmark END;
	points float8 := survey.nps - target;
	promoters float8;
	detractors float8;
	variance float8;
BEGIN
	IF NOT (benchmark >= -100 AND benchmark <= 100) THEN
		RAISE EXCEPTION 'benchmark must lie between -100 and 100, not %', benchmark
			USING ERRCODE = '22023', HINT = 'Give the benchmark in points, as nps() does.';
	END IF;
	IF survey.responses = 0 THEN
		RETURN '(,,,,,,)'::nps_test_result;
	END IF;
	promoters := survey.promoters / survey.effective_responses;
	detractors := survey.detractors / survey.effective_responses;
	variance := nps_constrained_variance(nps_constrained_share(promoters, detractors, target / 100), target / 100);
	RETURN nps_test_row(points, points / 100, points / 100 + (survey.ci_lower - survey.nps) / 100,
		points / 100 + (survey.ci_upper - survey.nps) / 100, survey.standard_error / 100,
		CASE WHEN points = 0 THEN 0 ELSE points / 100 * (sqrt(survey.effective_responses) / nullif(sqrt(variance), 0)) END, confidence);
END $$;

-- The answers needed for an interval of +- margin points, of a population of that size where it is given.
CREATE OR REPLACE FUNCTION nps_sample_size(
		margin float8, confidence float8 DEFAULT 0.95,
		promoter_pct float8 DEFAULT 50, detractor_pct float8 DEFAULT 50, population bigint DEFAULT NULL)
	RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	p float8 := promoter_pct / 100;
	d float8 := detractor_pct / 100;
	z float8; variance float8; responses float8;
BEGIN
	IF margin IS NULL OR confidence IS NULL OR p IS NULL OR d IS NULL THEN
		RETURN NULL;
	END IF;
	IF NOT (margin > 0) OR margin IN ('NaN', 'Infinity') THEN
		RAISE EXCEPTION 'margin must be above 0, not %', margin
			USING ERRCODE = '22023', HINT = 'Give the points by which the score may be off, such as 5.';
	END IF;
	z := nps_confidence_z(confidence);
	IF NOT (promoter_pct >= 0 AND detractor_pct >= 0 AND promoter_pct + least(detractor_pct, 200) <= 100) THEN
		RAISE EXCEPTION '% %% promoters and % %% detractors are not shares of one survey', promoter_pct, detractor_pct
			USING ERRCODE = '22023', HINT = 'Give percentages from 0 to 100 that add up to no more than 100.';
	END IF;
	IF population < 1 THEN
		RAISE EXCEPTION 'population must be at least 1, not %', population
			USING ERRCODE = '22023', HINT = 'Leave it out, or NULL, where it is large or not known.';
	END IF;
	variance := greatest(0, (100 - promoter_pct - detractor_pct) / 100) * (p + d) + 4 * p * d;
	-- Nothing whose square leaves the range of a float; no answer can tell.
	margin := least(greatest(margin, 1e-100), 1e10);
	-- Where all are expected to answer alike, as many as bring the farther limit of the score interval that near.
	responses := CASE WHEN variance = 0 THEN z * z * greatest(0, 100 * (1 + abs(p - d)) / margin - 1)
		ELSE (100 * z / margin) ^ 2 * variance END;
	IF population IS NOT NULL AND responses > 1 THEN
		responses := least(responses / (1 + (responses - 1) / population), population);
	END IF;
	IF responses >= 9223372036854775807 THEN
		RAISE EXCEPTION 'the number of responses does not fit type bigint' USING ERRCODE = '22003';
	END IF;
	RETURN greatest(1, ceil(responses));
END $$;

--
-- Figures for people
--

-- A figure rounded, half away from zero; NaN and infinity, which rows made by hand may hold, are 22003.
CREATE OR REPLACE FUNCTION nps_figure(figure float8, digits integer) RETURNS numeric LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF figure IN ('NaN', 'Infinity', '-Infinity') THEN
		RAISE EXCEPTION 'a figure cannot be %', figure USING ERRCODE = '22003';
	END IF;
	RETURN round(figure::numeric, digits);
END $$;

-- The same as a float; one that has no more digits than that stays as it is.
CREATE OR REPLACE FUNCTION nps_rounded(figure float8, digits integer) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE WHEN abs(figure) >= 1e15 / 10::float8 ^ least(greatest(digits, -290), 300) AND abs(figure) < 'Infinity' THEN figure
		ELSE nps_figure(figure, digits)::float8 END
$$;

CREATE OR REPLACE FUNCTION nps_round(result nps_result, digits integer DEFAULT 1) RETURNS nps_result LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT nps_rounded(result.nps, digits), nps_rounded(result.ci_lower, digits), nps_rounded(result.ci_upper, digits),
		result.responses, result.promoters, result.passives, result.detractors,
		nps_rounded(result.promoter_pct, digits), nps_rounded(result.passive_pct, digits), nps_rounded(result.detractor_pct, digits),
		nps_rounded(result.standard_error, digits), nps_rounded(result.effective_responses, digits)
$$;

-- A probability is small where it matters: it keeps three digits more.
CREATE OR REPLACE FUNCTION nps_round(test nps_test_result, digits integer DEFAULT 1) RETURNS nps_test_result
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT nps_rounded(test.difference, digits), nps_rounded(test.ci_lower, digits), nps_rounded(test.ci_upper, digits),
		nps_rounded(test.standard_error, digits), nps_rounded(test.z, digits), nps_rounded(test.p_value, least(digits, 1000) + 3),
		test.significant
$$;

-- One readable cell: 48.4 [44.0, 52.5] n=889
CREATE OR REPLACE FUNCTION nps_format(result nps_result, digits integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT concat_ws(' ', nps_figure(result.nps, digits),
		'[' || nps_figure(result.ci_lower, digits) || ', ' || nps_figure(result.ci_upper, digits) || ']',
		'n=' || coalesce(result.responses, 0))
$$;

CREATE OR REPLACE FUNCTION nps_format(summary nps_summary, digits integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS 'SELECT nps_format(nps_final(summary), digits)';

-- -21.1 [-37.5, -4.7] p=0.012
CREATE OR REPLACE FUNCTION nps_format(test nps_test_result, digits integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE WHEN test.difference IS NULL THEN 'n=0'
		ELSE concat_ws(' ', nps_figure(test.difference, digits),
			'[' || nps_figure(test.ci_lower, digits) || ', ' || nps_figure(test.ci_upper, digits) || ']',
			CASE WHEN test.p_value IS NULL THEN 'p unknown' WHEN test.p_value < 0.001 THEN 'p<0.001'
				ELSE 'p=' || nps_figure(test.p_value, 3) END) END
$$;

CREATE OR REPLACE FUNCTION nps_rating(nps float8) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF NOT (nps >= -100 AND nps <= 100) THEN
		RAISE EXCEPTION 'a Net Promoter Score lies between -100 and 100, not at %', nps USING ERRCODE = '22003';
	END IF;
	RETURN CASE WHEN nps < 0 THEN 'negative' WHEN nps < 30 THEN 'low' WHEN nps < 50 THEN 'satisfactory' ELSE 'excellent' END;
END $$;

CREATE OR REPLACE FUNCTION nps_rating(result nps_result) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT nps_rating(result.nps)';

-- Characters of one category: a shade of Unicode, or a plain character in a database of another encoding.
CREATE OR REPLACE FUNCTION nps_shade(category integer, width integer) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF getdatabaseencoding() = 'UTF8' THEN
		RETURN repeat(chr((ARRAY[9617, 9618, 9608])[category]), width);
	END IF;
	RETURN repeat((ARRAY['.', '+', '#'])[category], width);
END $$;

-- Detractors, passives and promoters in exactly width characters: the ends of the parts are rounded, not their lengths.
CREATE OR REPLACE FUNCTION nps_bar(result nps_result, width integer DEFAULT 20) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	detractors integer; passives integer;
BEGIN
	IF width NOT BETWEEN 1 AND 1000 THEN
		RAISE EXCEPTION 'width % is not between 1 and 1000', width
			USING ERRCODE = '22023', HINT = 'Give the number of characters of the bar.';
	END IF;
	IF result.detractor_pct IS NULL OR result.promoter_pct IS NULL THEN
		RETURN repeat(' ', width);
	END IF;
	IF NOT (result.detractor_pct >= 0 AND result.promoter_pct >= 0
			AND result.detractor_pct + result.promoter_pct <= 100 * (1 + 1e-9)) THEN
		RAISE EXCEPTION '% %% promoters and % %% detractors are not shares of one survey', result.promoter_pct, result.detractor_pct
			USING ERRCODE = '22003';
	END IF;
	detractors := round(result.detractor_pct / 100 * width);
	passives := round((100 - result.promoter_pct) / 100 * width) - detractors;
	RETURN nps_shade(1, detractors) || nps_shade(2, passives) || nps_shade(3, width - detractors - passives);
END $$;

CREATE OR REPLACE FUNCTION nps_bar(summary nps_summary, width integer DEFAULT 20) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS 'SELECT nps_bar(nps_final(summary), width)';

-- Eleven rows, each with a bar in proportion to the most frequent score.
CREATE OR REPLACE FUNCTION nps_histogram(summary nps_summary) RETURNS TABLE (score nps_score, responses bigint, pct float8, bar text)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 11 AS $$
	SELECT (counted.place - 1)::smallint, counted.count,
		100::float8 * counted.count / nullif(nps_responses(summary), 0),
		nps_shade(CASE WHEN counted.place <= 7 THEN 1 WHEN counted.place <= 9 THEN 2 ELSE 3 END,
			CASE WHEN counted.count > 0
				THEN greatest(1, round(counted.count::float8 / max(counted.count) OVER () * 20))::integer ELSE 0 END)
	FROM unnest(summary) WITH ORDINALITY AS counted (count, place)
	ORDER BY counted.place
$$;

-- The casts take the score out of a result.
CREATE OR REPLACE FUNCTION nps_result_to_float8(result nps_result) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT result.nps';
CREATE OR REPLACE FUNCTION nps_result_to_numeric(result nps_result) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS 'SELECT result.nps::numeric';

DO $$ BEGIN
	CREATE CAST (nps_result AS float8) WITH FUNCTION nps_result_to_float8(nps_result);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN
	CREATE CAST (nps_result AS numeric) WITH FUNCTION nps_result_to_numeric(nps_result);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

--
-- The aggregates, for every type of number and for summaries
--

DO $$
DECLARE
	input text; step text; back text; name text; final text;
BEGIN
	FOR input, step, back IN VALUES
		('smallint', 'nps_accum', 'nps_accum_inv'), ('integer', 'nps_accum', 'nps_accum_inv'), ('bigint', 'nps_accum', 'nps_accum_inv'),
		('numeric', 'nps_accum', 'nps_accum_inv'), ('float8', 'nps_accum', 'nps_accum_inv'), ('nps_summary', 'nps_add', 'nps_subtract')
	LOOP
		FOR name, final IN VALUES ('nps', 'nps_final'), ('nps_agg', 'nps_as_summary') LOOP
			EXECUTE format('CREATE OR REPLACE AGGREGATE %s(%s) (%s,
				MSFUNC = %s, MINVFUNC = %s, MSTYPE = bigint[], MFINALFUNC = %s, MINITCOND = ''{0,0,0,0,0,0,0,0,0,0,0}'', PARALLEL = SAFE)',
				name, input, CASE WHEN name = 'nps' AND step = 'nps_accum'
					THEN 'SFUNC = nps_tally, STYPE = numeric, FINALFUNC = nps_tally_final, COMBINEFUNC = numeric_add, INITCOND = ''0'''
					ELSE format('SFUNC = %s, STYPE = bigint[], FINALFUNC = %s, COMBINEFUNC = nps_add, INITCOND = ''{0,0,0,0,0,0,0,0,0,0,0}''',
						step, final) END, step, back, final);
		END LOOP;
	END LOOP;
END $$;

-- Functions that call others find them wherever the caller's search_path leads; those that PostgreSQL puts in line
-- of a query, and those that are called for every row, call none.
DO $$
DECLARE
	entry regprocedure;
BEGIN
	FOR entry IN
		SELECT oid FROM pg_proc
		WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND prokind = 'f'
			AND proname IN ('nps_category', 'nps_points', 'nps_parse', 'nps_as_summary', 'nps_summary_add', 'nps_summary_subtract',
				'nps_final', 'nps_tally_final', 'nps_estimate', 'nps_from_counts', 'nps_test', 'nps_sample_size', 'nps_round',
				'nps_format', 'nps_rating', 'nps_bar', 'nps_histogram')
	LOOP
		EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', entry, current_schema());
	END LOOP;
END $$;
