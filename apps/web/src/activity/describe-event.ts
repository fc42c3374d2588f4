import type { SecurityEvent } from '@latchkey/client'
import type { Translate } from '../languages/create-messages.ts'
import type { IconName } from '../layout/icons.tsx'
import { describeRole } from '../staff/describe-role.ts'

type Event = Pick<SecurityEvent, 'kind' | 'details'>
type Describe = (t: Translate, details: SecurityEvent['details']) => string

/** The sentence per kind of event. The user and staff read the same sentence. */
const SENTENCES: Record<string, Describe> = {
  registered: (t) => t('activity.registered'),
  login: (t, { method }) => pick(LOGINS, method)?.(t) ?? t('activity.login'),
  login_failed: (t, { reason }) => pick(FAILED_LOGINS, reason)?.(t) ?? t('activity.loginFailed'),
  refresh_replayed: (t) => t('activity.refreshReplayed'),
  refresh_grace: (t, { changed }) => pick(CONTINUED, changed)?.(t) ?? t('activity.refreshGrace.both'),
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
}
const LOGINS: Record<string, (t: Translate) => string> = {
  registration: (t) => t('activity.login.registration'),
  password_reset: (t) => t('activity.login.passwordReset'),
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
  throttled: 'warning',
  account_deactivated: 'warning',
  password_changed: 'key',
  password_reset: 'key',
  password_reset_sent: 'mail',
  email_change_requested: 'mail',
  email_change_cancelled: 'mail',
  email_verified: 'mail',
  email_changed: 'mail',
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
