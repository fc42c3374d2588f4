import { sessionIdOf } from '../../words/imported-id.ts'
import type { SourceSession } from '../records.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Table } from './catalog.ts'
import { readColumn, requireColumns } from './columns.ts'
import { toDate } from './to-date.ts'

type SessionRow = {
  session: string
  jti: string
  oldUserId: string
  /** Milliseconds since the epoch. */
  createdAt: number | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  brand: string | null
  model: string | null
}

/** The texts that a session of ours has of its device are no longer. */
const NAME_MAX_CHARACTERS = 60

/**
 * Reads the live sessions: one a session id, by its newest enabled row. A row whose `jti` or `session` is not of 32 hex
 * digits belongs to no token and is left out.
 */
export async function* readSessions(snapshot: Snapshot, table: Table): AsyncIterable<SourceSession[]> {
  for await (const rows of snapshot.stream<SessionRow>(describeSessions(table))) {
    yield rows.flatMap(toSession)
  }
}

/** The condition of a row that stands for a session. Its alias is `w`. */
export const IS_LIVE = `w.session ~ '^[0-9a-f]{32}$' and w.jti ~ '^[0-9a-f]{32}$' and w.user_id is not null`

/** Before 1.5 the table has no `enabled`. */
export function isEnabled(table: Table): string {
  return readColumn({ table, alias: 'w', name: 'enabled', kind: 'boolean', absent: 'true' })
}

/**
 * Makes the statement that reads the live sessions.
 *
 * @throws {SourceError} a column is missing, of another type, or not readable for the role
 */
export function describeSessions(table: Table): string {
  requireColumns(table, ['id', 'jti', 'session', 'user_id'])
  const text = (name: string) => readColumn({ table, alias: 'w', name, kind: 'text', absent: 'null::text' })
  const created = readColumn({ table, alias: 'w', name: 'created', kind: 'time' })
  return `
    select distinct on (w.session collate "C") w.session, w.jti, w.user_id::text as "oldUserId",
      ${created} as "createdAt", ${readIp(table)} as ip,
      ${text('browser')} as browser, ${text('os')} as os, ${text('device')} as device,
      ${text('device_brand')} as brand, ${text('device_model')} as model
    from ${table.quoted} w
    where ${isEnabled(table)} and ${IS_LIVE}
    order by w.session collate "C", w.created desc, w.id desc`
}

function readIp({ columns }: Table): string {
  const type = columns.find(({ name }) => name === 'ip')?.type
  return type === 'inet' ? 'host(w.ip)' : 'null::text'
}

function toSession(row: SessionRow): SourceSession[] {
  const sessionId = sessionIdOf(row.session)
  const createdAt = toDate(row.createdAt)
  if (sessionId === null || createdAt === null) return []
  const device = [row.brand, row.model].map(cutName).filter(Boolean).join(' ') || row.device
  return [
    {
      sessionId,
      jti: row.jti,
      oldUserId: row.oldUserId,
      createdAt,
      ip: row.ip,
      browser: cutName(row.browser),
      os: cutName(row.os),
      device: cutName(device),
    },
  ]
}

/** The parser of the deployment says `Other` for what it does not know. */
function cutName(name: string | null): string | null {
  return name === 'Other' ? null : name?.trim().slice(0, NAME_MAX_CHARACTERS) || null
}
