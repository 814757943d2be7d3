// What node-postgres receives and sends; clients.pl starts it and knows what to expect. Standard input
// has a query a line, "what<TAB>SQL". Prints lines "part | what | type | value". The server is that of
// the environment: PGHOST, PGPORT, PGUSER, PGDATABASE.
const fs = require('fs');
const pg = require('pg');

const client = new pg.Client();
const queries = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => line.split('\t'));

// A type's name, and that of what an array holds: clients.pl knows them by these.
function typeOf(value) {
	if (Array.isArray(value)) return 'Array of ' + typeOf(value.find((item) => item !== null));
	if (value === null) return 'null';
	return typeof value === 'object' ? value.constructor.name : typeof value;
}

// One way to write a value, the same in every client. A date is local midnight.
function written(value) {
	if (value === null) return 'NULL';
	if (value instanceof Date)
		return [value.getFullYear(), value.getMonth() + 1, value.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
	if (Array.isArray(value) && typeOf(value) !== 'Array of Object') return '[' + value.map(written).join(',') + ']';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function say(part, what, value) {
	console.log([part, what, typeOf(value), written(value)].join(' | '));
}

// Every query of the input, each column of its only row.
async function receive(part) {
	for (const [what, text] of queries) {
		const { fields, rows } = await client.query({ text, rowMode: 'array' });
		rows[0].forEach((value, i) => say(part, fields.length === 1 ? what : `${what}.${fields[i].name}`, value));
	}
}

// What an action gives, or the SQLSTATE of its error.
async function outcome(what, action) {
	try {
		say('sent', what, await action());
	} catch (error) {
		if (error.code === undefined) throw error;
		console.log(['sent', what, 'error', error.code].join(' | '));
	}
}

async function oneValue(text, ...values) {
	const { rows } = await client.query({ text, values, rowMode: 'array' });
	return rows[0][0];
}

function insert(score, cast = '') {
	return oneValue(`INSERT INTO answers (score) VALUES ($1${cast}) RETURNING score::integer`, score);
}

// What is in the table, which is empty again afterwards.
async function taken() {
	const { rows } = await client.query('WITH gone AS (DELETE FROM answers RETURNING id, score) SELECT score::integer FROM gone ORDER BY id');
	return rows.map((row) => row.score);
}

function howMany(condition, ...values) {
	return oneValue(`SELECT count(*)::integer FROM responses WHERE ${condition}`, ...values);
}

async function send() {
	await outcome('insert 9', () => insert(9));
	await outcome('insert 9 as smallint', () => insert(9, '::smallint'));
	await outcome('insert 9 as integer', () => insert(9, '::integer'));
	await outcome('insert 9 as bigint', () => insert(9n, '::bigint'));
	await outcome('insert nothing', () => insert(null));
	await outcome('insert 9.0', () => insert(9.0));
	await outcome('insert 9.5', () => insert(9.5));
	await outcome('insert 11', () => insert(11));
	await outcome('insert -1', () => insert(-1));
	await outcome('insert 100000', () => insert(100000));
	await outcome('insert 5000000000', () => insert(5000000000));
	await outcome('insert a string', () => insert('9'));
	await outcome('insert a string, cast', () => insert('9', '::nps_score'));
	await outcome('take what was inserted', async () => (await taken()).length);
	await outcome('array', async () => {
		await client.query('INSERT INTO answers (score) SELECT unnest($1::integer[])', [[10, null, 3]]);
		return taken();
	});
	await outcome('score >= 9', () => howMany('score >= $1', 9));
	await outcome('score >= 9 as bigint', () => howMany('score >= $1::bigint', 9));
	await outcome('score >= 11', () => howMany('score >= $1', 11));
	await outcome('score >= 11, cast', () => howMany('score >= $1::integer', 11));
	await outcome('score IN (9, 10)', () => howMany('score IN ($1, $2)', 9, 10));
	await outcome('score = ANY (9, 10)', () => howMany('score = ANY ($1)', [9, 10]));
	await outcome('COALESCE (score, 0)', () => oneValue('SELECT sum(COALESCE(score, $1))::integer FROM responses', 0));
	await outcome('COALESCE (score, 0), cast', () => oneValue('SELECT sum(COALESCE(score, $1::integer))::integer FROM responses', 0));
	await outcome('nps_category (9)', () => oneValue('SELECT nps_category($1)::text', 9));
	await outcome('nps_category (9), cast', () => oneValue('SELECT nps_category($1::integer)::text', 9));
	await outcome('nps_parse', () => oneValue('SELECT nps_parse($1)::integer', '10 - Extremely likely'));
	await outcome('eleven counts', () => oneValue('SELECT nps_responses(nps_summary($1::bigint[]))::integer', Array(11).fill(1)));
	await outcome('toISOString of 2016-06-09', async () => {
		const day = await oneValue("SELECT date '2016-06-09'");
		return day.toISOString().slice(0, 10);
	});
	await outcome('documented inserts', async () => {
		await insertDocumented();
		return taken();
	});
}

// --- doc/clients.md: insert ---

async function insertDocumented() {
	await client.query('INSERT INTO answers (score) VALUES ($1)', [9]);
	await client.query('INSERT INTO answers (score) SELECT unnest($1::integer[])', [[10, null, 3]]);
}

// --- doc/clients.md: register ---

async function registerNps(client) {
	const { rows } = await client.query(`SELECT 'nps_score'::regtype::oid AS score,
		'nps_score[]'::regtype::oid AS scores, 'nps_summary'::regtype::oid AS summary`);
	const { score, scores, summary } = rows[0];

	pg.types.setTypeParser(score, Number);
	pg.types.setTypeParser(scores, pg.types.getTypeParser(1007)); // as an integer[]
	pg.types.setTypeParser(summary, (text) => text.slice(1, -1).split(',').map(Number));
	pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts, and every other bigint
	pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text); // no time zone can move the day
}

async function main() {
	await client.connect();
	await receive('received');
	await send();
	await registerNps(client);
	await receive('registered');
	await client.end();
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
