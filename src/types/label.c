/*
 * Reading the number at the start of an answer, as people and survey tools
 * write it: "7", "10 - Extremely likely", "10 (Very Likely)", "10/10".
 *
 * A label is unclear, and never guessed at, where the number goes on ("8.5
 * stars", "9,5", "7th", "70 %"), or where a second number follows with no word
 * or bracket between ("7-8", "7/5", "9, 10"). The one exception is "of ten":
 * "7/10".
 */
#include "postgres.h"

#include "types/label.h"
#include "types/scan.h"

/* Numbers are clipped here: enough to tell that they are no score. */
#define CLIPPED 1000

/* Blanks, also the no-break space and the byte order mark that files from elsewhere have in UTF-8. */
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

/* A quarter, a half or three quarters as one character of UTF-8. */
static bool
is_fraction(const char *s)
{
	return s[0] == '\xC2' && s[1] >= '\xBC' && s[1] <= '\xBE';
}

/* The end of "/10", the answer's scale, where the text goes on with it; else the text. */
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

/* Does a second number follow with no word or opening bracket between? */
static bool
second_number_follows(const char *s)
{
	while (*s != '\0' && !is_ascii_letter(*s) && strchr("([{", *s) == NULL)
	{
		if (is_digit(*s) || is_fraction(s))
			return true;
		s++;
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

/* Reads a sign and digits; the end of them, or NULL where there are none. */
static const char *
read_digits(const char *s, int *number)
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
	return s;
}

/* Reads text that holds a whole number and nothing else. */
bool
nps_read_number(const char *text, int *number)
{
	const char *end = read_digits(skip_blanks(text), number);

	return end != NULL && *skip_blanks(end) == '\0';
}

/* Reads the number at the start of a label. */
NpsLabelKind
nps_read_label(const char *label, int *number)
{
	const char *end = read_digits(skip_any_blanks(label), number);
	const char *rest;

	if (end == NULL)
		return NPS_LABEL_NO_NUMBER;
	rest = skip_of_ten(skip_any_blanks(end));
	if (number_goes_on(end) || *skip_any_blanks(rest) == '%' || second_number_follows(rest))
		return NPS_LABEL_UNCLEAR;
	return NPS_LABEL_NUMBER;
}
