import { resolve } from 'node:path'
import { host, integer, oneOf, origin, origins } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const serverVariables = {
  NODE_ENV: documented(oneOf(['development', 'production', 'test']), {
    default: '`development`',
    meaning: '`production` refuses insecure or missing settings by name',
  }),
  HOST: documented(host(), {
    default: '`127.0.0.1`, `0.0.0.0` in production',
    meaning: 'the address to listen on',
  }),
  PORT: documented(integer({ min: 0, max: 65_535 }), {
    default: '`3000`',
    meaning: '`0` takes any free port',
  }),
  PUBLIC_URL: documented(origin(), {
    default: '`http://localhost:$PORT`',
    meaning:
      'the origin callers reach the server by: issuer of every token, base of every mailed link; required in production, with https',
  }),
  REST_PREFIX: documented(
    setting({
      expected: 'a path such as /jwt-allauth',
      read: (text) => (/^(?:\/[\w.~-]+)+\/?$/.test(text) ? text.replace(/\/$/, '') : undefined),
    }),
    {
      default: '–',
      meaning:
        'serves the REST paths under this path as well, e.g. `/jwt-allauth`; mailed links then carry it',
    },
  ),
  CORS_ORIGINS: documented(origins(), {
    default: '–',
    meaning: 'exact origins of other sites whose pages may call, separated by commas',
  }),
  PORTAL_DIR: documented(
    setting({
      expected: 'the path of a folder with a build of the account portal',
      read: (text) => (text.includes('\0') ? undefined : resolve(text)),
    }),
    { default: 'the built-in one', meaning: 'a build of the [account portal](portal.md) of your own' },
  ),
  LOG_LEVEL: documented(oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), {
    default: '`info`',
    meaning: '`fatal` to `trace`, or `silent`; JSON lines, readable ones on a terminal',
  }),
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
    /** Empty, or a path that begins with a slash and does not end with one. */
    restPrefix: env.REST_PREFIX ?? '',
    corsOrigins: env.CORS_ORIGINS ?? [],
    /** Null means the portal that comes with the server. */
    portalDir: env.PORTAL_DIR ?? null,
    logLevel: env.LOG_LEVEL ?? 'info',
  }
}
