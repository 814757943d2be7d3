// A web server for a directory of static files, on this machine alone.
import {createReadStream, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';

const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json'};

function answer(directory, request, response) {
	const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
	const file = join(directory, path.endsWith('/') ? `${path}index.html` : path);
	if (!statSync(file, {throwIfNoEntry: false})?.isFile()) return response.writeHead(404).end();
	response.writeHead(200, {'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache'});
	return createReadStream(file).pipe(response);
}

// Its address; port 0 is a free one.
export function serve(directory, port) {
	const server = createServer((request, response) => {
		try {
			answer(directory, request, response);
		} catch {
			response.writeHead(400).end();
		}
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/`));
	});
}
