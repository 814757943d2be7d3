# shellcheck shell=sh
# The same tests on several majors, this machine's here and each other in a Debian chroot of its own, and a
# dump of this machine's restored on those that are no older.

command_matrix() {
	setup tests chroots
	is_root || die "making and entering chroots needs root"
	make_work
	mkdir "$WORK/dump"
	: >"$WORK/passed"
	: >"$WORK/failed"
	: >"$WORK/skipped"
	./dev dump "$WORK/dump"
	# Two at a time: the tests wait as long as they compute.
	for majors in '13 15' '17 18'; do
		for major in $majors; do
			matrix_line "$major" &
		done
		wait
	done
	[ "$(cat "$WORK/passed" "$WORK/failed" "$WORK/skipped" | wc -l)" = 4 ] || die "a major ended without a result"
	say "$(awk '{ n += $1 } END { print n + 0 }' "$WORK/passed") passed, $(wc -l <"$WORK/failed") failed, $(wc -l <"$WORK/skipped") skipped"
	[ ! -s "$WORK/failed" ]
}

# A line for the reader on one major, and its counts for the sum.
matrix_line() {
	log=$WORK/$1.log
	if [ "$1" != "$(machine_major)" ] && ! make_chroot "$1"; then
		say "PostgreSQL $1: skipped, no chroot of Debian $(release_of "$1") to be had (see $(chroots)/$1.log)"
		echo skipped >>"$WORK/skipped"
	elif test_major "$1" >"$log" 2>&1; then
		say "$(sed -n 's/^Building nps for \(PostgreSQL [^ ]*\).*/\1/p' "$log" | head -n 1): $(tests_passed "$log") tests passed, 0 failed$(sed -n 's/^\(skipped: .*\|Restored: .*\)/; \1/p' "$log" | tr -d '\n')"
		tests_passed "$log" >>"$WORK/passed"
	else
		tail -n 60 "$log"
		say "PostgreSQL $1: FAILED"
		echo failed >>"$WORK/failed"
	fi
}

# How many tests the log of ./dev test counts.
tests_passed() {
	sed -n 's/^Files=[0-9]*, Tests=\([0-9]*\),.*/\1/p; s/^#* *All \([0-9]*\) tests passed.*/\1/p' "$1" |
		awk '{ passed += $1 } END { print passed + 0 }'
}

# The suite on one major, and the dump of this machine's major restored, where that is no newer.
test_major() {
	on_major "$1" test || return 1
	[ "$1" -ge "$(machine_major)" ] || return 0
	on_major "$1" restore "$WORK/dump"
}

# ./dev with the given arguments on one major: here where it is this machine's, else in its chroot.
on_major() {
	major=$1
	shift
	if [ "$major" = "$(machine_major)" ]; then
		./dev "$@"
		return
	fi
	root=$(chroots)/$major
	rm -rf "$root/nps"
	mkdir "$root/nps"
	copy_tree "$root/nps"
	[ ! -d "$WORK/dump" ] || { rm -rf "$root$WORK"; mkdir -p "$root$WORK"; cp -R "$WORK/dump" "$root$WORK/"; chmod -R a+rX "$root$WORK"; }
	chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config" /nps/dev "$@"
	status=$?
	rm -rf "$root$WORK"
	return $status
}

# --- chroots -------------------------------------------------------------------------------

chroots() { printf '%s/nps/chroots\n' "${XDG_CACHE_HOME:-${HOME:-/root}/.cache}"; }

# The Debian release that a major comes with.
release_of() {
	case $1 in
		13) echo bullseye ;;
		15) echo bookworm ;;
		17) echo trixie ;;
		18) echo forky ;;
	esac
}

# A chroot with the server of one major, its development files (without the compiler that they
# name for just-in-time compilation) and what the tests need. Made once, kept in the cache.
make_chroot() {
	root=$(chroots)/$1
	[ ! -f "$root/ready" ] || return 0
	archive=$(debian_archive)
	[ -n "$archive" ] || return 1
	rm -rf "$root"
	mkdir -p "$(chroots)"
	# shellcheck disable=SC2016 # $1 is for the hook's shell
	mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
		--include="postgresql-$1,libpq-dev,gcc,make,libc6-dev,libcmocka-dev,libipc-run-perl,perl,diffutils" \
		--customize-hook="chroot \"\$1\" sh -c 'cd /tmp && apt-get -q download postgresql-server-dev-$1 && dpkg -x postgresql-server-dev-*.deb / && rm postgresql-server-dev-*.deb'" \
		"$(release_of "$1")" "$root" "$archive" >"$(chroots)/$1.log" 2>&1 || return 1
	touch "$root/ready"
}

# Debian's archive as this machine's own apt knows it.
debian_archive() {
	# shellcheck disable=SC2016 # apt-get's own variables
	apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		sed -n 's|^Debian \(.*/debian/\)$|\1|p' | head -n 1
}

# --- what command_matrix calls, here and in the chroots ---------------------------------------

# A database with everything in it, dumped with its answers into a directory.
command_dump() {
	setup
	make_work
	start_bare_server ''
	run_script -f "$TREE/test/dump/objects.sql" >/dev/null
	as_server pg_dump >"$1/dump.sql"
	run_script -f "$TREE/test/dump/answers.sql" >"$1/answers.txt"
}

# The dump in a directory restored: the answers must be those that are beside it.
command_restore() {
	setup
	make_work
	start_bare_server ''
	run_script <"$1/dump.sql" >/dev/null
	run_script -f "$TREE/test/dump/answers.sql" >"$WORK/answers.txt"
	diff "$1/answers.txt" "$WORK/answers.txt" || die "the restored database gives other answers"
	say "Restored: a dump of $(sed -n 's/^-- Dumped from database version \([0-9.]*\).*/\1/p' "$1/dump.sql") gives the same answers"
}
