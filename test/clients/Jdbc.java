// What the PostgreSQL JDBC driver receives and sends; clients.pl starts it and knows what to expect. The
// first argument is the connection's URL, the second and third are user and password. Standard input has
// a query a line, "what<TAB>SQL". Prints lines "part | what | type | value".
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;

public class Jdbc {
	// --- doc/clients.md: register ---

	public static class Score extends PGobject {
		public Score() {
			setType("nps_score");
		}

		public Score(int score) throws SQLException {
			this();
			setValue(Integer.toString(score));
		}

		public int score() {
			return Integer.parseInt(getValue());
		}
	}

	static Connection connection;
	static List<String[]> queries;

	// What sets the parameters of a statement.
	interface Parameters {
		void set(PreparedStatement statement) throws SQLException;
	}

	// What takes a value from a row.
	interface Reading {
		Object of(ResultSet row) throws SQLException;
	}

	// What may fail with an SQLSTATE.
	interface Action {
		Object run() throws Exception;
	}

	// A type's name, and that of what an array holds: clients.pl knows them by these.
	static String typeOf(Object value) throws SQLException {
		if (value == null)
			return "null";
		if (value instanceof Array)
			return "Array of " + ((Object[]) ((Array) value).getArray())[0].getClass().getSimpleName();
		return value.getClass().getSimpleName();
	}

	// One way to write a value, the same in every client.
	static String written(Object value) throws SQLException {
		if (value == null)
			return "NULL";
		if (value instanceof Array) {
			List<String> items = new ArrayList<>();
			for (Object item : (Object[]) ((Array) value).getArray())
				items.add(written(item));
			return "[" + String.join(",", items) + "]";
		}
		return value.toString().replace("\n", "");
	}

	static void say(String part, String what, Object value) throws SQLException {
		System.out.println(String.join(" | ", part, what, typeOf(value), written(value)));
	}

	// Every query of the input, each column of its only row.
	static void receive(String part) throws SQLException {
		for (String[] query : queries)
			try (PreparedStatement statement = connection.prepareStatement(query[1]);
					ResultSet row = statement.executeQuery()) {
				ResultSetMetaData columns = row.getMetaData();
				row.next();
				for (int i = 1; i <= columns.getColumnCount(); i++)
					say(part, columns.getColumnCount() == 1 ? query[0] : query[0] + "." + columns.getColumnName(i), row.getObject(i));
			}
	}

	// What an action gives, or the SQLSTATE of its error.
	static void outcome(String what, Action action) throws Exception {
		try {
			say("sent", what, action.run());
		} catch (SQLException error) {
			System.out.println(String.join(" | ", "sent", what, "error", error.getSQLState()));
		}
	}

