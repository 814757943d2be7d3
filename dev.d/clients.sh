# shellcheck shell=sh
# The tests with programs other than PostgreSQL's, on servers of their own.

command_clients() {
	setup tests clients
	make_work
	client_environment
	build_server ''
	[ $# -gt 0 ] || set -- 'test/clients/*.pl'
	case $* in *dashboard* | *\**) dashboard_for_tests ;; esac
	# shellcheck disable=SC2034 # server_tests reads it
	verbose=-v
	server_tests "$@"
}

# Debian's packages put their modules where Debian's own interpreters find them, so those come first on the PATH. What
# Debian has no package of, npm fetches into the temporary directory, which is above the tests and the examples: there
# node looks for modules.
client_environment() {
	! have dpkg-query || export PATH="/usr/bin:/bin:$PATH" CLASSPATH=/usr/share/java/postgresql.jar
	progress "Fetching the clients' packages with npm"
	cp test/clients/package.json test/clients/package-lock.json "$WORK/"
	locked_packages "$WORK" test/clients
	export PATH="$WORK/node_modules/.bin:$PATH"
}

# Its packages, where the tests can build it.
dashboard_for_tests() {
	dashboard_packages
	! is_root || chown -R postgres: "$TREE/examples/dashboard"
}
