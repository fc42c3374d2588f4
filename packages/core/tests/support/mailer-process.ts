import pino from 'pino'
import { openDatabase } from '../../src/database/connection.ts'
import { deriveSecrets } from '../../src/services/keys/derived-keys.ts'
import { createMailer } from '../../src/services/mail/mailer.ts'
import { MAIL_SITE, resetMail } from './test-mails.ts'

/** The orders of a test to the process that it will kill. */
interface Orders {
  url: string
  port: number
  secretKey: string
  /** The recipient of the one mail. */
  to: string
  /** Whether the process also sends mail. */
  works: boolean
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders
const { db, sql } = openDatabase({ url: orders.url, poolSize: 4, prepare: true })
const mailer = await createMailer({
  mode: 'smtp',
  sql,
  keys: deriveSecrets(orders.secretKey, []).mail,
  from: 'no-reply@auth.example.com',
  ...MAIL_SITE,
  smtpUrl: `smtp://127.0.0.1:${orders.port}`,
  mailboxDir: null,
  log: pino({ level: 'silent' }),
})
if (orders.works) await mailer.start()
await db.transaction((tx) => mailer.outbox.queue(tx, resetMail(orders.to, 'secret')))
process.stdout.write('committed\n')
