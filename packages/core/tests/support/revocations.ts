import { NEW_PASSWORD, PASSWORD, type Person } from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import { logout } from '../../src/operations/auth/logout.ts'
import { logoutAll } from '../../src/operations/auth/logout-all.ts'
import { changePassword } from '../../src/operations/password/change-password.ts'
import { deactivateUser } from '../../src/operations/staff/deactivate-user.ts'
import { resetUserFactors } from '../../src/operations/staff/reset-user-factors.ts'
import { setUserRole } from '../../src/operations/staff/set-user-role.ts'
import { OPERATOR } from '../../src/steps/actor.ts'
import { authenticate } from '../../src/steps/authenticate.ts'
import type { UserId } from '../../src/words/ids.ts'

/** Ends a session of a user. */
export type Revocation = (ctx: Context, person: Person) => Promise<unknown>

/** Every operation by which another request ends a user's session. */
export const REVOCATIONS: Record<string, Revocation> = {
  logout: async (ctx, { tokens }) =>
    logout(ctx, { identity: await authenticate(ctx, tokens.access), refresh: tokens.refresh }),
  'logout-all': async (ctx, { tokens }) =>
    logoutAll(ctx, { identity: await authenticate(ctx, tokens.access) }),
  'password change': async (ctx, { tokens }) =>
    changePassword(ctx, {
      identity: await authenticate(ctx, tokens.access),
      oldPassword: PASSWORD,
      newPassword1: NEW_PASSWORD,
      newPassword2: NEW_PASSWORD,
    }),
  deactivation: (ctx, { userId }) => deactivateUser(ctx, { by: OPERATOR, userId: userId as UserId }),
  'reset of second factors': (ctx, { userId }) => resetUserFactors(ctx, { by: OPERATOR, userId }),
  'role change': (ctx, { userId }) =>
    setUserRole(ctx, { by: OPERATOR, userId: userId as UserId, role: 1000 }),
}
