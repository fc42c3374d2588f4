import type { Signals, Watch } from '@latchkey/core'
import {
  makeProofKey,
  newEmail,
  PASSWORD,
  type ProofKey,
  readClaims,
  signUp,
  softAuthenticator,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { createDocument, listOperations } from '../document/document.ts'
import { createRequest, type Request, send, type World } from '../document/requests.ts'
import { WITH_PROVIDER } from '../document/social-requests.ts'
import { OPERATIONS } from '../operations.ts'
import { CONFIG, startTestServer, type TestServer } from '../test-server.ts'
import { PUBLIC_URL, postPlain, postProven, readBoth, signUpFields } from './bound.ts'

/** Every operation that opens a session. The list comes from the contract. */
const OPENING = OPERATIONS.filter(({ meta }) => meta.proofUse === 'binds').map(
  (endpoint) => [endpoint.operationId, endpoint] as const,
)
const DOCUMENTED = new Map(listOperations(createDocument(CONFIG)).map((one) => [one.operationId, one]))

const signals: (keyof Signals)[] = []
const watch: Watch = { note: (name) => signals.push(name), step: (_kind, _name, work) => work() }

let server: TestServer
let demanding: TestServer
let key: ProofKey
beforeAll(async () => {
  const settings = { mfaRequiredRoles: [900] }
  server = await startTestServer({ settings, mail: true, core: WITH_PROVIDER })
  demanding = await startTestServer({
    settings: { ...settings, dpop: 'required' },
    mail: true,
    core: { ...WITH_PROVIDER, watch },
  })
  key = await makeProofKey()
})
afterAll(() => Promise.all([server.close(), demanding.close()]))

const worldOf = (one: TestServer): World => ({
  server: one,
  readiness: { isReady: true },
  cookieMode: false,
  emailVerification: 'none',
  needsProof: one === demanding,
})

/** Reads the fields of a path, which tRPC has in its input. */
function readPlaces(template: string, path: string): Record<string, string> {
  const values = path.split('/')
  const places = template.split('/').map((part, index) => [part, values[index] ?? ''] as const)
  return Object.fromEntries(
    places.flatMap(([part, value]) => (part.startsWith('{') ? [[part.slice(1, -1), value]] : [])),
  )
}

/** Signs in up to the set-up of a factor. */
async function askSetUp(one: TestServer): Promise<string> {
  const { userId, email } = await signUp(one.ctx)
  await one.database.sql`update users set role = 900 where id = ${userId}`
  const json = { email, password: PASSWORD }
  const { body } = await postProven(one, '/login/', { key, json })
  return String(body.setup_challenge_id)
}

const ofSetUp: Record<string, (one: TestServer) => Promise<Request>> = {
  jwt_allauth_mfa_activate: async (one) => {
    const setup_challenge_id = await askSetUp(one)
    const { body } = await call(`${one.url}/mfa/setup/`, { json: { setup_challenge_id } })
    const code = totpCode((body as { secret: string }).secret, one.clock)
    return { path: '/mfa/activate/', json: { setup_challenge_id, code } }
  },
  passkeys_register: async (one) => {
    const setup_challenge_id = await askSetUp(one)
    const { body } = await call(`${one.url}/passkeys/options/`, { json: { setup_challenge_id } })
    const credential = softAuthenticator().create((body as { options: never }).options)
    return { path: '/passkeys/', json: { setup_challenge_id, credential } }
  },
}

/** Makes a request that opens a session. */
async function createOpening(one: TestServer, operationId: string): Promise<Request> {
  const operation = DOCUMENTED.get(operationId)
  if (!operation) throw new Error(`The document has no ${operationId}.`)
  return ofSetUp[operationId]?.(one) ?? createRequest(worldOf(one), operation)
}

/** What a sign-in that opens nothing leaves as it was. */
async function countRows(one: TestServer) {
  const [rows] = await one.database.sql`select (select count(*)::int from sessions) as sessions,
    (select count(*)::int from ceremonies) as ceremonies, (select count(*)::int from users) as users`
  return rows
}

describe.each(OPENING)('%s', (operationId, endpoint) => {
  it('binds the session to the key of its proof', async () => {
    const { path, json, headers } = await createOpening(server, operationId)
    const answer = await postProven(server, path, { key, json, headers })
    expect(answer.body).toMatchObject({ bound: true })
    const [row] = await server.database.sql`select jkt, bound_by from sessions
      where id = ${readClaims(String(answer.body.access)).session}`
    expect(row).toEqual({ jkt: key.jkt, bound_by: 'dpop' })
  })

  it('does so over tRPC, where a proof names the address of the call', async () => {
    const { path, json, headers } = await createOpening(server, operationId)
    const input = { ...readPlaces(endpoint.path, path), ...(json as object) }
    const trpc = `/trpc/${endpoint.procedurePath}`
    const answer = await postProven(server, trpc, { key, json: input, headers })
    expect(answer.body).toMatchObject({ bound: true })
  })

  it('opens nothing with a proof for another operation, and the right one then works', async () => {
    const { path, json, headers } = await createOpening(server, operationId)
    const before = await countRows(server)
    const parts = { htu: `${PUBLIC_URL}/logout/` }
    const refused = await postProven(server, path, { key, json, headers, parts })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_dpop_proof' } })
    expect(await countRows(server)).toEqual(before)
    expect((await postProven(server, path, { key, json, headers })).body).toMatchObject({ bound: true })
  })

  it('opens nothing without a proof where one is demanded: 400 before any hash, over both doors', async () => {
    const { path, json, headers } = await createOpening(demanding, operationId)
    const before = await countRows(demanding)
    signals.length = 0
    const doors = [
      await call(demanding.url + path, { json, headers }),
      await callTrpc(
        demanding.url,
        { path: endpoint.procedurePath, type: 'mutation' },
        { input: json, headers },
      ),
    ]
    for (const answer of doors.map(readBoth)) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'dpop_required' } })
    }
    expect(signals).not.toContain('hash_began')
    expect(await countRows(demanding)).toEqual(before)
    expect((await postProven(demanding, path, { key, json, headers })).body).toMatchObject({ bound: true })
  })
})

