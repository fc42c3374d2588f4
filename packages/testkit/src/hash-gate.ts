import { ARGON2, type HashFunction } from '@latchkey/core'

/** The hash function behind a gate. While a test keeps the gate shut, hashes begin and do not end. */
export interface HashGate {
  argon2: HashFunction
  /** The number of hashes that have begun and not ended. */
  readonly running: number
  /** The highest number of hashes that ran at once. */
  readonly most: number
  shut(): void
  open(): void
}

/** Puts an open gate in front of Argon2. */
export function createHashGate(): HashGate {
  let running = 0
  let most = 0
  let opened = Promise.withResolvers<void>()
  opened.resolve()

  async function pass<T>(work: () => Promise<T>): Promise<T> {
    running++
    most = Math.max(most, running)
    try {
      await opened.promise
      return await work()
    } finally {
      running--
    }
  }

  return {
    argon2: {
      hash: (password, options) => pass(() => ARGON2.hash(password, options)),
      verify: (stored, password) => pass(() => ARGON2.verify(stored, password)),
      verifyForeign: (hash, password) => pass(() => ARGON2.verifyForeign(hash, password)),
    },
    get running() {
      return running
    },
    get most() {
      return most
    },
    shut: () => {
      opened = Promise.withResolvers()
    },
    open: () => opened.resolve(),
  }
}
