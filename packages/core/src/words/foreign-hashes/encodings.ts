/** Bytes of a salt or a digest in a text. Longer ones are of no known software. */
const MAX_BYTES = 512

/** Reads standard base64, padded or not; null for another text or an empty one. */
export function readBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  return within(Buffer.from(text, 'base64'))
}

/** Reads base64 with either alphabet; null for another text or an empty one. */
export function readAnyBase64(text: string): Uint8Array | null {
  return readBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}

/** Reads hex digits of either case; null for another text or an empty one. */
export function readHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) return null
  return within(Buffer.from(text, 'hex'))
}

/** The bytes of a salt that is used as it is written; null for an empty one. */
export function readSaltText(text: string): Uint8Array | null {
  return within(Buffer.from(text))
}

/** Writes bytes as standard base64 with padding. */
export function writeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** Reads a whole number without a sign and without leading zeros, however large; NaN for another text. */
export function readCount(text: string): number {
  return /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN
}

function within(bytes: Uint8Array): Uint8Array | null {
  return bytes.length > 0 && bytes.length <= MAX_BYTES ? new Uint8Array(bytes) : null
}
