// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Message } from '@latchkey/languages'

/** What each message takes, by its key. */
export interface Messages {
  'action.tryAgain': Message
  'app.title': Message<{ screen: string; name: string }>
  'checkMail.action': Message
  'checkMail.actionSending': Message
  'checkMail.backToSignIn': Message
  'checkMail.heading': Message
  'checkMail.nothing.heading': Message
  'checkMail.nothing.text': Message
  'checkMail.sentTo': Message<{ email: string }, 'name'>
  'checkMail.sentToSomebody': Message
  'confirmAddress.action': Message
  'confirmAddress.actionSending': Message
  'confirmAddress.heading': Message
  'confirmAddress.text': Message
  'connection.offline': Message
  'connection.unreachable': Message
  'deleteAccount.action': Message
  'deleteAccount.actionSending': Message
  'deleteAccount.done': Message
  'deleteAccount.heading': Message
  'deleteAccount.keep': Message
  'deleteAccount.text': Message<{ email: string }, 'name' | 'strong'>
  'device.browserOnMachine': Message<{ browser: string; machine: string }>
  'device.unknown': Message
  'email.action': Message
  'email.actionSending': Message
  'email.current': Message<{ email: string }, 'name'>
  'email.heading': Message
  'email.newAddress': Message
  'email.newAddress.required': Message
  'email.pending.cancel': Message
  'email.pending.cancelled': Message
  'email.pending.heading': Message
  'email.pending.text': Message<{ email: string; time: string }, 'name'>
  'email.sent': Message<{ email: string }, 'name'>
  'field.choosePassword.required': Message
  'field.currentPassword': Message
  'field.currentPassword.required': Message
  'field.email': Message
  'field.email.required': Message
  'field.firstName': Message
  'field.firstName.required': Message
  'field.lastName': Message
  'field.lastName.required': Message
  'field.newPassword': Message
  'field.newPasswordAgain': Message
  'field.newPasswordAgain.required': Message
  'field.optional': Message<{ label: string }, 'muted'>
  'field.password': Message
  'field.password.required': Message
  'field.passwordAgain': Message
  'field.passwordAgain.required': Message
  'field.showPassword': Message
  'field.showPasswords': Message
  'forgotPassword.action': Message
  'forgotPassword.actionSending': Message
  'forgotPassword.heading': Message
  'forgotPassword.sent': Message<{ email: string }, 'name'>
  'forgotPassword.text': Message
  'language.menu': Message
  'list.loadMore': Message
  'list.loadMoreOf': Message<{ list: string }>
  'list.shown': Message<{ count: number }>
  'loading': Message
  'mailbox.hint': Message<Record<never, never>, 'link'>
  'navigation.accounts': Message
  'navigation.devices': Message
  'navigation.email': Message
  'navigation.label': Message
  'navigation.password': Message
  'navigation.profile': Message
  'notFound.heading': Message
  'notFound.link': Message
  'notFound.text': Message
  'password.action': Message
  'password.actionSending': Message
  'password.done': Message
  'password.doneEverywhere': Message
  'password.heading': Message
  'password.signsOutOthers': Message
  'passwordRules.allMet': Message
  'passwordRules.hint': Message
  'passwordRules.label': Message
  'passwordRules.length': Message<{ count: number }>
  'passwordRules.met': Message<{ rule: string }>
  'passwordRules.notCommon': Message
  'passwordRules.notNumeric': Message
  'passwordRules.notSimilar': Message
  'passwordRules.open': Message<{ count: number }>
  'passwordRules.unmet': Message<{ rule: string }>
  'profile.change': Message
  'profile.delete.heading': Message
  'profile.delete.text': Message<Record<never, never>, 'link'>
  'profile.heading': Message
  'profile.save': Message
  'profile.saved': Message
  'profile.saving': Message
  'resetPassword.action': Message
  'resetPassword.actionSending': Message
  'resetPassword.deadLink.heading': Message
  'resetPassword.deadLink.next': Message<Record<never, never>, 'link'>
  'resetPassword.deadLink.text': Message
  'resetPassword.done': Message
  'resetPassword.for': Message<{ email: string }, 'name'>
  'resetPassword.heading': Message
  'session.lastUsed': Message<{ age: string }, 'time'>
  'session.lastUsedFrom': Message<{ age: string; address: string }, 'time' | 'ip'>
  'session.signOut': Message
  'session.signOutDevice': Message<{ device: string }>
  'session.signOutThisDevice': Message
  'session.signedIn': Message<{ date: string }, 'time'>
  'session.signedOut': Message
  'session.thisDevice': Message
  'sessions.allDone': Message
  'sessions.heading': Message
  'sessions.list': Message
  'sessions.oneDone': Message<{ device: string }, 'name'>
  'sessions.signOutOthers': Message
  'sessions.text': Message<Record<never, never>, 'link'>
  'shell.app': Message<{ name: string }>
  'shell.signOut': Message
  'shell.skip': Message
  'shell.support': Message
  'signIn.action': Message
  'signIn.actionSending': Message
  'signIn.forgot': Message
  'signIn.heading': Message
  'signIn.newHere': Message<Record<never, never>, 'link'>
  'signIn.sendAgain': Message
  'signOut.done': Message
  'signOut.notYet': Message
  'signOut.onlyHere': Message
  'signUp.action': Message
  'signUp.actionSending': Message
  'signUp.done': Message
  'signUp.heading': Message
  'signUp.signIn': Message<Record<never, never>, 'link'>
  'start.unreachable.heading': Message
  'start.unreachable.text': Message
  'throttle.over': Message
  'time.justNow': Message
  'unverified.confirmed': Message
  'unverified.reminder': Message
  'unverified.send': Message
  'unverified.sent': Message<{ email: string }, 'name'>
  'verified.goToAccount': Message
  'verified.heading': Message
  'verified.signIn': Message
  'verified.signInText': Message
  'verified.signsInAs': Message<{ email: string }, 'name'>
  'verified.thanks': Message
  'waiting.sentAgain': Message<{ email: string }, 'name'>
}
