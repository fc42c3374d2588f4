export const CryptoDigestAlgorithm = { SHA256: 'SHA-256' } as const

export function getRandomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}

export function digest(algorithm: string, data: BufferSource): Promise<ArrayBuffer> {
  return crypto.subtle.digest(algorithm, data)
}
