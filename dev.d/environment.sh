# shellcheck shell=sh
# What of the caller's environment stays outside. A private server is the same whoever starts it: a port meant
# for another server, a pager or the flags of another make change nothing here.

clean_environment() {
	umask 022
	# The shell's and the usual tools', and where temporary files are: the names of sockets have a length limit.
	unset CDPATH ENV BASH_ENV POSIXLY_CORRECT GREP_OPTIONS GREP_COLOR TAR_OPTIONS TMPDIR TEMP TMP
	# make's, also those that make hands to what it starts; PGXS's, the tests' and the compiler's for coverage.
	unset MAKEFLAGS MFLAGS GNUMAKEFLAGS MAKELEVEL MAKEFILES DESTDIR VPATH COPT PROFILE MODULES PROGRAM DOCS SCRIPTS HEADERS
	unset EXTRA_CFLAGS EXTRA_REGRESS_OPTS TEMP_CONFIG PROVE PROVE_FLAGS PROVE_TESTS PERL5OPT PERL_UNICODE GCOV_PREFIX GCOV_PREFIX_STRIP
	# git's, which a hook has.
	unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX
	clean_postgres
	clean_locale
	resolve_pg_config
}

# All that libpq, psql and the server's programs read: some fifty variables that begin with PG, more with each
# major. Left are the choice of a PostgreSQL and the limits of its test modules.
clean_postgres() {
	unset PSQLRC PSQL_HISTORY
	for variable in $(env | sed -n 's/^\(PG[A-Za-z0-9_]*\)=.*/\1/p'); do
		case $variable in
			PG_CONFIG | PG_TEST_*) ;;
			*) unset "$variable" ;;
		esac
	done
}

# English and UTF-8, by a locale that exists.
clean_locale() {
	unset LANGUAGE
	LC_ALL=$(LC_ALL=C locale -a 2>/dev/null | sed -n '/^C\.[Uu][Tt][Ff]-*8$/{p;q;}')
	export LC_ALL="${LC_ALL:-C}"
	export LANG="$LC_ALL"
}

# A path that is relative to where the caller is, who is somewhere else than we are.
resolve_pg_config() {
	case ${PG_CONFIG:-} in
		/*) ;;
		*/*) PG_CONFIG=$(from_caller pwd)/$PG_CONFIG ;;
	esac
}
