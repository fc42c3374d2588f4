import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComposedMail } from './sealed-mail.ts'
import type { Transport } from './transport.ts'

/** A mail in the development mailbox. */
export type DevMail = ComposedMail

const CAPACITY = 200
/** An id is a UUIDv7, so file names sort by time. Only such a name is ever used as a path. */
const FILE_NAME = /^[0-9a-f-]{36}\.json$/

/** Creates a transport that stores mails in the development mailbox instead of sending them. */
export function createDevTransport(mailboxDir: string): Transport {
  return { deliver: (mail) => storeDevMail(mailboxDir, mail), close: () => {} }
}

/** Stores a mail in a private file, and deletes the oldest mails when there are more than 200. */
export async function storeDevMail(mailboxDir: string, mail: ComposedMail): Promise<void> {
  await mkdir(mailboxDir, { recursive: true, mode: 0o700 })
  const path = join(mailboxDir, `${mail.id}.json`)
  // The file gets its name when it is complete, so that a reader cannot see half a mail.
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(mail, null, 2), { mode: 0o600 })
  await rename(draft, path)
  const names = await listNames(mailboxDir)
  await Promise.all(names.slice(CAPACITY).map((name) => rm(join(mailboxDir, name), { force: true })))
}

/** Lists all mails of the mailbox, newest first. */
export async function listDevMails(mailboxDir: string): Promise<DevMail[]> {
  const names = await listNames(mailboxDir)
  const mails = await Promise.all(names.map((name) => read(join(mailboxDir, name))))
  return mails.filter((mail) => mail !== null)
}

/** Finds a mail by the id in a URL, which may be any text; null when there is no such mail. */
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
  return JSON.parse(text ?? 'null') as DevMail | null
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
