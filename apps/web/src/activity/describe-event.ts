import type { SecurityEvent } from '@latchkey/client'
import type { Translate } from '../languages/create-messages.ts'
import type { IconName } from '../layout/icons.tsx'
import { describeRole } from '../staff/describe-role.ts'

type Event = Pick<SecurityEvent, 'kind' | 'details'>
type Describe = (t: Translate, details: SecurityEvent['details']) => string

/** The sentence per kind of event. The user and staff read the same sentence. */
const SENTENCES: Record<string, Describe> = {
  registered: (t) => t('activity.registered'),
  login: (t, { method, second }) =>
    (pick(SECOND_STEPS, second) ?? pick(LOGINS, method))?.(t) ?? t('activity.login'),
  login_challenged: (t) => t('activity.loginChallenged'),
  login_failed: (t, { reason }) => pick(FAILED_LOGINS, reason)?.(t) ?? t('activity.loginFailed'),
  refresh_replayed: (t) => t('activity.refreshReplayed'),
  session_moved_in: (t) => t('activity.sessionMovedIn'),
  proof_refused: (t) => t('activity.proofRefused'),
  refresh_grace: (t, { changed }) => pick(CONTINUED, changed)?.(t) ?? t('activity.refreshGrace.both'),
  refresh_late: (t) => t('activity.refreshLate'),
  logout: (t) => t('activity.logout'),
  logout_all: (t) => t('activity.logoutAll'),
  session_revoked: (t) => t('activity.sessionRevoked'),
  sessions_ended: (t) => t('activity.sessionsEnded'),
  sessions_displaced: (t, { sessions }) => t('activity.sessionsDisplaced', { count: Number(sessions) }),
  password_changed: (t) => t('activity.passwordChanged'),
  password_reset: (t) => t('activity.passwordReset'),
  password_reset_sent: (t, { invitation }) =>
    invitation ? t('activity.invitationSent') : t('activity.passwordResetSent'),
  email_change_requested: (t) => t('activity.emailChangeRequested'),
  email_change_cancelled: (t) => t('activity.emailChangeCancelled'),
  email_verified: (t) => t('activity.emailVerified'),
  email_changed: (t) => t('activity.emailChanged'),
  role_changed: (t, { from, to }) =>
    t('activity.roleChanged', { from: describeRole(Number(from), t), to: describeRole(Number(to), t) }),
  account_created: (t) => t('activity.accountCreated'),
  account_deactivated: (t) => t('activity.accountDeactivated'),
  account_reactivated: (t) => t('activity.accountReactivated'),
  account_deleted: (t) => t('activity.accountDeleted'),
  throttled: (t) => t('activity.throttled'),
  second_factor_failed: (t, { method }) => pick(WRONG_ANSWERS, method)?.(t) ?? t('activity.wrongAnswer.code'),
  second_factor_locked: (t, { lasting }) =>
    lasting ? t('activity.codesLocked.lasting') : t('activity.codesLocked'),
  second_factor_enabled: (t) => t('activity.twoSteps.on'),
  second_factor_disabled: (t) => t('activity.twoSteps.off'),
  totp_activated: (t, { replaced }) =>
    replaced ? t('activity.authenticator.replaced') : t('activity.authenticator.setUp'),
  passkey_added: (t) => t('activity.passkey.added'),
  passkey_removed: (t) => t('activity.passkey.removed'),
  passkey_renamed: (t) => t('activity.passkey.renamed'),
  passkey_counter: (t) => t('activity.passkey.counter'),
  connection_added: (t) => t('activity.connection.added'),
  connection_removed: (t) => t('activity.connection.removed'),
  recovery_code_used: (t, { left }) => t('activity.recoveryCodes.used', { count: Number(left) }),
  recovery_codes_replaced: (t) => t('activity.recoveryCodes.replaced'),
  reauthenticated: (t, { method }) => pick(CONFIRMED, method)?.(t) ?? t('activity.confirmed.password'),
  factors_reset: (t, { reason }) =>
    reason === 'address_proven' ? t('activity.factorsReset.addressProven') : t('activity.factorsReset'),
}
const LOGINS: Record<string, (t: Translate) => string> = {
  registration: (t) => t('activity.login.registration'),
  password_reset: (t) => t('activity.login.passwordReset'),
  passkey: (t) => t('activity.login.passkey'),
  social: (t) => t('activity.login.provider'),
}
const SECOND_STEPS: Record<string, (t: Translate) => string> = {
  totp: (t) => t('activity.login.second.code'),
  passkey: (t) => t('activity.login.second.passkey'),
  recovery_code: (t) => t('activity.login.second.recoveryCode'),
}
const WRONG_ANSWERS: Record<string, (t: Translate) => string> = {
  passkey: (t) => t('activity.wrongAnswer.passkey'),
  recovery_code: (t) => t('activity.wrongAnswer.recoveryCode'),
}
const CONFIRMED: Record<string, (t: Translate) => string> = {
  totp: (t) => t('activity.confirmed.code'),
  passkey: (t) => t('activity.confirmed.passkey'),
  recovery_code: (t) => t('activity.confirmed.recoveryCode'),
}
const FAILED_LOGINS: Record<string, (t: Translate) => string> = {
  incorrect_credentials: (t) => t('activity.loginFailed.password'),
  email_not_verified: (t) => t('activity.loginFailed.unverified'),
  no_active_account: (t) => t('activity.loginFailed.deactivated'),
}
const CONTINUED: Record<string, (t: Translate) => string> = {
  device: (t) => t('activity.refreshGrace.device'),
  network: (t) => t('activity.refreshGrace.network'),
}
const ICONS: Record<string, IconName> = {
  login_failed: 'warning',
  refresh_replayed: 'warning',
  refresh_grace: 'warning',
  proof_refused: 'warning',
  throttled: 'warning',
  account_deactivated: 'warning',
  password_changed: 'key',
  password_reset: 'key',
  password_reset_sent: 'mail',
  email_change_requested: 'mail',
  email_change_cancelled: 'mail',
  email_verified: 'mail',
  email_changed: 'mail',
  second_factor_failed: 'warning',
  second_factor_locked: 'warning',
  second_factor_disabled: 'warning',
  passkey_counter: 'warning',
  factors_reset: 'warning',
  second_factor_enabled: 'key',
  totp_activated: 'key',
  passkey_added: 'key',
  passkey_removed: 'key',
  passkey_renamed: 'key',
  connection_added: 'key',
  connection_removed: 'key',
  recovery_code_used: 'key',
  recovery_codes_replaced: 'key',
}

/** Describes an event in one sentence. A kind that this portal does not know is described by its name. */
export function describeEvent({ kind, details }: Event, t: Translate): string {
  const describe = pick(SENTENCES, kind)
  if (describe) return describe(t, details)
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Picks the icon of a kind of event; null means the icon of the device. */
export function pickEventIcon(kind: string): IconName | null {
  return pick(ICONS, kind) ?? null
}

/** Only own names count: `constructor` is a name of every object. */
function pick<T>(record: Record<string, T>, name: unknown): T | undefined {
  return typeof name === 'string' && Object.hasOwn(record, name) ? record[name] : undefined
}
