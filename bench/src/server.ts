import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Server, startProcess } from './start-process.ts'

const SERVER = join(import.meta.dirname, '../../apps/server')
const BUNDLE = join(SERVER, 'dist/main.js')

/** The measured program: the bundle when it was built, else the sources. */
export const ENTRY = existsSync(BUNDLE) ? BUNDLE : join(SERVER, 'src/process/main.ts')

const LIMITS = ['ANON', 'USER', 'REFRESH', 'LOGIN', 'LOGIN_EMAIL', 'MAIL']

/** Settings without throttles, and with as many sessions as one account may have. */
export const NO_LIMITS = {
  ...Object.fromEntries(LIMITS.map((name) => [`THROTTLE_${name}`, 'off'])),
  SESSIONS_PER_ACCOUNT: '10000',
}

/**
 * Starts the server as `npm start` does, and waits until it is ready.
 *
 * @param settings - the environment without the port
 * @param flags - flags of Node, beside those of the variable `BENCH_NODE_FLAGS`
 */
export function startServer(settings: Record<string, string>, flags: string[] = []): Promise<Server> {
  const given = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter(Boolean)
  return startProcess({
    name: `The server at ${ENTRY}`,
    args: () => [...given, ...flags, ENTRY],
    env: (port) => ({ NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(port), ...settings }),
    readyPath: '/readyz',
  })
}
