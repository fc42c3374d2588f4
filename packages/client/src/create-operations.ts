import { authOperations } from './auth-operations.ts'
import type { Detail, SessionInfo, User } from './bodies.ts'
import { createAsUser, type OperationParts, sendAs, withQuery } from './caller.ts'
import type { Mode } from './exchange.ts'
import type { Send } from './http.ts'
import type {
  EmailOperations,
  Operations,
  PasswordOperations,
  RegistrationOperations,
  SecurityEventOperations,
  SessionOperations,
  UserOperations,
} from './operations.ts'
import type { SessionKeeper } from './session.ts'
import { staffOperations } from './staff-operations.ts'

/** Makes the operations over a session and what sends requests. */
export function createOperations(send: Send, session: SessionKeeper, mode: Mode): Operations {
  const parts: OperationParts = { send, session, mode, asUser: createAsUser(session) }
  return {
    ...authOperations(parts),
    user: userOperations(parts),
    password: passwordOperations(parts),
    email: emailOperations(parts),
    registration: registrationOperations(parts),
    sessions: sessionOperations(parts),
    securityEvents: securityEventOperations(parts),
    staff: staffOperations(parts),
  }
}

function userOperations({ send, session, asUser }: OperationParts): UserOperations {
  const path = '/user/'
  return {
    get: () => asUser((access) => sendAs<User>(send, { method: 'GET', path, access })),
    update: (body) => asUser((access) => sendAs<User>(send, { method: 'PATCH', path, body, access })),
    delete: async (body) => {
      await asUser((access) => send({ method: 'POST', path: '/user/delete/', body, access }))
      await session.end()
    },
  }
}

function passwordOperations({ send, session, asUser, mode }: OperationParts): PasswordOperations {
  const withCookies = mode === 'cookie'
  return {
    change: async (body) => {
      const call = { method: 'POST', path: '/password/change/', body, withCookies } as const
      const change = (access: string) => session.replace(() => sendAs<Detail>(send, { ...call, access }))
      return pickDetail(await asUser(change))
    },
    requestReset: (body) => sendAs<Detail>(send, { method: 'POST', path: '/password/reset/', body }),
    setNew: async (body) => {
      // The link left its capability in a cookie, in either mode.
      const call = { method: 'POST', path: '/password/reset/set-new/', body, withCookies: true } as const
      return pickDetail(await session.signIn(() => sendAs<Detail>(send, call)))
    },
  }
}

/** The tokens beside it are nobody's business. */
function pickDetail({ detail }: Detail): Detail {
  return { detail }
}

function emailOperations({ send, asUser }: OperationParts): EmailOperations {
  return {
    change: (body) =>
      asUser((access) => sendAs<Detail>(send, { method: 'POST', path: '/email/change/', body, access })),
    confirmChange: ({ key }) => followLink(send, `/email/change/confirm/${encodeURIComponent(key)}/`),
  }
}

function registrationOperations({ send }: OperationParts): RegistrationOperations {
  return {
    verify: ({ key }) => followLink(send, `/registration/verification/${encodeURIComponent(key)}/`),
    resend: (body) => sendAs<Detail>(send, { method: 'POST', path: '/registration/resend-email/', body }),
  }
}

/** Follows a mailed link; where the server shows a button instead, presses it. */
async function followLink(send: Send, path: string): Promise<void> {
  const answer = await send({ method: 'GET', path, toPage: true })
  if (answer === 'page') await send({ method: 'POST', path, toPage: true })
}

function sessionOperations({ send, session, asUser }: OperationParts): SessionOperations {
  const path = '/sessions/'
  return {
    list: () =>
      asUser((access) => sendAs<{ sessions: SessionInfo[] }>(send, { method: 'GET', path, access })),
    revoke: async ({ id }) => {
      const { state } = session
      await asUser((access) => send({ method: 'DELETE', path: `${path}${encodeURIComponent(id)}/`, access }))
      if (state.status === 'signed_in' && state.sessionId === id) await session.end()
    },
  }
}

function securityEventOperations({ send, asUser }: OperationParts): SecurityEventOperations {
  return {
    list: (page = {}) =>
      asUser((access) => sendAs(send, { method: 'GET', path: withQuery('/security-events/', page), access })),
  }
}
