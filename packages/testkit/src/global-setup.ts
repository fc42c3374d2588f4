import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase, prepareDatabase } from '@latchkey/core'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import type { TestProject } from 'vitest/node'
import { copyTemplate, MAIL_TEMPLATE_DATABASE, TEMPLATE_DATABASE } from './test-database.ts'

/** A cluster of tests may be lost at any time, so it does not wait for the disk. */
const DISPOSABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '256MB',
  max_connections: '300',
  // A worker for each of many short-lived databases would cost more than it saves.
  autovacuum_naptime: '1h',
}

/** The server's packages are found from here, so a bundle of the server works here. */
const SHARED = join(import.meta.dirname, '../../../apps/server/node_modules')

/**
 * Starts the PostgreSQL that all tests share, and migrates the templates of their databases.
 *
 * `LATCHKEY_TEST_POSTGRES=14` runs the tests on that version.
 *
 * @returns a function that stops it
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(SHARED, { recursive: true })
  const sharedFolder = await mkdtemp(join(SHARED, '.test-run-'))
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-test-'))
  const version = process.env.LATCHKEY_TEST_POSTGRES === '14' ? 14 : 18
  const postgres = await startEmbeddedPostgres({
    dataDir,
    version,
    database: TEMPLATE_DATABASE,
    settings: DISPOSABLE,
  })
  await makeTemplates(postgres)
  project.provide('templateUrl', postgres.superuserUrl)
  project.provide('sharedFolder', sharedFolder)
  let isStopped = false
  // An interrupted run skips its teardown and does not wait. The database must not outlive the run.
  process.once('exit', () => {
    if (!isStopped) process.kill(postgres.pid, 'SIGQUIT')
  })
  return async () => {
    await postgres.stop()
    isStopped = true
    for (const folder of [dataDir, sharedFolder]) await rm(folder, { recursive: true, force: true })
  }
}

async function makeTemplates({ superuserUrl }: EmbeddedPostgres): Promise<void> {
  const options = { poolSize: 1, prepare: true }
  await migrateDatabase({ ...options, url: superuserUrl })
  await copyTemplate(superuserUrl, MAIL_TEMPLATE_DATABASE)
  const url = Object.assign(new URL(superuserUrl), { pathname: `/${MAIL_TEMPLATE_DATABASE}` }).href
  await prepareDatabase({ ...options, url }, () => undefined)
}
