# What programs receive and send: psycopg 3 with results and parameters as text and in binary, JDBC as text and
# in binary, node-postgres. Each runs the same queries and inserts, as an ordinary role, on the demo survey
# and its BI views. What doc/clients.md says of it is compared with the tables here, and its code with the programs.
use strict;
use warnings;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# --- what each query gives: the value, and the type that a client gives it in. "type = value" where a client
# --- writes the value in another way. Figures are compared to four decimals.

my $received = <<'TABLE';
value | | psycopg | psycopg, binary | JDBC | node-pg
score | 8 | str | bytes = 08 | PGobject | string
score, no answer | NULL | NoneType | NoneType | null | null
score::integer | 8 | int | int | Integer | number
array_agg(score) | {7,NULL,10} | str | bytes = 34 bytes | Array of PGobject = [7,NULL,10] | string
array_agg(score::integer) | [7,NULL,10] | list of int | list of int | Array of Integer | Array of number
nps_category(score) | passive | str | bytes = 70617373697665 | String | string
nps_agg(score) | {0,2,4,6,5,21,33,106,211,150,351} | str | bytes = 89 bytes | PGobject | string
nps_counts(nps_agg(score)) | [0,2,4,6,5,21,33,106,211,150,351] | list of int | list of int | Array of Long | Array of string
nps_weighted_agg(score, 2) | {71,317,501,142,634,1002,284,1268,2004} | str | bytes = 73 bytes | PGobject | string
nps(score) | (48.3690,44.0433,52.4581,889,501,317,71,56.3555,35.6580,7.9865,2.1461,889) | str | bytes = 196 bytes | PGobject | string
nps(score), no answer | (,,,0,0,0,0,,,,,) | str | bytes = 132 bytes | PGobject | string
(nps(score)).nps | 48.3690 | float | float | Double | number
(nps(score)).ci_lower | 44.0433 | float | float | Double | number
(nps(score)).ci_upper | 52.4581 | float | float | Double | number
(nps(score)).responses | 889 | int | int | Long | string
(nps(score)).promoters | 501 | int | int | Long | string
(nps(score)).passives | 317 | int | int | Long | string
(nps(score)).detractors | 71 | int | int | Long | string
(nps(score)).promoter_pct | 56.3555 | float | float | Double | number
(nps(score)).passive_pct | 35.6580 | float | float | Double | number
(nps(score)).detractor_pct | 7.9865 | float | float | Double | number
(nps(score)).standard_error | 2.1461 | float | float | Double | number
(nps(score)).effective_responses | 889.0 | float | float | Double | number
round(nps(score)::numeric, 1) | 48.4 | Decimal | Decimal | BigDecimal | string
nps_format(nps(score)) | 48.4 [44.0, 52.5] n=889 | str | str | String | string
nps_test(a, b) | (-24.7365,-39.4814,-10.9726,6.7730,-3.6522,0.0003,t) | str | bytes = 109 bytes | PGobject | string
(nps_test(a, b)).difference | -24.7365 | float | float | Double | number
(nps_test(a, b)).ci_lower | -39.4814 | float | float | Double | number
(nps_test(a, b)).ci_upper | -10.9726 | float | float | Double | number
(nps_test(a, b)).standard_error | 6.7730 | float | float | Double | number
(nps_test(a, b)).z | -3.6522 | float | float | Double | number
(nps_test(a, b)).p_value | 0.0003 | float | float | Double | number
(nps_test(a, b)).significant | true | bool | bool | Boolean | boolean
to_json(nps(score)) | {"ci_lower":44.0433,"ci_upper":52.4581,"detractor_pct":7.9865,"detractors":71,"effective_responses":889,"nps":48.3690,"passive_pct":35.6580,"passives":317,"promoter_pct":56.3555,"promoters":501,"responses":889,"standard_error":2.1461} | dict | dict | PGobject | Object
row_to_json(response) | {"answered_at":"2016-06-09","id":1,"pace":"Just right","score":8} | dict | dict | PGobject | Object
json_agg(response) | [{"id":8,"score":7},{"id":9,"score":null},{"id":10,"score":10}] | list of dict | list of dict | PGobject | Array of Object
answered_at | 2016-06-09 | date | date | Date | Date
TABLE

