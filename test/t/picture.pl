# The picture at the top of the README is what nps_chart draws of the demo's quarters today, to the byte.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('picture');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'CREATE EXTENSION nps');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/carpentries.sql', $node->connstr('postgres') ], 'the survey');

my ($drawn) = run_command([ 'psql', '-X', '-q', '-A', '-t', '-f', 'examples/quarters_chart.sql', $node->connstr('postgres') ]);
like($drawn, qr/^<svg .*<\/svg>$/s, 'a picture is drawn');
ok($drawn eq slurp_file('doc/quarters.svg') =~ s/\n\z//r, 'it is the one of the README')
	or diag("draw it anew: ./dev psql -q -A -t -f examples/quarters_chart.sql > doc/quarters.svg");
like(slurp_file('README.md'), qr/!\[[^\]]+\]\(doc\/quarters\.svg\)/, 'which shows it, and says in words what is on it');

$node->stop;
done_testing();
