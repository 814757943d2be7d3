# shellcheck shell=sh
# The Debian package for this machine's major, or for another one of Debian: built, and tried in a clean system.

command_package() {
	have dpkg-query || die "Debian packages are built on Debian"
	check='' chosen=''
	while [ $# -gt 0 ]; do
		case $1 in
			--check) check=yes ;;
			--major) chosen=${2:?which major}; shift ;;
			*) break ;;
		esac
		shift
	done
	[ -z "$check$chosen" ] || is_root || die "making and entering a chroot needs root"
	# shellcheck disable=SC2046 # a list of words
	setup packaging $([ -z "$check$chosen" ] || echo chroots)
	make_work
	major=${chosen:-$(machine_major)}
	build_package "$(destination "$@")"
	[ -z "$check" ] || check_package
}

# The directory for the package: this one, or the one named from where the caller is.
destination() {
	[ $# -gt 0 ] || { pwd; return; }
	# shellcheck disable=SC2016 # $1 is for the inner shell
	from_caller sh -c 'mkdir -p -- "$1" && cd -- "$1" && pwd' sh "$1"
}

# From a clean copy, into the directory given. debian/control names the major that Debian 12 has; elsewhere the
# copy's is made anew. Another major than this machine's is built in a chroot of the release that it comes with.
build_package() {
	mkdir "$WORK/build" "$WORK/build/nps"
	copy_tree "$WORK/build/nps"
	if [ "$major" = "$(machine_major)" ]; then
		build_in "$WORK/build"
	else
		make_build_chroot
		mv "$WORK/build" "$root/build"
		build_in /build chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
		mv "$root/build" "$WORK/build"
		rm -rf "$root"
	fi
	package=$(cd "$WORK/build" && echo *.deb)
	cp "$WORK/build/$package" "$1/"
	say "$1/$package"
}

# In a directory that has the sources in nps; what is given besides comes before the command.
build_in() {
	build=$1
	shift
	# shellcheck disable=SC2016 # $1 is for the inner shell
	"$@" env LC_ALL=C.UTF-8 PG_SUPPORTED_VERSIONS="$major" PG_UPDATECONTROL=yes DEB_BUILD_OPTIONS=noautodbgsym \
		sh -c 'cd "$1/nps" && dpkg-buildpackage -b -us -uc' sh "$build" >"$WORK/build.log" 2>&1 ||
		{ tail -n 60 "$WORK/build.log" >&2; die "building the package failed"; }
}

make_build_chroot() {
	root=$WORK/chroot
	# shellcheck disable=SC2046 # a list of words
	set -- $(suites_of "$major")
	[ $# = 1 ] || die "packages are built for the majors of a release of Debian"
	progress "Making a chroot of Debian $1 to build in"
	sources_of "$1" | mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
		--include="build-essential,debhelper,postgresql-server-dev-all" "$1" "$root" - >"$WORK/chroot.log" 2>&1 ||
		{ tail -n 20 "$WORK/chroot.log" >&2; die "making a chroot failed"; }
}

# What test/package/check finds in a chroot made for it, of the Debian release that this major comes with. The
# program of the packaged tests, pg_buildext, is in a package of its own there from 18 on.
check_package() {
	release=$(suites_of "$major" | cut -d ' ' -f 1)
	root=$WORK/chroot
	[ -n "$release" ] || die "no Debian release is known to come with PostgreSQL $major"
	sources_of "$release" | mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
		--include="postgresql-$major,make,iproute2$([ "$major" -lt 18 ] || echo ,postgresql-common-dev)" "$release" "$root" - >"$WORK/chroot.log" 2>&1 || { tail -n 20 "$WORK/chroot.log" >&2; die "making a chroot failed"; }
	say "A clean chroot: Debian $(cat "$root/etc/debian_version") with $(chroot "$root" "/usr/lib/postgresql/$major/bin/postgres" --version)"
	mkdir "$root/tmp/nps"
	copy_tree "$root/tmp/nps"
	cp "$WORK/build/$package" "$root/tmp/"
	# Without a network, and nothing that is started there outlives it.
	# Shared memory is as on a running system: mounted, without which the C library of Debian 11 finds none.
	# shellcheck disable=SC2016 # the inner shell's own
	unshare --mount --net --pid --fork --kill-child --mount-proc="$root/proc" \
		sh -c 'mount -t tmpfs -o mode=1777 shm "$1/dev/shm" && exec chroot "$@"' sh "$root" \
		env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		/tmp/nps/test/package/check "/tmp/$package" "$major" /tmp/nps || die "the package does not do"
	say "The package does: installed, used, tested and removed."
}

# Debian's archives of one release as this machine's apt knows them, with the security updates: a package
# depends on the minor release that it was built with. Of another release, its main one.
sources_of() {
	archive=$(debian_archive)
	[ -n "$archive" ] || die "apt knows no archive of Debian"
	# shellcheck disable=SC2016 # apt-get's own variables
	apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		sed -n "s|^Debian \(.* $1[-a-z]* .*\)|deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] \1|p" |
		grep . || printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$archive" "$1"
}
