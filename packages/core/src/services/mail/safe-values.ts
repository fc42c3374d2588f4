import type { VariableType } from './mail-kinds.ts'

const MAX_LENGTH = 254
/** Line ends and other control characters, and characters that change the reading direction or are invisible. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu
/** Characters that stand in links, and hardly in the part before the `@` of an address. */
const LINK_ONLY = /[/?=#&%:\\]+/g

/**
 * Makes a value safe to show in a mail. Escaping for HTML comes later.
 *
 * @throws when a value of type `link` does not lead to this server
 */
export function makeSafe(type: VariableType, value: string, publicUrl: string): string {
  if (type === 'link') return requireOwnLink(value, publicUrl)
  const text = cut(printable(value), MAX_LENGTH)
  return type === 'address' ? withoutLink(text) : text
}

/** `ada+www.evil.example/win@example.com` is an address, and many mail programs would make a link of it. */
function withoutLink(address: string): string {
  const at = Math.max(0, address.lastIndexOf('@'))
  return address.slice(0, at).replace(LINK_ONLY, '…') + address.slice(at)
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
