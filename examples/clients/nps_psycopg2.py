# psycopg 2: scores arrive as integers, summaries as lists of their eleven counts, results as named tuples.
# On each new connection: register_nps(conn).
from psycopg2.extensions import INTEGER, INTEGERARRAY, new_array_type, new_type, register_type
from psycopg2.extras import register_composite


def register_nps(conn):
	with conn, conn.cursor() as cursor:
		cursor.execute("SELECT 'nps_score'::regtype::oid, 'nps_score[]'::regtype::oid, 'nps_summary'::regtype::oid")
		score, scores, summary = cursor.fetchone()
		score_type = new_type((score,), "nps_score", INTEGER)
		register_type(score_type, conn)
		register_type(new_array_type((scores,), "nps_score[]", score_type), conn)
		register_type(new_type((summary,), "nps_summary", INTEGERARRAY), conn)
		for name in ("nps_result", "nps_test_result"):
			register_composite(name, conn)
