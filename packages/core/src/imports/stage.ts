import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type postgres from 'postgres'
import type { SessionDatabase } from '../database/connection.ts'
import {
  COPY_SESSIONS,
  COPY_USERS,
  createStaging,
  indexStaging,
  type StagedSession,
  writeSessionLine,
  writeUserLine,
} from '../tables/imports/staging.ts'
import { isId } from '../words/ids.ts'
import type { Tally } from './counts.ts'
import { readTime } from './read-time.ts'
import type { Source, SourceSession } from './records.ts'
import { type Transformation, transformUser } from './transform-user.ts'

/** What was staged. */
export interface Staged {
  users: number
  sessions: number
}

const TEXT_MAX_CHARACTERS = 60

/** Copies users and sessions of a source into the temporary tables of the import. Memory holds one batch at a time. */
export async function stage(
  { client, db }: SessionDatabase,
  source: Source,
  { tally, ...transformation }: Omit<Transformation, 'source'> & { tally: Tally },
): Promise<Staged> {
  const { options } = transformation
  await createStaging(db)
  const totals = await source.count()
  const staged = { users: 0, sessions: 0 }

  async function* users(): AsyncGenerator<string> {
    for await (const batch of source.users()) {
      const lines: string[] = []
      for (const user of batch) {
        const n = staged.users + 1
        const { staged: row, cases } = await transformUser({ ...transformation, source }, user, n)
        for (const found of cases) await tally.note(found)
        if (row === null) continue
        staged.users++
        lines.push(writeUserLine(row))
      }
      options.onProgress?.({ step: 'read users', done: staged.users, total: totals.users })
      if (lines.length > 0) yield lines.join('')
    }
  }

  async function* sessions(): AsyncGenerator<string> {
    for await (const batch of source.sessions()) {
      const lines: string[] = []
      for (const session of batch) {
        const row = readSession(session, staged.sessions + 1, options.refreshLifetimeSeconds)
        if (row === null) tally.add('bad_session')
        else if (lines.push(writeSessionLine(row))) staged.sessions++
      }
      options.onProgress?.({ step: 'read sessions', done: staged.sessions, total: totals.sessions })
      if (lines.length > 0) yield lines.join('')
    }
  }

  await copy(client, COPY_USERS, users())
  if (options.withSessions) await copy(client, COPY_SESSIONS, sessions())
  await indexStaging(db)
  return staged
}

async function copy(client: postgres.Sql, statement: string, lines: AsyncIterable<string>): Promise<void> {
  const target = await client.unsafe(statement).writable()
  await pipeline(Readable.from(lines, { objectMode: true, highWaterMark: 1 }), target)
}

/** Every field comes from a stranger. */
function readSession(session: SourceSession, n: number, lifetimeSeconds: number): StagedSession | null {
  const { sessionId, jti, oldUserId } = session
  const createdAt = readTime(session.createdAt)
  if (!isId(sessionId) || !/^[\x21-\x7e]{1,255}$/.test(jti) || createdAt === null) return null
  const expiresAt = readTime(new Date(createdAt.getTime() + lifetimeSeconds * 1000))
  if (expiresAt === null) return null
  const cut = (text: string | null) =>
    text?.replaceAll('\0', '').toWellFormed().slice(0, TEXT_MAX_CHARACTERS) ?? null
  return {
    ...{ n, sessionId, jti, oldUserId, createdAt, expiresAt },
    ...{
      ip: cut(session.ip),
      browser: cut(session.browser),
      os: cut(session.os),
      device: cut(session.device),
    },
  }
}
