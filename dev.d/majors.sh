# shellcheck shell=sh
# The same tests on several majors, this machine's here and each other in a Debian chroot of its own. What this
# machine's major keeps is restored from a dump on those that are no older, and taken by pg_upgrade to the newer ones.

# With --others, without this machine's, which ./dev test runs as well.
command_matrix() {
	setup tests chroots
	majors='13 15 17 18 19'
	[ "${1:-}" != --others ] || majors=$(say "$majors" | tr ' ' '\n' | grep -vx "$(machine_major)")
	is_root || die "making and entering chroots needs root"
	make_work
	mkdir "$WORK/kept"
	: >"$WORK/passed"
	: >"$WORK/failed"
	: >"$WORK/skipped"
	./dev keep "$WORK/kept"
	# Two at a time, every other one each: the tests wait as long as they compute.
	for remainder in 0 1; do
		say "$majors" | xargs -n 1 | awk "NR % 2 == $remainder" | while read -r major; do
			matrix_line "$major" </dev/null
		done &
	done
	wait
	[ "$(cat "$WORK/passed" "$WORK/failed" "$WORK/skipped" | wc -l)" = "$(say "$majors" | wc -w)" ] || die "a major ended without a result"
	say "$(awk '{ n += $1 } END { print n + 0 }' "$WORK/passed") passed, $(wc -l <"$WORK/failed") failed, $(wc -l <"$WORK/skipped") skipped"
	[ ! -s "$WORK/failed" ]
}

# A line for the reader on one major, and its counts for the sum.
matrix_line() {
	log=$WORK/$1.log
	if [ "$1" != "$(machine_major)" ] && ! make_chroot "$1"; then
		say "PostgreSQL $1: skipped, no chroot of Debian $(suites_of "$1") to be had (see $(chroots)/$1.log)"
		echo skipped >>"$WORK/skipped"
	elif test_major "$1" >"$log" 2>&1; then
		say "$(sed -n 's/^Building nps for \(PostgreSQL [^ ]*\).*/\1/p' "$log" | head -n 1): $(tests_passed "$log") tests passed, 0 failed$(sed -n 's/^\(skipped: .*\|Restored: .*\|Upgraded: .*\)/; \1/p' "$log" | tr -d '\n')"
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

# The suite on one major, and what this machine's major keeps: restored where that is no newer, upgraded where older.
test_major() {
	on_major "$1" test || return 1
	[ "$1" -ge "$(machine_major)" ] || return 0
	on_major "$1" restore "$WORK/kept" || return 1
	[ "$1" -gt "$(machine_major)" ] || return 0
	on_major "$1" upgrade "$WORK/kept"
}

# ./dev with the given arguments on one major: here where it is this machine's, else in its chroot. There, tests
# leave out what takes long and is hardly about the server: this machine's run has it all.
on_major() {
	major=$1
	shift
	if [ "$major" = "$(machine_major)" ]; then
		TEST_JOBS=1 ./dev "$@"
		return
	fi
	root=$(chroots)/$major
	rm -rf "$root/nps"
	mkdir "$root/nps"
	copy_tree "$root/nps"
	[ "$1" = test ] || copy_kept "$root"
	chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config" ONE_MORE_MAJOR=yes TEST_JOBS=1 /nps/dev "$@"
	status=$?
	rm -rf "$root$WORK"
	return $status
}

# What this machine's major keeps, into a chroot, with the libraries of its programs that the other release lacks.
copy_kept() {
	mkdir -p "$1$WORK"
	cp -R "$WORK/kept" "$1$WORK/"
	mkdir "$1$WORK/kept/libraries"
	ldd "$WORK"/kept/server/usr/lib/postgresql/*/bin/* | sed -n 's|.* => \(/[^ ]*\) .*|\1|p' | sort -u |
		while read -r library; do
			ldconfig -r "$1" -p | grep -qF "$(basename "$library") " || cp -L "$library" "$1$WORK/kept/libraries/"
		done
	chmod -R a+rX "$1$WORK"
}

# --- chroots -------------------------------------------------------------------------------

chroots() { printf '%s/nps/chroots\n' "${XDG_CACHE_HOME:-${HOME:-/root}/.cache}"; }

# The Debian release that a major comes with, and the suite of its packages where that is another.
suites_of() {
	case $1 in
		13) echo bullseye ;;
		15) echo bookworm ;;
		17) echo trixie ;;
		18) echo forky ;;
		19) echo sid experimental ;;
	esac
}

# The extensions for which nps has tests, in the release that has them.
extensions_of() {
	case $1 in
		17) echo postgresql-17-timescaledb postgresql-17-partman ;;
	esac
}

# A chroot with the server of one major, what the tests need, and unpacked: its development files, without the
# compiler that they name for just-in-time compilation, and extensions. Made once, kept in the cache.
make_chroot() {
	root=$(chroots)/$1
	[ ! -f "$root/ready" ] || return 0
	archive=$(debian_archive)
	[ -n "$archive" ] || return 1
	rm -rf "$root"
	mkdir -p "$(chroots)"
	# shellcheck disable=SC2046 # a list of words
	set -- "$1" $(suites_of "$1")
	# shellcheck disable=SC2016 # $1 is for the hook's shell
	mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' --setup-hook="$(prefer_experimental "$1")" \
		--include="postgresql-$1,libpq-dev,gcc,make,libc6-dev,libcmocka-dev,libipc-run-perl,perl,diffutils" \
		--customize-hook="chroot \"\$1\" sh -c 'cd /tmp && apt-get -q download postgresql-server-dev-$1 $(extensions_of "$1") && for package in *.deb; do dpkg -x \$package / || exit; done && rm *.deb'" \
		"$2" "$root" "deb $archive $2 main" ${3:+"deb $archive $3 main"} >"$(chroots)/$1.log" 2>&1 || return 1
	touch "$root/ready"
}

# A hook of mmdebstrap: what is of PostgreSQL comes from experimental, where that is among the suites.
prefer_experimental() {
	# shellcheck disable=SC2016 # $1 is for the hook's shell
	printf 'mkdir -p "$1/etc/apt/preferences.d" && printf "%s" >"$1/etc/apt/preferences.d/postgresql"' \
		"Package: src:postgresql-$1 src:postgresql-common\nPin: release a=experimental\nPin-Priority: 990\n"
}

# Debian's archive as this machine's own apt knows it.
debian_archive() {
	# shellcheck disable=SC2016 # apt-get's own variables
	apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		sed -n 's|^Debian \(.*/debian/\)$|\1|p' | head -n 1
}

