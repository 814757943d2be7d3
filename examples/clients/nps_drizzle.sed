# What drizzle-kit pull cannot name in the schema.ts that it writes: sed -i -f nps_drizzle.sed schema.ts
# The enum belongs to the extension, which makes it.
1i\
import { npsScore, npsSummary } from "./nps_drizzle.mjs"
/pgEnum("nps_category"/d
/failed to parse database type 'nps_score'/{
	N
	s/.*\n\(.*\)unknown(/\1npsScore(/
}
/failed to parse database type 'nps_summary'/{
	N
	s/.*\n\(.*\)unknown(/\1npsSummary(/
}
