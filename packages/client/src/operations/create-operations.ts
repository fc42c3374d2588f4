import { createPlainOperations } from '../generated/create-plain-operations.ts'
import type { Send } from '../http/send.ts'
import type { Renewals } from '../session/renewals.ts'
import type { Mode } from '../session/request-tokens.ts'
import type { InternalSession } from '../session/session.ts'
import { createCallAsUser } from './call-as-user.ts'
import { createMailedLinkOperations } from './mailed-links.ts'
import type { Operations } from './operations.ts'
import { createSignInOperations } from './sign-in-operations.ts'
import { createSignOutOperations } from './sign-out-operations.ts'

interface OperationOptions {
  session: InternalSession
  renewals: Renewals
  mode: Mode
}

/** Creates the operations of a client over its session. */
export function createOperations(send: Send, options: OperationOptions): Operations {
  const { session, renewals, mode } = options
  const callAsUser = createCallAsUser(session, renewals)
  const plain = createPlainOperations(
    (route, fields) => send({ route, fields }),
    (route, fields) => callAsUser((access) => send({ route, fields, access })),
  )
  const context = { send, callAsUser, session, withCookies: mode === 'cookie' }
  const own = {
    ...createSignInOperations(context),
    ...createSignOutOperations(context),
    ...createMailedLinkOperations(send),
  }
  return {
    ...plain,
    ...own,
    user: { ...plain.user, ...own.user },
    password: { ...plain.password, ...own.password },
    email: { ...plain.email, ...own.email },
    registration: { ...plain.registration, ...own.registration },
    sessions: { ...plain.sessions, ...own.sessions },
  }
}
