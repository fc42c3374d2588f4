const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Other spellings of a token that a lenient decoder reads as the same token. None of them has white space. */
export function listSpellings(token: string): string[] {
  const parts = token.split('.')
  const [header = '', payload = '', signature = ''] = parts
  const decoded = parts.map((part) => Buffer.from(part, 'base64url'))
  const sameBits = ALPHABET[ALPHABET.indexOf(signature.at(-1) ?? '') ^ 1] ?? ''
  return [
    decoded.map((part) => part.toString('base64')).join('.'),
    decoded.map((part) => part.toString('hex')).join('.'),
    `${header}.${payload}.${signature}=`,
    `${header}.${payload}.${signature}==`,
    `${header}.${payload}.${signature.slice(0, -1)}${sameBits}`,
    `${header}=.${payload}.${signature}`,
    Buffer.from(token).toString('base64url'),
    JSON.stringify({ protected: header, payload, signature }),
    token.toUpperCase(),
    [...parts].reverse().join('.'),
  ]
}

/** Spellings of a token with white space, at its ends and inside of each part. */
export function listSpacedSpellings(token: string): string[] {
  const places = [0, 5, token.indexOf('.') + 5, token.lastIndexOf('.') + 5, token.length]
  return [' ', '\n', '\t', '\r\n', '\u00a0'].flatMap((space) =>
    places.map((at) => token.slice(0, at) + space + token.slice(at)),
  )
}

/** Signs the claims of a good access token with the good key, after these changes. */
export type SignChanged = (changes: { header?: object; claims?: object }) => string | Promise<string>

/**
 * Lists access tokens that every verifier refuses as invalid, each with its fault in words.
 *
 * The server and the verifier of the client are tested with this one list, so that both judge alike.
 *
 * @param good - an access token that is accepted
 */
export async function listInvalidTokens(good: string, sign: SignChanged): Promise<[string, string][]> {
  const [header = '', payload = ''] = good.split('.')
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
  const changed = Object.entries(CHANGES).map(
    async ([fault, changes]): Promise<[string, string]> => [fault, await sign(changes)],
  )
  return [
    ...listSpellings(good).map((token, at): [string, string] => [`spelling ${at + 1}`, token]),
    ...listSpacedSpellings(good).map((token, at): [string, string] => [`white space ${at + 1}`, token]),
    ['alg none', `${unsigned}.${payload}.`],
    ['no signature', `${header}.${payload}.`],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${good}.e30`],
    ...(await Promise.all(changed)),
  ]
}

const CHANGES: Record<string, { header?: object; claims?: object }> = {
  'no key id': { header: { kid: undefined } },
  'a key id that is null': { header: { kid: null } },
  'an empty key id': { header: { kid: '' } },
  'an unknown key id': { header: { kid: 'unknown' } },
  'a key id that is a number': { header: { kid: 1 } },
  'an unknown critical header': { header: { crit: ['x'], x: 1 } },
  'a payload that is not encoded': { header: { crit: ['b64'], b64: false } },
  'another issuer': { claims: { iss: 'https://evil.example' } },
  'no issuer': { claims: { iss: undefined } },
  'another audience': { claims: { aud: 'https://evil.example' } },
  'no audience': { claims: { aud: undefined } },
  'no subject': { claims: { sub: undefined } },
  'no session': { claims: { session: undefined } },
  'no exp': { claims: { exp: undefined } },
  'an exp that is text': { claims: { exp: 'never' } },
  'an nbf in the future': { claims: { nbf: 9_999_999_999 } },
}
