// Builds the dashboard and serves it, on this machine alone; or writes it into a directory as static files.
//
//   node dashboard.js [--port N]      npm run serve
//   node dashboard.js --build DIR     npm run build -- DIR
//
// The server is that of PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE and the like; the views are those of bi_views.sql.
// DIR is replaced as a whole, when everything has succeeded; else it stays as it is, and the exit status is 1.
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {serve} from './serve.js';

const here = dirname(fileURLToPath(import.meta.url));
const mark = '_observablehq';

function fail(sentence, status = 1) {
	process.stderr.write(`dashboard: ${sentence}\n`);
	process.exit(status);
}

function argumentsOf([option, value, ...more]) {
	const port = Number(value);
	if (option === undefined) return {port: 0};
	if (option === '--build' && value && more.length === 0) return {directory: resolve(process.env.INIT_CWD ?? '.', value)};
	if (option === '--port' && Number.isInteger(port) && port > 0 && port < 65536 && more.length === 0) return {port};
	return fail('usage: node dashboard.js [--port N | --build DIR]', 2);
}

// Framework asks npm for the newest version of each library that its client could load, though this page loads none of
// them. An entry in its cache is an answer: so a build needs no network.
const unused = ['@observablehq/plot', '@observablehq/sample-datasets', 'apache-arrow', 'arquero', 'd3', 'd3-dsv', 'echarts', 'htl', 'leaflet', 'lodash',
	'mapbox-gl', 'parquet-wasm', 'react', 'react-dom', 'topojson-client'];

// Framework's own program, which leaves the page's two words to be set that it has no setting for.
function build(directory) {
	const program = join(here, 'node_modules/@observablehq/framework/dist/bin/observable.js');
	const cache = join(here, 'src/.observablehq/cache');
	rmSync(join(cache, 'data'), {recursive: true, force: true}); // what was read the last time
	for (const name of unused) mkdirSync(join(cache, '_npm', `${name}@0.0.0`), {recursive: true});
	const {status, stdout, stderr} = spawnSync(process.execPath, [program, 'build'],
		{cwd: here, encoding: 'utf8', env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: 'true', NPS_DASHBOARD_OUTPUT: directory}});
	if (status !== 0) fail(`${stdout}${stderr}`.trim());

	const page = join(directory, 'index.html');
	writeFileSync(page, readFileSync(page, 'utf8').replace('<html>', '<html lang="en">').replace(', maximum-scale=1', ''));
}

// Puts the new directory where the old one is, if that is one of ours.
function replace(directory, made) {
	const old = `${made}.old`;
	if (existsSync(directory)) renameSync(directory, old);
	chmodSync(made, 0o777 & ~process.umask()); // a temporary directory is its owner's alone
	renameSync(made, directory);
	rmSync(old, {recursive: true, force: true});
}

function checkDirectory(directory) {
	const names = existsSync(directory) ? readdirSync(directory) : [];
	if (names.length > 0 && !names.includes(mark)) fail(`${directory} holds something else than a dashboard: name a new directory, or an empty one.`);
}

const {directory, port} = argumentsOf(process.argv.slice(2));
if (directory) checkDirectory(directory);

// The rest needs what npm ci installs.
const {checkDatabase, explain} = await import('./database.js').catch(() => fail(`npm ci has to be run in ${here} first.`));
await checkDatabase().catch((error) => fail(explain(error)));

if (directory) {
	mkdirSync(dirname(directory), {recursive: true});
	const made = mkdtempSync(join(dirname(directory), `.${basename(directory)}-`));
	process.on('exit', () => rmSync(made, {recursive: true, force: true}));
	build(made);
	replace(directory, made);
	console.log(`The dashboard is in ${directory}`);
} else {
	const made = mkdtempSync(join(tmpdir(), 'nps-dashboard-'));
	process.on('exit', () => rmSync(made, {recursive: true, force: true}));
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));
	build(made);
	console.log(`The dashboard is at ${await serve(made, port)}; Ctrl-C ends it`);
}
