import type { DatabaseOptions } from '../database/connection.ts'
import { openDatabaseSession, type SessionDatabase } from '../database/connection.ts'
import { getOwnSchema } from '../database/own-schema.ts'
import { requireRights } from '../database/rights.ts'
import { requireSession } from '../database/session-settings.ts'
import { closeClient } from '../database/single-connection.ts'
import { readFurtherRights, tryImportLock } from '../tables/imports/session.ts'
import { TABLE_NAMES } from '../tables/table-names.ts'
import { ImportError } from './import-error.ts'

/** What an import does beside reading and writing rows. */
interface Needs {
  /** It makes temporary tables. */
  staging: boolean
  /** It makes the sequence of the ids of new users. */
  sequence: boolean
}

/**
 * Does work on a connection of its own, while no other import of this schema runs. Its lock and its temporary tables are
 * gone with the connection.
 *
 * @throws {ImportError} behind a pooler, beside another import, and without the rights that it needs
 * @throws {SchemaError} without the rights on our tables
 */
export async function withImportSession<T>(
  options: DatabaseOptions,
  needs: Needs,
  work: (session: SessionDatabase) => Promise<T>,
): Promise<T> {
  if (!options.prepare) throw new ImportError(BEHIND_POOLER)
  const session = openDatabaseSession(options)
  try {
    await requireSession(session.client)
    await requireRights(session.client, TABLE_NAMES)
    const schema = await getOwnSchema(session.db)
    await requireFurtherRights(session, schema, needs)
    if (!(await tryImportLock(session.db, schema))) throw new ImportError(BESIDE_ANOTHER)
    return await work(session)
  } finally {
    await closeClient(session.client)
  }
}

const BEHIND_POOLER =
  'An import needs a connection of its own for its temporary tables, and DATABASE_PREPARE=false says that a pooler stands before the database. Run the import with a DATABASE_URL that leads to PostgreSQL itself, and without DATABASE_PREPARE.'
const BESIDE_ANOTHER =
  'Another import runs on this database. Wait until it has ended; the import of a process that was killed ends with its connection.'

async function requireFurtherRights({ db }: SessionDatabase, own: string, needs: Needs): Promise<void> {
  const { temporary, create, role, database, schema } = await readFurtherRights(db, own)
  if (needs.staging && !temporary) {
    throw new ImportError(
      `The role ${role} may not make temporary tables, which an import reads into: GRANT TEMPORARY ON DATABASE ${database} TO ${role}.`,
    )
  }
  if (needs.sequence && !create) {
    throw new ImportError(
      `The role ${role} may not make the sequence of the ids of new users: run the final import with the role that migrates, or GRANT CREATE ON SCHEMA ${schema} TO ${role}.`,
    )
  }
}
