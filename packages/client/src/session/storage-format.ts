import { type HeldTokens, parseTokens } from './held-tokens.ts'

/** How held tokens are written into a storage, for one of the two modes. */
export interface StorageFormat {
  encode(held: HeldTokens): string
  decode(text: string | null): HeldTokens | null
  /** The item of a signed-out client; null removes the item. */
  readonly signedOut: string | null
}

/** Creates the format of token mode, which stores the token pair. */
export function createTokenFormat(): StorageFormat {
  // The tokens of the same text are the same object, because it measures their age.
  let text: string | null = null
  let held: HeldTokens | null = null
  return {
    encode: (tokens) => {
      held = tokens
      text = encodeTokens(tokens)
      return text
    },
    decode: (item) => {
      if (item !== text) held = decodeTokens(item)
      text = item
      return held
    },
    signedOut: null,
  }
}

function encodeTokens({ access, refresh, sentAt }: HeldTokens): string {
  return JSON.stringify({ access, refresh, sentAt })
}

function decodeTokens(text: string | null): HeldTokens | null {
  try {
    const { access, refresh, sentAt } = JSON.parse(text ?? '') as Record<string, unknown>
    if (typeof access !== 'string' || typeof refresh !== 'string' || typeof sentAt !== 'number') return null
    return parseTokens({ access, refresh }, sentAt)
  } catch {
    return null
  }
}

const SIGNED_OUT = 'signed-out'

/**
 * Creates the format of cookie mode, which stores no token.
 *
 * The refresh token is in the cookie, and the access token in memory.
 *
 * The item names the session and when it began, so that other tabs see sign-ins and sign-outs. Where the storage has
 * no item, one refresh finds out whether there is a cookie.
 */
export function createCookieFormat(): StorageFormat {
  let inMemory: HeldTokens | null = null
  return {
    signedOut: SIGNED_OUT,
    encode: (held) => {
      inMemory = held
      return describe(held)
    },
    decode: (text) => {
      if (text === SIGNED_OUT) inMemory = null
      if (text === SIGNED_OUT) return null
      return inMemory && describe(inMemory) === text ? inMemory : describeCookie(text ?? '')
    },
  }
}

function describe({ session, startedAt }: HeldTokens): string {
  return `${session} ${startedAt}`
}

/** Describes a session of which only the cookie and the stored item are known. */
function describeCookie(text: string): HeldTokens {
  const [session = '', startedAt] = text.split(' ')
  const unknown = { access: null, refresh: null, generation: 0, issuedAt: 0, sentAt: 0, expiresAt: 0 }
  return { ...unknown, session, startedAt: Number(startedAt ?? 0), age: () => Number.POSITIVE_INFINITY }
}
