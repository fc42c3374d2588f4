// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Message } from '@latchkey/languages'

/** What each message takes, by its key. */
export interface Messages {
  'account-deactivated.mistake': Message<{ appName: string }>
  'account-deactivated.preview': Message
  'account-deactivated.reason': Message<{ appName: string; email: string; changedAt: string }>
  'account-deactivated.subject': Message<{ appName: string }>
  'account-deleted.mistake': Message<{ appName: string }>
  'account-deleted.preview': Message
  'account-deleted.reason': Message<{ email: string; appName: string; changedAt: string }>
  'account-deleted.subject': Message<{ appName: string }>
  'account-exists.action': Message
  'account-exists.lifetime': Message<{ lifetime: string }>
  'account-exists.notYou': Message
  'account-exists.preview': Message
  'account-exists.reason': Message<{ appName: string; email: string; requestedAt: string }>
  'account-exists.reset': Message
  'account-exists.signIn': Message
  'account-exists.signInLink': Message
  'account-exists.subject': Message<{ appName: string }>
  'account-reactivated.action': Message
  'account-reactivated.mistake': Message<{ appName: string }>
  'account-reactivated.preview': Message
  'account-reactivated.reason': Message<{ appName: string; email: string; changedAt: string }>
  'account-reactivated.subject': Message<{ appName: string }>
  'common.anotherAddress': Message
  'common.footer': Message<{ appName: string }>
  'common.greeting': Message
  'common.linkInstead': Message
  'common.support': Message
  'common.textLabel': Message<{ label: string }>
  'confirm-email-change.action': Message
  'confirm-email-change.lifetime': Message<{ lifetime: string }>
  'confirm-email-change.notYou': Message
  'confirm-email-change.preview': Message
  'confirm-email-change.reason': Message<{ appName: string; requestedAt: string; newEmail: string }>
  'confirm-email-change.subject': Message<{ appName: string }>
  'confirm-registration.action': Message
  'confirm-registration.lifetime': Message<{ lifetime: string }>
  'confirm-registration.notYou': Message
  'confirm-registration.preview': Message
  'confirm-registration.reason': Message<{ appName: string; email: string; requestedAt: string }>
  'confirm-registration.step': Message
  'confirm-registration.subject': Message<{ appName: string }>
  'email-change-requested.fine': Message
  'email-change-requested.notYou': Message
  'email-change-requested.passwordLink': Message
  'email-change-requested.preview': Message
  'email-change-requested.reason': Message<{ email: string; appName: string; requestedAt: string; newEmail: string }>
  'email-change-requested.subject': Message<{ appName: string }>
  'email-changed.fine': Message
  'email-changed.notYou': Message<{ appName: string }>
  'email-changed.preview': Message
  'email-changed.reason': Message<{ appName: string; email: string; newEmail: string; changedAt: string }>
  'email-changed.subject': Message<{ appName: string }>
  'invitation.action': Message
  'invitation.lifetime': Message<{ lifetime: string }>
  'invitation.notYou': Message
  'invitation.preview': Message
  'invitation.reason': Message<{ appName: string; email: string }>
  'invitation.subject': Message<{ appName: string }>
  'origin.browserOnSystem': Message<{ browser: string; system: string }>
  'origin.deviceInNetwork': Message<{ device: string; network: string }>
  'origin.deviceInUnknownNetwork': Message<{ device: string }>
  'origin.unknownDevice': Message
  'password-changed.fine': Message
  'password-changed.notYou': Message
  'password-changed.passwordLink': Message
  'password-changed.preview': Message
  'password-changed.reason': Message<{ email: string; appName: string; changedAt: string }>
  'password-changed.subject': Message<{ appName: string }>
  'password-set.action': Message
  'password-set.notYou': Message
  'password-set.passwordLink': Message
  'password-set.preview': Message
  'password-set.reason': Message<{ email: string; appName: string; changedAt: string }>
  'password-set.subject': Message<{ appName: string }>
  'pending-sign-ups.action': Message
  'pending-sign-ups.item': Message<{ requestedAt: string; origin: string; until: string }>
  'pending-sign-ups.notYou': Message
  'pending-sign-ups.preview': Message
  'pending-sign-ups.reason': Message<{ appName: string; email: string }>
  'pending-sign-ups.step': Message
  'pending-sign-ups.subject': Message<{ appName: string }>
  'reset-password.action': Message
  'reset-password.lifetime': Message<{ lifetime: string }>
  'reset-password.notYou': Message
  'reset-password.preview': Message
  'reset-password.reason': Message<{ requestedAt: string; email: string; appName: string }>
  'reset-password.subject': Message<{ appName: string }>
  'verify-email.action': Message
  'verify-email.lifetime': Message<{ lifetime: string }>
  'verify-email.notYou': Message
  'verify-email.preview': Message
  'verify-email.reason': Message<{ appName: string; email: string }>
  'verify-email.subject': Message<{ appName: string }>
}
