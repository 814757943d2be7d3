#ifndef NPS_LABEL_H
#define NPS_LABEL_H

typedef enum NpsLabelKind
{
	NPS_LABEL_NO_NUMBER,		/* blank, or does not begin with a number */
	NPS_LABEL_BARE,				/* a whole number and nothing else */
	NPS_LABEL_TEXT,				/* a whole number, then words */
	NPS_LABEL_UNCLEAR			/* begins with a number that is not the answer */
} NpsLabelKind;

typedef struct NpsLabel
{
	NpsLabelKind kind;
	int			number;			/* of a bare or text label; clipped far outside 0..10 */
} NpsLabel;

extern NpsLabel nps_read_label(const char *text);

#endif
