import { makeProofKey, type ProofKey } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type OtlpReceiver, startOtlpReceiver } from '../seeing/otlp-receiver.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS, PUBLIC_URL, signUpFields } from './bound.ts'

const KEYS = ['kept-for-this-one-refresh', 'too-short', 'a key with blanks in it']

let receiver: OtlpReceiver
let server: TestServer
let key: ProofKey
/** What callers have sent and got, which must not be told. */
const secrets = new Set<string>(KEYS)
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  const traces = {
    ...{ url: receiver.url, headers: {}, serviceName: 'auth', attributes: {} },
    ...{ sampler: 'parentbased_always_on' as const, share: 1 },
  }
  server = await startTestServer({ seeing: { traces } })
  key = await makeProofKey()
})
afterAll(() => receiver.close())

interface Sent {
  json: unknown
  nonce?: string | null
  idempotencyKey?: string
  htm?: string
}

/** Posts with a proof, and notes every part of it. */
async function post(path: string, { json, nonce, idempotencyKey, htm = 'POST' }: Sent) {
  const jti = crypto.randomUUID()
  const dpop = await key.prove({ htm, htu: PUBLIC_URL + path, nonce, jti })
  const headers = { dpop, ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) }
  const answer = await call(server.url + path, { json, headers })
  const given = String(answer.headers.get('dpop-nonce'))
  for (const secret of [dpop, ...dpop.split('.'), jti, given, String(key.jwk.x)]) secrets.add(secret)
  return { status: answer.status, nonce: given, body: answer.body as { refresh: string } }
}

it('no proof, nonce or key is in the log, in a trace or in the database', async () => {
  const statuses: number[] = []
  for (const { register, refresh } of Object.values(DOORS)) {
    const path = DOORS.rest.register
    const { body, nonce } = await post(path, { json: signUpFields() })
    const json = { refresh: body.refresh }
    const answers = [
      await post(register, { json: signUpFields(), htm: 'GET' }),
      await post(refresh, { json }),
      await post(refresh, { json, nonce, htm: 'GET' }),
      await post(`/nothing/${nonce}`, { json, nonce }),
      ...(await refreshWithEach(refresh, { json, nonce })),
    ]
    await server.database.sql`alter table sessions rename to hidden`
    answers.push(await post(refresh, { json, nonce, idempotencyKey: KEYS[0] }))
    answers.push(await post(path, { json: signUpFields() }))
    await server.database.sql`alter table hidden rename to sessions`
    statuses.push(...answers.map(({ status }) => status))
  }
  expect(new Set(statuses)).toEqual(new Set([200, 400, 401, 404, 500]))
  const tables = await server.database.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`
  const rows = await Promise.all(
    tables.map(({ name }) => server.database.sql`select * from ${server.database.sql(name)}`),
  )
  await server.close()
  const told = [
    JSON.stringify(rows),
    ...server.logLines,
    ...server.coreLogLines,
    JSON.stringify(receiver.spans),
  ]
  expect(receiver.spans.length).toBeGreaterThan(20)
  for (const secret of secrets) expect(told.filter((text) => text.includes(secret))).toEqual([])
})

async function refreshWithEach(path: string, sent: Sent) {
  const answers = []
  for (const idempotencyKey of KEYS) answers.push(await post(path, { ...sent, idempotencyKey }))
  return answers
}
