#include "planner/counting_scan/memory.h"

#include "planner/counting_scan/bytes.h"
#include "planner/counting_scan/compat.h"

#define MOST_ENTRIES 4096
#define FEWEST_ENTRIES 64

/* One answer of so many changes the order of its bucket. */
#define PROMOTION 8

/* After so many lookups it has to answer one of eight. */
#define TRIAL 4096

/* A memory for what comes of these columns, within limit bytes where that is some 6 kB or more. */
NpsMemory *
nps_make_memory(NpsKeyType type, NpsColumn **inputs, int number_of_inputs, size_t limit)
{
	NpsMemory  *memory = palloc0(sizeof(NpsMemory));

	memory->type = type;
	memory->inputs = inputs;
	memory->number_of_inputs = number_of_inputs;
	memory->number_of_entries = MOST_ENTRIES;
	while (memory->number_of_entries > FEWEST_ENTRIES && memory->number_of_entries * sizeof(NpsRemembered) > limit)
		memory->number_of_entries /= 2;
	memory->context = CurrentMemoryContext;
	memory->generation = 1;
	memory->worth_it = true;
	return memory;
}

/* Nothing that was remembered holds any more. */
void
nps_forget_memory(NpsMemory *memory)
{
	memory->generation++;
	if (memory->generation == 0 && memory->entries != NULL)
	{
		memset(memory->entries, 0, memory->number_of_entries * sizeof(NpsRemembered));
		memory->generation = 1;
	}
}

/* The stored bytes of the row's input columns. False: they are too long, or nothing but their end tells how long. */
static bool
take_input(NpsMemory *memory, int row)
{
	size_t		words = 1;
	uint64		nulls = 0;

	for (int i = 0; i < memory->number_of_inputs; i++)
	{
		const NpsColumn *column = memory->inputs[i];
		Datum		value = column->values[row];
		size_t		size;

		if (column->nulls[row])
		{
			nulls |= UINT64CONST(1) << i;
			continue;
		}
		if (column->length == -2)
			return false;
		size = column->by_value ? sizeof(uint64) :
			column->length == -1 ? VARSIZE_ANY(DatumGetPointer(value)) : (size_t) column->length;
		if (words + NPS_WORDS(size) > NPS_REMEMBERED_WORDS + 1)
			return false;
		if (column->by_value)
			memory->input[words] = value;
		else
			nps_take_words(&memory->input[words], DatumGetPointer(value), size);
		words += NPS_WORDS(size);
	}
	memory->input[0] = nulls << 8 | words;
	memory->hash = nps_hash_words(memory->input, words);
	return true;
}

/*
 * Has the entry and the first of its bucket change places: what is asked for now and
 * then stands there soon, and is found without a guess how far to look.
 */
static const NpsRemembered *
put_first(NpsMemory *memory, NpsRemembered *entry)
{
	NpsRemembered *first = nps_bucket(memory, memory->hash);
	NpsRemembered other = *first;

	if (entry == first)
		return entry;
	*first = *entry;
	*entry = other;
	return first;
}

/*
 * What is remembered for the columns of that row, or NULL; then nps_remember may
 * follow. Results by reference hold until the next is remembered.
 */
const NpsRemembered *
nps_recall(NpsMemory *memory, int row)
{
	NpsRemembered *entry;

	if (!memory->worth_it)
		return NULL;
	memory->lookups++;
	if (memory->lookups % TRIAL == 0 && memory->answers < memory->lookups / 8)
		memory->worth_it = false;
	memory->input[0] = 0;
	if (!take_input(memory, row) || memory->entries == NULL)
		return NULL;
	entry = nps_search_memory(memory, memory->input, memory->input[0] & 0xff, memory->hash);
	if (entry == NULL)
		return NULL;
	memory->answers++;
	return memory->answers % PROMOTION == 0 ? put_first(memory, entry) : entry;
}

/* The entry of the bucket to be written: a free one, else each in its turn. */
static NpsRemembered *
entry_to_write(NpsMemory *memory)
{
	NpsRemembered *bucket = nps_bucket(memory, memory->hash);

	for (int i = 0; i < NPS_REMEMBERED_BUCKET; i++)
	{
		if (bucket[i].generation != memory->generation)
			return &bucket[i];
	}
	return &bucket[memory->turn++ % NPS_REMEMBERED_BUCKET];
}

/* Remembers the result for the columns that have just been looked up in vain. */
void
nps_remember(NpsMemory *memory, Datum result, bool is_null)
{
	NpsRemembered *entry;
	size_t		size = sizeof(Datum);

	if (!memory->worth_it || memory->input[0] == 0)
		return;
	if (!is_null && !memory->type.by_value)
	{
		size = memory->type.length;
		if (memory->type.length == -1)
			size = VARSIZE_ANY(DatumGetPointer(result));
		else if (memory->type.length == -2)
			size = strlen(DatumGetCString(result)) + 1;
		if (size > NPS_REMEMBERED_BYTES)
			return;
	}
	if (memory->entries == NULL)
		memory->entries = MemoryContextAllocZero(memory->context, memory->number_of_entries * sizeof(NpsRemembered));
	entry = entry_to_write(memory);
	entry->generation = memory->generation;
	entry->is_null = is_null;
	memcpy(entry->input, memory->input, (memory->input[0] & 0xff) * sizeof(uint64));
	if (!is_null)
		memcpy(entry->result, memory->type.by_value ? (void *) &result : DatumGetPointer(result), size);
}
