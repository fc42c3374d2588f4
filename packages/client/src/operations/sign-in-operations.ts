import type {
  Detail,
  LoginInput,
  NewPasswordInput,
  PasswordChangeInput,
  RegisterInput,
} from '../generated/bodies.ts'
import * as routes from '../generated/routes.ts'
import { createFailure } from '../http/error.ts'
import type { Call } from '../http/send.ts'
import type { SignedIn } from '../session/session-state.ts'
import { hasTokens } from '../session/token-changes.ts'
import type { OperationContext } from './call-as-user.ts'
import { describeNextStep } from './describe-next-step.ts'
import type { RegisterResult, SignInResult } from './sign-in-results.ts'

/** Creates the operations whose answers bring tokens. */
export function createSignInOperations({ send, session, callAsUser, withCookies }: OperationContext) {
  async function signIn<Result extends RegisterResult = SignInResult>(
    route: routes.Route,
    fields: object,
    needsCookie = withCookies,
  ): Promise<Result> {
    const answer = await session.signIn(() =>
      send({ route, fields, withCookies: needsCookie, refreshes: null }),
    )
    const result = hasTokens(answer)
      ? (session.state as SignedIn)
      : describeNextStep(answer, route === routes.register)
    return result as Result
  }

  async function change(fields: PasswordChangeInput): Promise<Detail> {
    const call: Call = { route: routes.changePassword, fields, withCookies }
    const perform = (access: string) => session.replace(() => send<Partial<Detail>>({ ...call, access }))
    const { detail } = await callAsUser(perform)
    if (detail) return { detail }
    throw createFailure('unexpected_answer')
  }

  return {
    register: (fields: RegisterInput) => signIn<RegisterResult>(routes.register, fields),
    login: (fields: LoginInput) => signIn(routes.login, fields),
    password: {
      change,
      // The reset link has set a cookie that proves that it was followed, in both modes. A token needs no cookie.
      setNew: (fields: NewPasswordInput) =>
        signIn(routes.setNewPassword, fields, withCookies || fields.token === undefined),
    },
  }
}
