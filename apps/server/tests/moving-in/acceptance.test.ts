import {
  addDjangoSession,
  addDjangoUser,
  DJANGO_PASSWORD,
  DJANGO_SECRET_KEY,
  type DjangoHash,
  type DjangoTokens,
  listDjangoHashes,
  listLiveTokens,
  readClaims,
  readDjangoClaims,
  signDjangoToken,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { type Move, prepareMove } from './move.ts'

// The cases have the numbers of the list by which the move was specified. 12, the equal work of unknown addresses, is
// packages/core/tests/decoys.test.ts, and 14, the memory of an import, is bench/tests/moving-in.test.ts.

interface Pair {
  access: string
  refresh: string
}

let move: Move
let url: string

const refresh = (token: string, base = url) => call(`${base}/refresh/`, { json: { refresh: token } })
const logIn = (email: string, password: string) => call(`${url}/login/`, { json: { email, password } })
const pairOf = (answer: Answer) => answer.body as Pair
const dashed = (session: string) => session.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
const sessionOf = (token: string) => dashed(readDjangoClaims(token).session)

async function isAlive(token: string): Promise<boolean> {
  return (await move.database.sql`select 1 from sessions where id = ${sessionOf(token)}`).length === 1
}

async function hashOf(email: string): Promise<string> {
  const [row] = await move.database.sql`select password_hash from users where email = ${email}`
  return String(row?.password_hash)
}

describe('the fixture', () => {
  let tokens: DjangoTokens[]
  beforeAll(async () => {
    move = await prepareMove()
    tokens = await listLiveTokens({ liveAt: move.liveAt })
  })
  afterAll(() => move?.close())

  it('1. is imported twice: three users, four sessions, the same ids', async () => {
    const read = async () => ({
      users: await move.database.sql`
        select id, external_id, email from users union all
        select null, external_id, email from pending_registrations order by email`,
      sessions: await move.database.sql`select id, user_id from sessions order by id`,
    })
    await move.importAll()
    const first = await read()
    expect(first.users.map(({ email, external_id }) => [email, external_id])).toEqual([
      ['ada@example.com', '1'],
      ['edsger@example.com', '3'],
      ['grace@example.com', '2'],
    ])
    expect(first.sessions.map(({ id }) => id)).toEqual(tokens.map(({ refresh: it }) => sessionOf(it)).sort())
    await move.importAll('--final')
    expect(await read()).toEqual(first)
    url = (await move.serve()).url
  })

  it('2. signs in with the old passwords, whose hashes become ours, and waits for the unverified address', async () => {
    for (const email of ['ada@example.com', 'grace@example.com']) {
      expect(await hashOf(email)).toMatch(/^pbkdf2_sha256\$1000000\$/)
      expect((await logIn(email, DJANGO_PASSWORD)).status, email).toBe(200)
      expect(await hashOf(email)).toMatch(/^\$argon2id\$/)
      expect((await logIn(email, DJANGO_PASSWORD)).status, email).toBe(200)
    }
    const answer = await logIn('edsger@example.com', DJANGO_PASSWORD)
    expect(answer).toMatchObject({ status: 401, body: { code: 'email_not_verified' } })
  })

  it('3 and 4. exchanges each refresh token once, repeats it within the grace, and ends the session of a replay', async () => {
    for (const [i, { user, refresh: old }] of tokens.entries()) {
      const first = await refresh(old)
      expect(first.status, user).toBe(200)
      const [claims, oldClaims] = [readClaims(pairOf(first).refresh), readDjangoClaims(old)]
      expect(claims).toMatchObject({
        user_id: user === 'ada' ? '1' : '2',
        role: user === 'ada' ? 0 : 1000,
        session: sessionOf(old),
        session_iat: oldClaims.session_iat,
        email_verified: true,
      })
      expect(claims.sub).not.toBe(claims.user_id)
      const again = await refresh(old)
      expect(again.status, user).toBe(200)
      expect(readClaims(pairOf(again).refresh)).toMatchObject({ generation: claims.generation })
      await move.database.sql`
        update sessions set rotated_at = rotated_at - interval '1 hour' where id = ${sessionOf(old)}`
      expect(await refresh(old)).toMatchObject({
        status: 401,
        body: { detail: 'Token is invalid or expired' },
      })
      const alive = await Promise.all(tokens.map(({ refresh: token }) => isAlive(token)))
      expect(alive).toEqual(tokens.map((_, at) => at > i))
    }
  })
})

describe('a deployment with a user for each case', () => {
  const people: Record<string, DjangoTokens & { email: string; id: string }> = {}
  const CASES = ['five', 'six', 'seven', 'eight', 'eight-cookie', 'nine', 'ten', 'other'] as const
  let hashes: DjangoHash[]
  beforeAll(async () => {
    move = await prepareMove()
    for (const name of CASES) {
      const email = `${name}@example.com`
      const id = await addDjangoUser(move.django.sql, { email })
      people[name] = { ...(await addDjangoSession(move.django.sql, id)), email, id }
    }
    hashes = await listDjangoHashes()
    for (const [i, { encoded }] of hashes.entries()) {
      await addDjangoUser(move.django.sql, { email: `hash${i}@example.com`, password: encoded })
    }
    await addDjangoUser(move.django.sql, {
      email: 'corrupt@example.com',
      password: 'pbkdf2_sha256$many$salt$aGFzaA==',
    })
    await importAgain()
    url = (await move.serve()).url
  })
  afterAll(() => move?.close())

  const importAgain = () => move.importAll('--final', '--weak', 'wrap')
  const person = (name: (typeof CASES)[number]) => people[name] as (typeof people)[string]

  it('5. exchanges a token that arrives twenty times at once with one rotation', async () => {
    const { refresh: old } = person('five')
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(old)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const generations = answers.map((answer) => readClaims(pairOf(answer).refresh).generation)
    expect(new Set(generations)).toEqual(new Set([1]))
    const events = await move.database.sql`
      select 1 from audit_events where kind = 'session_moved_in' and session_id = ${sessionOf(old)}`
    expect(events).toHaveLength(1)
  })

  it('6. keeps sessions dead that were ended here, through another import', async () => {
    const { id, refresh: old } = person('six')
    const second = await addDjangoSession(move.django.sql, id)
    await importAgain()
    const { access } = pairOf(await refresh(old))
    expect((await call(`${url}/logout-all/`, { method: 'POST', token: access })).status).toBe(200)
    expect([await isAlive(old), await isAlive(second.refresh)]).toEqual([false, false])
    await importAgain()
    expect([await isAlive(old), await isAlive(second.refresh)]).toEqual([false, false])
    expect((await refresh(second.refresh)).status).toBe(401)
  })

  it('7. keeps an account deleted that was deleted here, through another import', async () => {
    const { email, refresh: old } = person('seven')
    expect((await move.latchkey(['user', 'delete', email, '--yes'])).code).toBe(0)
    await importAgain()
    expect(await move.database.sql`select 1 from users where email = ${email}`).toHaveLength(0)
    expect((await refresh(old)).status).toBe(401)
  })

  it('8. answers an old access token as expired, and signs out with it', async () => {
    const { access, refresh: old } = person('eight')
    const read = await call(`${url}/user/`, { token: access })
    expect(read).toMatchObject({ status: 401, body: { messages: [{ message: 'Token is expired' }] } })
    const forged = `${access.slice(0, -4)}AAAA`
    expect(await call(`${url}/user/`, { token: forged })).toMatchObject({
      status: 401,
      body: { messages: [{ message: 'Token is invalid' }] },
    })
    const out = await call(`${url}/logout/`, { json: { refresh: old }, token: access })
    expect(out).toMatchObject({ status: 200, body: { detail: 'Successfully logged out.' } })
    expect(await isAlive(old)).toBe(false)
  })

  it('8. signs out by the cookie alone', async () => {
    const { refresh: old } = person('eight-cookie')
    const cookies = await move.serve({ REFRESH_TOKEN_AS_COOKIE: 'true' })
    const headers = { cookie: `refresh_token=${old}` }
    expect((await call(`${cookies.url}/logout/`, { method: 'POST', headers })).status).toBe(200)
    expect(await isAlive(old)).toBe(false)
  })

  it('9. refuses every old token under the wrong secret, and ends nothing', async () => {
    const { refresh: old } = person('nine')
    const wrong = await move.serve({ DJANGO_SECRET_KEY: `${DJANGO_SECRET_KEY}, another one` })
    expect(await refresh(old, wrong.url)).toMatchObject({ status: 401, body: { detail: 'Token is invalid' } })
    expect(await isAlive(old)).toBe(true)
    expect((await refresh(old)).status).toBe(200)
  })

  it.each([
    ['no algorithm', { alg: 'none', typ: 'JWT' }],
    ['HS512', { alg: 'HS512', typ: 'JWT' }],
    ['RS256', { alg: 'RS256', typ: 'JWT' }],
    ['a key id', { alg: 'HS256', typ: 'JWT', kid: '1' }],
  ])('10. refuses a token whose header names %s', async (_name, header) => {
    const { refresh: old } = person('ten')
    const [, payload, signature] = old.split('.')
    const first = Buffer.from(JSON.stringify(header)).toString('base64url')
    for (const end of [signature, '', signDjangoToken(readDjangoClaims(old)).split('.')[2]]) {
      expect(await refresh(`${first}.${payload}.${end}`)).toMatchObject({ status: 401 })
    }
    expect(await isAlive(old)).toBe(true)
  })

  it('11. signs in with every hash that Django makes, replaces it, and takes blanks around the password', async () => {
    for (const [i, { algorithm, password, encoded }] of hashes.entries()) {
      const email = `hash${i}@example.com`
      if (encoded.startsWith('!')) {
        expect((await logIn(email, '!')).status, algorithm).toBe(401)
        continue
      }
      expect((await logIn(email, `${password}x`)).status, algorithm).toBe(401)
      expect(await hashOf(email), algorithm).not.toMatch(/^\$argon2id\$/)
      for (const typed of [password, ` ${password}\t`, password]) {
        expect((await logIn(email, typed)).status, `${algorithm} ${typed}`).toBe(200)
        expect(await hashOf(email), algorithm).toMatch(/^\$argon2id\$/)
      }
    }
  })

  it('13. goes on after it was killed in the middle of the merge', async () => {
    const { sql } = move.django
    await sql`
      insert into jwt_allauth_jauser (id, password, is_superuser, username, first_name, last_name, email, is_staff,
        is_active, date_joined, role)
      select n, '!', false, 'many' || n, '', '', 'many' || n || '@example.com', false, true, now(), 0
      from generate_series(100001, 125000) n`
    await sql`
      insert into account_emailaddress (id, email, verified, "primary", user_id)
      select id, email, true, true, id from jwt_allauth_jauser where id > 100000`
    const count = async () =>
      (await move.database.sql`select count(*)::int as count from users where email like 'many%'`)[0]?.count
    const killed = await move.killImport(async () => (await count()) > 0)
    expect(killed).toBe('SIGKILL')
    expect(await count()).toBeLessThan(25_000)
    await importAgain()
    expect(await count()).toBe(25_000)
    const rows = await move.database.sql`
      select 1 from users u join imported_users i on i.user_id = u.id where u.email like 'many%'`
    expect(rows).toHaveLength(25_000)
  })

  it('15. answers 401 where the hash of an account is corrupt, at the import or after it', async () => {
    expect((await logIn('corrupt@example.com', DJANGO_PASSWORD)).status).toBe(401)
    const { email } = person('other')
    await move.database.sql`update users set password_hash = 'scrypt$x$y' where email = ${email}`
    expect((await logIn(email, DJANGO_PASSWORD)).status).toBe(401)
  })
})
