# R, with RPostgreSQL or another driver of DBI: a query whose columns of scores become integers, and those of summaries
# lists of their eleven counts: nps_query(con, sql, scores = "score").
nps_query <- function(con, sql, scores = character(), summaries = character()) {
	rows <- DBI::dbGetQuery(con, sql)
	for (column in scores) rows[[column]] <- as.integer(rows[[column]])
	for (column in summaries) rows[[column]] <- lapply(strsplit(gsub("[{}]", "", rows[[column]]), ","), as.numeric)
	rows
}
