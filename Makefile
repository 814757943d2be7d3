# PGXS: make, make install, make installcheck. ./dev does all of it on a private server.
EXTENSION = nps
MODULE_big = nps
# A folder is listed where a value comes by it; planner stands beside.
SOURCES = src src/exact src/types src/aggregates src/math src/results src/chart src/planner src/planner/counting_scan
OBJS = $(patsubst %.c,%.o,$(wildcard $(addsuffix /*.c,$(SOURCES))))
DATA = $(wildcard nps--*.sql)
PGFILEDESC = "nps - Net Promoter Score"
PG_CPPFLAGS = -I$(srcdir)/src
SHLIB_LINK = -lm

# One subject a file; the first checks what the server itself can check.
REGRESS = extension score parse casts operators operator_catalog operator_index block_ranges category planner integer_predicates summary aggregate \
	parallel window result methods change anytime population mix trend weighted clustered paired probability segments planning errors altered_types display svg chart line_chart ranking_chart counting_scan

# The expected text bars are Unicode.
REGRESS_OPTS = --encoding=UTF8 --no-locale

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# Tests that need a server of their own, in PostgreSQL's TAP framework; the longest first, as others run beside it.
LONGEST = test/t/settings.pl
PROVE_TESTS ?= $(LONGEST) $(filter-out $(LONGEST),$(sort $(wildcard test/t/*.pl)))
prove_installcheck:
	rm -rf $(CURDIR)/tmp_check
	mkdir -p $(CURDIR)/tmp_check
	cd $(srcdir) && TESTDIR='$(CURDIR)' TESTLOGDIR='$(CURDIR)/tmp_check/log' TESTDATADIR='$(CURDIR)/tmp_check' \
		PATH="$(bindir):$$PATH" PGPORT='65432' PG_REGRESS='$(top_builddir)/src/test/regress/pg_regress' \
		$(PROVE) -I $(top_srcdir)/src/test/perl $(PROVE_FLAGS) $(PROVE_TESTS)

$(OBJS): $(wildcard $(addsuffix /*.h,$(SOURCES)))

# The source archive of the commit that is checked out, as PGXN takes it.
DISTRIBUTION = nps-$(shell sed -n "s/^default_version = '\(.*\)'/\1/p" nps.control)
dist:
	git archive --format=zip --prefix=$(DISTRIBUTION)/ -o $(DISTRIBUTION).zip HEAD

.PHONY: prove_installcheck dist