# --- what command_matrix calls, here and in the chroots ---------------------------------------

# Into a directory: a database with everything in it as a dump and as the server's data, its answers, the server.
command_keep() {
	setup
	make_work
	start_bare_server ''
	run_script -f "$TREE/test/dump/objects.sql" >/dev/null
	as_server pg_dump >"$1/dump.sql"
	run_script -f "$TREE/test/dump/answers.sql" >"$1/answers.txt"
	stop_server fast
	cp -R "$WORK/data" "$PRIVATE" "$1/"
}

# The dump in a directory restored: the answers must be those that are beside it.
command_restore() {
	setup
	make_work
	start_bare_server ''
	run_script <"$1/dump.sql" >/dev/null
	same_answers "$1" 'the restored database'
	say "Restored: a dump of $(kept_version "$1") gives the same answers"
}

# The data in a directory taken by pg_upgrade from the server there: the answers must be those that are beside it.
command_upgrade() {
	setup
	make_work
	build_server ''
	cp -R "$1/data" "$WORK/old"
	# What initdb chose outside need not be in a chroot.
	echo "dynamic_shared_memory_type = mmap" >>"$WORK/old/postgresql.conf"
	! is_root || chown -R postgres: "$WORK"
	chmod 700 "$WORK/old"
	make_data
	as_server env LD_LIBRARY_PATH="$1/libraries" pg_upgrade -d "$WORK/old" -D "$WORK/data" \
		-b "$(dirname "$1"/server/usr/lib/postgresql/*/bin/postgres)" -s "$WORK" -U postgres >"$WORK/upgrade.log" 2>&1 ||
		{ upgrade_refused "$1" "$WORK"/data/pg_upgrade_output.d/*/log/*.log; return; }
	start_data ''
	same_answers "$1" 'the upgraded database'
	say "Upgraded: pg_upgrade from $(kept_version "$1") keeps $(wc -l <"$1/answers.txt") lines of answers"
}

# From 15.20 on a server notes a version with each column, with which pg_upgrade to a server without such fails,
# whatever the tables. Any other failure is one.
upgrade_refused() {
	from=$1
	shift
	if grep -q 'unrecognized parameter "pg_attver"' "$@"; then
		say "skipped: pg_upgrade from $(kept_version "$from"), whose versions of columns this server does not know"
	else
		cat "$WORK/upgrade.log" "$@" >&2
		die "pg_upgrade failed"
	fi
}

same_answers() {
	run_script -f "$TREE/test/dump/answers.sql" >"$WORK/answers.txt"
	diff "$1/answers.txt" "$WORK/answers.txt" || die "$2 gives other answers"
}

kept_version() { sed -n 's/^-- Dumped from database version \([0-9.]*\).*/\1/p' "$1/dump.sql"; }
