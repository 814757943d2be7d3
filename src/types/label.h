#ifndef NPS_LABEL_H
#define NPS_LABEL_H

/* What a label begins with. */
typedef enum NpsLabelKind
{
	NPS_LABEL_NO_NUMBER,		/* nothing, or no number */
	NPS_LABEL_NUMBER,			/* the answer; clipped far outside 0..10 */
	NPS_LABEL_UNCLEAR			/* a number that is not the whole answer */
} NpsLabelKind;

extern bool nps_read_number(const char *text, int *number);
extern NpsLabelKind nps_read_label(const char *label, int *number);

#endif
