# shellcheck shell=sh
# Where the figures are made: they are of use only beside each other.

command_bench() {
	rows=10000000
	previous=
	for argument in "$@"; do
		[ "$previous" != --rows ] || rows=$argument
		previous=$argument
	done
	setup
	make_work
	start_bare_server '-c shared_buffers=4GB -c max_wal_size=8GB'
	run_script -c 'CREATE EXTENSION nps'
	run_script -v rows="$rows" -f "$TREE/test/bench/data.sql"
	(cd "$TREE" && perl test/bench/run.pl "$@")
}
