# Django, before and after examples/clients/nps_django.py: a model as inspectdb writes it, and one with the fields.
import io
import os
import re

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from report import ask, ask_about

settings.configure(USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", DATABASES={"default": {
	"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"], "USER": os.environ["PGUSER"],
	"HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"]}})
django.setup()


# The classes of fields that inspectdb writes for the score of the table of answers and for the summary of the days.
def inspected():
	output = io.StringIO()
	call_command("inspectdb", "answers", "daily", stdout=output)
	return re.findall(r"(?:score|summary) = ([\w.]+)", output.getvalue())


# Models of the three tables, with the fields given.
def models_with(when, score, summary):
	def model(table, **fields):
		meta = type("Meta", (), {"app_label": when, "db_table": table, "managed": False})
		return type(table.capitalize(), (models.Model,), {"__module__": __name__, "Meta": meta, **fields})

	return (model("answers", score=score(null=True)), model("written", score=score(null=True)),
		model("daily", summary=summary(null=True)))


def write(model, **values):
	return model.objects.get(pk=model.objects.create(**values).pk)


# A table made of a model, and the type of its column.
def made_table(field):
	made = type("Made", (models.Model,), {"__module__": __name__, "score": field(null=True),
		"Meta": type("Meta", (), {"app_label": "made_" + field.__name__.lower(), "db_table": "made"})})
	with connection.schema_editor() as editor:
		editor.create_model(made)
	with connection.cursor() as cursor:
		cursor.execute("SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'made'::regclass AND attname = 'score'")
		kind, = cursor.fetchone()
		cursor.execute("DROP TABLE made")
	return kind


def tell(when, score, summary):
	answers, written, daily = models_with(when, score, summary)
	ask_about("Django", when, list(answers.objects.order_by("id").values_list("score", flat=True)))
	for number in (8, 11):
		ask("Django", when, f"write {number}", lambda: int(write(written, score=number).score))
	ask("Django", when, "summary", lambda: daily.objects.first().summary)
	ask("Django", when, "write a summary", lambda: write(daily, summary=[1] * 11).summary)
	ask("Django", when, "score >= 9", lambda: answers.objects.filter(score__gte=9).count())
	ask("Django", when, "average", lambda: float(answers.objects.aggregate(models.Avg("score"))["score__avg"]))
	ask("Django", when, "greatest", lambda: answers.objects.aggregate(models.Max("score"))["score__max"])
	ask("Django", when, "aggregate", lambda: answers.objects.aggregate(s=models.Aggregate("score", function="nps_agg", output_field=summary()))["s"])
	ask("Django", when, "made table", lambda: made_table(score))
	ask("Django", when, "schema tool", lambda: " ".join(inspected()))


tell("before", models.TextField, models.TextField)

connection.close()
import nps_django

tell("after", nps_django.ScoreField, nps_django.SummaryField)
