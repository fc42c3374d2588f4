import { newEmail, PASSWORD, type ProofKey, type ProofParts } from '@latchkey/testkit'
import { type Answer, call } from '../call.ts'
import type { TestServer } from '../test-server.ts'

/** The public address of the test servers, which proofs name. */
export const PUBLIC_URL = 'http://localhost:3000'

/** The two doors of an operation: its path at each, and how its input becomes a body. Both take JSON. */
export const DOORS = {
  rest: { login: '/login/', refresh: '/refresh/', register: '/registration/' },
  trpc: { login: '/trpc/auth.login', refresh: '/trpc/auth.refresh', register: '/trpc/registration.register' },
}

/** The answer of either door in one shape. */
export interface BoundAnswer {
  status: number
  headers: Headers
  body: Record<string, unknown> & { access?: string; refresh?: string; bound?: boolean; code?: string }
}

/** Reads the answer of either door. */
export function readBoth(answer: Answer): BoundAnswer {
  const body = answer.body as { result?: { data: object }; error?: { data: object } } & object
  const inner = body.result?.data ?? body.error?.data ?? body
  return { status: answer.status, headers: answer.headers, body: inner as BoundAnswer['body'] }
}

/** Posts with a proof for this request, but for what a test makes wrong. */
export async function postProven(
  server: Pick<TestServer, 'url' | 'clock'>,
  path: string,
  sent: {
    key: ProofKey
    json: unknown
    parts?: ProofParts
    headers?: Record<string, string>
    token?: string
  },
): Promise<BoundAnswer> {
  const { key, json, parts, headers, token } = sent
  const iat = Math.floor(Date.now() / 1000) + server.clock.seconds
  const dpop = await key.prove({ htm: 'POST', htu: PUBLIC_URL + path, iat, ...parts })
  return readBoth(await call(server.url + path, { json, token, headers: { dpop, ...headers } }))
}

/** Posts without a proof. */
export async function postPlain(
  server: Pick<TestServer, 'url' | 'clock'>,
  path: string,
  json: unknown,
  headers: Record<string, string> = {},
): Promise<BoundAnswer> {
  return readBoth(await call(server.url + path, { json, headers }))
}

/** The fields of a sign-up. */
export function signUpFields(email = newEmail()) {
  return { email, password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
}

/** A user whose session is bound to a key. */
export interface BoundPerson {
  email: string
  access: string
  refresh: string
}

/** Signs up a user with a proof. */
export async function signUpBound(
  server: Pick<TestServer, 'url' | 'clock'>,
  key: ProofKey,
): Promise<BoundPerson> {
  const fields = signUpFields()
  const { status, body } = await postProven(server, DOORS.rest.register, { key, json: fields })
  if (status !== 201 || body.bound !== true) throw new Error(`The sign-up was answered with ${status}.`)
  return { email: fields.email, access: String(body.access), refresh: String(body.refresh) }
}

/** Refreshes as a client does: it takes the nonce of a refusal for a second try. */
export async function refreshProven(
  server: Pick<TestServer, 'url' | 'clock'>,
  sent: { key: ProofKey; refresh: string; parts?: ProofParts; path?: string },
): Promise<BoundAnswer> {
  const { key, refresh, parts, path = DOORS.rest.refresh } = sent
  const first = await postProven(server, path, { key, json: { refresh }, parts })
  if (first.body.code !== 'use_dpop_nonce') return first
  const nonce = first.headers.get('dpop-nonce')
  return postProven(server, path, { key, json: { refresh }, parts: { nonce, ...parts } })
}
