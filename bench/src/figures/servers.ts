import { join } from 'node:path'
import { startServer } from '../server.ts'
import { type Argon2, newSecret, POOL_SIZE, productionSettings } from '../settings.ts'
import { type Server, startProcess } from '../start-process.ts'

const ROUTE = join(import.meta.dirname, '../route/main.ts')

/** Starts a server of a contender on its migrated database. */
export type StartServer = () => Promise<Server>

/**
 * How Latchkey starts on a database.
 *
 * @param dataDir - a folder of its own
 * @param flags - flags of Node
 */
export function latchkeyOn(
  url: string,
  { argon2, dataDir, flags }: { argon2: Argon2; dataDir: string; flags?: string[] },
): StartServer {
  const settings = { ...productionSettings(argon2), DATABASE_URL: url, DATA_DIR: dataDir }
  return () => startServer(settings, flags)
}

/** How the hand-written route starts on a database of Latchkey. */
export function routeOn(url: string, argon2: Argon2): StartServer {
  return () =>
    startProcess({
      name: 'The hand-written route',
      args: (port) => [ROUTE, JSON.stringify({ url, port, poolSize: POOL_SIZE, argon2 })],
      readyPath: '/readyz',
    })
}

/** How a variant of better-auth starts on its database. */
export function betterAuthOn(
  url: string,
  { entry, argon2, variant }: { entry: string; argon2: Argon2; variant: string },
): StartServer {
  const options = { url, argon2, variant, poolSize: POOL_SIZE, secret: newSecret() }
  return () =>
    startProcess({
      name: `better-auth (${variant})`,
      args: (port) => [entry, 'serve', JSON.stringify({ ...options, port })],
      readyPath: '/api/auth/ok',
    })
}
