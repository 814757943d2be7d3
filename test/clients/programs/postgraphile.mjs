// PostGraphile, before and after examples/clients/nps_postgraphile.mjs.
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafast } from 'postgraphile/grafast';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { NpsPlugin } from '../../../examples/clients/nps_postgraphile.mjs';
import { ask, askAbout } from './report.mjs';

const { PGHOST: host, PGPORT: port, PGUSER: user, PGDATABASE: database } = process.env;
const pgServices = [makePgService({ connectionString: `postgres:///${database}?host=${host}&port=${port}&user=${user}`, schemas: ['public'] })];

// It tells at length on the console which types it does not know.
console.warn = console.error = () => {};

async function tell(when, plugins) {
	const { schema, resolvedPreset } = await postgraphile({ extends: [PostGraphileAmberPreset], plugins, pgServices }).getSchemaResult();

	async function result(source) {
		const { data, errors } = await grafast({ schema, resolvedPreset, requestContext: {}, source });
		if (errors) throw errors[0].originalError ?? errors[0];
		return data;
	}

	const scores = await result('{ allAnswers(orderBy: PRIMARY_KEY_ASC) { nodes { score } } }')
		.then((data) => data.allAnswers.nodes.map((node) => node.score), () => undefined);
	await askAbout('PostGraphile', when, scores);
	for (const score of [8, 11]) {
		await ask('PostGraphile', when, `write ${score}`, async () =>
			(await result(`mutation { createWritten(input: {written: {score: ${score}}}) { written { score } } }`)).createWritten.written.score);
	}
	await ask('PostGraphile', when, 'summary', async () => (await result('{ allDailies { nodes { summary } } }')).allDailies.nodes[0].summary);
	await ask('PostGraphile', when, 'write a summary', async () =>
		(await result(`mutation { createDaily(input: {daily: {summary: [${Array(11).fill(1)}]}}) { daily { summary } } }`)).createDaily.daily.summary);
	await ask('PostGraphile', when, 'schema tool', () => String(schema.getType('Answer').getFields().score?.type ?? 'no field'));
}

await tell('before', []);
await tell('after', [NpsPlugin]);
process.exit();
