import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@latchkey/core'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import type { TestProject } from 'vitest/node'
import { TEMPLATE_DATABASE } from './test-database.ts'

/** A cluster of tests may be lost at any time, so it does not wait for the disk. */
const DISPOSABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
}

/**
 * Starts the PostgreSQL that all tests share, and migrates the template of their databases.
 *
 * `LATCHKEY_TEST_POSTGRES=14` runs the tests on that version.
 *
 * @returns a function that stops it
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-test-'))
  const version = process.env.LATCHKEY_TEST_POSTGRES === '14' ? 14 : 18
  const postgres = await startEmbeddedPostgres({
    dataDir,
    version,
    database: TEMPLATE_DATABASE,
    settings: DISPOSABLE,
  })
  await migrateDatabase({ url: postgres.superuserUrl, poolSize: 1, prepare: true })
  project.provide('templateUrl', postgres.superuserUrl)
  let isStopped = false
  // An interrupted run skips its teardown and does not wait. The database must not outlive the run.
  process.once('exit', () => {
    if (!isStopped) process.kill(postgres.pid, 'SIGQUIT')
  })
  return async () => {
    await postgres.stop()
    isStopped = true
    await rm(dataDir, { recursive: true, force: true })
  }
}
