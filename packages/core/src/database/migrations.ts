import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { CANONICAL_ADDRESSES, CANONICAL_EFFECTS, canonicalizeAddresses } from './canonical-addresses.ts'
import type { Database } from './connection.ts'
import type { Effect } from './lock-levels.ts'

/** A migration of this build. */
export interface Migration {
  /** `0003_throttling` */
  name: string
  /** The SHA-256 of the file, in hexadecimal. It identifies the migration in every database. */
  hash: string
  statements: string[]
  /** Whether it builds indexes beside running statements. Such a migration has no other statements. */
  isConcurrent: boolean
  /** Work that SQL cannot do. It runs after the statements, in their transaction. */
  work?: MigrationWork
  /** What the work does to tables. */
  workEffects?: readonly Effect[]
}

type MigrationWork = (tx: Database, report: (sentence: string) => void) => Promise<void>

const WORK: Record<string, Required<Pick<Migration, 'work' | 'workEffects'>>> = {
  [CANONICAL_ADDRESSES]: { work: canonicalizeAddresses, workEffects: CANONICAL_EFFECTS },
}

/** The tool that writes the migrations names this schema in foreign keys. */
const WRITTEN_SCHEMA = /"public"\./g
const CONCURRENT_INDEX = /^create (?:unique )?index concurrently (?:if not exists )?"([^"]+)"/i

/**
 * Reads the migrations of this build, in their order.
 *
 * The statements name no schema, because they run with the schema of the tables as the only one of the search path.
 *
 * @throws when a migration mixes a concurrent index with other statements, because one transaction cannot hold both
 */
export function readMigrations(folder = findMigrations()): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }
  return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, sql }, index) => {
    const name = journal.entries[index]?.tag ?? ''
    const statements = sql.map((text) => text.replaceAll(WRITTEN_SCHEMA, '').trim()).filter(Boolean)
    return { name, hash, statements, isConcurrent: isConcurrent(name, statements), ...WORK[name] }
  })
}

function isConcurrent(name: string, statements: string[]): boolean {
  const concurrent = statements.filter((text) => /\bconcurrently\b/i.test(withoutComments(text)))
  if (concurrent.length === 0) return false
  if (statements.every((text) => findConcurrentIndex(text))) return true
  throw new Error(`The migration ${name} mixes a concurrent index with other statements: split it in two.`)
}

/** Finds the name of the index that a statement builds concurrently, or null. */
export function findConcurrentIndex(statement: string): string | null {
  return CONCURRENT_INDEX.exec(withoutComments(statement))?.[1] ?? null
}

function withoutComments(statement: string): string {
  return statement.replaceAll(/^\s*--.*$/gm, '').trim()
}

/** The folder of migrations: beside the sources in development, beside the bundle in production. */
export function findMigrations(): string {
  const candidates = ['./migrations', '../../migrations'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`No folder of migrations at ${candidates.join(' or ')}.`)
  return found
}
