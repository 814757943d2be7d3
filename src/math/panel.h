/*
 * The same customers asked twice: two waves of answers of the same accounts, of
 * which either may have none in one of them.
 */
#ifndef NPS_MATH_PANEL_H
#define NPS_MATH_PANEL_H

#include "clusters.h"

/* Sums over the accounts that answered in either wave. */
typedef struct NpsPanel
{
	int64_t		accounts;
	NpsGroups	a;				/* all answers of a wave */
	NpsGroups	b;
	NpsProducts within_a;		/* of an account's net and size in a wave */
	NpsProducts within_b;
	NpsProducts between;		/* of those of a with those of b */
} NpsPanel;

NpsTest		nps_test_panel(const NpsPanel *panel, double confidence);

#endif
