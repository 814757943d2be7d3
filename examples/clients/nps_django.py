# Django: fields of models for scores and summaries, which inspectdb writes, too. Importing it is enough.
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.signals import connection_created
from django.dispatch import receiver


class ScoreField(models.SmallIntegerField):
	default_validators = [MinValueValidator(0), MaxValueValidator(10)]

	def db_type(self, connection):
		return "nps_score"

	def from_db_value(self, score, expression, connection):
		return None if score is None else int(score)


class SummaryField(models.Field):
	def db_type(self, connection):
		return "nps_summary"

	def from_db_value(self, summary, expression, connection):
		return None if summary is None else [int(count) for count in summary[1:-1].split(",")]

	def get_prep_value(self, counts):
		return None if counts is None else "{%s}" % ",".join(map(str, counts))


# What inspectdb knows a type by is its number, which differs from database to database.
@receiver(connection_created)
def name_fields(connection, **sender):
	if connection.vendor == "postgresql":
		fields = {"nps_score": ScoreField, "nps_summary": SummaryField}
		with connection.cursor() as cursor:
			cursor.execute("SELECT oid, typname FROM pg_type WHERE typname IN ('nps_score', 'nps_summary')")
			for oid, name in cursor.fetchall():
				connection.introspection.data_types_reverse[oid] = f"{__name__}.{fields[name].__name__}"