# The queries behind the names. Two with the same name would hide each other.
my $later = "nps_agg(score) FILTER (WHERE answered_at >= '2018-07-01')";
my $earlier = "nps_agg(score) FILTER (WHERE answered_at < '2018-07-01')";
my @queries = (
	[ 'score' => 'SELECT score FROM responses WHERE id = 1' ],
	[ 'score, no answer' => 'SELECT score FROM responses WHERE id = 9' ],
	[ 'score::integer' => 'SELECT score::integer FROM responses WHERE id = 1' ],
	[ 'array_agg(score)' => 'SELECT array_agg(score ORDER BY id) FROM responses WHERE id IN (8, 9, 10)' ],
	[ 'array_agg(score::integer)' => 'SELECT array_agg(score::integer ORDER BY id) FROM responses WHERE id IN (8, 9, 10)' ],
	[ 'nps_category(score)' => 'SELECT nps_category(score) FROM responses WHERE id = 1' ],
	[ 'nps_agg(score)' => 'SELECT nps_agg(score) FROM responses' ],
	[ 'nps_counts(nps_agg(score))' => 'SELECT nps_counts(nps_agg(score)) FROM responses' ],
	[ 'nps_weighted_agg(score, 2)' => 'SELECT nps_weighted_agg(score, 2) FROM responses' ],
	[ 'nps(score)' => 'SELECT nps(score) FROM responses' ],
	[ 'nps(score), no answer' => 'SELECT nps(score) FROM responses WHERE id = 9' ],
	[ '(nps(score))' => 'SELECT (nps(score)).* FROM responses' ],
	[ 'round(nps(score)::numeric, 1)' => 'SELECT round(nps(score)::numeric, 1) FROM responses' ],
	[ 'nps_format(nps(score))' => 'SELECT nps_format(nps(score)) FROM responses' ],
	[ 'nps_test(a, b)' => "SELECT nps_test($later, $earlier) FROM responses" ],
	[ '(nps_test(a, b))' => "SELECT (nps_test($later, $earlier)).* FROM responses" ],
	[ 'to_json(nps(score))' => 'SELECT to_json(nps(score)) FROM responses' ],
	[ 'row_to_json(response)' => 'SELECT row_to_json(response) FROM responses AS response WHERE id = 1' ],
	[ 'json_agg(response)' => 'SELECT json_agg(response ORDER BY id) FROM (SELECT id, score FROM responses WHERE id IN (8, 9, 10)) response' ],
	[ 'answered_at' => 'SELECT answered_at FROM responses WHERE id = 1' ]);

# --- what is another type once doc/clients.md's code has registered the types; all else is as before

my $registered = <<'TABLE';
value | | psycopg | psycopg, binary | JDBC | node-pg
score | 8 | int | int | Score | number
array_agg(score) | [7,NULL,10] | list of int | list of int | Array of Score | Array of number
nps_category(score) | passive | Nps_Category | Nps_Category | String | string
nps_agg(score) | [0,2,4,6,5,21,33,106,211,150,351] | list of int | list of int | PGobject = {0,2,4,6,5,21,33,106,211,150,351} | Array of number
nps(score) | (48.3690,44.0433,52.4581,889,501,317,71,56.3555,35.6580,7.9865,2.1461,889) | nps_result | nps_result | PGobject | string
nps(score), no answer | (NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL) | nps_result | nps_result | PGobject = (,,,0,0,0,0,,,,,) | string = (,,,0,0,0,0,,,,,)
(nps(score)).responses | 889 | int | int | Long | number
(nps(score)).promoters | 501 | int | int | Long | number
(nps(score)).passives | 317 | int | int | Long | number
(nps(score)).detractors | 71 | int | int | Long | number
nps_test(a, b) | (-24.7365,-39.4814,-10.9726,6.7730,-3.6522,0.0003,true) | nps_test_result | nps_test_result | PGobject = (-24.7365,-39.4814,-10.9726,6.7730,-3.6522,0.0003,t) | string = (-24.7365,-39.4814,-10.9726,6.7730,-3.6522,0.0003,t)
answered_at | 2016-06-09 | date | date | Date | string
TABLE

# --- what becomes of each value that a client sends, or the SQLSTATE of its error; "-" where it has no such thing

