# shellcheck shell=sh
# Changes made on purpose, which the tests have to notice.

command_mutants() {
	setup tests
	make_work
	start_bare_server ''
	export PRIVATE DATA="$WORK/data"
	as_server "$TREE/test/mutants/run" "$@"
}
