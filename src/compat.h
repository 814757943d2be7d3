/*
 * Every difference between the PostgreSQL majors that nps supports, 13 to 19.
 */
#ifndef NPS_COMPAT_H
#define NPS_COMPAT_H

#include "utils/numeric.h"

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
#include "varatt.h"
#define SOFT_ERROR_CONTEXT(fcinfo) ((fcinfo)->context)
#endif

/* A numeric rounded to an integer; what does not fit sets overflow. From 19 on the server says so by a soft error. */
static inline int32
nps_numeric_to_int32(Numeric value, bool *overflow)
{
#if PG_VERSION_NUM < 190000
	return numeric_int4_opt_error(value, overflow);
#else
	ErrorSaveContext errors = {.type = T_ErrorSaveContext};
	int32		whole = numeric_int4_safe(value, (Node *) &errors);

	*overflow = errors.error_occurred;
	return whole;
#endif
}

#endif
