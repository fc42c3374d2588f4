import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import { createTestCore, createTestDatabase, signUp, startPgBouncer } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Check } from '../../src/process/cli/doctor/check.ts'
import { CHECKS } from '../../src/process/cli/doctor/checks.ts'
import { openExam } from '../../src/process/cli/doctor/exam.ts'
import { examine } from '../../src/process/cli/doctor/examine.ts'
import { OLD_TOKENS } from '../../src/process/cli/doctor/old-tokens.ts'
import { CASES, openImport, type Setup } from './cases.ts'
import { createWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

/** Makes some checks of a deployment, and undoes what the deployment has changed. */
async function look(setup: Setup, checks: readonly Check[] = CHECKS, patience?: number) {
  const exam = openExam({ ...world.env, ...setup.env })
  try {
    return await examine({ ...exam, ...setup.exam }, checks, patience)
  } finally {
    await exam.close()
    await setup.undo?.()
  }
}

it('every check has a good and a bad case', () => {
  expect(Object.keys(CASES)).toEqual(CHECKS.map(({ name }) => name))
})

describe.each(CHECKS.map((check) => [check.name, check] as const))('the check %s', (name, check) => {
  it('finds nothing in a healthy deployment', async () => {
    const setup = await CASES[name]?.good?.(world)
    const lines = await look(setup ?? {}, [check])
    expect(lines.filter(({ verdict }) => verdict !== 'good')).toEqual([])
    expect(lines.length).toBeGreaterThan(0)
  })

  it('says what is wrong and how to mend it, in one line without a password', async () => {
    const setup = (await CASES[name]?.bad(world)) ?? {}
    const lines = await look(setup, [check])
    const faults = lines.filter(({ verdict }) => verdict === 'look' || verdict === 'mend')
    const told = faults.map((line) => line.told).join('\n')
    expect(told).toMatch(CASES[name]?.says ?? /never/)
    for (const line of lines) expect(line.told).not.toMatch(/[\r\n]|hush/)
  })
})

it('the key of a former deployment is looked at while it is missing or needless, and not while it is needed', async () => {
  const { sql } = world.database
  const told = async (DJANGO_SECRET_KEY: string) => {
    const lines = await look({ env: { DJANGO_SECRET_KEY } }, [OLD_TOKENS])
    return lines.map((line) => `${line.verdict}: ${line.told}`).join()
  }
  const key = 'django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz'
  expect(await told(key)).toMatch(
    /^look: .* no import has finished; import first, or remove DJANGO_SECRET_KEY/,
  )
  await openImport(sql)
  await sql`update imports set final = true`
  await sql`insert into imported_sessions (session_id, source, jti, user_id, expires_at)
    values (gen_random_uuid(), 'old', 'a', gen_random_uuid(), now() + interval '1 day')`
  expect(await told(key)).toMatch(/^good: /)
  expect(await told('')).toMatch(/^look: .* are refused; set DJANGO_SECRET_KEY/)
  await sql`delete from imported_sessions`
  expect(await told(key)).toMatch(/^look: no old token can be good any more; remove DJANGO_SECRET_KEY/)
  expect(await told('')).toMatch(/^good: /)
  await sql`delete from imports`
})

it('mail that is due and that no server sends is named', async () => {
  const mail = { mode: 'smtp' as const, smtpUrl: 'smtp://127.0.0.1:1', from: 'a@example.com' }
  const own = await createTestDatabase({ mail: true })
  const { ctx, close } = await createTestCore({
    database: own,
    mail: { ...mail, mailboxDir: null, templatesDir: null },
  })
  const { email } = await signUp(ctx)
  await requestPasswordReset(ctx, { email })
  await close()
  const checks = CHECKS.filter(({ name }) => name === 'waiting mail')
  const setup = { env: { DATABASE_URL: own.url }, undo: own.drop }
  const lines = await look({ ...setup, exam: { now: () => Date.now() + 3_600_000 } }, checks)
  expect(lines).toMatchObject([
    {
      verdict: 'look',
      told: '1 mail is due for up to 60 minutes, and no server sends it; start a server',
    },
  ])
})

it('the settings that leave something open are named, as in the log of a start', async () => {
  const setup = { env: { HOST: '0.0.0.0' } }
  const [, ...lines] = await look(
    setup,
    CHECKS.filter(({ name }) => name === 'settings'),
  )
  expect(lines).toMatchObject([
    { verdict: 'look', told: expect.stringMatching(/^HOST=0\.0\.0\.0 is reachable/) },
  ])
})

it('with settings that have mistakes, every other check is unknown and says why', async () => {
  const lines = await look({ env: { PORT: 'x' } })
  const others = lines.filter(({ check }) => check !== 'settings' && check !== 'secret files')
  for (const { verdict, told } of others) {
    expect({ verdict, told }).toEqual({ verdict: 'unknown', told: 'not checked: the settings have mistakes' })
  }
  expect(others).toHaveLength(CHECKS.length - 2)
})

it('without a database, the checks of the database are unknown, and the others are made', async () => {
  const setup = await CASES.database?.bad(world)
  const lines = await look(setup ?? {})
  const verdicts = Object.fromEntries(lines.map(({ check, verdict }) => [check, verdict]))
  expect(verdicts).toMatchObject({ database: 'mend', session: 'unknown', start: 'unknown', clock: 'unknown' })
  expect(verdicts).toMatchObject({ 'mail server': 'good', 'public address': 'good' })
})

it('on a database that the next start migrates, a check that needs the tables is unknown', async () => {
  const setup = await CASES.schema?.bad(world)
  const lines = await look({ ...setup, env: { ...setup?.env, MIGRATE_ON_START: 'true' } })
  const told = Object.fromEntries(lines.map((line) => [line.check, `${line.verdict}: ${line.told}`]))
  expect(told.schema).toMatch(/^look: .*the next start makes them/)
  expect(told.start).toBe('unknown: not checked: the database is not up to date')
  expect(told.rights).toBe('unknown: not checked: there are no tables yet')
})

/** The verdicts of a deployment that is to be mended, without the checks that need no database. */
async function judge(setup: Setup) {
  const lines = await look(setup)
  for (const { told } of lines) expect(told).not.toMatch(WORDS_OF_POSTGRES)
  return Object.fromEntries(lines.map((line) => [line.check, `${line.verdict}: ${line.told}`]))
}

const WORDS_OF_POSTGRES = /\bERROR\b|relation "|permission denied/
/** The checks that ask the tables, beside those of the schema and of the rights. */
const ON_TABLES = [
  'start',
  'signing keys',
  'former secrets',
  'old tokens',
  'waiting mail',
  'housekeeping',
  'client addresses',
]

describe('in the words of the doctor, and not in those of PostgreSQL,', () => {
  const expectUnknown = (told: Record<string, string>, reason: string, names = ON_TABLES) => {
    expect(Object.fromEntries(names.map((name) => [name, told[name]]))).toEqual(
      Object.fromEntries(names.map((name) => [name, `unknown: not checked: ${reason}`])),
    )
  }

  it.each([
    [
      'false',
      /^mend: there are no tables of Latchkey in the schema public yet, and MIGRATE_ON_START is false; run latchkey migrate with the role of the owner$/,
    ],
    [
      'true',
      /^look: there are no tables of Latchkey in the schema public yet; the next start makes them, or latchkey migrate$/,
    ],
  ])('a database without tables is told, with MIGRATE_ON_START=%s', async (MIGRATE_ON_START, schema) => {
    const empty = await createTestDatabase({ empty: true })
    const told = await judge({ env: { DATABASE_URL: empty.url, MIGRATE_ON_START }, undo: empty.drop })
    expect(told.schema).toMatch(schema)
    expect(told.rights).toBe('unknown: not checked: there are no tables yet')
    expectUnknown(told, 'the database is not up to date')
  })

  it('a database that an older release has migrated is told', async () => {
    const half = await createTestDatabase({ mail: true })
    await half.sql`drop table provider_attempts`
    await half.sql`delete from latchkey_migrations where name >= '0018'`
    const told = await judge({
      env: { DATABASE_URL: half.url, MIGRATE_ON_START: 'false' },
      undo: half.drop,
    })
    expect(told.schema).toMatch(/^mend: in the schema public wait: 0018_\w+, .*; run latchkey migrate/)
    expectUnknown(told, 'the database is not up to date')
  })

  it('a database that a newer release has migrated is told, and every check is made', async () => {
    const newer = await createTestDatabase({ mail: true })
    await newer.sql`insert into latchkey_migrations (hash, name) values ('later', '9999_later')`
    const told = await judge({ env: { DATABASE_URL: newer.url }, undo: newer.drop })
    expect(told.schema).toMatch(/^look: a newer release has made 9999_later/)
    for (const name of ['rights', 'start', 'signing keys', 'housekeeping'])
      expect(told[name]).toMatch(/^good/)
  })

  it('a database that has lost a table is told', async () => {
    const torn = await createTestDatabase({ mail: true })
    await torn.sql`drop table provider_attempts`
    const told = await judge({ env: { DATABASE_URL: torn.url }, undo: torn.drop })
    expect(told.schema).toMatch(
      /^mend: The schema public lacks tables .*\(provider_attempts\): .*; restore them from a backup\.$/,
    )
    expectUnknown(told, 'tables are missing')
  })

  it('a schema that is closed to the role is told, and one that does not exist', async () => {
    const { sql } = world.database
    const env = { DATABASE_URL: `${await world.asRole('')}?options=-csearch_path%3Dclosed` }
    const missing = await judge({ env })
    expect(missing.schema).toMatch(/^mend: The search_path \(closed\) names no schema that exists/)
    expect(missing.rights).toBe('unknown: not checked: the schema has a fault')
    expectUnknown(missing, 'the schema has a fault')
    await sql`create schema closed`
    const told = await judge({ env, undo: async () => sql`drop schema closed` })
    expect(told.rights).toMatch(
      /^mend: The role doctor_\w+ may not use the schema closed .*: GRANT USAGE ON SCHEMA closed TO doctor_/,
    )
    expectUnknown(told, 'the role lacks rights')
  })

  it('a role without rights is told every statement that is missing, and they suffice', async () => {
    const { sql } = world.database
    const env = { DATABASE_URL: await world.asRole(''), MIGRATE_ON_START: 'false' }
    const told = await judge({ env })
    expect(told.schema).toBe('unknown: not checked: the role lacks rights')
    expectUnknown(told, 'the role lacks rights')
    const lines = await look({ env })
    for (const line of lines.filter(({ check }) => check === 'rights')) {
      const statements = line.told.slice(line.told.indexOf('GRANT'))
      await sql.unsafe(statements.replace(/\.$/, ''))
    }
    const mended = await judge({ env })
    for (const name of ['schema', 'rights', 'start']) expect(mended[name]).toMatch(/^good/)
    expect(mended['waiting mail']).not.toMatch(/^unknown/)
  })
})

it('a check without an answer in time is unknown', async () => {
  const slow: Check = { name: 'slow', examine: () => new Promise(() => {}) }
  expect(await look({}, [slow], 20)).toEqual([
    { check: 'slow', verdict: 'unknown', told: 'not checked: no answer within 0.02 seconds' },
  ])
})

it('behind PgBouncer in transaction mode it asks for DATABASE_PREPARE=false, and is content with it', async () => {
  const pooler = await startPgBouncer(world.database.url, { poolSize: 2 })
  try {
    const asked = CHECKS.filter(({ name }) => name === 'database' || name === 'pooler')
    const refused = await look({ env: { DATABASE_URL: pooler.url } }, asked)
    expect(refused[0]).toMatchObject({
      verdict: 'mend',
      told: expect.stringContaining('DATABASE_PREPARE=false'),
    })
    const fit = await look({ env: { DATABASE_URL: pooler.url, DATABASE_PREPARE: 'false' } }, asked)
    expect(fit.map(({ verdict }) => verdict)).toEqual(['good', 'good'])
  } finally {
    await pooler.close()
  }
})
