import { type DatabaseAddress, isLoopback, isSocket, readDatabaseUrl } from '@latchkey/core'
import { type Check, type Finding, good, look } from './check.ts'

/** The TLS of the connection to the database, and whether it is worth something. */
export const TLS: Check = {
  name: 'database TLS',
  examine: async ({ config, client }) => {
    const { databaseUrl } = config()
    const [row] = await (await client()).unsafe(
      'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()',
    )
    if (databaseUrl === null) return [good('not needed: the database is on this machine')]
    return [judgeTls(readDatabaseUrl(databaseUrl), row?.ssl === true ? String(row.version) : null)]
  },
}

/** @param version - what PostgreSQL says about its own connection; null without TLS */
export function judgeTls({ hosts, tls }: DatabaseAddress, version: string | null): Finding {
  const isNear = hosts.every((host) => isSocket(host) || isLoopback(host.host))
  if (isNear) return good(`${version ?? 'none'}; not needed, because the database is on this machine`)
  if (version === null) {
    // Before a pooler PostgreSQL tells of the pooler's connection, and this one may be encrypted.
    return look(
      'PostgreSQL sees no TLS, and its host is another machine; use sslmode=verify-full in DATABASE_URL',
    )
  }
  if (tls.mode.startsWith('verify')) return good(`${version}, sslmode=${tls.mode}`)
  return look(
    `${version}, but sslmode=${tls.mode} verifies no certificate; use sslmode=verify-full, and sslrootcert for an authority of your own`,
  )
}
