import { Writable } from 'node:stream'
import { DEFAULT_BRAND } from '@latchkey/contract'
import type { Core, CoreConfig } from '@latchkey/core'
import { createMailingCore, createTestCore, type MailingCore, type TestMailbox } from '@latchkey/testkit'
import pino from 'pino'
import { type AppOptions, createApp } from '../src/doors/app.ts'
import { REFERENCE } from '../src/doors/docs/openapi/reference.ts'
import type { Bindings } from '../src/doors/http/app-env.ts'
import { listen } from '../src/doors/http/server.ts'
import type { Config } from '../src/process/config/index.ts'
import { openTelemetry } from '../src/process/telemetry/open-telemetry.ts'
import { watchRefusals } from './declared-refusals.ts'

/** The settings of a test server, before those of the test. */
export const CONFIG: AppOptions['config'] = {
  ...REFERENCE,
  brand: DEFAULT_BRAND,
  logo: null,
  defaultLanguage: 'en',
  portalServed: false,
  mfaMode: 'optional',
  passkeysEnabled: true,
  passkeyRpId: 'localhost',
  passkeyOrigins: ['http://localhost:3000'],
  emailVerification: 'none',
  publicUrl: 'http://localhost:3000',
  basePath: '',
  restPrefix: '',
  corsOrigins: [],
  resetCookie: { httpOnly: true, secure: false, sameSite: 'Lax', maxAgeSeconds: 3600 },
  refreshTokenLifetimeSeconds: 14 * 86_400,
  mail: { mode: 'off', mailboxDir: null },
  portalDir: null,
  production: false,
  trustedProxies: { hops: 0 },
  logSampleSuccess: 1,
}

const ADDRESS = { host: '127.0.0.1', port: 0, keepAliveTimeoutSeconds: 65 }

/** A server on its own port and database. */
export interface TestServer extends MailingCore {
  url: string
  /** Answers a request without a connection, for a test with many calls. */
  answer(request: Request): Promise<Response>
  /** All lines of the log so far. */
  logLines: string[]
  /** The lines that the domain logged outside of requests. */
  coreLogLines: string[]
  /** The metrics, when {@link TestServerOptions.seeing} turns them on. */
  renderMetrics(): Promise<string>
  close(): Promise<void>
}

interface TestServerOptions {
  /** Settings that the app and the domain share. */
  settings?: Partial<AppOptions['config'] & CoreConfig>
  /** True: mail is sent into a mailbox that the test can read. */
  mail?: boolean
  app?: Partial<AppOptions['config']>
  core?: Parameters<typeof createTestCore>[0]
  /** Metrics and traces; neither unless given. */
  seeing?: Partial<Pick<Config, 'metrics' | 'traces'>>
  /** Replaces parts of the domain. */
  replace?: (core: Core) => Partial<Core>
}

/** What the app reads of a connection. */
const NO_CONNECTION = {
  incoming: { socket: { remoteAddress: '127.0.0.1' } },
  outgoing: { getHeader: () => 'of-no-connection' },
  isLeaving: false,
} as unknown as Bindings

/** The mailbox of a server without mail. Reading it throws. */
const NO_MAILBOX = new Proxy({} as TestMailbox, {
  get: () => {
    throw new Error('This server was started without mail.')
  },
})

/** Starts the app over real HTTP on a real PostgreSQL. Its end fails after a refusal that no definition lists. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { settings, mail } = options
  const coreLogLines: string[] = []
  const coreLog = pino({ level: 'info' }, collect(coreLogLines))
  const seeing = await openTelemetry({ metrics: null, traces: null, ...options.seeing }, coreLog)
  const { watch, telemetry } = seeing
  const coreConfig = { ...options.core?.config, ...settings }
  const coreOptions = { log: coreLog, watch, ...options.core, config: coreConfig }
  const testCore = mail
    ? await createMailingCore(coreOptions)
    : { ...(await createTestCore(coreOptions)), mailbox: NO_MAILBOX }
  const logLines: string[] = []
  const core = { ...testCore.core, ...options.replace?.(testCore.core) }
  seeing.observe(core)
  const mailboxDir = mail ? testCore.mailbox.settings.mailboxDir : null
  const mode = mail ? 'dev' : 'off'
  const config = { ...CONFIG, mail: { mode, mailboxDir }, ...settings, ...options.app }
  const log = pino({ level: 'info' }, collect(logLines))
  const watched = watchRefusals(telemetry, config)
  const app = createApp({ core, log, telemetry: watched.telemetry, config })
  const { publicUrl, basePath, trustedProxies } = config
  const http = await listen(app.fetch, { ...ADDRESS, publicUrl, basePath, trustedProxies })
  return {
    ...testCore,
    url: `http://127.0.0.1:${http.port}`,
    answer: async (request) => app.fetch(request, NO_CONNECTION),
    logLines,
    coreLogLines,
    renderMetrics: async () => (await telemetry.metrics?.render())?.text ?? '',
    close: async () => {
      await http.close()
      await testCore.close()
      await seeing.close()
      watched.check()
    },
  }
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
}
