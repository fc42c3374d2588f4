import { makeProofKey, newEmail, PASSWORD, type ProofKey, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRaw } from '../send-raw.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS, postPlain, postProven, refreshProven, signUpBound, signUpFields } from './bound.ts'

const CHALLENGE = 'Bearer realm="api", DPoP error="ERROR", algs="ES256 Ed25519 EdDSA"'

let server: TestServer
let key: ProofKey
let thief: ProofKey
beforeAll(async () => {
  server = await startTestServer()
  ;[key, thief] = [await makeProofKey(), await makeProofKey()]
})
afterAll(() => server.close())

const findSession = async (access: string) => {
  const [row] = await server.database.sql`
    select jkt, bound_by, generation, rotated_at, last_seen_at, idle_expires_at from sessions
    where id = ${readClaims(access).session}`
  return row
}

const listEvents = (access: string) => server.database.sql`
  select kind, details from audit_events where session_id = ${readClaims(access).session} and kind like '%refresh%'
    or session_id = ${readClaims(access).session} and kind = 'proof_refused' order by id`

describe.each(Object.entries(DOORS))('over %s', (_door, paths) => {
  it('a session that is opened with a proof is bound to its key, and the answer says so', async () => {
    const answer = await postProven(server, paths.register, { key, json: signUpFields() })
    expect(answer.body.bound).toBe(true)
    expect(await findSession(String(answer.body.access))).toMatchObject({ jkt: key.jkt, bound_by: 'dpop' })
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[\w-]+\.[\w-]+$/)
  })

  it('a session that is opened without one is as before, and its answer has no nonce', async () => {
    const answer = await postPlain(server, paths.register, signUpFields())
    expect(Object.keys(answer.body)).toEqual(['access', 'refresh'])
    expect(answer.headers.has('dpop-nonce')).toBe(false)
    expect(await findSession(String(answer.body.access))).toMatchObject({ jkt: null, bound_by: null })
    const refreshed = await postPlain(server, paths.refresh, { refresh: answer.body.refresh })
    expect(Object.keys(refreshed.body)).toEqual(['access', 'refresh'])
  })

  it('a bad proof opens nothing: 400, before the fields are read', async () => {
    const { email } = await signUpBound(server, key)
    const [before] = await server.database.sql`select count(*)::int as n from sessions`
    const json = { email, password: PASSWORD }
    const answer = await postProven(server, paths.login, { key, json, parts: { htm: 'GET' } })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_dpop_proof' } })
    expect(answer.headers.has('dpop-nonce')).toBe(true)
    expect(answer.headers.has('www-authenticate')).toBe(false)
    const malformed = await postProven(server, paths.login, { key, json: {}, parts: { htm: 'GET' } })
    expect(malformed.body.code).toBe('invalid_dpop_proof')
    expect((await server.database.sql`select count(*)::int as n from sessions`)[0]).toEqual(before)
  })

  it('a proof whose clock is wrong is asked for the nonce, and works with it', async () => {
    const { email } = await signUpBound(server, key)
    const json = { email, password: PASSWORD }
    const iat = Math.floor(Date.now() / 1000) + server.clock.seconds - 3600
    const refused = await postProven(server, paths.login, { key, json, parts: { iat } })
    expect(refused).toMatchObject({ status: 401, body: { code: 'use_dpop_nonce' } })
    expect(refused.headers.get('www-authenticate')).toBe(CHALLENGE.replace('ERROR', 'use_dpop_nonce'))
    const nonce = refused.headers.get('dpop-nonce')
    expect(await postProven(server, paths.login, { key, json, parts: { iat, nonce } })).toMatchObject({
      status: 200,
      body: { bound: true },
    })
  })

  it('a refresh needs a nonce, and is answered with the proof of the key', async () => {
    const person = await signUpBound(server, key)
    const json = { refresh: person.refresh }
    const refused = await postProven(server, paths.refresh, { key, json })
    expect(refused).toMatchObject({ status: 401, body: { code: 'use_dpop_nonce' } })
    const nonce = refused.headers.get('dpop-nonce')
    const answer = await postProven(server, paths.refresh, { key, json, parts: { nonce } })
    expect(answer).toMatchObject({ status: 200, body: { bound: true } })
    expect(readClaims(String(answer.body.refresh))).toMatchObject({ generation: 2 })
    expect(await listEvents(person.access)).toEqual([])
  })

  it.each<[string, (refresh: string, nonce: string) => ReturnType<typeof postPlain>, string]>([
    ['left away', (refresh) => postPlain(server, paths.refresh, { refresh }), 'missing'],
    [
      'of another key',
      (refresh) => refreshProven(server, { key: thief, refresh, path: paths.refresh }),
      'other_key',
    ],
    [
      'for another path',
      (refresh, nonce) =>
        postProven(server, paths.refresh, {
          key,
          json: { refresh },
          parts: { nonce, htu: 'http://localhost:3000/login/' },
        }),
      'invalid',
    ],
    [
      'for another base',
      (refresh, nonce) =>
        postProven(server, paths.refresh, {
          key,
          json: { refresh },
          parts: { nonce, htu: `https://evil.example.com${paths.refresh}` },
        }),
      'invalid',
    ],
    [
      'for another method',
      (refresh, nonce) =>
        postProven(server, paths.refresh, { key, json: { refresh }, parts: { nonce, htm: 'GET' } }),
      'invalid',
    ],
    [
      'in two headers',
      async (refresh, nonce) => {
        const parts = { htm: 'POST', htu: `http://localhost:3000${paths.refresh}`, nonce }
        const dpop = `${await key.prove(parts)}, ${await key.prove(parts)}`
        return postPlain(server, paths.refresh, { refresh }, { dpop })
      },
      'invalid',
    ],
    [
      'of one megabyte of letters',
      (refresh) => postPlain(server, paths.refresh, { refresh }, LONG),
      'invalid',
    ],
    ['of quotes', (refresh) => postPlain(server, paths.refresh, { refresh }, { dpop: '"""\\"' }), 'invalid'],
    [
      'of characters beyond ASCII',
      (refresh) => postPlain(server, paths.refresh, { refresh }, { dpop: 'é.é.é' }),
      'invalid',
    ],
  ])(
    'a proof %s refreshes nothing: 401, recorded once, and the session is as before',
    async (_name, send, reason) => {
      const person = await signUpBound(server, key)
      const before = await findSession(person.access)
      const { headers } = await postProven(server, paths.refresh, { key, json: { refresh: 'none' } })
      for (let time = 1; time <= 3; time++) {
        const answer = await send(person.refresh, String(headers.get('dpop-nonce')))
        expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_dpop_proof' } })
        expect(answer.headers.get('www-authenticate')).toBe(CHALLENGE.replace('ERROR', 'invalid_dpop_proof'))
      }
      expect(await findSession(person.access)).toEqual(before)
      expect(await listEvents(person.access)).toEqual([{ kind: 'proof_refused', details: { reason } }])
      expect(await refreshProven(server, { key, refresh: person.refresh })).toMatchObject({ status: 200 })
    },
  )

  it('a stale token with the proof of the key is never theft, however old', async () => {
    const person = await signUpBound(server, key)
    let { refresh } = person
    for (let time = 1; time <= 3; time++) {
      server.clock.seconds += 3600
      refresh = String((await refreshProven(server, { key, refresh, path: paths.refresh })).body.refresh)
    }
    server.clock.seconds += 13 * 86_400
    const before = await findSession(person.access)
    const late = await refreshProven(server, { key, refresh: person.refresh, path: paths.refresh })
    expect(late).toMatchObject({ status: 200, body: { bound: true } })
    expect(readClaims(String(late.body.refresh)).generation).toBe(4)
    const after = await findSession(person.access)
    expect(after).toMatchObject({ generation: 4, rotated_at: before?.rotated_at })
    expect(after?.last_seen_at.getTime()).toBeGreaterThan(before?.last_seen_at.getTime())
    expect(after?.idle_expires_at.getTime()).toBeGreaterThan(before?.idle_expires_at.getTime())
    expect(await listEvents(person.access)).toMatchObject([
      { kind: 'refresh_late', details: { by: 'proof' } },
    ])
  })

  it('a session without a key ignores proofs, and is bound by none', async () => {
    const plain = await postPlain(server, paths.register, signUpFields())
    const answer = await refreshProven(server, { key: thief, refresh: String(plain.body.refresh) })
    expect(answer.status).toBe(200)
    expect(answer.body).not.toHaveProperty('bound')
    expect(await findSession(String(answer.body.access))).toMatchObject({ jkt: null, generation: 2 })
  })

  it('a captured refresh works for four minutes at most', async () => {
    const person = await signUpBound(server, key)
    const json = { refresh: person.refresh }
    const { headers } = await postProven(server, paths.refresh, { key, json })
    const parts = {
      htm: 'POST',
      htu: `http://localhost:3000${paths.refresh}`,
      nonce: headers.get('dpop-nonce'),
    }
    const captured = { dpop: await key.prove(parts) }
    expect(await postPlain(server, paths.refresh, json, captured)).toMatchObject({ status: 200 })
    server.clock.seconds += 240
    expect(await postPlain(server, paths.refresh, json, captured)).toMatchObject({
      status: 401,
      body: { code: 'use_dpop_nonce' },
    })
  })
})

