/*
 * Every difference between the PostgreSQL majors that nps supports, 13 to 18.
 */
#ifndef NPS_COMPAT_H
#define NPS_COMPAT_H

/* Before 16 an input function has no way to report an error but to raise it. */
#if PG_VERSION_NUM < 160000
#define ereturn(escontext, value, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
		return value; \
	} while (0)
#define SOFT_ERROR_CONTEXT(fcinfo) NULL
#else
#include "nodes/miscnodes.h"
#define SOFT_ERROR_CONTEXT(fcinfo) ((fcinfo)->context)
#endif

#endif
