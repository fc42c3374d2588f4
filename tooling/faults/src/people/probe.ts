import type { Town } from './person.ts'

const UNAUTHORIZED = 401

/**
 * Sends a call that must be refused, as another program without the session of the person.
 *
 * @returns whether it was refused; null when no answer says it
 */
export async function isRefusedElsewhere(
  { town }: { town: Pick<Town, 'url' | 'fetch'> },
  path: string,
  json: object,
): Promise<boolean | null> {
  const call = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  }
  const answer = await town.fetch(town.url + path, call).catch(() => null)
  if (answer?.ok) return false
  return answer?.status === UNAUTHORIZED ? true : null
}
