/**
 * What is done with a typed password before it is checked.
 *
 * - 0: nothing. Our own hashes take its NFC form, those of other deployments the text as it was typed.
 * - 1: the blanks at both ends are cut, as Python's `str.strip` does.
 * - 2: it is normalised to NFKC.
 *
 * The form outlives the first hash of the password. Without it, a person whose password manager adds a blank would be
 * locked out once the hash is ours.
 */
export type PasswordForm = 0 | 1 | 2

/**
 * Prepares a typed password for the hash of the deployment that its user was moved in from.
 *
 * @param typed - as it was typed; of bounded length
 */
export function preparePassword(typed: string, form: PasswordForm): string {
  if (form === 1) return stripBlanks(typed)
  return form === 2 ? typed.normalize('NFKC') : typed
}

/** Prepares a typed password for a hash of ours: the further form is NFC. */
export function prepareForOurs(typed: string, form: PasswordForm): string {
  return preparePassword(typed, form).normalize('NFC')
}

/** The blanks of Python. JavaScript's `trim` lacks U+001C to U+001F and U+0085, and cuts U+FEFF. */
const BLANKS =
  '\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

/** Cuts the blanks at both ends. It looks at each character once. */
function stripBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && BLANKS.includes(text.charAt(start))) start++
  while (end > start && BLANKS.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