my $sent = <<'TABLE';
sent | psycopg | psycopg, binary | JDBC | node-pg
insert 9 | 9 | 9 | 9 | 9
insert 9 as smallint | 9 | 9 | 9 | 9
insert 9 as integer | 9 | 9 | 9 | 9
insert 9 as bigint | 9 | 9 | 9 | 9
insert nothing | NULL | NULL | NULL | NULL
insert 9.0 | 9 | 9 | 9 | 9
insert 9.5 | error 22003 | error 22003 | error 22003 | error 22P02
insert 11 | error 22003 | error 22003 | error 22003 | error 22003
insert -1 | error 22003 | error 22003 | error 22003 | error 22003
insert 100000 | error 22003 | error 22003 | error 22003 | error 22003
insert 5000000000 | error 22003 | error 22003 | error 22003 | error 22003
insert a string | 9 | error 42804 | error 42804 | 9
insert a string, cast | 9 | 9 | 9 | 9
take what was inserted | 8 | 7 | 7 | 8
batch | [10,NULL,3] | [10,NULL,3] | [10,NULL,3] | -
batch with 11 | error 22003 | error 22003 | error 22003 | -
after the batch with 11 | 0 | 0 | 0 | -
array | [10,NULL,3] | [10,NULL,3] | [10,NULL,3] | [10,NULL,3]
COPY | [10,NULL,3] | [10,NULL,3] | [10,NULL,3] | -
COPY with 11 | error 22003 | error 22003 | error 22003 | -
score >= 9 | 501 | 501 | 501 | 501
score >= 9 as bigint | 501 | 501 | 501 | 501
score >= 11 | 0 | 0 | 0 | error 22003
score >= 11, cast | 0 | 0 | 0 | 0
score IN (9, 10) | 501 | 501 | 501 | 501
score = ANY (9, 10) | 501 | 501 | 501 | 501
COALESCE (score, 0) | error 42846 | error 42846 | error 42846 | 7641
COALESCE (score, 0) as integer | - | - | 7641 | -
COALESCE (score, 0), cast | 7641 | 7641 | 7641 | 7641
nps_category (9) | promoter | promoter | promoter | error 42725
nps_category (9), cast | promoter | promoter | promoter | promoter
nps_parse | 10 | 10 | 10 | 10
eleven counts | 11 | 11 | 11 | 11
documented inserts | [9,10,NULL,3,7,NULL,8] | [9,10,NULL,3,7,NULL,8] | [9,10,NULL,3] | [9,10,NULL,3]
getInt | - | - | 501 of 889 | -
getObject as Integer | - | - | error 22023 | -
getInt, no answer | - | - | 0 | -
getDouble, no answer | - | - | 0.0 | -
getObject as Double | - | - | 0.0 | -
getObject as Double, no answer | - | - | NULL | -
COPY in binary | [10,NULL,3] | [10,NULL,3] | - | -
COPY in binary with 11 | error 22P03 | error 22P03 | - | -
insert 9, registered | 9 | 9 | - | -
a Score as parameter | - | - | 9 | -
toISOString of 2016-06-09 | - | - | - | 2016-06-08
TABLE

# --- the columns of the BI views: each is one of five types

my $flat = <<'TABLE';
column | psycopg | psycopg, binary | JDBC | node-pg | node-pg, registered
boolean | bool = true | bool = true | Boolean = true | boolean = true | boolean = true
date | date | date | Date | Date | string
double precision | float | float | Double | number | number
integer | int | int | Integer | number | number
text | str | str | String | string | string
TABLE

# The columns of these tables.
my %column_of = ('psycopg' => 0, 'psycopg, binary' => 1, 'JDBC' => 2, 'node-pg' => 3, 'node-pg, registered' => 4);

