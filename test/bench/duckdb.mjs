// The benchmarks' questions put to DuckDB, on bench.csv: median and minimum of the rounds in milliseconds.
import { DuckDBInstance } from '@duckdb/node-api';

const rounds = Number(process.argv[2]);
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await connection.run("CREATE TABLE bench AS SELECT * FROM read_csv('bench.csv', columns = {'day': 'DATE', 'segment': 'INTEGER', 'score': 'TINYINT'})");

const formula = `100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score),
	count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score BETWEEN 7 AND 8), count(*) FILTER (WHERE score <= 6), count(score)`;
const queries = {
	all: `SELECT ${formula} FROM bench`,
	segments: `SELECT segment, ${formula} FROM bench GROUP BY 1`,
	quarters: `SELECT date_trunc('quarter', day), ${formula} FROM bench GROUP BY 1`,
};

for (const [name, query] of Object.entries(queries)) {
	const times = [];
	for (let round = 0; round <= rounds; round++) {
		const start = performance.now();
		await (await connection.runAndReadAll(query)).getRows();
		times.push(performance.now() - start);
	}
	times.shift(); // the one that warms up
	times.sort((a, b) => a - b);
	console.log(name, times[Math.floor((times.length - 1) / 2)].toFixed(3), times[0].toFixed(3));
}
