/** The size of a world. */
export interface WorldOptions {
  /** The build of the server. */
  program: string
  instances: number
  /** Where the logs of the servers go. */
  folder: string
  graceSeconds: number
  accessSeconds: number
  /** `SHUTDOWN_DELAY` of each server. */
  shutdownDelay: string
  /** How often the housekeeping of each server looks for work; 0 leaves it as it is. */
  tickMilliseconds: number
  env?: Record<string, string>
}

/** The pool of each server. */
export const POOL_SIZE = 10

/** Limits that no client of a run reaches: each call is counted, and none is refused. */
const COUNTED = Object.fromEntries(
  ['ANON', 'USER', 'REFRESH', 'LOGIN', 'LOGIN_EMAIL', 'MAIL'].map((name) => [
    `THROTTLE_${name}`,
    '1000000/m',
  ]),
)

/** Composes the environment variables of each server, without its database. */
export function composeSettings(
  options: WorldOptions,
  { url, redis, relay, dataDir }: { url: string; redis: number; relay: number; dataDir: string },
): Record<string, string> {
  return {
    SECRET_KEY: 'a secret of a run that nobody keeps, 1',
    DATA_DIR: dataDir,
    PORTAL_DIR: import.meta.dirname,
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'warn',
    SMTP_URL: `smtp://127.0.0.1:${relay}`,
    REDIS_URL: `redis://127.0.0.1:${redis}`,
    EMAIL_VERIFICATION: 'optional',
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    REFRESH_GRACE: `${options.graceSeconds}s`,
    ACCESS_TOKEN_LIFETIME: `${options.accessSeconds}s`,
    SHUTDOWN_DELAY: options.shutdownDelay,
    // A hash is dear on purpose. The run is about what happens around it.
    PASSWORD_HASH_MEMORY_KIB: '512',
    PASSWORD_HASH_PASSES: '1',
    UV_THREADPOOL_SIZE: '8',
    FAULTS_TICK_MILLISECONDS: String(options.tickMilliseconds),
    ...COUNTED,
    ...options.env,
  }
}
