# SQLAlchemy, and pandas with it, through psycopg 2: columns of scores and summaries in models, in reflected tables and
# in plain SQL. Once for each engine: register_nps(engine).
from sqlalchemy import event
from sqlalchemy.types import UserDefinedType

import nps_psycopg2


class Score(UserDefinedType):
	cache_ok = True

	def get_col_spec(self, **options):
		return "nps_score"


class Summary(UserDefinedType):
	cache_ok = True

	def get_col_spec(self, **options):
		return "nps_summary"

	def bind_processor(self, dialect):
		return lambda counts: None if counts is None else "{%s}" % ",".join(map(str, counts))


def register_nps(engine):
	engine.dialect.ischema_names.update(nps_score=Score, nps_summary=Summary)
	event.listen(engine, "connect", lambda conn, record: nps_psycopg2.register_nps(conn))
