# Rights, schemas and hostile company: whoever may create objects in a database may install the extension, whoever may
# read a table may use all of it; what others put into the schemas on the way changes nothing; it works in any
# schema, also after a move; and dropping it leaves nothing behind.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use lib 'test/lib';
use LongText;

$ENV{PGCLIENTENCODING} = 'UTF8';
my $node = PostgreSQL::Test::Cluster->new('rights');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "autovacuum = off\n");
$node->start;
my $superuser = $node->safe_psql('postgres', 'SELECT current_user');

# installer may create objects in a database; ordinary may only connect; planter prepares traps.
$node->safe_psql('postgres', 'CREATE ROLE installer LOGIN; CREATE ROLE ordinary LOGIN; CREATE ROLE planter LOGIN');

# A database in which only its superuser and the roles given may create anything; the rest may connect.
sub create_database
{
	my ($database, @creators) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, "REVOKE ALL ON DATABASE $database FROM PUBLIC; GRANT CONNECT ON DATABASE $database TO PUBLIC; REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
		  . join '', map { "GRANT CREATE, TEMPORARY ON DATABASE $database TO $_;" } @creators);
}

# What a script prints, and what it complains of, as a role and with a search_path where these are given.
sub run_as
{
	my ($role, $database, $script, $path) = @_;
	my ($stdout, $stderr);
	local $ENV{PGOPTIONS} = defined $path ? "-c search_path=$path" : '';
	$node->psql($database, $script, stdout => \$stdout, stderr => \$stderr, on_error_stop => 0, extra_params => [ '-U', $role ]);
	return ($stdout, $stderr);
}

# The same where it must complain of nothing.
sub run_well_as
{
	my ($role, $database, $script, $path) = @_;
	my ($stdout, $stderr) = run_as($role, $database, $script, $path);
	die "$role in $database: $stderr" if $stderr ne q();
	return $stdout;
}

# --- what there is to call: every function, aggregate, operator and cast, by catalog --------------

