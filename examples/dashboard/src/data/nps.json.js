// All that the page shows, as one JSON of one moment. The server is that of the environment: PGHOST, PGDATABASE, ...
import {explain, read} from '../../database.js';

try {
	process.stdout.write(JSON.stringify(await read()));
} catch (error) {
	process.stderr.write(`${explain(error)}\n`);
	process.exit(1);
}
