# doc/reference.md and the catalog agree, both ways: each type, column, function, aggregate, operator, cast and
# operator class that users name is on the page with its signature as PostgreSQL prints it, and nothing else is. Its
# comment, which psql shows, is the first line that the page gives for it. Each has an example with its output
# (which documents.pl runs), the contents name every section, and links lead somewhere.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $page = slurp_file('doc/reference.md');

# --- what the page says -------------------------------------------------------

# The text of a section, from its heading to the next one of any level.
sub section_of
{
	my ($heading) = @_;
	my ($text) = $page =~ /^#+ \Q$heading\E\n(.*?)(?=^#+ |\z)/ms;
	return $text // '';
}

# The rows of a section's table, each a list of cells without their code marks.
sub rows_of
{
	my ($heading) = @_;
	my @rows = map { [ map { s/^`(.*)`$/$1/r } split / \| /, $_ ] } section_of($heading) =~ /^\| (.*?) ?\|$/mg;
	return @rows;
}

# "signature returns type: comment" of each block of signatures.
sub signatures_on_page
{
	my @lines;
	while ($page =~ /^```text\n(.*?)^```\n\*\*([^\n]*)\*\*$/msg)
	{
		my ($signatures, $comment) = ($1, $2);
		push @lines, map { "$_: $comment" } split /\n/, $signatures;
	}
	return @lines;
}

# The operators of the table of comparisons: the heads of its columns are the comments.
sub comparisons_on_page
{
	my ($heads, @rows) = rows_of('Comparison');
	return map { my $row = $_; map { "$row->[$_] returns boolean: $heads->[$_]" } 0 .. $#$row } @rows;
}

sub types_on_page
{
	my %comments = $page =~ /^### Type (\w+)\n\n\*\*(.*)\*\*$/mg;
	return %comments;
}

# "type.column type: comment" of each composite type's columns.
sub columns_on_page
{
	my @lines;
	foreach my $type (sort { $a cmp $b } keys %{ { types_on_page() } })
	{
		my (undef, @rows) = rows_of("Type $type");
		push @lines, map { "$type.$_->[0] $_->[1]: $_->[2]" } @rows;
	}
	return @lines;
}

# --- what the catalog says -----------------------------------------------------

my $node = PostgreSQL::Test::Cluster->new('reference_page');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION nps');

# The members of the extension of one kind, as "what is printed of it", one a line.
sub members
{
	my ($catalog, $what, $condition) = @_;
	return split /\n/, $node->safe_psql('postgres', qq(
		SELECT $what FROM $catalog o
		JOIN pg_depend d ON d.classid = '$catalog'::regclass AND d.objid = o.oid AND d.deptype = 'e'
		JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'nps'
		WHERE $condition));
}

my $commented_function = q((CASE prokind WHEN 'a' THEN 'aggregate ' ELSE '' END) || proname || '('
	|| pg_get_function_arguments(o.oid) || ') returns ' || pg_get_function_result(o.oid) || ': ' || obj_description(o.oid, 'pg_proc'));
my $commented_operator = q(format_type(oprleft, NULL) || ' ' || oprname || ' ' || format_type(oprright, NULL)
	|| ' returns ' || format_type(oprresult, NULL) || ': ' || obj_description(o.oid, 'pg_operator'));
my $commented_cast = q(format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL) || ', '
	|| CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'on assignment' ELSE 'explicit' END
	|| ': ' || coalesce(obj_description(o.oid, 'pg_cast'), 'no comment'));
my $columns_of_type = q((SELECT string_agg(typname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ': '
	|| coalesce(col_description(attrelid, attnum), 'no comment'), E'\n' ORDER BY attnum)
	FROM pg_attribute WHERE attrelid = typrelid AND attnum > 0 AND NOT attisdropped));

# Users name what has a comment; that nothing else lacks one is tested in sql/extension.sql. Operators between
# number signs are the planner's.
my @functions = members('pg_proc', $commented_function, q(obj_description(o.oid, 'pg_proc') IS NOT NULL));
my @operators = members('pg_operator', $commented_operator, q(oprname NOT LIKE '#%#'));
my @types = members('pg_type', q(typname || ': ' || coalesce(obj_description(o.oid, 'pg_type'), 'no comment')), q(typcategory <> 'A'));
my @columns = members('pg_type', $columns_of_type, q(typtype = 'c'));
my @casts = members('pg_cast', $commented_cast, 'true');
my @classes = members('pg_opclass', q(opcname || ' ' || (SELECT amname FROM pg_am WHERE pg_am.oid = opcmethod) || ' '
	|| format_type(opcintype, NULL) || CASE WHEN opcdefault THEN ' default' ELSE '' END), 'true');

# --- both ways ------------------------------------------------------------------

