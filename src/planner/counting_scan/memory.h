/*
 * What came of column values: the result of an expression, or the group. Days,
 * segments and the like come again and again. It is right for all that is not
 * volatile, within one scan. Of limited size: what is new takes the place of what
 * is old.
 */
#ifndef NPS_COUNTING_SCAN_MEMORY_H
#define NPS_COUNTING_SCAN_MEMORY_H

#include "nps.h"

#include "planner/counting_scan/columns.h"
#include "planner/counting_scan/groups.h"

/* Longer values are not remembered. */
#define NPS_REMEMBERED_WORDS 5
#define NPS_REMEMBERED_BYTES (NPS_REMEMBERED_WORDS * sizeof(uint64))

typedef struct NpsRemembered
{
	uint64		input[NPS_REMEMBERED_WORDS + 1];	/* the first: NULLs and length */
	uint32		generation;		/* of the memory, or it is forgotten */
	bool		is_null;
	uint64		result[NPS_REMEMBERED_WORDS];
} NpsRemembered;

typedef struct NpsMemory
{
	NpsKeyType	type;			/* of the results */
	NpsColumn **inputs;
	int			number_of_inputs;

	NpsRemembered *entries;		/* NULL until the first is remembered */
	uint32		number_of_entries;
	uint32		generation;
	uint32		turn;			/* which of a bucket is replaced next */
	MemoryContext context;
	bool		worth_it;

	/* the input that is looked up */
	uint64		input[NPS_REMEMBERED_WORDS + 1];
	uint32		hash;

	int64		lookups;
	int64		answers;
} NpsMemory;

extern NpsMemory *nps_make_memory(NpsKeyType type, NpsColumn **inputs, int number_of_inputs, size_t limit);
extern void nps_forget_memory(NpsMemory *memory);
extern const NpsRemembered *nps_recall(NpsMemory *memory, int row);
extern void nps_remember(NpsMemory *memory, Datum result, bool is_null);

/* Entries that one input may be in. */
#define NPS_REMEMBERED_BUCKET 4

static inline NpsRemembered *
nps_bucket(const NpsMemory *memory, uint32 hash)
{
	return &memory->entries[hash & (memory->number_of_entries - NPS_REMEMBERED_BUCKET)];
}

/* Where the input is remembered, if it is; so many words of it count. */
static inline NpsRemembered *
nps_search_memory(const NpsMemory *memory, const uint64 *input, size_t words, uint32 hash)
{
	NpsRemembered *entry = nps_bucket(memory, hash);

	for (int i = 0; i < NPS_REMEMBERED_BUCKET; i++, entry++)
	{
		size_t		word = 0;

		if (entry->generation != memory->generation)
			return NULL;
		while (word < words && entry->input[word] == input[word])
			word++;
		if (word == words)
			return entry;
	}
	return NULL;
}

static inline Datum
nps_remembered_result(const NpsMemory *memory, const NpsRemembered *remembered)
{
	Datum		value;

	if (!memory->type.by_value)
		return PointerGetDatum(remembered->result);
	memcpy(&value, remembered->result, sizeof(Datum));
	return value;
}

#endif
