# The pictures of the README and of the page on charts are what examples/*_chart.sql draw of the demo today, to the byte.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('pictures');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'CREATE EXTENSION nps');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/carpentries.sql', $node->connstr('postgres') ], 'the survey');

my @names = map { m{/(\w+)_chart\.sql$} } glob('examples/*_chart.sql');
is("@names", 'pace quarters shares', 'there are three');
foreach my $name (@names)
{
	my ($drawn) = run_command([ 'psql', '-X', '-q', '-A', '-t', '-f', "examples/${name}_chart.sql", $node->connstr('postgres') ]);
	like($drawn, qr/^<svg .*<\/svg>$/s, "$name: a picture is drawn");
	ok($drawn eq slurp_file("doc/$name.svg") =~ s/\n\z//r, "$name: it is the one of the page")
	  or diag("draw it anew: ./dev psql -q -A -t -f examples/${name}_chart.sql > doc/$name.svg");
	like(slurp_file('doc/charts.md'), qr/!\[[^\]]{30,}\]\($name\.svg\)/, "$name: which shows it, and says in words what is on it");
}
like(slurp_file('README.md'), qr/!\[[^\]]{30,}\]\(doc\/quarters\.svg\)/, 'so does the README');

$node->stop;
done_testing();
