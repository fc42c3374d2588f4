const HIDDEN = '…'

/**
 * Shortens an address: its owner recognises it, and a stranger cannot use it. An example is `a…a@e…e.com`.
 *
 * A character is shown only when other characters stay hidden. The number of hidden characters is not shown. The last
 * label of the domain is shown, because millions of addresses share it.
 *
 * @param email - an address, or any text; a text without `@` is masked as a whole
 * @returns the masked address: at most four characters and the last label, whatever the length of the address
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
  // The text is split as a reader sees it. Half of an emoji, or an accent without its letter, would help no reader.
  const characters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(part)]
  const first = characters.at(0)?.segment ?? ''
  const last = characters.at(-1)?.segment ?? ''
  if (characters.length < 2) return HIDDEN
  return characters.length < 4 ? `${first}${HIDDEN}` : `${first}${HIDDEN}${last}`
}
