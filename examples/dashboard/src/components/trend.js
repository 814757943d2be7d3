// Scores over time in the band of their intervals: by quarter or month, and the trailing 90 days.
import * as Plot from '@observablehq/plot';
import {answers, count, interval, points, probability, signed} from './format.js';
import {key, panel} from './panel.js';

const months = {quarter: 3, month: 1};
const few = 30;
const margin = {left: 36, right: 80};

const date = (text) => new Date(`${text}T00:00:00Z`);
const isClear = (row) => row.verdict === 'higher' || row.verdict === 'lower';

// Periods without any row have one without figures: a line must not bridge them.
function withHoles(rows, kind) {
	const found = new Map(rows.map((row) => [row.start, row]));
	const all = [];
	for (const day = date(rows[0].start), last = date(rows.at(-1).start); day <= last; day.setUTCMonth(day.getUTCMonth() + months[kind])) {
		const start = day.toISOString().slice(0, 10);
		all.push({...(found.get(start) ?? {start, nps: null, ci_lower: null, ci_upper: null, responses: 0}), date: new Date(day)});
	}
	return all;
}

// From -100 to 100 at most, always with zero, and with room for what is drawn.
function domain(rows, target) {
	const figures = rows.filter((row) => row.nps !== null).flatMap((row) => [row.ci_lower, row.ci_upper]).concat(0, target ?? 0);
	return [Math.max(-100, Math.floor(Math.min(...figures) / 10) * 10 - 5), Math.min(100, Math.ceil(Math.max(...figures) / 10) * 10 + 5)];
}

function frame(width, rows, target, marks) {
	return Plot.plot({
		width, height: Math.round(Math.min(400, Math.max(260, width / 2.4))),
		marginLeft: margin.left, marginRight: margin.right, marginTop: 24, marginBottom: 32,
		style: {fontSize: '13px', background: 'none', color: 'var(--ink)', overflow: 'visible'},
		x: {type: 'utc', label: null, ticks: Math.max(2, Math.floor(width / 110)), tickSize: 0},
		y: {domain: domain(rows, target), label: null, ticks: 6, tickFormat: (figure) => points(figure).replace('.0', ''), tickSize: 0},
		marks: [
			Plot.gridY({stroke: 'var(--line)', strokeOpacity: 1, ticks: 6}),
			Plot.ruleY([0], {stroke: 'var(--soft)'}),
			target === null ? null : Plot.ruleY([target], {stroke: 'var(--target)', strokeWidth: 1.5, strokeDasharray: '6 4'}),
			target === null ? null : Plot.text([`target ${points(target)}`], {y: target, frameAnchor: 'left', dy: -8, dx: 4, fill: 'var(--target)', stroke: 'var(--card)', strokeWidth: 4}),
			...marks],
	});
}

// The last score, large, at the end of its line, and what it is of.
function ending({nps, label}) {
	const place = {y: [nps], frameAnchor: 'right', textAnchor: 'start', dx: 11};
	return [
		Plot.text([points(nps)], {...place, fontSize: 19, fontWeight: 700, fill: 'var(--ink)'}),
		label ? Plot.text([label], {...place, dy: 17, fontSize: 12, fill: 'var(--soft)'}) : null,
	];
}

function tooltip(rows, text) {
	return Plot.tip(rows, Plot.pointerX({x: 'date', y: 'nps', title: text, fill: 'var(--card)', stroke: 'var(--line)'}));
}

// Those rows that stand apart enough for a text each, the last one first.
function apart(rows, pixels) {
	return rows.reduceRight((shown, row) => shown.length === 0 || pixels(shown.at(-1).date - row.date) >= 48 ? [...shown, row] : shown, []);
}

// A triangle that points where the score went, with the change beside it; that of the last one leaves room for its score.
function clearChanges(scored, width) {
	const last = scored.at(-1);
	const labelled = new Set(apart(scored.filter(isClear), (time) => time / (last.date - scored[0].date) * (width - margin.left - margin.right)));
	return [['higher', 0, -18], ['lower', 180, 18]].flatMap(([verdict, rotate, dy]) => {
		const rows = scored.filter((row) => row.verdict === verdict);
		const texts = rows.filter((row) => labelled.has(row));
		const style = {x: 'date', y: 'nps', text: (row) => signed(row.change), dy, fill: `var(--${verdict})`, fontWeight: 600, stroke: 'var(--card)', strokeWidth: 4};
		return [
			Plot.dot(rows, {x: 'date', y: 'nps', symbol: 'triangle', rotate, r: 7, fill: `var(--${verdict})`, stroke: 'var(--card)', strokeWidth: 1.5}),
			Plot.text(texts.filter((row) => row !== last), style),
			Plot.text(texts.filter((row) => row === last), {...style, textAnchor: 'end', dx: 6}),
		];
	});
}

