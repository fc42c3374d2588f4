import { writeFile } from 'node:fs/promises'
import { openSql } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describePlans } from './describe-plans.ts'
import { type ExplainedDatabase, FREE_CHOICE_USERS, openExplainedDatabase } from './explained-database.ts'
import { findFaults, GROWING_TABLES, namesUser } from './find-faults.ts'
import { type SentStatements, sendEverything } from './journey.ts'
import { type ExplainedStatement, listNodes } from './read-explained.ts'
import { refreshOften } from './refresh-often.ts'

/** More than a page of users examines. `npm run plans` asks for a million. */
const USERS = Number(process.env.LATCHKEY_PLANS_USERS ?? 12_000)
const { LATCHKEY_PLANS_REPORT: REPORT } = process.env
/** A batch of the housekeeping is a small part of each table. It has 1000 rows beside a million users. */
const USERS_PER_BATCH_ROW = 1000
/** A planner with a free choice reads a whole table rather than looking a batch up in it, while the table is small. */
const SMALL_ROWS = USERS < FREE_CHOICE_USERS ? 0 : 100_000
const PREPARATION_MILLISECONDS = 3_600_000

let database: ExplainedDatabase
let sent: SentStatements
beforeAll(async () => {
  database = await openExplainedDatabase(USERS, (line) => REPORT && console.log(line))
  sent = await sendEverything(database, Math.ceil(USERS / USERS_PER_BATCH_ROW))
  if (REPORT) await writeFile(REPORT, `${describePlans(Object.values(sent).flat())}\n`)
}, PREPARATION_MILLISECONDS)
afterAll(() => database.drop())

/** The texts of statements, each once. */
const listTexts = (statements: ExplainedStatement[]) => [...new Set(statements.map(({ text }) => text))]

describe('the statements of a server', () => {
  it.each(['start', 'call', 'housekeeping'] as const)(
    'read no table that grows without a bound: %s',
    (cause) => {
      expect(listTexts(sent[cause]).length).toBeGreaterThan(10)
      const faulty = sent[cause].flatMap((statement) =>
        findFaults(statement, cause === 'housekeeping' ? SMALL_ROWS : 0).map(
          (fault) => `${fault}: ${statement.text}`,
        ),
      )
      expect([...new Set(faulty)]).toEqual([])
    },
  )

  it('use each index of a table that grows, so that the loss of any of them is seen', async () => {
    const rows = await database.sql<{ name: string }[]>`
      select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
      join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'public'::regnamespace and t.relname in ${database.sql(GROWING_TABLES)}`
    const all: ExplainedStatement[] = Object.values(sent).flat()
    const used = all.flatMap(({ plan }) => listNodes(plan).map((node) => node['Index Name']))
    expect(rows.length).toBeGreaterThan(GROWING_TABLES.length)
    expect(rows.map(({ name }) => name).filter((name) => !used.includes(name))).toEqual([])
  })

  it('name the user wherever they find sessions for a call', () => {
    const ofSessions = sent.call.filter(({ text }) => /\bsessions\b/.test(text))
    expect(listTexts(ofSessions).length).toBeGreaterThan(15)
    expect(listTexts(ofSessions.filter((statement) => !namesUser(statement)))).toEqual([])
  })
})

it('every refresh is a HOT update: it writes its row beside the former one, and no index', async () => {
  const { all, hot } = await refreshOften(database)
  expect(all).toBeGreaterThan(500)
  expect(hot).toBe(all)
})

it('a statement that lost its index is found', async () => {
  const before = (await database.readPlans()).length
  const noted = openSql(database.url)
  await noted`drop index sessions_user_id`
  await noted`delete from sessions where user_id = gen_random_uuid()`
  await noted.end()
  const [statement] = (await database.readPlans()).slice(before)
  expect(statement && findFaults(statement)).toEqual(['reads every row of sessions'])
})
