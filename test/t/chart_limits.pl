# Charts of as many rows as there may be, with labels and titles of a megabyte: they take little memory, a picture of a known
# size comes out, and a timeout ends them on the way.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('chart_limits');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION nps');

# A megabyte of markup, and of letters of three bytes.
my %labels = (markup => q(repeat('<&">', 250000)), letters => q(repeat(U&'\65E5\672C', 166666)));
my %aggregates = (
	nps_chart => 'nps_chart(%s || i, %s, %s)',
	nps_line_chart => 'nps_line_chart(%s || i, %s, %s, 40)',
	nps_ranking_chart => 'nps_ranking_chart(%s || i, %s, %s, NULL)');
my $x = q(ARRAY[i % 9, 0, 0, 0, 0, 0, 0, i % 7, 0, 0, 20 + i % 5]::bigint[]::nps_summary);

# The most memory that a session has had, in MB, as Linux says.
my $peak = q(SELECT (regexp_match(pg_read_file('/proc/self/status'), 'VmHWM:\s+(\d+) kB'))[1]::integer / 1024);
my $has_peak = -r '/proc/self/status';

foreach my $aggregate (sort keys %aggregates)
{
	foreach my $name (sort keys %labels)
	{
		my $query = sprintf "SELECT length($aggregates{$aggregate}) FROM generate_series(1, 500) i", $labels{$name}, $x, $labels{$name};
		my ($before, $length, $after) = split /\n/, $node->safe_psql('postgres', $has_peak ? "$peak; $query; $peak" : "SELECT 0; $query; SELECT 0");
		# 100 characters of a label, escaped, three times: shown, in the tooltip, in the description.
		cmp_ok($length, '<', 500 * 3000, "$aggregate, $name: a picture of a known size");
		cmp_ok($after - $before, '<', 64, "$aggregate, $name: little memory");
		note("$length characters, " . ($after - $before) . " MB");

		my ($stdout, $stderr);
		is($node->psql('postgres', "\\set VERBOSITY sqlstate\nSET statement_timeout = '2ms';\n$query", stdout => \$stdout, stderr => \$stderr), 3, "$aggregate, $name: a timeout ends it");
		like($stderr, qr/57014/, "$aggregate, $name: as one that it is");
	}
}

# Of a stored label of 20 MB only the beginning is fetched.
$node->safe_psql('postgres', q(CREATE TABLE long (label text); ALTER TABLE long ALTER label SET STORAGE external; INSERT INTO long SELECT repeat('x', 20000000)));
my ($before, $kept, $after) = split /\n/,
	$node->safe_psql('postgres', ($has_peak ? $peak : 'SELECT 0') . q(; SELECT substring(nps_chart(label, NULL::nps_summary, NULL) FROM '<title>([^:]*):') FROM long; ) . ($has_peak ? $peak : 'SELECT 0'));
is($kept, 'x' x 100 . '...', 'a label of 20 MB: its beginning is kept');
cmp_ok($after - $before, '<', 16, 'a label of 20 MB: the rest is not fetched');

$node->stop;
done_testing();
