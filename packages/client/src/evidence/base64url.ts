const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Encodes bytes, or a text of ASCII, as base64url without padding. Not every React Native has a `btoa`. */
export function encodeBase64Url(data: Uint8Array | string): string {
  const bytes = typeof data === 'string' ? Array.from(data, (character) => character.charCodeAt(0)) : data
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.slice(index, index + 3)
    const word = (first << 16) | (second << 8) | third
    for (const shift of [18, 12, 6, 0]) text += DIGITS[(word >> shift) & 63]
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3))
}

/** Creates a random text of 22 characters of base64url: 16 bytes. */
export function createRandomText(): string {
  const bytes = new Uint8Array(16)
  // React Native has no source of random numbers that is better. The text is no credential.
  const { crypto } = globalThis as { crypto?: Partial<Crypto> }
  return encodeBase64Url(crypto?.getRandomValues?.(bytes) ?? bytes.map(() => Math.random() * 256))
}
