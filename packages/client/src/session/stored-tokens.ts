import { type Held, holdTokens } from './held-tokens.ts'

/** How what is held looks in a storage, for one of the two modes. */
export interface Codec {
  encode(held: Held): string
  decode(text: string | null): Held | null
  /** What stands in the storage when nobody is signed in; null leaves nothing there. */
  readonly signedOut: string | null
}

/** The pair itself is stored. */
export function createTokenCodec(): Codec {
  return { encode: encodeTokens, decode: decodeTokens, signedOut: null }
}

function encodeTokens({ access, refresh, sentAt }: Held): string {
  return JSON.stringify({ access, refresh, sentAt })
}

function decodeTokens(text: string | null): Held | null {
  try {
    const { access, refresh, sentAt } = JSON.parse(text ?? '') as Record<string, unknown>
    if (typeof access !== 'string' || typeof refresh !== 'string' || typeof sentAt !== 'number') return null
    return holdTokens({ access, refresh }, sentAt)
  } catch {
    return null
  }
}

const SIGNED_OUT = 'signed-out'

/**
 * No token is stored: the refresh token is in the cookie and the access token in this program's memory.
 *
 * The storage keeps which session the tabs are in and when it began, which tells them of sign-ins and sign-outs. A
 * storage that knows nothing means that the cookie must be tried once.
 */
export function createCookieCodec(): Codec {
  let live: Held | null = null
  return {
    signedOut: SIGNED_OUT,
    encode: (held) => {
      live = held
      return describe(held)
    },
    decode: (text) => {
      if (text === SIGNED_OUT) live = null
      if (text === SIGNED_OUT) return null
      return live && describe(live) === text ? live : holdCookie(text ?? '')
    },
  }
}

function describe({ session, startedAt }: Held): string {
  return `${session} ${startedAt}`
}

/** What is known of a session of which only the cookie is there. */
function holdCookie(text: string): Held {
  const [session = '', startedAt] = text.split(' ')
  const unknown = { access: null, refresh: null, generation: 0, issuedAt: 0, sentAt: 0, expiresAt: 0 }
  return { ...unknown, session, startedAt: Number(startedAt ?? 0) }
}
