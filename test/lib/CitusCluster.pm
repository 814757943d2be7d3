# Citus on three private servers.
package CitusCluster;

use strict;
use warnings;
use Exporter qw(import);
use PostgreSQL::Test::Cluster;

our @EXPORT = qw(citus_cluster);

# The directory of the sockets is the name of the host, for all: nothing listens elsewhere.
sub new_server
{
	my ($name) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
	$node->append_conf('postgresql.conf', join "\n", "shared_preload_libraries = 'citus'", "wal_level = logical",
		"max_wal_senders = 10", "max_replication_slots = 10", "max_prepared_transactions = 20", "citus.shard_count = 8",
		"citus.local_hostname = '" . $node->host . "'", "citus.node_conninfo = 'sslmode=prefer'",
		"citus.enable_statistics_collection = off", '');
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION citus');
	return $node;
}

# A coordinator and two workers, with the extension on each.
sub citus_cluster
{
	my ($coordinator, @workers) = map { new_server($_) } qw(coordinator worker1 worker2);
	my $name_of = sub { return "'" . $_[0]->host . "', " . $_[0]->port; };

	$coordinator->safe_psql('postgres', join ';', 'SELECT citus_set_coordinator_host(' . $name_of->($coordinator) . ')',
		map { 'SELECT citus_add_node(' . $name_of->($_) . ')' } @workers);
	$coordinator->safe_psql('postgres', 'CREATE EXTENSION nps');
	return ($coordinator, @workers);
}

1;
