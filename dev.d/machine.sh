# shellcheck shell=sh
# What this machine has, and what a command needs: "setup NEED..." leaves PG_CONFIG, the chosen
# PostgreSQL. A compiler, make and the server are always needed; NEED is tests, clients, dashboard,
# lint, packaging or chroots.

command_setup() {
	setup tests
	say "All that nps needs is installed: $("$PG_CONFIG" --version)."
}

setup() {
	if have apt-get && have dpkg-query; then
		setup_debian "$@"
	else
		setup_elsewhere "$@"
	fi
	export PG_CONFIG
}

machine_major() { "$PG_CONFIG" --version | sed 's/PostgreSQL \([0-9]*\).*/\1/'; }

# --- Debian and Ubuntu: what is missing is installed, after saying what ------------------------

setup_debian() {
	[ -n "${PG_CONFIG:-}" ] || choose_major
	packages='gcc libc6-dev make'
	[ -z "${major:-}" ] || packages="$packages postgresql-$major postgresql-server-dev-$major"
	for need in "$@"; do
		packages="$packages $("packages_for_$need" | tr '\n' ' ')"
	done
	# shellcheck disable=SC2086 # a list of words
	install_missing $packages
	: "${PG_CONFIG:=/usr/lib/postgresql/$major/bin/pg_config}"
}

packages_for_dashboard() { [ -x /usr/bin/npm ] || say nodejs npm; }
packages_for_tests() { say libcmocka-dev libipc-run-perl perl diffutils; }
packages_for_lint() { say shellcheck clang-tidy codespell; }
packages_for_packaging() { say build-essential debhelper postgresql-server-dev-all; }
packages_for_chroots() { say mmdebstrap debian-archive-keyring; }

packages_for_clients() {
	say python3-psycopg python3-psycopg2 python3-sqlalchemy python3-pandas python3-asyncpg python3-django
	say python3-pyodbc odbc-postgresql libpostgresql-jdbc-java default-jdk-headless
	say chromium fonts-dejavu-core librsvg2-bin pgxnclient git
	[ -x /usr/bin/npm ] || say nodejs npm
	[ -z "${major:-}" ] || say "postgresql-$major-cron"
}

choose_major() {
	major=$(debian_major)
	[ -n "$major" ] || { progress "Reading the list of packages"; apt update; major=$(debian_major); }
	[ -n "$major" ] || die "apt knows no package postgresql"
}

# The newest major whose server is installed from Debian's packages, or else the one that
# Debian's own "postgresql" package stands for.
debian_major() {
	for postgres in /usr/lib/postgresql/*/bin/postgres; do
		[ -x "$postgres" ] && printf '%s\n' "$postgres"
	done | sed 's|/usr/lib/postgresql/\(.*\)/bin/postgres|\1|' | sort -n | tail -n 1 | grep . ||
		apt-cache depends postgresql 2>/dev/null |
		sed -n 's/.*Depends: postgresql-\([0-9][0-9]*\)$/\1/p' | head -n 1
}

install_missing() {
	missing=$(missing_packages "$@" | tr '\n' ' ')
	[ -n "$missing" ] || return 0
	progress "Installing packages: $missing"
	apt update
	# shellcheck disable=SC2086 # a list of words
	apt install --no-install-recommends $missing
	case $missing in
		*postgresql-[0-9]*) progress "The PostgreSQL package may have set up a server of its own, which nps leaves alone." ;;
	esac
}

# One line for each package of the list that is not installed.
missing_packages() {
	for package in "$@"; do
		status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || :)
		[ "$status" = installed ] || printf '%s\n' "$package"
	done
}

# apt-get without its chatter, which is shown only where it fails.
apt() {
	chatter=$(as_administrator env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" 2>&1 </dev/null) ||
		{ printf '%s\n' "$chatter" >&2; die "apt-get $1 failed"; }
}

as_administrator() {
	if is_root; then
		"$@"
	elif have sudo; then
		sudo "$@"
	else
		die "installing packages needs root or sudo; as root, run: $*"
	fi
}

# --- elsewhere: nothing is installed, what is missing is named --------------------------------

setup_elsewhere() {
	: "${PG_CONFIG:=pg_config}"
	have "$PG_CONFIG" || die "missing: pg_config on the PATH (PostgreSQL 13 to 19 with its server development files)"
	[ -f "$("$PG_CONFIG" --pgxs)" ] || die "missing: PostgreSQL's server development files, $("$PG_CONFIG" --pgxs)"
	for program in postgres initdb pg_ctl psql; do
		[ -x "$("$PG_CONFIG" --bindir)/$program" ] || die "missing: $("$PG_CONFIG" --bindir)/$program"
	done
	require_programs cc make tar
	for need in "$@"; do
		"elsewhere_for_$need"
	done
}

elsewhere_for_tests() {
	require_programs prove diff
	perl -MIPC::Run -e 1 2>/dev/null || die "missing: the Perl module IPC::Run"
	printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <cmocka.h>\n' |
		cc -E - >/dev/null 2>&1 || die "missing: the C library cmocka"
}

elsewhere_for_clients() {
	require_programs python3 java node npm chromium pgxn git
	[ -f "$("$PG_CONFIG" --pkglibdir)/pg_cron.so" ] || die "missing: the extension pg_cron"
	for module in psycopg psycopg2 sqlalchemy pandas asyncpg django pyodbc; do
		python3 -c "import $module" 2>/dev/null || die "missing: the Python module $module"
	done
	odbcinst -q -d -n 'PostgreSQL Unicode' >/dev/null 2>&1 || die "missing: the ODBC driver PostgreSQL Unicode"
	[ -n "${CLASSPATH:-}" ] || die "missing: the PostgreSQL JDBC driver's jar in CLASSPATH"
}

elsewhere_for_dashboard() { require_programs node npm; }
elsewhere_for_lint() { require_programs shellcheck clang-tidy codespell; }
elsewhere_for_packaging() { die "Debian packages are built on Debian"; }
elsewhere_for_chroots() { require_programs mmdebstrap; }

require_programs() {
	for program in "$@"; do
		have "$program" || die "missing: $program"
	done
}
