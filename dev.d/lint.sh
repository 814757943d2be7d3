# shellcheck shell=sh
# What can be said of the sources without running them. Each tool says nothing of what is right.

command_lint() {
	setup tests lint
	make_work
	faults=
	lint_shell || faults="$faults shellcheck"
	lint_c || faults="$faults clang-tidy"
	lint_words || faults="$faults codespell"
	lint_mutants || faults="$faults mutants"
	[ -z "$faults" ] || die "not clean:$faults"
	say "Clean."
}

# Every file that says in its first line that it is a script of the shell.
lint_shell() {
	find . \( -path ./.git -o -name node_modules \) -prune -o -type f -exec awk 'FNR == 1 && /^#!.*[\/ ]sh$|^# shellcheck shell=sh$/ { print FILENAME }' {} + >"$WORK/scripts"
	say "== shellcheck: $(wc -l <"$WORK/scripts") scripts"
	xargs shellcheck <"$WORK/scripts"
}

# Not asked for: names of one letter, numbers and bodies without braces, which the style of PostgreSQL has; arguments
# of one type beside each other, which functions of counts and of shares have; loops over a figure, as tests make.
# Two settings: a count of responses is no loss as a double, and macros such as ereport do not make a function hard.
lint_c() {
	checks='-*,clang-diagnostic-*,clang-analyzer-*,-clang-analyzer-security.FloatLoopCounter
		,bugprone-*,-bugprone-easily-swappable-parameters,misc-*,-misc-include-cleaner,performance-*,portability-*
		,readability-*,-readability-braces-around-statements,-readability-identifier-length,-readability-magic-numbers
		,-readability-isolate-declaration,-readability-math-missing-parentheses'
	config="{ Checks: '$(printf %s "$checks" | tr -d '\n\t')', WarningsAsErrors: '*', HeaderFilterRegex: '(src|test)/', CheckOptions: [
		{ key: bugprone-narrowing-conversions.WarnOnIntegerToFloatingPointNarrowingConversion, value: false },
		{ key: readability-function-cognitive-complexity.IgnoreMacros, value: true },
		{ key: readability-function-size.LineThreshold, value: 60 }] }"
	find src test -name '*.c' >"$WORK/sources"
	say "== clang-tidy: $(wc -l <"$WORK/sources") files"
	# shellcheck disable=SC2016 # the inner shell's own
	xargs -n 4 -P 2 sh -c 'config=$1 server=$2 client=$3; shift 3
		clang-tidy --quiet --config="$config" "$@" -- -std=gnu99 -Wall -Wextra -Wshadow -Isrc -Isrc/math -isystem "$server" -isystem "$client"' \
		sh "$config" "$("$PG_CONFIG" --includedir-server)" "$("$PG_CONFIG" --includedir)" <"$WORK/sources" >"$WORK/tidy.log" 2>&1 ||
		{ grep -v '^[0-9]* warnings\{0,1\}.* generated' "$WORK/tidy.log"; return 1; }
}

# Pages, comments and the rest. Five words are none of English: a test's isnt, a quote's end before "s", the category
# of Unicode's digits, a stem of "please", and a field of PostgreSQL's range table.
lint_words() {
	say "== codespell: pages and comments"
	codespell --skip=./.git,./tmp_check,./results,node_modules,.observablehq,package-lock.json --ignore-words-list=isnt,te,nd,pleas,inh,paeth .
}

# That the changes of test/mutants can still be made.
lint_mutants() {
	say "== mutants"
	perl test/mutants/run --check
}
