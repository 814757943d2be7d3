/*
 * The colours of charts, on a light background and on a dark one.
 */
#ifndef NPS_PALETTE_H
#define NPS_PALETTE_H

#include "nps.h"

#include "lib/stringinfo.h"

/* What a colour is for. */
typedef enum NpsColour
{
	NPS_PAPER,					/* behind everything, inside hollow marks, and of figures on promoters */
	NPS_INK,					/* figures, labels */
	NPS_QUIET_INK,				/* axes, legends, whatever is read second */
	NPS_GRID,
	NPS_ZERO_LINE,
	NPS_TARGET,
	NPS_INTERVAL,				/* bands and whiskers */
	NPS_BLUE,					/* scores, promoters, rises */
	NPS_GREY,					/* passives */
	NPS_ORANGE,					/* detractors */
	NPS_INK_ON_ORANGE,
	NPS_FALL,					/* orange, dark enough for lines and figures */
	NPS_COLOURS
} NpsColour;

extern const char *nps_colour(NpsColour colour);
extern void nps_append_dark_scheme(StringInfo svg, uint32 chart);

#endif
