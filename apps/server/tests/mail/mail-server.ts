import type { CoreConfig } from '@latchkey/core'
import { newEmail, PASSWORD, type TestCoreOptions, type TestMailbox } from '@latchkey/testkit'
import type { AppOptions } from '../../src/doors/app.ts'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

/** A pair of tokens, as the contract sends it. */
export interface Pair {
  access: string
  refresh: string
}

type Kind = Parameters<TestMailbox['next']>[1]

/** A server with a mailbox for tests, and the steps that all flows share. */
export interface MailServer extends TestServer {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(
    path: string,
    json: unknown,
    options?: { token?: string; headers?: Record<string, string> },
  ): Promise<Answer>
  /** Signs up a user, and returns address and tokens. */
  register(changes?: Record<string, unknown>): Promise<{ email: string; answer: Answer; tokens: Pair }>
  /** Waits for the next mail of a kind, and returns the path of its link. */
  nextPath(email: string, kind: Kind): Promise<string>
  /** Asks for a reset and opens its link. Returns the path of the link and the cookie that it set. */
  openReset(email: string): Promise<{ path: string; cookie: string }>
}

/** Starts a server whose mail goes into the mailbox of the test. */
export async function startMailServer(
  settings: Partial<AppOptions['config'] & CoreConfig> = {},
  core: TestCoreOptions = {},
): Promise<MailServer> {
  const server = await startTestServer({ settings, core, mail: true })
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

/** The cookie of an answer, as a browser sends it back. */
export function cookieOf(answer: Answer): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The parts of an answer by which a caller could tell two addresses apart. */
export function shapeOf({ status, text, headers }: Answer): unknown {
  const { 'x-request-id': _, date: __, ...rest } = Object.fromEntries(headers)
  return { status, text, headers: rest }
}
