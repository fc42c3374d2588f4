import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, findFreePort, newEmail, PASSWORD } from '@latchkey/testkit'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Answer, call } from '../call.ts'
import { runServer, waitForAddress } from '../run-server.ts'

/** A server process with a development mailbox that a browser opens. */
export interface JourneyServer {
  url: string
  post(path: string, json: unknown, token?: string): Promise<Answer>
  /** Signs up a user with a name and {@link PASSWORD}, and returns the address. */
  signUp(): Promise<{ email: string; answer: Answer }>
  /** Waits for the only mail with this subject and address in the mailbox, and opens it. */
  openMail(page: Page, subject: string, email: string): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a server on a separate database.
 *
 * @param host - the name under which the browser knows this machine; `localhost` unless given
 */
export async function startJourneyServer(
  settings: Record<string, string>,
  host = 'localhost',
): Promise<JourneyServer> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-journey-'))
  const PORT = String(await findFreePort())
  const url = `http://${host}:${PORT}`
  const own = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT, PUBLIC_URL: url }
  const server = runServer({ ...own, ...settings })
  const local = await waitForAddress(server)
  const post: JourneyServer['post'] = (path, json, token) => call(local + path, { json, token })
  return {
    url,
    post,
    // The mailbox is shown under a name of this machine only.
    openMail: (page, subject, email) => openMail(page, { url: local, subject, email }),
    async signUp() {
      const email = newEmail()
      const names = { first_name: 'Ada', last_name: 'Lovelace' }
      const answer = await post('/registration/', {
        email,
        password1: PASSWORD,
        password2: PASSWORD,
        ...names,
      })
      return { email, answer }
    },
    async close() {
      server.process.kill('SIGTERM')
      await server.exit
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function openMail(page: Page, mail: { url: string; subject: string; email: string }): Promise<void> {
  const row = page.getByRole('listitem').filter({ hasText: mail.email })
  const link = row.getByRole('link', { name: mail.subject })
  await page.goto(`${mail.url}/dev/mailbox/`)
  await expect
    .poll(async () => {
      await page.getByRole('link', { name: 'Look for new mail' }).click()
      return link.count()
    })
    .toBe(1)
  await link.click()
}
