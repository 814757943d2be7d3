# asyncpg: scores are integers, summaries lists of their eleven counts, in binary, so that COPY works, too.
# On each new connection: await register_nps(conn); of a pool: create_pool(init=register_nps).
# The schema is the one that the extension is in.
import struct

SUMMARY = struct.Struct(">B11q")  # a version byte, then eleven counts


async def register_nps(conn, schema="public"):
	await conn.set_type_codec("nps_score", schema=schema, format="binary",
		encoder=lambda score: bytes([score]), decoder=lambda data: data[0])
	await conn.set_type_codec("nps_summary", schema=schema, format="binary",
		encoder=lambda counts: SUMMARY.pack(1, *counts), decoder=lambda data: list(SUMMARY.unpack(data)[1:]))
