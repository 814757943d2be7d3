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

# What its lock file says, into the copy.
dashboard_packages() {
	progress "Fetching the dashboard's packages with npm"
	npm ci --prefix "$TREE/examples/dashboard" --ignore-scripts --prefer-offline --no-audit --no-fund >"$WORK/npm.log" 2>&1 ||
		{ cat "$WORK/npm.log" >&2; die "npm could not install what examples/dashboard/package-lock.json names"; }
}
