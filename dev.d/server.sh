# shellcheck shell=sh
# A private server: a relocated copy of the installed PostgreSQL with the extension added, its data, and its
# socket all live in one temporary directory, WORK, which goes away at the end. There, TREE is the compiled copy
# of this directory, and PRIVATE the root of the server's copy.

WORK=
STARTED=

# The server programs that a private copy needs; those that an installation lacks are left out.
server_programs='postgres initdb pg_ctl psql createdb pg_dump pg_dumpall pg_restore pg_basebackup
	pg_isready pg_upgrade pg_controldata pg_resetwal pgbench vacuumdb'

# Everything below happens in one short path: socket names have a length limit.
make_work() {
	trap cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	trap 'exit 141' PIPE
	WORK=$(mktemp -d /tmp/nps.XXXXXX)
	PRIVATE=$WORK/server
	TREE=$WORK/nps
	bindir=$("$PG_CONFIG" --bindir)
}

cleanup() {
	trap - EXIT
	[ -z "$STARTED" ] || stop_server immediate || :
	[ -z "$WORK" ] || rm -rf "$WORK"
}

# initdb and postgres refuse root: as root, the server and its tests run as "postgres". They
# run inside the temporary directory, since that user may not be allowed into this one.
as_server() (
	cd "$WORK" || exit
	if is_root; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
)

# make in the copy, on the server's copy.
in_tree() {
	as_server "$@" -C "$TREE" PG_CONFIG="$PG_CONFIG" bindir="$PRIVATE$bindir" with_llvm=no
}

# The copy of the server, and the extension in it, compiled with the further options of the compiler given, which may be empty.
# This directory stays as it is, and any user can compile it. PostgreSQL finds its library and share directories
# relative to its own program, so copying the three keeps the system untouched.
build_server() {
	progress "Building nps for $("$PG_CONFIG" --version)"
	mkdir "$TREE"
	copy_tree "$TREE"
	compile "$TREE" "$1"
	mkdir -p "$PRIVATE$bindir"
	for program in $server_programs; do
		[ ! -x "$bindir/$program" ] || cp "$bindir/$program" "$PRIVATE$bindir/"
	done
	for directory in "$("$PG_CONFIG" --pkglibdir)" "$("$PG_CONFIG" --sharedir)"; do
		mkdir -p "$PRIVATE$directory"
		tar -C "$directory" -cf - --exclude=./bitcode --exclude=./pgxs . | tar -C "$PRIVATE$directory" -xf -
	done
	make -s -C "$TREE" install PG_CONFIG="$PG_CONFIG" DESTDIR="$PRIVATE" with_llvm=no >/dev/null
	! is_root || chown -R postgres: "$WORK"
	export PATH="$PRIVATE$bindir:$PATH"
}

# Without the extension; what is given is further options of the server, which may be empty.
start_bare_server() {
	build_server ''
	make_data
	start_data "$1"
}

# With checksums, the default from PostgreSQL 18 on: pg_upgrade wants the same in both.
make_data() {
	as_server "$PRIVATE$bindir/initdb" -D "$WORK/data" -A trust -U postgres --no-locale -E UTF8 --data-checksums --no-sync >/dev/null
}

start_data() {
	as_server "$PRIVATE$bindir/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -w \
		-o "-k $WORK -c listen_addresses='' -c fsync=off $1" start >/dev/null ||
		{ cat "$WORK/server.log" >&2; die "the private server did not start"; }
	STARTED=yes
	export PGHOST="$WORK" PGUSER=postgres PGDATABASE=postgres PGCLIENTENCODING=UTF8
}

stop_server() {
	as_server "$PRIVATE$bindir/pg_ctl" -D "$WORK/data" -m "$1" stop >/dev/null 2>&1
	STARTED=
}

# With the extension and the demo data.
start_server() {
	start_bare_server ''
	run_script -c 'CREATE EXTENSION nps' -f "$TREE/examples/carpentries.sql"
}

# psql with nothing of the user's own.
private_psql() { "$PRIVATE$bindir/psql" -X "$@"; }

# What must succeed, read by nobody on the way.
run_script() { private_psql -q -v ON_ERROR_STOP=1 -P pager=off "$@"; }
