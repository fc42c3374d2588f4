import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComposedMail } from './sealed-mail.ts'
import type { Transport } from './transport.ts'

/** A mail in the developers' mailbox. */
export type DevMail = ComposedMail

const CAPACITY = 200
/** Ids are UUIDv7: the names sort by time, and nothing else is looked up as a path. */
const FILE_NAME = /^[0-9a-f-]{36}\.json$/

/** Puts mails into the developers' mailbox instead of sending them. */
export function createDevTransport(mailboxDir: string): Transport {
  return { deliver: (mail) => storeDevMail(mailboxDir, mail), close: () => {} }
}

/** Keeps a mail in a private file; the oldest go when there are more than 200. */
export async function storeDevMail(mailboxDir: string, mail: ComposedMail): Promise<void> {
  await mkdir(mailboxDir, { recursive: true, mode: 0o700 })
  const path = join(mailboxDir, `${mail.id}.json`)
  // Under another name first, so that nobody reads half of it.
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(mail, null, 2), { mode: 0o600 })
  await rename(draft, path)
  const names = await listNames(mailboxDir)
  await Promise.all(names.slice(CAPACITY).map((name) => rm(join(mailboxDir, name), { force: true })))
}

/** All mails of the mailbox, newest first. */
export async function listDevMails(mailboxDir: string): Promise<DevMail[]> {
  const names = await listNames(mailboxDir)
  const mails = await Promise.all(names.map((name) => read(join(mailboxDir, name))))
  return mails.filter((mail) => mail !== null)
}

/** Finds a mail by its id as it stands in an address; anything that is no id finds nothing. */
export async function findDevMail(mailboxDir: string, id: string): Promise<DevMail | null> {
  const name = `${id}.json`
  return FILE_NAME.test(name) ? read(join(mailboxDir, name)) : null
}

async function listNames(mailboxDir: string): Promise<string[]> {
  const names = await readdir(mailboxDir).catch(ignoreMissing)
  return (names ?? [])
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .reverse()
}

async function read(path: string): Promise<DevMail | null> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing)
  return text === null ? null : (JSON.parse(text) as DevMail)
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
