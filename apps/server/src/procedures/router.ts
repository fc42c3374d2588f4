import type { EmailVerification } from '@latchkey/core'
import { router } from '../doors/trpc/procedures.ts'
import type { RefreshCookie } from '../process/config/refresh-cookie.ts'
import { createLogin } from './auth/login.ts'
import { createLogout } from './auth/logout.ts'
import { logoutAll } from './auth/logout-all.ts'
import { createRefreshSession } from './auth/refresh-session.ts'
import { createConfirmEmailChange } from './email/confirm-email-change.ts'
import { requestEmailChange } from './email/request-email-change.ts'
import { createChangePassword } from './password/change-password.ts'
import { requestReset } from './password/request-reset.ts'
import { createSetNewPassword } from './password/set-new-password.ts'
import { createRegister } from './registration/register.ts'
import { resendVerification } from './registration/resend-verification.ts'
import { createVerifyEmail } from './registration/verify-email.ts'
import { listEvents } from './security/list-events.ts'
import { listSessions } from './sessions/list-sessions.ts'
import { revokeSession } from './sessions/revoke-session.ts'
import { staffRouter } from './staff/router.ts'
import { deleteUser } from './user/delete-user.ts'
import { getUser } from './user/get-user.ts'
import { updateUser } from './user/update-user.ts'

export interface RouterOptions {
  registrationNamesRequired: boolean
  oldPasswordRequired: boolean
  emailVerification: EmailVerification
  emailLinkButton: boolean
  /** How the refresh token's cookie is set, or null where the token travels in the body. */
  refreshCookie: RefreshCookie | null
}

/** Every operation of the server, once; both doors and the OpenAPI document are made from it. */
export function createRouter(options: RouterOptions) {
  const cookieMode = options.refreshCookie !== null
  const button = options.emailLinkButton
  const mandatory = options.emailVerification === 'mandatory'
  return router({
    auth: router({
      login: createLogin({ mandatory, cookieMode }),
      refresh: createRefreshSession({ cookieMode }),
      logout: createLogout({ cookieMode }),
      logoutAll,
    }),
    registration: router({
      register: createRegister({ namesRequired: options.registrationNamesRequired, mandatory, cookieMode }),
      verify: createVerifyEmail({ button, verifying: options.emailVerification !== 'none' }),
      resend: resendVerification,
    }),
    password: router({
      change: createChangePassword({ oldPasswordRequired: options.oldPasswordRequired, cookieMode }),
      requestReset,
      setNew: createSetNewPassword({ cookieMode }),
    }),
    email: router({ change: requestEmailChange, confirmChange: createConfirmEmailChange({ button }) }),
    user: router({ get: getUser, update: updateUser, delete: deleteUser }),
    sessions: router({ list: listSessions, revoke: revokeSession }),
    security: router({ events: listEvents }),
    staff: staffRouter,
  })
}

/** The type a tRPC client is made with. */
export type AppRouter = ReturnType<typeof createRouter>
