/*
 * Text and numbers in an SVG: what XML cannot hold is replaced, the rest
 * escaped; how wide a text may become is known without a font.
 *
 * What is not of the user's own text is ASCII, other characters being written as
 * references, so that it is the same in every server encoding.
 */
#include "chart/svg.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/xml.h"

#include "results/figure.h"

#define ELLIPSIS "&#8230;"
#define ELLIPSIS_EMS 1.0
#define MINUS "&#8722;"

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

/* XML 1.0 has no control characters but blanks, and neither U+FFFE nor U+FFFF. */
static bool
is_forbidden(const char *character)
{
	if ((unsigned char) *character < ' ')
		return true;
	return text_encoding() == PG_UTF8 &&
		(strncmp(character, "\xEF\xBF\xBE", 3) == 0 || strncmp(character, "\xEF\xBF\xBF", 3) == 0);
}

/* A line of text that XML can hold: line ends and tabs become blanks, and what it forbids a mark. */
char *
svg_legible(const char *text)
{
	const char *end = text + strlen(text);
	const char *mark = text_encoding() == PG_UTF8 ? "\xEF\xBF\xBD" : "?";
	bool		has_encoding = GetDatabaseEncoding() != PG_SQL_ASCII ||
		pg_verify_mbstr(PG_UTF8, text, (int) (end - text), true);
	StringInfoData legible;
	int			length;

	initStringInfo(&legible);
	for (; text < end; text += length)
	{
		length = has_encoding ? character_length(text, end) : 1;
		if (strchr("\t\n\r", *text) != NULL)
			appendStringInfoChar(&legible, ' ');
		else if (is_forbidden(text) || (!has_encoding && IS_HIGHBIT_SET(*text)))
			appendStringInfoString(&legible, mark);
		else
			appendBinaryStringInfo(&legible, text, length);
	}
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

/* How wide a text may become in px. */
double
svg_text_width(const char *legible, double size)
{
	const char *end = legible + strlen(legible);
	double		ems = 0;
	int			length;

	for (; legible < end; legible += length)
	{
		length = character_length(legible, end);
		ems += character_width(legible, length);
	}
	return ems * size;
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
	double		excess = svg_text_width(legible, 1) - ems;
	int			length;

	for (; legible < end && excess > 0; legible += length)
	{
		length = character_length(legible, end);
		excess -= character_width(legible, length);
	}
	return legible;
}

/*
 * The text escaped; where it may be wider than that, its beginning, an ellipsis
 * and its ending: the names of a group often differ in one of the two only.
 */
char *
svg_shortened(const char *legible, double size, double width)
{
	double		half = (width / size - ELLIPSIS_EMS) / 2;

	if (svg_text_width(legible, size) <= width)
		return escape_xml(legible);
	return psprintf("%s" ELLIPSIS "%s",
					escape_xml(pnstrdup(legible, beginning_that_fits(legible, half))),
					escape_xml(ending_that_fits(legible, half)));
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
