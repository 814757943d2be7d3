/*
 * Reading the number at the start of an answer, as people and survey tools
 * write it: "7", "10 - Extremely likely", "10 (Very Likely)", "10/10", "9.0".
 *
 * A label is unclear, and never guessed at, where the number goes on ("8.5
 * stars", "9,5", "7th", "70 %"), where a second number follows with no word or
 * bracket between ("7-8", "7/5", "9, 10"), or where it begins with a number in
 * signs or digits beyond ASCII. The one exception is "of ten": "7/10".
 */
#include "postgres.h"

#include "types/label.h"
#include "types/numeral.h"
#include "types/scan.h"

/* Numbers are clipped here: enough to tell that they are no score. */
#define CLIPPED 1000

/*
 * A label in UTF-8, in which characters beyond ASCII are known. SQL_ASCII does
 * not say what its bytes are: they are taken for UTF-8 where they can be.
 */
static const char *
in_utf8(const char *label)
{
	if (GetDatabaseEncoding() == PG_SQL_ASCII)
		return label;
	return pg_server_to_any(label, (int) strlen(label), PG_UTF8);
}

/* One past the character that text begins with; what is no UTF-8 is read as LATIN1. */
static const char *
scan_character(const char *s, pg_wchar *character)
{
	const unsigned char *bytes = (const unsigned char *) s;
	int			length = pg_utf_mblen(bytes);

	if (!IS_HIGHBIT_SET(*s) || strnlen(s, length) < (size_t) length || !pg_utf8_islegal(bytes, length))
	{
		*character = *bytes;
		return s + 1;
	}
	*character = utf8_to_unicode(bytes);
	return s + length;
}

/* Blanks, also the no-break space and the byte order mark that files from elsewhere have. */
static const char *
skip_any_blanks(const char *s)
{
	for (;;)
	{
		s = skip_blanks(s);
		if (strncmp(s, "\xC2\xA0", 2) == 0)
			s += 2;
		else if (strncmp(s, "\xEF\xBB\xBF", 3) == 0)
			s += 3;
		else
			return s;
	}
}

static bool
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_number(pg_wchar character)
{
	return (character >= '0' && character <= '9') || nps_is_numeral(character);
}

/* Plus and minus, and what is typed or set for a minus: hyphens, dashes, the wide forms. */
static bool
is_sign(pg_wchar character)
{
	return character == '+' || character == '-' || (character >= 0x2010 && character <= 0x2015) ||
		character == 0x2212 || character == 0xFE63 || character == 0xFF0B || character == 0xFF0D;
}

/* Per cent, per mille and per ten thousand, in Arabic too, and the wide and the small per cent. */
static bool
is_percent(pg_wchar character)
{
	return character == '%' || character == 0x2030 || character == 0x2031 || character == 0x0609 ||
		character == 0x060A || character == 0x066A || character == 0xFE6A || character == 0xFF05;
}

/* One past a point and zeros, which a whole number may end with; else the text. */
static const char *
skip_zero_decimals(const char *s)
{
	const char *end = s + 1;

	if (*s != '.' || *end != '0')
		return s;
	while (*end == '0')
		end++;
	return is_digit(*end) ? s : end;
}

/* One past "/10", the answer's scale, where the text goes on with it; else the text. */
static const char *
skip_of_ten(const char *s)
{
	const char *scale;

	if (*s != '/')
		return s;
	scale = skip_any_blanks(s + 1);
	if (strncmp(scale, "10", 2) != 0 || is_digit(scale[2]))
		return s;
	return scale + 2;
}

static bool
percent_follows(const char *s)
{
	pg_wchar	character;

	scan_character(s, &character);
	return is_percent(character);
}

/* Does a second number follow with no word or opening bracket between? */
static bool
second_number_follows(const char *s)
{
	pg_wchar	character;

	while (*s != '\0' && !is_ascii_letter(*s) && strchr("([{", *s) == NULL)
	{
		s = scan_character(s, &character);
		if (is_number(character))
			return true;
	}
	return false;
}

/*
 * Does the number itself go on? Only a blank or a mark of ASCII ends it: what
 * else may stand there (a letter, a digit of another script, a superscript) is
 * not for us to read.
 */
static bool
number_goes_on(const char *s)
{
	return is_ascii_letter(*s) || *s == '_' || (IS_HIGHBIT_SET(*s) && skip_any_blanks(s) == s);
}

/* Does the text begin with any number at all: of other digits, after other signs, without a digit before the point? */
static bool
begins_with_number(const char *s)
{
	pg_wchar	character;

	s = scan_character(s, &character);
	if (is_sign(character))
		s = scan_character(s, &character);
	if (character == '.' || character == ',')
		scan_character(s, &character);
	return is_number(character);
}

/* Reads a sign and a whole number, which may end in ".0"; one past it, or NULL where there is none. */
static const char *
scan_whole_number(const char *s, int *number)
{
	bool		negative = (*s == '-');

	if (*s == '-' || *s == '+')
		s++;
	if (!is_digit(*s))
		return NULL;
	for (*number = 0; is_digit(*s); s++)
		*number = Min(*number * 10 + (*s - '0'), CLIPPED);
	if (negative)
		*number = -*number;
	return skip_zero_decimals(s);
}

/* Reads text that holds a whole number and nothing else. */
bool
nps_read_number(const char *text, int *number)
{
	const char *end = scan_whole_number(skip_blanks(text), number);

	return end != NULL && *skip_blanks(end) == '\0';
}

/* Reads the number at the start of a label, which is in the encoding of the database. */
NpsLabelKind
nps_read_label(const char *label, int *number)
{
	const char *start = skip_any_blanks(in_utf8(label));
	const char *end = scan_whole_number(start, number);
	const char *rest;

	if (end == NULL)
		return begins_with_number(start) ? NPS_LABEL_UNCLEAR : NPS_LABEL_NO_NUMBER;
	rest = skip_any_blanks(skip_of_ten(skip_any_blanks(end)));
	if (number_goes_on(end) || percent_follows(rest) || second_number_follows(rest))
		return NPS_LABEL_UNCLEAR;
	return NPS_LABEL_NUMBER;
}
