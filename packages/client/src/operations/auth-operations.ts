import { LatchkeyError } from '../http/error.ts'
import type { Send } from '../http/send.ts'
import type { Mode } from '../session/request-tokens.ts'
import type { InternalSession } from '../session/session.ts'
import type { SignedIn } from '../session/session-state.ts'
import { hasTokens } from '../session/token-changes.ts'
import type { RegisterResult } from './bodies.ts'
import { type OperationContext, pickDetail } from './call-as-user.ts'
import type { Operations } from './operations.ts'

type AuthOperations = Pick<Operations, 'register' | 'login' | 'logout' | 'logoutAll'>

/** Signing up, in and out. */
export function authOperations({ send, session, sendAsUser, mode }: OperationContext): AuthOperations {
  const withCookies = mode === 'cookie'
  return {
    register: async (body) => {
      const answer = await session.signIn(() =>
        send({ method: 'POST', path: '/registration/', body, withCookies }),
      )
      return describeSignUp(answer)
    },
    login: async (body) => {
      const answer = await session.signIn(() => send({ method: 'POST', path: '/login/', body, withCookies }))
      if (!hasTokens(answer)) throw new LatchkeyError('unexpected_answer', 'The answer has no tokens.')
      return session.state as SignedIn
    },
    logout: () => logOut(send, session, mode),
    logoutAll: async () => {
      await sendAsUser({ method: 'POST', path: '/logout-all/', withCookies })
      await session.end()
    },
  }
}

function describeSignUp(answer: unknown): RegisterResult {
  return hasTokens(answer) ? { signedIn: true } : { signedIn: false, ...pickDetail(answer) }
}

/** Forgets first and tells the server then, so that nothing that is still under way is kept. */
async function logOut(send: Send, session: InternalSession, mode: Mode): Promise<void> {
  const held = await session.end()
  // A cookie may be there that nobody here knows of.
  if (held === null && mode === 'token') return
  const body = held?.refresh ? { refresh: held.refresh } : {}
  const call = { method: 'POST', path: '/logout/', body, access: held?.access } as const
  try {
    await send({ ...call, withCookies: mode === 'cookie' })
  } catch (error) {
    if (!isAlreadyOver(error)) throw error
  }
}

function isAlreadyOver(error: unknown): boolean {
  // What answered may be a proxy that never asked the server.
  if (!(error instanceof LatchkeyError) || error.code === 'unexpected_answer') return false
  return error.code === 'token_not_valid' || error.code === 'invalid' || error.status === 401
}
