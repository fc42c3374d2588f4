import { vi } from 'vitest'

const running = new Set<Promise<unknown>>()

/** Waits for the threads that sign, so that a held clock does not run ahead of them. */
export async function cryptoSettled(): Promise<void> {
  while (running.size > 0) await Promise.allSettled(running)
}

/** Puts a WebCrypto into the globals that a test with a held clock waits for. `vi.unstubAllGlobals` takes it out. */
export function stubCrypto(): void {
  const { subtle } = globalCrypto
  const note = <T>(work: Promise<T>): Promise<T> => {
    running.add(work)
    const done = () => running.delete(work)
    work.then(done, done)
    return work
  }
  vi.stubGlobal('crypto', {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => globalCrypto.getRandomValues(bytes),
    subtle: {
      generateKey: (...given: Parameters<SubtleCrypto['generateKey']>) => note(subtle.generateKey(...given)),
      exportKey: (format: 'jwk', key: CryptoKey) => note(subtle.exportKey(format, key)),
      sign: (...given: Parameters<SubtleCrypto['sign']>) => note(subtle.sign(...given)),
    },
  })
}

const globalCrypto = globalThis.crypto
