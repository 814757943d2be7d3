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

/* The columns of a set, each once. */
typedef struct Inputs
{
	NpsColumn **columns;
	int			length;
} Inputs;

static void
add_input(Inputs *inputs, NpsColumn *column)
{
	for (int i = 0; i < inputs->length; i++)
	{
		if (inputs->columns[i] == column)
			return;
	}
	inputs->columns = inputs->columns == NULL ? palloc(sizeof(NpsColumn *)) :
		repalloc(inputs->columns, sizeof(NpsColumn *) * (inputs->length + 1));
	inputs->columns[inputs->length++] = column;
}

/* The columns that an expression is computed from. */
static Inputs
inputs_of(Expr *expression, NpsColumns *columns)
{
	Inputs		inputs = {NULL, 0};
	ListCell   *cell;

	foreach(cell, pull_var_clause((Node *) expression, 0))
		add_input(&inputs, nps_add_column(columns, lfirst_node(Var, cell)->varattno));
	return inputs;
}

/* A memory for what comes of the columns, or NULL where they are too many. */
static NpsMemory *
memory_of(Inputs inputs, NpsKeyType type, size_t limit)
{
	return inputs.length <= MOST_INPUTS ? nps_make_memory(type, inputs.columns, inputs.length, limit) : NULL;
}

static NpsKey
make_key(Expr *expression, NpsKeyType type, NpsColumns *columns, SeqScanState *scan, size_t memory_limit)
{
	NpsKey		key = {NULL, NULL, NULL, NULL, NULL};
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
		key.stepped = palloc0(sizeof(NpsColumn));
		key.stepped->by_value = true;
		key.stepped->length = type.length;
	}
	else
		key.memory = memory_of(inputs_of(expression, columns), type, memory_limit);
	return key;
}

/* The memory of the groups themselves. */
static NpsMemory *
memory_of_groups(const NpsKeys *keys, size_t limit)
{
	NpsKeyType	pointer = {sizeof(Datum), true};
	Inputs		inputs = {NULL, 0};

	for (int i = 0; i < keys->length; i++)
	{
		const NpsKey *key = &keys->keys[i];

		if (key->steps != NULL)
			add_input(&inputs, key->stepped);
		else if (key->expression == NULL)
			add_input(&inputs, key->column);
		else if (key->memory == NULL)
			return NULL;
		else
		{
			for (int j = 0; j < key->memory->number_of_inputs; j++)
				add_input(&inputs, key->memory->inputs[j]);
		}
	}
	return memory_of(inputs, pointer, limit);
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
	foreach(cell, expressions)
	{
		Expr	   *expression = lfirst(cell);
		NpsKeyType *type = &keys->types[keys->length];

		get_typlenbyval(exprType((Node *) expression), &type->length, &type->by_value);
		keys->keys[keys->length] = make_key(expression, *type, columns, scan, memory_limit);
		keys->length++;
	}
	keys->groups = memory_of_groups(keys, memory_limit);
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
	if (keys->groups != NULL)
		nps_forget_memory(keys->groups);
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
compute(NpsKeys *keys, int i, NpsRows *rows, int row, bool *is_null)
{
	Datum		value;

	keys->computed++;
	nps_put_row_into_slot(rows, row);
	value = ExecEvalExprSwitchContext(keys->keys[i].expression, rows->context, is_null);
	return *is_null ? value : whole_value(value, keys->types[i], rows);
}

/* By what is remembered. */
static Datum
remembered(NpsKeys *keys, int i, NpsRows *rows, int row, bool *is_null)
{
	NpsMemory  *memory = keys->keys[i].memory;
	const NpsRemembered *entry = nps_recall(memory, row);
	Datum		value;

	if (entry != NULL)
	{
		*is_null = entry->is_null;
		return nps_remembered_result(memory, entry);
	}
	value = compute(keys, i, rows, row, is_null);
	nps_remember(memory, value, *is_null);
	return value;
}

/* The results of one key for all rows of the page, by the steps of its column. */
static void
take_steps_of(NpsKeys *keys, int i, NpsRows *rows)
{
	NpsKey	   *key = &keys->keys[i];
	const NpsColumn *times = key->column;
	NpsColumn  *stepped = key->stepped;

	for (int row = 0; row < rows->length; row++)
	{
		Timestamp	time = DatumGetTimestamp(times->values[row]);
		const NpsStep *step = times->nulls[row] ? NULL : nps_step_at(key->steps, time);

		stepped->nulls[row] = false;
		if (step != NULL)
		{
			stepped->values[row] = step->result;
			continue;
		}
		stepped->values[row] = compute(keys, i, rows, row, &stepped->nulls[row]);
		if (!times->nulls[row] && !stepped->nulls[row])
			nps_learn_step(key->steps, time, stepped->values[row]);
	}
}

/* To be called for each page, before its keys are read. */
void
nps_take_steps(NpsKeys *keys, NpsRows *rows)
{
	for (int i = 0; i < keys->length; i++)
	{
		if (keys->keys[i].steps != NULL)
			take_steps_of(keys, i, rows);
	}
}

/* The keys of a row of the page into values and nulls. They hold until the next row. */
void
nps_read_keys(NpsKeys *keys, NpsRows *rows, int row)
{
	for (int i = 0; i < keys->length; i++)
	{
		NpsKey	   *key = &keys->keys[i];
		const NpsColumn *column = key->steps != NULL ? key->stepped : key->column;

		if (key->memory != NULL)
			keys->values[i] = remembered(keys, i, rows, row, &keys->nulls[i]);
		else if (column == NULL)
			keys->values[i] = compute(keys, i, rows, row, &keys->nulls[i]);
		else
		{
			keys->nulls[i] = column->nulls[row];
			keys->values[i] = keys->nulls[i] ? (Datum) 0 : whole_value(column->values[row], keys->types[i], rows);
		}
	}
}
