import {
  makeProofKey,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  type ProofParts,
  raiseLevel,
  signUp,
  withConfig,
} from '@latchkey/testkit'
import { type Answer, call } from '../call.ts'
import { cookieOf } from '../mail/mail-server.ts'
import { sendTarget } from '../send-raw.ts'
import type { TestServer } from '../test-server.ts'
import type { DocumentedOperation } from './document.ts'
import { FACTOR_REQUESTS } from './factor-requests.ts'
import { SOCIAL_REQUESTS } from './social-requests.ts'

/** A complete request. */
export interface Request {
  /** The path, with values for the parameters of the documented path. */
  path: string
  json?: unknown
  form?: Record<string, string>
  /** The body, sent unchanged. The headers have its content type. */
  body?: RequestInit['body']
  token?: string
  headers?: Record<string, string>
  /** Replaces the header `Host`, which fetch does not let a caller choose. */
  host?: string
  /** A code that is wrong, where the request has the right code of an app. */
  wrongCode?: string
  /** Without a proof, where the server demands one. */
  isUnproven?: true
}

/** The server and settings that requests are made for. */
export interface World {
  server: TestServer
  /** False makes the server answer that it is not ready. */
  readiness: { isReady: boolean }
  cookieMode: boolean
  /** Whether a session is only opened with a proof. */
  needsProof?: boolean
  emailVerification: 'none' | 'optional' | 'mandatory'
}

/** The key of every caller. */
export const CALLER_KEY = await makeProofKey()

const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
export const UNKNOWN_KEY = 'x'.repeat(43)

/**
 * Makes a request that its operation fulfils.
 *
 * @param known - the user who sends the request; default: a new user
 */
export async function createRequest(
  world: World,
  operation: DocumentedOperation,
  known?: Person,
): Promise<Request> {
  const make = REQUESTS[operation.operationId]
  const person = known ?? (await createPerson(world))
  const needsToken = operation.security.some((scheme) => 'bearer' in scheme)
  const made = (await make?.(world, person)) ?? {}
  const path = operation.path.startsWith('/staff/')
    ? await aimAtUser(world, operation, person)
    : operation.path
  return { path, ...(needsToken && { token: person.tokens.access }), ...made }
}

/** Fills a path with the ids of another user, and makes the caller a superuser in a session of `aal2`. */
async function aimAtUser(world: World, { path }: DocumentedOperation, caller: Person): Promise<string> {
  await world.server.database.sql`update users set role = 900 where id = ${caller.userId}`
  await raiseLevel(world.server, caller.sessionId)
  const target = await createPerson(world)
  return path.replace('{id}', target.userId).replace('{session_id}', target.sessionId)
}

/** Creates a user with a verified address and a session. */
export async function createPerson({ server }: World): Promise<Person> {
  const person = await signUp(withConfig(server.ctx, { emailVerification: 'none' }))
  await server.database.sql`update users set email_verified = true where id = ${person.userId}`
  return person
}

/** Sends a request, with a proof where the server demands one. */
export async function send({ server, needsProof }: World, method: string, request: Request): Promise<Answer> {
  const { path, json, form, token, host, isUnproven } = request
  const isProven = needsProof && method === 'POST' && !isUnproven
  const headers = { ...(isProven && (await prove(path))), ...request.headers }
  if (host !== undefined) return sendTarget(server.url, path, { method, host })
  const body = form ? new URLSearchParams(form) : request.body
  return call(server.url + path, { method, json, body, token, headers })
}

/** Makes a header with a proof of the caller's key. */
export async function prove(path: string, parts: ProofParts = {}): Promise<{ dpop: string }> {
  const htu = new URL(path, 'http://localhost:3000').href
  return { dpop: await CALLER_KEY.prove({ htm: 'POST', htu, ...parts }) }
}

/** Completes the request of an operation. */
export type Make = (world: World, person: Person) => Partial<Request> | Promise<Partial<Request>>

/** Puts a refresh token where this server reads it. */
export function presentRefresh({ cookieMode }: World, { refresh }: { refresh: string }): Partial<Request> {
  return cookieMode ? { headers: { cookie: `refresh_token=${refresh}` } } : { json: { refresh } }
}

const presentOwnRefresh: Make = (world, { tokens }) => presentRefresh(world, tokens)

const followVerification: Make = async (world) => {
  if (world.emailVerification === 'none') return { path: `/registration/verification/${UNKNOWN_KEY}/` }
  const form = createSignUp()
  await send(world, 'POST', { path: '/registration/', json: form })
  const kind = world.emailVerification === 'mandatory' ? 'confirm-registration' : 'verify-email'
  return { path: (await world.server.mailbox.next(form.email, kind)).path }
}

const followEmailChange: Make = async (world, { tokens }) => {
  const email = newEmail()
  const json = { new_email: email, password: PASSWORD }
  await send(world, 'POST', { path: '/email/change/', json, token: tokens.access })
  return { path: (await world.server.mailbox.next(email, 'confirm-email-change')).path }
}

const followReset: Make = async (world, { email }) => {
  await send(world, 'POST', { path: '/password/reset/', json: { email } })
  return { path: (await world.server.mailbox.next(email, 'reset-password')).path }
}

const openReset = async (world: World, person: Person) => {
  const { path = '' } = await followReset(world, person)
  return { cookie: cookieOf(await send(world, 'GET', { path })) }
}

function createSignUp() {
  return { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...NAMES }
}

const REQUESTS: Record<string, Make> = {
  ...FACTOR_REQUESTS,
  ...SOCIAL_REQUESTS,
  rest_login: (_world, { email }) => ({ json: { email, password: PASSWORD } }),
  reauthenticate: () => ({ json: { password: PASSWORD } }),
  token_refresh: presentOwnRefresh,
  rest_logout: presentOwnRefresh,
  rest_password_change: () => ({ json: { old_password: PASSWORD, ...NEW } }),
  rest_user_details_update: () => ({ json: NAMES }),
  rest_user_details_partial_update: () => ({ json: NAMES }),
  rest_register: () => ({ json: createSignUp() }),
  sessions_revoke: (_world, { sessionId }) => ({ path: `/sessions/${sessionId}/` }),
  user_delete: () => ({ json: { password: PASSWORD } }),
  account_confirm_email: followVerification,
  account_confirm_email_button: followVerification,
  rest_resend_email: (_world, { email }) => ({ json: { email } }),
  rest_password_reset: (_world, { email }) => ({ json: { email } }),
  password_reset_confirm: followReset,
  default_password_reset: async (world, person) => ({ headers: await openReset(world, person) }),
  rest_password_reset_set_new: async (world, person) => ({
    json: NEW,
    headers: await openReset(world, person),
  }),
  staff_users_create: () => ({ json: { email: newEmail(), ...NAMES } }),
  staff_users_set_role: () => ({ json: { role: 1000 } }),
  email_change: () => ({ json: { new_email: newEmail(), password: PASSWORD } }),
  email_change_confirm: followEmailChange,
  email_change_confirm_button: followEmailChange,
}
