# psycopg 2, before and after examples/clients/nps_psycopg2.py.
import psycopg2

import nps_psycopg2
from report import ask, ask_about


def connect():
	conn = psycopg2.connect("")
	conn.autocommit = True
	return conn


def column(conn, sql, *parameters):
	with conn.cursor() as cursor:
		cursor.execute(sql, parameters)
		return [row[0] for row in cursor.fetchall()]


def tell(when, conn):
	ask_about("psycopg 2", when, column(conn, "SELECT score FROM answers ORDER BY id"))
	for score in (8, 11):
		ask("psycopg 2", when, f"write {score}", lambda: column(conn, "INSERT INTO written (score) VALUES (%s) RETURNING score::integer", score)[0])
	ask("psycopg 2", when, "summary", lambda: column(conn, "SELECT nps_agg(score) FROM answers")[0])
	ask("psycopg 2", when, "array", lambda: column(conn, "SELECT array_agg(score ORDER BY id) FROM answers")[0])
	ask("psycopg 2", when, "result", lambda: column(conn, "SELECT nps(score) FROM answers")[0].responses)


conn = connect()
tell("before", conn)
nps_psycopg2.register_nps(conn)
tell("after", conn)