# The rows of a table, each a list of its cells; the first, which names the columns, is left out.
sub rows_of
{
	my ($table) = @_;
	my (undef, @lines) = split /\n/, $table;
	return map { [ map { s/^\s+|\s+$//gr } split /\|/, $_, -1 ] } @lines;
}

# Figures to four decimals, JSON in one spelling, so that clients can be compared.
sub comparable
{
	my ($value) = @_;
	my $json = JSON::PP->new->canonical->allow_nonref;
	$value = $json->encode($json->decode($value)) if $value =~ /^(\{"|\[\{)/;
	$value =~ s/(-?\d+\.\d+(?:e[-+]?\d+)?)/0 + sprintf('%.4f', $1)/gie;
	return $value;
}

# The lines that a client is expected to print of one part, "what | type | value", from its column.
sub expected_lines
{
	my ($client, @rows) = @_;
	my %line;

	foreach my $row (@rows)
	{
		my ($what, $value, @types) = @$row;
		my ($type, $own_value) = split / = /, $types[ $column_of{$client} ], 2;
		$line{$what} = "$type | " . comparable($own_value // $value);
	}
	return \%line;
}

# The lines of one part that a client printed, by what they are about.
sub printed_lines
{
	my ($part, $output) = @_;
	my %line;

	foreach (split /\n/, $output)
	{
		my ($line_part, $what, $type, $value) = split / \| /, $_, 4;
		next if $line_part ne $part;
		$line{$what} .= "$type | " . comparable($value);
	}
	return \%line;
}

# --- the server: sockets, and for JDBC, which knows no others, TCP on this machine alone, with a password

my $node = PostgreSQL::Test::Cluster->new('clients');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'");
unlink $node->data_dir . '/pg_hba.conf';
$node->append_conf('pg_hba.conf', "local all all trust\nhost all analyst 127.0.0.1/32 scram-sha-256");
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

$node->safe_psql('postgres', "SET password_encryption = 'scram-sha-256'; CREATE ROLE analyst LOGIN PASSWORD 'secret'; CREATE EXTENSION nps");
$node->safe_psql('postgres', slurp_file("examples/$_.sql")) foreach qw(carpentries bi_views);
$node->safe_psql('postgres', q(
	CREATE TABLE answers (id bigint GENERATED ALWAYS AS IDENTITY, score nps_score);
	GRANT SELECT ON ALL TABLES IN SCHEMA public TO analyst;
	GRANT INSERT, DELETE ON answers TO analyst));

is($node->safe_psql('postgres', q(SELECT count(*) FILTER (WHERE score::integer >= 9), count(*) FILTER (WHERE score::integer IN (7, 8)),
	count(*) FILTER (WHERE score::integer <= 6), round(100.0 * (count(*) FILTER (WHERE score::integer >= 9)
	- count(*) FILTER (WHERE score::integer <= 6)) / count(score), 4), sum(score::integer) FROM responses)),
	'501|317|71|48.3690|7641', 'the tables here have the figures that plain SQL counts');

# One row of each BI view: what psql shows of it, and the types of its columns.
my @view_rows;
my @views = split /\n/, $node->safe_psql('postgres', "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace ORDER BY 1");
my %flat_types = map { $_->[0] => [ @$_[ 1 .. 5 ] ] } rows_of($flat);
cmp_ok(scalar(@views), '>=', 5, "BI views: @views");
foreach my $view (@views)
{
	my $row = "SELECT * FROM $view AS one ORDER BY one DESC LIMIT 1";
	my @values = split /\|/, $node->safe_psql('postgres', $row, extra_params => [ '--pset', 'null=NULL' ]), -1;
	my @columns = map { [ split /\|/ ] } split /\n/, $node->safe_psql('postgres', qq(
		SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = '$view'::regclass AND attnum > 0 ORDER BY attnum));
	push @queries, [ $view, $row ];
	foreach my $i (0 .. $#columns)
	{
		my ($name, $type) = @{ $columns[$i] };
		my @types = $values[$i] eq 'NULL' ? ('NoneType', 'NoneType', 'null', 'null', 'null') : @{ $flat_types{$type} // [ ("not flat: $type") x 5 ] };
		push @view_rows, [ "$view.$name", $values[$i], @types ];
	}
}
note('columns of BI views: ' . @view_rows);

# --- the clients

my $input = join '', map { "$_->[0]\t$_->[1]\n" } @queries;
my $url = 'jdbc:postgresql://127.0.0.1:' . $node->port . '/postgres';
my %server = (PGHOST => $node->host, PGPORT => $node->port, PGUSER => 'analyst', PGDATABASE => 'postgres',
	TZ => 'Europe/Berlin'); # where a local midnight is the day before in Greenwich
my @java = ('java', '-XX:-UsePerfData', 'test/clients/Jdbc.java');
my @runs = (
	[ 'psycopg', 'psycopg', 'python3', 'test/clients/psycopg3.py', 'text' ],
	[ 'psycopg, binary', 'psycopg, binary', 'python3', 'test/clients/psycopg3.py', 'binary' ],
	[ 'JDBC', 'JDBC', @java, "$url?binaryTransfer=false", 'analyst', 'secret' ],
	[ 'JDBC, binary', 'JDBC', @java, "$url?prepareThreshold=-1", 'analyst', 'secret' ],
	[ 'node-pg', 'node-pg', 'node', 'test/clients/node_pg.js' ]);

my @received = (rows_of($received), @view_rows);
my $number_of_values = 0;
foreach my $run (@runs)
{
	my ($name, $client, @command) = @$run;
	my ($output, $stderr) = ('', '');

	$node->safe_psql('postgres', 'TRUNCATE answers');
	{
		local @ENV{ keys %server } = values %server;
		ok(IPC::Run::run(\@command, '<', \$input, '>', \$output, '2>', \$stderr), "$name: the program runs") or diag($stderr);
	}

	my $expected = expected_lines($client, @received);

	is_deeply(printed_lines('received', $output), $expected, "$name: what is received");

	# Registering changes some lines. In node-postgres it also changes every bigint and date.
	my $after = {
		%$expected,
		$client eq 'node-pg' ? %{ expected_lines('node-pg, registered', @view_rows) } : (),
		%{ expected_lines($client, rows_of($registered)) } };
	is_deeply(printed_lines('registered', $output), $after, "$name: what is received once the types are registered");

	my $column = $column_of{$client} + 1;
	my %outcome = map { $_->[0] => comparable($_->[$column]) } grep { $_->[$column] ne '-' } rows_of($sent);
	my $printed = printed_lines('sent', $output);
	s/^error \| /error / || s/^.*? \| // foreach values %$printed;
	is_deeply($printed, \%outcome, "$name: what is sent");

	$number_of_values += keys(%$expected) + keys(%$after) + keys(%outcome);
}
note("values compared: $number_of_values");

$node->stop;

# --- doc/clients.md: each row of its tables is a row of a table here, "…" standing for anything; each block of its
# --- code stands in a program, however far indented

my $page = slurp_file('doc/clients.md');

# A row as the page writes it: a client's own spelling of a value is left out.
sub page_row
{
	my ($what, @cells) = @_;
	s/ = .*// foreach @cells;
	return '| ' . join(' | ', map { "`$_`" } $what, @cells) . ' |';
}

my @page_tables = grep { @$_ } map { [ /^(\| `.*)$/mg ] } $page =~ /((?:^\|.*\n)+)/mg;
my @tested_tables = ($received, $registered, $sent, $flat =~ s/ \| [^|\n]*$//mgr);
is(scalar(@page_tables), scalar(@tested_tables), 'doc/clients.md has four tables');
foreach my $i (0 .. $#tested_tables)
{
	my @tested = map { page_row(@$_) } rows_of($tested_tables[$i]);
	my @rows = @{ $page_tables[$i] // [] };
	my @others = grep { my $row = join '.*', map { quotemeta } split /…/; !grep { /^$row$/ } @tested } @rows;
	is(join("\n", @others), '', 'each of the ' . @rows . ' rows of table ' . ($i + 1) . ' is one that is tested');
}

my %program = (python => 'psycopg3.py', java => 'Jdbc.java', js => 'node_pg.js');
my $number_of_blocks = 0;
while ($page =~ /^```(python|java|js)\n(.*?)^```$/msg)
{
	my ($language, $code) = ($1, $2);
	my $program = slurp_file("test/clients/$program{$language}");
	my ($first_line) = $code =~ /(.*)/;
	my @indented = map { my $tabs = "\t" x $_; $code =~ s/^(?=.)/$tabs/mgr } 0 .. 3;

	ok((grep { index($program, $_) >= 0 } @indented), "doc/clients.md: the code of $program{$language} from \"$first_line\"");
	$number_of_blocks++;
}
is($number_of_blocks, 9, 'blocks of code in doc/clients.md');

done_testing();
