// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Message } from '@latchkey/languages'

/** What each message takes, by its key. */
export interface Messages {
  'accountDeactivated.mistake': Message<{ appName: string }>
  'accountDeactivated.preview': Message
  'accountDeactivated.reason': Message<{ appName: string; email: string; changedAt: string }>
  'accountDeactivated.subject': Message<{ appName: string }>
  'accountDeleted.mistake': Message<{ appName: string }>
  'accountDeleted.preview': Message
  'accountDeleted.reason': Message<{ email: string; appName: string; changedAt: string }>
  'accountDeleted.subject': Message<{ appName: string }>
  'accountExists.action': Message
  'accountExists.lifetime': Message<{ lifetime: string }>
  'accountExists.notYou': Message
  'accountExists.preview': Message
  'accountExists.reason': Message<{ appName: string; email: string; requestedAt: string }>
  'accountExists.reset': Message
  'accountExists.signIn': Message
  'accountExists.signInLink': Message
  'accountExists.subject': Message<{ appName: string }>
  'accountReactivated.action': Message
  'accountReactivated.mistake': Message<{ appName: string }>
  'accountReactivated.preview': Message
  'accountReactivated.reason': Message<{ appName: string; email: string; changedAt: string }>
  'accountReactivated.subject': Message<{ appName: string }>
  'common.anotherAddress': Message
  'common.footer': Message<{ appName: string }>
  'common.greeting': Message
  'common.linkInstead': Message
  'common.support': Message
  'common.textLabel': Message<{ label: string }>
  'confirmEmailChange.action': Message
  'confirmEmailChange.lifetime': Message<{ lifetime: string }>
  'confirmEmailChange.notYou': Message
  'confirmEmailChange.preview': Message
  'confirmEmailChange.reason': Message<{ appName: string; requestedAt: string; newEmail: string }>
  'confirmEmailChange.subject': Message<{ appName: string }>
  'confirmRegistration.action': Message
  'confirmRegistration.lifetime': Message<{ lifetime: string }>
  'confirmRegistration.notYou': Message
  'confirmRegistration.preview': Message
  'confirmRegistration.reason': Message<{ appName: string; email: string; requestedAt: string }>
  'confirmRegistration.step': Message
  'confirmRegistration.subject': Message<{ appName: string }>
  'connectionChange.added': Message<{ provider: string }>
  'connectionChange.removed': Message<{ provider: string }>
  'connectionChange.removedByProof': Message<{ provider: string }>
  'connectionChanged.fine': Message
  'connectionChanged.notYou': Message
  'connectionChanged.passwordLink': Message
  'connectionChanged.preview': Message
  'connectionChanged.reason': Message<{ email: string; appName: string; changedAt: string; change: string }>
  'connectionChanged.subject': Message<{ appName: string }>
  'emailChangeRequested.fine': Message
  'emailChangeRequested.notYou': Message
  'emailChangeRequested.passwordLink': Message
  'emailChangeRequested.preview': Message
  'emailChangeRequested.reason': Message<{ email: string; appName: string; requestedAt: string; newEmail: string }>
  'emailChangeRequested.subject': Message<{ appName: string }>
  'emailChanged.fine': Message
  'emailChanged.notYou': Message<{ appName: string }>
  'emailChanged.preview': Message
  'emailChanged.reason': Message<{ appName: string; email: string; newEmail: string; changedAt: string }>
  'emailChanged.subject': Message<{ appName: string }>
  'factorChange.appSetUp': Message
  'factorChange.codeUsed': Message<{ left: number }>
  'factorChange.newCodes': Message
  'factorChange.passkeyAdded': Message
  'factorChange.passkeyRemoved': Message
  'factorChange.removedByProof': Message
  'factorChange.removedBySupport': Message
  'factorChange.turnedOff': Message
  'factorChange.turnedOn': Message
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
  'passwordChanged.connections': Message<{ connections: string }>
  'passwordChanged.fine': Message
  'passwordChanged.notYou': Message
  'passwordChanged.passwordLink': Message
  'passwordChanged.preview': Message
  'passwordChanged.reason': Message<{ email: string; appName: string; changedAt: string }>
  'passwordChanged.subject': Message<{ appName: string }>
  'passwordSet.action': Message
  'passwordSet.notYou': Message
  'passwordSet.passwordLink': Message
  'passwordSet.preview': Message
  'passwordSet.reason': Message<{ email: string; appName: string; changedAt: string }>
  'passwordSet.subject': Message<{ appName: string }>
  'pendingSignUps.action': Message
  'pendingSignUps.item': Message<{ requestedAt: string; origin: string; until: string }>
  'pendingSignUps.notYou': Message
  'pendingSignUps.preview': Message
  'pendingSignUps.reason': Message<{ appName: string; email: string }>
  'pendingSignUps.step': Message
  'pendingSignUps.subject': Message<{ appName: string }>
  'resetPassword.action': Message
  'resetPassword.lifetime': Message<{ lifetime: string }>
  'resetPassword.notYou': Message
  'resetPassword.preview': Message
  'resetPassword.reason': Message<{ requestedAt: string; email: string; appName: string }>
  'resetPassword.subject': Message<{ appName: string }>
  'secondFactorChanged.fine': Message
  'secondFactorChanged.notYou': Message
  'secondFactorChanged.passwordLink': Message
  'secondFactorChanged.preview': Message
  'secondFactorChanged.reason': Message<{ email: string; appName: string; changedAt: string; change: string }>
  'secondFactorChanged.subject': Message<{ appName: string }>
  'secondFactorLocked.fine': Message
  'secondFactorLocked.notYou': Message
  'secondFactorLocked.passwordLink': Message
  'secondFactorLocked.preview': Message
  'secondFactorLocked.reason': Message<{ email: string; appName: string; happenedAt: string }>
  'secondFactorLocked.subject': Message<{ appName: string }>
  'verifyEmail.action': Message
  'verifyEmail.lifetime': Message<{ lifetime: string }>
  'verifyEmail.notYou': Message
  'verifyEmail.preview': Message
  'verifyEmail.reason': Message<{ appName: string; email: string }>
  'verifyEmail.subject': Message<{ appName: string }>
}
