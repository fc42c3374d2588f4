import { Writable } from 'node:stream'
import type { Core } from '@latchkey/core'
import { createTestCore, type TestCore } from '@latchkey/testkit'
import pino from 'pino'
import { type AppOptions, createApp } from '../src/app.ts'
import { listen } from '../src/http/server.ts'

const CONFIG: AppOptions['config'] = {
  publicUrl: 'http://localhost:3000',
  restPrefix: '',
  corsOrigins: [],
  registrationNamesRequired: true,
  oldPasswordRequired: true,
  logoutOnPasswordChange: true,
  emailVerification: 'none',
  emailLinkButton: false,
  emailVerifiedRedirect: null,
  passwordResetRedirect: null,
  resetCookie: { httpOnly: true, secure: false, sameSite: 'Lax', maxAgeSeconds: 3600 },
  refreshCookie: null,
  refreshTokenLifetimeSeconds: 14 * 86_400,
  mail: { mode: 'off', mailboxDir: null },
  portalDir: null,
  production: false,
}

/** A server on a port and a database of its own. */
export interface TestServer extends Omit<TestCore, 'close'> {
  url: string
  /** Every line of the log so far. */
  logLines: string[]
  close(): Promise<void>
}

interface TestServerOptions {
  app?: Partial<AppOptions['config']>
  core?: Parameters<typeof createTestCore>[0]
  /** Puts something else in the place of the domain's own parts. */
  replace?: (core: Core) => Partial<Core>
}

/** Starts the app over real HTTP on a real PostgreSQL. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const testCore = await createTestCore(options.core)
  const logLines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(String(chunk))
      done()
    },
  })
  const core = { ...testCore.core, ...options.replace?.(testCore.core) }
  const app = createApp({ core, log: pino({ level: 'info' }, stream), config: { ...CONFIG, ...options.app } })
  const http = await listen({ host: '127.0.0.1', port: 0 })
  http.serve(app.fetch)
  return {
    ...testCore,
    url: `http://127.0.0.1:${http.port}`,
    logLines,
    close: async () => {
      await http.close()
      await testCore.close()
    },
  }
}