function periodChart(rows, kind, target) {
	const all = withHoles(rows, kind);
	const scored = all.filter((row) => row.nps !== null);
	const complete = all.map((row) => row.is_complete === false ? {...row, nps: null, ci_lower: null, ci_upper: null} : row);
	const running = scored.filter((row) => !row.is_complete);
	const last = scored.filter((row) => row.is_complete);
	return (width) => frame(width, scored, target, [
		Plot.areaY(complete, {x: 'date', y1: 'ci_lower', y2: 'ci_upper', fill: 'var(--accent)', fillOpacity: 0.16, curve: 'linear'}),
		scored.length <= 60 ? Plot.ruleX(scored, {x: 'date', y1: 'ci_lower', y2: 'ci_upper', stroke: 'var(--accent)', strokeOpacity: 0.45}) : null,
		Plot.lineY(complete, {x: 'date', y: 'nps', stroke: 'var(--accent)', strokeWidth: 2.25}),
		Plot.dot(scored, {x: 'date', y: 'nps', r: scored.length > 60 ? 2 : 4, stroke: 'var(--accent)', strokeWidth: 2,
			fill: (row) => row.responses < few || !row.is_complete ? 'var(--card)' : 'var(--accent)'}),
		...clearChanges(scored, width),
		...ending((last.length > 0 ? last : running).at(-1)),
		tooltip(scored, (row) => `${row.label}: ${points(row.nps)}\n95 %: ${interval(row.ci_lower, row.ci_upper)}\n${answers(row.responses)}`
			+ (isClear(row) ? `\n${row.verdict}: ${signed(row.change)}, p ${probability(row.change_p_value)}` : '') + (row.is_complete ? '' : '\nstill running')),
	]);
}

const lower = (text) => text[0].toLowerCase() + text.slice(1);

// What the chart says, for those who do not see it, too.
function summary(scored, kind) {
	const last = scored.filter((row) => row.is_complete).at(-1);
	const clear = scored.filter(isClear);
	const running = scored.find((row) => !row.is_complete);
	const words = [];
	if (scored.length === 1) words.push(`Only one ${kind} has answers so far.`);
	if (last) words.push(`${last.label}: ${points(last.nps)}, 95 % interval ${interval(last.ci_lower, last.ci_upper)}, from ${answers(last.responses)}.`);
	if (scored.length > 1) {
		words.push(clear.length === 0 ? `No ${kind} differs clearly from the one before.`
			: clear.length <= 6 ? `Clear changes: ${clear.map((row) => `${row.label} ${lower(row.verdict)} by ${points(Math.abs(row.change))}`).join(', ')}.`
			: `${clear.length} of ${scored.length} ${kind}s differ clearly from the one before.`);
	}
	if (running) words.push(`${running.label} is still running: ${points(running.nps)} from ${answers(running.responses)} so far.`);
	return words.join(' ');
}

const figures = [['NPS', 'nps', points], ['95 % interval', 'ci_lower', (_, row) => interval(row.ci_lower, row.ci_upper)], ['n', 'responses', count]];

export function periodPanel(rows, {kind, target, controls, who, file}) {
	const scored = rows.filter((row) => row.responses > 0);
	return panel({
		id: 'periods', title: `Score by ${kind}${who}`, controls, rows, file,
		lead: scored.length === 0 ? 'No answers here.' : summary(scored, kind),
		chart: scored.length > 1 ? periodChart(rows, kind, target) : null,
		legend: [key('dot', 'score'), key('band', '95 % interval'), key('hollow', `fewer than ${few} answers, or still running`),
			key('up', 'clearly higher than before'), key('down', 'clearly lower'), target === null ? '' : key('dash', 'target')],
		columns: [[kind === 'quarter' ? 'Quarter' : 'Month', 'label', (label, row) => label + (row.is_complete ? '' : ' (running)')], ...figures,
			['Change', 'change', signed], ['p', 'change_p_value', probability], ['Verdict', 'verdict']],
		csvColumns: ['label', 'start', 'is_complete', 'nps', 'ci_lower', 'ci_upper', 'responses', 'promoters', 'passives', 'detractors',
			'change', 'change_ci_lower', 'change_ci_upper', 'change_p_value', 'verdict'],
	});
}

export function rollingPanel(days, {target, who, file}) {
	const rows = days.map((row) => ({...row, date: date(row.day)}));
	const scored = rows.filter((row) => row.nps !== null);
	const last = scored.at(-1);
	const step = rows.length > 1 ? Math.round((rows[1].date - rows[0].date) / 86_400_000) : 1;
	return panel({
		id: 'rolling', title: `Trailing 90 days${who}`, rows: scored, file,
		lead: !last ? 'No answers here.'
			: `Up to ${last.day}: ${points(last.nps)}, 95 % interval ${interval(last.ci_lower, last.ci_upper)}, from ${answers(last.responses)}.`
				+ (scored.length === 1 ? ' Only one day so far.' : step > 1 ? ` A point every ${step} days.` : ''),
		chart: scored.length > 1 ? (width) => frame(width, scored, target, [
			Plot.areaY(rows, {x: 'date', y1: 'ci_lower', y2: 'ci_upper', fill: 'var(--accent)', fillOpacity: 0.16, curve: 'linear'}),
			Plot.lineY(rows, {x: 'date', y: 'nps', stroke: 'var(--accent)', strokeWidth: 1.75}),
			Plot.dot([last], {x: 'date', y: 'nps', r: 4, fill: 'var(--accent)'}),
			...ending(last),
			tooltip(scored, (row) => `90 days to ${row.day}: ${points(row.nps)}\n95 %: ${interval(row.ci_lower, row.ci_upper)}\n${answers(row.responses)}`),
		]) : null,
		columns: [['Up to', 'day'], ...figures],
		csvColumns: ['day', 'nps', 'ci_lower', 'ci_upper', 'responses'],
	});
}
