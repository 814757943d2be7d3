// What each JavaScript program here prints: lines "program | when | question | answer", the answer as JSON, or "error" with its
// SQLSTATE, where it has one.
export const say = (program, when, question, answer) => console.log([program, when, question, answer].join(' | '));

export async function ask(program, when, question, action) {
	try {
		say(program, when, question, JSON.stringify(await action()));
	} catch (error) {
		const sqlstate = error.code ?? error.cause?.code;
		say(program, when, question, 'error' + (sqlstate ? ` ${sqlstate}` : ''));
	}
}

// What a program makes of the scores that it has read, where it has.
export async function askAbout(program, when, scores) {
	const answered = () => scores.filter((score) => score !== null);
	await ask(program, when, 'scores', () => answered() && scores);
	await ask(program, when, 'mean', () => answered().reduce((sum, score) => sum + score) / answered().length);
	await ask(program, when, 'largest', () => answered().reduce((largest, score) => (score > largest ? score : largest)));
}
