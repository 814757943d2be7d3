# shellcheck shell=sh
# The Debian package for this machine's major: built, and tried in a clean system.

command_package() {
	have dpkg-query || die "Debian packages are built on Debian"
	if [ "${1:-}" = --check ]; then
		shift
		is_root || die "making and entering a chroot needs root"
		setup packaging chroots
		build_package "$(destination "$@")"
		check_package
	else
		setup packaging
		build_package "$(destination "$@")"
	fi
}

# The directory for the package: this one, or the one named from where the caller is.
destination() {
	[ $# -gt 0 ] || { pwd; return; }
	# shellcheck disable=SC2016 # $1 is for the inner shell
	from_caller sh -c 'mkdir -p -- "$1" && cd -- "$1" && pwd' sh "$1"
}

# From a clean copy, into the directory given. debian/control names the major that Debian 12 has; elsewhere the
# copy's is made anew.
build_package() {
	make_work
	mkdir "$WORK/build" "$WORK/build/nps"
	copy_tree "$WORK/build/nps"
	(cd "$WORK/build/nps" && PG_SUPPORTED_VERSIONS=$(machine_major) PG_UPDATECONTROL=yes \
		DEB_BUILD_OPTIONS=noautodbgsym dpkg-buildpackage -b -us -uc) >"$WORK/build.log" 2>&1 ||
		{ tail -n 60 "$WORK/build.log" >&2; die "building the package failed"; }
	package=$(cd "$WORK/build" && echo *.deb)
	cp "$WORK/build/$package" "$1/"
	say "$1/$package"
}

# What test/package/check finds in a chroot made for it, of the Debian release that this major comes with.
check_package() {
	major=$(machine_major)
	release=$(suites_of "$major" | cut -d ' ' -f 1)
	root=$WORK/chroot
	[ -n "$release" ] || die "no Debian release is known to come with PostgreSQL $major"
	debian_sources "$release" | grep -q . || die "apt knows no archive of Debian $release"
	debian_sources "$release" | mmdebstrap --quiet --variant=minbase --include="postgresql-$major,make,iproute2" \
		"$release" "$root" - >"$WORK/chroot.log" 2>&1 || { tail -n 20 "$WORK/chroot.log" >&2; die "making a chroot failed"; }
	# As on a running system, where something is mounted there.
	chmod 1777 "$root/dev/shm"
	say "A clean chroot: Debian $(cat "$root/etc/debian_version") with $(chroot "$root" "/usr/lib/postgresql/$major/bin/postgres" --version)"
	mkdir "$root/tmp/nps"
	copy_tree "$root/tmp/nps"
	cp "$WORK/build/$package" "$root/tmp/"
	# Without a network, and nothing that is started there outlives it.
	unshare --mount --net --pid --fork --kill-child --mount-proc="$root/proc" chroot "$root" \
		env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		/tmp/nps/test/package/check "/tmp/$package" "$major" /tmp/nps || die "the package does not do"
	say "The package does: installed, used, tested and removed."
}

# Debian's archives of one release as this machine's apt knows them, with the security updates: a package
# depends on the minor release that it was built with.
debian_sources() {
	# shellcheck disable=SC2016 # apt-get's own variables
	apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		sed -n "s|^Debian \(.* $1[-a-z]* .*\)|deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] \1|p"
}
