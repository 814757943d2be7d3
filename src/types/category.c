/*
 * nps_category: what a single response is, and what it adds to the score. An
 * int4 outside 0..10 has neither a category nor points: that is an error. The
 * predicates, which filter the columns people have, are false of it.
 */
#include "types/category.h"

#include "catalog/pg_enum.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "types/score.h"

/* The labels of the enum, in the order of NpsCategory. */
static const char *const category_labels[NPS_CATEGORIES] = {"detractor", "passive", "promoter"};

/* Look up the enum's values, which the call site then keeps. */
static Oid *
category_values(FmgrInfo *flinfo)
{
	Oid			type;
	Oid		   *values;
	int			i;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;

	type = get_func_rettype(flinfo->fn_oid);
	values = MemoryContextAlloc(flinfo->fn_mcxt, NPS_CATEGORIES * sizeof(Oid));
	for (i = 0; i < NPS_CATEGORIES; i++)
	{
		values[i] = GetSysCacheOid2(ENUMTYPOIDNAME, Anum_pg_enum_oid,
									ObjectIdGetDatum(type), CStringGetDatum(category_labels[i]));
		if (!OidIsValid(values[i]))
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("type %s is not as the extension made it", "nps_category")));
	}
	flinfo->fn_extra = values;
	return values;
}

/* -100, 0 or 100: the average of these is the Net Promoter Score. */
static int32
points_of(NpsScore score)
{
	return 100 * ((int32) nps_category_of(score) - NPS_PASSIVE);
}

PG_FUNCTION_INFO_V1(nps_category);
Datum
nps_category(PG_FUNCTION_ARGS)
{
	NpsCategory category = nps_category_of(PG_GETARG_NPS_SCORE(0));

	PG_RETURN_OID(category_values(fcinfo->flinfo)[category]);
}

PG_FUNCTION_INFO_V1(nps_category_int4);
Datum
nps_category_int4(PG_FUNCTION_ARGS)
{
	NpsCategory category = nps_category_of(nps_score_from_int64(PG_GETARG_INT32(0)));

	PG_RETURN_OID(category_values(fcinfo->flinfo)[category]);
}

PG_FUNCTION_INFO_V1(nps_points);
Datum
nps_points(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(points_of(PG_GETARG_NPS_SCORE(0)));
}

PG_FUNCTION_INFO_V1(nps_points_int4);
Datum
nps_points_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(points_of(nps_score_from_int64(PG_GETARG_INT32(0))));
}

/* Is the integer a response in the category? What is outside 0..10 is in none. */
static bool
is_in_category(int32 value, NpsCategory category)
{
	return value >= 0 && value <= NPS_SCORE_MAX && nps_category_of(value) == category;
}

/* The predicate of a category for each type. */
#define PREDICATE(name, getarg, category) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(is_in_category(getarg(0), category)); \
}

#define PREDICATES(name, category) \
PREDICATE(name, PG_GETARG_NPS_SCORE, category) \
PREDICATE(name##_int2, PG_GETARG_INT16, category) \
PREDICATE(name##_int4, PG_GETARG_INT32, category)

PREDICATES(nps_is_detractor, NPS_DETRACTOR)
PREDICATES(nps_is_passive, NPS_PASSIVE)
PREDICATES(nps_is_promoter, NPS_PROMOTER)
