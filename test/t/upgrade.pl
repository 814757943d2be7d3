# Upgrades: a database that was updated to this version has the same extension as a fresh one, object by object and
# attribute by attribute. The comparison is tested by changes that it must find, the machinery by versions made up
# for the purpose. And the version has one source.
use strict;
use warnings;
use File::Basename qw(basename);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('upgrade');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# The extension of a database as sorted lines "object: attribute: value"; after a change that is undone, if any is given.
sub members_of
{
	my ($database, $change) = @_;
	my $text = $node->safe_psql($database, "BEGIN;\n" . ($change // '') . ";\n\\i test/dump/members.sql\nROLLBACK;");
	my @lines = split /\n/, $text;
	s/\t/: /g foreach @lines;
	return \@lines;
}

# What two databases do not have in common: "- line" of the first, "+ line" of the second.
sub difference
{
	my ($before, $after) = @_;
	my %surplus;

	$surplus{$_}-- foreach @$before;
	$surplus{$_}++ foreach @$after;
	return [ sort map { ($surplus{$_} < 0 ? "- $_" : "+ $_") x abs $surplus{$_} } keys %surplus ];
}

# A database with the extension, as a version or in a schema where one is given.
sub create_database
{
	my ($database, $options) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, 'CREATE EXTENSION nps ' . ($options // ''));
}

# Versions that have an install script.
sub versions_in
{
	my ($directory) = @_;
	return map { basename($_) =~ /^nps--((?:(?!--).)+)\.sql$/ ? $1 : () } sort glob("$directory/nps--*.sql");
}

my ($version) = slurp_file('nps.control') =~ /^default_version\s*=\s*'([^']+)'/m;

# --- the version has one source --------------------------------------------------

my @scripts = versions_in('.');
is($node->safe_psql('postgres', "SELECT default_version FROM pg_available_extensions WHERE name = 'nps'"),
	$version, 'the server knows the version of nps.control');
ok((grep { $_ eq $version } @scripts), "nps.control's version $version has an install script");
foreach my $script (map { basename($_) } sort glob('nps--*.sql'))
{
	like(slurp_file($script), qr{\A/\* \Q$script\E \*/\n}, "$script names itself");
}

# Each other place that states the version, or might: a pattern that catches it.
my %statements = (
	'debian/changelog' => qr/\A\S+ \(([^)]+)\)/,
	'META.json' => qr/"version"\s*:\s*"([^"]+)"/,
	'CHANGELOG.md' => qr/\A.*?^##\s*\[?v?(\d[\w.]*)/ms,
	'Makefile' => qr/VERSION\s*[:?]?=\s*(\d\S*)/,
	'README.md' => qr/\bnps[- ]v?(\d+\.\d+\.\d+)/,
	map { $_ => qr/"(\d+\.\d+\.\d+)"/ } sort glob('src/*.[ch] src/*/*.[ch]'));
my $stated = 0;
my %states;
foreach my $file (sort keys %statements)
{
	my $text = slurp_file($file);
	while ($text =~ /$statements{$file}/g)
	{
		# A specification's own version is not ours.
		next if $file eq 'META.json' && substr($text, 0, $-[0]) =~ /"meta-spec"\s*:\s*\{[^}]*\z/;
		$stated++;
		$states{$file} = 1;
		is($1, $version, "$file states the same version");
	}
}
ok($states{$_}, "$_ does state it") foreach qw(META.json CHANGELOG.md debian/changelog);
note("version $version; install scripts: @scripts; stated in other places: $stated");

# --- two fresh databases are equal -------------------------------------------------

create_database('fresh');
create_database('again');
$node->safe_psql('postgres', 'CREATE DATABASE elsewhere');
$node->safe_psql('elsewhere', 'CREATE SCHEMA "Else. where"; CREATE EXTENSION nps SCHEMA "Else. where"');
my $fresh = members_of('fresh');
is_deeply(difference($fresh, members_of('again')), [], 'two fresh databases have the same extension');
is_deeply(difference($fresh, members_of('elsewhere')), [], 'another schema makes no difference');

# All there is is compared: each kind of object is there as often as in the catalogs.
my %lines_of;
$lines_of{$_}++ foreach map { /: (is a member: \w+|(?:amopopr|amproc|aggtransfn|attname|label(?= \d)|comment)\b)/ } @$fresh;
my $ours = "(SELECT objid FROM pg_depend WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nps'))";
is($lines_of{"is a member: $_"}, $node->safe_psql('fresh', "SELECT count(*) FROM $_ WHERE oid IN $ours"), "every row of $_ is compared")
  foreach qw(pg_proc pg_type pg_operator pg_opfamily pg_opclass pg_cast);
