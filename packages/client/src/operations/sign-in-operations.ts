import type {
  Detail,
  LoginInput,
  NewPasswordInput,
  PasswordChangeInput,
  RegisterInput,
} from '../generated/bodies.ts'
import * as routes from '../generated/routes.ts'
import { createFailure } from '../http/error.ts'
import { isObject } from '../http/read-refusal.ts'
import type { Call } from '../http/send.ts'
import type { SignedIn } from '../session/session-state.ts'
import { hasTokens } from '../session/token-changes.ts'
import type { OperationContext } from './call-as-user.ts'
import type { RegisterResult } from './operations.ts'

/** Creates the operations whose answers bring tokens. */
export function createSignInOperations({ send, session, callAsUser, withCookies }: OperationContext) {
  const signIn = (call: Call) => session.signIn(() => send(call))

  async function register(fields: RegisterInput): Promise<RegisterResult> {
    const answer = await signIn({ route: routes.register, fields, withCookies })
    return hasTokens(answer) ? { signedIn: true } : { signedIn: false, ...pickDetail(answer) }
  }

  async function login(fields: LoginInput): Promise<SignedIn> {
    const answer = await signIn({ route: routes.login, fields, withCookies })
    if (!hasTokens(answer)) throw createFailure('unexpected_answer')
    return session.state as SignedIn
  }

  async function change(fields: PasswordChangeInput): Promise<Detail> {
    const perform = (access: string) =>
      session.replace(() => send({ route: routes.changePassword, fields, withCookies, access }))
    return pickDetail(await callAsUser(perform))
  }

  async function setNew(fields: NewPasswordInput): Promise<Detail> {
    // The reset link has set a cookie that proves that it was followed, in both modes. A token needs no cookie.
    const needsCookie = withCookies || fields.token === undefined
    return pickDetail(await signIn({ route: routes.setNewPassword, fields, withCookies: needsCookie }))
  }

  return { register, login, password: { change, setNew } }
}

/**
 * Picks the sentence of an answer, without the tokens.
 *
 * @throws {LatchkeyError} `unexpected_answer` - the answer has no sentence
 */
function pickDetail(answer: unknown): Detail {
  if (isObject(answer) && typeof answer.detail === 'string') return { detail: answer.detail }
  throw createFailure('unexpected_answer')
}
