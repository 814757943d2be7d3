# Programs before and after what examples/clients has for them: what they read, what they compute of it, what they write,
# what their schema tools say. The programs in test/clients/programs are asked the same, of the answers 10, 9, 7, 3 and a
# blank. Afterwards all is right; before, it is what the table of doc/clients.md says. PostGraphile, Rails, R and pgx are
# asked where they are installed.
use strict;
use warnings;
use Cwd qw(getcwd);
use File::Copy qw(copy);
use File::Path qw(make_path);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('programs');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# Counted by hand. Writing 11 is an error, whatever its SQLSTATE. Not each is asked of every program.
my %right = (
	'scores' => '[10,9,7,3,null]',
	'mean' => '7.25',
	'largest' => '10',
	'write 8' => '8',
	'write 11' => 'error',
	'update' => '9',
	'summary' => '[0,0,0,1,0,0,0,1,0,1,1]',
	'write a summary' => '[1,1,1,1,1,1,1,1,1,1,1]',
	'aggregate' => '[0,0,0,1,0,0,0,1,0,1,1]',
	'array' => '[10,9,7,3,null]',
	'whole table' => '[10,9,7,3,null]',
	'result' => '4',
	'score >= 9' => '2',
	'average' => '7.25',
	'greatest' => '10',
	'COPY' => '[10,null,3]',
	'made table' => '"nps_score"');

# --- doc/clients.md: a row a program, a column a question. "`a` → `b`" is what was and what is; one alone has not
# --- changed; "…" stands for anything; "-" where there is nothing to ask. What is said of how to use each is done here.

