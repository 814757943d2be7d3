#include "planner/counting_scan/figures.h"

#include "planner/counting_scan/compat.h"

void
nps_add_figures(NpsFigures *sum, const NpsFigures *figures)
{
	sum->pages += figures->pages;
	sum->rows += figures->rows;
	sum->groups += figures->groups;
	sum->times_full += figures->times_full;
	sum->memory = Max(sum->memory, figures->memory);
	sum->computed += figures->computed;
}

/* As properties of the plan node, in any format. */
void
nps_explain_figures(const NpsFigures *figures, struct ExplainState *es)
{
	ExplainPropertyInteger("Counted Pages", NULL, figures->pages, es);
	ExplainPropertyInteger("Counted Rows", NULL, figures->rows, es);
	ExplainPropertyInteger("Groups", NULL, figures->groups, es);
	ExplainPropertyInteger("Group Memory", "kB", (figures->memory + 1023) / 1024, es);
	if (figures->times_full > 0 || es->format != EXPLAIN_FORMAT_TEXT)
		ExplainPropertyInteger("Times Memory Full", NULL, figures->times_full, es);
	if (figures->computed > 0 || es->format != EXPLAIN_FORMAT_TEXT)
		ExplainPropertyInteger("Keys Computed", NULL, figures->computed, es);
}
