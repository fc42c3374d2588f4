import type { ChildProcess } from 'node:child_process'
import type { Grant, HeapSample, Wish } from './agent.ts'

let asked = 0

/**
 * Asks the agent in a server process.
 *
 * @returns the heap when it was asked for; null also when the process ends meanwhile
 */
export function askAgent(
  child: ChildProcess,
  what: { shiftSeconds: number } | { heap: true },
): Promise<HeapSample | null> {
  const id = ++asked
  const { promise, resolve } = Promise.withResolvers<HeapSample | null>()
  const end = () => resolve(null)
  const read = (grant: Grant) => {
    if (grant.id === id) resolve(grant.heap)
  }
  child.on('message', read)
  child.once('exit', end)
  child.send({ id, ...what } satisfies Wish, (error) => error && resolve(null))
  return promise.finally(() => {
    child.off('message', read)
    child.off('exit', end)
  })
}
