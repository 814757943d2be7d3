// Segments side by side, and how often each answer was given.
import * as Plot from '@observablehq/plot';
import {element} from './dom.js';
import {answers, count, interval, percent, points, shortened} from './format.js';
import {key, panel} from './panel.js';

const few = 30;
const byName = (a, b) => a.segment.localeCompare(b.segment, 'en', {numeric: true});
const down = (name) => (a, b) => (b[name] ?? -101) - (a[name] ?? -101) || byName(a, b);
export const orders = {score: ['Score', down('nps')], shrunk: ['Shrunk score', down('shrunk')], answers: ['Answers', down('responses')], name: ['Name', byName]};

function rankingChart(rows, total, target) {
	return (width) => {
		const letters = Math.floor(Math.min(40, 0.3 * width / 7.5));
		const longest = Math.min(letters, Math.max(...rows.map((row) => row.segment.length)));
		const ticks = width < 500 ? [-100, 0, 100] : [-100, -50, 0, 50, 100];
		const names = new Map(rows.map((row) => [row.segment, shortened(row.segment, letters)]));
		return Plot.plot({
			width, height: 58 + 28 * rows.length,
			marginLeft: 14 + 7.8 * longest, marginRight: 120, marginTop: 30, marginBottom: 28,
			style: {fontSize: '13px', background: 'none', color: 'var(--ink)', overflow: 'visible'},
			x: {domain: [-100, 100], label: null, tickSize: 0, ticks, tickFormat: (figure) => points(figure).replace('.0', '')},
			y: {domain: rows.map((row) => row.segment), type: 'band', label: null, tickSize: 0, tickFormat: (name) => names.get(name)},
			marks: [
				Plot.gridX({stroke: 'var(--line)', strokeOpacity: 1, ticks}),
				Plot.ruleX([0], {stroke: 'var(--soft)'}),
				total?.nps === null || total === undefined ? null : Plot.ruleX([total.nps], {stroke: 'var(--accent)', strokeOpacity: 0.6}),
				total?.nps === null || total === undefined ? null : Plot.text([`all ${points(total.nps)}`], {x: total.nps, frameAnchor: 'top', dy: -14, fill: 'var(--accent-text)'}),
				target === null ? null : Plot.ruleX([target], {stroke: 'var(--target)', strokeDasharray: '6 4'}),
				Plot.ruleY(rows, {y: 'segment', x1: 'ci_lower', x2: 'ci_upper', stroke: 'var(--accent)', strokeOpacity: 0.45, strokeWidth: 3}),
				Plot.dot(rows.filter((row) => row.nps !== null), {y: 'segment', x: 'nps', r: 5, stroke: 'var(--accent)', strokeWidth: 2,
					fill: (row) => row.responses < few ? 'var(--card)' : 'var(--accent)'}),
				Plot.tickX(rows.filter((row) => exists(row.shrunk)), {y: 'segment', x: 'shrunk', stroke: 'var(--ink)', strokeWidth: 2, insetTop: 5, insetBottom: 5}),
				Plot.text(rows, {y: 'segment', frameAnchor: 'right', textAnchor: 'start', dx: 12, fill: 'var(--ink)',
					text: (row) => row.responses > 0 ? `${points(row.nps)}  n=${count(row.responses)}` : 'no answers'}),
				Plot.tip(rows, Plot.pointerY({y: 'segment', x: 'nps', fill: 'var(--card)', stroke: 'var(--line)',
					title: (row) => `${row.segment}: ${points(row.nps)}\n95 %: ${interval(row.ci_lower, row.ci_upper)}\n${answers(row.responses)}`
						+ (exists(row.shrunk) ? `\nshrunk: ${points(row.shrunk)}` : '')})),
			],
		});
	};
}

const exists = (figure) => figure !== null && figure !== undefined;

