# shellcheck shell=sh
# The tests with programs other than PostgreSQL's, on servers of their own.

command_clients() {
	setup tests clients
	make_work
	client_environment
	build_server ''
	[ $# -gt 0 ] || set -- 'test/clients/*.pl'
	# shellcheck disable=SC2034 # server_tests reads it
	verbose=yes
	server_tests "$@"
}

# Debian's packages put their modules where Debian's own interpreters find them, so those come
# first on the PATH. Where node has no module pg, npm fetches it into the temporary directory.
client_environment() {
	! have dpkg-query || export PATH="/usr/bin:/bin:$PATH" CLASSPATH=/usr/share/java/postgresql.jar
	node -e 'require("pg")' 2>/dev/null || {
		progress "Fetching node-postgres with npm"
		npm install --silent --no-audit --no-fund --prefix "$WORK/npm" pg@8 >"$WORK/npm.log" 2>&1 ||
			{ cat "$WORK/npm.log"; die "npm could not install pg"; }
		export NODE_PATH="$WORK/npm/node_modules"
	}
}
