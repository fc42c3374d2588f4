import { OPERATOR, type UserId } from '@latchkey/core'
import { refreshSession } from '@latchkey/core/operations/auth/refresh-session'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { newEmail, readClaims, storeFactors } from '@latchkey/testkit'
import type { Answer } from '../call.ts'
import type { DocumentedOperation } from './document.ts'
import { FACTOR_REFUSALS, TURNED_OFF } from './factor-refusals.ts'
import { OWN_PROOF_REFUSALS, PROOF_REFUSALS } from './proof-refusals.ts'
import {
  createPerson,
  createRequest,
  presentRefresh,
  type Request,
  send,
  UNKNOWN_KEY,
  type World,
} from './requests.ts'
import { SOCIAL_REFUSALS } from './social-requests.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml' }
/** A landing that takes the key of a link. */
export const LANDING = 'https://app.example.com/from-mail#key={token}'
const WEAK = { new_password1: '123', new_password2: '123' }

/** Changes a good request into one that gets a documented refusal. */
export type Spoil = (
  world: World,
  request: Request,
  operation: DocumentedOperation,
) => Request | Promise<Request>

/** Makes the request that gets a documented kind of answer from an operation. */
export async function createRequestFor(
  world: World,
  operation: DocumentedOperation,
  kind: string,
): Promise<Request> {
  const request = await createRequest(world, operation)
  const spoil = OWN[`${operation.operationId} ${kind}`] ?? BY_KIND[kind]
  if (!spoil && !/^[23]/.test(kind)) throw new Error(`No request is known that is answered ${kind}.`)
  return spoil ? spoil(world, request, operation) : request
}

const withHeaders = (request: Request, headers: Record<string, string>): Request => ({
  ...request,
  headers: { ...request.headers, ...headers },
})

const withRaw = (request: Request, type: string, body: string): Request =>
  withHeaders({ ...request, json: undefined, form: undefined, body }, { 'content-type': type })

const toUnknown: Spoil = (_world, request, { path }) =>
  withHeaders({ ...request, path: path.replaceAll(/\{\w+\}/g, UNKNOWN_KEY) }, { accept: 'application/json' })

function toBadHost(_world: World, request: Request): Request {
  return { ...request, host: 'localhost/elsewhere' }
}

const withUserOf =
  (change: (world: World, userId: UserId) => Promise<unknown>): Spoil =>
  async (world, request) => {
    const { sub } = readClaims(request.token ?? '')
    await change(world, sub)
    return request
  }

/** Makes a request with refused fields: none of the required ones, a number as a text, or a list. */
const breakFields: Spoil = (_world, request, { parameters = [], requestBody }) => {
  if (parameters.some(({ name }) => name === 'limit'))
    return { ...request, path: `${request.path}?limit=many` }
  const { required = [], properties = {} } = requestBody?.content['application/json']?.schema ?? {}
  // In cookie mode the cookie stands for the field, and no body is read.
  if (!requestBody && request.headers?.cookie) return { ...request, json: {}, headers: {} }
  const text = Object.keys(properties).find((name) => properties[name]?.maxLength !== undefined)
  if (required.length > 0) return { ...request, json: {} }
  return { ...request, json: text ? { [text]: 1 } : [] }
}

const fault =
  (name: string): Spoil =>
  (_world, request) =>
    withHeaders(request, { 'user-agent': `fault ${name}` })

/** Makes the same request as a browser would send it. */
const byBrowser =
  (kind: string): Spoil =>
  async (world, request, operation) => {
    const spoilt = (await BY_KIND[kind]?.(world, request, operation)) ?? request
    return operation.method === 'GET' ? withHeaders(spoilt, BROWSER) : asForm(spoilt)
  }

