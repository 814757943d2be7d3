// Measures the charts of a page in a browser, as they are drawn there: what does not parse, overlaps, leaves its picture, or is
// hard to read. Each comes as XML in a script of the class "source" with its name; the findings are put as JSON
// into the element "findings".

// The corners of a graphics element on the screen, however it is turned.
function corners(element, box = element.getBBox()) {
	const matrix = element.getScreenCTM();
	return [[0, 0], [1, 0], [1, 1], [0, 1]].map(([i, j]) =>
		new DOMPoint(box.x + i * box.width, box.y + j * box.height).matrixTransform(matrix));
}

// Do two convex shapes overlap by more than a part of a px? Not if some side of one has the other beyond it.
function overlap(a, b) {
	const tolerance = 0.3;
	for (const shape of [a, b])
		for (let i = 0; i < shape.length; i++) {
			const side = { x: shape[(i + 1) % shape.length].x - shape[i].x, y: shape[(i + 1) % shape.length].y - shape[i].y };
			const length = Math.hypot(side.x, side.y);
			if (length === 0)
				continue;
			const along = (point) => (point.x * -side.y + point.y * side.x) / length;
			if (Math.max(...a.map(along)) <= Math.min(...b.map(along)) + tolerance ||
				Math.max(...b.map(along)) <= Math.min(...a.map(along)) + tolerance)
				return false;
		}
	return true;
}

// Where figures have their ink: no ascenders, nothing below the baseline.
function ink(text) {
	const { x, width } = text.getBBox();
	const size = parseFloat(getComputedStyle(text).fontSize);
	return { x, y: parseFloat(text.getAttribute('y')) - 0.7 * size, width, height: 0.7 * size };
}

// Does a line go through the figure of a text?
function crosses(path, text) {
	const { x, y, width, height } = ink(text);
	for (let at = 0; at <= path.getTotalLength(); at += 1) {
		const point = path.getPointAtLength(at);
		if (point.x > x && point.x < x + width && point.y > y && point.y < y + height)
			return true;
	}
	return false;
}

// --- colours ---------------------------------------------------------------------------------------------

function luminance(colour) {
	const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((channel) => {
		const part = channel / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// As WCAG 2 defines it, from 1 to 21.
function contrast(one, other) {
	const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

// The colours that a text stands on: of the last filled shape before it, at its corners and in its middle.
function grounds(text, shapes) {
	const { x, y, width, height } = ink(text);
	const places = [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5]].map(([i, j]) => new DOMPoint(x + i * width, y + j * height));
	if (text.hasAttribute('transform'))
		places.splice(0, 5, new DOMPoint(parseFloat(text.getAttribute('x')), parseFloat(text.getAttribute('y'))));
	return new Set(places.map((place) => {
		const below = shapes.filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && shape.isPointInFill(place));
		return getComputedStyle(below.at(-1)).fill;
	}));
}

// --- a chart -----------------------------------------------------------------------------------------------

function measured(source) {
	const parsed = new DOMParser().parseFromString(source.textContent, 'image/svg+xml');
	if (parsed.getElementsByTagName('parsererror').length > 0)
		return { parses: false };

	const svg = document.body.appendChild(document.importNode(parsed.documentElement, true));
	const all = (selector) => [...svg.querySelectorAll(selector)];
	const named = (svg.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
	const edges = svg.getBoundingClientRect();
	const texts = all('text').filter((element) => element.textContent.trim() !== '');
	const boxes = texts.map((element) => corners(element));
	const shapes = all('rect, path, circle').filter((shape) => getComputedStyle(shape).fill !== 'none');
	const overlaps = [];
	texts.forEach((one, i) => {
		texts.slice(i + 1).forEach((other, j) => {
			if (overlap(boxes[i], boxes[i + 1 + j]))
				overlaps.push(`${one.textContent} / ${other.textContent}`);
		});
		for (const mark of all('.nps-whisker, .nps-point'))
			if (overlap(boxes[i], corners(mark)))
				overlaps.push(`${one.textContent} / ${mark.outerHTML}`);
		for (const path of all('.nps-line'))
			if (!one.hasAttribute('transform') && crosses(path, one))
				overlaps.push(`${one.textContent} / the line`);
	});
	const outside = [...texts, ...all('rect, path, circle, line')].filter((element) =>
		corners(element).some(({ x, y }) => x < edges.left - 0.2 || y < edges.top - 0.2 || x > edges.right + 0.2 || y > edges.bottom + 0.2));
	const bars = all('.nps-share');
	const contrasts = texts.flatMap((text) => [...grounds(text, shapes)].map((ground) => contrast(getComputedStyle(text).fill, ground)));
	return {
		parses: true,
		root: `${svg.namespaceURI} ${svg.localName}`,
		rows: all('g').length,
		unseen: boxes.filter((shape) => Math.hypot(shape[1].x - shape[0].x, shape[1].y - shape[0].y) === 0).length,
		overlaps,
		outside: outside.map((element) => element.outerHTML),
		too_wide_for_their_bars: all('.nps-share-figure').filter((figure) =>
			!bars.some((bar) => bar.nextElementSibling === figure && figure.getBBox().width <= bar.getBBox().width)).length,
		named: named.map((element) => element?.closest('svg') === svg ? element.localName : 'nothing').join(' '),
		described: (named[1]?.textContent ?? '').length,
		tooltips: all('g > title').map((element) => element.textContent),
		least_contrast: Math.min(...contrasts),
		smallest_text: Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * edges.width / svg.viewBox.baseVal.width)),
		paper: getComputedStyle(all('.nps-paper')[0]).fill,
		fills: [...new Set(bars.map((element) => getComputedStyle(element).fill))],
		width: edges.width,
		natural: svg.viewBox.baseVal.width,
		slide: edges.width / edges.height,
	};
}

const charts = Object.fromEntries([...document.querySelectorAll('.source')].map((source) => [source.dataset.name, measured(source)]));
const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
document.getElementById('findings').textContent = JSON.stringify({
	charts,
	is_dark: matchMedia('(prefers-color-scheme: dark)').matches,
	ids_twice: ids.filter((id, i) => ids.indexOf(id) !== i),
	resources: performance.getEntriesByType('resource').length,
});
