import type { ContractSettings, OperationName, operations } from '@latchkey/contract'
import { router } from '../doors/trpc/base.ts'
import type { Implementation } from '../doors/trpc/implement.ts'
import { nestProcedures } from '../doors/trpc/nest.ts'
import { describeReauthenticationProcedure } from './auth/describe-reauthentication.ts'
import { loginProcedure } from './auth/login.ts'
import { logoutProcedure } from './auth/logout.ts'
import { logoutAllProcedure } from './auth/logout-all.ts'
import { reauthenticateProcedure } from './auth/reauthenticate.ts'
import { refreshSessionProcedure } from './auth/refresh-session.ts'
import { cancelEmailChangeProcedure } from './email/cancel-email-change.ts'
import { confirmEmailChangeProcedure } from './email/confirm-email-change.ts'
import { findEmailChangeProcedure } from './email/find-email-change.ts'
import { requestEmailChangeProcedure } from './email/request-email-change.ts'
import { activateTotpProcedure } from './mfa/activate-totp.ts'
import { deactivateSecondFactorProcedure } from './mfa/deactivate-second-factor.ts'
import { enableSecondFactorProcedure } from './mfa/enable-second-factor.ts'
import { getMfaStatusProcedure } from './mfa/get-mfa-status.ts'
import { listAuthenticatorsProcedure } from './mfa/list-authenticators.ts'
import { replaceRecoveryCodesProcedure } from './mfa/replace-recovery-codes.ts'
import { setUpTotpProcedure } from './mfa/set-up-totp.ts'
import { verifyPasskeyProcedure } from './mfa/verify-passkey.ts'
import { verifyRecoveryCodeProcedure } from './mfa/verify-recovery-code.ts'
import { verifyTotpProcedure } from './mfa/verify-totp.ts'
import { deletePasskeyProcedure } from './passkeys/delete-passkey.ts'
import { describePasskeyRegistrationProcedure } from './passkeys/describe-passkey-registration.ts'
import { describePasskeySignInProcedure } from './passkeys/describe-passkey-sign-in.ts'
import { listPasskeysProcedure } from './passkeys/list-passkeys.ts'
import { registerPasskeyProcedure } from './passkeys/register-passkey.ts'
import { renamePasskeyProcedure } from './passkeys/rename-passkey.ts'
import { signInWithPasskeyProcedure } from './passkeys/sign-in-with-passkey.ts'
import { changePasswordProcedure } from './password/change-password.ts'
import { requestPasswordResetProcedure } from './password/request-password-reset.ts'
import { setNewPasswordProcedure } from './password/set-new-password.ts'
import { registerProcedure } from './registration/register.ts'
import { resendVerificationProcedure } from './registration/resend-verification.ts'
import { verifyEmailProcedure } from './registration/verify-email.ts'
import { listSecurityEventsProcedure } from './security/list-security-events.ts'
import { listSessionsProcedure } from './sessions/list-sessions.ts'
import { revokeSessionProcedure } from './sessions/revoke-session.ts'
import { connectProviderCodeProcedure } from './social/connect-provider-code.ts'
import { connectProviderTokenProcedure } from './social/connect-provider-token.ts'
import { connectSocialAccountProcedure } from './social/connect-social-account.ts'
import { disconnectProviderProcedure } from './social/disconnect-provider.ts'
import { listConnectionsProcedure } from './social/list-connections.ts'
import { listProvidersProcedure } from './social/list-providers.ts'
import { openSocialSessionProcedure } from './social/open-social-session.ts'
import { signInWithProviderCodeProcedure } from './social/sign-in-with-provider-code.ts'
import { signInWithProviderTokenProcedure } from './social/sign-in-with-provider-token.ts'
import { createUserProcedure } from './staff/create-user.ts'
import { deactivateUserProcedure } from './staff/deactivate-user.ts'
import { deleteUserProcedure } from './staff/delete-user.ts'
import { endUserSessionProcedure } from './staff/end-user-session.ts'
import { endUserSessionsProcedure } from './staff/end-user-sessions.ts'
import { getUserProcedure } from './staff/get-user.ts'
import { listUserEventsProcedure } from './staff/list-user-events.ts'
import { listUserSessionsProcedure } from './staff/list-user-sessions.ts'
import { listUsersProcedure } from './staff/list-users.ts'
import { reactivateUserProcedure } from './staff/reactivate-user.ts'
import { resetUserFactorsProcedure } from './staff/reset-user-factors.ts'
import { sendUserResetProcedure } from './staff/send-user-reset.ts'
import { setUserRoleProcedure } from './staff/set-user-role.ts'
import { deleteOwnUserProcedure } from './user/delete-own-user.ts'
import { getOwnUserProcedure } from './user/get-own-user.ts'
import { updateOwnUserProcedure } from './user/update-own-user.ts'

