// Kysely, on node-postgres: scores arrive as numbers, summaries as arrays of their eleven counts. Once in a program,
// since the types' numbers differ from database to database: await registerNps(db).
import { sql } from 'kysely';
import pg from 'pg';

export async function registerNps(db) {
	const { rows } = await sql`SELECT 'nps_score'::regtype::oid AS score,
		'nps_score[]'::regtype::oid AS scores, 'nps_summary'::regtype::oid AS summary`.execute(db);
	const { score, scores, summary } = rows[0];

	pg.types.setTypeParser(score, Number);
	pg.types.setTypeParser(scores, pg.types.getTypeParser(1007)); // as an integer[]
	pg.types.setTypeParser(summary, (text) => text.slice(1, -1).split(',').map(Number));
}

// What a summary is sent as: .values({ summary: npsSummary(counts) }).
export const npsSummary = (counts) => sql`${`{${counts}}`}::nps_summary`;
