// The page: what is chosen, and what it leads to. The choice stands in the address, so that it can be sent to others.
import {element} from './dom.js';
import {headline} from './headline.js';
import {distributionPanel, orders, rankingPanel} from './ranking.js';
import {periodPanel, rollingPanel} from './trend.js';
import {survey as surveyOf} from './data.js';

const everything = 'all time';

function choice(id, label, options, chosen, choose) {
	const option = ([value, text]) => element('option', {value, selected: value === chosen}, text);
	return element('label', {for: id}, element('span', {}, label),
		element('select', {id, onchange: ({target}) => choose(target.value)},
			options.map((group) => Array.isArray(group) ? option(group) : element('optgroup', {label: group.label}, group.options.map(option)))));
}

// What the address says, as far as there is such a thing.
function stateFrom(address, survey) {
	const asked = new URLSearchParams(address);
	const one = (name, among, otherwise) => among.includes(asked.get(name)) ? asked.get(name) : otherwise;
	return {
		segment: one('segment', survey.segments, null),
		period: one('period', [...survey.years, ...survey.quarters], everything),
		by: one('by', ['quarter', 'month'], 'quarter'),
		order: one('order', Object.keys(orders), 'score'),
	};
}

function addressOf(state) {
	const chosen = Object.entries(state).filter(([name, value]) => value !== null && ![everything, 'quarter', 'score'].includes(value) || name === 'segment' && value !== null);
	return chosen.length > 0 ? `?${new URLSearchParams(chosen)}` : location.pathname;
}

const fileName = (...parts) => parts.filter((part) => part !== null).join('-').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');

export function dashboard(data) {
	const survey = surveyOf(data);
	let state = stateFrom(location.search, survey);
	const panels = element('div', {class: 'panels'});
	const said = element('p', {class: 'unseen', 'aria-live': 'polite'});

	// A change of one choice: its control keeps the focus, what follows is drawn anew and said.
	function choose(change) {
		state = {...state, ...change};
		history.replaceState(null, '', addressOf(state));
		const focus = document.activeElement?.id;
		draw();
		if (focus) document.getElementById(focus)?.focus();
		said.textContent = panels.querySelector('#headline')?.innerText.replaceAll(/\s+/g, ' ') ?? '';
	}

	function draw() {
		const {segment, period, by, order} = state;
		const {target} = survey;
		const focus = period === everything ? survey.latestQuarter(segment) : period;
		const who = segment === null ? '' : `, ${segment}`;
		const year = /^\d+$/.test(period) ? period : null;
		const inYear = (day) => year === null || day.startsWith(`${year}-`);
		const title = (period === everything ? focus ? `Last complete quarter: ${focus}` : 'Score' : period) + who;
		const said = headline(survey, {segment, focus, title});
		if (survey.total === undefined) return panels.replaceChildren(said);
		return panels.replaceChildren(
			said,
			periodPanel(survey.periods(by, segment).filter((row) => inYear(row.start)), {kind: by, target, who, file: fileName('nps-by', by, segment, year),
				controls: choice('by', 'by', [['quarter', 'quarter'], ['month', 'month']], by, (value) => choose({by: value}))}),
			rollingPanel(survey.days(segment).filter((row) => inYear(row.day)), {target, who, file: fileName('nps-trailing-90-days', segment, year)}),
			rankingPanel(survey.ranking(period), {order, total: survey.pool(period, null), target, when: `, ${period}`, file: fileName('nps-segments', period),
				controls: choice('order', 'order', Object.entries(orders).filter(([name]) => name !== 'shrunk' || survey.shrinks).map(([name, [text]]) => [name, text]), order, (value) => choose({order: value}))}),
			distributionPanel(survey.pool(period, segment), {title: `Answers 0 to 10, ${period}${who}`, file: fileName('nps-answers', period, segment)}));
	}

	draw();
	const filters = element('form', {class: 'filters', 'aria-label': 'Filters', onsubmit: (event) => event.preventDefault()},
		choice('segment', 'Segment', [['', 'All segments'], ...survey.segments.map((segment) => [segment, segment])], state.segment ?? '',
			(value) => choose({segment: value === '' ? null : value})),
		choice('period', 'Period', [[everything, 'All time'], {label: 'Years', options: survey.years.map((year) => [year, year])},
			{label: 'Quarters', options: survey.quarters.map((quarter) => [quarter, quarter])}], state.period, (value) => choose({period: value})));
	return element('div', {class: 'dashboard'},
		element('header', {class: 'top'}, element('h1', {}, 'Net Promoter Score'), survey.total === undefined ? null : filters),
		panels, said,
		element('footer', {}, element('p', {}, 'The score is the percentage of promoters (9 and 10) minus that of detractors (0 to 6), from −100 to 100. '
			+ 'Intervals are at 95 %. A change is called clear where chance alone would explain one as large in fewer than 5 of 100 cases; among many segments, some are. '
			+ `Read ${survey.readAt}.`)));
}
