/*
 * The colours of charts, on a light background and on a dark one. Every one that
 * text has stands out from what it is on by 4.5:1 or more; blue, grey and orange
 * differ in lightness and for colour-blind people, too.
 *
 * A colour stands in the attributes of the elements as it is on a light
 * background, which every program can draw. Where the reader prefers a dark one a
 * style sheet puts another in its place, for the elements of that chart alone.
 */
#include "chart/palette.h"

typedef struct NpsScheme
{
	const char *light;			/* no two are equal: by it the style sheet finds the elements */
	const char *dark;
} NpsScheme;

static const NpsScheme schemes[NPS_COLOURS] = {
	[NPS_PAPER] = {"#ffffff", "#1b1f24"},
	[NPS_INK] = {"#1f2328", "#e6edf3"},
	[NPS_QUIET_INK] = {"#57606a", "#a2abb5"},
	[NPS_GRID] = {"#e4e7ea", "#31373e"},
	[NPS_ZERO_LINE] = {"#8c959f", "#6e7781"},
	[NPS_TARGET] = {"#424a53", "#c5ccd3"},
	[NPS_INTERVAL] = {"#cfe2f1", "#264a66"},
	[NPS_BLUE] = {"#0072b2", "#7cc4f2"},
	[NPS_GREY] = {"#d7dadd", "#4a5057"},
	[NPS_ORANGE] = {"#e8743b", "#db7033"},
	[NPS_INK_ON_ORANGE] = {"#1e2227", "#1a1e23"},
	[NPS_FALL] = {"#b84300", "#ff9d66"},
};

/* As attributes have it. */
const char *
nps_colour(NpsColour colour)
{
	return schemes[colour].light;
}

/* The rules for one chart, which is the element whose id has that number. */
void
nps_append_dark_scheme(StringInfo svg, uint32 chart)
{
	int			i;

	appendStringInfoString(svg, "@media(prefers-color-scheme:dark){");
	for (i = 0; i < NPS_COLOURS; i++)
		appendStringInfo(svg, "#nps-%08x [fill=\"%s\"]{fill:%s}#nps-%08x [stroke=\"%s\"]{stroke:%s}",
						 chart, schemes[i].light, schemes[i].dark, chart, schemes[i].light, schemes[i].dark);
	appendStringInfoChar(svg, '}');
}
