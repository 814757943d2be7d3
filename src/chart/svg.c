/*
 * Text, numbers and shapes in an SVG: what XML cannot hold is replaced, the rest
 * escaped; how wide a text may become is known without a font.
 *
 * What is not of the user's own text is ASCII, other characters being written as
 * references, so that it is the same in every server encoding. Attributes hold
 * numbers and our own words only; what users wrote stands in the content of
 * elements.
 */
#include "chart/svg.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "utils/xml.h"

#include "results/figure.h"

#define ELLIPSIS "&#8230;"
#define ELLIPSIS_EMS 1.0
#define MINUS "&#8722;"

/* In a text that is kept, which is not escaped yet and may be of any encoding. */
#define GAP "..."

/* How much of a text is looked at; far more than the characters that are kept. */
#define MOST_BYTES 4096

/* Bold letters are wider than plain ones by up to this. */
#define BOLD 1.15

/* Around a word of another direction of writing, which keeps its neighbours in order. */
#define ISOLATE "&#8296;"
#define END_OF_ISOLATE "&#8297;"

/* --- characters ---------------------------------------------------------- */

/* The encoding that text is read in; of SQL_ASCII, which does not say, a browser expects UTF-8. */
static int
text_encoding(void)
{
	return GetDatabaseEncoding() == PG_SQL_ASCII ? PG_UTF8 : GetDatabaseEncoding();
}

/* The bytes of the character that text begins with. */
static int
character_length(const char *text, const char *end)
{
	return Min(pg_encoding_mblen(text_encoding(), text), (int) (end - text));
}

/* Does text begin with one of U+202A to U+202E, U+2066 to U+2069? They turn the words after them around. */
static bool
changes_direction(const char *text)
{
	return (strncmp(text, "\xE2\x80", 2) == 0 && (unsigned char) text[2] >= 0xAA && (unsigned char) text[2] <= 0xAE) ||
		(strncmp(text, "\xE2\x81", 2) == 0 && (unsigned char) text[2] >= 0xA6 && (unsigned char) text[2] <= 0xA9);
}

/* XML 1.0 has no control characters but blanks, and neither U+FFFE nor U+FFFF. */
static bool
is_forbidden(const char *character)
{
	if ((unsigned char) *character < ' ')
		return true;
	return text_encoding() == PG_UTF8 &&
		(strncmp(character, "\xEF\xBF\xBE", 3) == 0 || strncmp(character, "\xEF\xBF\xBF", 3) == 0 ||
		 changes_direction(character));
}

/* How far a number of characters reaches. */
static const char *
after_characters(const char *text, const char *end, int characters)
{
	for (; text < end && characters > 0; characters--)
		text += character_length(text, end);
	return text;
}

static int
characters_in(const char *text, const char *end)
{
	int			characters = 0;

	for (; text < end; characters++)
		text += character_length(text, end);
	return characters;
}

/* Adds a line of text that XML can hold: line ends and tabs become blanks, and what it forbids a mark. */
static void
append_legible(StringInfo legible, const char *text, const char *end)
{
	const char *mark = text_encoding() == PG_UTF8 ? "\xEF\xBF\xBD" : "?";
	bool		has_encoding = GetDatabaseEncoding() != PG_SQL_ASCII ||
		pg_verify_mbstr(PG_UTF8, text, (int) (end - text), true);
	int			length;

	for (; text < end; text += length)
	{
		length = has_encoding ? character_length(text, end) : 1;
		if (strchr("\t\n\r", *text) != NULL)
			appendStringInfoChar(legible, ' ');
		else if ((!has_encoding && IS_HIGHBIT_SET(*text)) || is_forbidden(text))
			appendStringInfoString(legible, mark);
		else
			appendBinaryStringInfo(legible, text, length);
	}
}

/*
 * A line of text that XML can hold, of that many characters at most, beside the
 * gap: of a longer one its beginning and its end, of a very long one, which is not
 * read, the beginning.
 */
