/*
 * nps_category: what a single response is, and what it adds to the score.
 * Every function here also takes int4, where a value outside 0..10 is an error.
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

/* Is the response in the category? One predicate for nps_score, one for int4. */
#define PREDICATE(name, category) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(nps_category_of(PG_GETARG_NPS_SCORE(0)) == category); \
} \
PG_FUNCTION_INFO_V1(name##_int4); \
Datum \
name##_int4(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(nps_category_of(nps_score_from_int64(PG_GETARG_INT32(0))) == category); \
}

PREDICATE(nps_is_detractor, NPS_DETRACTOR)
PREDICATE(nps_is_passive, NPS_PASSIVE)
PREDICATE(nps_is_promoter, NPS_PROMOTER)
