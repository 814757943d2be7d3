# shellcheck shell=sh
# The tests on Citus: where the chosen PostgreSQL has it. Nothing here installs it, since Debian has no package.

command_citus() {
	setup tests
	[ -f "$("$PG_CONFIG" --sharedir)/extension/citus.control" ] ||
		{ say "skipped: $("$PG_CONFIG" --version) has no Citus"; return; }
	make_work
	build_server ''
	# shellcheck disable=SC2034 # server_tests reads it
	verbose=-v
	server_tests 'test/citus/*.pl'
}
