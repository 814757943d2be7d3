// What a browser shows of a built dashboard; dashboard.pl starts it and knows what to expect. The argument is the
// directory. Standard input has a line a visit: width, scheme and query of the address, with tabs between. Prints JSON:
// what was seen at each visit, and what the visits did that no page should.
//
// The browser reaches this machine alone, whatever a page may ask for.
const fs = require('fs');
const path = require('path');
const {pathToFileURL} = require('url');
const {chromium} = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const directory = path.resolve(process.argv[2]);
const visits = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => line.split('\t'));

// In the page: its words, its tables, and what is wrong with how it looks.
function look() {
	const text = (node) => node?.textContent.replaceAll(/\s+/g, ' ').trim() ?? null;
	const shown = (box) => box.width > 0 && box.height > 0;
	const luminance = (colour) => {
		const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
	const panels = {};
	const overlaps = [];
	const outside = [];
	const pale = [];
	for (const panel of document.querySelectorAll('.panel')) {
		const card = getComputedStyle(panel).backgroundColor;
		const svg = panel.querySelector('.chart svg');
		panels[panel.id] = {
			title: text(panel.querySelector('h2')), score: text(panel.querySelector('.score strong')), verdict: text(panel.querySelector('.verdict')),
			lead: text(panel.querySelector('.lead')), chart: svg !== null, dots: svg?.querySelectorAll('circle').length ?? 0, named: svg?.getAttribute('aria-label') ?? null,
			shares: [...panel.querySelectorAll('.shares li')].map(text),
			rows: [...panel.querySelectorAll('tbody tr')].map((row) => [...row.cells].map(text).join('|')),
		};
		if (!svg) continue;
		const frame = panel.getBoundingClientRect();
		const boxes = [...svg.querySelectorAll('text')].filter((node) => node.textContent !== '' && !node.querySelector('text')).map((node) => [node, node.getBoundingClientRect()]).filter(([, box]) => shown(box));
		boxes.forEach(([node, box], i) => {
			if (box.left < frame.left - 1 || box.right > frame.right + 1) outside.push(`${panel.id}: ${text(node)}`);
			if (contrast(getComputedStyle(node).fill, card) < 4.5) pale.push(`${panel.id}: ${text(node)}`);
			for (const [other, its] of boxes.slice(i + 1)) {
				if (Math.min(box.right, its.right) - Math.max(box.left, its.left) > 1 && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 4)
					overlaps.push(`${panel.id}: ${text(node)} and ${text(other)}`);
			}
		});
	}
	return {
		panels, overlaps, outside, pale,
		too_wide: document.documentElement.scrollWidth > innerWidth, lang: document.documentElement.lang,
		segments: document.getElementById('segment')?.options.length ?? 0, marked_up: document.querySelectorAll('.panel b b, .panel script, option *').length,
	};
}

// The keyboard alone: to the filters, a choice in one, and where one is afterwards.
async function byKeyboard(page) {
	const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.localName);
	const way = [];
	for (let i = 0; i < 4; i++) {
		await page.keyboard.press('Tab');
		way.push(await focus());
	}
	await page.focus('#segment');
	await page.keyboard.press('ArrowDown');
	const chosen = await page.evaluate(() => [document.getElementById('segment').value, document.querySelector('#headline h2').textContent, location.search]);
	await page.focus('#by');
	await page.keyboard.press('ArrowDown');
	await page.waitForFunction(() => document.querySelector('#periods h2').textContent.includes('month'));
	return {way, chosen, focus_after: await focus(), said: await page.textContent('[aria-live]')};
}

async function saved(page, panel) {
	const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#${panel} button`)]);
	return {name: download.suggestedFilename(), content: fs.readFileSync(await download.path(), 'utf8')};
}

async function main() {
	const {serve} = await import(pathToFileURL(path.resolve('examples/dashboard/serve.js')));
	const address = await serve(directory, 0);
	const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']});
	const found = {visits: [], console: [], foreign: [], failed: []};

	for (const [width, scheme, query = ''] of visits) {
		const page = await browser.newPage({viewport: {width: Number(width), height: 900}, colorScheme: scheme, acceptDownloads: true});
		page.on('console', (message) => found.console.push(`${message.type()}: ${message.text()}`));
		page.on('pageerror', (error) => found.console.push(String(error)));
		page.on('request', (request) => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) found.foreign.push(request.url()); });
		page.on('response', (response) => { if (response.status() >= 400) found.failed.push(response.url()); });
		await page.goto(address + query);
		await page.waitForSelector('.dashboard');
		await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((chart) => chart.firstChild));
		await page.evaluate(axe);
		const violations = () => page.evaluate(async () => (await axe.run()).violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`));
		const closed = await violations();
		await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
		await page.waitForFunction(() => [...document.querySelectorAll('details')].every((part) => part.querySelector('table')));
		const seen = {...await page.evaluate(look), violations: closed};
		if (scheme === 'dark') seen.violations.push(...await violations());
		if (process.env.SCREENSHOTS) await page.screenshot({path: path.join(process.env.SCREENSHOTS, `${found.visits.length}.png`), fullPage: true});
		if (width === '1280' && query === '' && seen.segments > 1) {
			seen.keyboard = await byKeyboard(page);
			seen.csv = await saved(page, 'segments');
		}
		found.visits.push(seen);
		await page.close();
	}
	await browser.close();
	await new Promise((written) => process.stdout.write(JSON.stringify(found), written));
}

main().then(() => process.exit(0), (error) => {
	console.error(error);
	process.exit(1);
});
