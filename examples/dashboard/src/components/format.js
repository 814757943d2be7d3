// Figures and words as the page shows them; what does not exist is a dash.
const minus = (text) => text.replace('-', '−');
const exists = (figure) => figure !== null && figure !== undefined;

export const points = (figure) => exists(figure) ? minus(withoutNegativeZero(figure.toFixed(1))) : '–';
export const signed = (figure) => exists(figure) ? (figure > 0 ? '+' : '') + points(figure) : '–';
export const percent = (part, whole) => whole > 0 ? `${(100 * part / whole).toFixed(1)} %` : '–';
export const count = (figure) => exists(figure) ? figure.toLocaleString('en') : '–';
export const probability = (figure) => !exists(figure) ? '–' : figure < 0.001 ? '< 0.001' : figure.toFixed(3);
export const interval = (lower, upper) => exists(lower) ? `${points(lower)} to ${points(upper)}` : '–';
export const answers = (n) => `${count(n)} ${n === 1 ? 'answer' : 'answers'}`;

// A segment's name in the room that there is: what names have in common is often their beginning.
export function shortened(text, length) {
	if (text.length <= length) return text;
	const tail = Math.floor((length - 1) / 2);
	return `${text.slice(0, length - 1 - tail).trimEnd()}…${text.slice(text.length - tail).trimStart()}`;
}

const withoutNegativeZero = (text) => text === '-0.0' ? '0.0' : text;
