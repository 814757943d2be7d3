# A repository of what is tested, and the archive of make dist.
package Checkout;

use strict;
use warnings;
use Cwd qw(getcwd);
use Exporter qw(import);
use PostgreSQL::Test::Utils;

our @EXPORT = qw(checkout_of_this);

# A repository of its own with the files of this directory, its checkout as a fresh clone has it.
sub checkout_of_this
{
	my $directory = PostgreSQL::Test::Utils::tempdir();
	my @git = ('git', "--git-dir=$directory/git", '--work-tree=' . getcwd(), '-c', 'user.name=test', '-c', 'user.email=test@localhost');

	system_or_bail('git', 'init', '-q', '--bare', "$directory/git");
	system_or_bail(@git, 'add', '--all');
	system_or_bail(@git, 'commit', '-q', '-m', 'all');
	system_or_bail('git', 'clone', '-q', "$directory/git", "$directory/checkout");
	return "$directory/checkout";
}

1;
