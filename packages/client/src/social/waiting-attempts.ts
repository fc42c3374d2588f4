import { createFailure } from '../http/error.ts'
import type { SocialAttempt } from './social-operations.ts'

/** The part of `sessionStorage` that attempts wait in. */
export type AttemptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The attempts of one tab whose browser has not come back. */
export interface WaitingAttempts {
  /** Keeps an attempt. Of more than eight the oldest are forgotten. */
  keep(name: string, attempt: SocialAttempt): void
  /** Takes an attempt. It is gone before anything else happens, so a reload finds nothing. */
  take(name: string): SocialAttempt | null
}

/** The server remembers as many of a browser, by one cookie each. So those before them cannot come back. */
const MAX_WAITING = 8

type Waiting = SocialAttempt & { name: string }

/**
 * Keeps attempts in the storage of a tab, the oldest first. A person may begin again and again, and come back to none.
 *
 * @param open - throws where a page may keep nothing
 */
export function createWaitingAttempts(key: string, open: () => AttemptStorage): WaitingAttempts {
  const read = () => JSON.parse(open().getItem(key) ?? '[]') as Waiting[]

  function write(waiting: Waiting[]): void {
    if (waiting.length === 0) open().removeItem(key)
    else open().setItem(key, JSON.stringify(waiting))
  }

  return {
    keep: (name, attempt) => withStorage(() => write([...read(), { name, ...attempt }].slice(-MAX_WAITING))),
    take: (name) =>
      withStorage(() => {
        const waiting = read()
        const attempt = waiting.find((one) => one.name === name)
        if (attempt) write(waiting.filter((one) => one !== attempt))
        return attempt ?? null
      }),
  }
}

/** A browser that keeps nothing for a page throws already when it is asked for the storage. */
function withStorage<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw createFailure('storage_unavailable', { cause })
  }
}
