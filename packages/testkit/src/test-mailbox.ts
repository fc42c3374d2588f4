import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CoreOptions, type DevMail, findDevMail } from '@latchkey/core'
import { waitUntil } from './smtp-sink.ts'
import { createTestCore, type TestCore, type TestCoreOptions } from './test-core.ts'
import type { TestDatabase } from './test-database.ts'

/** A mail that arrived, with its link taken apart for tests. */
export interface ArrivedMail extends DevMail {
  /** The first link of the text, or an empty string. */
  link: string
  /** The link without its origin, because the port of a test server differs. A query is part of it. */
  path: string
  /** The last part of the path, which is the secret of the link. */
  secret: string
}

/** Reads the mails that the real outbox of a test server wrote into its own folder. */
export interface TestMailbox {
  settings: CoreOptions['mail']
  /** Waits for the next mail of a kind to an address. Each mail is returned once, the oldest first. */
  next(to: string, kind: DevMail['kind']): Promise<ArrivedMail>
  /** Waits until the outbox is empty, and lists the kinds of the mails to an address, the oldest first. */
  kindsTo(to: string): Promise<DevMail['kind'][]>
  /** Waits until the outbox is empty, and lists all mails. */
  all(): Promise<ArrivedMail[]>
  remove(): Promise<void>
}

/** Makes an empty mailbox. */
export async function createTestMailbox(database: () => TestDatabase): Promise<TestMailbox> {
  const mailboxDir = await mkdtemp(join(tmpdir(), 'latchkey-mailbox-'))
  const taken = new Set<string>()
  const list = createReader(mailboxDir)
  const all = async () => {
    await waitForEmptyOutbox(database())
    return list()
  }
  return {
    settings: {
      mode: 'dev',
      smtpUrl: null,
      from: 'Latchkey <no-reply@localhost>',
      mailboxDir,
      templatesDir: null,
    },
    async next(to, kind) {
      let found: ArrivedMail | undefined
      await waitUntil(async () => {
        found = (await list()).find((mail) => mail.to === to && mail.kind === kind && !taken.has(mail.id))
        return found !== undefined
      }, `a mail ${kind} to ${to}`)
      if (!found) throw new Error('It was there a moment ago.')
      taken.add(found.id)
      return found
    },
    kindsTo: async (to) => (await all()).filter((mail) => mail.to === to).map(({ kind }) => kind),
    all,
    remove: () => rm(mailboxDir, { recursive: true, force: true }),
  }
}

/** The domain on its own database, with a mailbox that receives its mail. */
export interface MailingCore extends TestCore {
  mailbox: TestMailbox
}

/** Opens the domain and starts its outbox. */
export async function createMailingCore(options: TestCoreOptions = {}): Promise<MailingCore> {
  const mailbox: TestMailbox = await createTestMailbox(() => test.database)
  const test: TestCore = await createTestCore({ ...options, mail: mailbox.settings })
  await test.core.startMail()
  const close = async () => {
    await test.close()
    await mailbox.remove()
  }
  return { ...test, mailbox, close }
}

/** Lists the mails of a folder, the oldest first. Each is read once, because tests look for new mail very often. */
function createReader(mailboxDir: string): () => Promise<ArrivedMail[]> {
  const known = new Map<string, ArrivedMail>()
  return async () => {
    const names = (await readdir(mailboxDir)).filter((name) => name.endsWith('.json')).sort()
    for (const name of names.filter((one) => !known.has(one))) {
      const mail = await findDevMail(mailboxDir, name.slice(0, -'.json'.length))
      if (mail) known.set(name, withLink(mail))
    }
    return names.flatMap((name) => known.get(name) ?? [])
  }
}

function withLink(mail: DevMail): ArrivedMail {
  const [link = ''] = /https?:\/\/[^\s/]+\/\S*/.exec(mail.text) ?? []
  const { pathname, search } = link ? new URL(link) : { pathname: '', search: '' }
  return { ...mail, link, path: pathname + search, secret: pathname.split('/').at(-2) ?? '' }
}

async function waitForEmptyOutbox({ sql }: TestDatabase): Promise<void> {
  const open = () => sql`select 1 from latchkey_mail.job where name = 'mail' and state < 'completed' limit 1`
  await waitUntil(async () => (await open()).length === 0, 'every mail to be sent')
}
