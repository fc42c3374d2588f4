import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, findFreePort, PASSWORD, type TestDatabase } from '@latchkey/testkit'
import { runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'

/** A server in a separate process, whose public URL is the address it listens on, as for a reader of the guide. */
export interface AuthServer {
  url: string
  database: TestDatabase
  close(): Promise<void>
}

/** Starts the server on a free port. */
export async function startAuthServer(env: Record<string, string> = {}): Promise<AuthServer> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-guides-'))
  const port = String(await findFreePort())
  const server = runServer({ DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: port, ...env })
  const close = async () => {
    server.process.kill('SIGTERM')
    await server.exit
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: await waitForAddress(server), database, close }
}

/**
 * Signs up a user with a verified address, and signs in.
 *
 * @returns the access token
 */
export async function signInProven({ url, database }: AuthServer, email: string): Promise<string> {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await post(`${url}/registration/`, { email, password1: PASSWORD, password2: PASSWORD, ...names })
  await database.sql`update users set email_verified = true where email = ${email}`
  return (await post(`${url}/login/`, { email, password: PASSWORD })).access
}

async function post(url: string, body: object): Promise<{ access: string }> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as { access: string }
}
