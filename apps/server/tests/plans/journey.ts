import { NO_LIMITS, type ThrottleLimits } from '@latchkey/core'
import { listWalks } from '@latchkey/core/housekeeping'
import pino from 'pino'
import { call } from '../call.ts'
import { createRequest, send, type World } from '../document/requests.ts'
import { WITH_PROVIDER } from '../document/social-requests.ts'
import { OPERATIONS, PAGES } from '../operations.ts'
import { startTestServer } from '../test-server.ts'
import type { ExplainedDatabase } from './explained-database.ts'
import { askOddly } from './odd-requests.ts'
import type { ExplainedStatement } from './read-explained.ts'

/** An operation or a page. */
interface Called {
  method: string
  path: string
  operationId: string
  access: string
}

const MANY = { calls: 1_000_000, seconds: 86_400 }
const RETENTION_SECONDS = 365 * 86_400

/** Everything that was sent, by what it was sent for. */
export interface SentStatements {
  /** At the start of a process. */
  start: ExplainedStatement[]
  /** For a call, or for a mail of one. */
  call: ExplainedStatement[]
  /** By the timer of the housekeeping, and for metrics. */
  housekeeping: ExplainedStatement[]
}

/**
 * Lets a server send every kind of statement: it is started, fulfils and refuses each operation of the router, shows each page, counts in
 * PostgreSQL, sends mail, is asked whether it is ready, and does its housekeeping.
 *
 * @param batchRows - the rows of a batch of the housekeeping; few beside those of each table
 */
export async function sendEverything(
  database: ExplainedDatabase,
  batchRows: number,
): Promise<SentStatements> {
  const sent: SentStatements = { start: [], call: [], housekeeping: [] }
  let known = 0
  async function noteFor(cause: keyof SentStatements): Promise<void> {
    const all = await database.readPlans()
    sent[cause].push(...all.slice(known))
    known = all.length
  }
  for (const emailVerification of ['optional', 'mandatory'] as const) {
    const limits = Object.fromEntries(Object.keys(NO_LIMITS).map((name) => [name, MANY])) as unknown
    const throttle = { store: 'postgres' as const, redisUrl: null, limits: limits as ThrottleLimits }
    const core = { ...WITH_PROVIDER, database, throttle }
    const server = await startTestServer({ mail: true, settings: { emailVerification }, core })
    const world = { server, readiness: { isReady: true }, cookieMode: false, emailVerification }
    try {
      await noteFor('start')
      for (const one of OPERATIONS) await callOnce(world, { ...one, access: one.meta.access })
      for (const one of PAGES) await callOnce(world, { ...one, access: 'anonymous' })
      await askOddly(world)
      await server.mailbox.all()
      await call(`${server.url}/readyz`)
      await noteFor('call')
      await keepHouse(world, batchRows)
      await noteFor('housekeeping')
    } finally {
      await server.close()
    }
  }
  return sent
}

async function callOnce(world: World, operation: Called): Promise<void> {
  const needsToken = !['anonymous', 'cookie'].includes(operation.access)
  const security = needsToken ? [{ bearer: [] }] : []
  const request = await createRequest(world, { ...operation, security, responses: {} })
  const { status, text } = await send(world, operation.method, request)
  // What needs a setting of the other world is refused here, and fulfilled there.
  if (status >= 500) throw new Error(`${operation.operationId} was answered ${status} ${text}`)
}

/** Does two batches of each kind. A whole round would take minutes in a large database, and would send the same. */
async function keepHouse({ server: { ctx, core } }: World, rows: number): Promise<void> {
  const { db, clock } = ctx
  const log = pino({ level: 'silent' })
  for (const walk of listWalks({ db, clock, log, auditRetentionSeconds: RETENTION_SECONDS })) {
    const first = await db.transaction((tx) => walk.work(tx, { after: null, rows }))
    await db.transaction((tx) => walk.work(tx, { after: first.last, rows }))
  }
  await core.readOverdue()
  await core.takeCensus()
}
