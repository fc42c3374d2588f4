import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWatchedPage } from './browser.ts'
import { type JourneyServer, startJourneyServer } from './journey-server.ts'

const run = promisify(execFile)
const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'

/** A command of the README, and the answer that the README shows: `200 {"access":"…"}`. */
interface Call {
  command: string
  answer: string
}

let browser: Browser
let server: JourneyServer
let calls: Call[]
/** The number of requested resets. The mailbox shows every mail, the newest first. */
let resets = 0
beforeAll(async () => {
  const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8')
  const [, code = ''] = /## Five calls\n\n```sh\n(.*?)```/s.exec(readme) ?? []
  calls = [...code.matchAll(/^(curl .*?)\n# (\d{3} \{[^\n]*\})/gms)].map(([, command = '', answer = '']) => ({
    command,
    answer,
  }))
  expect(readme).toContain('in a mailbox at <http://localhost:3000/dev/mailbox>')
  ;[browser, server] = await Promise.all([
    launchBrowser(),
    startJourneyServer({ EMAIL_VERIFICATION: 'optional' }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Runs a command as a reader pastes it, and returns status and body. */
async function paste(command: string, env: Record<string, string> = {}): Promise<string> {
  const quiet = `curl() { command curl -s -w '\\n%{http_code}' "$@"; }\n`
  const script = quiet + command.replaceAll('localhost:3000', new URL(server.url).host)
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
    env: { ...process.env, ...env },
  })
  const [body = '', status = ''] = stdout.split('\n')
  return `${status} ${body}`
}

function expectPromised(answer: string, promised: string): void {
  const pattern = promised.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^"]+')
  expect(answer).toMatch(new RegExp(`^${pattern}$`))
}

it('the five calls of the README get the answers that it shows', async () => {
  expect(calls).toHaveLength(5)
  let env = {}
  for (const { command, answer } of calls) {
    const given = await paste(command, env)
    expectPromised(given, answer)
    const [, access, refresh] = /"access":"([^"]+)","refresh":"([^"]+)"/.exec(given) ?? []
    if (access && refresh) env = { ACCESS: access, REFRESH: refresh }
  }
})

it('the link in the mailbox confirms the address, and the user signs in by curl', async () => {
  const context = await browser.newContext()
  const { page, expectPeace } = await openWatchedPage(context, server.url)
  await page.goto(`${server.url}/dev/mailbox`)
  await server.openMail(page, 'Confirm your email address', EMAIL)
  await page.locator('pre').getByRole('link').click()
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
  expectPromised(await paste(calls[1]?.command ?? ''), calls[1]?.answer ?? '')
  expectPeace()
  await context.close()
})

it.each([
  ['without', false, 'an eager horse battery'],
  ['with', true, 'one more horse battery'],
])(
  'a mailed link sets a password %s JavaScript, and curl signs in with it',
  async (_word, javaScriptEnabled, password) => {
    const context = await browser.newContext({ javaScriptEnabled })
    const { page, expectPeace } = await openWatchedPage(context, server.url)
    await server.post('/password/reset/', { email: EMAIL })
    const mails = page.getByRole('link', { name: 'Set a new password' })
    const before = resets++
    await expect
      .poll(async () => {
        await page.goto(`${server.url}/dev/mailbox`)
        return mails.count()
      })
      .toBe(before + 1)
    await mails.first().click()
    await page.locator('pre').getByRole('link').click()
    for (const label of ['New password', 'New password again']) {
      await page.getByLabel(label, { exact: true }).fill(password)
    }
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('heading', { name: 'Your password has been reset' }).waitFor()
    const login = calls[1] ?? { command: '', answer: '' }
    expectPromised(await paste(login.command.replace(PASSWORD, password)), login.answer)
    expect(await paste(login.command)).toBe(
      '401 {"detail":"Incorrect credentials","code":"incorrect_credentials"}',
    )
    expectPeace()
    await context.close()
  },
)
