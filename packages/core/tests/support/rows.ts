import type { TestDatabase } from '@latchkey/testkit'
import type { NewAuditEvent } from '../../src/tables/audit-events/statements.ts'
import type { EventId, SessionId, UserId } from '../../src/words/ids.ts'
import { HOUR_SECONDS } from '../../src/words/time.ts'

const SECOND = 1000

/** A moment so many seconds from now. */
export const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * SECOND)

/** A new id of any kind. */
export const newId = <Id extends string>(): Id => crypto.randomUUID() as Id

/** Puts rows into the tables of a test, whose other values do not matter. */
export function rowsOf({ sql }: Pick<TestDatabase, 'sql'>) {
  const insert = async (table: string, row: object) => {
    await sql`insert into ${sql(table)} ${sql(row as Record<string, string>)}`
  }
  return {
    insert,
    addUser: async (changes: object = {}): Promise<UserId> => {
      const row = { id: newId<UserId>(), email: `${newId()}@example.com`, password_hash: 'none', ...changes }
      await insert('users', row)
      return row.id
    },
    /** Adds a session that lives for an hour. */
    addSession: async (user_id: UserId, changes: object = {}): Promise<SessionId> => {
      const times = {
        created_at: inSeconds(-HOUR_SECONDS),
        last_seen_at: inSeconds(-HOUR_SECONDS),
        idle_expires_at: inSeconds(HOUR_SECONDS),
      }
      const row = { id: newId<SessionId>(), user_id, ...times, ...changes }
      await insert('sessions', row)
      return row.id
    },
    /** All rows of a table as text, in the order of their text. */
    list: async (table: string): Promise<string[]> => {
      const rows = await sql`select t::text as text from ${sql(table)} t order by 1`
      return rows.map(({ text }) => text as string)
    },
  }
}

/** An event that a statement stores beside its work. */
export const newEvent = (): NewAuditEvent => ({
  id: newId<EventId>(),
  userId: null,
  actor: 'self',
  actorId: null,
  kind: 'session_revoked',
  sessionId: null,
  ip: null,
  browser: null,
  os: null,
  device: null,
  details: {},
})