	static Object oneValue(String sql, Parameters parameters) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			parameters.set(statement);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getObject(1);
			}
		}
	}

	static Object read(String sql, Reading reading) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return reading.of(row);
		}
	}

	static Object insert(Parameters score) throws SQLException {
		return oneValue("INSERT INTO answers (score) VALUES (?) RETURNING score::integer", score);
	}

	static Object howMany(String condition, Parameters parameters) throws SQLException {
		return oneValue("SELECT count(*)::integer FROM responses WHERE " + condition, parameters);
	}

	// What is in the table, which is empty again afterwards.
	static Object taken() throws SQLException {
		return oneValue("WITH gone AS (DELETE FROM answers RETURNING id, score)"
			+ " SELECT array_agg(score::integer ORDER BY id) FROM gone", statement -> {});
	}

	static Object batch(Integer... scores) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("INSERT INTO answers (score) VALUES (?)")) {
			for (Integer score : scores) {
				statement.setObject(1, score, Types.INTEGER);
				statement.addBatch();
			}
			statement.executeBatch();
		}
		return taken();
	}

	static Object array(Integer... scores) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("INSERT INTO answers (score) SELECT unnest(?)")) {
			statement.setArray(1, connection.createArrayOf("int4", scores));
			statement.executeUpdate();
		}
		return taken();
	}

	static Object copy(String lines) throws Exception {
		connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY answers (score) FROM STDIN", new StringReader(lines));
		return taken();
	}

	static void send() throws Exception {
		outcome("insert 9", () -> insert(s -> s.setObject(1, 9)));
		outcome("insert 9 as smallint", () -> insert(s -> s.setShort(1, (short) 9)));
		outcome("insert 9 as integer", () -> insert(s -> s.setInt(1, 9)));
		outcome("insert 9 as bigint", () -> insert(s -> s.setLong(1, 9)));
		outcome("insert nothing", () -> insert(s -> s.setNull(1, Types.INTEGER)));
		outcome("insert 9.0", () -> insert(s -> s.setDouble(1, 9.0)));
		outcome("insert 9.5", () -> insert(s -> s.setBigDecimal(1, new BigDecimal("9.5"))));
		outcome("insert 11", () -> insert(s -> s.setInt(1, 11)));
		outcome("insert -1", () -> insert(s -> s.setInt(1, -1)));
		outcome("insert 100000", () -> insert(s -> s.setInt(1, 100000)));
		outcome("insert 5000000000", () -> insert(s -> s.setLong(1, 5000000000L)));
		outcome("insert a string", () -> insert(s -> s.setString(1, "9")));
		outcome("insert a string, cast", () -> oneValue(
			"INSERT INTO answers (score) VALUES (?::nps_score) RETURNING score::integer", s -> s.setString(1, "9")));
		outcome("take what was inserted", () -> ((Object[]) ((Array) taken()).getArray()).length);
		outcome("batch", () -> batch(10, null, 3));
		outcome("batch with 11", () -> batch(10, 11, 3));
		outcome("after the batch with 11", () -> oneValue("SELECT count(*)::integer FROM answers", s -> {}));
		outcome("array", () -> array(10, null, 3));
		outcome("COPY", () -> copy("10\n\\N\n3\n"));
		outcome("COPY with 11", () -> copy("10\n11\n3\n"));
		outcome("score >= 9", () -> howMany("score >= ?", s -> s.setInt(1, 9)));
		outcome("score >= 9 as bigint", () -> howMany("score >= ?", s -> s.setLong(1, 9)));
		outcome("score >= 11", () -> howMany("score >= ?", s -> s.setInt(1, 11)));
		outcome("score >= 11, cast", () -> howMany("score >= ?::integer", s -> s.setInt(1, 11)));
		outcome("score IN (9, 10)", () -> howMany("score IN (?, ?)", s -> {
			s.setInt(1, 9);
			s.setInt(2, 10);
		}));
		outcome("score = ANY (9, 10)", () -> howMany("score = ANY (?)",
			s -> s.setArray(1, connection.createArrayOf("int4", new Integer[] {9, 10}))));
		outcome("COALESCE (score, 0)", () -> oneValue("SELECT sum(COALESCE(score, ?))::integer FROM responses", s -> s.setLong(1, 0)));
		outcome("COALESCE (score, 0) as integer", () -> oneValue("SELECT sum(COALESCE(score, ?))::integer FROM responses", s -> s.setInt(1, 0)));
		outcome("COALESCE (score, 0), cast", () -> oneValue(
			"SELECT sum(COALESCE(score, ?::integer))::integer FROM responses", s -> s.setLong(1, 0)));
		outcome("nps_category (9)", () -> oneValue("SELECT nps_category(?)::text", s -> s.setInt(1, 9)));
		outcome("nps_category (9), cast", () -> oneValue("SELECT nps_category(?::integer)::text", s -> s.setInt(1, 9)));
		outcome("nps_parse", () -> oneValue("SELECT nps_parse(?)::integer", s -> s.setString(1, "10 - Extremely likely")));
		outcome("eleven counts", () -> oneValue("SELECT nps_responses(nps_summary(?))::integer",
			s -> s.setObject(1, new long[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})));
	}

	// --- doc/clients.md: insert ---

	static void insertDocumented() throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO answers (score) VALUES (?)")) {
			insert.setInt(1, 9);
			insert.executeUpdate();

			for (Integer score : new Integer[] {10, null, 3}) {
				insert.setObject(1, score, Types.INTEGER);
				insert.addBatch();
			}
			insert.executeBatch();
		}
	}

	// --- doc/clients.md: read without registering ---

	static void readDocumented() throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT score FROM responses ORDER BY id")) {
			while (row.next()) {
				int score = row.getInt("score");
				Integer orNull = row.wasNull() ? null : score;
				countScore(orNull);
			}
		}
	}

	static int responses;
	static int promoters;

	static void countScore(Integer score) {
		if (score != null)
			responses++;
		if (score != null && score >= 9)
			promoters++;
	}

	// --- doc/clients.md: register, use ---

	static void registerDocumented() throws SQLException {
		connection.unwrap(PGConnection.class).addDataType("nps_score", Score.class);
	}

	static int sendRegistered() throws SQLException {
		try (PreparedStatement promoters = connection.prepareStatement("SELECT min(score) FROM responses WHERE score >= ?")) {
			promoters.setObject(1, new Score(9));
			try (ResultSet row = promoters.executeQuery()) {
				row.next();
				return ((Score) row.getObject(1)).score();
			}
		}
	}

	public static void main(String[] arguments) throws Exception {
		queries = new BufferedReader(new InputStreamReader(System.in)).lines().map(line -> line.split("\t")).collect(Collectors.toList());
		connection = DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
		receive("received");
		send();
		insertDocumented();
		outcome("documented inserts", () -> taken());
		readDocumented();
		outcome("getInt", () -> promoters + " of " + responses);
		outcome("getObject as Integer", () -> read("SELECT score FROM responses WHERE id = 1", row -> row.getObject(1, Integer.class)));
		outcome("getInt, no answer", () -> read("SELECT score FROM responses WHERE id = 9", row -> row.getInt(1)));
		outcome("getDouble, no answer", () -> read("SELECT (nps(score)).nps FROM responses WHERE id = 9", row -> row.getDouble(1)));
		outcome("getObject as Double", () -> read("SELECT (nps(score)).nps FROM responses WHERE id = 1", row -> row.getObject(1, Double.class)));
		outcome("getObject as Double, no answer",
			() -> read("SELECT (nps(score)).nps FROM responses WHERE id = 9", row -> row.getObject(1, Double.class)));
		registerDocumented();
		receive("registered");
		outcome("a Score as parameter", () -> sendRegistered());
		connection.close();
	}
}
