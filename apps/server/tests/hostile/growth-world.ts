import { NO_LIMITS, type RateLimit, type ThrottleLimits } from '@latchkey/core'
import {
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  signUpForm,
  softAuthenticator,
} from '@latchkey/testkit'
import { createPerson, createRequest, type Request, send, type World } from '../document/requests.ts'
import { WITH_PROVIDER } from '../document/social-requests.ts'
import { startTestServer } from '../test-server.ts'
import { from } from './throttled-server.ts'

/** An operation or a page, as a caller sees it. */
export interface Called {
  method: string
  path: string
  operationId: string
  access: string
}

const HOUR_SECONDS = 3600
const QUEUED_ONLY = {
  mode: 'smtp' as const,
  smtpUrl: 'smtp://127.0.0.1:1',
  from: 'Latchkey <no-reply@localhost>',
  mailboxDir: null,
  templatesDir: null,
}

/** The number of rows of each table. */
export type RowCounts = Record<string, number>

/** Starts a server that counts in PostgreSQL and queues mail without a worker, at the beginning of an hour. */
export async function startGrowingServer(
  emailVerification: World['emailVerification'],
  limit: RateLimit,
): Promise<World> {
  const limits = Object.fromEntries(Object.keys(NO_LIMITS).map((name) => [name, limit])) as unknown
  const throttle = { store: 'postgres' as const, redisUrl: null, limits: limits as ThrottleLimits }
  const server = await startTestServer({
    settings: { emailVerification, logoutOnPasswordChange: false },
    app: { trustedProxies: { hops: 1 } },
    core: { ...WITH_PROVIDER, throttle, mail: QUEUED_ONLY },
  })
  // Some rows count for an hour. No test runs across its end.
  server.clock.seconds = HOUR_SECONDS - (server.ctx.clock.epochSeconds() % HOUR_SECONDS)
  return { server, readiness: { isReady: true }, cookieMode: false, emailVerification }
}

/** Counts the rows of every table: ours, that of the migrations, and those of the queue of mails. */
export async function countRows({ server: { database } }: World): Promise<RowCounts> {
  const tables = await database.sql<{ name: string; path: string }[]>`
    select c.relname as name, format('%I.%I', n.nspname, c.relname) as path
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema')`
  const counts = tables.map(
    ({ name, path }) => `select '${name}' as name, count(*)::int as rows from ${path}`,
  )
  const rows = await database.sql.unsafe(counts.join(' union all '))
  return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.rows)]))
}

/** Lists the tables that have at least so many rows more than before. */
export function findGrown(before: RowCounts, after: RowCounts, rows: number): string[] {
  const names = Object.keys(after).filter((name) => (after[name] ?? 0) - (before[name] ?? 0) >= rows)
  return names.sort()
}

type Variation = (person: Person, n: number) => Partial<Request>

const password = (n: number) => (n % 2 === 0 ? PASSWORD : NEW_PASSWORD)
const unknownLink = (start: string) => () => ({ path: `${start}${crypto.randomUUID()}x/` })
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** What the worst caller sends where another address or value each time does more than the same request again. */
const VARIATIONS: Record<string, Variation> = {
  rest_register: () => {
    const { email } = signUpForm()
    return { json: { email, password1: PASSWORD, password2: PASSWORD, ...NAMES } }
  },
  rest_resend_email: () => ({ json: { email: newEmail() } }),
  rest_password_reset: () => ({ json: { email: newEmail() } }),
  rest_password_change: (_, n) => ({
    json: { old_password: password(n), new_password1: password(n + 1), new_password2: password(n + 1) },
  }),
  // A link that was mailed works once. A caller without the mail has only guesses.
  account_confirm_email: unknownLink('/registration/verification/'),
  account_confirm_email_button: unknownLink('/registration/verification/'),
  email_change_confirm: unknownLink('/email/change/confirm/'),
  email_change_confirm_button: unknownLink('/email/change/confirm/'),
  // A challenge opens one session. A caller without another one has only guesses.
  jwt_allauth_mfa_activate: () => ({ json: { code: '000000' } }),
  jwt_allauth_mfa_verify: () => ({ json: { challenge_id: crypto.randomUUID(), code: '000000' } }),
  jwt_allauth_mfa_verify_recovery: () => ({
    json: { challenge_id: crypto.randomUUID(), recovery_code: 'x' },
  }),
  mfa_verify_passkey: () => ({
    json: { challenge_id: crypto.randomUUID(), credential: softAuthenticator().get({ challenge: 'x' }) },
  }),
  // A page of a mailed link works with the mail alone.
  password_reset_confirm: () => ({ path: `/password/reset/confirm/MTIz/${crypto.randomUUID()}/` }),
  default_password_reset: () => ({}),
  rest_password_reset_set_new: () => ({ json: { new_password1: PASSWORD, new_password2: PASSWORD } }),
}

/**
 * Makes the requests of the worst caller of an operation: the same user each time, and for staff another target each
 * time. Every operation of the router and every page has requests, so a new one is among them.
 */
export async function prepareRequests(world: World, endpoint: Called, count: number): Promise<Request[]> {
  const person = await createPerson(world)
  const needsToken = !['anonymous', 'cookie'].includes(endpoint.access)
  const described = { ...endpoint, security: needsToken ? [{ bearer: [] }] : [], responses: {} }
  const vary = VARIATIONS[endpoint.operationId]
  const requests: Request[] = []
  for (let n = 0; n < count; n++) {
    const token = needsToken ? { token: person.tokens.access } : {}
    const varied = vary && { path: endpoint.path, ...token, ...vary(person, n) }
    requests.push(varied ?? (await createRequest(world, described, person)))
  }
  return requests
}

/** Sends requests one after the other, each as `client` names its place. Returns the statuses. */
export async function sendAll(
  world: World,
  endpoint: Called,
  requests: Request[],
  client: (n: number) => string,
): Promise<number[]> {
  const statuses: number[] = []
  for (const [n, request] of requests.entries()) {
    const headers = { ...request.headers, ...from(client(n)).headers, 'user-agent': `${client(n)}/1` }
    statuses.push((await send(world, endpoint.method, { ...request, headers })).status)
  }
  return statuses
}
