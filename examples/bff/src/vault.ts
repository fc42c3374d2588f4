import { randomBytes } from 'node:crypto'
import type { Cookies } from '@latchkey/client/ssr'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** The tokens of each browser, by the id in its cookie. Several processes need a shared place instead. */
const tokensById = new Map<string, { tokens: string; expiresAt: number }>()

/** The cookies of one request. In place of the tokens they hold an id that stands for them. */
export interface Vault extends Cookies {
  /** Gives the browser a new id with the next tokens, so that an id which somebody else has planted signs nobody in. */
  renewId(): void
}

/** Opens the vault for the browser of a request. */
export function openVault(c: Context): Vault {
  const given = new Map<string, string>()
  let mustRenew = false
  const readId = (name: string) => given.get(name) ?? getCookie(c, name)

  function get(name: string): string | undefined {
    const held = tokensById.get(readId(name) ?? '')
    return held && held.expiresAt > Date.now() ? held.tokens : undefined
  }

  const set: Cookies['set'] = (name, tokens, { secure, path, maxAge }) => {
    const former = readId(name)
    const isKnown = former !== undefined && tokensById.has(former)
    if (isKnown && (tokens === '' || mustRenew)) tokensById.delete(former)
    if (tokens === '') {
      if (former !== undefined) deleteCookie(c, name, { secure, path })
      return
    }
    // An id that is not ours was chosen by somebody else.
    const id = isKnown && !mustRenew ? former : randomBytes(32).toString('base64url')
    given.set(name, id)
    mustRenew = false
    tokensById.set(id, { tokens, expiresAt: Date.now() + maxAge * 1000 })
    setCookie(c, name, id, { httpOnly: true, sameSite: 'Lax', secure, path, maxAge })
  }

  const renewId = () => {
    mustRenew = true
  }

  return { get, set, renewId }
}

/** Forgets the tokens whose time is over, which no browser asks for any more. */
setInterval(() => {
  for (const [id, { expiresAt }] of tokensById) if (expiresAt < Date.now()) tokensById.delete(id)
}, 60_000).unref()