describe('where a proof is demanded', () => {
  it('a sign-in that leads to a second step needs one too, and so does the second step', async () => {
    const { path, json } = await createOpening(demanding, 'jwt_allauth_mfa_verify')
    expect(readBoth(await call(demanding.url + path, { json }))).toMatchObject({
      body: { code: 'dpop_required' },
    })
    const [{ email }] = (await demanding.database.sql`select email from users
      where second_factor order by created_at desc limit 1`) as unknown as [{ email: string }]
    const credentials = { email, password: PASSWORD }
    const refused = readBoth(await call(`${demanding.url}/login/`, { json: credentials }))
    expect(refused).toMatchObject({ status: 400, body: { code: 'dpop_required' } })
    const begun = await postProven(demanding, '/login/', { key, json: credentials })
    expect(begun.body).toMatchObject({ mfa_required: true })
    expect(begun.body).not.toHaveProperty('bound')
  })

  it('the key of the first step is not that of the session: the second step brings its own', async () => {
    const { path, json } = await createOpening(demanding, 'jwt_allauth_mfa_verify')
    const other = await makeProofKey()
    const answer = await postProven(demanding, path, { key: other, json })
    const [row] = await demanding.database.sql`select jkt from sessions
      where id = ${readClaims(String(answer.body.access)).session}`
    expect(row?.jkt).toBe(other.jkt)
  })

  it('the set-up of a factor in a session needs none, because it opens no session', async () => {
    const operation = DOCUMENTED.get('jwt_allauth_mfa_activate')
    if (!operation) throw new Error('The document has no activation.')
    const request = { ...(await createRequest(worldOf(demanding), operation)), isUnproven: true as const }
    expect((await send(worldOf(demanding), 'POST', request)).status).toBe(200)
  })

  it('a session that is not bound is refreshed as before', async () => {
    const { tokens } = await signUp(demanding.ctx)
    const json = { refresh: tokens.refresh }
    const answer = readBoth(await call(`${demanding.url}/refresh/`, { json }))
    expect(answer.status).toBe(200)
    expect(answer.body).not.toHaveProperty('bound')
  })
})

describe.each([
  ['the tokens in the body', null],
  ['cookies', { secure: false, sameSite: 'Lax', path: '/' } as const],
])('the posted form of a reset, with %s', (_name, refreshCookie) => {
  it.each([
    ['demanded', 'required'],
    ['possible', 'optional'],
  ] as const)('sets the password, and where proofs are %s it signs in as it may', async (_when, dpop) => {
    const one = await startTestServer({ settings: { dpop, refreshCookie }, mail: true })
    try {
      const world = { ...worldOf(one), cookieMode: refreshCookie !== null, needsProof: dpop === 'required' }
      const operation = DOCUMENTED.get('rest_password_reset_set_new')
      if (!operation) throw new Error('The document has no reset.')
      const { path, json, headers } = await createRequest(world, operation)
      const form = new URLSearchParams(json as Record<string, string>)
      const answer = await call(one.url + path, { body: form, headers: { ...headers, accept: 'text/html' } })
      expect(answer.status).toBe(303)
      const [{ held }] = (await one.database.sql`select count(*)::int as held from sessions`) as unknown as [
        { held: number },
      ]
      const signsIn = refreshCookie !== null && dpop === 'optional'
      expect(held).toBe(signsIn ? 1 : 0)
      expect(answer.headers.getSetCookie().some((cookie) => cookie.startsWith('refresh_token=ey'))).toBe(
        signsIn,
      )
    } finally {
      await one.close()
    }
  })
})

describe('with DPOP=off', () => {
  let ignoring: TestServer
  beforeAll(async () => {
    ignoring = await startTestServer({ settings: { dpop: 'off' } })
  })
  afterAll(() => ignoring.close())

  it('a proof is ignored where a session opens, good or bad', async () => {
    for (const parts of [{}, { htm: 'GET' }]) {
      const json = signUpFields(newEmail())
      const answer = await postProven(ignoring, '/registration/', { key, json, parts })
      expect(answer.status).toBe(201)
      expect(answer.body).not.toHaveProperty('bound')
    }
  })

  it('a session that was bound before keeps its key: its owner goes on, and nobody else does', async () => {
    const { tokens, sessionId } = await signUp(ignoring.ctx)
    await ignoring.database
      .sql`update sessions set jkt = ${key.jkt}, bound_by = 'dpop' where id = ${sessionId}`
    const json = { refresh: tokens.refresh }
    const bare = await postPlain(ignoring, '/refresh/', json)
    expect(bare).toMatchObject({ status: 401, body: { code: 'invalid_dpop_proof' } })
    const early = await postProven(ignoring, '/refresh/', { key, json })
    expect(early).toMatchObject({ status: 401, body: { code: 'use_dpop_nonce' } })
    const nonce = early.headers.get('dpop-nonce') ?? undefined
    const proven = await postProven(ignoring, '/refresh/', { key, json, parts: { nonce } })
    expect(proven).toMatchObject({ status: 200, body: { bound: true } })
  })
})
