/** Providers that ignore the dots of a local part. */
const IGNORES_DOTS = new Set(['gmail.com'])
/** Domains with the mailboxes of another domain. */
const SAME_MAILBOXES = new Map([['googlemail.com', 'gmail.com']])

/**
 * Finds the mailbox that an address reaches: the form in which mails are counted.
 *
 * `ada+news@example.com` reaches the mailbox of `ada@example.com` (RFC 5233). A stranger could otherwise fill one mailbox
 * by writing its address in many ways. Only counters use it: two such addresses may be two users.
 *
 * @param email - normalised
 */
export function findMailbox(email: string): string {
  const at = email.lastIndexOf('@')
  const sent = email.slice(at + 1)
  const domain = SAME_MAILBOXES.get(sent) ?? sent
  const [untagged = ''] = email.slice(0, at).split('+', 1)
  const name = IGNORES_DOTS.has(domain) ? untagged.replaceAll('.', '') : untagged
  return name === '' ? email : `${name}@${domain}`
}
