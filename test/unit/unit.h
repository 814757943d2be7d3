/*
 * What the unit tests share: cmocka, and one comparison that says by how much
 * it failed.
 */
#ifndef NPS_TEST_UNIT_H
#define NPS_TEST_UNIT_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Fails unless actual is within tolerance of expected; NaN never is. */
#define assert_close(actual, expected, tolerance) \
	do { \
		double		actual_ = (actual); \
		double		expected_ = (expected); \
		if (!(fabs(actual_ - expected_) <= (tolerance))) \
			fail_msg("%s is %.17g, expected %.17g, off by %.3g", \
					 #actual, actual_, expected_, actual_ - expected_); \
	} while (0)

#endif
