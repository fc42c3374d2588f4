import postgres from 'postgres'
import { errorCode } from './errors.ts'

const DUPLICATE_DATABASE = '42P04'
const UNIQUE_VIOLATION = '23505'

/** Composes the address of a database of the embedded PostgreSQL. */
export function formatUrl(input: { port: number; password: string; database: string }): string {
  return `postgres://latchkey:${input.password}@127.0.0.1:${input.port}/${encodeURIComponent(input.database)}`
}

/** Asks a PostgreSQL for the data directory it serves; null when it gives no answer or refuses the password. */
export async function readDataDirectory(port: number, password: string): Promise<string | null> {
  try {
    const [row] = await query(formatUrl({ port, password, database: 'postgres' }), 'show data_directory')
    return row?.data_directory ?? null
  } catch {
    return null
  }
}

/** Makes a database unless it exists. */
export async function ensureDatabase(input: {
  port: number
  password: string
  database: string
}): Promise<void> {
  const url = formatUrl({ ...input, database: 'postgres' })
  const name = input.database.replaceAll("'", "''")
  const found = await query(url, `select 1 from pg_database where datname = '${name}'`)
  if (found.length > 0) return
  try {
    await query(url, `create database "${input.database.replaceAll('"', '""')}"`)
  } catch (error) {
    if (![DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(errorCode(error))) throw error
  }
}

async function query(url: string, statement: string): Promise<Record<string, string>[]> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    ssl: false,
    onnotice: () => undefined,
    // Without this the driver takes it from the environment.
    target_session_attrs: undefined,
  })
  try {
    return await sql.unsafe<Record<string, string>[]>(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