is($lines_of{amopopr}, $node->safe_psql('fresh', "SELECT count(*) FROM pg_amop WHERE amopfamily IN $ours"), 'every row of pg_amop is compared');
is($lines_of{amproc}, $node->safe_psql('fresh', "SELECT count(*) FROM pg_amproc WHERE amprocfamily IN $ours"), 'every row of pg_amproc is compared');
is($lines_of{aggtransfn}, $node->safe_psql('fresh', "SELECT count(*) FROM pg_aggregate WHERE aggfnoid IN $ours"), 'every row of pg_aggregate is compared');
is($lines_of{attname}, $node->safe_psql('fresh', "SELECT count(*) FROM pg_attribute WHERE attrelid IN (SELECT typrelid FROM pg_type WHERE oid IN $ours)"),
	'every column of a composite is compared');
is($lines_of{label}, $node->safe_psql('fresh', "SELECT count(*) FROM pg_enum WHERE enumtypid IN $ours"), 'every label is compared');
is($lines_of{comment}, $node->safe_psql('fresh', qq(
	SELECT count(*) FROM pg_description WHERE objoid IN $ours OR objoid IN (SELECT typrelid FROM pg_type WHERE oid IN $ours))), 'every comment is compared');
is_deeply([ grep { /of a kind that is not compared/ } @$fresh ], [], 'there is no object of another kind');
is_deeply([ grep { /: \d{5,}$/ && !/extended|: prosrc: / } @$fresh ], [], 'no object is identified by a number');
note(scalar(@$fresh) . ' attributes of ' . scalar(grep { /: is a member: / } @$fresh) . ' objects are compared');

# --- every kind of change is found ----------------------------------------------------