char *
svg_legible(Datum label, int most_characters)
{
	const text *read = DatumGetTextPSlice(label, 0, MOST_BYTES + 1);
	const char *beginning = VARDATA_ANY(read);
	const char *end = beginning + VARSIZE_ANY_EXHDR(read);
	int			characters = characters_in(beginning, end);
	StringInfoData legible;

	initStringInfo(&legible);
	if (end - beginning > MOST_BYTES)
	{
		append_legible(&legible, beginning, after_characters(beginning, end, most_characters));
		appendStringInfoString(&legible, GAP);
	}
	else if (characters > most_characters)
	{
		append_legible(&legible, beginning, after_characters(beginning, end, most_characters / 2));
		appendStringInfoString(&legible, GAP);
		append_legible(&legible, after_characters(beginning, end, characters - most_characters / 2), end);
	}
	else
		append_legible(&legible, beginning, end);
	return legible.data;
}

/* --- widths -------------------------------------------------------------- */

/*
 * The width of a character in ems, in the widest of the fonts that browsers take
 * for sans-serif (Verdana, DejaVu Sans), or somewhat more.
 */
static double
character_width(const char *character, int length)
{
	if (IS_HIGHBIT_SET(*character))
	{
		if (text_encoding() == PG_UTF8)
			return length == 2 ? 0.8 : length == 3 ? 1.0 : 1.3;
		return length == 1 ? 0.8 : 1.0;
	}
	if (strchr(" !',.:;Ifijlrt|", *character) != NULL)
		return 0.43;
	if (strchr("%@MWm", *character) != NULL)
		return 1.0;
	if ((*character >= 'A' && *character <= 'Z') || strchr("#&+-<=>^w~", *character) != NULL)
		return 0.84;
	return 0.64;
}

/* The width of a text in ems, plain. */
static double
ems_of(const char *legible)
{
	const char *end = legible + strlen(legible);
	double		ems = 0;
	int			length;

	for (; legible < end; legible += length)
	{
		length = character_length(legible, end);
		ems += character_width(legible, length);
	}
	return ems;
}

/* An em of a font in px, of the widest letters. */
static double
em(const SvgFont *font)
{
	return font->bold ? BOLD * font->size : font->size;
}

/* How wide a text may become in px. */
double
svg_text_width(const SvgFont *font, const char *legible)
{
	return ems_of(legible) * em(font);
}

/* How many bytes a text begins with fit into a width in ems, whole characters. */
static int
beginning_that_fits(const char *legible, double ems)
{
	const char *end = legible + strlen(legible);
	const char *fit = legible;
	int			length;

	while (fit < end)
	{
		length = character_length(fit, end);
		ems -= character_width(fit, length);
		if (ems < 0)
			break;
		fit += length;
	}
	return (int) (fit - legible);
}

/* The longest ending of a text that fits into a width in ems, whole characters. */
static const char *
ending_that_fits(const char *legible, double ems)
{
	const char *end = legible + strlen(legible);
	double		excess = ems_of(legible) - ems;
	int			length;

	for (; legible < end && excess > 0; legible += length)
	{
		length = character_length(legible, end);
		excess -= character_width(legible, length);
	}
	return legible;
}

/* How many bytes of whole words fit into a width; all where it fits, none where not even the first word does. */
int
svg_fitting_line(const SvgFont *font, const char *legible, double width)
{
	int			fitting = beginning_that_fits(legible, width / em(font));

	if (legible[fitting] == '\0')
		return fitting;
	while (fitting > 0 && legible[fitting] != ' ')
		fitting--;
	return fitting;
}

/*
 * The text escaped; where it may be wider than that, its beginning, an ellipsis
 * and its ending: the names of a group often differ in one of the two only.
 */
char *
svg_shortened(const SvgFont *font, const char *legible, double width)
{
	double		half = (width / em(font) - ELLIPSIS_EMS) / 2;

	if (svg_text_width(font, legible) <= width)
		return escape_xml(legible);
	return psprintf("%s" ELLIPSIS "%s",
					escape_xml(pnstrdup(legible, beginning_that_fits(legible, half))),
					escape_xml(ending_that_fits(legible, half)));
}

