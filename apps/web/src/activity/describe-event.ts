import type { SecurityEvent } from '@latchkey/client'
import type { IconName } from '../layout/icons.tsx'
import { describeRole } from '../staff/describe-role.ts'

type Details = SecurityEvent['details']
type Sentence = string | ((details: Details) => string)

/** The sentence per kind of event. The user and staff read the same sentence. */
const SENTENCES: Record<string, Sentence> = {
  registered: 'The account was created',
  login: ({ method }) => LOGINS[String(method)] ?? 'Signed in',
  login_failed: ({ reason }) => FAILED_LOGINS[String(reason)] ?? 'A sign-in failed',
  refresh_replayed: 'Somebody used a copy of a session, which was ended',
  refresh_grace: ({ changed }) =>
    `A session went on from another ${changed === 'both' ? 'device and network' : changed}`,
  logout: 'Signed out',
  logout_all: 'Signed out on every device',
  session_revoked: 'A device was signed out',
  sessions_ended: 'Every device was signed out',
  sessions_displaced: ({ sessions }) =>
    Number(sessions) === 1
      ? 'The device that was unused for longest was signed out, because there were too many'
      : 'The devices that were unused for longest were signed out, because there were too many',
  password_changed: 'The password was changed',
  password_reset: 'A new password was set with a mailed link',
  password_reset_sent: ({ invitation }) =>
    invitation ? 'An invitation was mailed' : 'A link for a new password was mailed',
  email_change_requested: 'A change of the e-mail address was asked for',
  email_change_cancelled: 'A change of the email address was cancelled',
  email_verified: 'The e-mail address was confirmed by the operator',
  email_changed: 'The e-mail address was changed',
  role_changed: ({ from, to }) =>
    `The role was changed from ${describeRole(Number(from))} to ${describeRole(Number(to))}`,
  account_created: 'The account was created',
  account_deactivated: 'The account was deactivated',
  account_reactivated: 'The account was reactivated',
  account_deleted: 'The account was deleted',
  throttled: 'Too many attempts were refused',
}
const LOGINS: Record<string, string> = {
  registration: 'Signed in after signing up',
  password_reset: 'Signed in with a new password',
}
const FAILED_LOGINS: Record<string, string> = {
  incorrect_credentials: 'A sign-in failed: the password was not right',
  email_not_verified: 'A sign-in failed: the e-mail address was not confirmed',
  no_active_account: 'A sign-in failed: the account is deactivated',
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
export function describeEvent({ kind, details }: Pick<SecurityEvent, 'kind' | 'details'>): string {
  const sentence = Object.hasOwn(SENTENCES, kind) ? SENTENCES[kind] : undefined
  if (typeof sentence === 'function') return sentence(details)
  if (sentence) return sentence
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Picks the icon of a kind of event; null means the icon of the device. */
export function pickEventIcon(kind: string): IconName | null {
  return Object.hasOwn(ICONS, kind) ? (ICONS[kind] ?? null) : null
}
