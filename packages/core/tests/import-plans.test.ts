import { createTestCore, type TestCore } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabaseSession } from '../src/database/connection.ts'
import { closeClient } from '../src/database/single-connection.ts'
import { storeAccounts } from '../src/tables/imports/merge-new.ts'
import { createStaging, indexStaging } from '../src/tables/imports/staging.ts'

interface Plan {
  'Node Type': string
  Plans?: Plan[]
}

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

it('an import joins no row of a range with each other one, after PostgreSQL has counted those it has stored', async () => {
  const { client, db } = openDatabaseSession({ url: test.database.url, poolSize: 1, prepare: true })
  try {
    await createStaging(db)
    await db.execute(sql`
      insert into staged_users (n, old_id, user_id, external_id, email, email_verified, first_name, last_name, role,
        is_active, password_hash, password_form, factor_digest, row_hash, verdict)
      select n, n::text, gen_random_uuid(), n::text, 'staged' || n || '@example.com', true, '', '', 0, true, '', 1, '', '',
        'account'
      from generate_series(1, 4000) n`)
    await indexStaging(db)
    await db.execute(sql`
      insert into imported_users (source, old_id, user_id, row_hash, imported_hash, state)
      select 'plans', old_id, user_id, '', '', 'account' from staged_users where n <= 2000`)
    await db.execute(sql`analyze imported_users`)
    const statement = storeAccounts(test.ctx.clock, { source: 'plans', from: 2001, to: 4000 })
    const [row] = await db.execute<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      sql`explain (format json) ${statement}`,
    )
    const nodes = row?.['QUERY PLAN'].flatMap(({ Plan }) => listNodes(Plan)) ?? []
    expect(nodes.filter(({ 'Node Type': type }) => type === 'CTE Scan')).not.toHaveLength(0)
    expect(nodes.filter(isJoinOfEach)).toEqual([])
  } finally {
    await closeClient(client)
  }
})

function listNodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(listNodes)]
}

/** No index helps with the rows of a common table expression. */
function isJoinOfEach({ 'Node Type': type, Plans = [] }: Plan): boolean {
  return type === 'Nested Loop' && Plans.at(-1)?.['Node Type'] === 'CTE Scan'
}
