import { startStopwatch } from '../http/clock.ts'
import { raceWithin } from '../http/timing.ts'
import type { TokenStorage } from './storage.ts'

/**
 * Wraps the storage of a caller, so that each call ends in time.
 *
 * A call that is not answered in time fails, and what the storage holds is unknown. While it hangs, other calls fail at
 * once. After a further timeout the storage is tried again.
 *
 * @param onLateAnswer - is called when the storage answers a call that was given up
 */
export function createBoundedStorage(
  storage: TokenStorage,
  timeoutMilliseconds: number,
  onLateAnswer: () => void,
): TokenStorage {
  let hanging: (() => number) | undefined

  function bound<T>(method: 'getItem' | 'setItem' | 'removeItem') {
    return (...args: string[]): T | Promise<T> => {
      if (hanging && hanging() < timeoutMilliseconds) throw notAnswered()
      // A `Storage` may have an item with the name of a method.
      const isMethod = typeof storage[method] === 'function'
      const act: (...args: string[]) => T | PromiseLike<T> = (
        isMethod ? storage : Object.getPrototypeOf(storage)
      )[method]
      const answer = act.apply(storage, args)
      return isPromise(answer) ? waitFor(answer) : answer
    }
  }

  async function waitFor<T>(answer: PromiseLike<T>): Promise<T> {
    const pending = Promise.resolve(answer).then((value) => [value] as const)
    const settled = await raceWithin(timeoutMilliseconds, [pending])
    if (settled) return settled[0]
    hanging = startStopwatch()
    const wake = () => {
      hanging = undefined
      onLateAnswer()
    }
    pending.then(wake, wake)
    throw notAnswered()
  }

  const { subscribe } = storage
  return {
    get readOnly() {
      return storage.readOnly === true
    },
    getItem: bound('getItem'),
    setItem: bound('setItem'),
    removeItem: bound('removeItem'),
    // Of a `Storage` this is an item, if it has one of that name.
    ...(typeof subscribe === 'function' && { subscribe: subscribe.bind(storage) }),
  }
}

function notAnswered(): Error {
  return new Error('No answer.')
}

/** Answers whether a storage answers later. */
export function isPromise<T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> {
  return typeof (answer as PromiseLike<T> | null | undefined)?.then === 'function'
}