const BY_KIND: Record<string, Spoil> = {
  '400 field_errors': breakFields,
  '400 parse_error': (_world, request) => withRaw(request, 'application/json', '{'),
  '400 page': (_world, request) => withHeaders(withRaw(request, 'multipart/form-data', 'x'), BROWSER),
  '401 not_authenticated': (_world, request) => ({ ...request, token: undefined, headers: {} }),
  '401 bad_authorization_header': (_world, request) => ({
    ...request,
    token: undefined,
    headers: { authorization: 'Bearer a b' },
  }),
  '401 token_not_valid': (_world, request) => ({ ...request, token: 'a.b.c', headers: {} }),
  '401 user_not_found': withUserOf(
    ({ server }, id) => server.database.sql`delete from users where id = ${id}`,
  ),
  '401 user_inactive': withUserOf(({ server }, userId) =>
    deactivateUser(server.ctx, { by: OPERATOR, userId }),
  ),
  '401 email_not_verified': withUserOf(
    ({ server }, id) => server.database.sql`update users set email_verified = false where id = ${id}`,
  ),
  '403 permission_denied': withUserOf(
    ({ server }, id) => server.database.sql`update users set role = 0 where id = ${id}`,
  ),
  '403 insufficient_user_authentication': withUserOf(async ({ server }, id) => {
    const { sql } = server.database
    await sql`update sessions set acr = 'aal1' where user_id = ${id}`
    await sql`delete from totp_factors where user_id = ${id}`
    await storeFactors(server, id, { totp: true, codes: true, passkey: true })
  }),
  ...TURNED_OFF,
  ...PROOF_REFUSALS,
  '403 csrf_failed': (_world, request) => withHeaders(request, { origin: 'https://evil.example' }),
  '404 not_found': toUnknown,
  '404 page': async (...all) => withHeaders(await toUnknown(...all), BROWSER),
  '403 page': byBrowser('403 csrf_failed'),
  '413 page': (_world, request) => asForm({ ...request, json: { more: 'x'.repeat(70_000) } }),
  '429 page': byBrowser('429 throttled'),
  '500 page': byBrowser('500 error'),
  '503 page': byBrowser('503 unavailable'),
  '413 request_too_large': (_world, request) =>
    withRaw(request, 'application/json', JSON.stringify('x'.repeat(70_000))),
  '415 unsupported_media_type': (_world, request) => withRaw(request, 'text/plain', 'x'),
  '429 throttled': fault('throttled'),
  '500 error': fault('error'),
  '503 unavailable': fault('unavailable'),
}

/** Names a landing that takes the key, where the server allows it. */
const withLanding: Spoil = (_world, request) => ({
  ...request,
  path: `${request.path}?to=${Buffer.from(LANDING).toString('base64url')}`,
})

const OWN: Record<string, Spoil> = {
  ...OWN_PROOF_REFUSALS,
  ...FACTOR_REFUSALS,
  ...SOCIAL_REFUSALS,
  'token_refresh 204 empty': (_world, request) => ({
    ...request,
    json: undefined,
    headers: { prefer: 'session=optional' },
  }),
  'account_confirm_email 302 empty': withLanding,
  'email_change_confirm 302 empty': withLanding,
  // Every user may delete itself, except the last active superuser.
  'user_delete 403 permission_denied': withUserOf(async ({ server: { database } }, id) => {
    await database.sql`update users set role = 0 where role = 900`
    await database.sql`update users set role = 900 where id = ${id}`
  }),
  'password_reset_confirm 200 page': (_world, request) => ({
    ...request,
    path: `/password/reset/confirm/MTIz/${UNKNOWN_KEY}/`,
  }),
  'healthz 400 parse_error': toBadHost,
  'readyz 400 parse_error': toBadHost,
  'jwks 400 parse_error': toBadHost,
  'readyz 503 unavailable': ({ readiness }, request) => {
    readiness.isReady = false
    return request
  },
  'rest_login 401 incorrect_credentials': (_world, request) => ({
    ...request,
    json: { email: newEmail(), password: 'wrong' },
  }),
  'rest_login 401 email_not_verified': async (world, request) => {
    const { email } = request.json as { email: string }
    await world.server.database.sql`update users set email_verified = false where email = ${email}`
    return request
  },
  'rest_login 401 no_active_account': async (world, request) => {
    const { email } = request.json as { email: string }
    await world.server.database.sql`update users set is_active = false where email = ${email}`
    return request
  },
  'rest_password_reset_set_new 403 other_link': (_world, request) => ({
    ...request,
    json: { ...(request.json as object), link: 'the mark of another link' },
  }),
  'token_refresh 400 invalid_idempotency_key': (_world, request) =>
    withHeaders(request, { 'idempotency-key': 'too short' }),
  'token_refresh 422 idempotency_key_reused': async (world, request) => {
    const { tokens } = await createPerson(world)
    const idempotencyKey = 'the-key-of-one-refresh'
    const current = await refreshSession(world.server.ctx, { ...tokens, idempotencyKey })
    const presented = { ...request, ...presentRefresh(world, current) }
    return withHeaders(presented, { 'idempotency-key': idempotencyKey })
  },
  'token_refresh 401 token_not_valid': async (world, request) => {
    const { tokens, userId } = await createPerson(world)
    await world.server.database.sql`delete from sessions where user_id = ${userId}`
    return { ...request, ...presentRefresh(world, tokens) }
  },
  'token_refresh 401 session_expired': async (world, request) => {
    const { tokens, sessionId } = await createPerson(world)
    await world.server.database
      .sql`update sessions set absolute_expires_at = now() - interval '1 minute' where id = ${sessionId}`
    return { ...request, ...presentRefresh(world, tokens) }
  },
  'token_refresh 401 email_not_verified': async (world, request) => {
    const { tokens, userId } = await createPerson(world)
    await world.server.database.sql`update users set email_verified = false where id = ${userId}`
    return { ...request, ...presentRefresh(world, tokens) }
  },
  'rest_logout 400 invalid_refresh_token': (world, request) => ({
    ...request,
    ...presentRefresh(world, { refresh: 'x' }),
  }),
  'rest_password_reset_set_new 303 empty': (_world, request) => asForm(request),
  'rest_password_reset_set_new 400 page': (_world, request) => asForm({ ...request, json: WEAK }),
  'rest_password_reset_set_new 401 page': (_world, request) =>
    asForm({ ...request, json: WEAK, headers: {} }),
  'rest_password_reset_set_new 401 token_not_valid': async (world, request) => {
    await send(world, 'POST', request)
    return request
  },
}

