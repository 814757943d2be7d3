/*
 * An aggregate is known by its transition function, so that it may be of any name
 * and in any schema; a transition of ours is known by its support function, which
 * also has this library loaded while a query is planned.
 */
#include "planner/counting_scan/kind.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/*
 * Asked by the planner when it prices the transition of an nps aggregate; it
 * knows better. But by then the library is loaded, and with it the hook that
 * offers the counting scan.
 */
PG_FUNCTION_INFO_V1(nps_accum_support);
Datum
nps_accum_support(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_POINTER(NULL);
}

/* Is it a transition of ours, by its support function? */
static bool
has_our_support(Oid transition)
{
	Oid			support = transition < FirstNormalObjectId ? InvalidOid : get_func_support(transition);
	FmgrInfo	function;

	if (!OidIsValid(support))
		return false;
	fmgr_info(support, &function);
	return function.fn_addr == nps_accum_support;
}

/* The kind of score that the transition counts. */
static NpsCountKind
score_kind(Oid transition)
{
	Oid		   *types;
	int			length;

	(void) get_func_signature(transition, &types, &length);
	if (length != 2)
		return NPS_COUNT_UNKNOWN;
	switch (types[1])
	{
		case INT2OID:
			return NPS_COUNT_INT2;
		case INT4OID:
			return NPS_COUNT_INT4;
		case INT8OID:
			return NPS_COUNT_INT8;
		case NUMERICOID:
			return NPS_COUNT_NUMERIC;
		case FLOAT8OID:
			return NPS_COUNT_FLOAT8;
		default:
			/* nps_score has no fixed number. */
			return get_typlen(types[1]) == 1 && get_typbyval(types[1]) ? NPS_COUNT_SCORES : NPS_COUNT_UNKNOWN;
	}
}

/* The state that the aggregate starts with, as text; NULL where it starts with none. */
static char *
initial_state(HeapTuple aggregate)
{
	bool		is_null;
	Datum		state = SysCacheGetAttr(AGGFNOID, aggregate, Anum_pg_aggregate_agginitval, &is_null);

	return is_null ? NULL : TextDatumGetCString(state);
}

/*
 * min and max: the first value, then the transition's choice of two. Not of floats,
 * where 0 and -0 are equal and which of them is given depends on the order.
 */
static bool
is_extreme(const Aggref *aggregate, Form_pg_aggregate form, const char *initial)
{
	return OidIsValid(form->aggsortop) && form->aggcombinefn == form->aggtransfn && initial == NULL &&
		!OidIsValid(form->aggfinalfn) && list_length(aggregate->args) == 1 &&
		form->aggtranstype != FLOAT4OID && form->aggtranstype != FLOAT8OID &&
		form->aggtranstype == exprType((Node *) linitial_node(TargetEntry, aggregate->args)->expr) &&
		get_typbyval(form->aggtranstype) && func_strict(form->aggtransfn);
}

static NpsCountKind
kind_of(const Aggref *aggregate, Form_pg_aggregate form, const char *initial)
{
	if (form->aggtransfn == F_INT8INC && aggregate->args == NIL)
		return initial != NULL && strcmp(initial, "0") == 0 ? NPS_COUNT_ROWS : NPS_COUNT_UNKNOWN;
	if (form->aggtransfn == F_INT8INC_ANY && list_length(aggregate->args) == 1)
		return initial != NULL && strcmp(initial, "0") == 0 ? NPS_COUNT_VALUES : NPS_COUNT_UNKNOWN;
	if (is_extreme(aggregate, form, initial))
		return NPS_COUNT_EXTREME;
	if (list_length(aggregate->args) == 1 && initial != NULL && strcmp(initial, "{0,0,0,0,0,0,0,0,0,0,0}") == 0 &&
		has_our_support(form->aggtransfn))
		return score_kind(form->aggtransfn);
	return NPS_COUNT_UNKNOWN;
}

/* What the aggregate counts as, and its transition function. */
NpsCountKind
nps_count_kind(const Aggref *aggregate, Oid *transition)
{
	NpsCountKind kind = NPS_COUNT_UNKNOWN;
	HeapTuple	tuple;
	Form_pg_aggregate form;

	if (aggregate->aggkind != AGGKIND_NORMAL || aggregate->aggdistinct != NIL || aggregate->aggorder != NIL ||
		aggregate->aggdirectargs != NIL || aggregate->aggvariadic || aggregate->agglevelsup != 0)
		return NPS_COUNT_UNKNOWN;
	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate->aggfnoid));
	if (!HeapTupleIsValid(tuple))
		return NPS_COUNT_UNKNOWN;
	form = (Form_pg_aggregate) GETSTRUCT(tuple);
	*transition = form->aggtransfn;
	kind = kind_of(aggregate, form, initial_state(tuple));
	ReleaseSysCache(tuple);
	return kind;
}
