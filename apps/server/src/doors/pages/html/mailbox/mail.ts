export interface MailboxMail {
  id: string
  to: string
  subject: string
  date: Date
  text: string
  html: string
  /** What it was sent for, as the templates name it: `verification`, `password-reset`. */
  kind: string
}
