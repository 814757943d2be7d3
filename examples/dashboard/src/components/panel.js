// A part of the page: heading, what it says in one sentence, a chart or a word instead, its figures as a table and as CSV.
import {element} from './dom.js';
import {download} from './csv.js';

// The chart is drawn for the width that there is, and anew where that changes. A tall one scrolls, by keyboard, too.
function drawing(chart, description, tall, title) {
	const host = element('div', {class: 'chart', ...(tall ? {tabindex: 0, role: 'region', 'aria-label': `${title}, chart`} : {})});
	let drawn = 0;
	new ResizeObserver(([{contentRect: {width}}]) => {
		if (width === 0 || Math.abs(width - drawn) < 1) return;
		drawn = width;
		const svg = chart(Math.floor(width));
		svg.setAttribute('role', 'img');
		for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label'); // a picture is one thing
		svg.setAttribute('aria-label', description);
		host.replaceChildren(svg);
	}).observe(host);
	return host;
}

// columns: a list of [heading, name in the rows, how to write it].
function tableOf(caption, columns, rows) {
	const head = element('thead', {}, element('tr', {}, columns.map(([heading]) => element('th', {scope: 'col'}, heading))));
	const body = element('tbody', {}, rows.map((row) => element('tr', {}, columns.map(([, name, write], i) =>
		element(i === 0 ? 'th' : 'td', i === 0 ? {scope: 'row'} : {}, write ? write(row[name], row) : String(row[name] ?? '–'))))));
	return element('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${caption}, table`},
		element('table', {}, element('caption', {}, caption), head, body));
}

// What is made when it is first opened: tables may have thousands of rows.
function opened(title, make) {
	const details = element('details', {}, element('summary', {}, title));
	details.addEventListener('toggle', () => details.append(make()), {once: true});
	return details;
}

export function panel({id, title, lead, controls, chart, legend, columns, rows, csvColumns, file, tall = false}) {
	const heading = `${id}-title`;
	return element('section', {id, class: 'panel', 'aria-labelledby': heading},
		element('header', {}, element('h2', {id: heading}, title), controls,
			rows.length > 0 ? download(file, csvColumns, rows, title) : null),
		element('p', {class: 'lead'}, lead),
		chart ? element('figure', {}, drawing(chart, `${title}. ${lead}`, tall, title), legend ? element('figcaption', {}, legend) : null) : null,
		rows.length > 0 ? opened('Figures as a table', () => tableOf(title, columns, rows)) : null);
}

// A mark with what it means.
export const key = (kind, meaning) => element('span', {class: 'key'}, element('i', {class: kind, 'aria-hidden': 'true'}), meaning);
