# R with RPostgreSQL, before and after examples/clients/nps.R; programs.pl starts it and knows what to expect. Prints lines
# "program | when | question | answer", the answer as JSON, or "error".
library(RPostgreSQL)
source("examples/clients/nps.R")

con <- dbConnect(PostgreSQL(), host = Sys.getenv("PGHOST"), port = Sys.getenv("PGPORT"), user = Sys.getenv("PGUSER"),
	dbname = Sys.getenv("PGDATABASE"))

json <- function(values) {
	words <- ifelse(is.na(values), if (length(values) > 1) "null" else "NA", if (is.character(values)) sprintf('"%s"', values) else format(values, trim = TRUE))
	if (length(values) > 1) sprintf("[%s]", paste(words, collapse = ",")) else words
}

ask <- function(when, question, answer) {
	said <- tryCatch(json(answer), error = function(e) "error")
	cat(paste("R", when, question, said, sep = " | "), "\n", sep = "")
}

write_score <- function(score) {
	dbWriteTable(con, "written", data.frame(score = score), append = TRUE, row.names = FALSE)
	dbGetQuery(con, "SELECT score::integer FROM written ORDER BY id DESC LIMIT 1")[[1]]
}

tell <- function(when, scores, summary) {
	ask(when, "scores", scores)
	ask(when, "mean", suppressWarnings(mean(scores, na.rm = TRUE)))
	ask(when, "largest", max(scores, na.rm = TRUE))
	ask(when, "write 8", write_score(8L))
	ask(when, "write 11", write_score(11L))
	ask(when, "summary", summary)
}

from_answers <- "SELECT score FROM answers ORDER BY id"
from_daily <- "SELECT summary FROM daily"
tell("before", dbGetQuery(con, from_answers)$score, dbGetQuery(con, from_daily)$summary)
tell("after", nps_query(con, from_answers, scores = "score")$score, nps_query(con, from_daily, summaries = "summary")$summary[[1]])