my @questions = ('scores', 'mean', 'largest', 'write 8', 'summary', 'schema tool');
my ($section) = slurp_file('doc/clients.md') =~ /^## Programs\n(.*?)^## /ms;
my ($answers_table, $uses_table) = $section =~ /((?:^\|.*\n)+)/mg;
my %page;
foreach (grep { /`/ } split /\n/, $answers_table)
{
	my (undef, $program, @cells) = map { s/^\s+|\s+$//gr } split /\|/;
	@{ $page{$program} }{@questions} = map { [ /`([^`]*)`/g ] } @cells;
}

my $sources = join '', map { slurp_file($_) } glob('examples/clients/* test/clients/programs/*.*');
foreach (grep { /`/ } split /\n/, $uses_table)
{
	my (undef, $program, $file, $use) = map { s/^\s+|\s+$//gr } split /\|/;
	ok(exists $page{$_} && $file =~ m{\(\.\./(examples/clients/\w+\.\w+)\)} && -f $1, "$_ has a file") foreach split /, /, $program;
	ok(index($sources, $_) >= 0, "$program: $_") foreach $use =~ /`([^`]*)`/g;
}

sub pattern_of
{
	my ($cell) = @_;
	return join '.*', map { quotemeta } split /…/, $cell, -1;
}

# --- the programs ------------------------------------------------------------------------------------

my $directory = PostgreSQL::Test::Utils::tempdir();
my %environment = (PGHOST => $node->host, PGPORT => $node->port, PGUSER => scalar(getpwuid($<)), PGCLIENTENCODING => 'UTF8',
	PYTHONPATH => 'examples/clients', PYTHONDONTWRITEBYTECODE => 1,
	GO111MODULE => 'off', GOPATH => "$directory/go:/usr/share/gocode", GOCACHE => "$directory/go-cache");
@ENV{ keys %environment } = values %environment;

make_path("$directory/go/src/nps");
copy('examples/clients/nps_pgx.go', "$directory/go/src/nps") or die "nps_pgx.go: $!";

# A database of the program's own.
sub make_tables
{
	my ($name) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $name");
	$node->safe_psql($name, q(
		CREATE EXTENSION nps;
		CREATE TABLE answers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, score nps_score);
		CREATE TABLE written (LIKE answers INCLUDING ALL);
		CREATE TABLE daily (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, summary nps_summary);
		INSERT INTO answers (score) VALUES (10), (9), (7), (3), (NULL);
		INSERT INTO daily (summary) SELECT nps_agg(score) FROM answers));
	$node->safe_psql($name, slurp_file('examples/clients/odbc.sql')) if $name eq 'odbc';
	$ENV{PGDATABASE} = $name;
}

# What drizzle-kit declares of a database and, from that, would make of one.
sub drizzle_kit
{
	my ($home) = getcwd();
	my @kit = map { [ 'drizzle-kit', $_, '--config', 'drizzle.config.mjs' ] } qw(pull generate);
	my @declared;

	copy($_, $directory) or die "$_: $!" foreach 'test/clients/programs/drizzle.config.mjs', 'examples/clients/nps_drizzle.mjs';
	chdir $directory;
	command_ok($kit[0], 'drizzle-kit pull');
	rename 'made/schema.ts', 'schema.ts' or die "schema.ts: $!";
	push @declared, slurp_file('schema.ts') =~ /^\tscore: (.*),$/m;
	system_or_bail('sed', '-i', '-f', "$home/examples/clients/nps_drizzle.sed", 'schema.ts');
	push @declared, slurp_file('schema.ts') =~ /^\tscore: (.*),$/m;
	system_or_bail('rm', '-r', 'made');
	command_ok($kit[1], 'drizzle-kit generate');
	my $made = join '', map { slurp_file($_) } glob('made/*.sql');
	chdir $home;

	is_deeply([ $made =~ /^\t("(?:score|summary)" .*)$/mg ], [ '"score" "nps_score"', '"summary" "nps_summary"', '"score" "nps_score"' ],
		'drizzle-kit generate makes columns of the types');
	unlike($made, qr/CREATE TYPE/, 'and leaves the types to the extension');
	return @declared;
}

# What a program printed: its answers by program, question and time, a number written as JSON has it.
sub answers_in
{
	my ($printed) = @_;
	my %answers;

	foreach (split /\n/, $printed)
	{
		my ($program, $when, $question, $answer) = split / \| /, $_, 4;
		$answer =~ s/, /,/g;
		$answer =~ s/\b(\d+)\.0\b/$1/g;
		$answer =~ s/^error.*/error/ if $question eq 'write 11';
		$answer =~ s/^"(.*)"$/$1/ && $answer =~ s/\\"/"/g if $question eq 'schema tool';
		$answers{$program}{$question}{$when} = $answer;
	}
	return \%answers;
}

# Afterwards all is right. A wrong answer of before may be an error in another version of the program.
sub compare
{
	my ($program, $answers) = @_;
	my $cells = $page{$program} // {};

	foreach my $question (sort keys %$answers)
	{
		my ($before, $after) = @{ $answers->{$question} }{qw(before after)};
		my ($was, $is) = map { pattern_of($_) } @{ $cells->{$question} // [] };
		is($after, $right{$question}, "$program: $question") if $question ne 'schema tool';
		is($before, 'error', "$program, before: $question") if $question eq 'write 11';
		next unless defined $was;
		like($before, defined $is ? qr/\A(?:$was|error.*)\z/ : qr/\A$was\z/, "$program, before: $question");
		like($after, defined $is ? qr/\A$is\z/ : qr/\A$was\z/, "$program, after: $question as on the page");
	}
	is_deeply([ sort grep { $answers->{$_} } @questions ], [ sort grep { @{ $cells->{$_} // [] } } @questions ], "$program: the page has what is asked");
}

my $programs = 'test/clients/programs';
my @programs = (
	[ psycopg2 => 'python3', "$programs/psycopg2_.py" ],
	[ sqlalchemy => 'python3', "$programs/sqlalchemy_.py" ],
	[ asyncpg => 'python3', "$programs/asyncpg_.py" ],
	[ django => 'python3', "$programs/django_.py" ],
	[ odbc => 'python3', "$programs/odbc.py" ],
	[ kysely => 'node', "$programs/kysely.mjs" ],
	[ drizzle => 'node', "$programs/drizzle.mjs" ],
	[ postgraphile => 'node', "$programs/postgraphile.mjs" ],
	[ rails => 'ruby', "$programs/rails.rb" ],
	[ r => 'Rscript', '--vanilla', "$programs/rpostgresql.R" ],
	[ pgx => 'go', 'run', "$programs/pgx/main.go" ]);

# Those that ./dev clients does not install: what succeeds where they are.
my %there = (
	postgraphile => [ 'node', '--eval', 'import("postgraphile").then(() => Promise.withResolvers().resolve())' ],
	rails => [ 'ruby', '-e', 'require "active_record"; require "pg"' ],
	r => [ 'Rscript', '--vanilla', '-e', 'library(RPostgreSQL)' ],
	pgx => [ 'go', 'list', 'github.com/jackc/pgx/v4' ]);

my %asked;
foreach (@programs)
{
	my ($name, @command) = @$_;
	SKIP:
	{
		skip "$name is not installed", 1 if $there{$name} && !eval { IPC::Run::run($there{$name}, '>', \my $stdout, '2>', \my $stderr) };

		my ($printed, $stderr);
		make_tables($name);
		ok(IPC::Run::run(\@command, '>', \$printed, '2>', \$stderr), "$name runs") or diag($stderr);
		my $answers = answers_in($printed);
		@{ $answers->{Drizzle}{'schema tool'} }{qw(before after)} = drizzle_kit() if $name eq 'drizzle';
		compare($_, $answers->{$_}) foreach sort keys %$answers;
		$asked{$_} = 1 foreach keys %$answers;
	}
}
note('asked: ' . join ', ', sort keys %asked);

$node->stop;
done_testing();
