/*
 * What the unit tests share: cmocka, and one comparison that says by how much
 * it failed.
 */
#ifndef NPS_TEST_UNIT_H
#define NPS_TEST_UNIT_H

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

/* Fails unless actual is within tolerance of expected; NaN never is. */
#define assert_close(actual, expected, tolerance) \
	do { \
		double		actual_ = (actual); \
		double		expected_ = (expected); \
		if (!(fabs(actual_ - expected_) <= (tolerance))) \
			fail_msg("%s is %.17g, expected %.17g, off by %.3g", \
					 #actual, actual_, expected_, actual_ - expected_); \
	} while (0)

/* A comma-separated file of reference values, read row by row. */
typedef struct Reference
{
	const char *name;
	FILE	   *file;
	char		line[4096];
	char	   *fields[32];
	int			rows;
	double		worst;			/* largest deviation noted so far */
} Reference;

static inline Reference
open_reference(const char *name)
{
	Reference	reference = {0};

	reference.name = name;
	reference.file = fopen(name, "r");
	assert_non_null(reference.file);
	assert_non_null(fgets(reference.line, sizeof(reference.line), reference.file));	/* the header */
	return reference;
}

/* Cuts the next row into its fields; false after the last. */
static inline int
next_row(Reference *reference)
{
	char	   *s = reference->line;
	int			i;

	if (fgets(reference->line, sizeof(reference->line), reference->file) == NULL)
		return 0;
	s[strcspn(s, "\r\n")] = '\0';
	for (i = 0; i < 32; i++)
	{
		reference->fields[i] = s;
		if (s == NULL)
			continue;
		s = strchr(s, ',');
		if (s != NULL)
			*s++ = '\0';
	}
	reference->rows++;
	return 1;
}

/* A field as a number; an empty one, a figure that does not exist, is NaN. */
static inline double
number(const Reference *reference, int field)
{
	const char *text = reference->fields[field];

	return *text == '\0' ? NAN : strtod(text, NULL);
}

static inline int64_t
count(const Reference *reference, int field)
{
	return strtoll(reference->fields[field], NULL, 10);
}

/* A survey, written "promoters/passives/detractors". */
static inline NpsGroups
groups_from_text(const char *text)
{
	NpsGroups	groups;

	assert_int_equal(3, sscanf(text, "%" SCNd64 "/%" SCNd64 "/%" SCNd64,
							   &groups.promoters, &groups.passives, &groups.detractors));
	return groups;
}

/* As assert_close, and remembers the largest deviation. Nothing where the reference has no figure. */
#define check_figure(reference, actual, expected, tolerance) \
	do { \
		double		reference_value = (expected); \
		if (isnan(reference_value)) \
			break; \
		if (isinf(reference_value)) \
			assert_true((actual) == reference_value); \
		else \
		{ \
			assert_close(actual, reference_value, tolerance); \
			(reference)->worst = fmax((reference)->worst, fabs((actual) - reference_value)); \
		} \
	} while (0)

/* Says how many rows were checked, and that they were as many as expected. */
static inline void
close_reference(Reference *reference, int expected_rows)
{
	fclose(reference->file);
	assert_int_equal(reference->rows, expected_rows);
	printf("# %s: %d rows, worst deviation %.1e\n", reference->name, reference->rows, reference->worst);
}

#endif
