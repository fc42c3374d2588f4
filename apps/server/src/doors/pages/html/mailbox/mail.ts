export interface MailboxMail {
  id: string
  to: string
  subject: string
  date: Date
  text: string
  html: string
  /** The kind of the mail, by the name of its template: `verification`, `password-reset`. */
  kind: string
}
