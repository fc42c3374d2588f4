import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import { findMigrations } from '../../src/database/migrations.ts'

/** A migration of another application: the table it creates, and when it was written. */
export interface OtherMigration {
  table: string
  when: number
}

/** Migrates as another application does that uses the same library with its defaults. */
export async function migrateNeighbour(sql: postgres.Sql, migrations: OtherMigration[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'neighbour-'))
  try {
    await mkdir(join(folder, 'meta'))
    const entries = migrations.map(({ table, when }, idx) => ({
      idx,
      when,
      tag: table,
      version: '7',
      breakpoints: true,
    }))
    const journal = { version: '7', dialect: 'postgresql', entries }
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify(journal))
    for (const { table } of migrations) {
      await writeFile(join(folder, `${table}.sql`), `create table ${table} (id int primary key)`)
    }
    await migrate(drizzle({ client: sql }), { migrationsFolder: folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Migrates as the first release did: by the library, noted in its default table. */
export async function migrateAsFirstRelease(sql: postgres.Sql): Promise<void> {
  await migrate(drizzle({ client: sql }), { migrationsFolder: findMigrations() })
}
