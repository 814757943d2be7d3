// Measures an SVG in a browser: what does not parse, overlaps, or leaves the picture. Puts its findings
// as JSON into the element "findings".

// The corners of a graphics element in the coordinates of the picture, however it is turned.
function corners(element) {
	const box = element.getBBox();
	const matrix = element.transform.baseVal.consolidate()?.matrix ?? new DOMMatrix();
	return [[0, 0], [1, 0], [1, 1], [0, 1]].map(([i, j]) =>
		new DOMPoint(box.x + i * box.width, box.y + j * box.height).matrixTransform(DOMMatrix.fromMatrix(matrix)));
}

// Do two convex shapes overlap by more than a tolerance? Not if some side of one has the other beyond it.
function overlap(a, b) {
	const tolerance = 0.2;
	for (const shape of [a, b])
		for (let i = 0; i < shape.length; i++) {
			const side = { x: shape[(i + 1) % shape.length].x - shape[i].x, y: shape[(i + 1) % shape.length].y - shape[i].y };
			const length = Math.hypot(side.x, side.y);
			const along = (point) => (point.x * -side.y + point.y * side.x) / length;
			if (Math.max(...a.map(along)) <= Math.min(...b.map(along)) + tolerance ||
				Math.max(...b.map(along)) <= Math.min(...a.map(along)) + tolerance)
				return false;
		}
	return true;
}

function findings(text) {
	const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
	if (parsed.getElementsByTagName('parsererror').length > 0)
		return { parses: false };

	const svg = document.body.appendChild(document.importNode(parsed.documentElement, true));
	const all = (selector) => [...svg.querySelectorAll(selector)];
	const named = (svg.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
	const { width, height } = svg.viewBox.baseVal;
	const texts = all('text').filter((element) => element.textContent.trim() !== '')
		.map((element) => ({ words: element.textContent, shape: corners(element) }));
	const overlaps = [];
	texts.forEach((one, i) => texts.slice(i + 1).forEach((other) => {
		if (overlap(one.shape, other.shape))
			overlaps.push(`${one.words} / ${other.words}`);
	}));
	for (const mark of all('.nps-whisker, .nps-point'))
		for (const one of texts)
			if (overlap(one.shape, corners(mark)))
				overlaps.push(`${one.words} / ${mark.outerHTML}`);
	const outside = all('text, rect, path, circle').filter((element) => element.localName !== 'text' || element.textContent.trim() !== '').filter((element) =>
		corners(element).some(({ x, y }) => x < -0.1 || y < -0.1 || x > width + 0.1 || y > height + 0.1));
	const narrow = all('.nps-column').filter((column) => {
		const bar = column.querySelector('.nps-share')?.getBBox();
		return bar && [...column.querySelectorAll('.nps-share + text:not([class])')].some((figure) => figure.getBBox().width > bar.width);
	});
	return {
		parses: true,
		root: `${svg.namespaceURI} ${svg.localName}`,
		columns: all('.nps-column').length,
		texts: texts.length,
		unseen: texts.filter(({ shape }) => Math.hypot(shape[1].x - shape[0].x, shape[1].y - shape[0].y) === 0).length,
		scores: all('.nps-score').length,
		turned: all('.nps-label[transform]').length,
		overlaps,
		outside: outside.map((element) => element.outerHTML),
		too_wide_for_their_bars: narrow.length,
		named: named.map((element) => element?.localName ?? 'nothing'),
		described: (named[1]?.textContent ?? '').length,
		tooltips: all('.nps-column > title').map((element) => element.textContent),
		fills: [...new Set(all('.nps-share').map((element) => element.getAttribute('fill')))],
		width,
		height,
	};
}

const source = document.getElementById('source').textContent;
document.getElementById('findings').textContent = JSON.stringify(findings(source));
