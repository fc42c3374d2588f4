/** A refresh token, as its holder can read it. */
export interface StolenToken {
  token: string
  session: string
  generation: number
}

/** Reads a token that a person holds; null when the person holds none. */
export function readStolen(token: string | null): StolenToken | null {
  if (token === null) return null
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Omit<
    StolenToken,
    'token'
  >
  return { ...claims, token }
}
