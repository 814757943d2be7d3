// An element with its attributes, listeners (on...) and children: text is text, never markup.
export function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
		else if (value === true) made.setAttribute(key, '');
		else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
	}
	made.append(...children.flat().filter((child) => child !== null && child !== undefined));
	return made;
}
