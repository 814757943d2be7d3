# The script of hosted/ against the extension: a role that owns nothing but its schema installs it; every reference value of the
# methods that it has, random surveys, labels and windows, and errors by their SQLSTATE, in one database with the
# script alone and another with the extension; the pages' queries unchanged; moving over; and removal.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

$ENV{PGCLIENTENCODING} = 'UTF8';
my $node = PostgreSQL::Test::Cluster->new('hosted');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "autovacuum = off\n");
$node->start;

# What psql prints, and what it complains of, of a script in a database, as a role where one is given.
sub run_script
{
	my ($database, $script, @options) = @_;
	my ($stdout, $stderr) = ('', '');
	IPC::Run::run([ 'psql', '-X', '-q', '-d', $node->connstr($database), @options, '-f', '-' ],
		'<', \$script, '>', \$stdout, '2>', \$stderr);
	return ($stdout, $stderr);
}

# The rows of a query as psql prints them unaligned, from a database that must not complain.
sub rows_of
{
	my ($database, $query) = @_;
	my ($stdout, $stderr) = run_script($database, $query, '-At');
	is($stderr, '', "$database: no complaint") if $stderr ne '';
	return split /\n/, $stdout;
}

# --- installed by a role that owns only its schema ---------------------------------------------------------

# A name that has to be quoted.
my $schema = '"the survey team"';
$node->safe_psql('postgres', 'CREATE ROLE tenant LOGIN; CREATE ROLE reader LOGIN; CREATE DATABASE script; CREATE DATABASE extension');
$node->safe_psql('script', "REVOKE ALL ON DATABASE script FROM PUBLIC; GRANT CONNECT ON DATABASE script TO PUBLIC;
	REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE SCHEMA $schema AUTHORIZATION tenant; GRANT USAGE ON SCHEMA $schema TO reader;
	ALTER DATABASE script SET search_path = $schema, public");
$node->safe_psql('extension', 'CREATE EXTENSION nps');

my @as_tenant = ('-U', 'tenant', '-1', '-v', 'ON_ERROR_STOP=1');
foreach my $run ('first', 'second')
{
	is(join('', run_script('script', '\i hosted/nps.sql', @as_tenant)), '', "the script runs for a role that owns its schema alone: $run time");
}
is($node->safe_psql('script', "SELECT count(*) FROM pg_extension WHERE extname = 'nps'"), 0, 'there is no extension');
is($node->safe_psql('script', "SELECT count(*) FROM pg_proc WHERE proname LIKE 'nps%' AND (pronamespace <> '$schema'::regnamespace
	OR prokind IN ('f', 'a') AND (provolatile <> 'i' OR proparallel <> 's') OR prosecdef)"), 0, 'all of it is in the schema, immutable and parallel safe');
is((run_script('script', "SET search_path = ''; SELECT $schema.nps_format($schema.nps(score)), $schema.nps_bar($schema.nps_agg(score), 4),
	$schema.nps_points(9), $schema.nps_parse('9 - likely'), $schema.nps_test($schema.nps_agg(score), 50) IS NULL
	FROM (VALUES (9), (10), (7), (2)) v (score)", '-U', 'reader', '-At'))[0], "25.0 [-50.5, 77.8] n=4|\x{e2}\x{96}\x{91}\x{e2}\x{96}\x{92}\x{e2}\x{96}\x{88}\x{e2}\x{96}\x{88}|100|9|f\n",
	'another role uses it with no search_path at all');

# --- reference values --------------------------------------------------------------------------------------

$node->safe_psql('script', q(
	CREATE FUNCTION public.survey(promoters bigint, passives bigint, detractors bigint) RETURNS nps_summary LANGUAGE sql AS
		$$ SELECT ARRAY[detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]::bigint[]::nps_summary $$;
	-- How far a figure is from a reference value: 0 where that is no number, since the figure does not exist.
	CREATE FUNCTION public.off(figure double precision, reference double precision) RETURNS double precision LANGUAGE sql AS
		$$ SELECT CASE WHEN reference IS NULL THEN 0 WHEN figure IS NULL THEN 'Infinity' ELSE abs(figure - reference) END $$));
foreach my $name (qw(intervals differences benchmark_tests))
{
	my $rows = slurp_file("test/unit/$name.csv");
	my ($header) = $rows =~ /^([^\r\n]*)/;
	my $columns = join(', ', map { "$_ text" } split /,/, $header);
	$node->safe_psql('script', "CREATE TABLE public.$name ($columns); COPY $name FROM STDIN (FORMAT csv, HEADER);\n$rows\\.\n");
}

# What is below the range of a float is 0 to one.
$node->safe_psql('script', q(UPDATE benchmark_tests SET p_score = 0 WHERE p_score ~ 'e-\d{4,}|e-[4-9]\d\d'));

# A query gives a number of rows and then worst deviations, each of which must stay within its tolerance.
sub check
{
	my ($name, $expected_rows, $tolerances, $query) = @_;
	my ($rows, @worst) = split /\|/, $node->safe_psql('script', $query);
	is($rows, $expected_rows, "$name: all rows of the score method are checked");
	cmp_ok($worst[$_], '<=', $tolerances->[$_], "$name: deviation $_ within $tolerances->[$_]") for 0 .. $#$tolerances;
	diag("$name: $rows rows, worst deviations @worst");
	return;
}

check('intervals', 225, [ 1e-9, 1e-9 ], q(
	SELECT count(*), max(greatest(off(r.ci_lower, lower::float8), off(r.ci_upper, upper::float8))),
		max(greatest(off(s.ci_lower, lower::float8), off(s.ci_upper, upper::float8)))
	FROM intervals i, nps_from_counts(i.promoters::bigint, i.passives::bigint, i.detractors::bigint, conf::float8) r,
		nps_estimate(survey(i.promoters::bigint, i.passives::bigint, i.detractors::bigint), conf::float8) s
	WHERE method = 'score'));

# Beyond 10^8 responses the reference's z is good to 1e-6 and its p to 1e-7.
check('differences', 69, [ 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-6, 1e-7 ], q(
	SELECT count(*), max(off(t.difference, diff::float8)), max(off(t.standard_error, se::float8)),
		max(greatest(off(t.ci_lower, greatest(-200, lower::float8)), off(t.ci_upper, least(200, upper::float8)))),
		max(off(t.z, d.z::float8)) FILTER (WHERE NOT large), max(off(t.p_value, d.p_value::float8)) FILTER (WHERE NOT large),
		max(off(t.z, d.z::float8)) FILTER (WHERE large), max(off(t.p_value, d.p_value::float8)) FILTER (WHERE large)
	FROM (SELECT *, a_promoters::float8 + a_passives::float8 + a_detractors::float8 > 1e8 AS large FROM differences) d,
		nps_test(survey(a_promoters::bigint, a_passives::bigint, a_detractors::bigint),
			survey(b_promoters::bigint, b_passives::bigint, b_detractors::bigint), conf::float8) t
	WHERE method = 'score'));
check('benchmark_tests', 60, [ 1e-9, 1e-9, 1e-9, 1e-6, 1e-7 ], q(
	SELECT count(*), max(off(t.difference, nps::float8 - benchmark::float8)),
		max(off(t.z, z_score::float8)) FILTER (WHERE NOT large), max(off(t.p_value, p_score::float8)) FILTER (WHERE NOT large),
		max(off(t.z, z_score::float8)) FILTER (WHERE large), max(off(t.p_value, p_score::float8)) FILTER (WHERE large)
	FROM (SELECT *, promoters::float8 + passives::float8 + detractors::float8 > 1e8 AS large FROM benchmark_tests) b,
		nps_test(survey(promoters::bigint, passives::bigint, detractors::bigint), benchmark::float8) t));

# --- random surveys, against the extension -----------------------------------------------------------------

# Both databases draw the same: counts of many sizes, many of them 0, at several confidences.
my $surveys = q(SELECT setseed(0.25);
	CREATE TABLE public.surveys AS
	SELECT i, confidence, ARRAY(SELECT CASE WHEN random() < sparse THEN 0 ELSE floor(random() * 10 ^ size)::bigint END
		FROM generate_series(1, 11) WHERE i = i) AS counts
	FROM (SELECT i, random() ^ 0.5 AS sparse, CASE WHEN i % 3 = 0 THEN random() * 9 ELSE random() * 3 END AS size,
		(ARRAY[0.95, 0.5, 0.8, 0.9, 0.99, 0.999999, 1e-9, 0.95])[1 + i % 8]::float8 AS confidence FROM generate_series(1, 20000) i) drawn;
	CREATE TABLE public.asked AS
	SELECT i, i / 25 AS survey, i % 7 AS segment, CASE WHEN random() < 0.1 THEN NULL ELSE floor(11 * random() ^ 0.4)::integer END AS score
	FROM generate_series(0, 24999) i);
$node->safe_psql($_, $surveys) foreach qw(script extension);

# Rows of figures from both: the same NULLs, words and counts, and figures as near as a sum of doubles is.
sub same_figures
{
	my ($what, $query) = @_;
	my @script = rows_of('script', $query);
	my @extension = rows_of('extension', $query);
	my ($worst, @differing) = (0);

	is(scalar(@script), scalar(@extension), "$what: as many rows");
	foreach my $i (0 .. $#extension)
	{
		my @of_script = split /\|/, $script[$i] // '', -1;
		my @of_extension = split /\|/, $extension[$i], -1;
		my $same = @of_script == @of_extension;
		foreach my $j (0 .. $#of_extension)
		{
			next if !$same || $of_script[$j] eq $of_extension[$j];
			my $number = qr/^-?\d+(?:\.\d*)?(?:e[-+]?\d+)?$/;
			if ($of_script[$j] !~ $number || $of_extension[$j] !~ $number) { $same = 0; next; }
			my $scale = abs($of_extension[$j]) > 1 ? abs($of_extension[$j]) : 1;
			my $deviation = abs($of_script[$j] - $of_extension[$j]) / $scale;
			$worst = $deviation if $deviation > $worst;
			$same = 0 if $deviation > 1e-9;
		}
		push @differing, "script: $script[$i]\nextension: $extension[$i]" unless $same;
	}
	is(join("\n", @differing[ 0 .. ($#differing > 2 ? 2 : $#differing) ]), '', "$what: as the extension says");
	diag("$what: " . @extension . " rows, worst deviation $worst");
	return;
}

same_figures('estimates', 'SELECT i, r.* FROM surveys, nps_estimate(counts::nps_summary, confidence) r ORDER BY i');
same_figures('estimates at other cut-offs', q(SELECT i, r.* FROM surveys, nps_estimate(counts::nps_summary, confidence, 'score', i % 9, i % 9 + 1 + i % 2) r
	WHERE i <= 1000 ORDER BY i));
# Beyond 1,000 standard errors the score of a hypothesis is nearer to 100 than doubles can tell, and z is rough in both.
my $test = 'difference, ci_lower, ci_upper, standard_error, CASE WHEN abs(z) < 1000 THEN z END AS z, z IS NULL AS infinite, p_value, significant';
same_figures('tests of two surveys', "SELECT a.i, t.* FROM surveys a JOIN surveys b ON b.i = a.i + 1,
	LATERAL (SELECT $test FROM nps_test(a.counts::nps_summary, b.counts::nps_summary, a.confidence)) t WHERE a.i <= 3000 ORDER BY 1");
same_figures('tests against a benchmark', 'SELECT i, t.* FROM surveys, nps_test(counts::nps_summary, (i % 201 - 100)::float8, confidence) t WHERE i <= 3000 ORDER BY 1');
same_figures('corners', qq(SELECT a, b, confidence, r.*, t.*, u.* FROM unnest(ARRAY['{0,0,0,0,0,0,0,0,0,0,0}', '{1,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,1,0,0,0}',
		'{0,0,0,0,0,0,0,0,0,0,1}', '{50,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,50,0,0,0}', '{0,0,0,0,0,0,0,0,0,0,50}', '{1,0,0,0,0,0,0,0,0,0,1}',
		'{1,0,0,0,0,0,0,1,0,0,0}', '{0,0,0,0,0,0,0,1,0,0,1}', '{333,0,0,0,0,0,0,334,0,0,333}',
		'{1,0,0,0,0,0,0,1000000000,0,0,1}', '{1000000000,0,0,0,0,0,0,0,0,0,1000000000}']::nps_summary[]) WITH ORDINALITY AS a (a, i),
		unnest(ARRAY['{0,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,0,0,0,1}', '{3,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,7,0,0,0}', '{1,0,0,0,0,0,0,2,0,0,3}']::nps_summary[]) WITH ORDINALITY AS b (b, j),
		unnest(ARRAY[0.95, 1e-300, 0.5, 0.999999999]::float8[]) WITH ORDINALITY AS c (confidence, k),
		nps_estimate(a, confidence) r, LATERAL (SELECT $test FROM nps_test(a, b, confidence)) t, nps_test(a, (ARRAY[0, 100, -100, 50, 1e-310])[j]::float8, confidence) u
	ORDER BY i, j, k));
same_figures('the largest surveys', q(SELECT a, r.*, t.* FROM unnest(ARRAY['{9223372036854775807,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0,9223372036854775807,0,0,0}',
	'{0,0,0,0,0,0,0,0,0,0,9223372036854775807}', '{3000000000000000000,0,0,0,0,0,0,3000000000000000000,0,0,3000000000000000000}']::nps_summary[]) a,
	nps_estimate(a) r, nps_test(a, 3) t));

# --- what aggregates and displays print ----------------------------------------------------------------------

sub same_rows
{
	my ($what, $query) = @_;
	my @extension = rows_of('extension', $query);
	cmp_ok(scalar(@extension), '>', 0, "$what: there are rows");
	is(join("\n", rows_of('script', $query)), join("\n", @extension), "$what: as the extension prints");
	return;
}

same_rows('groups', 'SELECT survey, nps_agg(score), nps_format(nps(score)), nps_round(nps(score)), nps_agg(DISTINCT score), nps_agg(score) FILTER (WHERE i % 2 = 0)
	FROM asked GROUP BY survey ORDER BY survey');
same_rows('every type', q(SELECT pg_typeof(nps_agg(score::smallint))::regtype::text ~ 'nps_summary$', nps_agg(score::smallint), nps_agg(score::bigint), nps_agg(score::numeric(4, 2)),
	nps_agg(score::real), nps_agg(score::double precision), nps_agg(score::nps_score), nps_format(nps(score::nps_score)), nps_format(nps(score::numeric)), nps_format(nps(score::bigint)), nps_format(nps(score::real)) FROM asked));
same_rows('grouping sets', 'SELECT segment, survey % 4, nps_agg(score), nps_format(nps_agg(score), 3) FROM asked GROUP BY CUBE (segment, survey % 4) ORDER BY 1, 2');
same_rows('windows', q(SELECT i, nps_agg(score) OVER few, nps(score) OVER few IS NULL, nps_format(nps(score) OVER apart, 2) FROM asked WHERE i < 1000
	WINDOW few AS (ORDER BY i ROWS 6 PRECEDING), apart AS (PARTITION BY segment ORDER BY i ROWS BETWEEN 9 PRECEDING AND 2 PRECEDING EXCLUDE CURRENT ROW) ORDER BY i));
same_rows('summaries', q(WITH days AS (SELECT survey, nps_agg(score) AS summary FROM asked GROUP BY survey)
	SELECT survey, nps_agg(summary) OVER w, nps_format(nps(summary) OVER w), summary + summary, (summary + summary) - summary = summary, nps_responses(summary), nps_mean(summary), nps_counts(summary)
	FROM days WINDOW w AS (ORDER BY survey ROWS 3 PRECEDING) ORDER BY 1));
same_rows('no rows', 'SELECT nps(score), nps_agg(score), nps_format(nps(score)), nps_bar(nps_agg(score), 3), nps_rating(nps(score)), nps_mean(nps_agg(score)), nps_test(nps_agg(score), 3), nps_format(nps_test(nps_agg(score), 3)) FROM asked WHERE false');
same_rows('displays', q(SELECT i, nps_bar(counts::nps_summary), nps_bar(nps_estimate(counts::nps_summary), 7), nps_rating(nps_estimate(counts::nps_summary)), nps_format(counts::nps_summary, 0),
		nps_format(nps_test(counts::nps_summary, 20), 2), nps_round(nps_test(counts::nps_summary, 20), 2), nps_round(nps_estimate(counts::nps_summary), i % 9 - 3), nps_estimate(counts::nps_summary)::numeric
	FROM surveys WHERE i <= 500 ORDER BY i));
same_rows('histograms', 'SELECT i, h.* FROM surveys, nps_histogram(counts::nps_summary) h WHERE i <= 100 ORDER BY i, h.score');
same_rows('responses', q(SELECT score, nps_category(score), nps_points(score), nps_is_detractor(score), nps_is_passive(score), nps_is_promoter(score), nps_is_promoter(score::smallint),
	nps_category(score::nps_score), score::nps_score = score, score::nps_score + 1, to_json(score::nps_score) FROM generate_series(0, 10) score));
same_rows('beyond scores', 'SELECT score, nps_is_detractor(score), nps_is_passive(score), nps_is_promoter(score) FROM unnest(ARRAY[-1, 11, NULL]) score');
same_rows('sample sizes', q(SELECT margin, confidence, population, nps_sample_size(margin, confidence, population => population), nps_sample_size(margin, confidence, 30, 10, population), nps_sample_size(margin, confidence, 0, 0, population),
		nps_sample_size(margin, confidence, 100, 0, population), nps_sample_size(margin, confidence, 20, 80, population)
	FROM unnest(ARRAY[0.01, 1, 3, 5, 10, 200, 1e200]) margin, unnest(ARRAY[0.5, 0.95, 0.999]) confidence, unnest(ARRAY[NULL, 1, 7, 1000, 1000000]) population));
same_rows('sample sizes of all', 'SELECT nps_sample_size(margin, population => 1000), nps_sample_size(margin, 0.95, 0, 100, 1000) FROM unnest(ARRAY[1e-300, 1e-9, 1e300]) margin');
is($node->safe_psql('script', 'SELECT nps_sample_size(5, promoter_pct => 100, detractor_pct => 0), nps_sample_size(5, promoter_pct => 0, detractor_pct => 0)'), '150|73',
	'where all are to answer alike: z^2 (40 - 1) and z^2 (20 - 1)');
same_rows('NULL', q(SELECT nps_parse(NULL), nps_category(NULL::integer), nps_estimate(NULL::nps_summary), nps_test(NULL::nps_summary, '{0,0,0,0,0,0,0,0,0,0,1}'::nps_summary), nps_sample_size(NULL), nps_sample_size(NULL, 95),
	nps_format(NULL::nps_result), nps_from_counts(NULL, 1, 1), nps_responses(NULL), NULL::nps_score, NULL::nps_summary));

# The condition of a predicate uses an index, as the extension's does.
$node->safe_psql('script', 'CREATE TABLE public.indexed AS SELECT (i % 11)::smallint::nps_score AS score FROM generate_series(1, 1000) i; CREATE INDEX ON indexed (score)');
like($node->safe_psql('script', 'SET enable_seqscan = off; EXPLAIN SELECT * FROM indexed WHERE nps_is_promoter(score)'), qr/Index Cond: .*>= 9/, 'a predicate uses an index');
like($node->safe_psql('script', 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; EXPLAIN SELECT nps(score) FROM asked'),
	qr/Partial Aggregate/, 'workers share the counting');
same_rows('workers', 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SELECT nps_agg(score), nps_format(nps(score)) FROM asked');

# --- labels and errors -----------------------------------------------------------------------------------------

# outcome(query): what it gives, or the SQLSTATE and the message.
$node->safe_psql($_, q(CREATE FUNCTION public.outcome(query text, VARIADIC args text[] DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
	DECLARE result text;
	BEGIN
		EXECUTE query INTO result USING args[1];
		RETURN coalesce(result, 'NULL');
	EXCEPTION WHEN OTHERS THEN
		RETURN SQLSTATE || CASE WHEN SQLERRM ~ 'nps|survey|confidence|cut-offs|width|count|margin|benchmark|population' THEN ' ' || regexp_replace(SQLERRM, ':.*', '') ELSE '' END;
	END $$)) foreach qw(script extension);
same_rows('labels', q(SELECT label, regexp_replace(outcome('SELECT nps_parse($1)', label), ' .*', '') FROM unnest(ARRAY['10 - Extremely likely', '10 (Very Likely)', '10/10', '7/10 stars', '9.0', '9.00 - good',
	' 7 ', '0: Not at all', '', ' ', '#ERROR!', 'Score: 7', '11 - no', '-1', '+5', '-0', '--5', '8.5 stars', '8.05', '9,5', '7-8', '7th', '7_', '9, 10', '7/5', '7/100', '7 / 10', '70 %', '7 %', '7 (8)', '7 [8', '7 or 8',
	'007', '0000000000000000000000010', '99999999999999999999', '1e1', '.5', ',5', '-.5', '5.', '5. good', E'\t9\n', E'9\nlines 2', E'9 - two\nlines', '½', '7½', '7 ½', '٧', '７', '−5', '–5', '9 – très', '9é', 'é9', '8‰', '8 ％', '8²',
	chr(160) || '9', chr(65279) || '10', '9' || chr(160) || 'likely', 'n/a', '9*', '9!', '9 😀', '😀', '10 of 10', '8 (of 10)', '9/10/2024', 'X', '10/10 %', '10/ 10']) WITH ORDINALITY AS labels (label, i) ORDER BY i));

# Whatever both refuse, both refuse with the same SQLSTATE.
my @refused = map { "SELECT $_" } ("'abc'::nps_score", "''::nps_score", "'9.5'::nps_score", "11::nps_score", "(-1)::nps_score", "70000::nps_score", "'NaN'::float8::nps_score",
	'nps(v) FROM (VALUES (9), (11)) v (v)', 'nps(v) FROM (VALUES (9), (-1)) v (v)', 'nps(v) FROM (VALUES (5000000000)) v (v)', 'nps(v) FROM (VALUES (9.00000000000000000001)) v (v)', "nps(v) FROM (VALUES (8.5::float8)) v (v)",
	"nps(v) FROM (VALUES ('NaN'::float8)) v (v)", "nps(v) FROM (VALUES ('NaN'::numeric)) v (v)", "nps(v) FROM (VALUES ('Infinity'::real)) v (v)", 'nps_agg(v) OVER (ORDER BY v ROWS 1 PRECEDING) FROM (VALUES (9), (12)) v (v)',
	"nps('many'::text)", "nps('9')", 'nps_category(11)', 'nps_points(-1)', "'{1,2}'::nps_summary", "'{1,2,3,4,5,6,7,8,9,10,11,12}'::nps_summary", "'{1,2,3,4,5,6,7,8,9,10,-1}'::nps_summary", "'{1,2,3,4,5,6,7,8,9,10,NULL}'::nps_summary",
	"'x'::nps_summary", "'{9223372036854775807,1,0,0,0,0,0,0,0,0,0}'::nps_summary", "'{9223372036854775808,1,0,0,0,0,0,0,0,0,0}'::nps_summary", 'ARRAY[1,2]::bigint[]::nps_summary', 'ARRAY[[1,2,3,4,5,6,7,8,9,10,11]]::bigint[]::nps_summary',
	"nps(v::nps_summary) FROM unnest(ARRAY['{9223372036854775807,0,0,0,0,0,0,0,0,0,0}','{1,0,0,0,0,0,0,0,0,0,0}']) v",
	"'{0,0,0,0,0,0,0,0,0,0,0}'::nps_summary - '{1,0,0,0,0,0,0,0,0,0,0}'::nps_summary",
	(map { "nps_estimate('{1,0,0,0,0,0,0,0,0,0,0}'::nps_summary, $_)" } '0', '1', '-0.5', '95', "'NaN'", "'Infinity'", "method => 'waldo'", "method => ''", 'detractor_max => 9, promoter_min => 6', 'detractor_max => 7, promoter_min => 7',
		'detractor_max => -1', 'promoter_min => 11'),
	(map { "nps_test('{1,0,0,0,0,0,0,0,0,0,0}'::nps_summary, $_)" } '100.5', '-101', "'NaN'::float8", '50, 1', "'{0,0,0,0,0,0,0,0,0,0,0}'::nps_summary, 0", "'{1,0,0,0,0,0,0,0,0,0,1}'::nps_summary, method => 'newcombe'"),
	(map { "nps_from_counts($_)" } '-1, 1, 1', '1.5, 1, 1', "1, 1, 'NaN'", '9223372036854775807, 1, 0', '9223372036854775808, 1, 0', '1, 1, 1, 1.5', "1, 1, 1, method => 'x'", '1, 1, 1::float8'),
	(map { "nps_bar(nps_from_counts(1, 1, 1), $_)" } 0, -1, 1001), "nps_bar(ROW(0, 0, 0, 1, 1, 0, 0, 60, 0, 41, 0, 1)::nps_result)",
	"nps_rating(100.1)", "nps_rating('NaN')", "nps_round(ROW('NaN', 0, 0, 1, 1, 0, 0, 100, 0, 0, 0, 1)::nps_result)", "nps_format(ROW(1, 2, 3, 1, 1, 'NaN', false)::nps_test_result)",
	'nps_sample_size(0)', "nps_sample_size('NaN')", "nps_sample_size('Infinity')", 'nps_sample_size(5, 95)', 'nps_sample_size(5, promoter_pct => 60)', 'nps_sample_size(5, 0.95, 1e308, 1e308)', 'nps_sample_size(1e-100, 0.95, 100, 0)', 'nps_sample_size(5, population => 0)', 'nps_sample_size(1e-9)', 'nps_parse($$11 - no$$)', 'nps_parse($$7-8$$)');
my $states = "SELECT i, left(outcome(query), 5) FROM unnest(ARRAY[" . join(', ', map { "\$query\$$_\$query\$" } @refused) . "]) WITH ORDINALITY AS refused (query, i) ORDER BY i";
my @states = rows_of('extension', $states);
is(scalar(grep { /\|(?:22|42883|42725)/ } @states), scalar(@refused), 'the extension refuses each');
is(join("\n", rows_of('script', $states)), join("\n", @states), 'the script refuses each with the same SQLSTATE');
same_rows('the words of an error', q(SELECT outcome(query) FROM unnest(ARRAY['SELECT nps(v) FROM (VALUES (9), (11)) v (v)', 'SELECT 11::nps_score', 'SELECT nps_parse($$11 - no$$)', 'SELECT nps_parse($$7-8$$)',
	'SELECT nps_sample_size(0)', 'SELECT nps_bar(nps_from_counts(1, 1, 1), 0)', 'SELECT nps_from_counts(1.5, 1, 1)', 'SELECT nps_rating(101)']) query));
is($node->safe_psql('script', 'SELECT 8.5::nps_score, 8.4::nps_score'), '9|8', 'PostgreSQL itself rounds a fraction that becomes a value of the domain');

# --- the pages, unchanged ------------------------------------------------------------------------------------------

# What doc/hosted.md leaves to the extension, by the words that a query has then: the name of a function or a type, a method,
# an argument.
my %beyond;
my ($left) = slurp_file('doc/hosted.md') =~ /^## What is left to the extension\n(.*?)^## /ms;
while ($left =~ /^\| ([^|]*) \| ([^|]*) \|$/mg)
{
	my ($what, $names) = ($1, $2);
	$beyond{$_} = $what for $names =~ /`([^`]+)`/g;
}

# Apart from padding, since psql knows a smallint for a number and aligns it so.
sub unpadded
{
	my ($text) = @_;
	$text =~ s/-{2,}/--/g;
	$text =~ s/ *\| */|/g;
	$text =~ s/ +/ /g;
	$text =~ s/^ | $//mg;
	$text =~ s/\s+\z//;
	return $text;
}

foreach my $page ('README.md', 'doc/cookbook.md', 'doc/mistakes.md')
{
	my $text = slurp_file($page);
	my @blocks;
	while ($text =~ /^```sql\n(.*?)^```\n(?:```\n(.*?)^```\n)?/msg)
	{
		my ($sql, $output) = ($1, $2);
		$sql =~ s/^CREATE EXTENSION nps;\n//m;
		push @blocks, { line => 1 + (substr($text, 0, $-[0]) =~ tr/\n//), sql => $sql, output => $output };
	}
	(my $database = lc $page) =~ s/\W/_/g;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	is(join('', run_script($database, '\i hosted/nps.sql', '-1')), '', "$page: the script instead of the extension");

	my ($stdout, $stderr) = run_script($database, join '', map { "\\echo [block $_]\n\\warn [block $_]\n$blocks[$_]{sql}" } 0 .. $#blocks);
	my (undef, @outputs) = split /^\[block \d+\]\n/m, $stdout;
	my (undef, @complaints) = split /^\[block \d+\]\n/m, $stderr, -1;
	my ($unchanged, @more) = (0);
	foreach my $i (0 .. $#blocks)
	{
		my ($need) = grep { $blocks[$i]{sql} =~ /(?<!\w)\Q$_\E(?!\w)/ } sort keys %beyond;
		my $where = "$page, line $blocks[$i]{line}";
		if (defined $need)
		{
			like($complaints[$i], qr/ERROR:  (?:function nps_\w+\(.*\) does not exist|unknown method)/, "$where: $beyond{$need} is beyond the script");
			push @more, "line $blocks[$i]{line}: $beyond{$need}, $need";
			next;
		}
		$unchanged++;
		is($complaints[$i], '', "$where: runs unchanged");
		is(unpadded($outputs[$i]), unpadded($blocks[$i]{output}), "$where: with the same output") if defined $blocks[$i]{output};
	}
	diag("$page: $unchanged blocks unchanged, " . @more . " beyond the script" . join('', map { "\n  $_" } @more));
}

# What the extension has and the script has not is what the page says.
my $names = q(SELECT DISTINCT proname FROM pg_proc WHERE proname LIKE 'nps%' AND obj_description(oid, 'pg_proc') IS NOT NULL
	AND NOT EXISTS (SELECT FROM pg_type WHERE typname = proname) ORDER BY 1);
my %in_script = map { $_ => 1 } rows_of('script', "SELECT DISTINCT proname FROM pg_proc WHERE proname LIKE 'nps%'");
is(join(' ', grep { !$in_script{$_} && !$beyond{$_} } rows_of('extension', $names)), '', 'the page names all that is left to the extension');
is(join(' ', grep { $in_script{$_} } sort keys %beyond), '', 'and nothing that the script has');

# What it has is called alike: names of arguments, their types, order and defaults, and what comes back. A domain needs no
# overloads beside those of its type, and the size of a population is for nps_sample_size alone.
my $signatures = q(SELECT proname || '(' || CASE proname WHEN 'nps_sample_size' THEN arguments ELSE replace(arguments, ', population bigint DEFAULT NULL::bigint', '') END || ') '
		|| pg_get_function_result(oid)
	FROM pg_proc, pg_get_function_arguments(oid) arguments
	WHERE proname LIKE 'nps%' AND arguments !~ '^(score )?nps_score$' AND NOT EXISTS (SELECT FROM pg_type WHERE typname = proname AND typtype IN ('b', 'd')));
my %as_in_script = map { $_ => 1 } rows_of('script', $signatures);
my @called = grep { !/\bnps_(?:weighted|clustered|mix|contribution|trend|control|heterogeneity)_(?:summary|result)\b/ && !$beyond{ (split /\(/)[0] } }
	rows_of('extension', "$signatures AND obj_description(oid, 'pg_proc') IS NOT NULL");
cmp_ok(scalar(@called), '>', 30, 'functions and aggregates of both');
is(join("\n", grep { !$as_in_script{$_} } @called), '', 'are called alike');
foreach my $type ('nps_result', 'nps_test_result')
{
	same_rows($type, "SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = (SELECT typrelid FROM pg_type WHERE typname = '$type') ORDER BY attnum");
}

# The flat views for BI tools hold the same rows; segments are not drawn towards the whole.
foreach my $database (qw(script extension))
{
	is(join('', run_script($database, "SET search_path = public" . ($database eq 'script' ? ", $schema" : '') . ";\n\\i examples/carpentries.sql\n\\i examples/bi_views.sql")),
		'', "$database: the demo data and the views");
}
foreach my $view (rows_of('extension', "SELECT viewname FROM pg_views WHERE schemaname = 'public' ORDER BY 1"))
{
	my $columns = join ', ', rows_of('extension', "SELECT attname FROM pg_attribute WHERE attrelid = '$view'::regclass AND attname NOT LIKE 'shrunk%' ORDER BY attnum");
	same_figures($view, "SELECT $columns FROM public.$view AS v ORDER BY v::text COLLATE \"C\"");
}
same_rows('the columns of the views', q(SELECT attrelid::regclass, attname, atttypid::regtype, col_description(attrelid, attnum) FROM pg_attribute
	WHERE attrelid::regclass::text LIKE '%nps_%' AND attrelid IN (SELECT oid FROM pg_class WHERE relkind = 'v') ORDER BY attrelid::regclass::text, attnum));
is($node->safe_psql('script', 'SELECT count(*) - count(shrunk_nps) - count(shrunk_ci_lower) - count(shrunk_ci_upper) > 5 FROM public.nps_by_segment'), 't',
	'what is left to the extension is NULL in a view');

# Where there are no shades of Unicode.
$node->safe_psql('postgres', "CREATE DATABASE latin1 ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
is(join('', run_script('latin1', "\\i hosted/nps.sql\nSELECT nps_bar(nps_from_counts(2, 1, 1), 4), nps_parse('9 - likely'), nps_parse('n/a') IS NULL", '-At', '-1')), ".+##|9|t\n",
	'plain characters in a database of another encoding');

# --- moving over, and away ---------------------------------------------------------------------------------------------

my $before = q(SELECT table_name, column_name, udt_name FROM information_schema.columns WHERE table_name IN ('answers', 'daily', 'kept', 'quarterly') ORDER BY 1, 2;
	TABLE kept; TABLE answers ORDER BY day; TABLE daily ORDER BY day; TABLE quarterly; SELECT nps_format(nps(score)) FROM answers);
$node->safe_psql('postgres', 'CREATE DATABASE moving');
is(join('', run_script('moving', q(\i hosted/nps.sql
	CREATE TABLE answers (day date, score nps_score NOT NULL DEFAULT 0);
	INSERT INTO answers SELECT '2026-01-01'::date + i, i % 11 FROM generate_series(1, 120) i;
	CREATE TABLE daily AS SELECT day, nps_agg(score) AS summary FROM answers GROUP BY day;
	CREATE TABLE kept AS SELECT nps_category(9) AS kind, nps_from_counts(5, 3, 2) AS result, nps_test(summary, 50) AS test FROM daily LIMIT 1;
	CREATE INDEX ON answers (score);
	CREATE VIEW quarterly AS SELECT date_trunc('quarter', day::timestamp)::date AS quarter, nps_format(nps(summary)) AS nps FROM daily GROUP BY 1;))),
	'', 'moving: the script in use');
my ($beside, $own_words) = run_script('moving', 'CREATE EXTENSION nps');
like($own_words, qr/^psql:<stdin>:1: ERROR:  type "nps_score" already exists\n/, 'the extension does not go beside the script, in the words of PostgreSQL');
is(join('', run_script('moving', 'BEGIN; CREATE SCHEMA beside; CREATE EXTENSION nps SCHEMA beside;
	SELECT nps_format(nps(score)) = beside.nps_format(beside.nps(score)) FROM answers; ROLLBACK', '-At')), "t\n", 'but in another schema, to the same answer');
like((run_script('extension', '\i hosted/nps.sql', '-1', '-v', 'ON_ERROR_STOP=1'))[1], qr/ERROR:  the extension nps is in schema "public" already/,
	'nor the script beside the extension, whose functions it would replace');
like((run_script('moving', '\i hosted/uninstall.sql', '-1', '-v', 'ON_ERROR_STOP=1'))[1], qr/cannot drop .* because other objects depend on them/, 'the script does not go while it is in use');
my @answers = run_script('moving', $before);
is(join('', run_script('moving', q(BEGIN;
	DROP VIEW quarterly;
	ALTER TABLE answers ALTER score DROP DEFAULT, ALTER score TYPE smallint;
	ALTER TABLE daily ALTER summary TYPE bigint[];
	ALTER TABLE kept ALTER kind TYPE text, ALTER result TYPE text, ALTER test TYPE text;
	\i hosted/uninstall.sql
	CREATE EXTENSION nps;
	ALTER TABLE answers ALTER score TYPE nps_score, ALTER score SET DEFAULT 0;
	ALTER TABLE daily ALTER summary TYPE nps_summary USING summary::nps_summary;
	ALTER TABLE kept ALTER kind TYPE nps_category USING kind::nps_category, ALTER result TYPE nps_result USING result::nps_result,
		ALTER test TYPE nps_test_result USING test::nps_test_result;
	CREATE VIEW quarterly AS SELECT date_trunc('quarter', day::timestamp)::date AS quarter, nps_format(nps(summary)) AS nps FROM daily GROUP BY 1;
	COMMIT;), '-v', 'ON_ERROR_STOP=1')), '', 'from the script to the extension in one transaction');
my @after = run_script('moving', $before);
s/_int8|int2|nps_score|nps_summary/type/g for @answers, @after;
is(unpadded($after[0] . $after[1]), unpadded($answers[0] . $answers[1]), 'columns, stored summaries and views are as they were');

$node->safe_psql('script', 'DROP VIEW nps_answers CASCADE; DROP TABLE responses, indexed; DROP FUNCTION survey(bigint, bigint, bigint)');
is(join('', run_script('script', '\i hosted/uninstall.sql', @as_tenant)), '', 'the script is removed by the role that installed it');
is($node->safe_psql('script', "SELECT count(*) FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = '$schema'::regnamespace"), 0, 'and leaves nothing');

$node->stop;
done_testing();