# Two lists hold the same lines, each once.
sub agree
{
	my ($what, $on_page, $in_catalog) = @_;
	my (%on_page, %in_catalog);
	$on_page{$_}++ foreach @$on_page;
	$in_catalog{$_}++ foreach @$in_catalog;

	is(join("\n", grep { !$in_catalog{$_} } sort keys %on_page), '', "$what: the page has none that the catalog lacks");
	is(join("\n", grep { !$on_page{$_} } sort keys %in_catalog), '', "$what: the catalog has none that the page lacks");
	is(join("\n", grep { $on_page{$_} > 1 } sort keys %on_page), '', "$what: the page has none twice");
	cmp_ok(scalar(@$in_catalog), '>', 0, "$what: there are some");
	note("$what: " . scalar(@$in_catalog));
}

my %types_on_page = types_on_page();
my (undef, @cast_rows) = rows_of('Casts');
my (undef, @class_rows) = rows_of('Operator classes');
agree('functions, aggregates and operators', [ signatures_on_page(), comparisons_on_page() ], [ @functions, @operators ]);
agree('types', [ map { "$_: $types_on_page{$_}" } keys %types_on_page ], \@types);
agree('columns of composite types', [ columns_on_page() ], \@columns);
agree('casts', [ map { "$_->[0], $_->[1]: $_->[2]" } @cast_rows ], \@casts);
agree('operator classes', [ map { join(' ', @$_) } @class_rows ], \@classes);
is(scalar(() = $page =~ /^```text$/mg), scalar(() = $page =~ /^```text\n(?:(?!^```).+\n)+^```\n\*\*.+\*\*\n/mg),
	'each block of signatures has a comment below');

# --- psql shows the same -----------------------------------------------------------

# The rows that a command of psql prints, each a list of cells.
sub rows_of_psql
{
	my ($command) = @_;
	my ($stdout, $stderr) = ('', '');
	IPC::Run::run([ 'psql', '-XAtq', '-F', "\x1f", '-R', "\x1e", '-d', $node->connstr('postgres'), '-c', $command ],
		'>', \$stdout, '2>', \$stderr);
	is($stderr, '', "$command works");
	$stdout =~ s/\n\z//;
	return map { [ split /\x1f/, $_, -1 ] } split /\x1e/, $stdout;
}

my @shown = map { ($_->[4] eq 'agg' ? 'aggregate ' : '') . "$_->[1]($_->[3]) returns $_->[2]: $_->[-1]" }
	grep { $_->[-1] ne '' } rows_of_psql('\df+ public.*');
push @shown, map { "$_->[2] $_->[1] $_->[3] returns $_->[4]: $_->[-1]" }
	grep { $_->[1] !~ /^#.*#$/ } rows_of_psql('\do+ public.*');
agree('\df+ and \do+', [ signatures_on_page(), comparisons_on_page() ], \@shown);
agree('\dT+', [ map { "$_: $types_on_page{$_}" } keys %types_on_page ],
	[ map { "$_->[1]: $_->[-1]" } rows_of_psql('\dT+ public.*') ]);
agree('\dC+', [ map { "$_->[0]: $_->[2]" } @cast_rows ],
	[ map { "$_->[0] AS $_->[1]: $_->[-1]" } rows_of_psql('\dC+ nps_*') ]);

# --- the page itself -----------------------------------------------------------------

# What a section's signatures name and its examples do not.
sub names_without_example
{
	my $text = section_of($_[0]);
	my $examples = join('', $text =~ /^```sql\n(.*?)^```\n^```\n(?=[^`\n])/msg);
	my %names = map { $_ => 1 } map { /^(?:aggregate )?(\w+)\(/mg } $text =~ /^```text\n(.*?)^```$/msg;
	return $examples eq '' ? "$_[0]: none" : map { "$_[0]: $_" } grep { $examples !~ /\b$_\(/ } sort keys %names;
}

# The names of methods are in the examples of those who take them.
my @sections = $page =~ /^### (.*)$/mg;
is(join("\n", map { names_without_example($_) } grep { $_ ne 'Methods' } @sections), '', 'all have an example with its output');

# Names in the text exist, be they users' or internal.
my %names = map { $_ => 1 } members('pg_proc', 'proname', 'true'), members('pg_type', 'typname', 'true'), members('pg_opclass', 'opcname', 'true');
my %unknown = map { $_ => 1 } grep { !$names{$_} } $page =~ /\b(nps_\w+)/g;
is(join(' ', sort keys %unknown), '', 'each name on the page is in the catalog');

# A heading's anchor, as GitHub and others make it.
sub anchor_of
{
	my ($heading) = @_;
	return lc($heading) =~ s/[^\w\- ]//gr =~ s/ /-/gr;
}

my %anchors = map { anchor_of($_) => 1 } $page =~ /^#+ (.*)$/mg;
my ($contents) = $page =~ /\A(.*?)^## /ms;
my %in_contents = map { $_ => 1 } $contents =~ /\]\(#([^)]*)\)/g;
is(join("\n", grep { !$in_contents{ anchor_of($_) } } @sections), '', 'the contents name every section');
is(join("\n", grep { !$anchors{$_} } $page =~ /\]\(#([^)]*)\)/g), '', 'each link within the page has its heading');
is(join("\n", grep { !-e "doc/$_" } $page =~ /\]\(([^)#]+)/g), '', 'each link to another page has its file');

$node->stop;
done_testing();