function asForm(request: Request): Request {
  const form = (request.json ?? request.form ?? {}) as Record<string, string>
  return withHeaders({ ...request, json: undefined, form }, BROWSER)
}

/** Lists odd requests of many kinds. Their answers must be documented too. */
export async function listOddRequests(world: World, operation: DocumentedOperation): Promise<Request[]> {
  const good = await createRequest(world, operation)
  const fields = Object.keys((good.json as object) ?? {})
  const all = (value: unknown) => Object.fromEntries(fields.map((field) => [field, value]))
  const bodies = [[], null, 'x', 12, 1.5, true, {}, all(1), all(null), all(''), all('a\0b'), all('\ud800')]
  const parameters = operation.path.includes('{')
    ? ['%00', '%20', '%ED%A0%80', '%zz', 'x'.repeat(5000), 'ä']
    : []
  const hasBody = operation.method !== 'GET'
  return [
    ...(hasBody ? [...bodies, all('x'.repeat(300))].map((json) => ({ ...good, json })) : []),
    ...(hasBody ? [withRaw(good, 'multipart/form-data', 'x'), withRaw(good, '', 'x')] : []),
    ...(hasBody && fields.length > 0
      ? [asForm({ ...good, json: all('x') }), asForm({ ...good, json: all('') })]
      : []),
    ...parameters.map((value) => ({ ...good, path: operation.path.replaceAll(/\{\w+\}/g, value) })),
    withHeaders(good, { origin: 'https://evil.example' }),
    withHeaders(good, { cookie: 'refresh_token=x; password_reset_access_token=x' }),
    { ...good, token: undefined, headers: { authorization: 'Basic x' } },
    withHeaders(good, BROWSER),
  ]
}

/** Changes that may happen to a user between two requests, as SQL on its id. */
const FATES = [
  'update users set is_active = false where id = $1',
  'update users set email_verified = false where id = $1',
  "update sessions set absolute_expires_at = now() - interval '1 minute' where user_id = $1",
  "update sessions set idle_expires_at = now() - interval '1 minute' where user_id = $1",
  'delete from sessions where user_id = $1',
  'delete from capabilities where user_id = $1',
  'delete from users where id = $1',
]

/** Makes a good request, applies one of {@link FATES}, then sends it. */
async function sendAfter(fate: string, world: World, operation: DocumentedOperation): Promise<Answer> {
  const person = await createPerson(world)
  const request = await createRequest(world, operation, person)
  await world.server.database.sql.unsafe(fate, [person.userId])
  return send(world, operation.method, request)
}

/** Sends all odd requests of an operation, a good one twice, and good ones of users in every state. */
export async function sendOddRequests(world: World, operation: DocumentedOperation): Promise<Answer[]> {
  const requests = await listOddRequests(world, operation)
  const good = await createRequest(world, operation)
  const odd = await Promise.all(requests.map((request) => send(world, operation.method, request)))
  const twice = [await send(world, operation.method, good), await send(world, operation.method, good)]
  const struck = await Promise.all(FATES.map((fate) => sendAfter(fate, world, operation)))
  return [...odd, ...twice, ...struck]
}
