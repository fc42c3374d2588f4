import { addPasskey, NEW_PASSWORD, PASSWORD, type Person, signUp } from '@latchkey/testkit'
import type { Endpoint } from '../../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from '../call.ts'
import { OPERATIONS, operationsOf, pathOf } from '../operations.ts'
import type { TestServer } from '../test-server.ts'
import { from } from './throttled-server.ts'

/** The network of the owner. */
export const HOME = from('198.51.100.7')

const GUARDED = operationsOf('authenticated', 'setup', 'logout', 'staff', 'superuser').map(
  ([, endpoint]) => endpoint,
)

/** The operations that end sessions or protect an account and need an access token. */
export function protecting(): Endpoint[] {
  return OPERATIONS.filter(({ meta }) => meta.protects && meta.access !== 'cookie')
}

/** Makes users superusers, who may call every operation. */
export async function promote({ database }: TestServer, ...people: Person[]): Promise<void> {
  await database.sql`update users set role = 900 where id = any(${people.map(({ userId }) => userId)})`
}

/**
 * Calls every operation that needs an access token, so often that its limit is passed, through both doors.
 *
 * The input is malformed, so that no call ends the session of the token.
 */
export async function flood(
  server: TestServer,
  thief: { token: string; client: { headers: Record<string, string> }; calls: number },
): Promise<void> {
  const { token, client, calls } = thief
  for (const endpoint of GUARDED) {
    const { method, procedurePath, procedure, meta } = endpoint
    const hasBody = !['GET', 'DELETE'].includes(method)
    for (let i = 0; i < calls; i++) {
      await callTrpc(
        server.url,
        { path: procedurePath, type: procedure._def.type },
        { input: [], token, ...client },
      )
      // A DELETE has no body to be malformed. Its failures fill its own reserve.
      if (meta.protects && !hasBody) continue
      await call(server.url + pathOf(endpoint), { method, json: hasBody ? [] : undefined, token, ...client })
    }
  }
}

/** What an owner sends: the user and the session that the operation acts on, and the further fields. */
interface Sent {
  id?: string
  session_id?: string
  fields?: Record<string, unknown>
}

type Prepare = (server: TestServer, owner: Person) => Promise<Sent>

const onOther: Prepare = async ({ ctx }) => ({ id: (await signUp(ctx)).userId })

/** What an owner sends to each protecting operation so that it succeeds. */
const WELL_FORMED: Record<string, Prepare> = {
  'auth.logout': async (_, { tokens }) => ({ fields: { refresh: tokens.refresh } }),
  'auth.logoutAll': async () => ({}),
  'password.change': async (_, { password }) => {
    const next = password === PASSWORD ? NEW_PASSWORD : PASSWORD
    return { fields: { old_password: password, new_password1: next, new_password2: next } }
  },
  'email.cancelChange': async () => ({}),
  'user.delete': async (_, { password }) => ({ fields: { password } }),
  'sessions.revoke': async (_, { sessionId }) => ({ id: sessionId }),
  'passkeys.delete': async (server, { userId }) => {
    const credentialId = await addPasskey(server, userId)
    return { id: credentialId.replace('credential-', '') }
  },
  'social.disconnect': async ({ database }, { userId }) => {
    const id = crypto.randomUUID()
    await database.sql`insert into connections (id, user_id, provider, uid, created_at, last_login)
      values (${id}, ${userId}, 'google', ${id}, now(), now())`
    return { id }
  },
  'staff.users.deactivate': onOther,
  'staff.users.delete': onOther,
  'staff.users.setRole': async (...args) => ({ ...(await onOther(...args)), fields: { role: 1000 } }),
  'staff.users.resetFactors': onOther,
  'staff.sessions.end': async ({ ctx }) => {
    const { userId, sessionId } = await signUp(ctx)
    return { id: userId, session_id: sessionId }
  },
  'staff.sessions.endAll': onOther,
}

/** Calls a protecting operation as the owner does. What ends the session of the owner is rolled back afterwards. */
export async function callWell(
  server: TestServer,
  well: { endpoint: Endpoint; owner: Person; door: 'rest' | 'trpc' },
): Promise<Answer> {
  const { endpoint, owner, door } = well
  const prepare = WELL_FORMED[endpoint.procedurePath]
  if (!prepare) throw new Error(`Say in WELL_FORMED what an owner sends to ${endpoint.procedurePath}.`)
  const { fields, ...ids } = await prepare(server, owner)
  const client = { token: owner.tokens.access, ...HOME }
  return keepingRows(server, () => {
    if (door === 'trpc') {
      const procedure = { path: endpoint.procedurePath, type: 'mutation' }
      return callTrpc(server.url, procedure, { input: { ...ids, ...fields }, ...client })
    }
    const path = endpoint.path.replace('{id}', ids.id ?? '').replace('{session_id}', ids.session_id ?? '')
    return call(server.url + path, { method: endpoint.method, json: fields, ...client })
  })
}

/** Puts the users and sessions back after a call, so that one owner calls every operation with one session. */
async function keepingRows<T>({ database }: TestServer, work: () => Promise<T>): Promise<T> {
  const { sql } = database
  const [users, sessions] = await Promise.all([sql`select * from users`, sql`select * from sessions`])
  const result = await work()
  await sql.begin(async (tx) => {
    await tx`delete from sessions`
    await tx`delete from users`
    await tx`insert into users ${tx(users)}`
    await tx`insert into sessions ${tx(sessions)}`
  })
  return result
}
