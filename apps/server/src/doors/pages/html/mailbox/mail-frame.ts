import type { MailboxMail } from './mail.ts'

const LINKS_LEAVE_THE_FRAME = '<base target="_top">'

/**
 * Gives the document of a mail's HTML part. Only its links are changed: they open in the whole window.
 *
 * Answer it with {@link mailFrameHeaders}, because these headers make it harmless.
 */
export function mailFrameDocument(mail: MailboxMail): string {
  const head = /<head\b[^>]*>/i
  if (!head.test(mail.html)) return `<!doctype html>${LINKS_LEAVE_THE_FRAME}${mail.html}`
  return mail.html.replace(head, (tag) => tag + LINKS_LEAVE_THE_FRAME)
}
