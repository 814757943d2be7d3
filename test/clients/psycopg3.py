# What psycopg 3 receives and sends; clients.pl starts it and knows what to expect. The argument is "text"
# or "binary": the format of results and parameters. Standard input has a query a line, "what<TAB>SQL".
# Prints lines "part | what | type | value". The server is that of the environment, as for psql.
import enum
import json
import sys

import psycopg

conn = psycopg.connect(autocommit=True)
binary = sys.argv[1] == "binary"
parameter = "%b" if binary else "%t"
queries = [line.rstrip("\n").split("\t") for line in sys.stdin]


# A type's name, and that of what a list holds: clients.pl knows them by these.
def type_of(value):
	if isinstance(value, list):
		return "list of " + next(type(item).__name__ for item in value if item is not None)
	return type(value).__name__


# One way to write a value, the same in every client.
def written(value):
	if value is None:
		return "NULL"
	if isinstance(value, bool):
		return "true" if value else "false"
	if isinstance(value, bytes):
		return value.hex() if len(value) <= 8 else f"{len(value)} bytes"
	if isinstance(value, enum.Enum):
		return value.name
	if isinstance(value, tuple):
		return "(" + ",".join(written(item) for item in value) + ")"
	if isinstance(value, dict) or isinstance(value, list) and isinstance(value[0], dict):
		return json.dumps(value)
	if isinstance(value, list):
		return "[" + ",".join(written(item) for item in value) + "]"
	return str(value)


def say(part, what, value):
	print(part, what, type_of(value), written(value), sep=" | ")


# Every query of the input, each column of its only row.
def receive(part):
	for what, sql in queries:
		cursor = conn.execute(sql, binary=binary)
		row = cursor.fetchone()
		for column, value in zip(cursor.description, row):
			say(part, what if len(row) == 1 else f"{what}.{column.name}", value)


# What an action gives, or the SQLSTATE of its error.
def outcome(what, action):
	try:
		value = action()
	except psycopg.Error as error:
		print("sent", what, "error", error.sqlstate, sep=" | ")
	else:
		say("sent", what, value)


def one_value(sql, *parameters):
	return conn.execute(sql.replace("%s", parameter), parameters).fetchone()[0]


def insert(score):
	return one_value("INSERT INTO answers (score) VALUES (%s) RETURNING score::integer", score)


# What is in the table, which is empty again afterwards.
def taken():
	rows = conn.execute("WITH gone AS (DELETE FROM answers RETURNING id, score) SELECT score::integer FROM gone ORDER BY id")
	return [score for score, in rows]


def batch(scores):
	with conn.cursor() as cursor:
		cursor.executemany(f"INSERT INTO answers (score) VALUES ({parameter})", [(score,) for score in scores])
	return taken()


def copy_text(scores):
	with conn.cursor() as cursor:
		with cursor.copy("COPY answers (score) FROM STDIN") as copy:
			for score in scores:
				copy.write_row((score,))
	return taken()


receive("received")

from psycopg.types.numeric import Int2, Int4, Int8

