import { createHash } from 'node:crypto'
import type { Sender } from '../../database/sender.ts'

const NAME = 'latchkey_mail'
/** pg-boss accepts names of at most so many bytes, and only these characters without quotes. */
const LONGEST_NAME = 50
const PLAIN = /^[a-z0-9_]+$/
const HASH_CHARACTERS = 16

/** The name of the queue's schema. It follows from the schema of our tables, so two Latchkeys never share a queue. */
export function nameQueueSchema(schema: string): string {
  if (schema === 'public') return NAME
  const name = `${NAME}_${schema}`
  if (PLAIN.test(schema) && name.length <= LONGEST_NAME) return name
  return `${NAME}_${createHash('sha256').update(schema).digest('hex').slice(0, HASH_CHARACTERS)}`
}

/** Finds the name of the queue's schema for a connection. */
export async function findQueueSchema(sql: Sender): Promise<string> {
  const [row] = await sql.unsafe('select current_schema() as name')
  return nameQueueSchema(String(row?.name))
}

/** How the tables of the queue in the database stand to the library of this build. */
export type QueueState = 'missing' | 'older' | 'current' | 'newer'

/** Reads the state of the queue's tables. `older` is also a queue without one of the `queues`. */
export async function readQueueState(sql: Sender, schema: string, queues: string[]): Promise<QueueState> {
  const [table] = await sql.unsafe(`
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = '${schema}' and c.relname = 'version'`)
  if (!table) return 'missing'
  const [row] = await sql.unsafe(
    `select (select max(version) from ${schema}.version) as version,
      (select count(*)::int from ${schema}.queue where name in (${queues.map((name) => `'${name}'`).join(', ')})) as queues`,
  )
  const { default: library } = await import('pg-boss/package.json', { with: { type: 'json' } })
  const version = Number(row?.version)
  if (version > library.pgboss.schema) return 'newer'
  return version === library.pgboss.schema && row?.queues === queues.length ? 'current' : 'older'
}

/** Whether a schema of this name exists. To create one that exists needs the right to create schemas all the same. */
export async function hasSchema(sql: Sender, schema: string): Promise<boolean> {
  const [row] = await sql.unsafe(`select from pg_namespace where nspname = '${schema}'`)
  return row !== undefined
}