/** The implementation of each operation. */
const procedures = {
  login: loginProcedure,
  reauthenticate: reauthenticateProcedure,
  describeReauthentication: describeReauthenticationProcedure,
  refreshSession: refreshSessionProcedure,
  logout: logoutProcedure,
  logoutAll: logoutAllProcedure,
  getMfaStatus: getMfaStatusProcedure,
  listAuthenticators: listAuthenticatorsProcedure,
  setUpTotp: setUpTotpProcedure,
  activateTotp: activateTotpProcedure,
  verifyTotp: verifyTotpProcedure,
  verifyRecoveryCode: verifyRecoveryCodeProcedure,
  verifyPasskey: verifyPasskeyProcedure,
  enableSecondFactor: enableSecondFactorProcedure,
  replaceRecoveryCodes: replaceRecoveryCodesProcedure,
  deactivateSecondFactor: deactivateSecondFactorProcedure,
  describePasskeySignIn: describePasskeySignInProcedure,
  signInWithPasskey: signInWithPasskeyProcedure,
  describePasskeyRegistration: describePasskeyRegistrationProcedure,
  registerPasskey: registerPasskeyProcedure,
  listPasskeys: listPasskeysProcedure,
  renamePasskey: renamePasskeyProcedure,
  deletePasskey: deletePasskeyProcedure,
  listProviders: listProvidersProcedure,
  signInWithProviderToken: signInWithProviderTokenProcedure,
  signInWithProviderCode: signInWithProviderCodeProcedure,
  connectProviderToken: connectProviderTokenProcedure,
  connectProviderCode: connectProviderCodeProcedure,
  listConnections: listConnectionsProcedure,
  disconnectProvider: disconnectProviderProcedure,
  openSocialSession: openSocialSessionProcedure,
  connectSocialAccount: connectSocialAccountProcedure,
  register: registerProcedure,
  verifyEmail: verifyEmailProcedure,
  resendVerification: resendVerificationProcedure,
  changePassword: changePasswordProcedure,
  requestPasswordReset: requestPasswordResetProcedure,
  setNewPassword: setNewPasswordProcedure,
  requestEmailChange: requestEmailChangeProcedure,
  findEmailChange: findEmailChangeProcedure,
  cancelEmailChange: cancelEmailChangeProcedure,
  confirmEmailChange: confirmEmailChangeProcedure,
  getOwnUser: getOwnUserProcedure,
  updateOwnUser: updateOwnUserProcedure,
  deleteOwnUser: deleteOwnUserProcedure,
  listSessions: listSessionsProcedure,
  revokeSession: revokeSessionProcedure,
  listSecurityEvents: listSecurityEventsProcedure,
  listUsers: listUsersProcedure,
  getUser: getUserProcedure,
  createUser: createUserProcedure,
  deactivateUser: deactivateUserProcedure,
  reactivateUser: reactivateUserProcedure,
  setUserRole: setUserRoleProcedure,
  sendUserReset: sendUserResetProcedure,
  resetUserFactors: resetUserFactorsProcedure,
  deleteUser: deleteUserProcedure,
  listUserSessions: listUserSessionsProcedure,
  endUserSession: endUserSessionProcedure,
  endUserSessions: endUserSessionsProcedure,
  listUserEvents: listUserEventsProcedure,
} satisfies { [Name in OperationName]: Implementation<(typeof operations)[Name]> }

/** Every operation of the server, once. REST, tRPC and the OpenAPI document are made from it. */
export function createRouter(settings: ContractSettings) {
  return router(nestProcedures(procedures, settings))
}

/** The type for tRPC clients. */
export type AppRouter = ReturnType<typeof createRouter>
