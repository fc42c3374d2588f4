import type { CoreConfig } from '@latchkey/core'
import { newEmail, PASSWORD, type TestMailbox } from '@latchkey/testkit'
import type { AppOptions } from '../../src/doors/app.ts'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

/** A signed pair, as the wire has it. */
export interface Pair {
  access: string
  refresh: string
}

type Kind = Parameters<TestMailbox['next']>[1]

/** A server whose mail a test reads, and what every flow does with it. */
export interface MailServer extends TestServer {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(
    path: string,
    json: unknown,
    options?: { token?: string; headers?: Record<string, string> },
  ): Promise<Answer>
  /** Signs up and says for which address. */
  register(changes?: Record<string, unknown>): Promise<{ email: string; answer: Answer; tokens: Pair }>
  /** The path of the link in the next mail of a kind. */
  nextPath(email: string, kind: Kind): Promise<string>
  /** Asks for a reset and opens its link; the header that carries the cookie it gave. */
  openReset(email: string): Promise<{ path: string; cookie: string }>
}

/** Starts a server whose mail goes into a mailbox of the test. */
export async function startMailServer(
  settings: Partial<AppOptions['config'] & CoreConfig> = {},
): Promise<MailServer> {
  const server = await startTestServer({ settings, mail: true })
  const get: MailServer['get'] = (path, headers = {}) => call(server.url + path, { headers })
  const post: MailServer['post'] = (path, json, options = {}) => call(server.url + path, { json, ...options })
  const nextPath: MailServer['nextPath'] = async (email, kind) =>
    (await server.mailbox.next(email, kind)).path
  return {
    ...server,
    get,
    post,
    nextPath,
    async register(changes = {}) {
      const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...NAMES, ...changes }
      const answer = await post('/registration/', form)
      return { email: form.email, answer, tokens: answer.body as Pair }
    },
    async openReset(email) {
      await post('/password/reset/', { email })
      const path = await nextPath(email, 'reset-password')
      return { path, cookie: cookieOf(await get(path)) }
    },
  }
}

const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** What a browser sends back of the cookie an answer set. */
export function cookieOf(answer: Answer): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** An answer without what differs between any two: what a caller could tell two addresses apart by. */
export function shapeOf({ status, text, headers }: Answer): unknown {
  const { 'x-request-id': _, date: __, ...rest } = Object.fromEntries(headers)
  return { status, text, headers: rest }
}
