import { createTestCore, readClaims, refusalOf, requireTokens, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportOptions } from '../src/imports/options.ts'
import { runImport } from '../src/imports/run-import.ts'
import { signInWithIdentity } from '../src/operations/social/sign-in-with-identity.ts'
import { NO_PROVIDERS } from '../src/services/providers/providers.ts'
import { identityOf } from './support/identity-of.ts'
import { makeUpSource, RUN } from './support/made-up-source.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

let named = 0

async function importUser(user: object, options: Partial<ImportOptions> = {}) {
  const source = makeUpSource([{ oldId: String(++named), ...user }], { name: `source ${named}` })
  const database = { url: test.database.url, poolSize: 1, prepare: true }
  const run = () => runImport(test.ctx, database, source, { ...RUN, ...options, onCase: () => {} })
  await run()
  const email = source.people[0]?.email ?? ''
  return { run, email, source }
}

const readConnections = (email: string) =>
  test.database
    .sql`select provider, uid, c.created_at, last_login from connections c join users u on u.id = user_id
    where u.email = ${email} order by uid`

const GITHUB = {
  provider: 'github',
  uid: '583231',
  createdAt: new Date('2024-01-02T03:04:05Z'),
  lastLogin: new Date('2025-01-02T03:04:05Z'),
}

it('accounts at providers come along, and sign their user in', async () => {
  const { email } = await importUser({ passwordHash: '', connections: [GITHUB] })
  expect(await readConnections(email)).toEqual([
    { provider: 'github', uid: '583231', created_at: GITHUB.createdAt, last_login: GITHUB.lastLogin },
  ])
  const identity = identityOf({ email: null, provider: 'github', subject: '583231' })
  const { access } = requireTokens(await signInWithIdentity(test.ctx, identity))
  const [user] = await test.database.sql`select id from users where email = ${email}`
  expect(readClaims(access).sub).toBe(user?.id)
})

it('the oid of Microsoft signs in, and is completed', async () => {
  const microsoft = { ...GITHUB, provider: 'microsoft', uid: 'oid-of-ada' }
  const { email } = await importUser({ connections: [microsoft] })
  const said = { email: null, provider: 'microsoft', subject: 'tid:oid-of-ada', formerSubject: 'oid-of-ada' }
  requireTokens(await signInWithIdentity(test.ctx, identityOf(said)))
  expect(await readConnections(email)).toMatchObject([{ uid: 'tid:oid-of-ada' }])
})

it('a later run brings back nothing that was disconnected here, and changes nothing', async () => {
  const { run, email } = await importUser({ connections: [{ ...GITHUB, uid: '2' }] })
  await test.database.sql`delete from connections where uid = '2'`
  await run()
  expect(await readConnections(email)).toEqual([])
})

it('a subject that somebody has here stays with that user', async () => {
  const first = await importUser({ connections: [{ ...GITHUB, uid: '3' }] })
  const second = await importUser({
    connections: [
      { ...GITHUB, uid: '3' },
      { ...GITHUB, uid: '4' },
    ],
  })
  expect(await readConnections(first.email)).toMatchObject([{ uid: '3' }])
  expect(await readConnections(second.email)).toMatchObject([{ uid: '4' }])
})

it('names that are none are left out, and at most twenty come', async () => {
  const odd = ['', 'a b', 'x\u0000', 'é', 'x'.repeat(256)].map((uid) => ({ ...GITHUB, uid }))
  const many = Array.from({ length: 25 }, (_, n) => ({ ...GITHUB, uid: `many-${n}` }))
  const { email } = await importUser({ connections: [...odd, ...many] })
  expect(await readConnections(email)).toHaveLength(20)
})

it('a provider that the settings do not name is told: its account comes along, and signs nobody in', async () => {
  const connections = [
    { ...GITHUB, uid: '6' },
    { ...GITHUB, provider: 'linkedin_oauth2', uid: 'l6' },
  ]
  const source = makeUpSource([{ oldId: String(++named), connections }], { name: `source ${named}` })
  const database = { url: test.database.url, poolSize: 1, prepare: true }
  const cases: object[] = []
  const providers = { ...NO_PROVIDERS, list: () => [{ id: 'github', name: 'GitHub', clientId: 'web' }] }
  await runImport({ ...test.ctx, providers }, database, source, {
    ...RUN,
    onCase: (one) => void cases.push(one),
  })
  expect(cases.filter((one) => 'word' in one && one.word === 'unknown_provider')).toMatchObject([
    { with: 'linkedin_oauth2' },
  ])
  expect(await readConnections(source.people[0]?.email ?? '')).toHaveLength(2)
})

it('an unverified user with an account at a provider stays a user, whom nobody joins by the address', async () => {
  const user = { emailVerified: false, connections: [{ ...GITHUB, uid: '5' }] }
  const { email } = await importUser(user, { unverified: 'pending' })
  expect(await readConnections(email)).toHaveLength(1)
  const refused = signInWithIdentity(test.ctx, identityOf({ email }))
  expect(await refusalOf(refused)).toMatchObject({ code: 'local_account_unverified' })
})
