# shellcheck shell=sh
# The demo data to look at: as a report, and in psql.

command_demo() {
	setup
	make_work
	start_server
	run_script -f "$TREE/examples/report.sql"
}

command_psql() {
	setup
	make_work
	start_server
	say "The table responses holds the demo survey; \\q ends the session and removes the server."
	private_psql
}
