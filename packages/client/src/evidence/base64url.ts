/** Encodes bytes, or a text of ASCII, as base64url without padding. */
export function encodeBase64Url(data: Uint8Array | string): string {
  const bytes = typeof data === 'string' ? data : String.fromCharCode(...data)
  return btoa(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** Creates a random text of 22 characters of base64url: 16 bytes. */
export function createRandomText(): string {
  const bytes = new Uint8Array(16)
  // React Native has no source of random numbers that is better. The text is no credential.
  const { crypto } = globalThis as { crypto?: Crypto }
  return encodeBase64Url(crypto?.getRandomValues(bytes) ?? bytes.map(() => Math.random() * 256))
}
