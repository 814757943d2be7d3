# shellcheck shell=sh
# The demo data to look at: as a report, and in psql.

command_demo() {
	setup
	make_work
	start_server
	run_script -f "$TREE/examples/report.sql"
}

# psql itself, with its arguments, its input, its exit status, and files named from where the caller is.
command_psql() {
	setup
	make_work
	start_server
	[ $# -gt 0 ] || [ ! -t 0 ] ||
		progress "The table responses holds the demo survey; \\q ends the session and removes the server."
	# An interrupt ends a query, not the session.
	trap : INT
	from_caller private_psql "$@"
}
