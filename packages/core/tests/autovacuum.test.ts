import { createTestDatabase } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { nameOf } from '../src/tables/purge.ts'
import { PURGES } from '../src/tables/purges.ts'

/** Why a table from which the housekeeping deletes has the thresholds of the cluster. */
const THOSE_OF_THE_CLUSTER: Record<string, string> = {
  sessions: 'a refresh tidies its page itself, and the vacuums took 61 % longer for 6 % fewer pages',
  throttle_counters: 'its rows live for one window, and the table is small',
  ceremonies: 'its rows live for minutes',
  provider_attempts: 'its rows live for minutes',
  pending_registrations: 'its rows live for days, and become users',
  code_attempts: 'at most one row of a user, changed in its page',
  imported_sessions: 'its rows are stored by a move, and all go within weeks',
  totp_factors: 'at most one row of a user, deleted by the user',
}
const SETTING = ['autovacuum_vacuum_scale_factor=0.05', 'autovacuum_vacuum_insert_scale_factor=0.05']

it('a vacuum begins early in each table whose rows are stored, kept for long and deleted, and in no other table', async () => {
  const database = await createTestDatabase()
  const rows = await database.sql<{ name: string; settings: string[] }[]>`
    select c.relname as name, array(
      select option from unnest(c.reloptions) option where option like 'autovacuum%' order by option desc) as settings
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = current_schema::regnamespace`
  await database.drop()
  const purged = PURGES.map(nameOf)
  const expected = rows.map(({ name }) => ({
    name,
    settings: purged.includes(name) && !(name in THOSE_OF_THE_CLUSTER) ? SETTING : [],
  }))
  expect([...rows]).toEqual(expected)
  expect(Object.keys(THOSE_OF_THE_CLUSTER).filter((name) => !purged.includes(name))).toEqual([])
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(purged))
})
