/*
 * Text, numbers and shapes in an SVG.
 */
#ifndef NPS_SVG_H
#define NPS_SVG_H

#include "nps.h"

#include "lib/stringinfo.h"

#include "chart/palette.h"

typedef enum SvgAnchor
{
	SVG_START,
	SVG_MIDDLE,
	SVG_END
} SvgAnchor;

/* How a text is set; its size is in px. */
typedef struct SvgFont
{
	const char *class;
	double		size;
	bool		bold;
	SvgAnchor	anchor;
	NpsColour	colour;
} SvgFont;

/* From the middle of a line of text to its baseline, by its size. */
#define SVG_MIDDLE_TO_BASELINE 0.35

extern char *svg_legible(Datum label, int most_characters);
extern double svg_text_width(const SvgFont *font, const char *legible);
extern int	svg_fitting_line(const SvgFont *font, const char *legible, double width);
extern char *svg_shortened(const SvgFont *font, const char *legible, double width);
extern char *svg_words(const char *legible);
extern char *svg_figure(double value, int digits);
extern char *svg_px(double value);

extern void svg_text(StringInfo svg, const SvgFont *font, double x, double y, const char *escaped);
extern void svg_turned_text(StringInfo svg, const SvgFont *font, double x, double y, int degrees, const char *escaped);
extern void svg_line(StringInfo svg, const char *class, double x1, double y1, double x2, double y2, NpsColour colour, double width);
extern void svg_dashed_line(StringInfo svg, const char *class, double x1, double y1, double x2, double y2, NpsColour colour, double width);
extern void svg_rect(StringInfo svg, const char *class, double x, double y, double width, double height, NpsColour colour);
extern void svg_sensitive_rect(StringInfo svg, double x, double y, double width, double height);

#endif
