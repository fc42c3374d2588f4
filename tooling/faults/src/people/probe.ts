import { PATIENCE_MILLISECONDS } from './observed-fetch.ts'
import type { Person } from './person.ts'

const UNAUTHORIZED = 401

/**
 * Sends a call that must be refused, as another program without the session of the person.
 *
 * @returns whether it was refused; null when no answer says it
 */
export async function isRefusedElsewhere(
  { town }: Pick<Person, 'town'>,
  path: string,
  json: object,
): Promise<boolean | null> {
  const answer = await fetch(town.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  }).catch(() => null)
  await answer?.arrayBuffer().catch(() => undefined)
  if (answer?.ok) return false
  return answer?.status === UNAUTHORIZED ? true : null
}
