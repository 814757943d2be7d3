# shellcheck shell=sh
# Compiling the extension, here or in a copy.

command_build() {
	setup
	compile . ''
}

# A directory compiled, its warnings being errors, with the further options of the compiler given, which may be empty.
# PostgreSQL's headers are taken as the system's, so that warnings are about our own files.
compile() {
	make -s -j2 -C "$1" PG_CONFIG="$PG_CONFIG" \
		COPT="-Wall -Wextra -Werror -isystem $("$PG_CONFIG" --includedir-server) $2" with_llvm=no
}

# This directory as it is, without what was built in it.
copy_tree() {
	tar -cf - --exclude=./.git --exclude='*.o' --exclude='*.so' --exclude='*.bc' \
		--exclude='*_test' --exclude=./tmp_check --exclude=./results --exclude=node_modules --exclude=.observablehq . | tar -C "$1" -xf -
}
