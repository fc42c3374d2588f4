// Prints the plan of every statement that the server sends: npm run plans -- [--users N]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const USAGE = `npm run plans -- [options]

Fills a database, calls every operation, and prints each statement with its plan, the most pages first.
A million users take about three minutes and 4 GB below the folder of temporary files.

  --users N    how many users the database has; 1000000 unless given`

const root = join(import.meta.dirname, '../../../..')

async function printPlans(users: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-plans-'))
  const report = join(folder, 'plans.txt')
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const words = [vitest, 'run', '--root', root, 'apps/server/tests/plans/plans.test.ts']
    const env = { ...process.env, LATCHKEY_PLANS_USERS: String(users), LATCHKEY_PLANS_REPORT: report }
    // What the test says goes to the other stream, so that the plans can be kept in a file.
    const run = spawn(process.execPath, words, { stdio: ['ignore', 2, 2], env })
    const [code] = (await once(run, 'exit')) as [number | null]
    process.stdout.write(await readFile(report, 'utf8').catch(() => ''))
    return code ?? 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

try {
  const { values } = parseArgs({ options: { users: { type: 'string', default: '1000000' } } })
  if (!/^[1-9]\d{4,8}$/.test(values.users)) throw new Error('--users takes a number from 10000 on')
  process.exitCode = await printPlans(Number(values.users))
} catch (error) {
  console.error(`plans: ${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 1
}