function lead(rows, total) {
	const scored = rows.filter((row) => row.responses > 0).sort(orders.score[1]);
	if (scored.length === 0) return 'No answers here.';
	if (scored.length === 1) return `Only one segment has answers: ${scored[0].segment}, ${points(scored[0].nps)} from ${answers(scored[0].responses)}.`;
	const solid = scored.filter((row) => row.responses >= few);
	const clear = scored.filter((row) => row.ci_lower > total.nps || row.ci_upper < total.nps);
	const reach = (rows) => `from ${points(rows.at(-1).nps)}, ${rows.at(-1).segment}, to ${points(rows[0].nps)}, ${rows[0].segment}`;
	return `${scored.length} segments, ` + (solid.length === scored.length || solid.length < 2 ? reach(scored) : `${solid.length} with ${few} answers or more: ${reach(solid)}`)
		+ `. All together ${points(total.nps)}: ` + (clear.length === 0 ? 'the interval of each reaches over that.' : `the intervals of ${clear.length} lie off that.`);
}

export function rankingPanel(rows, {order, total, target, controls, when, file}) {
	const sorted = rows.toSorted?.(orders[order][1]) ?? [...rows].sort(orders[order][1]);
	const scored = sorted.filter((row) => row.responses > 0);
	const shrunk = rows.some((row) => exists(row.shrunk));
	return panel({
		id: 'segments', title: `Segments${when}`, controls: scored.length > 1 ? controls : null, rows: sorted, file, tall: sorted.length > 15,
		lead: lead(rows, total),
		chart: scored.length > 1 ? rankingChart(sorted, total, target) : null,
		legend: [key('dot', 'score'), key('band', '95 % interval'), key('hollow', `fewer than ${few} answers`),
			shrunk ? key('tick', 'shrunk: few answers are drawn towards the whole') : ''],
		columns: [['Segment', 'segment'], ['NPS', 'nps', points], ['95 % interval', 'ci_lower', (_, row) => interval(row.ci_lower, row.ci_upper)],
			...(shrunk ? [['Shrunk', 'shrunk', points]] : []), ['n', 'responses', count],
			['Promoters', 'promoters', (n, row) => percent(n, row.responses)], ['Detractors', 'detractors', (n, row) => percent(n, row.responses)]],
		csvColumns: ['segment', 'nps', 'ci_lower', 'ci_upper', ...(shrunk ? ['shrunk', 'shrunk_ci_lower', 'shrunk_ci_upper'] : []), 'responses', 'promoters', 'passives', 'detractors'],
	});
}

const category = (score) => score >= 9 ? 'promoter' : score >= 7 ? 'passive' : 'detractor';

export function distributionPanel(row, {title, file}) {
	const n = row?.responses ?? 0;
	const rows = n === 0 ? [] : row.counts.map((responses, score) => ({score, category: category(score), responses, share: 100 * responses / n}));
	const most = rows.reduce((a, b) => b.responses > a.responses ? b : a, {responses: 0});
	return panel({
		id: 'distribution', title, rows, file,
		lead: n === 0 ? 'No answers here.' : `${answers(n)}; the most frequent is ${most.score}, given by ${most.share.toFixed(1)} %.`,
		chart: n === 0 ? null : (width) => Plot.plot({
			width, height: Math.round(Math.min(340, Math.max(220, width / 1.5))), marginLeft: 4, marginRight: 4, marginTop: 26, marginBottom: 30,
			style: {fontSize: '13px', background: 'none', color: 'var(--ink)', overflow: 'visible'},
			x: {type: 'band', domain: rows.map((bar) => bar.score), label: null, tickSize: 0, padding: 0.16},
			y: {axis: null, domain: [0, Math.max(...rows.map((bar) => bar.share))]},
			marks: [
				Plot.barY(rows, {x: 'score', y: 'share', fill: (bar) => `var(--${bar.category})`, title: (bar) => `${bar.score}: ${answers(bar.responses)}, ${bar.share.toFixed(1)} %`}),
				Plot.text(rows, {x: 'score', y: 'share', dy: -9, text: (bar) => width < 500 ? bar.share.toFixed(0) : `${bar.share.toFixed(1)} %`, fill: 'var(--ink)'}),
				Plot.ruleY([0], {stroke: 'var(--soft)'}),
			],
		}),
		legend: [key('detractor', 'detractors, 0 to 6'), key('passive', 'passives, 7 and 8'), key('promoter', 'promoters, 9 and 10'), element('span', {class: 'key'}, 'in percent of the answers')],
		columns: [['Answer', 'score'], ['Category', 'category'], ['n', 'responses', count], ['Share', 'share', (share) => `${share.toFixed(1)} %`]],
		csvColumns: ['score', 'category', 'responses', 'share'],
	});
}
