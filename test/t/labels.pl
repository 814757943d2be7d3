# nps_parse and the characters of the world: what Unicode, as Perl knows it, calls a number is never passed over as if it were a
# word; everything else may stand in a label. And the same in databases of other encodings.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Unicode::UCD;

$ENV{PGCLIENTENCODING} = 'UTF8';
my $node = PostgreSQL::Test::Cluster->new('labels');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# reading(label): the score as text, none, or the SQLSTATE.
my $reading = q(CREATE EXTENSION nps;
	CREATE FUNCTION reading(label text) RETURNS text LANGUAGE plpgsql AS $$
	BEGIN
		RETURN coalesce(nps_parse(label)::text, 'none');
	EXCEPTION WHEN OTHERS THEN
		RETURN SQLSTATE;
	END $$;);
$node->safe_psql('postgres', $reading);

# --- every character -------------------------------------------------------------------------------------

# Every character beyond ASCII, and whether it is a number. An older Perl knows fewer, which are left out; so are later numbers.
my $unicode = Unicode::UCD::UnicodeVersion() =~ /^(\d+)/ && $1 < 14 ? $1 : 14;
my $known = qr/\p{Present_In: $unicode.0}/;
my $file = PostgreSQL::Test::Utils::tempdir() . '/characters';
open(my $characters, '>', $file) or die $!;
foreach my $code (0x80 .. 0xd7ff, 0xe000 .. 0x10ffff)
{
	my $character = chr $code;
	print $characters "$code\t" . ($character =~ /\p{N}/ ? 't' : 'f') . "\n" if $character =~ $known && $character !~ /\p{Co}|\p{Cn}/;
}
close($characters);
$node->safe_psql('postgres', "CREATE TABLE characters (code integer, is_number boolean); COPY characters FROM '$file'");
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM characters WHERE is_number'), '>', 1600, 'Unicode has numbers');

# The codes of characters for which a condition holds, the first few.
sub codes
{
	my ($condition) = @_;
	return $node->safe_psql('postgres', "SELECT to_hex(code) FROM characters WHERE $condition ORDER BY code LIMIT 20");
}

my $percents = join ',', 0x609, 0x60a, 0x66a, 0x2030, 0x2031, 0xfe6a, 0xff05;
is(codes("is_number AND reading('8 ' || chr(code)) <> '22P02'"), '', 'a number after the answer makes it unclear');
is(codes("is_number AND reading(chr(code)) <> '22P02'"), '', 'a number of others is not taken for no answer');
is(codes("NOT is_number AND code NOT IN ($percents) AND reading('8 ' || chr(code) || ' likely') <> '8'"), '', 'all else may stand after the answer');
is(codes("NOT is_number AND code NOT IN (160, 65279) AND reading(chr(code)) <> 'none'"), '', 'and alone is no answer');
is(codes("code IN ($percents) AND reading('8 ' || chr(code)) <> '22P02'"), '', 'but percent signs');
is(codes("code NOT IN (160, 65279) AND reading('8' || chr(code)) <> '22P02'"), '', 'none may stand right behind the answer but a blank');

# --- other encodings -------------------------------------------------------------------------------------

# Labels, given in UTF-8, and what is to be read from them.
my @cases = (
	[ 'LATIN1', "8 \x{bd}", '22P02' ], [ 'LATIN1', "10\x{a0}- tr\x{e8}s", '10' ], [ 'LATIN1', "\x{bd}", '22P02' ], [ 'LATIN1', '9.0', '9' ],
	[ 'EUC_JP', "9 \x{ff05}", '22P02' ], [ 'EUC_JP', "9 \x{ff08}\x{70b9}\x{ff09}", '9' ], [ 'EUC_JP', "\x{ff19}", '22P02' ], [ 'EUC_JP', "\x{70b9}", 'none' ],
	[ 'WIN1252', "9 \x{2030}", '22P02' ], [ 'WIN1252', "7 \x{2013} 8", '22P02' ], [ 'WIN1252', "7 \x{2013} oui", '7' ],
	[ 'SQL_ASCII', "3 \x{664}", '22P02' ], [ 'SQL_ASCII', "10 - tr\x{e8}s", '10' ]);
foreach my $encoding (qw(LATIN1 EUC_JP WIN1252 SQL_ASCII))
{
	$node->safe_psql('postgres', "CREATE DATABASE in_\L$encoding\E ENCODING '$encoding' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql("in_\L$encoding\E", $reading);
	foreach my $case (grep { $_->[0] eq $encoding } @cases)
	{
		my ($label, $expected) = @{$case}[ 1, 2 ];
		utf8::encode($label);
		is($node->safe_psql("in_\L$encoding\E", "SELECT reading('$label')"), $expected, "$encoding: $label");
	}
}

# Bytes that are no UTF-8, also where they end in the middle of a character.
is($node->safe_psql('in_sql_ascii', q(SELECT string_agg(reading(label), ' ') FROM unnest(ARRAY[E'8 \xbd', E'8 \xe9t\xe9', E'8 \xf0', E'8 \xe2\x85', E'\xf0\x9f']) label)),
	'22P02 8 8 8 none', 'SQL_ASCII: bytes of another encoding');

$node->stop;
done_testing();