# What, the change, the difference that it must make; or, for what changes many attributes, one pattern for all of
# the difference, and some of its lines.
my @changes = (
	[ 'volatility', 'ALTER FUNCTION nps_mean(nps_summary) VOLATILE',
		[ '- function nps_mean(nps_summary): provolatile: i', '+ function nps_mean(nps_summary): provolatile: v' ] ],
	[ 'a parallel label', 'ALTER FUNCTION nps_mean(nps_summary) PARALLEL UNSAFE',
		[ '- function nps_mean(nps_summary): proparallel: s', '+ function nps_mean(nps_summary): proparallel: u' ] ],
	[ 'a cost', 'ALTER FUNCTION nps_mean(nps_summary) COST 7',
		[ '- function nps_mean(nps_summary): procost: 1', '+ function nps_mean(nps_summary): procost: 7' ] ],
	[ 'strictness', 'ALTER FUNCTION nps_mean(nps_summary) CALLED ON NULL INPUT',
		[ '- function nps_mean(nps_summary): proisstrict: true', '+ function nps_mean(nps_summary): proisstrict: false' ] ],
	[ 'the number of rows', 'ALTER FUNCTION nps_histogram(nps_summary) ROWS 12',
		[ '- function nps_histogram(nps_summary): prorows: 11', '+ function nps_histogram(nps_summary): prorows: 12' ] ],
	[ 'leakproofness', 'ALTER FUNCTION nps_mean(nps_summary) LEAKPROOF',
		[ '- function nps_mean(nps_summary): proleakproof: false', '+ function nps_mean(nps_summary): proleakproof: true' ] ],
	[ 'a setting', 'ALTER FUNCTION nps_mean(nps_summary) SET search_path = pg_catalog',
		[ '+ function nps_mean(nps_summary): proconfig: ["search_path=pg_catalog"]' ] ],
	[ 'the body', q(CREATE OR REPLACE FUNCTION nps_mean(summary nps_summary) RETURNS double precision AS '$libdir/nps', 'nps_responses'
			LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE),
		[ '- function nps_mean(nps_summary): prosrc: nps_mean', '+ function nps_mean(nps_summary): prosrc: nps_responses' ] ],
	[ 'a default', q(CREATE OR REPLACE FUNCTION nps_bar(summary nps_summary, width integer DEFAULT 30) RETURNS text AS '$libdir/nps'
			LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE),
		[ '- function nps_bar(nps_summary,integer): arguments: summary nps_summary, width integer DEFAULT 20',
			'+ function nps_bar(nps_summary,integer): arguments: summary nps_summary, width integer DEFAULT 30' ] ],
	[ 'a right', 'REVOKE EXECUTE ON FUNCTION nps_mean(nps_summary) FROM PUBLIC',
		[ map { "+ function nps_mean(nps_summary): proacl: [\"$_=X/$_\"]" } $node->safe_psql('postgres', 'SELECT current_user') ] ],
	[ 'a right on a type', 'GRANT USAGE ON TYPE nps_category TO pg_monitor', qr/^\+ type nps_category: typacl: /, [] ],
	[ 'an owner', 'ALTER FUNCTION nps_mean(nps_summary) OWNER TO pg_monitor',
		[ '- function nps_mean(nps_summary): proowner: ' . $node->safe_psql('postgres', 'SELECT current_user'),
			'+ function nps_mean(nps_summary): proowner: pg_monitor' ] ],
	[ 'a schema', 'CREATE SCHEMA aside; ALTER EXTENSION nps DROP FUNCTION nps_mean(nps_summary); ALTER FUNCTION nps_mean(nps_summary) SET SCHEMA aside;
			ALTER EXTENSION nps ADD FUNCTION aside.nps_mean(nps_summary)', qr/^. function (aside\.)?nps_mean\(nps_summary\): /,
		[ '+ function aside.nps_mean(nps_summary): pronamespace: aside', '- function nps_mean(nps_summary): pronamespace: @extschema@' ] ],
	[ 'a function that is no member', 'ALTER EXTENSION nps DROP FUNCTION nps_rating(double precision)', qr/^- function nps_rating\(double precision\): /,
		[ '- function nps_rating(double precision): is a member: pg_proc', '- function nps_rating(double precision): prosrc: nps_rating' ] ],
	[ 'a comment', q(COMMENT ON FUNCTION nps_rating(double precision) IS 'changed'), qr/^. function nps_rating\(double precision\): comment: /,
		[ '+ function nps_rating(double precision): comment: changed' ] ],
	[ 'a lost comment', 'COMMENT ON OPERATOR <= (nps_score, integer) IS NULL',
		[ '- operator <=(nps_score,integer): comment: less than or equal' ] ],
	[ 'the comment of a column', q(COMMENT ON COLUMN nps_result.nps IS 'changed'), qr/^. type nps_result: comment on column nps: /,
		[ '+ type nps_result: comment on column nps: changed' ] ],
	[ 'an operator of a family', 'ALTER OPERATOR FAMILY nps_score_ops USING btree DROP OPERATOR 1 (integer, integer)',
		qr/^- operator 1 \(integer, integer\) of operator family nps_score_ops for access method btree: /,
		[ '- operator 1 (integer, integer) of operator family nps_score_ops for access method btree: #<#(integer,integer): amopstrategy: 1' ] ],
	[ 'a function of a family', 'ALTER OPERATOR FAMILY nps_score_ops USING hash DROP FUNCTION 2 (smallint, smallint)',
		qr/^- function 2 \(smallint, smallint\) of operator family nps_score_ops for access method hash: /, [] ],
	[ 'another member of a family', 'ALTER OPERATOR FAMILY nps_score_ops USING btree ADD FUNCTION 4 (integer, integer) pg_catalog.btequalimage(oid)',
		qr/^\+ function 4 \(integer, integer\) of operator family nps_score_ops for access method btree: /, [] ],
	[ 'an operator class that is not default', q(UPDATE pg_opclass SET opcdefault = false WHERE opcname = 'nps_summary_ops'),
		[ map { my $am = $_; map { "$_->[0] operator class nps_summary_ops for access method $am: opcdefault: $_->[1]" } [ '-', 'true' ], [ '+', 'false' ] } qw(btree hash) ] ],
	[ 'an attribute of a composite', 'ALTER TYPE nps_result ADD ATTRIBUTE method text', qr/^\+ column 13 of type nps_result: /,
		[ '+ column 13 of type nps_result: attname: method', '+ column 13 of type nps_result: atttypid: text' ] ],
	[ 'the type of an attribute', 'ALTER TYPE nps_test_result ALTER ATTRIBUTE z TYPE numeric', qr/^. column 5 of type nps_test_result: /,
		[ '- column 5 of type nps_test_result: atttypid: double precision', '+ column 5 of type nps_test_result: atttypid: numeric' ] ],
	[ 'the name of an attribute', 'ALTER TYPE nps_test_result RENAME ATTRIBUTE z TO z_score', qr/^. (column 5|type nps_test_result: comment on column z\w*)/,
		[ '+ column 5 of type nps_test_result: attname: z_score' ] ],
	[ 'a label of an enum', q(ALTER TYPE nps_category RENAME VALUE 'passive' TO 'neutral'),
		[ '- type nps_category: label 2: passive', '+ type nps_category: label 2: neutral' ] ],
	[ 'another label', q(ALTER TYPE nps_category ADD VALUE 'unknown' BEFORE 'passive'), qr/^. type nps_category: label \d/,
		[ '+ type nps_category: label 2: unknown', '+ type nps_category: label 4: promoter' ] ],
	[ 'a function of a type', 'ALTER TYPE nps_score SET (RECEIVE = NONE)', qr/^. type nps_score: (typreceive|depends)/,
		[ '- type nps_score: typreceive: nps_score_recv(internal)', '+ type nps_score: typreceive: -' ] ],
	[ 'an attribute of a type', q(UPDATE pg_type SET typcategory = 'U' WHERE typname = 'nps_score'),
		[ '- type nps_score: typcategory: N', '+ type nps_score: typcategory: U' ] ],
	[ 'a lost cast', 'ALTER EXTENSION nps DROP CAST (nps_score AS json); DROP CAST (nps_score AS json)', qr/^- cast from nps_score to json: /,
		[ '- cast from nps_score to json: is a member: pg_cast', '- cast from nps_score to json: castfunc: nps_score_to_json(nps_score)' ] ],
	[ 'the context of a cast', q(ALTER EXTENSION nps DROP CAST (nps_score AS json); DROP CAST (nps_score AS json);
			CREATE CAST (nps_score AS json) WITH FUNCTION nps_score_to_json(nps_score) AS IMPLICIT;
			COMMENT ON CAST (nps_score AS json) IS 'the score as a JSON number'; ALTER EXTENSION nps ADD CAST (nps_score AS json)),
		[ '- cast from nps_score to json: castcontext: e', '+ cast from nps_score to json: castcontext: i' ] ],
	[ 'the estimator of an operator', 'ALTER OPERATOR <= (nps_score, integer) SET (RESTRICT = NONE)',
		[ '- operator <=(nps_score,integer): oprrest: scalarlesel(internal,oid,internal,integer)', '+ operator <=(nps_score,integer): oprrest: -' ] ],
	[ 'an operator that does not hash', q(UPDATE pg_operator SET oprcanhash = false WHERE oid = '=(nps_score,integer)'::regoperator),
		[ '- operator =(nps_score,integer): oprcanhash: true', '+ operator =(nps_score,integer): oprcanhash: false' ] ],
	[ 'a commutator', q(UPDATE pg_operator SET oprcom = 0 WHERE oid = '=(nps_score,integer)'::regoperator),
		[ '- operator =(nps_score,integer): oprcom: =(integer,nps_score)', '+ operator =(nps_score,integer): oprcom: 0' ] ],
	[ 'an aggregate', q(CREATE OR REPLACE AGGREGATE nps_agg(nps_score) (SFUNC = nps_accum, STYPE = nps_summary,
			COMBINEFUNC = nps_summary_add, INITCOND = '{0,0,0,0,0,0,0,0,0,0,0}', PARALLEL = SAFE)), qr/^. function nps_agg\(nps_score\): (aggm|depends)/,
		[ '- function nps_agg(nps_score): aggminvtransfn: nps_accum_inv(nps_summary,nps_score)', '+ function nps_agg(nps_score): aggminvtransfn: -',
			'- function nps_agg(nps_score): aggmtranstype: nps_summary', '+ function nps_agg(nps_score): aggmtranstype: -' ] ],
	[ 'the start of an aggregate', q(UPDATE pg_aggregate SET agginitval = '{1,0,0,0,0,0,0,0,0,0,0}' WHERE aggfnoid = 'nps_agg(nps_score)'::regprocedure),
		[ '- function nps_agg(nps_score): agginitval: {0,0,0,0,0,0,0,0,0,0,0}', '+ function nps_agg(nps_score): agginitval: {1,0,0,0,0,0,0,0,0,0,0}' ] ],
	[ 'another member', 'CREATE VIEW odd AS SELECT 1 AS one; ALTER EXTENSION nps ADD VIEW odd', qr/^\+ (view|type|column 1 of type) odd\b/,
		[ '+ view odd: is a member of a kind that is not compared: pg_class' ] ],
);
foreach my $change (@changes)
{
	my ($what, $statement, @expected) = @$change;
	my $lines = pop @expected;
	my $found = difference($fresh, members_of('fresh', $statement));

	if (my ($pattern) = @expected)
	{
		my %found = map { $_ => 1 } @$found;
		is_deeply([ @$found > 0, [ grep { $_ !~ $pattern } @$found ], [ grep { !$found{$_} } @$lines ] ], [ 1, [], [] ], "found: $what")
		  or diag(join "\n", @$found);
	}
	else
	{
		is_deeply($found, [ sort @$lines ], "found: $what");
	}
}
is_deeply(difference($fresh, members_of('fresh')), [], 'all of these are undone');
note(scalar(@changes) . ' kinds of change are found');

