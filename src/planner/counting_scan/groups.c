#include "planner/counting_scan/groups.h"

#include "utils/memutils.h"

#include "planner/counting_scan/bytes.h"
#include "planner/counting_scan/compat.h"

#define FIRST_SLOTS 256
#define FIRST_BLOCK_SIZE ((size_t) 8 * 1024)
#define LAST_BLOCK_SIZE ((size_t) 1024 * 1024)
#define BLOCK_HEADER MAXALIGN(sizeof(NpsGroupBlock))

/* Memory that is part of the table's own account. */
static void *
allocate(NpsGroupTable *table, size_t size)
{
	table->allocated += size;
	return MemoryContextAllocHuge(table->context, size);
}

static void
make_slots(NpsGroupTable *table, uint32 number)
{
	size_t		size = number * sizeof(NpsGroupSlot);

	table->slots = allocate(table, size);
	memset(table->slots, 0, size);
	table->mask = number - 1;
}

/*
 * A table for groups of these keys. It is full where it holds more than limit
 * bytes, by one group at most.
 */
NpsGroupTable *
nps_make_group_table(MemoryContext parent, int keys, const NpsKeyType *types, size_t state_size, size_t limit)
{
	NpsGroupTable *table = MemoryContextAllocZero(parent, sizeof(NpsGroupTable));

	table->context = AllocSetContextCreate(parent, "nps counting scan groups", ALLOCSET_DEFAULT_SIZES);
	table->keys = keys;
	table->types = types;
	table->state_size = state_size;
	table->limit = limit;
	table->capacity = Max(128, keys);
	table->image = MemoryContextAllocHuge(parent, table->capacity * sizeof(uint64));
	make_slots(table, FIRST_SLOTS);
	return table;
}

/* Makes the table empty, as it was made. */
void
nps_forget_groups(NpsGroupTable *table)
{
	MemoryContextReset(table->context);
	table->first = table->last = NULL;
	table->length = 0;
	table->allocated = 0;
	table->full = false;
	make_slots(table, FIRST_SLOTS);
}

/* Room for so many bytes more in the image, up to whole words, of which the last is zeros. */
static inline void *
image_room(NpsGroupTable *table, size_t size)
{
	size_t		start = table->words;

	table->words += (size + sizeof(uint64) - 1) / sizeof(uint64);
	if (unlikely(table->words > table->capacity))
	{
		table->capacity = 2 * table->words;
		table->image = repalloc_huge(table->image, table->capacity * sizeof(uint64));
	}
	table->image[table->words - 1] = 0;
	return &table->image[start];
}

/*
 * A value of variable length as one with a header of four bytes. It has been
 * fetched and decompressed before.
 */
static void
add_varlena_to_image(NpsGroupTable *table, const struct varlena *value)
{
	size_t		size = VARSIZE_ANY_EXHDR(value);
	void	   *room = image_room(table, VARHDRSZ + size);

	SET_VARSIZE(room, VARHDRSZ + size);
	memcpy(VARDATA(room), VARDATA_ANY(value), size);
}

static void
add_bytes_to_image(NpsGroupTable *table, const char *bytes, size_t size)
{
	memcpy(image_room(table, size), bytes, size);
}

/* How many words say which keys are NULL, a bit each. */
static inline int
null_words(const NpsGroupTable *table)
{
	return (table->keys + 63) / 64;
}

/*
 * The image of the keys: which are NULL, then a word for each by value, and the
 * others that are not NULL, each on a boundary that suits every type. Of the same
 * image means of the same group.
 */
static inline void
make_image(NpsGroupTable *table, const Datum *values, const bool *nulls)
{
	table->words = null_words(table);
	for (size_t word = 0; word < table->words; word++)
		table->image[word] = 0;
	for (int key = 0; key < table->keys; key++)
	{
		const NpsKeyType *type = &table->types[key];
		const char *bytes = DatumGetPointer(values[key]);

		if (nulls[key])
			table->image[key / 64] |= UINT64CONST(1) << (key % 64);
		if (type->by_value)
			*(uint64 *) image_room(table, sizeof(uint64)) = nulls[key] ? 0 : values[key];
		else if (nulls[key])
			continue;
		else if (type->length == -1)
			add_varlena_to_image(table, (const struct varlena *) bytes);
		else
			add_bytes_to_image(table, bytes, type->length == -2 ? strlen(bytes) + 1 : (size_t) type->length);
	}
}

static inline uint64 *
image_of(const NpsGroupTable *table, NpsGroup *group)
{
	return nps_group_state(group, table->state_size);
}

