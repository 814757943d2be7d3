// Drizzle, before and after examples/clients/nps_drizzle.mjs. What drizzle-kit does with the columns is asked by programs.pl.
import { asc, avg, gte, max, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { npsScore, npsSummary } from '../../../examples/clients/nps_drizzle.mjs';
import { ask, askAbout } from './report.mjs';

const pool = new pg.Pool();
const db = drizzle(pool);

async function tell(when, score, summary) {
	const id = () => bigint({ mode: 'number' }).generatedAlwaysAsIdentity();
	const answers = pgTable('answers', { id: id(), score: score() });
	const written = pgTable('written', { id: id(), score: score() });
	const daily = pgTable('daily', { id: id(), summary: summary() });

	const rows = await db.select({ score: answers.score }).from(answers).orderBy(asc(answers.id));
	await askAbout('Drizzle', when, rows.map((row) => row.score));
	for (const number of [8, 11]) {
		await ask('Drizzle', when, `write ${number}`, async () =>
			Number((await db.insert(written).values({ score: number }).returning())[0].score));
	}
	await ask('Drizzle', when, 'summary', async () => (await db.select().from(daily).orderBy(asc(daily.id)).limit(1))[0].summary);
	await ask('Drizzle', when, 'write a summary', async () =>
		(await db.insert(daily).values({ summary: Array(11).fill(1) }).returning())[0].summary);
	await ask('Drizzle', when, 'score >= 9', async () => (await db.select().from(answers).where(gte(answers.score, 9))).length);
	await ask('Drizzle', when, 'greatest', async () => (await db.select({ greatest: max(answers.score) }).from(answers))[0].greatest);
	await ask('Drizzle', when, 'average', async () => Number((await db.select({ average: avg(answers.score) }).from(answers))[0].average));
	await ask('Drizzle', when, 'aggregate', async () =>
		(await db.select({ counts: sql`nps_agg(${answers.score})`.mapWith(daily.summary) }).from(answers))[0].counts);
}

await tell('before', text, text);
await tell('after', npsScore, npsSummary);
await pool.end();
