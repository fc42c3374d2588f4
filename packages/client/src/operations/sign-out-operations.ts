import * as routes from '../generated/routes.ts'
import { LatchkeyError } from '../http/error.ts'
import type { Call } from '../http/send.ts'
import type { OperationContext } from './call-as-user.ts'

/** Creates the operations that can end the current session. */
export function createSignOutOperations({ send, callAsUser, session, withCookies }: OperationContext) {
  const sendAsUser = (call: Call) => callAsUser<void>((access) => send({ ...call, access }))

  /** Forgets the session before the request, so that the answer of a running request is discarded. */
  async function logout(): Promise<void> {
    const held = await session.end().catch((error: unknown) => {
      if (!withCookies) throw error
      return null
    })
    // In cookie mode the browser may have a cookie that this client has not seen.
    if (held === null && !withCookies) return
    const fields = held?.refresh ? { refresh: held.refresh } : {}
    try {
      await send({ route: routes.logout, fields, access: held?.access, withCookies })
    } catch (error) {
      if (!isSessionOver(error)) throw error
    }
  }

  async function endWith(call: Call): Promise<void> {
    await sendAsUser(call)
    await session.end()
  }

  async function revoke(fields: { id: string }): Promise<void> {
    const { state } = session
    await sendAsUser({ route: routes.revokeSession, fields })
    if (state.status === 'signed_in' && state.sessionId === fields.id) await session.end()
  }

  return {
    logout,
    logoutAll: () => endWith({ route: routes.logoutAll, withCookies }),
    user: { delete: (fields: { password: string }) => endWith({ route: routes.deleteOwnUser, fields }) },
    sessions: { revoke },
  }
}

function isSessionOver(error: unknown): boolean {
  // An unexpected answer may come from a proxy that has not asked the server.
  if (!(error instanceof LatchkeyError) || error.code === 'unexpected_answer') return false
  return error.code === 'token_not_valid' || error.code === 'invalid' || error.status === 401
}
