import { type HeldTokens, type Mode, parseTokens } from './held-tokens.ts'

/** How held tokens are written into a storage, for one of the two modes. */
export interface StorageFormat {
  encode(held: HeldTokens): string
  decode(text: string | null): HeldTokens | null
  /** The item of a signed-out client; null removes the item. */
  readonly signedOut: string | null
}

const SIGNED_OUT = 'signed-out'

/**
 * Creates the format of a mode.
 *
 * In token mode the item is the token pair. In cookie mode no token is stored: the refresh token is in the cookie, and
 * the access token in memory. The item names the session and when it began, so that other tabs see sign-ins and
 * sign-outs. Where the storage has no item, one refresh finds out whether there is a cookie.
 */
export function createStorageFormat(mode: Mode): StorageFormat {
  const isCookie = mode === 'cookie'
  const print = isCookie ? printSession : printTokens
  const parse = isCookie ? parseSession : parsePair
  // The tokens of the same text are the same object, because it measures their age.
  let text: string | null | undefined
  let held: HeldTokens | null = null
  return {
    encode: (tokens) => {
      held = tokens
      text = print(tokens)
      return text
    },
    decode: (item) => {
      if (item !== text) held = parse(item ?? '')
      text = item
      return held
    },
    signedOut: isCookie ? SIGNED_OUT : null,
  }
}

function printTokens({ access, refresh, sentAt }: HeldTokens): string {
  return JSON.stringify({ access, refresh, sentAt })
}

function parsePair(text: string): HeldTokens | null {
  try {
    const { access, refresh, sentAt } = JSON.parse(text) as Record<string, unknown>
    if (typeof access !== 'string' || typeof refresh !== 'string' || typeof sentAt !== 'number') return null
    return parseTokens({ access, refresh }, sentAt)
  } catch {
    return null
  }
}

function printSession({ session, startedAt }: HeldTokens): string {
  return `${session} ${startedAt}`
}

/** Describes a session of which only the cookie and the stored item are known. */
function parseSession(text: string): HeldTokens | null {
  if (text === SIGNED_OUT) return null
  const [session = '', startedAt = 0] = text.split(' ')
  const unknown = {
    access: null,
    refresh: null,
    generation: 0,
    issuedAt: 0,
    sentAt: 0,
    lifetimeMilliseconds: 0,
  }
  return { ...unknown, session, startedAt: Number(startedAt), age: () => Number.POSITIVE_INFINITY }
}
