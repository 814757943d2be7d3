/*
 * Making and reading the rows of any of our composite types.
 */
#include "results/row.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/typcache.h"

/* Raises unless rows still are what this library makes: a superuser may have altered the type. */
static void
check_descriptor(TupleDesc descriptor, const NpsRowType *type)
{
	bool		same = descriptor->natts == type->columns;
	int			i;

	for (i = 0; same && i < type->columns; i++)
		same = TupleDescAttr(descriptor, i)->atttypid == type->types[i];
	if (!same)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s is not as the extension made it", type->name)));
}

/* The row type of the function that is running, kept by the call site. */
static TupleDesc
returned_descriptor(FunctionCallInfo fcinfo, const NpsRowType *type)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	MemoryContext old;
	TupleDesc	descriptor;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;

	old = MemoryContextSwitchTo(flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function %u does not return a row", flinfo->fn_oid);
	check_descriptor(descriptor, type);
	MemoryContextSwitchTo(old);
	flinfo->fn_extra = descriptor;
	return descriptor;
}

/* A row of the values; the type is that which the running function returns. */
Datum
nps_make_row(FunctionCallInfo fcinfo, const NpsRowType *type, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(returned_descriptor(fcinfo, type), values, nulls));
}

/* Takes a row apart; values and nulls have room for its columns. */
void
nps_read_row(HeapTupleHeader row, const NpsRowType *type, Datum *values, bool *nulls)
{
	TupleDesc	descriptor = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row),
													HeapTupleHeaderGetTypMod(row));
	HeapTupleData tuple;

	check_descriptor(descriptor, type);
	tuple.t_len = HeapTupleHeaderGetDatumLength(row);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = row;
	heap_deform_tuple(&tuple, descriptor, values, nulls);
	ReleaseTupleDesc(descriptor);
}
