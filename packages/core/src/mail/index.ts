export { MAIL_KINDS, MAIL_VARIABLES, type MailKind, type MailRequest, type MailVariables } from './kinds.ts'
export type { Mailer, MailerOptions, MailMode } from './mailer.ts'
export { createMailer } from './outbox.ts'
export { describeDuration, describeTime } from './phrases.ts'
