import { LatchkeyError } from '../http/error.ts'
import type { Send } from '../http/send.ts'
import type { Mode } from '../session/request-tokens.ts'
import type { InternalSession } from '../session/session.ts'
import { authOperations } from './auth-operations.ts'
import { createCallAsUser, type OperationContext, pickDetail, withQuery } from './call-as-user.ts'
import type {
  EmailOperations,
  Operations,
  PasswordOperations,
  RegistrationOperations,
  SessionOperations,
  UserOperations,
} from './operations.ts'
import { staffOperations } from './staff-operations.ts'

/** Makes the operations over a session and what sends requests. */
export function createOperations(send: Send, session: InternalSession, mode: Mode): Operations {
  const callAsUser = createCallAsUser(session)
  const sendAsUser: Send = (call) => callAsUser((access) => send({ ...call, access }))
  const parts: OperationContext = { send, session, mode, callAsUser, sendAsUser }
  return {
    ...authOperations(parts),
    user: userOperations(parts),
    password: passwordOperations(parts),
    email: emailOperations(parts),
    registration: registrationOperations(parts),
    sessions: sessionOperations(parts),
    securityEvents: {
      list: (page = {}) => sendAsUser({ method: 'GET', path: withQuery('/security-events/', page) }),
    },
    staff: staffOperations(parts),
  }
}

function userOperations({ session, sendAsUser }: OperationContext): UserOperations {
  return {
    get: () => sendAsUser({ method: 'GET', path: '/user/' }),
    update: (body) => sendAsUser({ method: 'PATCH', path: '/user/', body }),
    delete: async (body) => {
      await sendAsUser({ method: 'POST', path: '/user/delete/', body })
      await session.end()
    },
  }
}

function passwordOperations({ send, session, callAsUser, mode }: OperationContext): PasswordOperations {
  return {
    change: async (body) => {
      const call = {
        method: 'POST',
        path: '/password/change/',
        body,
        withCookies: mode === 'cookie',
      } as const
      return pickDetail(await callAsUser((access) => session.replace(() => send({ ...call, access }))))
    },
    requestReset: (body) => send({ method: 'POST', path: '/password/reset/', body }),
    setNew: async (body) => {
      // The link left its capability in a cookie, in either mode.
      const call = { method: 'POST', path: '/password/reset/set-new/', body, withCookies: true } as const
      return pickDetail(await session.signIn(() => send(call)))
    },
  }
}

function emailOperations({ send, sendAsUser }: OperationContext): EmailOperations {
  return {
    change: (body) => sendAsUser({ method: 'POST', path: '/email/change/', body }),
    confirmChange: ({ key }) => followLink(send, `/email/change/confirm/${encodeURIComponent(key)}/`),
  }
}

function registrationOperations({ send }: OperationContext): RegistrationOperations {
  return {
    verify: ({ key }) => followLink(send, `/registration/verification/${encodeURIComponent(key)}/`),
    resend: (body) => send({ method: 'POST', path: '/registration/resend-email/', body }),
  }
}

/** Follows a mailed link; where the server shows a button instead, presses it. */
async function followLink(send: Send, path: string): Promise<void> {
  const answer = await send({ method: 'GET', path, toPage: true })
  if (answer !== 'page') return
  try {
    await send({ method: 'POST', path, toPage: true })
  } catch (error) {
    // React Native follows every redirect: the page was where it led, and there was no button.
    if (!(error instanceof LatchkeyError) || error.code !== 'method_not_allowed') throw error
  }
}

function sessionOperations({ session, sendAsUser }: OperationContext): SessionOperations {
  return {
    list: () => sendAsUser({ method: 'GET', path: '/sessions/' }),
    revoke: async ({ id }) => {
      const { state } = session
      await sendAsUser({ method: 'DELETE', path: `/sessions/${encodeURIComponent(id)}/` })
      if (state.status === 'signed_in' && state.sessionId === id) await session.end()
    },
  }
}
