# The reference values of the unit tests once more, through SQL: from counts, and from a stored summary.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('reference');
$node->init;
$node->start;

my $rows = slurp_file('test/unit/intervals.csv');
$node->safe_psql('postgres', "CREATE EXTENSION nps;
	CREATE TABLE intervals (promoters bigint, passives bigint, detractors bigint, confidence double precision, method text,
		lower double precision, upper double precision);
	COPY intervals FROM STDIN (FORMAT csv, HEADER);\n$rows\\.\n");

my $result = $node->safe_psql('postgres', q(
	SELECT count(*), max(abs(r.ci_lower - lower)), max(abs(r.ci_upper - upper)),
		count(*) FILTER (WHERE nps_estimate(ARRAY[i.detractors, 0, 0, 0, 0, 0, 0, i.passives, 0, 0, i.promoters]::nps_summary, confidence, method) = r)
	FROM intervals i, LATERAL nps_from_counts(i.promoters, i.passives, i.detractors, confidence, method) r));
my ($count, $lower, $upper, $same) = split /\|/, $result;
is($count, 225, 'all rows are checked');
cmp_ok($lower, '<', 1e-9, 'lower limits within 1e-9 points');
cmp_ok($upper, '<', 1e-9, 'upper limits within 1e-9 points');
is($same, $count, 'a summary gives the same row as the counts');
note("worst deviation: lower $lower, upper $upper points");

$node->stop;
done_testing();
