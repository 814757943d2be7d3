// Kysely, before and after examples/clients/nps_kysely.mjs.
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { npsSummary, registerNps } from '../../../examples/clients/nps_kysely.mjs';
import { ask, askAbout } from './report.mjs';

const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });

const insert = async (table, values, column) =>
	(await db.insertInto(table).values(values).returning(column).executeTakeFirstOrThrow())[column];

async function tell(when, summary) {
	const answers = await db.selectFrom('answers').select('score').orderBy('id').execute();
	await askAbout('Kysely', when, answers.map((row) => row.score));
	for (const score of [8, 11]) {
		await ask('Kysely', when, `write ${score}`, async () => Number(await insert('written', { score }, 'score')));
	}
	await ask('Kysely', when, 'summary', async () => (await db.selectFrom('daily').select('summary').executeTakeFirst()).summary);
	await ask('Kysely', when, 'write a summary', () => insert('daily', { summary: summary(Array(11).fill(1)) }, 'summary'));
	await ask('Kysely', when, 'score >= 9', async () => (await db.selectFrom('answers').select('id').where('score', '>=', 9).execute()).length);
	await ask('Kysely', when, 'greatest', async () =>
		(await db.selectFrom('answers').select((e) => e.fn.max('score').as('greatest')).executeTakeFirst()).greatest);
	await ask('Kysely', when, 'array', async () => (await sql`SELECT array_agg(score ORDER BY id) AS scores FROM answers`.execute(db)).rows[0].scores);
}

await tell('before', (counts) => counts);
await registerNps(db);
await tell('after', npsSummary);
await db.destroy();
