/*
 * Bytes as keys: their hash value.
 */
#ifndef NPS_COUNTING_SCAN_BYTES_H
#define NPS_COUNTING_SCAN_BYTES_H

#include "nps.h"

/* Mixes whole words, a multiplication each; all bits of the result depend on all of the words. */
static inline uint32
nps_hash_words(const uint64 *words, size_t number)
{
	uint64		hash = number * UINT64CONST(0x9E3779B97F4A7C15);

	for (size_t i = 0; i < number; i++)
	{
		hash = (hash ^ words[i]) * UINT64CONST(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	hash *= UINT64CONST(0xc4ceb9fe1a85ec53);
	return (uint32) (hash >> 32);
}

#endif
