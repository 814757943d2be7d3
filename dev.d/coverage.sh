# shellcheck shell=sh
# Which lines of src the unit tests and the SQL regression reach. The server's processes write what they counted
# where the objects are, in the temporary directory, as they exit.

command_coverage() {
	case $* in '' | --lines) ;; *) die "coverage knows --lines alone" ;; esac
	setup tests
	have gcov || die "missing: gcov, of the compiler"
	make_work
	# Not optimized, so that a line of the source is a line of the program; with what only assertions call.
	counting='--coverage -O0 -Wno-cpp -DUSE_ASSERT_CHECKING'
	build_server "$counting"
	unit_tests "$counting"
	regression_tests
	say "== coverage"
	(cd "$TREE" && find . -name '*.gcno' -exec gcov --json-format --stdout {} + | perl dev.d/coverage.pl "$@")
}
