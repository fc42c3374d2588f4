import { newEmail, PASSWORD } from '@latchkey/testkit'
import { type Answer, call } from '../call.ts'
import type { TestServer } from '../test-server.ts'

/** The paths of one operation at both doors. */
export const DOORS = [
  ['REST', '/refresh/'],
  ['tRPC', '/trpc/auth.refresh'],
] as const

/** The answer of either door in one shape. */
export interface Reply {
  status: number
  headers: Headers
  /** The fields of the answer, or those of the refusal. */
  body: { access?: string; refresh?: string; code?: string }
}

/** Reads the answer of either door. */
export function readReply({ status, headers, body }: Answer): Reply {
  const trpc = body as { result?: { data: object }; error?: { data: object } } | undefined
  return { status, headers, body: trpc?.result?.data ?? trpc?.error?.data ?? trpc ?? {} }
}

/** Signs a user up over HTTP. */
export function signUpOver(server: Pick<TestServer, 'url'>): Promise<Answer> {
  const json = {
    ...{ email: newEmail(), password1: PASSWORD, password2: PASSWORD },
    ...{ first_name: 'Ada', last_name: 'Lovelace' },
  }
  return call(`${server.url}/registration/`, { json })
}

/** The refresh token in the cookie that an answer sets; null when it sets none. */
export function cookieTokenOf({ headers }: Pick<Answer, 'headers'>): string | null {
  return /^refresh_token=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? null
}