/* The text escaped, in the middle of others; one of Arabic or Hebrew letters does not turn them around. */
char *
svg_words(const char *legible)
{
	const char *character;

	for (character = legible; *character != '\0'; character++)
	{
		if (IS_HIGHBIT_SET(*character))
			return psprintf(ISOLATE "%s" END_OF_ISOLATE, escape_xml(legible));
	}
	return escape_xml(legible);
}

/* --- numbers ------------------------------------------------------------- */

/* A figure as nps_format writes it, with a minus sign that screen readers read. */
char *
svg_figure(double value, int digits)
{
	char	   *figure = nps_figure_text(value, digits);

	return *figure == '-' ? psprintf(MINUS "%s", figure + 1) : figure;
}

/* A length or place to a tenth of a px, made of integers: no locale has a say in them. */
char *
svg_px(double value)
{
	long		tenths = lrint(value * 10);

	if (tenths % 10 == 0)
		return psprintf("%ld", tenths / 10);
	return psprintf("%s%ld.%ld", tenths < 0 ? "-" : "", labs(tenths) / 10, labs(tenths) % 10);
}

/* --- shapes -------------------------------------------------------------- */

static const char *
anchor_attribute(SvgAnchor anchor)
{
	switch (anchor)
	{
		case SVG_MIDDLE:
			return " text-anchor=\"middle\"";
		case SVG_END:
			return " text-anchor=\"end\"";
		default:
			return "";
	}
}

/* Turned around the point where it is anchored. */
void
svg_turned_text(StringInfo svg, const SvgFont *font, double x, double y, int degrees, const char *escaped)
{
	const char *at_x = svg_px(x);
	const char *at_y = svg_px(y);

	appendStringInfo(svg, "<text class=\"%s\" x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s fill=\"%s\"",
					 font->class, at_x, at_y, svg_px(font->size), font->bold ? " font-weight=\"600\"" : "",
					 anchor_attribute(font->anchor), nps_colour(font->colour));
	if (degrees != 0)
		appendStringInfo(svg, " transform=\"rotate(%d %s %s)\"", degrees, at_x, at_y);
	appendStringInfo(svg, ">%s</text>\n", escaped);
}

/* Its baseline is at y. */
void
svg_text(StringInfo svg, const SvgFont *font, double x, double y, const char *escaped)
{
	svg_turned_text(svg, font, x, y, 0, escaped);
}

static void
draw_line(StringInfo svg, const char *class, double x1, double y1, double x2, double y2, NpsColour colour, double width, const char *more)
{
	appendStringInfo(svg, "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n",
					 class, svg_px(x1), svg_px(y1), svg_px(x2), svg_px(y2), nps_colour(colour), svg_px(width), more);
}

void
svg_line(StringInfo svg, const char *class, double x1, double y1, double x2, double y2, NpsColour colour, double width)
{
	draw_line(svg, class, x1, y1, x2, y2, colour, width, "");
}

void
svg_dashed_line(StringInfo svg, const char *class, double x1, double y1, double x2, double y2, NpsColour colour, double width)
{
	draw_line(svg, class, x1, y1, x2, y2, colour, width, " stroke-dasharray=\"5 3\"");
}

void
svg_rect(StringInfo svg, const char *class, double x, double y, double width, double height, NpsColour colour)
{
	appendStringInfo(svg, "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n",
					 class, svg_px(x), svg_px(y), svg_px(width), svg_px(height), nps_colour(colour));
}

/* Nothing to see, but the pointer feels it: there the words of its group are shown. */
void
svg_sensitive_rect(StringInfo svg, double x, double y, double width, double height)
{
	appendStringInfo(svg, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" pointer-events=\"all\"/>\n",
					 svg_px(x), svg_px(y), svg_px(width), svg_px(height));
}
