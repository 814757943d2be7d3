/*
 * Sends binary values to a server, one for each line of its input:
 *
 *		bind ID TABLE HEX	a parameter of INSERT INTO TABLE (id, value)
 *		copy ID TABLE HEX	a whole file for COPY TABLE (id, value)
 *
 * and prints "ID<tab>SQLSTATE" for each; 00000 is success. All go through one
 * connection; losing it ends the program with 1.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_NAME_LENGTH 64

static void
give_up(PGconn *conn, const char *line)
{
	fprintf(stderr, "%.200s: %s\n", line, conn != NULL ? PQerrorMessage(conn) : "not understood");
	exit(1);
}

/* Decodes hexadecimal digits in place; the number of bytes. */
static int
decode(char *hex)
{
	const char *digit;
	int			length = 0;

	for (digit = hex; digit[0] != '\0' && digit[1] != '\0'; digit += 2)
	{
		char		digits[3] = {digit[0], digit[1], '\0'};

		hex[length++] = (char) strtol(digits, NULL, 16);
	}
	return length;
}

/* A value as a binary parameter; its type is that of the column. */
static PGresult *
send_parameter(PGconn *conn, const char *id, const char *table, const char *value, int length)
{
	char		query[TABLE_NAME_LENGTH + 50];
	const char *values[2] = {id, value};
	int			lengths[2] = {0, length};
	int			formats[2] = {0, 1};

	snprintf(query, sizeof(query), "INSERT INTO %s (id, value) VALUES ($1, $2)", table);
	return PQexecParams(conn, query, 2, NULL, values, lengths, formats, 1);
}

/* A file for COPY; the outcome of the whole. */
static PGresult *
send_file(PGconn *conn, const char *table, const char *file, int length)
{
	char		query[TABLE_NAME_LENGTH + 50];
	PGresult   *result;

	snprintf(query, sizeof(query), "COPY %s (id, value) FROM STDIN (FORMAT binary)", table);
	result = PQexec(conn, query);
	if (PQresultStatus(result) != PGRES_COPY_IN)
		return result;
	PQclear(result);
	if ((length > 0 && PQputCopyData(conn, file, length) != 1) || PQputCopyEnd(conn, NULL) != 1)
		give_up(conn, query);
	return PQgetResult(conn);
}

int
main(int argc, char **argv)
{
	PGconn	   *conn = PQconnectdb(argc == 2 ? argv[1] : "");
	char	   *line = NULL;
	size_t		size = 0;

	if (PQstatus(conn) != CONNECTION_OK)
		give_up(conn, "connecting");
	while (getline(&line, &size, stdin) > 0)
	{
		char		how[5];
		char		id[20];
		char		table[TABLE_NAME_LENGTH];
		int			start = 0;
		int			length;
		PGresult   *result;
		const char *sqlstate;

		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "%4s %19s %63s%n", how, id, table, &start) != 3 || line[start] != ' ')
			give_up(NULL, line);
		length = decode(line + start + 1);
		if (strcmp(how, "bind") == 0)
			result = send_parameter(conn, id, table, line + start + 1, length);
		else
			result = send_file(conn, table, line + start + 1, length);

		sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
		if (PQstatus(conn) != CONNECTION_OK || (sqlstate == NULL && PQresultStatus(result) != PGRES_COMMAND_OK))
			give_up(conn, line);
		printf("%s\t%s\n", id, sqlstate != NULL ? sqlstate : "00000");
		PQclear(result);
		while ((result = PQgetResult(conn)) != NULL)
			PQclear(result);
	}
	free(line);
	PQfinish(conn);
	return 0;
}