# A call of each member with values of its own types, one statement a line. Every name comes with its schema.
sub calls_in
{
	my ($database) = @_;
	return $node->safe_psql($database, q(
		WITH samples (type, value) AS (VALUES
			('nps_score', '7'), ('nps_summary', '{1,2,3,4,5,6,7,8,9,10,11}'), ('nps_weighted_summary', '{1,2,3,2,3,4,4,5,6}'),
			('nps_clustered_summary', '{1,28,17,21,49,-462,4356}'), ('nps_paired_state', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}'),
			('nps_result', '(12.34,-5.678,30.5,6,3,2,1,50,33.3333,16.6667,10.25,6)'), ('nps_category', 'passive'),
			('_nps_summary', '{"{1,2,3,4,5,6,7,8,9,10,11}","{0,0,0,0,0,0,0,0,0,2,2}"}'),
			('nps_heterogeneity_result', '(2,3.5,1,0.06,0.7,56,1.1)'),
			('int2', '7'), ('int4', '7'), ('int8', '7'), ('numeric', '7'), ('float4', '7'), ('float8', '7'), ('bool', 't'),
			('text', 'score'), ('_int8', '{1,2,3,4,5,6,7,8,9,10,11}'),
			('_float8', '{2,3,1,1,2.5,0.4,1.2,0.6,0.3}'), ('nps_contribution_result', '(50,40.25,-1.5,0.25,-1.25)'),
			('nps_mix_result', '(-5.5,-4,-1.5,-12,4,4.08,-0.98,0.3271,f)'), ('nps_trend_result', '(1.25,-0.75,3.25,1.02,0.2204,f,8)'),
			('nps_control_result', '(12.34,-2.5,10.1,50,f)')
		), named_samples (argument, value) AS (VALUES
			('detractor_max', '6'), ('promoter_min', '9'), ('confidence', '0.9'), ('power', '0.8'), ('population', '1000'), ('label', '10 - Extremely likely')
		), members AS (
			SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
				AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nps')
		), types AS (
			SELECT t.oid, t.typname, format('%I.%I', n.nspname, t.typname) AS type, s.value
			FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN samples s ON s.type = t.typname
			WHERE NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
			UNION ALL
			SELECT e.typarray, '_' || e.typname, format('%I.%I[]', n.nspname, e.typname), s.value
			FROM pg_type e JOIN pg_namespace n ON n.oid = e.typnamespace LEFT JOIN samples s ON s.type = '_' || e.typname
			WHERE e.typarray <> 0
		), functions AS (
			SELECT p.oid, format('%I.%I', n.nspname, p.proname) AS name, p.prokind, a.*
			FROM members m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid JOIN pg_namespace n ON n.oid = p.pronamespace,
				LATERAL (SELECT string_agg(format('%L::%s', COALESCE(v.value, CASE WHEN t.typname = 'cstring' THEN r.value ELSE t.value END), t.type), ', ' ORDER BY i)
						AS arguments, bool_or(t.typname = 'internal') AS is_internal
					FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u (type, i) JOIN types t ON t.oid = u.type JOIN types r ON r.oid = p.prorettype
					LEFT JOIN named_samples v ON v.argument = p.proargnames[i]) a
		)
		SELECT format('SELECT %s(%s);', name, arguments) FROM functions WHERE NOT is_internal
		UNION ALL SELECT format('SELECT %s(%s) OVER ();', name, arguments) FROM functions WHERE prokind = 'a'
		UNION ALL SELECT format('-- not to be called in SQL: %s', name) FROM functions WHERE is_internal
		UNION ALL SELECT format('SELECT %L::%s OPERATOR(%I.%s) %L::%s;', l.value, l.type, n.nspname, o.oprname, r.value, r.type)
		FROM members m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid JOIN pg_namespace n ON n.oid = o.oprnamespace
			JOIN types l ON l.oid = o.oprleft JOIN types r ON r.oid = o.oprright
		UNION ALL SELECT format('SELECT %L::%s::%s;', s.value, s.type, t.type)
		FROM members m JOIN pg_cast c ON m.classid = 'pg_cast'::regclass AND c.oid = m.objid
			JOIN types s ON s.oid = c.castsource JOIN types t ON t.oid = c.casttarget
		ORDER BY 1));
}

