import { type EmailVerification, REFERENCE_SETTINGS } from '@latchkey/contract'
import { NO_LIMITS, OPERATOR, type UserId } from '@latchkey/core'
import { register } from '@latchkey/core/operations/registration/register'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { newEmail, PASSWORD, signUp, signUpForm, withConfig } from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterEach, describe, expect, it } from 'vitest'
import { listEndpoints } from '../../src/doors/rest/endpoints.ts'
import { createRouter } from '../../src/procedures/router.ts'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { perHour } from './throttled-server.ts'

let server: TestServer
const statements: string[] = []
afterEach(() => server.close())

/** Starts a server that records its statements, and allows two calls per key. */
async function startObserved(emailVerification: EmailVerification): Promise<void> {
  const limits = { ...NO_LIMITS, login: perHour(2), mail: perHour(2) }
  const throttle = { store: 'memory' as const, redisUrl: null, limits }
  const logger = { logQuery: (query: string) => void statements.push(query.replaceAll(/\s+/g, ' ')) }
  server = await startTestServer({
    app: { emailVerification },
    core: { config: { emailVerification }, throttle },
    replace: (core) => ({
      context: (client, log) => ({
        ...core.context(client, log),
        db: drizzle(server.database.sql, { logger }),
      }),
    }),
  })
}

/** Records everything a caller can see of a call, and all work that takes time. */
async function observe(path: string, json: unknown, token: string) {
  statements.length = 0
  const hashes = server.ctx.hasher.count
  const { status, headers, text } = await call(server.url + path, { json, token })
  const { 'x-request-id': _id, date: _date, ...told } = Object.fromEntries(headers)
  // The number of seconds in a refusal depends on the moment of the call.
  const told_ = { ...told, 'retry-after': told['retry-after'] ? 'later' : undefined }
  return {
    status,
    headers: told_,
    text: text.replace(/\d+ seconds/, 'n seconds'),
    hashes: server.ctx.hasher.count - hashes,
    statements: statements.map(nameStatement),
  }
}

/** Every path at which a caller reads something about its own account. */
const READS = listEndpoints(createRouter(REFERENCE_SETTINGS))
  .filter(({ method, meta, params }) => method === 'GET' && meta.access === 'authenticated' && !params.length)
  .map(({ path }) => path)

/** Reads everything that a caller can read afterwards, without the addresses, ids and times. */
async function readAll(token: string) {
  return Promise.all(
    READS.map(async (path) => {
      const { status, text } = await call(server.url + path, { token })
      const told = text
        .replaceAll(/[\w.+-]+@[\w.-]+/g, 'an address')
        .replaceAll(/"[\da-f-]{36}"/g, '"an id"')
        .replaceAll(/"user_handle":"[\w-]{22}"/g, '"user_handle":"an id"')
        .replaceAll(/"[\d-]{10}T[\d:.]+Z"/g, '"a time"')
      return { path, status, told }
    }),
  )
}

/** Reduces a statement to its verb and its table, without values. */
function nameStatement(query: string): string {
  const [, verb, table] = /(insert into|update|delete from|from)\s+"?([\w.]+)/i.exec(query) ?? []
  return verb ? `${verb} ${table}`.toLowerCase() : query
}

/** One address of every kind. */
const ADDRESSES: Record<string, () => Promise<string>> = {
  'a verified user': async () => {
    const { email, userId } = await signUp(withConfig(server.ctx, { emailVerification: 'none' }))
    await server.database.sql`update users set email_verified = true where id = ${userId}`
    return email
  },
  'an unverified user': async () =>
    (await signUp(withConfig(server.ctx, { emailVerification: 'none' }))).email,
  'a deactivated user': async () => {
    const { email, userId } = await signUp(withConfig(server.ctx, { emailVerification: 'none' }))
    await deactivateUser(server.ctx, { by: OPERATOR, userId: userId as UserId })
    return email
  },
  'a pending sign-up': async () => {
    const form = signUpForm()
    await register(withConfig(server.ctx, { emailVerification: 'mandatory' }), form)
    return form.email
  },
}

const names = { first_name: 'Ada', last_name: 'Lovelace' }

/** Every path that takes an address, with its body. */
const PATHS: Record<string, (email: string) => unknown> = {
  '/login/': (email) => ({ email, password: 'wrong' }),
  '/password/reset/': (email) => ({ email }),
  '/registration/resend-email/': (email) => ({ email }),
  '/email/change/': (new_email) => ({ new_email, password: PASSWORD }),
  '/registration/': (email) => ({ email, password1: PASSWORD, password2: PASSWORD, ...names }),
}

describe.each(Object.entries(PATHS))('%s does not tell whether an address has a user', (path, bodyOf) => {
  it.each(['optional', 'mandatory'] as const)(
    'by body, status, headers or work, also when throttled, nor by what is read later; verification %s',
    async (mode) => {
      // When a sign-up creates a user at once, the contract tells that an address is taken.
      const isTold = path === '/registration/' && mode === 'optional'
      await startObserved(mode)
      const watch = async (email: string) => {
        const { tokens, userId } = await signUp(withConfig(server.ctx, { emailVerification: 'none' }))
        await server.database.sql`update users set email_verified = true where id = ${userId}`
        const first = await observe(path, bodyOf(email), tokens.access)
        const readable = await readAll(tokens.access)
        await observe(path, bodyOf(email), tokens.access)
        await observe(path, bodyOf(email), tokens.access)
        const throttled = await observe(path, bodyOf(email), tokens.access)
        return { first: isTold ? null : first, readable, throttled }
      }
      const unknown = await watch(newEmail())
      expect(unknown.throttled).toMatchObject({ status: 429 })
      expect(unknown.throttled.hashes).toBe(0)
      for (const [kind, make] of Object.entries(ADDRESSES)) {
        // While a sign-up stands, a sign-in costs a second hash, with or without a user: `sequences.test.ts`.
        if (path === '/login/' && kind === 'a pending sign-up') continue
        const email = await make()
        expect(await watch(email), kind).toEqual(unknown)
      }
    },
  )
})
