import { login } from './procedures/auth/login.ts'
import { logout } from './procedures/auth/logout.ts'
import { logoutAll } from './procedures/auth/logout-all.ts'
import { refreshSession } from './procedures/auth/refresh-session.ts'
import { createChangePassword } from './procedures/password/change-password.ts'
import { createRegister } from './procedures/registration/register.ts'
import { listSessions } from './procedures/sessions/list-sessions.ts'
import { revokeSession } from './procedures/sessions/revoke-session.ts'
import { deleteUser } from './procedures/user/delete-user.ts'
import { getUser } from './procedures/user/get-user.ts'
import { updateUser } from './procedures/user/update-user.ts'
import { router } from './trpc.ts'

/** The settings that change what a procedure takes. */
export interface RouterOptions {
  registrationNamesRequired: boolean
  oldPasswordRequired: boolean
}

/** Every operation of the server, once; both doors and the OpenAPI document are made from it. */
export function createRouter(options: RouterOptions) {
  return router({
    auth: router({ login, refresh: refreshSession, logout, logoutAll }),
    registration: router({ register: createRegister({ namesRequired: options.registrationNamesRequired }) }),
    password: router({ change: createChangePassword({ oldPasswordRequired: options.oldPasswordRequired }) }),
    user: router({ get: getUser, update: updateUser, delete: deleteUser }),
    sessions: router({ list: listSessions, revoke: revokeSession }),
  })
}

/** The type a tRPC client is made with. */
export type AppRouter = ReturnType<typeof createRouter>
