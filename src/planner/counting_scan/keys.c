#include "planner/counting_scan/keys.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "planner/counting_scan/compat.h"

/* NULLs of the remembered inputs have a bit each. */
#define MOST_INPUTS 32

/* The expression itself, where others only give it another type of the same bytes. */
static Expr *
without_relabelling(Expr *expression)
{
	while (IsA(expression, RelabelType))
		expression = ((RelabelType *) expression)->arg;
	return expression;
}

/* A memory for the expression, or NULL where it is of too many columns. */
static NpsMemory *
memory_of(Expr *expression, NpsKeyType type, NpsColumns *columns, size_t limit)
{
	List	   *vars = pull_var_clause((Node *) expression, 0);
	NpsColumn **inputs = palloc0(sizeof(NpsColumn *) * Max(list_length(vars), 1));
	int			length = 0;
	ListCell   *cell;

	foreach(cell, vars)
	{
		NpsColumn  *column = nps_add_column(columns, lfirst_node(Var, cell)->varattno);
		int			i = 0;

		while (i < length && inputs[i] != column)
			i++;
		if (i == length)
			inputs[length++] = column;
	}
	return length <= MOST_INPUTS ? nps_make_memory(type, inputs, length, limit) : NULL;
}

static NpsKey
make_key(Expr *expression, NpsKeyType type, NpsColumns *columns, SeqScanState *scan, size_t memory_limit)
{
	NpsKey		key = {NULL, NULL, NULL, NULL};
	Expr	   *inner = without_relabelling(expression);
	const Var  *stepped = nps_stepped_column(inner);

	if (IsA(inner, Var))
	{
		key.column = nps_add_column(columns, ((Var *) inner)->varattno);
		return key;
	}
	key.expression = ExecInitExpr(expression, &scan->ss.ps);
	if (stepped != NULL && type.by_value)
	{
		key.column = nps_add_column(columns, stepped->varattno);
		key.steps = nps_make_steps((FuncExpr *) inner);
	}
	else
		key.memory = memory_of(expression, type, columns, memory_limit);
	return key;
}

/* The keys of a scan. Their columns are added to those that are read; each memory keeps within the limit. */
NpsKeys *
nps_make_keys(List *expressions, NpsColumns *columns, SeqScanState *scan, size_t memory_limit)
{
	NpsKeys    *keys = palloc0(sizeof(NpsKeys));
	int			length = list_length(expressions);
	ListCell   *cell;

	keys->keys = palloc0(sizeof(NpsKey) * Max(length, 1));
	keys->types = palloc0(sizeof(NpsKeyType) * Max(length, 1));
	keys->values = palloc0(sizeof(Datum) * Max(length, 1));
	keys->nulls = palloc0(sizeof(bool) * Max(length, 1));
	keys->plain = true;
	foreach(cell, expressions)
	{
		Expr	   *expression = lfirst(cell);
		NpsKeyType *type = &keys->types[keys->length];

		get_typlenbyval(exprType((Node *) expression), &type->length, &type->by_value);
		keys->keys[keys->length] = make_key(expression, *type, columns, scan, memory_limit);
		keys->plain = keys->plain && type->by_value && keys->keys[keys->length].expression == NULL;
		keys->length++;
	}
	return keys;
}

/* For another scan: nothing that was learnt is taken for known. */
void
nps_forget_keys(NpsKeys *keys)
{
	for (int i = 0; i < keys->length; i++)
	{
		if (keys->keys[i].steps != NULL)
			nps_forget_steps(keys->keys[i].steps);
		if (keys->keys[i].memory != NULL)
			nps_forget_memory(keys->keys[i].memory);
	}
}

/* How often expressions were spared. */
void
nps_add_key_figures(const NpsKeys *keys, NpsFigures *figures)
{
	for (int i = 0; i < keys->length; i++)
	{
		const NpsKey *key = &keys->keys[i];

		if (key->steps != NULL)
		{
			figures->lookups += key->steps->lookups;
			figures->answers += key->steps->answers;
		}
		if (key->memory != NULL)
		{
			figures->lookups += key->memory->lookups;
			figures->answers += key->memory->answers;
		}
	}
}

/* A value of variable length fetched and decompressed, in the memory of the row; any other as it is. */
static inline Datum
whole_value(Datum value, NpsKeyType type, NpsRows *rows)
{
	MemoryContext caller;

	if (type.length != -1 ||
		!(VARATT_IS_COMPRESSED(DatumGetPointer(value)) || VARATT_IS_EXTERNAL(DatumGetPointer(value))))
		return value;
	caller = MemoryContextSwitchTo(rows->context->ecxt_per_tuple_memory);
	value = PointerGetDatum(PG_DETOAST_DATUM_PACKED(value));
	MemoryContextSwitchTo(caller);
	return value;
}

/* The expression's value for the row. */
static Datum
compute(NpsKey *key, NpsKeyType type, NpsRows *rows, int row, bool *is_null)
{
	Datum		value;

	nps_put_row_into_slot(rows, row);
	value = ExecEvalExprSwitchContext(key->expression, rows->context, is_null);
	return *is_null ? value : whole_value(value, type, rows);
}

/* By the steps of a column of times. */
static Datum
stepped(NpsKey *key, NpsKeyType type, NpsRows *rows, int row, bool *is_null)
{
	Timestamp	time = DatumGetTimestamp(key->column->values[row]);
	const NpsStep *step = key->column->nulls[row] ? NULL : nps_step_at(key->steps, time);
	Datum		value;

	if (step != NULL)
	{
		*is_null = false;
		return step->result;
	}
	value = compute(key, type, rows, row, is_null);
	if (!*is_null && !key->column->nulls[row])
		nps_learn_step(key->steps, time, value);
	return value;
}

/* By what is remembered. */
static Datum
remembered(NpsKey *key, NpsKeyType type, NpsRows *rows, int row, bool *is_null)
{
	const NpsRemembered *entry = nps_recall(key->memory, row);
	Datum		value;

	if (entry != NULL)
	{
		*is_null = entry->is_null;
		return nps_remembered_result(key->memory, entry);
	}
	value = compute(key, type, rows, row, is_null);
	nps_remember(key->memory, value, *is_null);
	return value;
}

/* The keys of a row of the page into values and nulls. They hold until the next row. */
void
nps_read_keys(NpsKeys *keys, NpsRows *rows, int row)
{
	for (int i = 0; i < keys->length; i++)
	{
		NpsKey	   *key = &keys->keys[i];
		NpsKeyType	type = keys->types[i];

		if (key->steps != NULL)
			keys->values[i] = stepped(key, type, rows, row, &keys->nulls[i]);
		else if (key->memory != NULL)
			keys->values[i] = remembered(key, type, rows, row, &keys->nulls[i]);
		else if (key->expression != NULL)
			keys->values[i] = compute(key, type, rows, row, &keys->nulls[i]);
		else
		{
			keys->values[i] = key->column->values[row];
			keys->nulls[i] = key->column->nulls[row];
			if (!keys->nulls[i])
				keys->values[i] = whole_value(keys->values[i], type, rows);
		}
	}
}
