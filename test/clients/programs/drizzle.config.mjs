// For drizzle-kit: the server is that of the environment.
const { PGHOST: host, PGPORT: port, PGUSER: user, PGDATABASE: database } = process.env;

export default {
	dialect: 'postgresql',
	schema: './schema.ts',
	out: './made',
	dbCredentials: { host, port: Number(port), user, database, ssl: false },
};
