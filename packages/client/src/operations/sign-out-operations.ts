import * as routes from '../generated/routes.ts'
import { codeOf } from '../http/error.ts'
import { endsSession } from '../http/read-refusal.ts'
import type { Call } from '../http/send.ts'
import type { SignedIn } from '../session/session-state.ts'
import type { OperationContext } from './call-as-user.ts'

/** Creates the operations that can end the current session. */
export function createSignOutOperations({ send, sendAsUser, session, withCookies }: OperationContext) {
  /** Forgets the session before the request, so that the answer of a running request is discarded. */
  async function logout(): Promise<void> {
    const held = await session.end().catch((error: unknown) => {
      if (!withCookies) throw error
    })
    // In cookie mode the browser may have a cookie that this client has not seen.
    if (!held && !withCookies) return
    const fields = held?.refresh ? { refresh: held.refresh } : {}
    await send({ route: routes.logout, fields, access: held?.access ?? null, withCookies }).catch((error) => {
      const code = codeOf(error)
      if (!endsSession(error) && code !== 'invalid' && code !== 'token_not_valid') throw error
    })
  }

  async function endWith(call: Call, reason?: 'account_gone'): Promise<void> {
    await sendAsUser(call)
    await session.end(reason)
  }

  async function revoke(fields: { id: string }): Promise<void> {
    const { sessionId } = session.state as Partial<SignedIn>
    await sendAsUser({ route: routes.revokeSession, fields, isEmpty: true })
    if (sessionId === fields.id) await session.end()
  }

  return {
    logout,
    logoutAll: () => endWith({ route: routes.logoutAll, withCookies }),
    user: {
      delete: (fields: { password?: string }) =>
        endWith({ route: routes.deleteOwnUser, fields, isEmpty: true, changesUser: true }, 'account_gone'),
    },
    sessions: { revoke },
  }
}
