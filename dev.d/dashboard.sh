# shellcheck shell=sh
# The dashboard of examples/dashboard, on the demo: served until it is ended, or written into a directory.

command_dashboard() {
	setup dashboard
	make_work
	start_server
	run_script -f "$TREE/examples/bi_views.sql"
	dashboard_packages
	progress "Building the dashboard"
	# An interrupt ends the server of the page, and then us.
	trap : INT
	from_caller node "$TREE/examples/dashboard/dashboard.js" "$@"
}

# Into the copy.
dashboard_packages() {
	progress "Fetching the dashboard's packages with npm"
	locked_packages "$TREE/examples/dashboard" examples/dashboard
}

# What the lock file in a directory names, into that directory, which is a copy of another.
locked_packages() {
	npm ci --prefix "$1" --ignore-scripts --prefer-offline --no-audit --no-fund >"$WORK/npm.log" 2>&1 ||
		{ cat "$WORK/npm.log" >&2; die "npm could not install what $2/package-lock.json names"; }
}
