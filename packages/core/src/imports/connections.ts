import { MOST_CONNECTIONS } from '../words/most-connections.ts'
import { readTime } from './read-time.ts'
import type { SourceConnection } from './records.ts'

/** Visible ASCII, as every provider names its accounts, and as settings name providers. */
const PLAIN = /^[\x21-\x7e]{1,255}$/

/**
 * Writes the accounts at providers of one user for the staged table, as JSON.
 *
 * @returns null for none
 */
export function writeConnections(connections: SourceConnection[] = []): string | null {
  const read = connections
    .filter(({ provider, uid }) => PLAIN.test(provider) && PLAIN.test(uid))
    .slice(0, MOST_CONNECTIONS)
    .map(({ provider, uid, createdAt, lastLogin }) => ({
      provider,
      uid,
      created_at: readTime(createdAt),
      last_login: readTime(lastLogin),
    }))
  return read.length === 0 ? null : JSON.stringify(read)
}
