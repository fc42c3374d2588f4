import { type Context, createHasher, type Hasher } from '@latchkey/core'
import { FAST_HASH, signUp, withConfig } from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { startTestServer, type TestServer } from '../../test-server.ts'
import { LANDING, type Step } from './steps.ts'

type Mail = Parameters<Context['outbox']['queue']>[1]

/** Everything a caller can see of a call, and all its work that takes time. */
export interface Observation {
  step: string
  status: number
  headers: Record<string, string>
  text: string
  hashes: number
  statements: string[]
  mails: number
}

/** How a call arrives: over HTTP, or without a connection, which is faster. */
export type Door = 'http' | 'direct'

/** A caller whose work is counted apart from that of the other callers. It makes one call at a time. */
export interface Lane {
  observe(step: Step, email: string, door: Door): Promise<Observation>
}

/** A server with verification `mandatory`, with callers beside each other. */
export interface LaneServer {
  lanes: Lane[]
  /** The context of other people, whose work is not counted. Its mails are kept. */
  people: Context
  /** The mails that other people caused. */
  mails: Mail[]
  close(): Promise<void>
}

interface Parts {
  hasher: Hasher
  statements: string[]
  mails: Mail[]
  context: Pick<Context, 'db' | 'hasher' | 'outbox'>
}

/** Starts the server. A lane is named by the user agent of its calls. */
export async function startLanes(count: number): Promise<LaneServer> {
  const parts = new Map<string, Parts>()
  const server = await startTestServer({
    settings: { emailVerification: 'mandatory', redirectUrls: [LANDING] },
    replace: (core) => ({
      context: (client, log) => ({
        ...core.context(client, log),
        ...parts.get(client.userAgent ?? '')?.context,
      }),
    }),
  })
  const people = await createParts(server)
  const lanes = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const own = await createParts(server)
      parts.set(`lane/${index}`, own)
      return openLane(server, `lane/${index}`, own)
    }),
  )
  const { hasher, outbox } = people.context
  return {
    lanes,
    people: { ...server.ctx, hasher, outbox },
    mails: people.mails,
    close: server.close,
  }
}

async function createParts(server: TestServer): Promise<Parts> {
  const hasher = await createHasher(FAST_HASH, { concurrency: 2, queue: 1000 })
  const statements: string[] = []
  const mails: Mail[] = []
  const logger = { logQuery: (query: string) => void statements.push(nameStatement(query)) }
  const queue = async (_tx: unknown, mail: Mail) => void mails.push(mail)
  const outbox = { ...server.ctx.outbox, sends: true, queue }
  return {
    hasher,
    statements,
    mails,
    context: { hasher, outbox, db: drizzle(server.database.sql, { logger }) },
  }
}

/** Reduces a statement to its verb and its table, without values. */
function nameStatement(query: string): string {
  const [, verb, table] = /(insert into|update|delete from|from)\s+"?([\w.]+)/i.exec(query) ?? []
  return verb ? `${verb} ${table}`.toLowerCase() : query
}

async function openLane(server: TestServer, name: string, parts: Parts): Promise<Lane> {
  const { tokens, userId } = await signUp(withConfig(server.ctx, { emailVerification: 'none' }))
  await server.database.sql`update users set email_verified = true where id = ${userId}`
  const { hasher, statements, mails } = parts
  return {
    async observe(step, email, door) {
      const before = hasher.count
      statements.length = 0
      mails.length = 0
      const request = new Request(server.url + step.path, {
        method: 'POST',
        body: JSON.stringify(step.bodyOf(email)),
        headers: {
          'content-type': 'application/json',
          'user-agent': name,
          ...(!step.isAnonymous && { authorization: `Bearer ${tokens.access}` }),
        },
      })
      const answer = await (door === 'http' ? fetch(request) : server.answer(request))
      const { 'x-request-id': _id, date: _date, ...headers } = Object.fromEntries(answer.headers)
      const text = await answer.text()
      // Answers that say something else than the contract would all be the same.
      const isExpected = answer.status < 400 || (answer.status === 401 && step.isAnonymous)
      if (!isExpected) throw new Error(`${step.name}: ${text}`)
      const work = { hashes: hasher.count - before, statements: [...statements], mails: mails.length }
      return { step: step.name, status: answer.status, headers, text, ...work }
    },
  }
}
