// What the dashboard asks of PostgreSQL: the views of bi_views.sql, through node-postgres. Every figure and every
// word of judgement comes from the extension; the page only chooses among the rows.
import pg from 'pg';

const views = ['nps_answers', 'nps_latest', 'nps_quarterly', 'nps_monthly', 'nps_rolling', 'nps_quarterly_by_segment', 'nps_monthly_by_segment'];

// A user's mistake, already in words.
class Mistake extends Error {}

// One sentence for whatever went wrong.
export function explain(error) {
	if (error instanceof Mistake) return error.message;
	const cause = error.errors?.[0] ?? error; // one of several addresses of a host
	const server = `PostgreSQL at ${process.env.PGHOST ?? 'localhost'}`;
	return cause.severity === undefined || cause.severity === 'FATAL'
		? `Cannot connect to ${server}: ${cause.message || cause.code}. PGHOST, PGPORT, PGUSER and PGDATABASE choose another.`
		: `${server} refused a query: ${cause.message}.`;
}

// Runs an action in one read-only transaction, in which everything is of the same moment.
async function connected(action) {
	const client = new pg.Client({connectionTimeoutMillis: 10_000, application_name: 'nps dashboard'});
	client.on('error', () => {}); // the query that is under way reports it
	await client.connect();
	try {
		await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
		await check(client);
		return await action(client);
	} finally {
		await client.end();
	}
}

async function check(client) {
	const {rows: [{extension, database, missing}]} = await client.query(
		`SELECT current_database() AS database,
			(SELECT count(*) FROM pg_extension WHERE extname = 'nps') > 0 AS extension,
			(SELECT array_agg(name) FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL) AS missing`, [views]);
	if (!extension) throw new Mistake(`The database "${database}" lacks the extension nps: CREATE EXTENSION nps.`);
	if (missing) throw new Mistake(`The database "${database}" lacks the view ${missing[0]}: psql -v responses=... -f bi_views.sql makes it.`);
}

// Is everything there that a build needs?
export const checkDatabase = () => connected(async () => {});

// Scores to six decimals, so that rounding them once more changes nothing; what is beside them to fewer.
const rounded = (figure, name, digits) => `round(${figure}::numeric, ${digits})::double precision AS ${name}`;
const scoreOf = (row) => [rounded(`${row}nps`, 'nps', 6), rounded(`${row}ci_lower`, 'ci_lower', 3), rounded(`${row}ci_upper`, 'ci_upper', 3)].join(', ');
const changeOf = (change, lower, upper, p) => [rounded(change, 'change', 6), rounded(lower, 'change_ci_lower', 3), rounded(upper, 'change_ci_upper', 3),
	rounded(p, 'change_p_value', 5)].join(', ');

// Quarters and months, of everybody (segment NULL) and of each segment.
const series = ['quarter', 'month'].flatMap((kind) => [[kind, '', 'NULL'], [kind, '_by_segment', 'segment']]).map(([kind, suffix, segment]) => `
	SELECT '${kind}' AS kind, ${segment}::text AS segment, label, is_complete, ${scoreOf('')},
		responses, promoters, passives, detractors, ${changeOf('change', 'change_ci_lower', 'change_ci_upper', 'change_p_value')}, verdict
	FROM nps_${kind}ly${suffix}`).join('\nUNION ALL') + '\nORDER BY kind, segment NULLS FIRST, label';

