import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, openSql, type TestDatabase, waitUntil } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const CHILD = fileURLToPath(new URL('./support/import-process.ts', import.meta.url))
const USERS = 25_000
/** The users are gone through twice: the known ones change first, and there are none. */
const MID_MERGE = (USERS + 10_000) / 2

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

interface Line {
  step?: string
  done?: number
  counts?: Record<string, number>
}

/** Runs an import of generated users in a process of its own. */
async function runChild(
  users: number,
  node: string[] = [],
  onLine: (line: Line, child: ChildProcess) => void = () => {},
) {
  const child = spawn(process.execPath, [...node, CHILD, database.url, String(users)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (text) => {
    complaint += text
  })
  const lines: Line[] = []
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line
    lines.push(line)
    onLine(line, child)
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return { code: child.exitCode, signal: child.signalCode, complaint, counts: lines.at(-1)?.counts ?? null }
}

type ChildProcess = ReturnType<typeof spawn>

async function count(table: string): Promise<number> {
  const [row] = await database.sql`select count(*)::int as count from ${database.sql(table)}`
  return row?.count
}

const isMidMerge = ({ step, done = 0 }: Line) => step === 'users' && done >= MID_MERGE

/** The backends of the import, which its connection leaves behind for a moment. */
const backends = () =>
  database.sql`select pid from pg_locks where locktype = 'advisory' and database = (
    select oid from pg_database where datname = current_database())`

describe('an import that ends in mid-merge', () => {
  it('of a process that was killed leaves whole ranges and no temporary table, and the next run does the rest', async () => {
    const killed = await runChild(USERS, [], (line, child) => {
      if (isMidMerge(line)) child.kill('SIGKILL')
    })
    expect(killed).toMatchObject({ signal: 'SIGKILL', counts: null })
    await waitUntil(async () => (await backends()).length === 0, 'the backend of the import to end')
    const stored = await count('users')
    expect(stored % 10_000 === 0 || stored === USERS).toBe(true)
    expect(stored).toBeGreaterThan(0)
    expect(await count('imported_users')).toBe(stored)
    expect(await database.sql`select from pg_class where relname like 'staged%'`).toHaveLength(0)
    const before = await database.sql`select max(xmin::text::bigint) as last from users`
    const { code, counts } = await runChild(USERS)
    expect(code).toBe(0)
    expect(counts?.stored_users ?? 0).toBe(USERS - stored)
    expect(await count('users')).toBe(USERS)
    expect(await count('sessions')).toBe(USERS)
    // What the killed run stored was not written again.
    const [kept] = await database.sql`
      select count(*)::int as count from users where xmin::text::bigint <= ${before[0]?.last}`
    expect(kept?.count).toBe(stored)
    expect(
      await database.sql`select finished_at is null as open from imports order by started_at`,
    ).toMatchObject([{ open: true }, { open: false }])
  })

  it('by the loss of its connection rolls its range back and fails, and the next run does the rest', async () => {
    const holder = openSql(database.url)
    await holder`begin`
    await holder`lock table recovery_codes in access exclusive mode`
    const running = runChild(USERS)
    await database.waitForBlocked()
    for (const { pid } of await backends()) await database.sql`select pg_terminate_backend(${pid})`
    expect(await running).toMatchObject({
      code: 1,
      counts: null,
      complaint: expect.stringMatching(/terminating|ECONNRESET|CONNECTION_/),
    })
    await holder`rollback`
    await holder.end()
    expect(await count('users')).toBe(0)
    expect(await count('imported_users')).toBe(0)
    expect((await runChild(USERS)).code).toBe(0)
    expect(await count('users')).toBe(USERS)
  })
})

describe('the memory of an import', () => {
  it('does not grow with the users: 50,000 of them move in through a heap of 48 MiB', async () => {
    const { code, complaint, counts } = await runChild(50_000, ['--max-old-space-size=48'])
    expect(complaint).toBe('')
    expect(code).toBe(0)
    expect(counts).toMatchObject({ stored_users: 50_000, stored_sessions: 50_000 })
  })
})
