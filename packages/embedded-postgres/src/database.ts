import { createHmac } from 'node:crypto'
import postgres from 'postgres'
import { errorCode } from './errors.ts'
import { HAND_OVER } from './hand-over.ts'
import { OWNER, SUPERUSER } from './roles.ts'

const DUPLICATE_DATABASE = '42P04'
const UNIQUE_VIOLATION = '23505'

/** A running cluster, with the password of its superuser. */
interface Cluster {
  port: number
  password: string
}

/** Composes the address of a database for its owner. */
export function formatUrl({ port, password, database }: Cluster & { database: string }): string {
  return formatUrlOf(OWNER, { port, password: derivePassword(password), database })
}

/** Composes the address of a database for the superuser. */
export function formatSuperuserUrl(input: Cluster & { database: string }): string {
  return formatUrlOf(SUPERUSER, input)
}

function formatUrlOf(role: string, { port, password, database }: Cluster & { database: string }): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/** The password of the owner. It follows from that of the superuser, which nobody can compute from it. */
function derivePassword(password: string): string {
  return createHmac('sha256', password).update(OWNER).digest('base64url')
}

/** Asks a PostgreSQL for the data directory it serves; null when it gives no answer or refuses the password. */
export async function readDataDirectory(port: number, password: string): Promise<string | null> {
  try {
    const url = formatSuperuserUrl({ port, password, database: 'postgres' })
    const [row] = await query(url, ['show data_directory'])
    return row?.data_directory ?? null
  } catch {
    return null
  }
}

/**
 * Makes a database with its owner, or brings an existing one to that owner. Call it under the lock.
 *
 * The owner is no superuser, so a statement of the server can read no file and run no program.
 */
export async function ensureDatabase(input: Cluster & { database: string }): Promise<void> {
  const url = formatSuperuserUrl({ ...input, database: 'postgres' })
  const [name, text] = [quote(input.database, '"'), quote(input.database, "'")]
  const found = await query(url, [
    `do $$ begin
      if not exists (select from pg_roles where rolname = '${OWNER}') then create role ${OWNER}; end if;
    end $$`,
    `alter role ${OWNER} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
      password '${derivePassword(input.password)}'`,
    `select 1 from pg_database where datname = ${text}`,
  ])
  if (found.length === 0) await createDatabase(url, name)
  await query(url, [`alter database ${name} owner to ${OWNER}`])
  await query(formatSuperuserUrl(input), [HAND_OVER])
}

async function createDatabase(url: string, name: string): Promise<void> {
  try {
    await query(url, [`create database ${name}`])
  } catch (error) {
    if (![DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(errorCode(error))) throw error
  }
}

function quote(text: string, mark: string): string {
  return mark + text.replaceAll(mark, mark + mark) + mark
}

/** Sends statements over one connection, and returns the rows of the last. */
async function query(url: string, statements: string[]): Promise<Record<string, string>[]> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    ssl: false,
    onnotice: () => undefined,
    // Without this the driver takes it from the environment.
    target_session_attrs: undefined,
  })
  try {
    let rows: Record<string, string>[] = []
    for (const statement of statements) rows = await sql.unsafe<Record<string, string>[]>(statement)
    return rows
  } finally {
    await sql.end({ timeout: 1 })
  }
}
