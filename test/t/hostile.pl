# Hostile input: 100,000 mutated texts, binary COPY files and binary parameters of every type. Each is
# accepted, and then keeps the promises of its type and comes back the same as text and as bytes, or is
# refused with an SQLSTATE for bad input. What plain SQL (Perl, for bytes) thinks of each input must agree.
# And every function that SQL can call, by hand with random arguments: a value or an error of class 22, and
# no argument changed where it is stored. The server never crashes. All from one seed; HOSTILE_SEED=number
# takes another.
use strict;
use warnings;
use List::Util qw(sum);
use Math::BigInt;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{HOSTILE_SEED} || 20260110;
srand($seed);

# How many inputs of each type go which way.
my @base_types = qw(nps_score nps_summary nps_weighted_summary nps_clustered_summary nps_paired_state);
my @composites = qw(nps_result nps_test_result nps_heterogeneity_result);
# Rows of the other composite types, which the server reads just like these.
my %rows = (
	nps_contribution_result => [ '(50,40.25,-1.5,0.25,-1.25)', '(,,,,)', '(1e308,-1e308,5e-324,0,-0)', '(NaN,0,0,Infinity,0)' ],
	nps_mix_result => [ '(-5.5,-4,-1.5,-12,4,4.08,-0.98,0.3271,f)', '(,,,,,,,,)', '(60,0,60,,,,,,)', '(1,2,3,4,5,-Infinity,7,NaN,t)' ],
	nps_trend_result => [ '(1.25,-0.75,3.25,1.02,0.2204,f,8)', '(,,,,,,0)', '(-25,,,,,,2)', '(1e300,NaN,0,0,2,t,-1)' ],
	nps_control_result => [ '(12.34,-2.5,10.1,50,f)', '(,,,,)', '(99,,100,100,t)', '(0,Infinity,-1,1,f)' ]);
my @types = (@base_types, 'nps_category', @composites);
my %plan = (
	text => { nps_category => 4000, map({ $_ => 8200 } @base_types), map({ $_ => 5000 } @composites) },
	parameter => { nps_category => 1400, map({ $_ => 2700 } @base_types), map({ $_ => 1700 } @composites) },
	copy => { nps_category => 1000, map({ $_ => 2300 } @base_types), map({ $_ => 1300 } @composites) },
	framing => { map({ $_ => 400 } @types) });
my $rows_of_arguments = 400;

# These are the 100,000; a fourth of each does for one more major.
my $share = $ENV{ONE_MORE_MAJOR} ? 4 : 1;
foreach my $way (values %plan)
{
	$_ = int($_ / $share) foreach values %$way;
}
my $number_of_inputs = sum(map { values %$_ } values %plan);

# What an input may be refused with. Text: not of the form, or out of range. Binary: our own types know but
# one error. The others are read by the server: an enum is text on the wire; a row may have the wrong number
# or types of columns (42804) or end too early (08P01).
my @text_errors = qw(22P02 22003);
my %binary_errors = (
	map({ $_ => ['22P03'] } @base_types),
	nps_category => ['22P02'],
	map({ $_ => [qw(22P03 42804 08P01)] } @composites));
# A damaged file is the server's to refuse, too: its framing (22P04), the id beside the value (22P03, 08P01),
# a length beyond what memory holds (54000), and zero bytes in what has become text (22021).
my @framing_errors = qw(22P04 22P03 08P01 54000);
my %more_framing_errors = (nps_category => ['22021']);

my $directory = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('hostile');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
# The log is for crashes here, which are of level LOG; errors are counted.
$node->append_conf('postgresql.conf', "log_statement = none\nlog_min_messages = log\nlog_min_error_statement = panic\n");
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

# --- mutations -------------------------------------------------------------------------------------------

# One of the arguments.
sub pick { return $_[ int rand @_ ]; }