/* The key values that the image of a group stands for; they point into it. */
void
nps_group_keys(const NpsGroupTable *table, NpsGroup *group, Datum *values, bool *nulls)
{
	const uint64 *image = image_of(table, group);
	const uint64 *word = image + null_words(table);

	for (int key = 0; key < table->keys; key++)
	{
		const NpsKeyType *type = &table->types[key];
		size_t		size = sizeof(uint64);

		nulls[key] = (image[key / 64] >> (key % 64)) & 1;
		values[key] = type->by_value ? (Datum) *word : PointerGetDatum(word);
		if (nulls[key])
			values[key] = (Datum) 0;
		if (nulls[key] && !type->by_value)
			continue;
		if (type->length == -1)
			size = VARSIZE(word);
		else if (type->length == -2)
			size = strlen((const char *) word) + 1;
		else if (!type->by_value)
			size = type->length;
		word += (size + sizeof(uint64) - 1) / sizeof(uint64);
	}
}

/* Memory for one more group, in the order in which they come. */
static NpsGroup *
group_room(NpsGroupTable *table, size_t size)
{
	NpsGroupBlock *block = table->last;

	if (block == NULL || block->capacity - block->used < size)
	{
		size_t		capacity = Min(Max(table->allocated / 2, FIRST_BLOCK_SIZE), LAST_BLOCK_SIZE);

		block = allocate(table, BLOCK_HEADER + Max(capacity, size));
		block->capacity = Max(capacity, size);
		block->used = 0;
		block->next = NULL;
		if (table->last == NULL)
			table->first = block;
		else
			table->last->next = block;
		table->last = block;
	}
	block->used += size;
	return (NpsGroup *) ((char *) block + BLOCK_HEADER + block->used - size);
}

/* Where in the slots the hash value's search ends, there being no group of it. */
static NpsGroupSlot *
free_slot(const NpsGroupTable *table, uint32 hash)
{
	uint32		slot = hash & table->mask;

	while (table->slots[slot].group != NULL)
		slot = (slot + 1) & table->mask;
	return &table->slots[slot];
}

/* Twice the slots, or a full table where the limit does not allow it. */
static void
grow(NpsGroupTable *table)
{
	NpsGroupSlot *old = table->slots;
	uint32		number = table->mask + 1;

	if (table->allocated + (size_t) number * 2 * sizeof(NpsGroupSlot) > table->limit || number >= PG_UINT32_MAX / 4)
	{
		table->full = true;
		return;
	}
	make_slots(table, number * 2);
	for (uint32 i = 0; i < number; i++)
	{
		if (old[i].group != NULL)
			*free_slot(table, old[i].hash) = old[i];
	}
	pfree(old);
	table->allocated -= number * sizeof(NpsGroupSlot);
}

/* A new group of the image, its states all zeros. */
static NpsGroup *
add_group(NpsGroupTable *table, uint32 hash)
{
	NpsGroup   *group = group_room(table, sizeof(NpsGroup) + table->state_size + table->words * sizeof(uint64));
	NpsGroupSlot *slot = free_slot(table, hash);

	group->words = table->words;
	memset(nps_group_state(group, 0), 0, table->state_size);
	memcpy(image_of(table, group), table->image, table->words * sizeof(uint64));
	slot->group = group;
	slot->hash = hash;
	table->length++;
	if (table->length > (table->mask + 1) / 4 * 3)
		grow(table);
	if (table->allocated > table->limit)
		table->full = true;
	return group;
}

/* Is the group of the image? */
static inline bool
has_image(const NpsGroupTable *table, NpsGroup *group)
{
	const uint64 *image = image_of(table, group);

	if (group->words != table->words)
		return false;
	for (size_t word = 0; word < table->words; word++)
	{
		if (image[word] != table->image[word])
			return false;
	}
	return true;
}

/*
 * The group of these key values, made where there is none yet. Values of variable
 * length must have been fetched and decompressed. After a group that is new the
 * table may be full: it has to be emptied before the next.
 */
NpsGroup *
nps_find_group(NpsGroupTable *table, const Datum *values, const bool *nulls)
{
	uint32		hash;
	uint32		place;

	make_image(table, values, nulls);
	hash = nps_hash_words(table->image, table->words);
	for (place = hash & table->mask; table->slots[place].group != NULL; place = (place + 1) & table->mask)
	{
		if (table->slots[place].hash == hash && has_image(table, table->slots[place].group))
			return table->slots[place].group;
	}
	return add_group(table, hash);
}

NpsGroupPlace
nps_first_group_place(const NpsGroupTable *table)
{
	return (NpsGroupPlace) {table->first, 0};
}

/* The group at that place, which moves on; NULL after the last. */
NpsGroup *
nps_next_group(const NpsGroupTable *table, NpsGroupPlace *place)
{
	NpsGroup   *group;

	while (place->block != NULL && place->offset >= place->block->used)
		*place = (NpsGroupPlace) {place->block->next, 0};
	if (place->block == NULL)
		return NULL;
	group = (NpsGroup *) ((char *) place->block + BLOCK_HEADER + place->offset);
	place->offset += sizeof(NpsGroup) + table->state_size + group->words * sizeof(uint64);
	return group;
}
