import type { EmailVerification } from '@latchkey/core'
import type { RefreshCookie } from './config/cookies.ts'
import { createLogin } from './procedures/auth/login.ts'
import { createLogout } from './procedures/auth/logout.ts'
import { logoutAll } from './procedures/auth/logout-all.ts'
import { createRefreshSession } from './procedures/auth/refresh-session.ts'
import { createConfirmEmailChange } from './procedures/email/confirm-email-change.ts'
import { requestEmailChange } from './procedures/email/request-email-change.ts'
import { createChangePassword } from './procedures/password/change-password.ts'
import { requestReset } from './procedures/password/request-reset.ts'
import { createSetNewPassword } from './procedures/password/set-new-password.ts'
import { createRegister } from './procedures/registration/register.ts'
import { resendVerification } from './procedures/registration/resend-verification.ts'
import { createVerifyEmail } from './procedures/registration/verify-email.ts'
import { listEvents } from './procedures/security/list-events.ts'
import { listSessions } from './procedures/sessions/list-sessions.ts'
import { revokeSession } from './procedures/sessions/revoke-session.ts'
import { staffRouter } from './procedures/staff/router.ts'
import { deleteUser } from './procedures/user/delete-user.ts'
import { getUser } from './procedures/user/get-user.ts'
import { updateUser } from './procedures/user/update-user.ts'
import { router } from './trpc.ts'

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
