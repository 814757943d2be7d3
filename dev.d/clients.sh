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
# Debian has no package of, and pg where node does not find it, npm fetches into the temporary directory.
client_environment() {
	! have dpkg-query || export PATH="/usr/bin:/bin:$PATH" CLASSPATH=/usr/share/java/postgresql.jar
	modules='playwright-core@1.65.1 axe-core@4.14.1'
	node -e 'require("pg")' 2>/dev/null || modules="$modules pg@8"
	progress "Fetching with npm: $modules"
	# shellcheck disable=SC2086 # a list of words
	npm install --silent --no-audit --no-fund --ignore-scripts --prefer-offline --prefix "$WORK/npm" $modules >"$WORK/npm.log" 2>&1 ||
		{ cat "$WORK/npm.log"; die "npm could not install $modules"; }
	export NODE_PATH="$WORK/npm/node_modules"
}

# Its packages, where the tests can build it.
dashboard_for_tests() {
	dashboard_packages
	! is_root || chown -R postgres: "$TREE/examples/dashboard"
}
