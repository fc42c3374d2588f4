export { type DevMail, findDevMail, listDevMails } from './dev-mailbox.ts'
export type { FailedMail } from './failed-mails.ts'
export {
  MAIL_KINDS,
  MAIL_VARIABLES,
  type MailKind,
  type MailRequest,
  type MailVariables,
} from './mail-kinds.ts'
export { createMailer } from './mailer.ts'
export type { Mailer, MailerOptions, MailMode } from './outbox.ts'
export { describeDuration, describeTime } from './phrases.ts'
