import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../../../package.json' with { type: 'json' }
import named from './former-release.json' with { type: 'json' }
import { findContractions, readSnapshot, type SchemaSnapshot } from './schema-snapshot.ts'
import { openTwoReleases, type TwoReleases } from './two-releases.ts'

/** Contractions by their sentence, each with the release in which it may come: none that still serves needs it. */
const ALLOWED: Record<string, string> = named.contractions

let both: TwoReleases
let former: SchemaSnapshot
let present: SchemaSnapshot
beforeAll(async () => {
  both = await openTwoReleases()
  await both.former.command(['migrate'])
  former = await readSnapshot(both.database.sql)
  await both.present.command(['migrate'])
  present = await readSnapshot(both.database.sql)
})
afterAll(() => both?.close())

it('the migrations since the former release keep everything that its statements use', () => {
  expect(Object.keys(former)).toContain('sessions')
  expect(findContractions(former, present).filter((one) => !(one in ALLOWED))).toEqual([])
})

it('every contraction that is allowed is there, and its release has come', () => {
  expect(Object.keys(ALLOWED).filter((one) => !findContractions(former, present).includes(one))).toEqual([])
  for (const release of Object.values(ALLOWED))
    expect(manifest.version.localeCompare(release, 'en', { numeric: true })).toBeGreaterThanOrEqual(0)
})

describe('a migration that would stop the former release is found:', () => {
  it.each([
    ['alter table sessions drop column os', ['sessions.os is gone']],
    ['alter table sessions rename column os to system', ['sessions.os is gone']],
    ['alter table known_networks rename to networks', ['the table known_networks is gone']],
    ['alter table users alter role type bigint', ['users.role was integer and is bigint']],
    ['alter table sessions alter ip set not null', ['sessions.ip takes no null']],
    ['alter table users alter role drop default', ['users.role lost its default']],
    ['alter table users add nickname text not null', ['users.nickname wants a value']],
    ["alter table users add nickname text not null default ''", []],
    ['alter table users add nickname text', []],
    ['create unique index on sessions (ip)', ['sessions got the key btree (ip)']],
    ['create index on sessions (ip)', []],
    ['alter table users add nickname text unique', []],
    ['alter table users add nickname text, add unique (role, nickname)', []],
    ["alter table users add nickname text default '' unique", ['users got the key btree (nickname)']],
    ['alter table users drop constraint users_email_unique', ['users lost the key btree (email)']],
    ['alter table users add check (role < 5000)', ['users got CHECK ((role < 5000))']],
  ])('%s', async (statement, contractions) => {
    const { sql } = both.database
    await sql
      .begin(async (tx) => {
        await tx.unsafe(statement)
        const changed = await readSnapshot(tx as unknown as typeof sql)
        expect(findContractions(present, changed)).toEqual(contractions)
        throw new Undone()
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error
      })
  })
})

class Undone extends Error {}
