import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type SmtpSink, startSmtpSink, TEST_SECRET_KEY, waitUntil } from '@latchkey/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestMailers, type TestMailers } from '../../../tests/support/test-mailers.ts'

const CHILD = fileURLToPath(new URL('../../../tests/support/mailer-process.ts', import.meta.url))
/** The recovery takes about a minute. This is the limit on a busy machine. */
const RECOVERY_MILLISECONDS = 240_000

let sink: SmtpSink
let mailers: TestMailers

beforeEach(async () => {
  sink = await startSmtpSink()
  mailers = await createTestMailers(sink.port)
})

afterEach(async () => {
  await mailers.close()
  await sink.stop()
})

test('a mail whose process is killed after the commit and before sending arrives once', async () => {
  await killAfterCommit({ works: false })
  expect(sink.messages).toEqual([])
  await (await mailers.create()).start()
  await sink.waitFor(1)
  await waitUntil(async () => (await unsettled()) === 0, 'the mail to be settled')
  expect(sink.messages.map(({ to }) => to)).toEqual([['ada@example.com']])
})

test('a mail whose process is killed while sending arrives once, within about a minute', {
  timeout: 2 * RECOVERY_MILLISECONDS,
}, async () => {
  await sink.setRules({ delay: 60 })
  await killAfterCommit({ works: true, when: async () => (await unsettled('active')) === 1 })
  await sink.setRules({})
  await (await mailers.create()).start()
  await sink.waitFor(1, RECOVERY_MILLISECONDS)
  await waitUntil(async () => (await unsettled()) === 0, 'the mail to be settled')
  expect(sink.messages.map(({ to }) => to)).toEqual([['ada@example.com']])
})

async function killAfterCommit(order: { works: boolean; when?: () => Promise<boolean> }) {
  const { url } = mailers.database
  const orders = {
    url,
    port: sink.port,
    secretKey: TEST_SECRET_KEY,
    to: 'ada@example.com',
    works: order.works,
  }
  const child = spawn(process.execPath, [CHILD, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  if (order.when) await waitUntil(order.when, 'the moment to kill')
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function unsettled(state?: 'active'): Promise<number> {
  const { sql } = mailers.database
  const rows = state
    ? await sql`select 1 from latchkey_mail.job where state = 'active'`
    : await sql`select 1 from latchkey_mail.job where state < 'completed'`
  return rows.length
}
