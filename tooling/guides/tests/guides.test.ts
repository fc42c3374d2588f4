import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { listPages, readBlocks, writeFiles } from '../src/extract.ts'
import { expectRun, noteRun } from '../src/runs.ts'

const run = promisify(execFile)
const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
const ADDRESS = 'http://localhost:3000'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ settings: { emailVerification: 'mandatory' }, mail: true })
})
afterAll(() => server?.close())

it('the code of every page compiles in strict mode', async () => {
  // The code of the Next.js page is an example with packages of its own, whose build checks the types.
  const pages = (await listPages()).filter((page) => page !== 'nextjs')
  for (const page of pages) await writeFiles(page, { folder: 'checked' })
  const check = run(process.execPath, [tsc, '-p', join(import.meta.dirname, '../tsconfig.code.json')])
  const { stdout } = await check.catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
})

it('the commands of the curl page get the answers that the page shows', async () => {
  const blocks = (await readBlocks('curl')).filter(({ language }) => language === 'sh')
  const email = newEmail()
  const script = blocks
    .map(({ code }) => code)
    .join('\n')
    .replace(ADDRESS, server.url)
    .replace('MAILBOX=.data/mailbox', `MAILBOX=${server.mailbox.settings.mailboxDir}`)
    .replace('EMAIL=ada@example.com', `EMAIL=${email}`)
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script])
  const promised = [...script.matchAll(/^# (.+)$/gm)].map(([, line = '']) =>
    line.replace(/:.* a browser.*/, ''),
  )
  const answers = stdout.trim().split('\n')
  expect(answers).toHaveLength(promised.length)
  for (const [index, line] of promised.entries()) {
    const pattern = line
      .replace('ada@example.com', email)
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('…', '.*')
    expect(answers[index]).toMatch(new RegExp(`^${pattern}$`))
  }
  noteRun(...blocks.map(({ id }) => id))
})

it('the query of the operations page finds failed sign-ins for unknown addresses', async () => {
  const [query] = (await readBlocks('operations')).filter(({ language }) => language === 'sql')
  const body = JSON.stringify({ email: newEmail(), password: 'wrong' })
  const headers = { 'Content-Type': 'application/json' }
  const find = () => server.database.sql.unsafe(query?.code ?? '')
  await server.database.sql`delete from audit_events`
  expect((await fetch(`${server.url}/login/`, { method: 'POST', headers, body })).status).toBe(401)
  await expect.poll(find).toMatchObject([{ ip: '127.0.0.1', count: '1' }])
  noteRun(query?.id ?? '')
})

it('every block for this test was run', () => expectRun('guides.test.ts'))
