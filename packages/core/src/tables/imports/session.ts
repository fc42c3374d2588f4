import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

const IMPORT_LOCK = 7_316_402_953

/** What the role of a connection may do beside reading and writing rows, and how to name it in a statement. */
export interface FurtherRights {
  temporary: boolean
  create: boolean
  role: string
  database: string
  schema: string
}

/** Reads the rights that an import needs. */
export async function readFurtherRights(db: Database, schema: string): Promise<FurtherRights> {
  const [row] = await db.execute<{ [Name in keyof FurtherRights]: FurtherRights[Name] }>(sql`
    select has_database_privilege(current_database(), 'TEMPORARY') as temporary,
      has_schema_privilege(${schema}, 'CREATE') as create, format('%I', current_user) as role,
      format('%I', current_database()) as database, format('%I', ${schema}::text) as schema`)
  if (!row) throw new Error('PostgreSQL did not tell the rights of the role.')
  return row
}

/** Takes the lock of an import for the life of the connection; false while another connection has it. */
export async function tryImportLock(db: Database, schema: string): Promise<boolean> {
  const key = IMPORT_LOCK + createHash('sha256').update(`import ${schema}`).digest().readUInt32BE()
  const [row] = await db.execute<{ held: boolean }>(sql`select pg_try_advisory_lock(${key}::bigint) as held`)
  return row?.held === true
}

/** Says whether each commit of this connection waits until it is on the disk. */
export async function waitForDisk(db: Database, waits: boolean): Promise<void> {
  await db.execute(sql.raw(`set synchronous_commit = ${waits ? 'on' : 'off'}`))
}

/** Counts the tables anew for the planner. PostgreSQL does it too, some minutes after. */
export async function analyzeMoved(db: Database): Promise<void> {
  await db.execute(sql`analyze users, sessions, imported_users, imported_sessions`)
}
