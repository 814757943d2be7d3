/*
 * Integers of 128 bits on the wire: the upper half, then the lower.
 */
#ifndef NPS_WIRE_H
#define NPS_WIRE_H

#include "nps.h"

#include "libpq/pqformat.h"

#include "exact/int128.h"

static inline NpsInt128
nps_receive_int128(StringInfo message)
{
	NpsInt128	value;

	value.high = pq_getmsgint64(message);
	value.low = (uint64) pq_getmsgint64(message);
	return value;
}

static inline void
nps_send_int128(StringInfo message, NpsInt128 value)
{
	pq_sendint64(message, value.high);
	pq_sendint64(message, value.low);
}

#endif
