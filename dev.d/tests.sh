# shellcheck shell=sh
# The tests: src/math outside the server, SQL regression, servers of their own.

command_test() {
	setup tests
	make_work
	case ${1:-} in
		'') test_all ;;
		--sanitize) test_sanitized ;;
		*) build_server ''; verbose=-v; server_tests "$@" ;;
	esac
}

# The unit tests run first: when the mathematics is wrong, nothing after it means anything.
test_all() {
	build_server ''
	unit_tests ''
	regression_tests
	say "== SQL regression without the counting scan"
	without_counting_scan regression_run
	say "== servers of their own"
	if [ -f "$(dirname "$("$PG_CONFIG" --pgxs)")/../test/perl/PostgreSQL/Test/Cluster.pm" ]; then
		server_tests
		say "== pages and examples without the counting scan"
		without_counting_scan pages_run
	else
		say "skipped: the packages of $("$PG_CONFIG" --version) lack the modules for them"
	fi
	say "All tests passed."
}

test_sanitized() {
	sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DUSE_ASSERT_CHECKING'
	build_server "$sanitize"
	unit_tests "$sanitize"
	# shellcheck disable=SC2046 # a list of words
	regression_tests env $(sanitizer_environment)
	say "All tests passed, and the sanitizers found nothing."
}

# With the further options of the compiler given, which may be empty.
unit_tests() {
	say "== src/math, outside the server"
	make -s -C "$TREE/test/unit" check EXTRA_CFLAGS="$1"
}

# What is given comes before make: the programs start in that environment.
regression_tests() {
	say "== SQL regression"
	regression_run "$@"
}

regression_run() {
	in_tree "$@" make -s installcheck EXTRA_REGRESS_OPTS="--temp-instance=$WORK/regress ${settings:+--temp-config=$settings}" ||
		{ cat "$TREE/regression.diffs" 2>/dev/null; die "the SQL regression tests failed"; }
}

# What users copy.
pages_run() {
	server_tests test/t/documents.pl test/t/cookbook.pl test/t/mistakes.pl test/t/examples.pl test/t/report.pl \
		test/t/bi_views.pl test/t/rollup.pl test/t/scheduled_report.pl
}

# Once more with PostgreSQL's own plans: no answer depends on the counting scan. Tests that ask for it say so.
without_counting_scan() {
	settings=$WORK/own_plans.conf
	echo 'nps.counting_scan = off' >"$settings"
	chmod a+r "$settings"
	TEMP_CONFIG=$settings
	export TEMP_CONFIG
	"$@"
	unset TEMP_CONFIG settings
}

# Every server test, or those named: two at a time, but where TEST_JOBS says otherwise or each line is shown.
server_tests() {
	in_tree make -s prove_installcheck ${1:+PROVE_TESTS="$*"} PROVE_FLAGS="${verbose:--j${TEST_JOBS:-2}}" || {
		# Errors are what many tests provoke: these are not among them.
		grep -h -A 8 'not ok\|PANIC\|terminated by signal' "$TREE"/tmp_check/log/* | tail -n 60
		die "the server tests failed"
	}
}

# The server is not instrumented, the extension is: AddressSanitizer's library has to be in the
# server from its start. It sets itself up in the first malloc, which must not be one that
# some library's initialisation makes while it holds a lock of the C library: so a library
# that is initialised before all others makes the first. What is not freed at exit is the
# server's business.
sanitizer_environment() {
	printf '#include <stdlib.h>\n__attribute__((constructor)) static void first(void) { free(malloc(1)); }\n' |
		gcc -O0 -shared -fPIC -Wl,-z,initfirst -x c - -o "$WORK/first.so"
	printf '%s ' LD_PRELOAD="$(gcc -print-file-name=libasan.so):$WORK/first.so" \
		ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1:abort_on_error=1
}