/** Node refuses a head of more than 16 KiB, so the longest header that reaches the server is shorter. */
const LONG = { dpop: 'a'.repeat(14_000) }

it('a header of a megabyte is refused before the server reads it', async () => {
  const answer = await fetch(`${server.url}/refresh/`, {
    method: 'POST',
    headers: { dpop: 'a'.repeat(1_000_000) },
  }).catch((error: unknown) => error)
  expect(answer instanceof Response ? answer.status : 'closed').toSatisfy(
    (end) => end === 431 || end === 'closed',
  )
})

it.each([
  ['two headers, each with a right proof', 2, ''],
  ['a NUL in it', 1, '\0'],
])('%s refreshes nothing', async (_name, count, more) => {
  const person = await signUpBound(server, key)
  const { headers } = await postProven(server, '/refresh/', { key, json: {} })
  const iat = Math.floor(Date.now() / 1000) + server.clock.seconds
  const parts = { htm: 'POST', htu: 'http://localhost:3000/refresh/', iat, nonce: headers.get('dpop-nonce') }
  const lines = await Promise.all(
    Array.from({ length: count }, async () => `DPoP: ${await key.prove(parts)}${more}\r\n`),
  )
  const body = JSON.stringify({ refresh: person.refresh })
  const head = `POST /refresh/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n`
  const sent = `${head}${lines.join('')}Content-Length: ${body.length}\r\n\r\n${body}`
  const answer = await sendRaw(server.url, sent)
  expect([400, 401]).toContain(answer.status)
  expect(await findSession(person.access)).toMatchObject({ generation: 1 })
  expect(await refreshProven(server, { key, refresh: person.refresh })).toMatchObject({ status: 200 })
})

it('signing out needs no proof', async () => {
  const person = await signUpBound(server, key)
  const answer = await fetch(`${server.url}/logout/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.access}`, 'content-type': 'application/json' },
    body: JSON.stringify({ refresh: person.refresh }),
  })
  expect(answer.status).toBe(200)
  expect(await findSession(person.access)).toBeUndefined()
})

it('a sign-in with the key of another session opens a session of its own', async () => {
  const victim = await signUpBound(server, key)
  const other = newEmail()
  await postPlain(server, DOORS.rest.register, signUpFields(other))
  const answer = await postProven(server, DOORS.rest.login, {
    key: thief,
    json: { email: other, password: PASSWORD },
  })
  expect(await findSession(String(answer.body.access))).toMatchObject({ jkt: thief.jkt })
  expect(await findSession(victim.access)).toMatchObject({ jkt: key.jkt })
})
