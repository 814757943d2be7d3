/*
 * Bytes as keys: as words, and their hash value.
 */
#ifndef NPS_COUNTING_SCAN_BYTES_H
#define NPS_COUNTING_SCAN_BYTES_H

#include "nps.h"

/* How many words so many bytes take, of which there is at least one. */
#define NPS_WORDS(size) (((size) + sizeof(uint64) - 1) / sizeof(uint64))

/*
 * Bytes that are fewer than a word's, as one. The first of them stands where it does in
 * a word that is read as a whole: where it tells the size, no whole word is the same.
 */
static inline uint64
nps_short_word(const char *bytes, size_t size)
{
	uint32		first = 0;
	uint32		last = 0;

	if (size >= sizeof(uint32))
	{
		memcpy(&first, bytes, sizeof(uint32));
		memcpy(&last, bytes + size - sizeof(uint32), sizeof(uint32));
	}
	else if (size >= sizeof(uint16))
	{
		memcpy(&first, bytes, sizeof(uint16));
		memcpy(&last, bytes + size - sizeof(uint16), sizeof(uint16));
	}
	else
		first = (unsigned char) *bytes;
#ifdef WORDS_BIGENDIAN
	return (uint64) first << (size >= sizeof(uint32) ? 32 : size >= sizeof(uint16) ? 48 : 56) | last;
#else
	return (uint64) last << 32 | first;
#endif
}

/*
 * The bytes as words. The last begins before the one before it ends: whole words are
 * read, which the processor does without waiting. Bytes of different sizes may give
 * the same words, unless the first bytes tell the size, as those of a varlena do.
 */
static inline void
nps_take_words(uint64 *words, const char *bytes, size_t size)
{
	size_t		last = NPS_WORDS(size) - 1;

	if (size < sizeof(uint64))
	{
		*words = nps_short_word(bytes, size);
		return;
	}
	for (size_t i = 0; i < last; i++)
		memcpy(&words[i], bytes + i * sizeof(uint64), sizeof(uint64));
	memcpy(&words[last], bytes + size - sizeof(uint64), sizeof(uint64));
}

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
