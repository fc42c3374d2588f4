import type { Source, SourceKeyType } from '../records.ts'
import { openSnapshot, type Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'
import { readCatalog } from './catalog.ts'
import { readFacts } from './facts.ts'
import { type DjangoTables, findTables } from './find-tables.ts'
import { nameSource } from './name-source.ts'
import type { DjangoOptions } from './options.ts'
import { describeSessions, IS_LIVE, isEnabled, readSessions } from './read-sessions.ts'
import { readUsers } from './read-users.ts'
import { checkSampleToken } from './sample-token.ts'
import { describeUsers } from './users-statement.ts'

/**
 * Opens a deployment of django-jwt-allauth for reading. Everything is read from one state of its database, and nothing is
 * written there.
 *
 * @param url - `postgres://…` of a role that may read the tables of users, addresses, refresh tokens and second factors
 * @throws {SourceError} the tables are not found, several fit, a column is missing, or the role may not read one
 * @see decision 142
 */
export async function openDjango(url: string, options: DjangoOptions = {}): Promise<Source> {
  const snapshot = await openSnapshot(url, 'DJANGO_DATABASE_URL')
  try {
    return await describeSource(snapshot, options)
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

async function describeSource(snapshot: Snapshot, options: DjangoOptions): Promise<Source> {
  const catalog = await readCatalog(snapshot, options.schema ?? null)
  const tables = findTables(catalog, options)
  requireFit(tables, options)
  const sample = options.sample ? await checkSampleToken(snapshot, tables, options.sample) : {}
  return {
    kind: 'django',
    name: await nameSource(snapshot, tables, options),
    keyType: keyTypeOf(tables.key.type),
    count: () => countRows(snapshot, tables),
    users: () => readUsers(snapshot, tables, options),
    sessions: () => (tables.sessions ? readSessions(snapshot, tables.sessions) : none()),
    facts: async () => ({ ...(await readFacts(snapshot, catalog, tables, options)), ...sample }),
    close: () => snapshot.close(),
  }
}

/** Says what is wrong with the columns and the rights before the first row is read. */
function requireFit(tables: DjangoTables, options: DjangoOptions): void {
  if (options.assumeVerified && tables.addresses) {
    throw new SourceError(
      `--assume-verified is for a deployment without a table of addresses, and ${tables.addresses.quoted} says which addresses are verified.`,
    )
  }
  describeUsers(tables, options)
  if (tables.sessions) describeSessions(tables.sessions)
}

function keyTypeOf(type: string): SourceKeyType {
  if (type === 'uuid') return 'uuid'
  return /int/.test(type) ? 'integer' : 'text'
}

async function countRows(snapshot: Snapshot, { users, sessions }: DjangoTables) {
  const live = sessions
    ? `(select count(distinct w.session) from ${sessions.quoted} w where ${isEnabled(sessions)} and ${IS_LIVE})`
    : '0'
  const [row] = await snapshot.read<{ users: number; sessions: number }>(
    `select (select count(*) from ${users.quoted})::float8 as users, ${live}::float8 as sessions`,
  )
  return { users: row?.users ?? 0, sessions: row?.sessions ?? 0 }
}

async function* none() {}
