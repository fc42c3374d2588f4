import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listDevMails } from '@latchkey/core'
import { findFreePort, waitUntil } from '@latchkey/testkit'
import { bundleServer } from '../../../server/tests/server-bundle.ts'
import { buildPortal } from './build-portal.ts'

/** The weakest parameters of Argon2id: the portal does not see how strong a hash is. */
const FAST_HASH_SETTINGS = {
  PASSWORD_HASH_MEMORY_KIB: '8',
  PASSWORD_HASH_PASSES: '1',
  PASSWORD_HASH_LANES: '1',
}

/** A server in its own process, with the production build of the portal and the mailbox of a development server. */
export interface PortalServer {
  url: string
  /** Waits for a mail to an address with a link that fits the pattern, and returns the link. */
  waitForLink(email: string, pattern: RegExp): Promise<string>
  /** Kills the process, without a graceful end. */
  stop(): Promise<void>
  /** Starts the process again, on the same port; `changes` are other settings than before. */
  start(changes?: Record<string, string>): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a server with the portal on an empty database.
 *
 * @param env - more settings; by default the port is a free one, verification is mandatory, and mailed links lead to
 *   the portal
 */
export async function startPortalServer(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<PortalServer> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-portal-'))
  const port = env.PORT === undefined ? await findFreePort() : Number(env.PORT)
  const settings = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'x'.repeat(40),
    PORT: String(port),
    DATA_DIR: folder,
    PORTAL_DIR: await buildPortal(),
    EMAIL_VERIFICATION: 'mandatory',
    ...FAST_HASH_SETTINGS,
    ...env,
  }
  let child = await run(settings)
  return {
    url: `http://localhost:${port}`,
    waitForLink: (email, pattern) => waitForLink(join(folder, 'mailbox'), email, pattern),
    stop: () => end(child, 'SIGKILL'),
    start: async (changes = {}) => {
      child = await run({ ...settings, ...changes })
    },
    close: async () => {
      await end(child, 'SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function run(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [(await bundleServer()).main], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  while (!output.includes('is ready at')) {
    if (child.exitCode !== null) throw new Error(output)
    await sleep(20)
  }
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function waitForLink(mailboxDir: string, email: string, pattern: RegExp): Promise<string> {
  let link = ''
  const find = async () => {
    const mails = (await listDevMails(mailboxDir)).filter((mail) => JSON.stringify(mail).includes(email))
    link = mails.map(({ text }) => pattern.exec(text)?.[0] ?? '').find((found) => found !== '') ?? ''
    return link !== ''
  }
  await waitUntil(find, `a mail to ${email} with a link like ${pattern}`)
  return link
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
