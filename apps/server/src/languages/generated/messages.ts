// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Message } from '@latchkey/languages'

/** What each message takes, by its key. */
export interface Messages {
  'action.askForNewLink': Message
  'action.backToApp': Message<{ name: string }>
  'action.signIn': Message
  'addressChanged.explanation': Message
  'addressChanged.heading': Message
  'addressVerified.explanation': Message
  'addressVerified.heading': Message
  'checkMail.explanation': Message
  'checkMail.heading': Message
  'checkMail.nothingArrived': Message
  'confirmAddress.button': Message
  'confirmAddress.change': Message<{ email: string }>
  'confirmAddress.heading': Message
  'confirmAddress.notYou': Message
  'confirmAddress.signUp': Message<{ email: string }>
  'footer.help': Message<Record<never, never>, 'link'>
  'goBack.close': Message
  'goBack.signIn': Message
  'home.explanation': Message<{ name: string }>
  'home.forDevelopers': Message
  'home.linkDocs': Message
  'home.linkMailbox': Message
  'home.linkPortal': Message
  'home.nothingHere': Message
  'invalidLink.alreadyConfirmed': Message
  'invalidLink.copied': Message
  'invalidLink.heading': Message
  'invalidLink.reasons': Message
  'notFound.explanation': Message
  'notFound.heading': Message
  'otherLink.explanation': Message
  'otherLink.heading': Message
  'otherLink.whatToDo': Message
  'page.title': Message<{ heading: string; name: string }>
  'page.titleOfRefusal': Message<{ heading: string; name: string }>
  'password.button': Message
  'password.buttonForInvitation': Message
  'password.confirmation': Message
  'password.confirmationForInvitation': Message
  'password.enter': Message
  'password.enterAgain': Message
  'password.feedbackAlmost': Message
  'password.feedbackDigits': Message
  'password.feedbackGood': Message
  'password.feedbackMissing': Message<{ count: number }>
  'password.feedbackNotSame': Message
  'password.feedbackSame': Message
  'password.forAccount': Message<{ email: string }>
  'password.heading': Message
  'password.headingForInvitation': Message
  'password.hint': Message<{ count: number }>
  'password.new': Message
  'password.newForInvitation': Message
  'password.notChanged': Message
  'password.show': Message
  'providerAttempt.elsewhere': Message
  'providerAttempt.elsewhereExplanation': Message
  'providerAttempt.over': Message
  'providerAttempt.overExplanation': Message
  'providerLink.explanation': Message
  'providerLink.heading': Message
  'refused.askingForHelp': Message<{ id: string }>
  'refused.busy': Message
  'refused.elsewhere': Message
  'refused.elsewhereExplanation': Message
  'refused.fault': Message
  'refused.heading': Message
  'refused.method': Message
  'refused.methodExplanation': Message
  'refused.throttled': Message
  'refused.tooLarge': Message
  'refused.tooLargeExplanation': Message
  'reopenLink.alreadyDone': Message
  'reopenLink.explanation': Message
  'reopenLink.heading': Message
  'resetComplete.devices': Message
  'resetComplete.explanation': Message
  'resetComplete.heading': Message
  'resetComplete.secondStep': Message
  'resetInvalid.cookies': Message
  'resetInvalid.explanation': Message
  'resetInvalid.heading': Message
  'resetInvalid.whatToDo': Message
}
