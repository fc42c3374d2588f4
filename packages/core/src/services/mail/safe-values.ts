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
export function makeSafe(type: VariableType, value: unknown, publicUrl: string): unknown {
  if (type === 'link') return requireOwnLink(String(value ?? ''), publicUrl)
  if (type === 'origin') return makeOriginSafe((value ?? {}) as Record<string, unknown>)
  // What is a text and no link is an address.
  return typeof value === 'string' ? withoutLink(makePrintable(value)) : value
}

function makeOriginSafe(origin: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(origin).map(([name, value]) => [
      name,
      typeof value === 'string' ? makePrintable(value) : value,
    ]),
  )
}

/** `ada+www.evil.example/win@example.com` is an address, and many mail programs would make a link of it. */
function withoutLink(address: string): string {
  const at = Math.max(0, address.lastIndexOf('@'))
  return address.slice(0, at).replace(LINK_ONLY, '…') + address.slice(at)
}

function requireOwnLink(link: string, publicUrl: string): string {
  const base = new URL(publicUrl)
  const href = URL.parse(link)?.href ?? ''
  const isOwn = href.startsWith(base.href.replace(/\/?$/, '/')) || href === base.href
  if (!isOwn) throw new Error('A link in a mail must lead to PUBLIC_URL.')
  return href
}

function makePrintable(value: string): string {
  return cut(value.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim(), MAX_LENGTH)
}

function cut(value: string, maxCharacters: number): string {
  const characters = Array.from(value)
  return characters.length <= maxCharacters ? value : `${characters.slice(0, maxCharacters - 1).join('')}…`
}