# Each answer under its call, after a script that prints nothing if any is given; the name of the extension's schema is left
# out, so that schemas compare.
sub answers_to
{
	my ($role, $database, $calls, %more) = @_;
	my $schema = $more{schema} // 'public';
	my $script = join '', map { my $call = $_; (my $shown = $call) =~ s/'/''/g; "\\echo '$shown'\n$call\n" } split /\n/, $calls;
	my ($stdout, $stderr) = run_as($role, $database, ($more{before} // '') . "\n$script", $more{path});
	$stdout =~ s/\b\Q$schema.\E//g;
	return ($stdout, $stderr);
}

create_database('plain');
same_text(run_well_as($superuser, 'plain', '\i test/dump/objects.sql'), '', 'objects are made in one database');
my $answers = run_well_as($superuser, 'plain', '\i test/dump/answers.sql');
my $members = run_well_as($superuser, 'plain', '\i test/dump/members.sql');
my $calls = calls_in('plain');
my $number_of_calls = () = $calls =~ /^SELECT/mg;
my @not_called = $calls =~ /^-- not to be called in SQL: (.*)/mg;
my ($call_answers, $call_errors) = answers_to($superuser, 'plain', $calls);
is($call_errors, '', 'every function, aggregate, operator and cast can be called');
is_deeply([ grep { !/_recv$|support$|chart_(add|final)$/ } @not_called ], [], 'only receive and support functions cannot, and those of charts');
is($number_of_calls, $node->safe_psql('plain', q(
	SELECT sum(CASE WHEN p.prokind = 'a' THEN 2 WHEN p.oid IS NOT NULL AND 'internal'::regtype = ANY (p.proargtypes::oid[]) THEN 0 ELSE 1 END)
	FROM pg_depend d LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
	WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nps')
		AND d.classid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_cast'::regclass))), 'the calls are of all there is');
note("$number_of_calls calls; not callable: @not_called");

# --- who may install it --------------------------------------------------------------------------

create_database('trusted', 'installer');
my (undef, $refusal) = run_as('ordinary', 'trusted', 'CREATE EXTENSION nps');
like($refusal, qr/permission denied to create extension "nps"/, 'without CREATE on the database nobody installs it');

run_well_as('installer', 'trusted', 'CREATE SCHEMA theirs; CREATE EXTENSION nps SCHEMA theirs');
is($node->safe_psql('trusted', q(SELECT extowner::regrole, rolsuper FROM pg_extension JOIN pg_roles r ON r.oid = extowner WHERE extname = 'nps')),
	'installer|f', 'with it a role that is no superuser does');
same_text(run_well_as('installer', 'trusted', '\i test/dump/members.sql'), $members, 'and it is the same extension as a superuser installs');
my ($made, $made_errors) = run_as('installer', 'trusted', '\i test/dump/objects.sql', 'theirs');
is(join("\n", grep { !/^psql:\S+ WARNING:  (skipping|permission denied to analyze)/ } split /\n/, $made_errors), '', 'all objects can be made with it');
same_text(run_well_as('installer', 'trusted', '\i test/dump/answers.sql', 'theirs'), $answers, 'and give the same answers');
run_well_as('installer', 'trusted', 'SET client_min_messages = warning; DROP EXTENSION nps CASCADE');
is($node->safe_psql('trusted', q(SELECT count(*) FROM pg_extension WHERE extname = 'nps')), '0', 'who installed it may drop it');

# --- who may use it ------------------------------------------------------------------------------

$node->safe_psql('plain', 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ordinary');
is($node->safe_psql('plain', q(SELECT has_database_privilege('ordinary', 'plain', 'CREATE, TEMPORARY') OR has_schema_privilege('ordinary', 'public', 'CREATE'))),
	'f', 'an ordinary role may create nothing');
my ($ordinary_answers, $ordinary_errors) = answers_to('ordinary', 'plain', $calls);
is($ordinary_errors, '', 'an ordinary role may call everything');
same_text($ordinary_answers, $call_answers, 'and gets the same answers');

# Each table and view, by sorting, by hashing and in binary, which calls what cannot be called by name.
my @relations = split /\n/, $node->safe_psql('plain', q(
	SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') ORDER BY 1));
my $whole = join '', map { "\\echo $_\nCOPY (SELECT * FROM public.$_ ORDER BY 1, 2) TO STDOUT;\n" } @relations;
$whole .= q(
	COPY (SELECT DISTINCT score FROM public.responses ORDER BY score) TO STDOUT;
	COPY (SELECT summary, count(1) FROM public.daily GROUP BY summary ORDER BY summary) TO STDOUT;
	COPY (SELECT weighted, count(1) FROM public.daily GROUP BY weighted ORDER BY weighted) TO STDOUT;
);
my $writing = q(
	BEGIN;
	INSERT INTO public.responses (id, answered_at, segment, score) VALUES (9001, '2025-06-01', 'new', 9), (9002, '2025-06-02', 'new', 3);
	INSERT INTO public.by_range VALUES (9001, 3, 'new'), (9002, 10, 'new');
	INSERT INTO public.by_list VALUES (9001, 5, 'new'), (9002, NULL, 'new');
	INSERT INTO public.by_hash VALUES (9001, 5, 'new'), (9002, 6, 'new');
	INSERT INTO public.by_category_of VALUES (9001, 5, 'new'), (9002, 9, 'new');
	INSERT INTO public.by_summary_hash VALUES (9001, '{0,0,0,0,0,0,0,0,0,0,1}', NULL);
	INSERT INTO public.every_type (id) VALUES (9001);
	INSERT INTO public.follow_ups VALUES (9001, 3, 4);
	INSERT INTO public.distinct_summaries VALUES ('{9,9,9,9,9,9,9,9,9,9,9}', 1);
) . $whole . "ROLLBACK;\n";
my $everything = run_well_as($superuser, 'plain', $writing);
cmp_ok(length($everything), '>', 100_000, 'all tables and views give something to compare');
my ($ordinary_everything, $writing_errors) = run_as('ordinary', 'plain', $writing);
is($writing_errors, '', 'an ordinary role reads and writes all tables and views');
same_text($ordinary_everything, $everything, 'and sees the same');
my $copies = $node->basedir . '/binary.copy';
foreach my $table (qw(every_type distinct_weighted_summaries))
{
	my ($before) = run_as('ordinary', 'plain', "COPY (SELECT * FROM $table ORDER BY 1) TO STDOUT");
	my ($after, $errors) = run_as('ordinary', 'plain', "\\copy $table TO '$copies' (FORMAT binary)\nBEGIN; DELETE FROM $table;\n"
		  . "\\copy $table FROM '$copies' (FORMAT binary)\nCOPY (SELECT * FROM $table ORDER BY 1) TO STDOUT;\nROLLBACK;");
	is($errors, '', "$table can be copied in binary");
	same_text($after, $before, 'and comes back');
}

# --- traps at the time of a call --------------------------------------------------------------------

my $trap = "BEGIN RAISE EXCEPTION 'a trap was called by %', current_user; END";

# Plants, in a schema, functions and operators by the names and types of all built-in ones that have to do with our kind
# of value, and of all of ours where they exist: whoever calls one gets an exception. And types of built-in names.
sub traps_in
{
	my ($schema) = @_;
	my $functions = qq[
		DECLARE
			o record;
			names CONSTANT name[] := '{int2,int4,int8,numeric,float4,float8,text,bool,bytea,json,oid,_int8,
				nps_score,nps_summary,nps_weighted_summary,nps_clustered_summary,nps_paired_state,nps_result,nps_test_result,nps_category,nps_heterogeneity_result}';
			types CONSTANT oid[] := ARRAY(SELECT oid FROM pg_type WHERE typname = ANY (names));
		BEGIN
			FOR o IN SELECT DISTINCT ON (proname, proargtypes) proname, oidvectortypes(proargtypes) AS arguments, prorettype::regtype AS result
				FROM pg_proc WHERE pronargs > 0 AND proargtypes::oid[] <@ types AND prorettype = ANY (types) AND pronamespace <> '$schema'::regnamespace
			LOOP
				EXECUTE format('CREATE FUNCTION $schema.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', o.proname, o.arguments, o.result, \$trap\$$trap\$trap\$);
			END LOOP;
			FOR o IN SELECT oid, oprname, oprleft::regtype AS l, oprright::regtype AS r, oprresult::regtype AS result
				FROM pg_operator WHERE ARRAY[oprleft, oprright, oprresult] <@ types AND oprnamespace <> '$schema'::regnamespace
			LOOP
				EXECUTE format('CREATE FUNCTION $schema.trap_%s(%s, %s) RETURNS %s LANGUAGE plpgsql AS %L', o.oid, o.l, o.r, o.result, \$trap\$$trap\$trap\$);
				EXECUTE format('CREATE OPERATOR $schema.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = $schema.trap_%s)', o.oprname, o.l, o.r, o.oid);
			END LOOP;
		END];
	return "DO \$do\$$functions \$do\$;\n"
	  . types_in($schema, map { "\"$_\"" } qw(int2 int4 int8 numeric float4 float8 text bool bytea json oid cstring internal void));
}

# Plants types by those names that hold no value.
sub types_in
{
	my ($schema, @names) = @_;
	return join '', map { "CREATE DOMAIN $schema.$_ AS boolean CHECK (VALUE AND NOT VALUE);\n" } @names;
}

my @types = split /\n/, $node->safe_psql('plain', q(
	SELECT typname FROM pg_type WHERE typname LIKE 'nps%' AND typnamespace = 'public'::regnamespace ORDER BY 1));
$node->safe_psql('plain', 'CREATE SCHEMA hostile AUTHORIZATION planter; GRANT USAGE ON SCHEMA hostile TO PUBLIC');
run_well_as('planter', 'plain', traps_in('hostile') . types_in('hostile', @types));
my $hostile_path = 'hostile,pg_catalog,public';
my $trapped = () = join('', map { (run_as($superuser, 'plain', $_, $hostile_path))[1] } 'SELECT 1 + 1', 'SELECT round(1.5::pg_catalog.numeric, 1)',
	q(SELECT nps_responses('{1,2,3,4,5,6,7,8,9,10,11}'::public.nps_summary)), q(SELECT '7'::public.nps_score <= 6)) =~ /a trap was called by/g;
is($trapped, 4, 'the traps work');
my ($hostile_answers, $hostile_errors) = answers_to($superuser, 'plain', $calls, path => $hostile_path);
is($hostile_errors, '', 'no call runs into a trap');
same_text($hostile_answers, $call_answers, 'and the answers are the same');
my ($hostile_everything, $hostile_writing_errors) = run_as($superuser, 'plain', $writing, $hostile_path);
is($hostile_writing_errors, '', 'nor does any table, index, constraint, partition or view');
same_text($hostile_everything, $everything, 'which are the same too');
note('traps at the time of a call: ' . $node->safe_psql('plain', q(
	SELECT (SELECT count(*) FROM pg_proc WHERE pronamespace = 'hostile'::regnamespace) || ' functions, '
		|| (SELECT count(*) FROM pg_operator WHERE oprnamespace = 'hostile'::regnamespace) || ' operators, '
		|| (SELECT count(*) FROM pg_type WHERE typnamespace = 'hostile'::regnamespace AND typtype = 'd') || ' types')));
$node->safe_psql('plain', 'SET client_min_messages = warning; DROP SCHEMA hostile CASCADE');

# --- traps before it is installed --------------------------------------------------------------------

# The planter owns the schema that the extension is installed into, and installs it too, which runs the script with a
# superuser's rights. All is undone at the end of each try.
create_database('planted', 'planter');
run_well_as('planter', 'planted', 'CREATE SCHEMA target');

# Plants functions and operators by the extension's own names, for arguments that a careless call would take them for.
sub overloads_in
{
	my ($schema) = @_;
	my @functions = split /\n/, $node->safe_psql('plain', q(
		SELECT DISTINCT proname FROM pg_depend d JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
		WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nps') ORDER BY 1));
	my @operators = split /\n/, $node->safe_psql('plain', q(
		SELECT DISTINCT oprname FROM pg_operator WHERE oprnamespace = 'public'::regnamespace ORDER BY 1));
	my $sql = '';

	foreach my $name (@functions)
	{
		foreach my $arguments ('anyelement', 'anyelement, anyelement', 'anyelement, anyelement, anyelement', 'VARIADIC anyarray', 'date', 'date, date')
		{
			$sql .= "CREATE FUNCTION $schema.$name($arguments) RETURNS boolean LANGUAGE plpgsql AS \$\$ $trap \$\$;\n";
		}
	}
	foreach my $name (@operators)
	{
		$sql .= "CREATE OPERATOR $schema.$name (LEFTARG = $_, RIGHTARG = $_, FUNCTION = $schema.nps_score);\n" foreach qw(anyelement date);
	}
	return $sql;
}

# Where nothing stands in the way it is installed, and is exactly what it is elsewhere: it depends on and refers to the same objects.
sub installed_among_traps
{
	my ($what, $traps, $install) = @_;
	my ($got, $errors) = run_as('planter', 'planted', "BEGIN;\n$traps;\n$install;\n\\i test/dump/members.sql\nROLLBACK;");
	is($errors, '', "installed among $what");
	same_text($got, $members, 'it is the same extension');
	(my $target_calls = $calls) =~ s/\bpublic\./target./g;
	($got, $errors) = answers_to('planter', 'planted', $target_calls, before => "BEGIN;\n$traps;\n$install;", schema => 'target');
	is($errors, '', 'whose calls run into no trap');
	same_text($got, $call_answers, 'with the same answers');
}

my $install = 'CREATE EXTENSION nps SCHEMA target';
my $all_traps = traps_in('target') . overloads_in('target') . types_in('target', map { "_$_" } @types) . types_in('pg_temp', @types);
installed_among_traps('functions, operators and types of the built-in names and of its own', $all_traps, $install);
installed_among_traps('the same, with them on the search_path', $all_traps, 'SET search_path = target, pg_catalog; CREATE EXTENSION nps');

# In the midst of another command that has set the search_path to a schema full of traps.
my $traps_in_the_midst = traps_in('midst') . overloads_in('midst') . types_in('midst', @types);
installed_among_traps('the same, in the midst of another command',
	"CREATE FUNCTION target.install(i integer) RETURNS integer LANGUAGE plpgsql AS \$install\$
		BEGIN EXECUTE \$traps\$$traps_in_the_midst\$traps\$; $install; RETURN i; END \$install\$",
	'CREATE SCHEMA midst CREATE TABLE t (i integer) PARTITION BY RANGE (i) CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (target.install(2))');
note('traps before the installation: ' . run_well_as('planter', 'planted', "BEGIN;\n$all_traps;\n" . q(
	SELECT (SELECT count(*) FROM pg_proc WHERE pronamespace = 'target'::regnamespace) || ' functions, '
		|| (SELECT count(*) FROM pg_operator WHERE oprnamespace = 'target'::regnamespace) || ' operators, '
		|| (SELECT count(*) FROM pg_type WHERE typowner = 'planter'::regrole AND typtype = 'd') || ' types';
	ROLLBACK;)));

# Where something of the same name and arguments is there already it is refused, and nothing is left of it. Each
# line is what must come of it, and the obstacle.
my @obstacles = split /\n/, $node->safe_psql('plain', q(
	SELECT format(E'42723\tCREATE FUNCTION target.%I(%s) RETURNS boolean LANGUAGE plpgsql AS %L', proname, oidvectortypes(proargtypes), 'BEGIN RETURN trap; END')
	FROM pg_depend d JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
	WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nps')
		AND NOT EXISTS (SELECT FROM unnest(p.proargtypes::oid[]) a JOIN pg_type t ON t.oid = a WHERE t.typtype = 'p' OR t.oid >= 16384)
	UNION ALL
	SELECT format(E'42723\tCREATE OPERATOR target.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = pg_catalog.%s)', oprname, oprleft::regtype, oprright::regtype, oprcode)
	FROM pg_operator WHERE oprname LIKE '#%#' AND oprnamespace = 'public'::regnamespace
	UNION ALL
	-- An operator that is only announced, as another's commutator: the planter would own what the extension completes.
	SELECT format(E'42501|42P13|55000\tCREATE OPERATOR target.@@@ (LEFTARG = %s, RIGHTARG = %s, FUNCTION = pg_catalog.%s, COMMUTATOR = OPERATOR(target.%s))',
		oprright::regtype, oprleft::regtype, c.oprcode, o.oprname)
	FROM pg_operator o, LATERAL (SELECT oprcode FROM pg_operator WHERE oid = o.oprcom) c
	WHERE oprname LIKE '#%#' AND oprnamespace = 'public'::regnamespace
	UNION ALL
	SELECT E'42710\tCREATE ' || format(kind, t)
	FROM unnest(ARRAY['nps_score', 'nps_summary', 'nps_weighted_summary', 'nps_clustered_summary', 'nps_paired_state', 'nps_category', 'nps_result', 'nps_test_result', 'nps_heterogeneity_result']) t,
		unnest(ARRAY['DOMAIN target.%s AS integer', 'TYPE target.%s AS ENUM (''detractor'')', 'TYPE target.%s AS (nps integer)',
			'TYPE target.%s AS RANGE (subtype = integer)', 'TABLE target.%s (nps integer)', 'VIEW target.%s AS SELECT 1 AS nps']) kind
	ORDER BY 1));
cmp_ok(scalar(@obstacles), '>', 60, 'there are obstacles');
my $attempts = q(
	CREATE FUNCTION pg_temp.attempt(obstacle text) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		outcome text := 'installed';
		objects bigint;
		objects_left bigint;
	BEGIN
		EXECUTE obstacle;
		objects := (SELECT count(*) FROM pg_depend);
		BEGIN
			CREATE EXTENSION nps SCHEMA target;
		EXCEPTION WHEN OTHERS THEN
			outcome := SQLSTATE;
		END;
		objects_left := (SELECT count(*) FROM pg_depend) - objects;
		RAISE EXCEPTION USING ERRCODE = 'UNDO0', MESSAGE = format('%s, %s left', outcome, objects_left);
	EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
		RETURN SQLERRM;
	END $$;
);
$attempts .= "SELECT pg_temp.attempt(\$obstacle\$$_\$obstacle\$);\n" foreach map { (split /\t/)[1] } @obstacles;
my @outcomes = split /\n/, run_well_as('planter', 'planted', $attempts);
is(scalar(@outcomes), scalar(@obstacles), 'each obstacle is tried');
my @overcome;
foreach my $i (0 .. $#obstacles)
{
	my ($state, $obstacle) = split /\t/, $obstacles[$i];
	push @overcome, "$outcomes[$i]: $obstacle" unless $outcomes[$i] =~ /^(?:$state), 0 left$/;
}
is_deeply(\@overcome, [], 'is refused, and nothing is left');
is(run_well_as('planter', 'planted', 'BEGIN; CREATE EXTENSION nps SCHEMA target; SELECT count(*) FROM pg_extension; ROLLBACK'), '2',
	'without an obstacle it is not');
note('obstacles to the installation: ' . @obstacles);

# --- any schema -------------------------------------------------------------------------------------

foreach my $schema ('"Mixed Case"', '"has$dollar"', '"quo""te\'s"', '"back\\slash"', '"select"')
{
	is($node->safe_psql('planted', "BEGIN; CREATE SCHEMA $schema; CREATE EXTENSION nps SCHEMA $schema;\n\\i test/dump/members.sql\nROLLBACK"), $members,
		"it can be installed into schema $schema");
}

# --- a move to another schema -----------------------------------------------------------------------

# Plans that need the extension's operators, in the database of objects.sql.
sub plans_in
{
	my ($database) = @_;
	return $node->safe_psql($database, q(
		SET enable_seqscan = off;
		SET max_parallel_workers_per_gather = 0;
		EXPLAIN (COSTS off) SELECT id FROM responses WHERE score = 10 AND segment IS NOT NULL;
		EXPLAIN (COSTS off) SELECT id FROM responses WHERE nps_category(score) = 'passive';
		EXPLAIN (COSTS off) SELECT id FROM responses WHERE nps_is_detractor(score) AND answered_at < '2024-01-10';
		EXPLAIN (COSTS off) SELECT id FROM responses WHERE nps_is_promoter(score);
		EXPLAIN (COSTS off) SELECT * FROM by_range WHERE score BETWEEN 7 AND 8;
		EXPLAIN (COSTS off) SELECT * FROM distinct_summaries WHERE summary = '{1,0,0,0,0,0,0,0,0,0,0}';
		SET enable_nestloop = off;
		SET enable_mergejoin = off;
		EXPLAIN (COSTS off) SELECT * FROM follow_ups f JOIN responses r ON r.score = f.target;
		SET enable_mergejoin = on;
		SET enable_hashjoin = off;
		EXPLAIN (COSTS off) SELECT * FROM follow_ups f JOIN responses r ON r.score = f.target));
}

my $plans = plans_in('plain');
like($plans, qr/$_/, "there is a plan with $_") foreach 'Index Cond: \(score = 10\)', 'score >= 9', 'Index Cond: \(nps_category\(score\)', 'detractors_only',
  'by_range_passives', 'Index Cond: \(summary = ', 'Hash Cond: \(', 'Merge Cond: \(';
unlike($plans, qr/by_range_(detractors|promoters)/, 'and one that reads a single partition');

$node->safe_psql('plain', 'CREATE SCHEMA moved; GRANT USAGE ON SCHEMA moved TO PUBLIC; ALTER DATABASE plain SET search_path = public, moved');
my $prepared = $node->safe_psql('plain', q(
	PREPARE report AS SELECT category, nps_category(score), nps_format(nps(score)), nps_agg(score) FROM responses WHERE score <= 8 GROUP BY 1, 2 ORDER BY 1;
	EXECUTE report;
	ALTER EXTENSION nps SET SCHEMA moved;
	EXECUTE report;
	EXECUTE report));
my @executed = split /\n/, $prepared;
is(scalar(@executed), 6, 'a prepared query works before and after the move');
is_deeply([ @executed[ 2 .. 5 ] ], [ @executed[ 0, 1, 0, 1 ] ], 'with the same rows');
is($node->safe_psql('plain', "SELECT count(*) FROM pg_proc WHERE probin = '\$libdir/nps' AND pronamespace <> 'moved'::regnamespace"), '0', 'all of it is moved');
same_text(run_well_as($superuser, 'plain', '\i test/dump/members.sql'), $members, 'it is the same extension');
same_text(run_well_as($superuser, 'plain', '\i test/dump/answers.sql'), $answers, 'what was made before gives the same answers');
is(plans_in('plain'), $plans, 'and the same plans');
(my $moved_calls = $calls) =~ s/\bpublic\./moved./g;
my ($moved_answers, $moved_errors) = answers_to('ordinary', 'plain', $moved_calls, schema => 'moved');
is($moved_errors, '', 'everything can be called');
same_text($moved_answers, $call_answers, 'with the same answers');

# With nothing of the extension on the search_path, what was made before works still.
same_text(run_well_as('ordinary', 'plain', $writing, 'pg_catalog'), $everything, 'tables and views do not need the search_path');

# --- nothing is left behind -----------------------------------------------------------------------

# The number of rows in each catalog of a database.
sub catalogs_of
{
	my ($database) = @_;
	my @catalogs = split /\n/, $node->safe_psql($database, q(
		SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'pg_statistic%' ORDER BY 1));
	return $node->safe_psql($database, join ' UNION ALL ', map { "SELECT '$_ ' || count(*) FROM $_" } @catalogs);
}

create_database('dropped', 'installer');
$node->safe_psql('dropped', 'CREATE SCHEMA kept AUTHORIZATION installer');
my $before = catalogs_of('dropped');
foreach my $role ($superuser, 'installer')
{
	run_well_as($role, 'dropped', 'CREATE EXTENSION nps SCHEMA kept');
	isnt(catalogs_of('dropped'), $before, "$role installs it");
	run_well_as($role, 'dropped', 'DROP EXTENSION nps');
	is(catalogs_of('dropped'), $before, 'and drops it, which leaves nothing in any catalog');
}
run_well_as('installer', 'dropped', 'CREATE EXTENSION nps SCHEMA kept; CREATE TABLE kept.t (id integer, score kept.nps_score)');
my (undef, $drop_error) = run_as('installer', 'dropped', 'DROP EXTENSION nps');
like($drop_error, qr/cannot drop extension nps because other objects depend on it\nDETAIL:  column score of table kept.t depends on type/,
	'it is not dropped while something uses it');

# With CASCADE all that used it goes, and nothing else.
$node->safe_psql('plain', 'SET client_min_messages = warning; DROP EXTENSION nps CASCADE');
is($node->safe_psql('plain', q(SELECT count(*) FROM pg_proc WHERE probin = '$libdir/nps')), '0', 'dropped by force, no function of it is left');
is($node->safe_psql('plain', q(
	SELECT count(*), (SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
		WHERE attrelid = 'responses'::regclass AND attnum > 0 AND NOT attisdropped) FROM responses)),
	'2000|id answered_at segment weight', 'the rest of the rows is');

$node->stop;
done_testing();
