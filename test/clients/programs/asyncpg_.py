# asyncpg, before and after examples/clients/nps_asyncpg.py.
import asyncio
import json

import asyncpg

import nps_asyncpg
from report import ask_about, say, sqlstate


async def ask(when, question, action):
	try:
		say("asyncpg", when, question, json.dumps(await action))
	except Exception as error:
		say("asyncpg", when, question, "error" + sqlstate(error))


async def copy(conn, scores):
	await conn.copy_records_to_table("written", records=[(score,) for score in scores], columns=["score"])
	return [row[0] for row in await conn.fetch("DELETE FROM written RETURNING score::integer")]


async def tell(when, conn):
	await conn.execute("DELETE FROM written")
	ask_about("asyncpg", when, [row["score"] for row in await conn.fetch("SELECT score FROM answers ORDER BY id")])
	for score in (8, 11):
		await ask(when, f"write {score}", conn.fetchval("INSERT INTO written (score) VALUES ($1) RETURNING score::integer", score))
	await ask(when, "summary", conn.fetchval("SELECT nps_agg(score) FROM answers"))
	await ask(when, "write a summary", conn.fetchval("INSERT INTO daily (summary) VALUES ($1) RETURNING summary", [1] * 11))
	await ask(when, "array", conn.fetchval("SELECT array_agg(score ORDER BY id) FROM answers"))
	await conn.execute("DELETE FROM written")
	await ask(when, "COPY", copy(conn, [10, None, 3]))


async def main():
	conn = await asyncpg.connect()
	await tell("before", conn)
	await nps_asyncpg.register_nps(conn)
	await tell("after", conn)
	await conn.close()


asyncio.run(main())
