import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import journal from '../../migrations/meta/_journal.json' with { type: 'json' }
import { findMigrations } from '../../src/database/migrations.ts'

const NOTED = { version: '7', breakpoints: true }

/** A migration of another application: the table it creates, and when it was written. */
export interface OtherMigration {
  table: string
  when: number
}

/** Migrates as another application does that uses the same library with its defaults. */
export async function migrateNeighbour(sql: postgres.Sql, migrations: OtherMigration[]): Promise<void> {
  const entries = migrations.map(({ table, when }, idx) => ({ ...NOTED, idx, when, tag: table }))
  const texts = migrations.map(({ table }) => `create table ${table} (id int primary key)`)
  await migrateByLibrary(sql, entries, texts)
}

/** The migrations of the first release. It noted them by the library, in its default table. */
export const FIRST_RELEASE = journal.entries.slice(0, 4)

/** Migrates as the first release did. */
export async function migrateAsFirstRelease(sql: postgres.Sql): Promise<void> {
  const files = FIRST_RELEASE.map(({ tag }) => readFile(join(findMigrations(), `${tag}.sql`), 'utf8'))
  await migrateByLibrary(sql, FIRST_RELEASE, await Promise.all(files))
}

async function migrateByLibrary(
  sql: postgres.Sql,
  entries: (typeof journal)['entries'],
  texts: string[],
): Promise<void> {
  const migrationsFolder = await mkdtemp(join(tmpdir(), 'migrations-'))
  try {
    await mkdir(join(migrationsFolder, 'meta'))
    const own = { version: '7', dialect: 'postgresql', entries }
    await writeFile(join(migrationsFolder, 'meta/_journal.json'), JSON.stringify(own))
    for (const [index, { tag }] of entries.entries()) {
      await writeFile(join(migrationsFolder, `${tag}.sql`), texts[index] ?? '')
    }
    await migrate(drizzle({ client: sql }), { migrationsFolder })
  } finally {
    await rm(migrationsFolder, { recursive: true, force: true })
  }
}
