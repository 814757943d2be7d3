// Drizzle: columns of scores and summaries, score: npsScore() and summary: npsSummary().
import { customType } from 'drizzle-orm/pg-core';

export const npsScore = customType({
	dataType: () => 'nps_score',
	fromDriver: Number,
});

export const npsSummary = customType({
	dataType: () => 'nps_summary',
	fromDriver: (text) => text.slice(1, -1).split(',').map(Number),
	toDriver: (counts) => `{${counts}}`,
});
