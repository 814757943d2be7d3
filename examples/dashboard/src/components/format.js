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

// A segment's name in the room that there is.
export const shortened = (text, length) => text.length > length ? `${text.slice(0, length - 1)}…` : text;

const withoutNegativeZero = (text) => text === '-0.0' ? '0.0' : text;
