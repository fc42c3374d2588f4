// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Message } from '@latchkey/languages'

/** What each message takes, by its key. */
export interface Messages {
  'action.tryAgain': Message
  'activity.accountCreated': Message
  'activity.accountDeactivated': Message
  'activity.accountDeleted': Message
  'activity.accountReactivated': Message
  'activity.authenticator.replaced': Message
  'activity.authenticator.setUp': Message
  'activity.byOperator': Message
  'activity.byStaff': Message
  'activity.codesLocked': Message
  'activity.codesLocked.lasting': Message
  'activity.confirmed.code': Message
  'activity.confirmed.passkey': Message
  'activity.confirmed.password': Message
  'activity.confirmed.recoveryCode': Message
  'activity.connection.added': Message
  'activity.connection.removed': Message
  'activity.emailChangeCancelled': Message
  'activity.emailChangeRequested': Message
  'activity.emailChanged': Message
  'activity.emailVerified': Message
  'activity.empty': Message
  'activity.factorsReset': Message
  'activity.factorsReset.addressProven': Message
  'activity.heading': Message
  'activity.hint': Message<Record<never, never>, 'password' | 'devices'>
  'activity.invitationSent': Message
  'activity.list': Message
  'activity.login': Message
  'activity.login.passkey': Message
  'activity.login.passwordReset': Message
  'activity.login.provider': Message
  'activity.login.registration': Message
  'activity.login.second.code': Message
  'activity.login.second.passkey': Message
  'activity.login.second.recoveryCode': Message
  'activity.loginChallenged': Message
  'activity.loginFailed': Message
  'activity.loginFailed.deactivated': Message
  'activity.loginFailed.password': Message
  'activity.loginFailed.unverified': Message
  'activity.logout': Message
  'activity.logoutAll': Message
  'activity.passkey.added': Message
  'activity.passkey.counter': Message
  'activity.passkey.removed': Message
  'activity.passkey.renamed': Message
  'activity.passwordChanged': Message
  'activity.passwordReset': Message
  'activity.passwordResetSent': Message
  'activity.proofRefused': Message
  'activity.recoveryCodes.replaced': Message
  'activity.recoveryCodes.used': Message<{ count: number }>
  'activity.refreshGrace.both': Message
  'activity.refreshGrace.device': Message
  'activity.refreshGrace.network': Message
  'activity.refreshLate': Message
  'activity.refreshReplayed': Message
  'activity.registered': Message
  'activity.roleChanged': Message<{ from: string; to: string }>
  'activity.sessionMovedIn': Message
  'activity.sessionRevoked': Message
  'activity.sessionsDisplaced': Message<{ count: number }>
  'activity.sessionsEnded': Message
  'activity.throttled': Message
  'activity.twoSteps.off': Message
  'activity.twoSteps.on': Message
  'activity.wrongAnswer.code': Message
  'activity.wrongAnswer.passkey': Message
  'activity.wrongAnswer.recoveryCode': Message
  'app.action': Message
  'app.copy': Message
  'app.enter': Message
  'app.heading': Message
  'app.image': Message
  'app.key': Message
  'app.leave': Message
  'app.scan': Message
  'app.title': Message<{ screen: string; name: string }>
  'checkMail.action': Message
  'checkMail.actionSending': Message
  'checkMail.backToSignIn': Message
  'checkMail.heading': Message
  'checkMail.nothing.heading': Message
  'checkMail.nothing.text': Message
  'checkMail.sentTo': Message<{ email: string }, 'name'>
  'checkMail.sentToSomebody': Message
  'codes.continue': Message
  'codes.copy': Message
  'codes.download': Message
  'codes.fileHeading': Message<{ name: string }>
  'codes.heading': Message
  'codes.list': Message
  'codes.print': Message
  'codes.saved': Message
  'codes.saved.required': Message
  'codes.text': Message
  'confirm.cancel': Message
  'confirm.heading': Message
  'confirm.provider.text': Message
  'confirm.text': Message
  'confirmAddress.action': Message
  'confirmAddress.actionSending': Message
  'confirmAddress.heading': Message
  'confirmAddress.text': Message
  'connection.offline': Message
  'connection.unreachable': Message
  'connections.connectHeading': Message
  'connections.connectText': Message
  'connections.connected': Message<{ provider: string }, 'name'>
  'connections.disconnect.action': Message
  'connections.disconnect.heading': Message
  'connections.disconnect.of': Message<{ provider: string; uid: string }>
  'connections.disconnect.open': Message
  'connections.disconnect.text': Message<{ provider: string }, 'name'>
  'connections.disconnected': Message<{ provider: string }, 'name'>
  'connections.heading': Message
  'connections.noPassword': Message<Record<never, never>, 'link'>
  'connections.none': Message
  'connections.profile': Message<Record<never, never>, 'link'>
  'connections.text': Message
  'connections.uid': Message<{ uid: string }, 'name'>
  'copy.done': Message
  'copy.failed': Message
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
  'email.pending.text': Message<{ email: string; until: string }, 'name' | 'time'>
  'email.sent': Message<{ email: string }, 'name'>
  'failed.heading': Message
  'field.choosePassword.required': Message
  'field.code': Message
  'field.code.required': Message
  'field.currentPassword': Message
  'field.currentPassword.required': Message
  'field.email': Message
  'field.email.required': Message
  'field.firstName': Message
  'field.firstName.required': Message
  'field.language': Message
  'field.language.default': Message
  'field.language.hint': Message
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
  'field.recoveryCode': Message
  'field.recoveryCode.required': Message
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
  'navigation.connections': Message
  'navigation.devices': Message
  'navigation.email': Message
  'navigation.label': Message
  'navigation.password': Message
  'navigation.profile': Message
  'navigation.security': Message
  'notFound.heading': Message
  'notFound.link': Message
  'notFound.text': Message
  'passkey.alreadyThere': Message
  'passkey.cancelled': Message
  'passkey.notVerified': Message
  'passkey.unsupported': Message
  'passkey.waiting': Message
  'password.action': Message
  'password.actionSending': Message
  'password.done': Message
  'password.doneEverywhere': Message
  'password.first.heading': Message
  'password.first.text': Message<{ email: string }, 'name'>
  'password.first.withoutMail': Message
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
  'providers.asksFirst': Message
  'providers.confirmed': Message
  'providers.continue': Message<{ provider: string }, 'name'>
  'providers.notConfirmed': Message
  'providers.or': Message
  'providers.tooLate': Message
  'resetPassword.action': Message
  'resetPassword.actionSending': Message
  'resetPassword.deadLink.heading': Message
  'resetPassword.deadLink.next': Message<Record<never, never>, 'link'>
  'resetPassword.deadLink.text': Message
  'resetPassword.done': Message
  'resetPassword.for': Message<{ email: string }, 'name'>
  'resetPassword.heading': Message
  'role.other': Message<{ number: string }>
  'role.staff': Message
  'role.superuser': Message
  'role.user': Message
  'secondStep.action': Message
  'secondStep.actionSending': Message
  'secondStep.code.text': Message
  'secondStep.expired': Message
  'secondStep.gone': Message
  'secondStep.heading': Message
  'secondStep.passkey.action': Message
  'secondStep.passkey.text': Message
  'secondStep.recoveryCode.text': Message
  'secondStep.way.code': Message
  'secondStep.way.passkey': Message
  'secondStep.way.password': Message
  'secondStep.way.provider': Message
  'secondStep.way.recoveryCode': Message
  'security.app.done': Message
  'security.app.heading': Message
  'security.app.replace': Message
  'security.app.setUp': Message
  'security.app.text': Message
  'security.codes.done': Message
  'security.codes.few': Message
  'security.codes.hint': Message
  'security.codes.left': Message<{ count: number }>
  'security.codes.make': Message
  'security.heading': Message
  'security.made': Message<{ date: string }, 'time'>
  'security.neverUsed': Message
  'security.passkeys.add': Message
  'security.passkeys.added': Message
  'security.passkeys.heading': Message
  'security.passkeys.oneDevice': Message
  'security.passkeys.synced': Message
  'security.passkeys.text': Message
  'security.remove.action': Message
  'security.remove.done': Message<{ passkey: string }, 'name'>
  'security.remove.heading': Message
  'security.remove.keep': Message
  'security.remove.lastText': Message<{ passkey: string }, 'name'>
  'security.remove.of': Message<{ name: string }>
  'security.remove.open': Message
  'security.remove.text': Message<{ passkey: string }, 'name'>
  'security.rename.done': Message
  'security.rename.heading': Message
  'security.rename.name': Message
  'security.rename.of': Message<{ name: string }>
  'security.rename.open': Message
  'security.rename.required': Message
  'security.turnOff.action': Message
  'security.turnOff.done': Message
  'security.turnOff.heading': Message
  'security.turnOff.keep': Message
  'security.turnOff.open': Message
  'security.turnOff.text': Message
  'security.turnOn.action': Message
  'security.turnOn.done': Message
  'security.turnOn.hint': Message
  'security.twoSteps.heading': Message
  'security.twoSteps.isOff': Message
  'security.twoSteps.isOn': Message
  'security.twoSteps.off': Message
  'security.twoSteps.on': Message
  'security.twoSteps.required': Message
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
  'setUp.heading': Message
  'setUp.text': Message
  'shell.app': Message<{ name: string }>
  'shell.signOut': Message
  'shell.skip': Message
  'shell.support': Message
  'signIn.action': Message
  'signIn.actionSending': Message
  'signIn.forgot': Message
  'signIn.heading': Message
  'signIn.newHere': Message<Record<never, never>, 'link'>
  'signIn.passkey': Message
  'signIn.sendAgain': Message
  'signOut.done': Message
  'signOut.onlyHere': Message
  'signUp.action': Message
  'signUp.actionSending': Message
  'signUp.done': Message
  'signUp.heading': Message
  'signUp.signIn': Message<Record<never, never>, 'link'>
  'staff.account.heading': Message
  'staff.all': Message
  'staff.badge.deactivated': Message
  'staff.badge.unverified': Message
  'staff.create.action': Message
  'staff.create.actionSending': Message
  'staff.create.done': Message
  'staff.create.email.required': Message
  'staff.create.heading': Message
  'staff.create.invited': Message<{ email: string }, 'name'>
  'staff.create.link': Message
  'staff.create.password.hint': Message
  'staff.created': Message<{ date: string }, 'time'>
  'staff.deactivate.action': Message
  'staff.deactivate.done': Message
  'staff.deactivate.heading': Message
  'staff.deactivate.keep': Message
  'staff.deactivate.open': Message
  'staff.deactivate.text': Message<{ email: string }, 'name'>
  'staff.delete.action': Message
  'staff.delete.done': Message<{ email: string }, 'name'>
  'staff.delete.heading': Message
  'staff.delete.hint': Message
  'staff.delete.keep': Message
  'staff.delete.open': Message
  'staff.delete.question': Message
  'staff.delete.text': Message<{ email: string }, 'name' | 'strong'>
  'staff.empty': Message
  'staff.emptySoFar': Message
  'staff.factors.action': Message
  'staff.factors.done': Message
  'staff.factors.doneWithoutMail': Message
  'staff.factors.heading': Message
  'staff.factors.hint': Message
  'staff.factors.keep': Message
  'staff.factors.open': Message
  'staff.factors.question': Message
  'staff.factors.text': Message<{ email: string }, 'name'>
  'staff.factors.textWithoutMail': Message<{ email: string }, 'name'>
  'staff.facts.active': Message
  'staff.facts.address': Message
  'staff.facts.created': Message
  'staff.facts.externalId': Message
  'staff.facts.language': Message
  'staff.facts.noConnections': Message
  'staff.filter.active': Message
  'staff.filter.address': Message
  'staff.filter.anyAddress': Message
  'staff.filter.anyRole': Message
  'staff.filter.anyStatus': Message
  'staff.filter.anyTime': Message
  'staff.filter.confirmed': Message
  'staff.filter.created': Message
  'staff.filter.deactivated': Message
  'staff.filter.lastDay': Message
  'staff.filter.lastDays': Message<{ count: number }>
  'staff.filter.notLastDays': Message<{ count: number }>
  'staff.filter.role': Message
  'staff.filter.seen': Message
  'staff.filter.status': Message
  'staff.filter.unconfirmed': Message
  'staff.heading': Message
  'staff.lastSeen': Message<{ age: string }, 'time'>
  'staff.notSignedIn': Message
  'staff.reach.own': Message<Record<never, never>, 'link'>
  'staff.reach.staff': Message
  'staff.reactivate.action': Message
  'staff.reactivate.done': Message
  'staff.role.action': Message
  'staff.role.actionSending': Message
  'staff.role.done': Message
  'staff.role.heading': Message
  'staff.role.hint': Message
  'staff.role.label': Message
  'staff.role.same': Message
  'staff.search.action': Message
  'staff.search.actionSending': Message
  'staff.search.clear': Message
  'staff.search.label': Message
  'staff.sendReset.action': Message
  'staff.sendReset.done': Message<{ email: string }, 'name'>
  'staff.serverDefault': Message
  'staff.sessions.endAll.action': Message
  'staff.sessions.endAll.done': Message
  'staff.sessions.endAll.heading': Message
  'staff.sessions.endAll.keep': Message
  'staff.sessions.endAll.open': Message
  'staff.sessions.endAll.text': Message
  'staff.sessions.none': Message
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
