import { createHash } from 'node:crypto'
import type { Asking } from '../../database/rights.ts'
import { RightsError } from '../../database/schema-error.ts'
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
export async function findQueueSchema(sql: Asking): Promise<string> {
  const [row] = await sql.unsafe('select current_schema() as name')
  return nameQueueSchema(String(row?.name))
}

/** How the tables of the queue in the database stand to the library of this build. */
export type QueueState = 'missing' | 'older' | 'current' | 'newer'

/**
 * Finds out whether the role may use the tables of the queue. A queue that does not exist has no fault.
 *
 * @returns a sentence with the statements that give the missing rights; null when none is missing
 */
export async function findFaultOfQueue(sql: Asking): Promise<string | null> {
  const schema = await findQueueSchema(sql)
  const [row] = await sql.unsafe(`
    select format('%I', current_user) as role, not has_schema_privilege(oid, 'USAGE') as "isBarred", exists(
      select from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as wanted
      where c.relnamespace = n.oid and c.relkind in ('r', 'p') and not has_table_privilege(c.oid, wanted)) as "isLacking"
    from pg_namespace n where nspname = '${schema}'`)
  if (!row || (!row.isBarred && !row.isLacking)) return null
  return (
    `The role ${row.role} may not use the mail queue: GRANT USAGE ON SCHEMA ${schema} TO ${row.role}; ` +
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${row.role}.`
  )
}

/**
 * Reads the state of the queue's tables. `older` is also a queue without one of the `queues`.
 *
 * @throws {RightsError} when the role may not use them
 */
export async function readQueueState(sql: Sender, schema: string, queues: string[]): Promise<QueueState> {
  const [table] = await sql.unsafe(`
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = '${schema}' and c.relname = 'version'`)
  if (!table) return 'missing'
  const fault = await findFaultOfQueue(sql)
  if (fault !== null) throw new RightsError(fault)
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
