/*
 * Reading the number at the start of an answer, as people and survey tools
 * write it: "7", "10 - Extremely likely", "10 (Very Likely)", "10/10".
 *
 * A label is unclear, and never guessed at, where the number goes on ("8.5
 * stars", "9,5", "7th"), or where a second number follows with no word between
 * ("7-8", "7/5", "9, 10"). The one exception is "of ten": "7/10".
 */
#include "postgres.h"

#include <ctype.h>

#include "label.h"

/* Numbers are clipped here: enough to tell that they are no score. */
#define CLIPPED 1000

static const char *
skip_blanks(const char *s)
{
	while (isspace((unsigned char) *s))
		s++;
	return s;
}

static const char *
skip_digits(const char *s)
{
	while (isdigit((unsigned char) *s))
		s++;
	return s;
}

static bool
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The end of "/10", the answer's scale, where the text goes on with it; else the text. */
static const char *
skip_of_ten(const char *s)
{
	const char *scale;

	if (*s != '/')
		return s;
	scale = skip_blanks(s + 1);
	if (strncmp(scale, "10", 2) != 0 || skip_digits(scale) != scale + 2)
		return s;
	return scale + 2;
}

/* Does a second number follow with no word or opening bracket between? */
static bool
second_number_follows(const char *s)
{
	while (*s != '\0' && !is_ascii_letter(*s) && strchr("([{<\"'", *s) == NULL)
	{
		if (isdigit((unsigned char) *s))
			return true;
		s++;
	}
	return false;
}

/* What the text says, never an error. */
NpsLabel
nps_read_label(const char *text)
{
	NpsLabel	label = {NPS_LABEL_NO_NUMBER, 0};
	const char *s = skip_blanks(text);
	bool		negative = (*s == '-');

	if (*s == '-' || *s == '+')
		s++;
	if (!isdigit((unsigned char) *s))
		return label;

	for (; isdigit((unsigned char) *s); s++)
		label.number = Min(label.number * 10 + (*s - '0'), CLIPPED);
	if (negative)
		label.number = -label.number;

	if (*skip_blanks(s) == '\0')
		label.kind = NPS_LABEL_BARE;
	else if (is_ascii_letter(*s) || *s == '_' || *s == '%')
		label.kind = NPS_LABEL_UNCLEAR;
	else if (second_number_follows(skip_of_ten(skip_blanks(s))))
		label.kind = NPS_LABEL_UNCLEAR;
	else
		label.kind = NPS_LABEL_TEXT;
	return label;
}
