import { resolve } from 'node:path'
import { DAY_SECONDS, DEFAULT_CLOCK_TOLERANCE_SECONDS, MINUTE_SECONDS } from '@latchkey/core'
import { origins, path, publicUrl } from './addresses.ts'
import { duration, durationOrOff, host, integer, oneOf, readOff } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'
import { share } from './traces.ts'

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
  PUBLIC_URL: documented(publicUrl(), {
    default: '`http://localhost:$PORT`',
    meaning:
      'the address callers reach the server by, with a path when a proxy serves it below one (`https://example.com/auth`): issuer of every token, base of every mailed link; required in production, with https',
  }),
  REST_PREFIX: documented(path(), {
    default: '–',
    meaning:
      'serves the REST paths under this path as well, below that of `PUBLIC_URL`, e.g. `/jwt-allauth`; mailed links then carry it',
  }),
  CORS_ORIGINS: documented(origins(), {
    default: '–',
    meaning:
      'exact origins of other sites and apps whose pages may call, separated by commas: `https://app.example.com`, `capacitor://localhost`',
  }),
  SHUTDOWN_DELAY: documented(duration({ minSeconds: 0, maxSeconds: 10 * MINUTE_SECONDS }), {
    default: '`0`, `5s` in production',
    meaning:
      'how long a server that was told to stop still serves, with `/readyz` 503 and `Connection: close`, until balancers have noticed',
  }),
  KEEP_ALIVE_TIMEOUT: documented(duration({ minSeconds: 1, maxSeconds: DAY_SECONDS }), {
    default: '`65s`',
    meaning:
      'how long an idle connection stays open; set it above the time for which the balancer in front keeps its connections',
  }),
  CLOCK_TOLERANCE: documented(durationOrOff({ minSeconds: 1, maxSeconds: DAY_SECONDS }), {
    default: '`60s`',
    meaning:
      'how far the clock of the server may be from that of the database before `/readyz` is 503; `off` only writes a line into the log',
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
  LOG_SAMPLE_SUCCESS: documented(share(), {
    default: '`1`',
    meaning: 'the share of successful calls that get a line in the log; refusals and faults always get one',
  }),
}

/** The settings of {@link serverVariables}, with their defaults. */
export function serverConfig(env: SettingsOf<typeof serverVariables>) {
  const production = env.NODE_ENV === 'production'
  const port = env.PORT ?? 3000
  const address = env.PUBLIC_URL ?? `http://localhost:${port}`
  return {
    production,
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port,
    publicUrl: address,
    /** The path of the public URL: empty, or a path that begins with a slash and does not end with one. */
    basePath: new URL(address).pathname.replace(/\/$/, ''),
    /** Empty, or a path that begins with a slash and does not end with one. */
    restPrefix: env.REST_PREFIX ?? '',
    corsOrigins: env.CORS_ORIGINS ?? [],
    shutdownDelaySeconds: env.SHUTDOWN_DELAY ?? (production ? 5 : 0),
    keepAliveTimeoutSeconds: env.KEEP_ALIVE_TIMEOUT ?? 65,
    /** Null: a server is ready whatever its clock says. */
    clockToleranceSeconds: readOff(env.CLOCK_TOLERANCE, DEFAULT_CLOCK_TOLERANCE_SECONDS),
    /** Null means the portal that comes with the server. */
    portalDir: env.PORTAL_DIR ?? null,
    logLevel: env.LOG_LEVEL ?? 'info',
    logSampleSuccess: env.LOG_SAMPLE_SUCCESS ?? 1,
  }
}
