const HIDDEN = '…'

/**
 * Shortens an address to what its owner recognises and a stranger cannot use: `a…a@e…e.com`.
 *
 * A character is shown only where others stay hidden, and the number of hidden ones is not told. The last label
 * of the domain stays, being shared by millions.
 *
 * @param email - an address, or anything else: what has no `@` is masked as a whole
 * @returns the masked address: at most four characters and the last label of it, whatever its length
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 0) return maskPart(email)
  const domain = email.slice(at + 1)
  const dot = domain.lastIndexOf('.')
  const host = dot < 0 ? domain : domain.slice(0, dot)
  const lastLabel = dot < 0 ? '' : domain.slice(dot)
  return `${maskPart(email.slice(0, at))}@${maskPart(host)}${lastLabel}`
}

function maskPart(part: string): string {
  // Characters as a reader sees them: half of an emoji or an accent without its letter would be no clue at all.
  const characters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(part)]
  const first = characters.at(0)?.segment ?? ''
  const last = characters.at(-1)?.segment ?? ''
  if (characters.length < 2) return HIDDEN
  return characters.length < 4 ? `${first}${HIDDEN}` : `${first}${HIDDEN}${last}`
}
