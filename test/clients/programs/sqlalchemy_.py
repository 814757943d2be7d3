# SQLAlchemy and pandas, before and after examples/clients/nps_sqlalchemy.py.
import json
import warnings

import pandas
import sqlalchemy
from sqlalchemy import Column, MetaData, Table, create_engine, func, select

import nps_sqlalchemy
from report import ask, ask_about

warnings.simplefilter("ignore")


# The type of a column of a table made with what SQLAlchemy knows of the table of answers.
def copied_type(engine, answers):
	copied = Table("copied", MetaData(), Column("score", answers.c.score.type))
	copied.create(engine)
	found = sqlalchemy.inspect(engine).get_columns("copied")[0]["type"]
	copied.drop(engine)
	return type(found).__name__


def tell_sqlalchemy(when, engine):
	answers, written, daily = (Table(name, MetaData(), autoload_with=engine) for name in ("answers", "written", "daily"))

	def values(statement):
		with engine.begin() as conn:
			return conn.execute(statement).scalars().all()

	def write(table, column, value):
		return values(table.insert().values({column: value}).returning(table.c[column]))[0]

	ask_about("SQLAlchemy", when, values(select(answers.c.score).order_by(answers.c.id)))
	for score in (8, 11):
		ask("SQLAlchemy", when, f"write {score}", lambda: int(write(written, "score", score)))
	ask("SQLAlchemy", when, "summary", lambda: values(select(daily.c.summary))[0])
	ask("SQLAlchemy", when, "write a summary", lambda: write(daily, "summary", [1] * 11))
	ask("SQLAlchemy", when, "score >= 9", lambda: len(values(select(answers.c.id).where(answers.c.score >= 9))))
	ask("SQLAlchemy", when, "greatest", lambda: values(select(func.max(answers.c.score)))[0])
	ask("SQLAlchemy", when, "schema tool", lambda: copied_type(engine, answers))


def tell_pandas(when, engine):
	frame = pandas.read_sql("SELECT score FROM answers ORDER BY id", engine)
	answered = frame.score.dropna()

	def write(score):
		pandas.DataFrame({"score": [score]}).to_sql("written", engine, if_exists="append", index=False)
		return int(pandas.read_sql("SELECT score::integer FROM written ORDER BY id DESC LIMIT 1", engine).score[0])

	ask("pandas", when, "scores", lambda: json.loads(frame.score.to_json(orient="values")))
	ask("pandas", when, "mean", lambda: answered.mean())
	ask("pandas", when, "largest", lambda: answered.max())
	for score in (8, 11):
		ask("pandas", when, f"write {score}", lambda: write(score))
	ask("pandas", when, "summary", lambda: pandas.read_sql("SELECT nps_agg(score) AS summary FROM answers", engine).summary[0])
	ask("pandas", when, "whole table", lambda: json.loads(pandas.read_sql_table("answers", engine).score.to_json(orient="values")))


engine = create_engine("postgresql+psycopg2://")
tell_sqlalchemy("before", engine)
tell_pandas("before", engine)

engine = create_engine("postgresql+psycopg2://")
nps_sqlalchemy.register_nps(engine)
tell_sqlalchemy("after", engine)
tell_pandas("after", engine)
