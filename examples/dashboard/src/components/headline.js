// The one figure that people come for: a score with its interval, its change, and what that means, in words.
import {element} from './dom.js';
import {answers, interval, percent, points, probability, signed} from './format.js';

const arrows = {higher: '▲', lower: '▼'};

function change(row, before) {
	const figures = `${signed(row.change)} points (95 % interval ${interval(row.change_ci_lower, row.change_ci_upper)}, p ${probability(row.change_p_value).replace(/^(?=\d)/, '= ')})`;
	switch (row.verdict) {
		case 'higher': return `Higher than the ${before} before: ${figures}.`;
		case 'lower': return `Lower than the ${before} before: ${figures}.`;
		case 'no clear change': return `No clear change against the ${before} before: ${figures}.`;
		default: return `There is nothing to compare it with: no answers in the ${before} before.`;
	}
}

function target(row, points_) {
	switch (row.target_verdict) {
		case 'above target': return `Above the target of ${points_}.`;
		case 'below target': return `Below the target of ${points_}.`;
		default: return `Not clearly off the target of ${points_}.`;
	}
}

const shares = [['promoters', 'Promoters, 9 and 10'], ['passives', 'Passives, 7 and 8'], ['detractors', 'Detractors, 0 to 6']];

export function headline(survey, {segment, focus, title}) {
	const row = focus && survey.row(focus, segment);
	if (!row?.responses) {
		const why = survey.total === undefined ? 'The survey has no answers yet.'
			: focus ? 'No answers here.'
			: 'No quarter is complete yet: the running one is below.';
		return element('section', {id: 'headline', class: 'panel', 'aria-labelledby': 'headline-title'},
			element('h2', {id: 'headline-title'}, title), element('p', {class: 'lead'}, why));
	}
	const before = row.kind;
	return element('section', {id: 'headline', class: 'panel', 'aria-labelledby': 'headline-title'},
		element('h2', {id: 'headline-title'}, title),
		element('p', {class: 'score'}, element('strong', {}, points(row.nps)),
			arrows[row.verdict] ? element('span', {class: `verdict ${row.verdict}`}, `${arrows[row.verdict]} ${signed(row.change)}`)
				: element('span', {class: 'verdict'}, row.verdict)),
		element('p', {class: 'lead'}, `95 % interval ${interval(row.ci_lower, row.ci_upper)}, from ${answers(row.responses)}. `,
			before === 'all' ? null : change(row, before), row.is_complete ? null : ` The ${before} is still running.`,
			survey.target === null ? null : ` ${target(row, points(survey.target))}`),
		element('ul', {class: 'shares'}, shares.map(([name, meaning]) => element('li', {class: name},
			element('span', {class: 'bar', style: `width: ${100 * row[name] / row.responses}%`}),
			element('span', {}, `${meaning}: `), element('b', {}, percent(row[name], row.responses)), ` (${row[name]})`))));
}