my @characters = (split(//, q({}(),"'\\ +-.eE0123456789xNaInfty)), "\t", "\n", "\r", "\f", "\x{b}", "\x{7f}", "\x{a0}", "\x{e9}",
	"\x{660}", "\x{ff11}", "\x{2212}", "\x{1f600}");
my @whole_numbers = qw(-1 -0 +1 007 10 11 127 128 255 256 2147483648 4294967296 9007199254740993 9223372036854775806 9223372036854775807
	9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551615 99999999999999999999999999999999999999999999999999);
my @other_numbers = qw(1.5 .5 5. 1e3 1e-3 1e308 1e309 1e-307 1e-400 1e99999 NaN Infinity -inf 0x1p3 0x10 1_0);

# The mutations of text and bytes alike, each of a string, a random place in it and a random length.
my %mutations = (
	delete => sub { my ($s, $at) = @_; substr($s, $at, 1) = ''; return $s; },
	duplicate => sub { my ($s, $at, $length) = @_; substr($s, $at, 0) = substr($s, $at, $length); return $s; },
	swap => sub { my ($s, $at) = @_; my $c = substr($s, $at, 1, ''); substr($s, int rand(1 + length $s), 0) = $c; return $s; },
	truncate => sub { my ($s, $at) = @_; return substr($s, 0, $at); });

# Those of text, which stays valid in UTF-8 and has no zero byte: anything else no type ever gets to see.
my %text_mutations = (
	%mutations,
	flip => sub
	{
		my ($s, $at) = @_;
		my $flipped = ord(substr($s, $at, 1)) ^ 1 << int rand 7;
		substr($s, $at, 1) = chr($flipped) if $flipped > 0;
		return $s;
	},
	insert => sub { my ($s, $at) = @_; substr($s, $at, 0) = pick(@characters); return $s; },
	blank => sub { my ($s, $at) = @_; substr($s, $at, 0) = pick(" ", "\t", "\n", "  "); return $s; },
	number => sub
	{
		my ($s, $at) = @_;
		my $number = pick(int rand 20, pick(@whole_numbers), pick(@other_numbers));
		pos($s) = $at;
		$s =~ s/\G([^0-9]*)[0-9]+/$1$number/;
		return $s;
	},
	long => sub
	{
		my ($s, $at, $length) = @_;
		return $s if rand() < 0.9 || length $s > 1000;
		substr($s, $at, 0) = substr($s, $at, $length) x int rand 1000;
		return $s;
	});

my @int64s = map { pack('q>', $_) } 0, 1, -1, 9223372036854775807, -9223372036854775807 - 1, 4611686018427387904, 4294967296;
my @float8s = map { pack('d>', $_) } 0, -0.0, 1, -1, 0.5, 1e153, 1e154, 1e308, 1e-160, 5e-324, 9**9**9, -9**9**9, -sin(9**9**9);

# Those of bytes; a number goes where one of them begins: after the version of a summary, or in a row.
my %byte_mutations = (
	%mutations,
	flip => sub { my ($s, $at) = @_; substr($s, $at, 1) ^= chr(1 << int rand 8); return $s; },
	insert => sub { my ($s, $at) = @_; substr($s, $at, 0) = chr(int rand 256); return $s; },
	byte => sub { my ($s, $at) = @_; substr($s, $at, 1) = chr(pick(0 .. 11, 127, 128, 255)); return $s; },
	number => sub
	{
		my ($s, $at) = @_;
		my $start = rand() < 0.8 ? 1 + 8 * int($at / 8) : 12 + 16 * int($at / 16);
		substr($s, $start, 8) = pick(@int64s, @float8s) if $start + 8 <= length $s;
		return $s;
	},
	long => sub
	{
		my ($s, $at, $length) = @_;
		return $s if rand() < 0.95 || length $s > 1000;
		return $s . substr($s, $at, $length) x int rand 2000;
	});

# A value after none (seldom) to four of the mutations.
sub mutated
{
	my ($value, $mutations) = @_;
	my @names = sort keys %$mutations;
	for (1 .. pick(0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4))
	{
		last if $value eq '';
		$value = $mutations->{ pick(@names) }->($value, int rand length $value, 1 + int rand 30);
	}
	return $value;
}

# A file of binary COPY with one row, an id and a value, as its parts; the odd ones are the framing.
sub copy_file_parts
{
	my ($id, $field) = @_;
	return ("PGCOPY\n\377\r\n\0" . pack('N N n N', 0, 0, 2, 8) . pack('q>', $id) . pack('N', length $field), $field, pack('n', 65535));
}

# The same with something wrong around the value.
sub damaged_copy_file
{
	my ($id, $field) = @_;
	my ($head, undef, $end) = copy_file_parts($id, $field);
	my $how = pick(qw(byte insert delete length truncate again columns end header));

	# Any byte but the first of a length, which could ask for hundreds of megabytes.
	if ($how eq 'byte') { substr($head, pick(0 .. 14, 16 .. 20, 22 .. 32, 34 .. 36), 1) = chr(int rand 256); }
	elsif ($how eq 'insert') { substr($head, 11 + int rand 10, 0) = chr(int rand 2); }
	elsif ($how eq 'delete') { substr($head, int rand 21, 1) = ''; }
	elsif ($how eq 'length') { substr($head, -4) = pack('l>', pick(-1, -2, -2147483648, 2147483647, 0, 1, 65536, length($field) + int(rand 9) - 4)); }
	elsif ($how eq 'truncate') { return substr("$head$field$end", 0, int rand length "$head$field$end"); }
	elsif ($how eq 'again') { $end = substr($head, 19) . $field . $end; }
	elsif ($how eq 'columns') { substr($head, 19, 2) = pack('n', pick(0, 1, 3, 1600, 32768, 65535)); }
	elsif ($how eq 'end') { $end = pick('', "\0", "\377", "$end$end", $end . 'more', pack('n', 2)); }
	else { substr($head, 11, 8) = pack('N N', 1 << int rand 32, pick(0, 1, 9, 65536, 2147483648)); }
	return "$head$field$end";
}

# --- the values to start from ----------------------------------------------------------------------------

# A weighted summary of some responses with weights between 10^-3 and 10^6.
sub weighted_summary
{
	my (@counts, @weights, @squares);
	for my $category (0 .. 2)
	{
		$counts[$category] = int rand 4;
		my @of_one = map { 10**(rand(9) - 3) } 1 .. $counts[$category];
		($weights[$category], $squares[$category]) = (0, 0);
		$weights[$category] += $_, $squares[$category] += $_ * $_ foreach @of_one;
	}
	return '{' . join(',', @counts, map { sprintf '%.17g', $_ } @weights, @squares) . '}';
}

# Accounts of up to four answers, each a list of detractors, passives and promoters, and now and then a large one.
sub accounts
{
	return map { my $size = rand() < 0.9 ? 4 : 1_000_000; [ map { int rand $size } 1 .. 3 ] } 1 .. int rand 5;
}

# The number of an account's answers, and its promoters less its detractors.
sub size_of { my ($account) = @_; return $account->[0] + $account->[1] + $account->[2]; }
sub net_of { my ($account) = @_; return $account->[2] - $account->[0]; }

# A clustered summary of accounts.
sub clustered_summary
{
	my @accounts = grep { size_of($_) > 0 } @_;
	my @figures = (scalar @accounts, (0) x 6);
	foreach my $account (@accounts)
	{
		my ($size, $net) = (size_of($account), net_of($account));
		my @more = (0, @$account, $net * $net, $size * $net, $size * $size);
		$figures[$_] += $more[$_] foreach 1 .. 6;
	}
	return '{' . join(',', @figures) . '}';
}

# A paired state of as many accounts in either wave.
sub paired_state
{
	my @a = accounts();
	my @b = map { rand() < 0.2 ? [ 0, 0, 0 ] : [ map { int rand 4 } 1 .. 3 ] } @a;
	my $accounts = grep { size_of($a[$_]) + size_of($b[$_]) > 0 } 0 .. $#a;
	my @sums = (0) x 4;
	foreach my $i (0 .. $#a)
	{
		my @more = (net_of($a[$i]) * net_of($b[$i]), net_of($a[$i]) * size_of($b[$i]), size_of($a[$i]) * net_of($b[$i]), size_of($a[$i]) * size_of($b[$i]));
		$sums[$_] += $more[$_] foreach 0 .. 3;
	}
	return "{$accounts," . join(',', clustered_summary(@a), clustered_summary(@b), @sums) . '}';
}

# The largest that there is: all answers that a bigint counts, of one account.
my $largest_square = '85070591730234615847396907784232501249';

my %valid = (
	nps_score => [ 0 .. 10, ' 7 ', '+3', '007', '9.0', ' 10.00 ', "\t10\n", '-0', '00000000000000000000000000009' ],
	nps_category => [qw(detractor passive promoter)],
	nps_summary => [
		'{0,0,0,0,0,0,0,0,0,0,0}', '{1,0,2,0,0,5,8,13,21,34,55}', ' { 1 , 2 ,3,4, 5,6,7 ,8,9,10,+11 } ',
		'{9223372036854775807,0,0,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,1,0,0,0,0,9223372036854775806}', '{0,0,0,0,0,0,0,5,3,0,0}',
		map { '{' . join(',', map { int(10**rand 6) - 1 } 0 .. 10) . '}' } 1 .. 10 ],
	nps_weighted_summary => [
		'{0,0,0,0,0,0,0,0,0}', '{0,1,2,0,1,3.5,0,1,6.25}', ' { 1,1 ,1, 2 ,.5,1e0, 4.,25e-2,1 }', '{0,0,1,0,0,1e153,0,0,1e306}',
		'{1,0,0,1e-153,0,0,1e-306,0,0}', '{9223372036854775807,0,0,9223372036854775807,0,0,9223372036854775807,0,0}',
		'{0,0,1,0,0,1e-155,0,0,1e-310}', map { weighted_summary() } 1 .. 10 ],
	nps_clustered_summary => [
		'{0,0,0,0,0,0,0}', '{2,1,2,4,5,9,29}', ' { 1 , 1 ,2,3, 4,+12 ,36 } ', "{1,9223372036854775807,0,0,$largest_square,-$largest_square,$largest_square}",
		'{4,3003,4000000202,4000000101,16000000000008410004,15999999999990429988,32000000000010890036}', map { clustered_summary(accounts()) } 1 .. 15 ],
	nps_paired_state => [
		'{0,{0,0,0,0,0,0,0},{0,0,0,0,0,0,0},0,0,0,0}', '{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', ' { 2 , { 2,1,2,4,5,9,29 } , {0,0,0,0,0,0,0} ,0, 0 ,-0,+0 } ',
		"{1,{1,9223372036854775807,0,0,$largest_square,-$largest_square,$largest_square},{1,0,0,9223372036854775807,$largest_square,$largest_square,$largest_square},"
			. "-$largest_square,-$largest_square,$largest_square,$largest_square}", map { paired_state() } 1 .. 15 ],
	nps_result => [
		'(48.4,44,52.5,889,501,317,71,56.36,35.66,7.99,2.17,889)', '(,,,0,0,0,0,,,,,)', '(0.1,-1e1,10.25,30,10,10,10,33,33,33,4,30)',
		'(100,"99",100,9223372036854775807,9223372036854775807,0,0,100,0,0,0,1e18)', '(NaN,-Infinity,Infinity,-1,-1,-1,-1,1e308,-0,5e-324,1,1)' ],
	nps_test_result => [ '(5.5,-1,12,3.3,1.66,0.096,f)', '(,,,,,,)', '(200,199,200,0,,0,t)', '("-12.5","-20","-5",3.8,-3.2,1.1e-3,true)' ],
	nps_heterogeneity_result => [ '(2,3.5,1,0.0625,0.75,56,1.125)', '(0,,,,,,)', '(1,,0,,,,)', '("20000",1e300,19999,0,"1",NaN,-Infinity)', '(-9223372036854775808,5e-324,-0,1,2,3,4)' ]);

# A value's bytes on the wire.
my %send = ((map { $_ => "${_}_send" } @base_types), nps_category => 'enum_send', (map { $_ => 'record_send' } @composites));

sub bytes_of
{
	my ($type) = @_;
	my $literals = join(', ', map { "\$value\$$_\$value\$" } @{ $valid{$type} });
	return map { pack 'H*', $_ } split /\n/, $node->safe_psql('postgres', "SELECT encode($send{$type}(v::$type), 'hex') FROM unnest(ARRAY[$literals]) v");
}

# --- what is right, for bytes ----------------------------------------------------------------------------

# Counts that are none negative and have a total within bigint.
sub are_counts
{
	my $room = 9223372036854775807;
	foreach my $count (@_)
	{
		return 0 if $count < 0 || $count > $room;
		$room -= $count;
	}
	return 1;
}

# Are these the sums of that many positive weights and of their squares: between sum^2 / count and sum^2? A
# millionth is left for rounding; so near to that limit nothing is said.
sub are_sums
{
	my ($count, $weights, $squares) = @_;
	return $weights == 0 && $squares == 0 ? 1 : 0 if $count == 0;
	return 0 unless $weights > 0 && $squares > 0 && $weights < 9**9**9 && $squares < 9**9**9;
	my $typical = $squares / $weights;
	return 1 if $typical <= $weights * (1 + 0.9e-6) && $typical >= $weights / $count * (1 - 0.9e-6);
	return 0 if $typical > $weights * (1 + 1.1e-6) || $typical < $weights / $count * (1 - 1.1e-6);
	return undef;
}

# Are the bytes the wire form of a value of our own types? undef for types that the server reads, and where text_of() has the figures.
sub is_wire_form
{
	my ($type, $bytes) = @_;
	if ($type eq 'nps_score')
	{
		return length $bytes == 1 && ord($bytes) <= 10 ? 1 : 0;
	}
	elsif ($type eq 'nps_summary')
	{
		return 0 unless length $bytes == 89 && ord($bytes) == 1;
		return are_counts(unpack 'x q>11', $bytes);
	}
	elsif ($type eq 'nps_weighted_summary')
	{
		return 0 unless length $bytes == 73 && ord($bytes) == 1;
		my ($counts, $sums) = ([ unpack 'x q>3', $bytes ], [ unpack 'x25 d>6', $bytes ]);
		return 0 unless are_counts(@$counts);
		my @each = map { are_sums($counts->[$_], $sums->[$_], $sums->[ $_ + 3 ]) } 0 .. 2;
		return 0 if grep { defined $_ && !$_ } @each;
		return (grep { !defined $_ } @each) ? undef : 1;
	}
	elsif ($type eq 'nps_clustered_summary' || $type eq 'nps_paired_state')
	{
		return defined text_of($type, $bytes) ? undef : 0;
	}
	return undef;
}

# The text of the figures that bytes have in the wire form of sums over accounts, for plain SQL to judge; undef for
# another form, and for other types.
sub text_of
{
	my ($type, $bytes) = @_;
	return undef unless $type eq 'nps_clustered_summary' && length $bytes == 81 || $type eq 'nps_paired_state' && length $bytes == 233;
	return undef unless ord($bytes) == 1;
	my @figures = unpack($type eq 'nps_clustered_summary' ? 'x q>4 (q>Q>)3' : 'x q>1 (q>4 (q>Q>)3)2 (q>Q>)4', $bytes);
	my $count = sub { return shift @figures; };
	my $sum = sub { my $high = Math::BigInt->new(shift @figures); return $high->blsft(64)->badd(shift @figures)->bstr; };
	my $clusters = sub { return '{' . join(',', map({ $count->() } 1 .. 4), map({ $sum->() } 1 .. 3)) . '}'; };
	return $clusters->() if $type eq 'nps_clustered_summary';
	return '{' . join(',', $count->(), $clusters->(), $clusters->(), map({ $sum->() } 1 .. 4)) . '}';
}

# --- what is right, for text, and the tables -------------------------------------------------------------

# For each of our own types, of a text: 00000 where it is a value, or what it must be refused with; NULL where
# nothing is said.
my $verdicts = <<'SQL';
CREATE FUNCTION verdict_nps_score(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN t !~ '^BLANKS[+-]?[0-9]+([.]0+)?BLANKS$' THEN '22P02'
		WHEN t::numeric BETWEEN 0 AND 10 THEN '00000'
		ELSE '22003' END
$$;

CREATE FUNCTION verdict_nps_category(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN t IN ('detractor', 'passive', 'promoter') THEN '00000' ELSE '22P02' END
$$;

CREATE FUNCTION verdict_nps_summary(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN t !~ '^BLANKS\{(?:BLANKS[+-]?[0-9]+BLANKS,){10}BLANKS[+-]?[0-9]+BLANKS\}BLANKS$' THEN '22P02'
		WHEN (SELECT min(c[1]::numeric) >= 0 AND sum(c[1]::numeric) <= 9223372036854775807
			FROM regexp_matches(t, '[+-]?[0-9]+', 'g') c) THEN '00000'
		ELSE '22003' END
$$;

-- A figure beyond a float is out of range; of one that is nearly 0 nothing is said. The sums as in are_sums().
CREATE FUNCTION verdict_nps_weighted_summary(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	number text := 'BLANKS[+-]?[0-9]+BLANKS';
	figure text := 'BLANKS[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?BLANKS';
	f numeric[];
	near boolean := false;
	w numeric;
	s numeric;
BEGIN
	IF t !~ format('^BLANKS\{(?:%s,){3}(?:%s,){5}%s\}BLANKS$', number, figure, figure) THEN
		RETURN '22P02';
	ELSIF t ~ '[eE][+-]?0*[1-9][0-9]{3}' THEN
		RETURN NULL;
	END IF;
	f := ARRAY(SELECT v::numeric FROM regexp_split_to_table(translate(t, '{}', ''), ',') v);
	IF (SELECT max(abs(v)) > 1.7977e308 FROM unnest(f) v) OR least(f[1], f[2], f[3]) < 0 OR f[1] + f[2] + f[3] > 9223372036854775807 THEN
		RETURN '22003';
	ELSIF EXISTS (SELECT FROM unnest(f) v WHERE abs(v) > 0 AND abs(v) < 1e-307) THEN
		RETURN NULL;
	END IF;
	FOR i IN 1..3 LOOP
		w := f[i + 3];
		s := f[i + 6];
		IF (f[i] = 0 AND (w <> 0 OR s <> 0))
			OR (f[i] > 0 AND (w <= 0 OR s <= 0 OR s > w * w * 1.0000011 OR s * f[i] < w * w * 0.9999989)) THEN
			RETURN '22003';
		END IF;
		near := near OR s > w * w * 1.0000009 OR s * f[i] < w * w * 0.9999991;
	END LOOP;
	RETURN CASE WHEN NOT near THEN '00000' END;
END $$;

-- Can as many whole numbers have that sum, and that sum of their squares; and if none is negative?
CREATE FUNCTION are_sums(how_many numeric, total numeric, squares numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT abs(total) <= squares AND (squares - total) % 2 = 0 AND total * total <= how_many * squares
$$;
CREATE FUNCTION are_sums_of_counts(how_many numeric, total numeric, squares numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT are_sums(how_many, total, squares) AND squares <= total * total
$$;

-- Clusters, detractors, passives, promoters, and the sums of z^2, n z and n^2.
CREATE FUNCTION are_clusters(f numeric[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(least(f[2], f[3], f[4]) >= 0 AND n <= 9223372036854775807 AND f[1] BETWEEN least(n, 1) AND n
		AND are_sums_of_counts(f[1], n - f[1], f[7] - 2 * n + f[1]) AND are_sums(f[1], z, f[5])
		AND are_sums_of_counts(f[1], n + z, f[7] + 2 * f[6] + f[5]) AND are_sums_of_counts(f[1], n - z, f[7] - 2 * f[6] + f[5])
		AND f[7] >= f[5] AND f[6] * f[6] <= f[5] * f[7], false)
	FROM (SELECT f[2] + f[3] + f[4] AS n, f[4] - f[2] AS z) totals
$$;

CREATE FUNCTION verdict_nps_clustered_summary(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN t !~ '^BLANKS\{(?:BLANKS[+-]?[0-9]+BLANKS,){6}BLANKS[+-]?[0-9]+BLANKS\}BLANKS$' THEN '22P02'
		WHEN are_clusters(ARRAY(SELECT v::numeric FROM regexp_split_to_table(translate(t, '{}', ''), ',') v)) THEN '00000'
		ELSE '22003' END
$$;

-- Accounts, either wave as clusters, and the sums of z z, z n, n z and n n of both.
CREATE FUNCTION verdict_nps_paired_state(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	number text := 'BLANKS[+-]?[0-9]+BLANKS';
	wave text := format('BLANKS\{(?:%s,){6}%s\}BLANKS', number, number);
	f numeric[];
BEGIN
	IF t !~ format('^BLANKS\{%s,%s,%s,(?:%s,){3}%s\}BLANKS$', number, wave, wave, number, number) THEN
		RETURN '22P02';
	END IF;
	f := ARRAY(SELECT v::numeric FROM regexp_split_to_table(translate(t, '{}', ''), ',') v);
	RETURN CASE WHEN are_clusters(f[2:8]) AND are_clusters(f[9:15]) AND f[1] BETWEEN greatest(f[2], f[9]) AND f[2] + f[9] AND f[1] <= 9223372036854775807
		AND f[16] * f[16] <= f[6] * f[13] AND f[17] * f[17] <= f[6] * f[15] AND f[18] * f[18] <= f[8] * f[13] AND f[19] * f[19] <= f[8] * f[15]
		AND f[19] >= 0 THEN '00000' ELSE '22003' END;
END $$;
SQL

# Blanks are those of the server's own language: there the vertical tab is one, or an error.
my $version = $node->safe_psql('postgres', 'SHOW server_version_num');
my $blanks = $node->psql('postgres', "SELECT\x{b}1") == 0 ? '[ \t\n\r\f\v]*' : '[ \t\n\r\f]*';
$verdicts =~ s/BLANKS/$blanks/g;

$node->safe_psql('postgres', "CREATE EXTENSION nps; $verdicts");
$node->safe_psql('postgres', q(
	CREATE TABLE inputs (id integer, way text, type text, literal text, bytes bytea, valid boolean);
	CREATE TABLE outcomes (id integer, sqlstate text);));
$node->safe_psql('postgres', "CREATE TABLE accepted_$_ (id bigint, value $_); CREATE TABLE damaged_$_ (LIKE accepted_$_)") foreach @types;
my $alive = q(SELECT pg_postmaster_start_time(), backend_start FROM pg_stat_activity WHERE backend_type = 'checkpointer');
my $started = $node->safe_psql('postgres', $alive);

# --- sending ---------------------------------------------------------------------------------------------

# The inputs go into a file for the table of inputs, and what is binary into one for the client, too.
my $id = 0;
open(my $inputs, '>:utf8', "$directory/inputs") or die $!;
open(my $work, '>', "$directory/work") or die $!;

my %escapes = ("\\" => "\\\\", "\t" => '\t', "\n" => '\n', "\r" => '\r');

# A row for COPY.
sub copy_line
{
	my @values = @_;
	s/([\\\t\n\r])/$escapes{$1}/g foreach grep { defined } @values;
	return join("\t", map { $_ // '\N' } @values) . "\n";
}

sub add_input
{
	my ($way, $type, $literal, $bytes, $valid) = @_;
	print $inputs copy_line(++$id, $way, $type, $literal, defined $bytes ? '\x' . unpack('H*', $bytes) : undef, $valid);
}

foreach my $type (@types)
{
	add_input('text', $type, mutated(pick(@{ $valid{$type} }), \%text_mutations)) for 1 .. $plan{text}{$type};

	my @values = bytes_of($type);
	foreach my $way (qw(parameter copy framing))
	{
		for (1 .. $plan{$way}{$type})
		{
			my $bytes = pick(@values);
			# Text in its wire form, mutated as text and sent in UTF-8.
			utf8::encode($bytes = mutated($bytes, \%text_mutations)) if $type eq 'nps_category' && $way ne 'framing';
			$bytes = mutated($bytes, \%byte_mutations) if $type ne 'nps_category' && $way ne 'framing';
			add_input($way, $type, $way ne 'framing' ? text_of($type, $bytes) : undef, $bytes, $way ne 'framing' ? is_wire_form($type, $bytes) : undef);

			my $sent = $bytes;
			$sent = join('', copy_file_parts($id, $bytes)) if $way eq 'copy';
			$sent = damaged_copy_file($id, $bytes) if $way eq 'framing';
			printf $work "%s %d %s %s\n", ($way eq 'parameter' ? 'bind' : 'copy'), $id,
				($way eq 'framing' ? 'damaged' : 'accepted') . "_$type", unpack('H*', $sent);
		}
	}
}
close($inputs);
close($work);
$node->safe_psql('postgres', "COPY inputs FROM '$directory/inputs'; ALTER TABLE inputs ADD PRIMARY KEY (id)");

# The texts, inside the server.
$node->safe_psql('postgres', qq(
	DO \$\$
	DECLARE
		input record;
	BEGIN
		FOR input IN SELECT id, literal FROM inputs WHERE way = 'text' AND type = '$_' LOOP
			BEGIN
				INSERT INTO accepted_$_ VALUES (input.id, input.literal::$_);
				INSERT INTO outcomes VALUES (input.id, '00000');
			EXCEPTION WHEN OTHERS THEN
				INSERT INTO outcomes VALUES (input.id, SQLSTATE);
			END;
		END LOOP;
	END \$\$)) foreach @types;

# The rest, by a client in C.
my $pg_config = $ENV{PG_CONFIG} || 'pg_config';
chomp(my $include = `$pg_config --includedir`);
chomp(my $lib = `$pg_config --libdir`);
my $client = "$directory/send_binary";
system('cc', '-std=gnu99', '-O1', '-Wall', '-Wextra', '-Werror', "-I$include", '-o', $client, 'test/t/send_binary.c', "-L$lib", "-Wl,-rpath,$lib", '-lpq') == 0
	or die 'the client does not compile';
my $stderr = '';
ok(IPC::Run::run([ $client, $node->connstr('postgres') ], '<', "$directory/work", '>', "$directory/outcomes", '2>', \$stderr),
	'one connection takes everything binary') or diag($stderr);
$node->safe_psql('postgres', "COPY outcomes FROM '$directory/outcomes'; ALTER TABLE outcomes ADD PRIMARY KEY (id); ANALYZE");

# --- what has become of it -------------------------------------------------------------------------------

# That a query finds no row; shows the first where it does.
sub none
{
	my ($query, $name) = @_;
	is($node->safe_psql('postgres', "SELECT * FROM ($query) offenders LIMIT 5"), '', $name);
}

is($node->safe_psql('postgres', 'SELECT count(*), count(sqlstate) FROM inputs LEFT JOIN outcomes USING (id)'),
	"$number_of_inputs|$number_of_inputs", 'every input has an outcome');

# As a list of SQL.
sub list { return join(', ', map { "'$_'" } @_); }

# Every error is one of those allowed.
my $shown = "left(coalesce(literal, encode(bytes, 'hex')), 200)";
none("SELECT way, sqlstate, type, $shown FROM inputs JOIN outcomes USING (id) WHERE way = 'text' AND sqlstate NOT IN ('00000', ${\ list(@text_errors)})",
	'a text is refused as a text');
foreach my $type (@types)
{
	none("SELECT way, sqlstate, $shown FROM inputs JOIN outcomes USING (id) WHERE way IN ('parameter', 'copy') AND type = '$type'
		AND sqlstate NOT IN ('00000', ${\ list(@{ $binary_errors{$type} })})", "$type: bytes are refused as such");
	none("SELECT id, sqlstate, $shown FROM inputs JOIN outcomes USING (id) WHERE way = 'framing' AND type = '$type'
		AND sqlstate NOT IN ('00000', ${\ list(@framing_errors, @{ $binary_errors{$type} }, @{ $more_framing_errors{$type} // [] })})",
		"$type: a damaged file is refused as such");
}

# Accepted and refused what had to be.
foreach my $type (@base_types, 'nps_category')
{
	none("SELECT sqlstate, verdict, $shown FROM (SELECT *, verdict_$type(literal) AS verdict FROM inputs JOIN outcomes USING (id)
		WHERE way = 'text' AND type = '$type') i WHERE verdict <> sqlstate", "$type: of texts, what plain SQL takes for a value");
}
none("SELECT type, way, sqlstate, $shown FROM inputs JOIN outcomes USING (id) WHERE valid <> (sqlstate = '00000')",
	'of bytes, what is the wire form of a value');
none("SELECT sqlstate, verdict, $shown FROM (SELECT *, verdict_$_(literal) AS verdict FROM inputs JOIN outcomes USING (id)
	WHERE type = '$_' AND way IN ('parameter', 'copy') AND literal IS NOT NULL) i WHERE (verdict = '00000') <> (sqlstate = '00000')",
	"$_: of bytes, those whose figures plain SQL takes for a value") foreach qw(nps_clustered_summary nps_paired_state);

# From PostgreSQL 16 on, the same verdict without an error raised.
if ($version >= 160000)
{
	none("SELECT sqlstate, type, $shown FROM inputs JOIN outcomes USING (id) WHERE way = 'text'
		AND coalesce((SELECT sql_error_code FROM pg_input_error_info(literal, type)), '00000') <> sqlstate", 'soft errors are the same');
}

# Each way takes and refuses some of each type, or nothing is shown.
none("SELECT way, type, count(*) FILTER (WHERE sqlstate = '00000'), count(*) FROM inputs JOIN outcomes USING (id) GROUP BY 1, 2
	HAVING count(*) FILTER (WHERE sqlstate = '00000') NOT BETWEEN 10 AND count(*) - 10", 'of each type, some are accepted and some refused');

foreach my $type (@types)
{
	my $values = "(SELECT * FROM accepted_$type UNION ALL SELECT * FROM damaged_$type) v";
	is($node->safe_psql('postgres', "SELECT count(*) FROM accepted_$type"),
		$node->safe_psql('postgres', "SELECT count(*) FROM inputs JOIN outcomes USING (id) WHERE type = '$type' AND way <> 'framing' AND sqlstate = '00000'"),
		"$type: there is a value for each that was accepted");
	# A state knows no equality but that of its bytes.
	my $same = $type eq 'nps_paired_state' ? $send{$type} : '';
	none("SELECT id, value::text FROM $values WHERE $same((value::text)::$type) IS DISTINCT FROM $same(value) OR (value::text)::$type\::text <> value::text",
		"$type: the same from its text");
	$node->safe_psql('postgres', "CREATE TABLE again_$type (LIKE accepted_$type);
		COPY (SELECT * FROM $values) TO '$directory/$type' (FORMAT binary); COPY again_$type FROM '$directory/$type' (FORMAT binary)");
	none("(SELECT id, value::text, $send{$type}(value) FROM $values EXCEPT ALL SELECT id, value::text, $send{$type}(value) FROM again_$type)
		UNION ALL (SELECT id, value::text, $send{$type}(value) FROM again_$type EXCEPT ALL SELECT id, value::text, $send{$type}(value) FROM $values)",
		"$type: the same from its bytes");
	next if $type =~ /result/;

	# And no figure has a sign, not even a zero, which would be equal to the usual one and hash otherwise; a product with a net may be negative.
	my $sign = $type =~ /clustered|paired/ ? '(^|[{,])-0' : '(^|[{,])-';
	none("SELECT id, value::text FROM $values WHERE verdict_$type(value::text) <> '00000' OR value::text ~ '$sign'", "$type: each value is one");
	# A weighted summary drops the sign of a negative zero.
	none("SELECT id, value::text, $shown FROM accepted_$type JOIN inputs USING (id) WHERE bytes IS NOT NULL AND $send{$type}(value) <> bytes
		AND NOT (type = 'nps_weighted_summary' AND strpos(encode(bytes, 'hex'), '8000000000000000') > 0)", "$type: its bytes are those that came");
}

# --- functions, called by hand ---------------------------------------------------------------------------

# Arguments by type, valid and extreme; the types of ours are among them as far as they can exist.
my @floats = qw(0 -0 0.5 0.8 0.95 0.99 1 2.5 9 10 11 50 99.9 100 -100 -1 1e-300 1e-153 1e153 1e154 1e300 1.7e308 5e-324 -1e-320 NaN Infinity -Infinity);
my @integers = (-1 .. 12, 20, 100, 1000, 32767, -32768);
my $most = '9223372036854775807';
my %arguments = (
	bool => sub { return pick(qw(t f)); },
	int2 => sub { return pick(@integers); },
	int4 => sub { return pick(@integers, 1000000, 2147483647, -2147483648); },
	int8 => sub { return pick(@integers, 1000000, 4611686018427387904, $most, '-9223372036854775808'); },
	float4 => sub { return pick(0 .. 11, 7.5, -1, 1e-40, 3e38, qw(NaN Infinity -Infinity)); },
	float8 => sub { return pick(@floats, rand 1, int rand 11); },
	numeric => sub { return pick(0 .. 11, '9.00000000000000000001', '-0.0', '7.000', '1e-1000', '1e1000', '-1e10', $most, 'NaN'); },
	text => sub { return pick('score', 'wald', 'anytime', 'adjusted_wald', 'mover', 'newcombe', 'Score', '', mutated(pick('10 - Extremely likely', '7/10', ' 3 ', '9.0', '0: Not'), \%text_mutations)); },
	_int8 => sub { return pick('{}', '{0,0,0,0,0,0,0,0,0,0,0}', '{1,2,3,4,5,6,7,8,9,10,11}', '{1,2,3,4,5,6,7,8,9,10,NULL}', "{$most,1,0,0,0,0,0,0,0,0,0}", '{1,2,3,4,5,6,7,8,9,10,-1}',
			'[-5:5]={1,2,3,4,5,6,7,8,9,10,11}', '{{1,2,3,4,5,6,7,8,9,10,11}}', '{1}'); },
	nps_score => sub { return int rand 11; },
	nps_category => sub { return pick(@{ $valid{nps_category} }); },
	nps_summary => sub
	{
		return pick(@{ $valid{nps_summary} }) if rand() < 0.3;
		my @counts = map { pick(0, 0, 1, int rand 10) } 0 .. 10;
		$counts[ int rand 11 ] = pick($most, '9223372036854775700', '4611686018427387904') if rand() < 0.3;
		return is_wire_form('nps_summary', pack('C q>11', 1, @counts)) ? '{' . join(',', @counts) . '}' : $valid{nps_summary}[0];
	},
	nps_weighted_summary => sub { return pick(@{ $valid{nps_weighted_summary} }, '{0,0,1,0,0,1.3e154,0,0,1.69e308}',
			"{0,$most,0,0,3e163,0,0,1e308,0}", '{3,0,1,4e-155,0,2e153,8e-310,0,4e306}', weighted_summary()); },
	nps_clustered_summary => sub { return pick(@{ $valid{nps_clustered_summary} }, clustered_summary(accounts())); },
	nps_paired_state => sub { return pick(@{ $valid{nps_paired_state} }, paired_state()); },
	nps_result => sub { return pick(@{ $valid{nps_result} }, '(' . join(',', map { pick('', @floats) . (',' . pick('', $most, -1, 0)) x ($_ == 2 ? 4 : 0) } 0 .. 7) . ')'); },
	nps_test_result => sub { return pick(@{ $valid{nps_test_result} }); },
	nps_heterogeneity_result => sub { return pick(@{ $valid{nps_heterogeneity_result} }); },
	map({ my $type = $_; $type => sub { return pick(@{ $rows{$type} }); } } keys %rows));
# The states of aggregates whose type is an array of another: such as they have, and such as they do not.
$arguments{_float8} = sub { return pick('{0,0,0,0,0,0,0,0,0}', '{2,3,1,1,2.5,0.4,1.2,0.6,0.3}', '{9,1e18,1e18,1e18,-1e153,0.1,1e300,1e150,1}', '{3,2,1,0,0,0,1e-300,1e300,1}',
	'{}', '{1,2,3}', '{NaN,0,0,0,0,0,0,0,0}', '{1,1,0,0,0,0,Infinity,0,0}', '{1,0,0,0,0,0,0,0,0}', '{0,0,0,0,0,0,-1,0,0}', '{0,0,0,0,0,0,0,0,NULL}', '{{0,0,0,0,0,0,0,0,0}}'); };
$arguments{_nps_summary} = sub
{
	my @summaries = map { '"' . $arguments{nps_summary}->() . '"' } 1 .. pick(0, 2, 2, 4, 4, 6, 1, 3);
	$summaries[0] = 'NULL' if @summaries && rand() < 0.1;
	return rand() < 0.9 ? '{' . join(',', @summaries) . '}' : '{{' . join(',', @summaries, 'NULL') . '}}';
};

# In every fourth row, arguments that most functions take.
my %usual_arguments = (
	int4 => sub { return int rand 11; },
	int8 => sub { return 1 + int rand 1000; },
	float8 => sub { return pick(0.5, 0.8, 0.95, 0.99); },
	text => sub { return pick(qw(score adjusted_wald wald anytime)); });

# Every function of the extension that SQL can call: each argument is a column named after its type and how
# many of that type came before.
$node->safe_psql('postgres', q(
	CREATE TABLE callable AS
	SELECT function, result_type, min(name) || '(' || string_agg(argument, ', ' ORDER BY place) || ')' AS call,
		array_agg(argument) AS arguments
	FROM (
		SELECT p.oid::regprocedure AS function, p.proname AS name, p.prorettype::regtype AS result_type, place,
			t.typname || '_' || row_number() OVER (PARTITION BY p.oid, t.oid ORDER BY place) AS argument
		FROM pg_extension e
		JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
		JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid,
			unnest(p.proargtypes) WITH ORDINALITY a (type, place)
		JOIN pg_type t ON t.oid = a.type
		WHERE e.extname = 'nps' AND p.prokind = 'f'
			AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[]) a
	GROUP BY function, result_type;));
my @columns = split /\n/, $node->safe_psql('postgres', 'SELECT DISTINCT unnest(arguments) FROM callable ORDER BY 1');
open(my $arguments, '>:utf8', "$directory/arguments") or die $!;
foreach my $row (1 .. $rows_of_arguments)
{
	my @values = ($row);
	foreach my $column (@columns)
	{
		my ($type) = $column =~ /^(.*)_\d+$/;
		my $argument = $row % 4 == 0 && $usual_arguments{$type} || $arguments{$type} || die "no arguments of type $type";
		my $value = $argument->();
		push @values, rand() < 0.05 ? undef : $value;
	}
	print $arguments copy_line(@values);
}
close($arguments);
$node->safe_psql('postgres', 'CREATE TABLE arguments (n integer PRIMARY KEY, '
	. join(', ', map { my ($type) = /^(.*)_\d+$/; qq("$_" $type) } @columns)
	. "); COPY arguments FROM '$directory/arguments'; CREATE TABLE before AS SELECT n, a::text AS arguments FROM arguments a");

# Each call is made twice, on the row as it lies in the table.
$node->safe_psql('postgres', q(
	CREATE TABLE calls (function regprocedure, n integer, sqlstate text, result text, again text);
	DO $$
	DECLARE
		f record;
		n integer;
		result text;
		again text;
	BEGIN
		FOR f IN SELECT * FROM callable LOOP
			FOR n IN SELECT a.n FROM arguments a LOOP
				BEGIN
					EXECUTE format('SELECT format(''%%s'', %1$s), format(''%%s'', %1$s) FROM arguments WHERE n = %2$s', f.call, n)
						INTO result, again;
					INSERT INTO calls VALUES (f.function, n, '00000', result, again);
				EXCEPTION WHEN OTHERS THEN
					INSERT INTO calls VALUES (f.function, n, SQLSTATE, SQLERRM);
				END;
			END LOOP;
		END LOOP;
	END $$));

none("SELECT c.*, b.arguments FROM calls c JOIN before b USING (n) WHERE sqlstate <> '00000' AND sqlstate NOT LIKE '22%'",
	'a function gives a value or an error of class 22');
none("SELECT c.function FROM callable c WHERE NOT EXISTS (SELECT FROM calls WHERE calls.function = c.function AND sqlstate = '00000' AND result <> '')",
	'each gives values');
none("SELECT * FROM calls WHERE sqlstate = '00000' AND result IS DISTINCT FROM again", 'the same twice');
none("SELECT c.*, b.arguments FROM calls c JOIN before b USING (n) WHERE sqlstate = '00000' AND result ~* 'nan|inf'", 'and always numbers');
foreach my $type (@base_types, 'nps_category')
{
	none("SELECT calls.* FROM calls JOIN callable USING (function) WHERE result_type = '$type'::regtype AND sqlstate = '00000' AND result <> ''
		AND verdict_$type(result) <> '00000'", "$type: what functions give is a value");
}
# Once found: next to a benchmark of 0, the statistic of a survey of passives alone was NaN, or infinite.
none("SELECT benchmark, t.* FROM unnest('{5e-324,-1e-322,1e-320,-1e-310,1e-300,0}'::float8[]) benchmark,
	nps_test('{0,0,0,0,0,0,0,5,0,0,0}'::nps_summary, benchmark) t
	WHERE (t.z IS NOT NULL AND t.p_value BETWEEN 0.05 AND 1 AND NOT t.significant AND t.ci_lower < 0 AND t.ci_upper > 0) IS NOT TRUE",
	'a benchmark is never told from a score that is equal to it but for rounding');
is($node->safe_psql('postgres', 'SELECT count(*) FROM arguments a JOIN before USING (n) WHERE a::text = arguments'), $rows_of_arguments,
	'no argument has changed where it is stored');

# --- the server, and the figures -------------------------------------------------------------------------

is($node->safe_psql('postgres', $alive), $started, 'the server has not restarted');
my @crashes = slurp_file($node->logfile) =~ /.*(?:terminated by signal|PANIC).*/g;
is("@crashes", '', 'no process of it has crashed');

# SQLSTATEs with their counts, the most frequent first.
my $by_state = "string_agg(CASE sqlstate WHEN '00000' THEN 'accepted' ELSE sqlstate END || ' ' || count, ', ' ORDER BY sqlstate <> '00000', count DESC, sqlstate)";
note($_) foreach "seed $seed", split /\n/, $node->safe_psql('postgres', qq(
	SELECT format('%s %s: %s tried, %s', way, type, sum(count), $by_state)
	FROM (SELECT way, type, sqlstate, count(*) FROM inputs JOIN outcomes USING (id) GROUP BY 1, 2, 3) o
	GROUP BY way, type ORDER BY way = 'framing', way <> 'text', way, type;
	SELECT format('all: %s tried, %s', sum(count), $by_state) FROM (SELECT sqlstate, count(*) FROM outcomes GROUP BY 1) o;
	SELECT format('functions: %s, called %s times, %s', (SELECT count(*) FROM callable), sum(count), $by_state)
	FROM (SELECT sqlstate, count(*) FROM calls GROUP BY 1) o;));
note('restarts ' . scalar @crashes);

$node->stop;
done_testing();
