import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, findFreePort, type TestDatabase } from '@latchkey/testkit'
import { runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'

/** A Latchkey server in a process of its own, on a database of its own. */
export interface Latchkey {
  /** Its `PUBLIC_URL`. */
  url: string
  database: TestDatabase
  /** All that it has printed, with the mails of development. */
  output(): string
  close(): Promise<void>
}

/**
 * Starts a server on a free port, as `npm start` does.
 *
 * @param settings - its environment: `{ ACCESS_TOKEN_LIFETIME: '5s' }`
 */
export async function startLatchkey(settings: Record<string, string> = {}): Promise<Latchkey> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-compat-'))
  const port = String(await findFreePort())
  const server = runServer({ DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: port, ...settings })
  const close = async () => {
    server.process.kill('SIGTERM')
    await server.exit
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: await waitForAddress(server), database, output: server.output, close }
}
