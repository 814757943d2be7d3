import {element} from './dom.js';

// A cell as RFC 4180 wants it. Text that a spreadsheet would take for a formula gets an apostrophe before it.
function cell(value) {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(columns, rows) {
	return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}

// A button that saves the rows as they are, unrounded.
export function download(name, columns, rows, what) {
	return element('button', {
		type: 'button',
		'aria-label': `Download ${what} as CSV`,
		onclick() {
			const address = URL.createObjectURL(new Blob(['\ufeff', csv(columns, rows)], {type: 'text/csv;charset=utf-8'}));
			element('a', {href: address, download: `${name}.csv`}).click();
			setTimeout(() => URL.revokeObjectURL(address), 1000);
		},
	}, 'CSV');
}
