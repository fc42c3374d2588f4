import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'

/** The tables that an import fills with a row of each user or session. */
const TABLES = ['users', 'pending_registrations', 'sessions', 'imported_users', 'imported_sessions']

/** What a plain copy took. */
export interface Copied {
  rows: number
  seconds: number
}

/**
 * Copies the rows that an import made into tables of the same shape, with the same indexes and no keys of others.
 *
 * It is what PostgreSQL and its driver need for these rows when nothing reads, checks or compares them.
 */
export async function copyRows(url: string): Promise<Copied> {
  const to = open(url)
  try {
    await to`create schema plain`
    let copied: Copied = { rows: 0, seconds: 0 }
    for (const table of TABLES) {
      await to.unsafe(`create table plain.${table} (like public.${table} including all)`)
      const started = performance.now()
      await copyTable(url, to, table)
      const seconds = copied.seconds + (performance.now() - started) / 1000
      const [{ count } = { count: 0 }] = await to<{ count: number }[]>`
        select count(*)::int as count from ${to(`plain.${table}`)}`
      copied = { rows: copied.rows + count, seconds }
    }
    await to`drop schema plain cascade`
    return copied
  } finally {
    await to.end()
  }
}

/** The driver may leave a connection that rows were copied from without reading it further, so this one is used once. */
async function copyTable(url: string, to: postgres.Sql, table: string): Promise<void> {
  const from = open(url)
  try {
    const rows = await from.unsafe(`copy public.${table} to stdout`).readable()
    await pipeline(rows, await to.unsafe(`copy plain.${table} from stdin`).writable())
  } finally {
    await from.end({ timeout: 0 })
  }
}

function open(url: string): postgres.Sql {
  return postgres(url, { max: 1, prepare: false, onnotice: () => {} })
}
