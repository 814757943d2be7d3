# What each Python program here prints: lines "program | when | question | answer", the answer as JSON, or "error" with its
# SQLSTATE, where it has one.
import json


# The SQLSTATE in an error of a driver, or in that which another library has wrapped.
def sqlstate(error):
	for place in (error, getattr(error, "orig", None), error.__cause__):
		for name in ("sqlstate", "pgcode"):
			if getattr(place, name, None):
				return " " + getattr(place, name)
	return ""


def say(program, when, question, answer):
	print(program, when, question, answer, sep=" | ")


def ask(program, when, question, action):
	try:
		say(program, when, question, json.dumps(action()))
	except Exception as error:
		say(program, when, question, "error" + sqlstate(error))


# What a program makes of the scores that it has read.
def ask_about(program, when, scores):
	answered = [score for score in scores if score is not None]
	ask(program, when, "scores", lambda: scores)
	ask(program, when, "mean", lambda: sum(answered) / len(answered))
	ask(program, when, "largest", lambda: max(answered))
