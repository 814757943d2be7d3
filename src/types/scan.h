/*
 * Small steps through text, for the input functions. Blanks and digits are
 * those of ASCII whatever the locale, since no setting changes a result.
 */
#ifndef NPS_SCAN_H
#define NPS_SCAN_H

#include <errno.h>

#include "parser/scansup.h"

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline const char *
skip_blanks(const char *s)
{
	while (scanner_isspace(*s))
		s++;
	return s;
}

/* One past the expected character after blanks; NULL where there is another. */
static inline const char *
skip_character(const char *s, char expected)
{
	s = skip_blanks(s);
	return *s == expected ? s + 1 : NULL;
}

/* A whole number; NULL where there is none, *overflow set where it does not fit. */
static inline const char *
scan_int64(const char *s, int64 *value, bool *overflow)
{
	const char *digits = skip_blanks(s);
	char	   *end;

	/* strtoll would skip other blanks of its own. */
	if (!is_digit(*digits) && *digits != '-' && *digits != '+')
		return NULL;
	errno = 0;
	*value = strtoll(digits, &end, 10);
	*overflow |= (errno == ERANGE);
	return end == digits ? NULL : end;
}

#endif