outcome("insert 9", lambda: insert(9))
outcome("insert 9 as smallint", lambda: insert(Int2(9)))
outcome("insert 9 as integer", lambda: insert(Int4(9)))
outcome("insert 9 as bigint", lambda: insert(Int8(9)))
outcome("insert nothing", lambda: insert(None))
outcome("insert 9.0", lambda: insert(9.0))
outcome("insert 9.5", lambda: insert(9.5))
outcome("insert 11", lambda: insert(11))
outcome("insert -1", lambda: insert(-1))
outcome("insert 100000", lambda: insert(100000))
outcome("insert 5000000000", lambda: insert(5000000000))
outcome("insert a string", lambda: insert("9"))
outcome("insert a string, cast", lambda: one_value("INSERT INTO answers (score) VALUES (%s::nps_score) RETURNING score::integer", "9"))
outcome("take what was inserted", lambda: len(taken()))
outcome("batch", lambda: batch([10, None, 3]))
outcome("batch with 11", lambda: batch([10, 11, 3]))
outcome("after the batch with 11", lambda: one_value("SELECT count(*) FROM answers"))
outcome("array", lambda: conn.execute(f"INSERT INTO answers (score) SELECT unnest({parameter}::integer[])", ([10, None, 3],)) and taken())
outcome("COPY", lambda: copy_text([10, None, 3]))
outcome("COPY with 11", lambda: copy_text([10, 11, 3]))
outcome("score >= 9", lambda: one_value("SELECT count(*) FROM responses WHERE score >= %s", 9))
outcome("score >= 9 as bigint", lambda: one_value("SELECT count(*) FROM responses WHERE score >= %s", Int8(9)))
outcome("score >= 11", lambda: one_value("SELECT count(*) FROM responses WHERE score >= %s", 11))
outcome("score >= 11, cast", lambda: one_value("SELECT count(*) FROM responses WHERE score >= %s::integer", 11))
outcome("score IN (9, 10)", lambda: one_value("SELECT count(*) FROM responses WHERE score IN (%s, %s)", 9, 10))
outcome("score = ANY (9, 10)", lambda: one_value("SELECT count(*) FROM responses WHERE score = ANY (%s)", [9, 10]))
outcome("COALESCE (score, 0)", lambda: one_value("SELECT sum(COALESCE(score, %s))::integer FROM responses", 0))
outcome("COALESCE (score, 0), cast", lambda: one_value("SELECT sum(COALESCE(score, %s::integer))::integer FROM responses", 0))
outcome("nps_category (9)", lambda: one_value("SELECT nps_category(%s)::text", 9))
outcome("nps_category (9), cast", lambda: one_value("SELECT nps_category(%s::integer)::text", 9))
outcome("nps_parse", lambda: one_value("SELECT nps_parse(%s)::integer", "10 - Extremely likely"))
outcome("eleven counts", lambda: one_value("SELECT nps_responses(nps_summary(%s::bigint[]))", [1] * 11))

# --- doc/clients.md: insert ---

conn.execute("INSERT INTO answers (score) VALUES (%s)", (9,))
with conn.cursor() as cursor:
	cursor.executemany("INSERT INTO answers (score) VALUES (%s)", [(10,), (None,), (3,)])
	with cursor.copy("COPY answers (score) FROM STDIN") as copy:
		for score in (7, None, 8):
			copy.write_row((score,))

outcome("documented inserts", taken)

# --- doc/clients.md: register ---

from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types import TypeInfo
from psycopg.types.composite import CompositeInfo, register_composite
from psycopg.types.enum import EnumInfo, register_enum


class ScoreLoader(Loader):
	def load(self, data):
		return int(bytes(data))


class ScoreBinaryLoader(Loader):
	format = Format.BINARY

	def load(self, data):
		return bytes(data)[0]


class SummaryLoader(Loader):
	def load(self, data):
		return [int(count) for count in bytes(data)[1:-1].split(b",")]


class SummaryBinaryLoader(Loader):
	format = Format.BINARY

	def load(self, data):  # a version byte, then eleven counts of eight bytes
		return [int.from_bytes(data[i:i + 8], "big") for i in range(1, 89, 8)]


def register_nps(conn):
	for name, loaders in (("nps_score", (ScoreLoader, ScoreBinaryLoader)),
			("nps_summary", (SummaryLoader, SummaryBinaryLoader))):
		info = TypeInfo.fetch(conn, name)
		info.register(conn)  # arrays too
		for loader in loaders:
			conn.adapters.register_loader(info.oid, loader)
	for name in ("nps_result", "nps_test_result"):
		register_composite(CompositeInfo.fetch(conn, name), conn)
	register_enum(EnumInfo.fetch(conn, "nps_category"), conn)


register_nps(conn)

receive("registered")

# --- doc/clients.md: COPY in binary ---

from psycopg.adapt import Dumper


class ScoreBinaryDumper(Dumper):
	format = Format.BINARY
	oid = TypeInfo.fetch(conn, "nps_score").oid

	def dump(self, score):
		return bytes([score])


conn.adapters.register_dumper(None, ScoreBinaryDumper)  # used where set_types says so, and nowhere else


def copy_scores(scores):
	with conn.cursor() as cursor:
		with cursor.copy("COPY answers (score) FROM STDIN (FORMAT binary)") as copy:
			copy.set_types(["nps_score"])
			for score in scores:
				copy.write_row((score,))


outcome("COPY in binary", lambda: copy_scores([10, None, 3]) or taken())
outcome("COPY in binary with 11", lambda: copy_scores([10, 11, 3]))
outcome("insert 9, registered", lambda: insert(9))
