// PostGraphile 5: scores are Int, summaries JSON, an array of their eleven counts. In the preset: plugins: [NpsPlugin].
import { TYPES } from 'postgraphile/@dataplan/pg';

const codecs = {
	nps_score: { ...TYPES.int, name: 'npsScore' },
	nps_summary: { ...TYPES.json, name: 'npsSummary', fromPg: (text) => text.slice(1, -1).split(',').map(Number), toPg: (counts) => `{${counts}}` },
};
const graphqlTypes = { npsScore: 'Int', npsSummary: 'JSON' };

// The codec of a type of PostgreSQL.
function findCodec(info, event) {
	const { typname, getNamespace } = event.pgType;
	if (typname in codecs)
		event.pgCodec ??= { ...codecs[typname], sqlType: info.helpers.pgBasics.identifier(getNamespace().nspname, typname) };
}

// The type of GraphQL for a codec.
function nameTypes(init, build) {
	for (const codec of build.pgCodecMetaLookup.keys())
		if (codec.name in graphqlTypes) build.setGraphQLTypeForPgCodec(codec, ['input', 'output'], graphqlTypes[codec.name]);
	return init;
}

export const NpsPlugin = {
	name: 'NpsPlugin',
	version: '1.0.0',
	gather: { hooks: { pgCodecs_findPgCodec: { before: ['PgCodecsPlugin'], callback: findCodec } } },
	schema: { hooks: { init: nameTypes } },
};
