// The tables of nps.json as objects, found by what they are about.
const everybody = null;

function objects({columns, words, rows}) {
	return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, words[column] ? words[column][row[i]] : row[i]])));
}

function grouped(rows, key) {
	const groups = new Map();
	for (const row of rows) {
		const name = key(row);
		if (!groups.has(name)) groups.set(name, []);
		groups.get(name).push(row);
	}
	return groups;
}

// The first day of 2018Q3 or of 2018-09.
function startOf(label) {
	const [, year, quarter] = label.match(/^(\d+)Q(\d)$/) ?? [];
	return quarter ? `${year}-${String(3 * quarter - 2).padStart(2, '0')}-01` : `${label}-01`;
}

export function survey({latest, series, pools, rolling}) {
	const bySeries = grouped(objects(series).map((row) => ({...row, start: startOf(row.label)})), (row) => JSON.stringify([row.kind, row.segment]));
	const byPeriod = grouped(objects(pools), (row) => row.label);
	const byDays = grouped(objects(rolling), (row) => row.segment);
	const pool = (label, segment) => byPeriod.get(label)?.find((row) => row.segment === segment);
	const periods = (kind, segment) => bySeries.get(JSON.stringify([kind, segment])) ?? [];

	return {
		readAt: latest.read_at,
		target: latest.target,
		segments: (byPeriod.get('all time') ?? []).map((row) => row.segment).filter((segment) => segment !== everybody),
		years: [...byPeriod.keys()].filter((label) => /^\d+$/.test(label)).reverse(),
		quarters: periods('quarter', everybody).map((row) => row.label).reverse(),
		total: pool('all time', everybody),
		shrinks: objects(pools).some((row) => row.shrunk !== null),
		pool,
		periods,

		// One period and segment with all that is known of it; what the view says of a quarter is the last word.
		row: (label, segment) => ({...pool(label, segment), ...periods('quarter', segment).find((row) => row.label === label)}),

		// The last complete quarter that has responses.
		latestQuarter: (segment) => periods('quarter', segment).filter((row) => row.is_complete && row.responses > 0).at(-1)?.label,

		// The segments of a period.
		ranking: (label) => (byPeriod.get(label) ?? []).filter((row) => row.segment !== everybody),

		days: (segment) => byDays.get(segment) ?? [],
	};
}
