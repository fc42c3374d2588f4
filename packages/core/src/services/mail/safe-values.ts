import type { VariableType } from './mail-kinds.ts'

const MAX_NAME_LENGTH = 60
const MAX_PHRASE_LENGTH = 254
/** Line ends and other control characters, and characters that change the reading direction or are invisible. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu
const ADDRESS_SCHEME = /[a-z][a-z0-9+.-]*:\s*\/\/\S*/gi
/** A dot inside a word, in every form from which a mail client makes a link. */
const INNER_DOT = /[.\u3002\uff0e\uff61](?=[^\s.])/g

/**
 * Makes a value safe to show in a mail. Escaping for HTML comes later.
 *
 * @throws when a value of type `link` does not lead to this server
 */
export function makeSafe(type: VariableType, value: string, publicUrl: string): string {
  if (type === 'name') return makeNameSafe(value)
  if (type === 'link') return requireOwnLink(value, publicUrl)
  return cut(printable(value), MAX_PHRASE_LENGTH)
}

/**
 * Makes a name from a stranger harmless: one short line in which no mail client finds a link.
 *
 * Otherwise a stranger could use the sign-up form to send any text to any mailbox from this server's address.
 */
function makeNameSafe(name: string): string {
  const harmless = printable(printable(name).replace(ADDRESS_SCHEME, ' ').replace(INNER_DOT, '$& '))
  return cut(harmless, MAX_NAME_LENGTH) || '(none)'
}

function requireOwnLink(link: string, publicUrl: string): string {
  const base = new URL(publicUrl)
  const url = URL.parse(link)
  const below = url?.href.startsWith(base.href.replace(/\/?$/, '/')) || url?.href === base.href
  if (!url || !below) throw new Error('A link in a mail must lead to PUBLIC_URL.')
  return url.href
}

function printable(value: string): string {
  return value.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim()
}

function cut(value: string, maxCharacters: number): string {
  const characters = Array.from(value)
  return characters.length <= maxCharacters ? value : `${characters.slice(0, maxCharacters - 1).join('')}…`
}
