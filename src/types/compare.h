/*
 * The SQL functions behind comparison operators, a pair of types at a time.
 */
#ifndef NPS_COMPARE_H
#define NPS_COMPARE_H

#define NPS_COMPARISON(name, comparison) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(comparison); \
}

/*
 * prefix_eq, _ne, _lt, _le, _gt, _ge and _cmp, by a function or macro that
 * compares arguments 0 and 1: below, at or above 0.
 */
#define NPS_COMPARISONS(prefix, compare) \
NPS_COMPARISON(prefix##_eq, compare(fcinfo) == 0) \
NPS_COMPARISON(prefix##_ne, compare(fcinfo) != 0) \
NPS_COMPARISON(prefix##_lt, compare(fcinfo) < 0) \
NPS_COMPARISON(prefix##_le, compare(fcinfo) <= 0) \
NPS_COMPARISON(prefix##_gt, compare(fcinfo) > 0) \
NPS_COMPARISON(prefix##_ge, compare(fcinfo) >= 0) \
PG_FUNCTION_INFO_V1(prefix##_cmp); \
Datum \
prefix##_cmp(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_INT32(compare(fcinfo)); \
}

/* -1, 0 or 1 as a is below, at or above b. */
#define NPS_THREE_WAY(a, b) ((a) < (b) ? -1 : ((a) > (b) ? 1 : 0))

#endif