# --- from every older version ---------------------------------------------------------

my $number_of_databases = 0;

# The difference between a fresh database and one that was made with that version and then updated.
sub difference_after_update
{
	my ($from) = @_;
	my $database = 'updated_' . ++$number_of_databases;

	create_database($database, "VERSION '$from'");
	is($node->safe_psql($database, "SELECT extversion FROM pg_extension WHERE extname = 'nps'"), $from, "a database with version $from");
	$node->safe_psql($database, 'ALTER EXTENSION nps UPDATE');
	is($node->safe_psql($database, "SELECT extversion FROM pg_extension WHERE extname = 'nps'"), $version, "is updated to $version");
	return difference($fresh, members_of($database));
}

my $directory = $node->safe_psql('postgres', "SELECT setting FROM pg_config WHERE name = 'SHAREDIR'") . '/extension';
my @installed = versions_in($directory);
is_deeply(\@installed, \@scripts, 'the server has the install scripts of the checkout');
my @older = grep { $_ ne $version } @installed;
foreach my $from (@older)
{
	is_deeply(difference_after_update($from), [], "updated from $from is as fresh");
}
note('older versions: ' . (@older ? "@older" : 'none'));

# --- versions made up -----------------------------------------------------------------

my @made_up;

# Adds a script to the server's extension directory until the end of the test.
sub make_up
{
	my ($name, $text) = @_;
	push @made_up, "$directory/$name";
	append_to_file("$directory/$name", $text);
}

