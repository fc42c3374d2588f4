import { resolve } from 'node:path'
import { host, integer, oneOf, origin, origins } from './readers.ts'
import { type SettingsOf, setting } from './setting.ts'

export const serverVariables = {
  NODE_ENV: oneOf(['development', 'production', 'test']),
  HOST: host(),
  PORT: integer({ min: 0, max: 65_535 }),
  PUBLIC_URL: origin(),
  REST_PREFIX: setting({
    expected: 'a path such as /jwt-allauth',
    read: (text) => (/^(?:\/[\w.~-]+)+\/?$/.test(text) ? text.replace(/\/$/, '') : undefined),
  }),
  CORS_ORIGINS: origins(),
  DATA_DIR: setting({
    expected: 'the path of a folder',
    read: (text) => (text.includes('\0') ? undefined : resolve(text)),
  }),
  PORTAL_DIR: setting({
    expected: 'the path of a folder with a build of the account portal',
    read: (text) => (text.includes('\0') ? undefined : resolve(text)),
  }),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
}

/** The settings of {@link serverVariables}, with their defaults. */
export function serverConfig(env: SettingsOf<typeof serverVariables>) {
  const production = env.NODE_ENV === 'production'
  const port = env.PORT ?? 3000
  return {
    production,
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${port}`,
    /** Empty, or a path with a leading and no trailing slash. */
    restPrefix: env.REST_PREFIX ?? '',
    corsOrigins: env.CORS_ORIGINS ?? [],
    dataDir: env.DATA_DIR ?? resolve('.data'),
    /** Null means the portal that comes with the server. */
    portalDir: env.PORTAL_DIR ?? null,
    logLevel: env.LOG_LEVEL ?? 'info',
  }
}
