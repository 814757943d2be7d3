# PostgreSQL 16 and later ask for errors without raising them; 17 skips the bad rows of a file.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('soft_errors');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION nps');
my $version = $node->safe_psql('postgres', "SELECT current_setting('server_version_num')::integer / 10000");

plan skip_all => 'soft errors came with PostgreSQL 16' if $version < 16;

is($node->safe_psql('postgres', q(
	SELECT string_agg(pg_input_is_valid(v, 'nps_score')::text, ' ') FROM unnest(ARRAY['0', ' 10 ', '9.0', '11', '-1', '11.0', '9.5', '', 'abc']) v)),
	'true true true false false false false false false', 'which texts are scores');
is($node->safe_psql('postgres', q(
	SELECT string_agg(pg_input_is_valid(v, 'nps_summary')::text, ' ') FROM unnest(ARRAY['{0,0,0,0,0,0,0,0,0,0,0}', '{1}',
		'{-1,0,0,0,0,0,0,0,0,0,0}', '{9223372036854775807,1,0,0,0,0,0,0,0,0,0}', '{9223372036854775808,0,0,0,0,0,0,0,0,0,0}']) v)),
	'true false false false false', 'which texts are summaries');
is($node->safe_psql('postgres', q(
	SELECT string_agg(pg_input_is_valid(v, 'nps_clustered_summary')::text, ' ') FROM unnest(ARRAY['{2,1,2,4,5,9,29}', '{1}',
		'{2,1,2,4,5,30,29}', '{1,0,0,1,1,1,170141183460469231731687303715884105728}']) v)),
	'true false false false', 'which texts are clustered summaries');
is($node->safe_psql('postgres', q(
	SELECT string_agg(pg_input_is_valid(v, 'nps_paired_state')::text, ' ') FROM unnest(ARRAY['{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,2}', '{}',
		'{1,{1,0,1,1,1,2,4},{1,1,0,0,1,-1,1},-1,1,-2,3}']) v)),
	'true false false', 'which texts are paired states');
is($node->safe_psql('postgres', q(SELECT message, detail, sql_error_code FROM pg_input_error_info('11', 'nps_score'))),
	'value "11" is out of range for type nps_score|A score is a whole number from 0 to 10.|22003', 'what is wrong with a score');
is($node->safe_psql('postgres', q(SELECT message, hint, sql_error_code FROM pg_input_error_info('9.5', 'nps_score'))),
	'invalid input syntax for type nps_score: "9.5"|The function nps_parse reads labels such as "10 - Extremely likely".|22P02', 'what is wrong with a text');
is($node->safe_psql('postgres', q(SELECT sql_error_code FROM pg_input_error_info('{1,2}', 'nps_summary'))), '22P02',
	'what is wrong with a summary');

SKIP:
{
	skip 'COPY skips bad rows from PostgreSQL 17 on', 1 if $version < 17;
	is($node->safe_psql('postgres', "CREATE TABLE dirty (id integer, score nps_score);
		COPY dirty FROM STDIN (ON_ERROR ignore);\n1\t9\n2\t11\n3\tn/a\n4\t\\N\n5\t0.0\n6\t9.5\n\\.\nSELECT string_agg(id || ':' || coalesce(score::text, '-'), ' ') FROM dirty;"),
		'1:9 4:- 5:0', 'COPY loads the good rows of a dirty file');
}

$node->stop;
done_testing();