END { unlink @made_up if @made_up; }

SKIP:
{
	skip "the server's extension directory is not writable", 1 unless -w $directory;

	make_up("nps--$version--${version}next.sql", "COMMENT ON FUNCTION nps_rating(double precision) IS 'made up';\n");
	create_database('next');
	$node->safe_psql('next', "ALTER EXTENSION nps UPDATE TO '${version}next'");
	is($node->safe_psql('next', "SELECT extversion FROM pg_extension WHERE extname = 'nps'"), "${version}next", 'a next version is updated to');
	my ($comment) = map { /^(function nps_rating\(double precision\): comment: .*)/ } @$fresh;
	is_deeply(difference($fresh, members_of('next')),
		[ '+ function nps_rating(double precision): comment: made up', "- $comment" ], 'and makes the difference that its script makes');

	# A version before this one: less a function, with another default, cast and comment; and updates that mend all of it, or not.
	my $script = slurp_file("nps--$version.sql");
	my ($function) = $script =~ /^(CREATE FUNCTION nps_rating\(.*?;\nCOMMENT.*?;\n)/ms;
	my ($cast) = $script =~ /^(CREATE CAST \(nps_score AS json\).*?;\nCOMMENT.*?;\n)/m;
	my ($bar) = $script =~ /^(CREATE FUNCTION nps_bar\(.*?;\n)/ms;
	(my $old_bar = $bar) =~ s/DEFAULT 20/DEFAULT 10/;
	(my $new_bar = $bar) =~ s/^CREATE/CREATE OR REPLACE/;
	my $before = $script;
	$before =~ s/\Q$function\E//;
	$before =~ s/\Q$cast\E/CREATE CAST (nps_score AS json) WITH FUNCTION nps_score_to_json(nps_score) AS IMPLICIT;\n/;
	$before =~ s/\Q$bar\E/$old_bar/;
	my $mend_cast = "ALTER EXTENSION nps DROP CAST (nps_score AS json);\nDROP CAST (nps_score AS json);\n$cast";

	make_up('nps--0.0.1.sql', $before);
	make_up("nps--0.0.1--$version.sql", $function . $mend_cast . $new_bar);
	make_up('nps--0.0.2.sql', $before);
	make_up("nps--0.0.2--$version.sql", $function . $mend_cast);
	make_up('nps--0.0.3.sql', $before);
	make_up("nps--0.0.3--0.0.1.sql", "SELECT 1;\n");
	is_deeply([ grep { /^0\.0\./ } versions_in($directory) ], [ '0.0.1', '0.0.2', '0.0.3' ], 'made-up older versions are found');
	is_deeply(difference_after_update('0.0.1'), [], 'an update that mends all is as fresh');
	is_deeply(difference_after_update('0.0.3'), [], 'so is one by two steps');
	is_deeply(difference_after_update('0.0.2'),
		[ '+ function nps_bar(nps_summary,integer): arguments: summary nps_summary, width integer DEFAULT 10',
			'- function nps_bar(nps_summary,integer): arguments: summary nps_summary, width integer DEFAULT 20' ],
		'an update that forgets something is not');
}

$node->stop;
done_testing();
