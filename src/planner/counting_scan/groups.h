/*
 * The groups that a scan has met: the values of the keys, and a state for each
 * aggregate.
 *
 * Two rows are of one group where the bytes of their keys are the same. That may
 * divide what the type's own equality holds together (1.0 and 1.00): such groups
 * are merged above, by PostgreSQL, which knows that equality.
 */
#ifndef NPS_COUNTING_SCAN_GROUPS_H
#define NPS_COUNTING_SCAN_GROUPS_H

#include "nps.h"

/* What is known of a key's type. */
typedef struct NpsKeyType
{
	int16		length;
	bool		by_value;
} NpsKeyType;

typedef struct NpsGroup
{
	size_t		words;			/* of the image of the keys */
	/* the aggregates' states follow, then that image */
} NpsGroup;

typedef struct NpsGroupSlot
{
	NpsGroup   *group;			/* NULL: free */
	uint32		hash;
} NpsGroupSlot;

typedef struct NpsGroupBlock
{
	struct NpsGroupBlock *next;
	size_t		capacity;
	size_t		used;
} NpsGroupBlock;

/* A place between two groups, for going through them all. */
typedef struct NpsGroupPlace
{
	NpsGroupBlock *block;
	size_t		offset;
} NpsGroupPlace;

typedef struct NpsGroupTable
{
	MemoryContext context;		/* of this table alone */
	int			keys;
	const NpsKeyType *types;
	size_t		state_size;		/* of all aggregates together */

	NpsGroupSlot *slots;
	uint32		mask;			/* number of slots - 1 */
	uint32		length;
	NpsGroupBlock *first;
	NpsGroupBlock *last;
	size_t		allocated;
	size_t		limit;
	bool		full;

	uint64	   *image;			/* of the keys that are looked up */
	size_t		words;			/* it has so many */
	size_t		capacity;
} NpsGroupTable;

extern NpsGroupTable *nps_make_group_table(MemoryContext parent, int keys, const NpsKeyType *types,
										   size_t state_size, size_t limit);
extern void nps_forget_groups(NpsGroupTable *table);
extern NpsGroup *nps_find_group(NpsGroupTable *table, const Datum *values, const bool *nulls);
extern NpsGroupPlace nps_first_group_place(const NpsGroupTable *table);
extern NpsGroup *nps_next_group(const NpsGroupTable *table, NpsGroupPlace *place);
extern void nps_group_keys(const NpsGroupTable *table, NpsGroup *group, Datum *values, bool *nulls);

static inline void *
nps_group_state(NpsGroup *group, size_t offset)
{
	return (char *) group + sizeof(NpsGroup) + offset;
}

#endif