// The whole time, years and quarters, of everybody and of each segment, to choose from: score, eleven counts, change
// against the year or quarter before, what is said of the target, and of each of five segments or more the score drawn
// towards the whole.
const pools = `
WITH quarters AS (
	SELECT date_trunc('quarter', day::timestamp) AS quarter, segment, nps_agg(score) AS summary
	FROM nps_answers GROUP BY 1, 2
), summaries AS (
	SELECT kind, start, segment, nps_agg(summary) AS summary
	FROM quarters
	CROSS JOIN LATERAL (VALUES ('all', NULL::timestamp), ('year', date_trunc('year', quarter)), ('quarter', quarter)) AS periods (kind, start)
	GROUP BY GROUPING SETS ((kind, start), (kind, start, segment))
), with_before AS (
	SELECT *, CASE kind
			WHEN 'year' THEN nps_agg(summary) OVER (of_segment RANGE BETWEEN '1 year' PRECEDING AND '1 year' PRECEDING)
			WHEN 'quarter' THEN nps_agg(summary) OVER (of_segment RANGE BETWEEN '3 months' PRECEDING AND '3 months' PRECEDING)
		END AS summary_before
	FROM summaries
	WINDOW of_segment AS (PARTITION BY kind, segment ORDER BY start)
), wholes AS (
	SELECT kind, start, nps_agg(summary) FILTER (WHERE segment IS NULL) AS whole, nps_heterogeneity(summary) FILTER (WHERE segment IS NOT NULL) AS among
	FROM summaries GROUP BY 1, 2
)
SELECT kind, segment,
	CASE kind WHEN 'year' THEN to_char(start, 'YYYY') WHEN 'quarter' THEN to_char(start, 'YYYY"Q"Q') ELSE 'all time' END AS label,
	kind = 'all' OR start + CASE kind WHEN 'year' THEN interval '1 year' ELSE interval '3 months' END <= current_date AS is_complete,
	${scoreOf('result.')},
	result.responses::integer, result.promoters::integer, result.passives::integer, result.detractors::integer, array_to_json(nps_counts(summary)) AS counts,
	${rounded('shrunk.nps', 'shrunk', 6)}, ${rounded('shrunk.ci_lower', 'shrunk_ci_lower', 3)}, ${rounded('shrunk.ci_upper', 'shrunk_ci_upper', 3)},
	${changeOf('test.difference', 'test.ci_lower', 'test.ci_upper', 'test.p_value')},
	CASE WHEN test.p_value IS NULL THEN 'nothing to compare'
		WHEN NOT test.significant THEN 'no clear change'
		WHEN test.difference > 0 THEN 'higher'
		ELSE 'lower'
	END AS verdict,
	CASE WHEN target IS NULL OR target_test.p_value IS NULL THEN NULL
		WHEN NOT target_test.significant THEN 'not clearly off target'
		WHEN target_test.difference > 0 THEN 'above target'
		ELSE 'below target'
	END AS target_verdict
FROM (SELECT with_before.*, whole, among FROM with_before JOIN wholes ON wholes.kind = with_before.kind AND wholes.start IS NOT DISTINCT FROM with_before.start) AS rows
CROSS JOIN (SELECT (SELECT target FROM nps_latest) AS target) AS targets
CROSS JOIN nps_estimate(summary) AS result
CROSS JOIN nps_test(summary, summary_before) AS test
CROSS JOIN nps_test(summary, target) AS target_test
CROSS JOIN nps_shrink(summary, whole, CASE WHEN segment IS NOT NULL AND (among).segments >= 5 THEN (among).prior_responses END) AS shrunk
ORDER BY kind, start, segment NULLS FIRST`;

// The 90 days up to each day: of everybody every day, of each segment as many days as make some ten thousand rows.
const rolling = `
WITH days AS (
	SELECT day, segment, nps_agg(score) AS summary FROM nps_answers GROUP BY 1, 2
), segments AS (
	SELECT DISTINCT segment FROM days
), span AS (
	SELECT min(day) AS first, max(day) AS last, ceil((max(day) - min(day) + 1) * (SELECT count(*) FROM segments) / 40000.0)::integer AS step FROM days
), calendar AS (
	SELECT last - n * step AS day FROM span, generate_series(0, (last - first) / step) AS n
), windows AS (
	SELECT segment, day, is_point, nps_agg(summary) OVER (PARTITION BY segment ORDER BY day RANGE BETWEEN '89 days' PRECEDING AND CURRENT ROW) AS summary
	FROM (SELECT segment, day, summary, false AS is_point FROM days
		UNION ALL SELECT segment, day, NULL, true FROM calendar, segments) AS all_days
)
SELECT NULL::text AS segment, to_char(day, 'YYYY-MM-DD') AS day, ${scoreOf('')}, responses FROM nps_rolling
UNION ALL
SELECT segment, to_char(day, 'YYYY-MM-DD'), ${scoreOf('(result).')}, (result).responses::integer
FROM (SELECT segment, day, nps_estimate(summary) AS result FROM windows WHERE is_point) AS points
ORDER BY segment NULLS FIRST, day`;

const latest = `SELECT label, to_char(period_end, 'YYYY-MM-DD') AS period_end, target,
	to_char(now(), 'YYYY-MM-DD HH24:MI TZ') AS read_at FROM (SELECT 1) AS one LEFT JOIN nps_latest ON true`;

// A table as the names of its columns, its rows, and the words of each column of text, for which a number stands in the
// rows: a third of the same as objects.
async function table(client, text) {
	const {fields, rows} = await client.query({text, rowMode: 'array'});
	const words = {};
	fields.forEach(({name, dataTypeID}, i) => {
		if (dataTypeID !== pg.types.builtins.TEXT) return;
		const numbers = new Map([...new Set([null, ...rows.map((row) => row[i])])].map((word, n) => [word, n]));
		words[name] = [...numbers.keys()];
		for (const row of rows) row[i] = numbers.get(row[i]);
	});
	return {columns: fields.map(({name}) => name), words, rows};
}

// All that the page shows.
export const read = () => connected(async (client) => ({
	latest: (await client.query(latest)).rows[0],
	series: await table(client, series),
	pools: await table(client, pools),
	rolling: await table(client, rolling),
}));
