# ODBC, through pyodbc: the table, and the view of examples/clients/odbc.sql.
import os

import pyodbc

from report import ask, ask_about

conn = pyodbc.connect("DRIVER={PostgreSQL Unicode};SERVER=%s;PORT=%s;DATABASE=%s;UID=%s"
	% tuple(os.environ[name] for name in ("PGHOST", "PGPORT", "PGDATABASE", "PGUSER")), autocommit=True)


def column(sql, *parameters):
	return [row[0] for row in conn.execute(sql, parameters).fetchall()]


def write(table, score):
	conn.execute(f"INSERT INTO {table} (score) VALUES (?)", score)
	return column(f"SELECT score::integer FROM {table} ORDER BY id DESC LIMIT 1")[0]


# Of the last answer.
def update(table, score):
	conn.execute(f"UPDATE {table} SET score = ? WHERE id = (SELECT max(id) FROM answers)", score)
	return column(f"SELECT score::integer FROM {table} ORDER BY id DESC LIMIT 1")[0]


# The type of a column by the catalog functions of ODBC, which Excel and BI tools go by.
def described(table):
	found, = conn.cursor().columns(table=table, column="score")
	names = {pyodbc.SQL_VARCHAR: "varchar", pyodbc.SQL_WVARCHAR: "varchar", pyodbc.SQL_INTEGER: "integer"}
	return f"{names[found.data_type]}({found.column_size})"


for when, table in ("before", "answers"), ("after", "answers_for_odbc"):
	ask_about("ODBC", when, column(f"SELECT score FROM {table} WHERE id <= 5 ORDER BY id"))
	for score in (8, 11):
		ask("ODBC", when, f"write {score}", lambda: write(table, score))
	ask("ODBC", when, "update", lambda: update(table, 9))
	ask("ODBC", when, "schema tool", lambda: described(table))
